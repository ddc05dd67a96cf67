"""Use of receipts by range: the controls of the form hold whatever was issued, taken back or left out."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from desk_app.domain.receipt_usage import Numbers, listed, range_use


@given(
    first=st.integers(1, 90), size=st.integers(1, 60), used=st.integers(0, 60), holes=st.sets(st.integers(0, 59)),
    struck=st.sets(st.integers(0, 120)), new=st.booleans(),
)  # fmt: skip
def test_the_controls_of_the_form_hold(
    first: int, size: int, used: int, holes: set[int], struck: set[int], new: bool
) -> None:
    granted = Numbers(first, first + size - 1)
    issued = [(first + n, 1_000) for n in range(min(used, size)) if n not in holes]
    use = range_use("EBL01", "26TAA", granted, first - 1, new=new, issued=issued, struck=[first + n for n in struck])
    assert use.total == size
    assert use.gone == use.used + len(use.struck) + len(use.lost)
    assert (use.left.count if use.left else 0) == use.total - use.gone
    assert use.amount_vnd == use.used * 1_000
    assert (use.opening is None) == new
    if issued:
        assert use.touched == Numbers(min(issued)[0], max(issued)[0])
        assert use.left is None or use.left.first == max(issued)[0] + 1


def test_a_receipt_of_an_earlier_period_that_is_taken_back_now_is_not_counted_again() -> None:
    use = range_use("EBL01", "26TAA", Numbers(1, 100), 40, new=False, issued=[(41, 5_000), (42, 7_000)], struck=[7, 42])
    assert (use.opening, use.used, use.struck, use.left) == (Numbers(41, 100), 1, (42,), Numbers(43, 100))


def test_numbers_are_listed_in_runs() -> None:
    assert listed((3, 7, 8, 9, 12)) == "3; 7–9; 12"
    assert listed(()) == ""
