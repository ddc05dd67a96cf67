"""Which receipt on which day."""

from __future__ import annotations

from datetime import date

import pytest

from desk_app.domain.receipt_regime import Mode, Regime, is_lawful, mode_on, number_text, paper_days_left, read_regimes


@pytest.mark.parametrize(
    ("day", "mode"),
    [
        (date(2016, 12, 31), Mode.NONE),
        (date(2026, 6, 30), Mode.SELF_PRINTED),
        (date(2026, 7, 1), Mode.ELECTRONIC),
        (date(2030, 1, 1), Mode.ELECTRONIC),
    ],
)
def test_the_law_decides_by_the_day_of_collection(day: date, mode: Mode) -> None:
    assert mode_on(day) is mode


def test_left_over_paper_ends_with_2026_whatever_the_office_says() -> None:
    own = read_regimes([{"mode": "preprinted", "from": "2026-07-01", "to": "2027-06-30"}])
    assert mode_on(date(2026, 12, 31), own) is Mode.PREPRINTED
    assert mode_on(date(2027, 1, 1), own) is Mode.NONE
    assert paper_days_left(date(2026, 12, 31), own) == 0
    assert paper_days_left(date(2026, 12, 21), own) == 10
    assert paper_days_left(date(2027, 1, 1), own) is None


def test_after_its_own_rows_the_law_holds_again() -> None:
    own = (Regime(Mode.NONE, date(2026, 7, 1), date(2026, 7, 5)),)
    assert mode_on(date(2026, 7, 5), own) is Mode.NONE
    assert mode_on(date(2026, 7, 6), own) is Mode.ELECTRONIC


@pytest.mark.parametrize(
    "rows", ["text", [1], [{"mode": "magic", "from": "2026-07-01"}], [{"mode": "none"}],
             [{"mode": "none", "from": "2026-07-02", "to": "2026-07-01"}]],
)  # fmt: skip
def test_bad_rows_are_refused(rows: object) -> None:
    with pytest.raises(ValueError, match=r".+"):
        read_regimes(rows)  # type: ignore[arg-type]


def test_shapes_of_symbols_are_the_laws() -> None:
    assert is_lawful(Mode.ELECTRONIC, "EBL01", "26TAA", 12_345_678)
    assert not is_lawful(Mode.ELECTRONIC, "EBL01", "26TAF", 1)  # F is not in the law's alphabet
    assert not is_lawful(Mode.ELECTRONIC, "EBL03", "26TAA", 1)
    assert not is_lawful(Mode.ELECTRONIC, "EBL01", "26TAA", 100_000_000)
    assert is_lawful(Mode.SELF_PRINTED, "01BLP2-001", "AA-26T", 123)
    assert is_lawful(Mode.PREPRINTED, "01BLP2-001", "01AA-23P", 9_999_999)
    assert not is_lawful(Mode.SELF_PRINTED, "01BLP2-001", "26TAA", 1)
    assert (number_text(Mode.ELECTRONIC, 208), number_text(Mode.SELF_PRINTED, 123)) == ("208", "0000123")
