"""Copies made from the kept bytes."""

from __future__ import annotations

import pytest
from PIL import ImageChops

from desk_app.documents.marks import receipt_copy, replaced, reprint
from desk_app.documents.stamp import mark_copy
from tests.documents.reading import code_of, embedded_fonts, font_names, page_count, picture_of, text_of
from tests.documents.samples import NOW, SAMPLES

MARK = reprint(2, NOW, "Lê Thị Hạnh")
every_paper = pytest.mark.parametrize("name", SAMPLES)


@every_paper
def test_a_copy_begins_with_the_kept_bytes_and_shows_all_they_said(name: str) -> None:
    kept = SAMPLES[name].render()
    copy = mark_copy(kept, [MARK])
    assert copy.startswith(kept)
    assert page_count(copy) == page_count(kept)
    for page in range(page_count(kept)):
        said = text_of(copy, page)
        assert all(word in said for word in text_of(kept, page).split())
        assert "BẢN IN LẠI LẦN 2, lúc 10 giờ 40 phút, ngày 25/11/2026, người in: Lê Thị Hạnh." in said
    if SAMPLES[name].code:
        assert code_of(copy) == SAMPLES[name].code


def test_a_copy_looks_marked_on_every_page() -> None:
    kept = SAMPLES["giay-hen"].render()
    copy = mark_copy(kept, [MARK])
    for page in range(2):
        changed = ImageChops.difference(picture_of(kept, 40, page), picture_of(copy, 40, page)).histogram()
        assert sum(changed[12:]) > 0.01 * sum(changed)


def test_the_same_copy_has_the_same_bytes_and_only_embedded_fonts() -> None:
    kept = SAMPLES["bien-lai"].render()
    copy = mark_copy(kept, [receipt_copy(1, NOW, "Lê Thị Hạnh")])
    assert copy == mark_copy(kept, [receipt_copy(1, NOW, "Lê Thị Hạnh")])
    assert embedded_fonts(copy) >= len(font_names(copy))
    assert all("MotCuaSerif" in name for name in font_names(copy))


def test_two_marks_are_laid_over_together() -> None:
    text = text_of(mark_copy(SAMPLES["bien-lai"].render(), [replaced(NOW, "A"), receipt_copy(1, NOW, "B")]))
    assert "ĐÃ THAY THẾ" in text
    assert "BẢN SAO (IN LẠI LẦN 1)" in text


@pytest.mark.parametrize("other", [b"", b"%PDF-1.7 nothing", b"hello startxref 3 %%EOF"])
def test_what_is_not_our_paper_is_refused(other: bytes) -> None:
    with pytest.raises(ValueError, match="not a paper"):
        mark_copy(other, [MARK])
