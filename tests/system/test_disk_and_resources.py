"""Room that is really held, and files that are really there."""

from __future__ import annotations

from pathlib import Path

import pytest

from desk_app.domain.errors import Failed
from desk_app.system import disk, resources


def test_the_ballast_holds_real_blocks_and_gives_them_back(data_dir: Path) -> None:
    ballast = disk.Ballast(data_dir)
    assert not ballast.held
    assert ballast.hold()
    assert ballast.hold()
    assert ballast.held
    file = data_dir / "ballast.bin"
    assert file.stat().st_blocks * 512 >= disk.BALLAST_BYTES
    assert ballast.release() == disk.BALLAST_BYTES
    assert ballast.release() == 0
    assert not file.exists()


def test_a_ballast_larger_than_the_disk_is_not_begun(data_dir: Path) -> None:
    ballast = disk.Ballast(data_dir, size_bytes=disk.free_bytes(data_dir))
    assert not ballast.hold()
    assert list(data_dir.iterdir()) == []


def test_a_half_written_ballast_is_completed(data_dir: Path) -> None:
    (data_dir / "ballast.bin").write_bytes(b"half")
    assert disk.Ballast(data_dir, size_bytes=3_000_000).hold()
    assert (data_dir / "ballast.bin").stat().st_size == 3_000_000


def test_the_warning_says_how_many_megabytes_are_left(data_dir: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(disk, "WARN_BYTES", disk.free_bytes(data_dir) * 2)
    warning = disk.space_warning(data_dir)
    assert isinstance(warning, Failed)
    assert warning.code == "HT-01"
    assert isinstance(warning.values["n"], int)
    monkeypatch.setattr(disk, "WARN_BYTES", 0)
    assert disk.space_warning(data_dir) is None


def test_resources_are_found_in_the_checkout_and_in_a_frozen_build(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert resources.folder() == Path(__file__).resolve().parents[2] / "resources"
    monkeypatch.setattr("sys._MEIPASS", str(tmp_path), raising=False)
    assert resources.path("messages", "vi.json") == tmp_path / "resources" / "messages" / "vi.json"
