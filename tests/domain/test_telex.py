"""The keyboard model, the way back from it, and the repair of names."""

from functools import cache
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk_app.domain.syllable import is_syllable, syllables
from desk_app.domain.telex import NameLexicon, repair_name, telex, telex_keys, undo_telex, vni, vni_keys
from desk_app.domain.text import fold, tone_key

NAMES_FILE = Path(__file__).parents[2] / "resources" / "names" / "vi.txt"
# "boong" and "ôông" need the o typed thrice: the keys are not the letters.
TYPED_AS_WRITTEN = sorted(word for word in syllables() if "oo" not in fold(word))


@cache
def lexicon() -> NameLexicon:
    return NameLexicon.from_lines(NAMES_FILE.read_text(encoding="utf-8").splitlines())


@pytest.mark.parametrize(
    ("keys", "text"),
    [
        ("nguyeenx vawn an", "nguyễn văn an"), ("truwowngf", "trường"), ("thuowng", "thương"), ("DDAWNGJ", "ĐẶNG"),
        ("hoaf", "hòa"), ("quys", "quý"), ("giaf", "già"), ("w", "ư"), ("ddd", "dd"), ("huww", "huw"), ("aaa", "aa"),
        ("XA01-DD-00045", "XA01-Đ-00045"), ("26TAA", "26TÂ"), ("data", "dât"), ("ss", "ss"), ("ass", "as"),
    ],
)  # fmt: skip
def test_telex_types_what_unikey_types(keys: str, text: str) -> None:
    assert telex(keys) == text


@pytest.mark.parametrize(
    ("keys", "text"),
    [
        ("Nguye6n4 Va8n An", "Nguyễn Văn An"),
        ("D9a8ng", "Đăng"),
        ("du7o7ng2", "dường"),
        ("046090001234|", "046090001234|"),
    ],
)
def test_vni_types_what_unikey_types(keys: str, text: str) -> None:
    assert vni(keys) == text


@given(st.sampled_from(TYPED_AS_WRITTEN), st.booleans(), st.sampled_from([str.lower, str.upper, str.capitalize]))
def test_every_syllable_can_be_typed_both_ways(word: str, tone_last: bool, case: object) -> None:
    cased = case(word)  # type: ignore[operator]
    assert tone_key(telex(telex_keys(cased, tone_last=tone_last))) == tone_key(word)
    assert tone_key(vni(vni_keys(cased, tone_last=tone_last))) == tone_key(word)
    assert is_syllable(word)


@given(st.text("0123456789|-. ", max_size=60))
def test_digits_pass_every_method_unharmed(digits: str) -> None:
    assert telex(digits) == vni(digits) == digits


def test_search_undoes_what_telex_left() -> None:
    assert "dang ky khai sinh" in undo_telex("dang ky khai sinhs")
    assert "dang ky" in undo_telex("ddawng kys")
    assert "26taa" in undo_telex("26TẤ")
    assert "26taa" in undo_telex("26TÂ")
    assert undo_telex("") == ()


@given(st.text(max_size=200))
def test_undoing_never_fails_and_keeps_the_text_first(query: str) -> None:
    readings = undo_telex(query)
    assert len(readings) <= 12 and len(set(readings)) == len(readings)


def test_the_list_of_names_is_large_and_well_spelled() -> None:
    assert len(lexicon()) >= 1_000
    assert lexicon().knows("Nguyễn") and lexicon().knows("H'Bơr") and not lexicon().knows("Nguyn")


@pytest.mark.parametrize(
    "damaged",
    [
        "Nguyeenx Vawn An", "Nguye6n4 Va8n An", "Nguyễn Văn An".encode().decode("latin-1"), "Nguy7877n V259n An",
        "Nguyễn Văn An".encode().decode("cp1258", "ignore"), "Nguyễn Văn An".encode().decode("cp437"),
    ],
)  # fmt: skip
def test_a_fault_without_loss_is_inverted(damaged: str) -> None:
    assert repair_name(damaged, lexicon()) == "Nguyễn Văn An"


@pytest.mark.parametrize("damaged", ["Nguyn Vn An", "Nguyen Van An", "Kim Anh", "Nguuyễn Văn An", "", "===", "Ho"])
def test_what_could_be_two_names_is_never_proposed(damaged: str) -> None:
    assert repair_name(damaged, lexicon()) is None


@given(st.text(max_size=60), st.text(max_size=60))
def test_repair_never_fails_on_any_text(damaged: str, context: str) -> None:
    repair_name(damaged, lexicon(), context)
