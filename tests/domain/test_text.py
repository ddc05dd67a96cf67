"""Folding, cleaning and comparing Vietnamese text."""

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from desk_app.domain.text import clean_line, fold, fold_letters, nfc, picture_signs, tone_key, words

VIETNAMESE = st.text("aăâbcdđeêghiklmnoôơpqrstuưvxyáàảãạấầẩẫậắằẳẵặếềểễệốồổỗộớờởỡợứừửữựýỳỷỹỵĐÀ ,.-12", max_size=60)


def test_names_are_found_without_marks() -> None:
    assert fold("  Đặng  Thị\tHƯỜNG ") == "dang thi huong"
    assert words("Thôn 3, xã Ea-Kao") == ("thon", "3", "xa", "ea", "kao")


@given(VIETNAMESE)
def test_folding_agrees_with_the_slow_way_and_with_every_unicode_form(text: str) -> None:
    slow = "".join(
        c for c in unicodedata.normalize("NFD", text.lower().replace("đ", "d")) if not unicodedata.combining(c)
    )
    assert fold(text) == " ".join(slow.split()) == fold(unicodedata.normalize("NFD", text))
    assert fold(fold(text)) == fold(text)


@given(VIETNAMESE)
def test_places_of_letters_survive_folding(text: str) -> None:
    composed = nfc(text)
    assert len(fold_letters(composed)) == len(composed)


@given(st.text(max_size=300), st.integers(1, 100))
def test_a_cleaned_line_is_bounded_and_stays_as_it_is(text: str, limit: int) -> None:
    line = clean_line(text, limit)
    assert len(line) <= limit
    assert clean_line(line, limit) == line
    assert not any(unicodedata.category(c) in {"Cc", "Cs", "Co"} for c in line)


def test_what_a_line_loses_is_said() -> None:
    assert clean_line("An\u202e\u200b 👨‍👩‍👧 B\x1d") == "An B"
    assert picture_signs("An\u202e 😀☂😀\x1d") == "😀☂"
    assert not picture_signs("Nguyễn Văn An")
    assert len(clean_line("ễ" * 20_000)) == 10_000
    assert clean_line("25 °C, số № 3") == "25 °C, số № 3"


def test_old_and_new_place_of_the_tone_match() -> None:
    assert tone_key("Hoà Thuý") == tone_key("hòa thúy")
    assert tone_key("hòa") != tone_key("hóa")
