"""Every paper of a dossier's life, line by line as it was read and found right; all of them say BẢN TẬP HUẤN here."""

from __future__ import annotations

from pathlib import Path

from tests.documents.reading import lines_of
from tests.services.story import FOLDER, papers


def test_the_papers_of_the_story_are_the_ones_that_were_read(tmp_path: Path) -> None:
    seen = {name: lines_of(pdf) for name, pdf in papers(tmp_path)}
    assert set(seen) == {file.stem for file in FOLDER.glob("*.txt")}
    for name, text in seen.items():
        assert text == (FOLDER / f"{name}.txt").read_text(encoding="utf-8"), name
        assert "TẬP HUẤN" in text, name
