"""Readers that type and people who type."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk_app.domain.code import slip_code
from desk_app.domain.scan import ScanFilter, ScanKind, Special, Verdict, classify, is_damaged

CARD = "046090001234|191234567|Nguyễn Văn An|01021990|Nam|Thôn Đông, Quảng Vinh|10052021"
SLIP = slip_code(1, "19867", date(2026, 11, 25), 2, 11)


class Field:
    """A text field with the filter in front, as the window wires it."""

    def __init__(self) -> None:
        self.filter = ScanFilter()
        self.text = ""
        self.scans: list[str] = []
        self.enters = 0
        self.now = 10_000

    def press(
        self, char: str | None = None, special: Special | None = None, gap: int = 5, held: bool = False
    ) -> Verdict:
        self.now += gap
        verdict = self.filter.key(char, special, self.now, held)
        self._obey(verdict)
        if not verdict.swallow:
            if special == "backspace":
                self.text = self.text[:-1]
            elif special:
                self.enters += 1
            else:
                self.text += char or ""
        return verdict

    def type(self, text: str, gap: int = 5) -> None:
        for char in text:
            self.press(char, gap=gap)

    def rest(self, ms: int = 200) -> None:
        self.now += ms
        self._obey(self.filter.tick(self.now))

    def _obey(self, verdict: Verdict) -> None:
        if verdict.take_back:
            self.text = self.text[: -verdict.take_back]
        if verdict.scan:
            self.scans.append(verdict.scan)


@pytest.mark.parametrize("gap", [0, 5, 20, 34, 45])
@pytest.mark.parametrize("code", [CARD, SLIP, "H57.32-261125-0011"])
def test_a_scan_leaves_the_field_as_it_was(code: str, gap: int) -> None:
    field = Field()
    field.type("Ghi chú ", gap=150)
    field.now += 300
    field.type(code, gap=gap)
    field.press(special="enter", gap=gap)
    assert (field.scans, field.text, field.enters) == ([code], "Ghi chú ", 0)


def test_rhythm_alone_makes_a_scan_of_an_unknown_code() -> None:
    field = Field()
    field.type("ABC-12345", gap=10)
    field.press(special="tab")
    assert (field.scans, field.text) == (["ABC-12345"], "")
    assert classify("ABC-12345") is ScanKind.UNKNOWN


@pytest.mark.parametrize("code", [CARD, SLIP])
def test_a_reader_without_enter_is_ended_by_silence(code: str) -> None:
    field = Field()
    field.type(code)
    field.rest()
    assert (field.scans, field.text) == ([code], "")
    field.press(special="enter", gap=20)
    assert field.enters == 0


def test_silence_is_noticed_by_the_next_key_too() -> None:
    field = Field()
    field.type(CARD)
    field.press("x", gap=500)
    assert (field.scans, field.text) == ([CARD], "x")


def test_the_same_scan_twice_is_one() -> None:
    field = Field()
    for _ in range(2):
        field.type(CARD)
        field.press(special="enter")
        field.now += 300
    assert field.scans == [CARD] and field.text == ""
    field.now += 3_000
    field.type(CARD)
    field.press(special="enter")
    assert field.scans == [CARD, CARD]


def test_enter_held_after_a_scan_goes_nowhere() -> None:
    field = Field()
    field.type(CARD)
    field.press(special="enter")
    for _ in range(40):
        field.press(special="enter", gap=33, held=True)
    assert field.enters == 0 and field.scans == [CARD]


def test_a_held_key_is_no_scan() -> None:
    field = Field()
    field.press("1", gap=500)
    for _ in range(60):
        field.press("1", gap=30, held=True)
    field.press(special="enter", gap=30)
    assert field.scans == [] and field.text == "1" * 61


def test_an_input_method_that_rewrites_a_scan_is_followed() -> None:
    field = Field()
    field.type("046090001234||Nguy")
    field.type("ee")
    for _ in range(2):
        field.press(special="backspace", gap=0)
    field.press("ên", gap=0)
    field.type("|01021990|Nam|Huế|10052021")
    field.press(special="enter")
    assert field.scans == ["046090001234||Nguyên|01021990|Nam|Huế|10052021"] and field.text == ""


def test_a_macro_of_the_input_method_is_no_scan() -> None:
    field = Field()
    field.type("ubnd", gap=120)
    field.now += 115
    for _ in range(4):
        field.press(special="backspace", gap=0)
    field.type("Ủy ban nhân dân", gap=0)
    field.press(special="enter", gap=1)
    assert field.scans == [] and field.text == "Ủy ban nhân dân" and field.enters == 1


def test_control_characters_and_prefix_do_not_reach_the_scan() -> None:
    field = Field()
    field.type("]Q3" + CARD + "\x1d")
    field.press(special="enter")
    assert field.scans == [CARD] and field.text == ""


@given(
    st.text("abcdeghiklmnopqrstuvxyăâđêôơư 0123456789-./", min_size=1, max_size=40),
    st.lists(st.integers(60, 400), min_size=41, max_size=41),
    st.lists(st.integers(0, 39), max_size=4, unique=True),
    st.sampled_from(["enter", "tab"]),
)
def test_a_fast_typist_is_never_a_scan_and_loses_nothing(
    text: str, gaps: list[int], rolled: list[int], end: Special
) -> None:
    """Gaps of people are 60 ms and more; now and then two fingers roll over within 10 ms, never twice in a row."""
    field = Field()
    for at, char in enumerate(text):
        roll = at in rolled and at - 1 not in rolled
        field.press(char, gap=10 if roll else gaps[at])
    field.press(special=end, gap=gaps[-1])
    field.rest()
    assert field.scans == [] and field.text == text and field.enters == 1


@given(
    st.lists(
        st.tuples(
            st.one_of(st.none(), st.text(min_size=1, max_size=2)),
            st.sampled_from([None, "enter", "tab", "backspace"]),
            st.integers(-5, 300),
            st.booleans(),
        ),
        max_size=60,
    )
)
def test_more_is_never_taken_back_than_was_given(
    keys: list[tuple[str | None, Special | None, int, bool]],
) -> None:
    field = Field()
    for char, special, gap, held in keys:
        before = len(field.text)
        verdict = field.press(None if special else char, special, gap, held)
        assert verdict.take_back <= before + len(char or "")


def test_kinds_are_told_apart() -> None:
    assert classify(CARD) is ScanKind.CARD and not is_damaged(CARD)
    assert classify(SLIP) is ScanKind.OWN_CODE
    assert classify("H57.32-261125-0011\r\n") is ScanKind.DOSSIER_CODE
    assert classify("https://example.invalid/|a|b|c|d|e|f") is ScanKind.UNKNOWN
    damaged = "O46O9OOO1234||Nguyễn Văn An|01021990|Nam|Huế|10052021"
    assert classify(damaged) is ScanKind.CARD and is_damaged(damaged)
