"""Wrapping, and the one door for printed text."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk_app.documents import fonts
from desk_app.documents.fonts import Face, clean, known_letters, missing_letters, widths
from desk_app.documents.text import Text, bold, wrap
from desk_app.domain.errors import Failed

WORDS = st.text(alphabet="aăâbcdđeêghiklmnoôơpqrstuưvxyÁẰỆỖỰ0123456789-/.,()", min_size=1, max_size=30)


def _said(parts: list[str], size: float, width: float) -> list[str]:
    lines = wrap(parts, size, width)
    return ["".join(segment.text for segment in line.segments()) for line in lines]


@given(st.lists(WORDS, min_size=1, max_size=40), st.floats(60, 600), st.floats(8, 20))
def test_no_line_is_wider_than_it_may_be_and_nothing_is_lost(words: list[str], width: float, size: float) -> None:
    lines = wrap([" ".join(words)], size, width)
    said = "".join(segment.text for line in lines for segment in line.segments())
    assert said.replace(" ", "") == "".join(words)
    assert all(line.width <= width + 0.01 for line in lines)


def test_a_line_breaks_between_words() -> None:
    assert _said(["Cấp Giấy xác nhận tình trạng hôn nhân"], 13, 120) == [
        "Cấp Giấy xác nhận", "tình trạng hôn nhân",
    ]  # fmt: skip


def test_a_code_too_long_for_its_cell_is_cut_after_a_hyphen() -> None:
    assert _said(["H99.12-261120-0017"], 9.5, 78) == ["H99.12-", "261120-0017"]


def test_a_date_too_long_for_its_cell_keeps_its_year_whole() -> None:
    assert _said(["20/11/2026"], 9.5, 37) == ["20/11/", "2026"]


def test_a_word_of_ten_thousand_letters_is_cut_and_kept_whole() -> None:
    lines = _said(["Ệ" * 10_000], 13, 400)
    assert "".join(lines) == "Ệ" * 10_000


def test_bold_words_stick_to_what_they_touch() -> None:
    lines = wrap(["(", bold("Nguyễn"), ")"], 13, 400)
    assert [segment.text for segment in lines[0].segments()] == ["(", "Nguyễn", ")"]


def test_an_empty_text_is_one_empty_line() -> None:
    assert Text("", 100).height == pytest.approx(1.25 * 13)


@given(st.text(max_size=200))
def test_whatever_is_typed_becomes_letters_that_can_be_printed(text: str) -> None:
    assert set(clean(text)) <= known_letters() | {" "}


def test_decomposed_letters_are_composed() -> None:
    name = "Nguyễn Thị Thu Hà"
    assert clean(unicodedata.normalize("NFD", name)) == name


def test_line_ends_are_spaces_and_invisible_signs_vanish() -> None:
    assert clean("Thôn 4,\nxã\tHòa\u200d Mẫu\ufe0f") == "Thôn 4, xã Hòa Mẫu"


def test_a_letter_without_a_glyph_is_a_visible_square_and_is_reported() -> None:
    assert clean("Hà 🙂 李") == "Hà □ □"
    assert missing_letters("Hà 🙂 李") == {"🙂", "李"}
    assert missing_letters("Nguyễn Thị Thu Hà, H'Bĭa Niê") == frozenset()


def test_a_missing_font_stops_the_paper_with_a_message(monkeypatch: pytest.MonkeyPatch, tmp_path: object) -> None:
    monkeypatch.setattr(fonts, "FOLDER", tmp_path)
    with pytest.raises(Failed) as caught:
        widths.__wrapped__(Face.REGULAR)
    assert caught.value.code == "IN-06"
