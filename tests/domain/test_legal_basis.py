"""A citation is read as people type it and printed as the law wants it; a letter is no legal basis."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk_app.domain.errors import DeskError
from desk_app.domain.legal_basis import Instrument, instrument_of, read_bases, read_basis

TYPED = {
    "điểm a khoản 1 Điều 19 Nghị định số 61/2018/NĐ-CP ngày 23/4/2018 của Chính phủ":
        "điểm a khoản 1 Điều 19 Nghị định số 61/2018/NĐ-CP ngày 23/4/2018 của Chính phủ",
    "nghị định 61/2018/NĐ-CP, điều 19, khoản 1, điểm a":
        "điểm a khoản 1 Điều 19 Nghị định số 61/2018/NĐ-CP",
    "dieu 9 nghi dinh 20/2008/NĐ-CP": "Điều 9 Nghị định số 20/2008/NĐ-CP",
    "Điều 28 Luật Khiếu nại số 02/2011/QH13": "Điều 28 Luật Khiếu nại số 02/2011/QH13",
    "khoản 2 Điều 47 Luật Tố cáo": "khoản 2 Điều 47 Luật Tố cáo",
    "Điều 3 thông tư 01/2018/TT-VPCP": "Điều 3 Thông tư số 01/2018/TT-VPCP",
    "điểm đ khoản 3a Điều 12 59/2015/QĐ-TTg": "điểm đ khoản 3a Điều 12 Quyết định số 59/2015/QĐ-TTg",
}  # fmt: skip


@pytest.mark.parametrize("typed", TYPED)
def test_what_people_type_is_printed_point_clause_article(typed: str) -> None:
    assert read_basis(typed).text() == TYPED[typed]


@pytest.mark.parametrize("typed", ["Điều 3 Công văn số 123/UBND-VP", "điều 1 cv 45/STP-HCTP", "Điều 2 45/2026/UBND-NC"])
def test_a_letter_is_refused(typed: str) -> None:
    with pytest.raises(DeskError, match="PA-05"):
        read_basis(typed)


@pytest.mark.parametrize("typed", ["", "   ", "Nghị định 20/2008/NĐ-CP", "Điều 9", "Điều Nghị định", "theo quy định"])
def test_without_article_or_text_it_is_no_basis(typed: str) -> None:
    with pytest.raises(DeskError, match="PA-01"):
        read_bases(typed)


def test_several_are_parted_by_semicolons() -> None:
    found = read_bases("Điều 9 Nghị định 20/2008/NĐ-CP; khoản 1 Điều 28 Luật Khiếu nại")
    assert [b.instrument for b in found] == [Instrument.DECREE, Instrument.LAW]


@pytest.mark.parametrize(
    ("number", "kind"),
    [("20/2008/NĐ-CP", Instrument.DECREE), ("68/2020/QH14", Instrument.LAW), ("01/2020/TT-BTP", Instrument.CIRCULAR),
     ("12/UBND-VP", Instrument.LETTER), ("19/2025/QĐ-TTg", Instrument.DECISION), ("rác", None)],
)  # fmt: skip
def test_a_number_says_what_it_is(number: str, kind: Instrument | None) -> None:
    assert instrument_of(number) is kind


@given(st.text(max_size=600))
def test_any_text_is_read_or_refused_and_what_is_read_reads_the_same_again(text: str) -> None:
    try:
        found = read_basis(text)
    except DeskError as error:
        assert error.code in ("PA-01", "PA-05")
        return
    again = read_basis(found.text())
    assert (again.article, again.clause, again.point, again.instrument) == (
        found.article, found.clause, found.point, found.instrument,
    )  # fmt: skip


@given(article=st.integers(1, 300), clause=st.integers(0, 20), point=st.sampled_from(["", "a", "b", "đ", "g"]))
def test_reading_what_was_printed_gives_the_citation_back(article: int, clause: int, point: str) -> None:
    said = " ".join(
        part
        for part in (
            f"điểm {point}" if point else "", f"khoản {clause}" if clause else "",
            f"Điều {article} Nghị định số 61/2018/NĐ-CP",
        )
        if part
    )  # fmt: skip
    assert read_basis(said).text() == said
