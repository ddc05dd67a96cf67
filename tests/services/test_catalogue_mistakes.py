"""A report that the catalogue is wrong: kept once, sent up, about data and never about a person."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from desk_app.domain.errors import Refused
from desk_app.services import catalogue_mistakes
from desk_app.services.catalogue_mistakes import PARTS, ReportMistake
from desk_app.services.desk import Desk
from tests.services.counter import Counter, open_counter

BIRTH = "ho_tich.khai_sinh"


@pytest.fixture
def counter(tmp_path: Path) -> Iterator[Counter]:
    with open_counter(tmp_path) as found:
        yield found


def test_a_report_is_a_fact_of_the_journal_and_shown_to_the_next_one(counter: Counter) -> None:
    command = ReportMistake("m1", BIRTH, "Giấy tờ", "Mẫu tờ khai đã đổi theo Thông tư mới.")
    first = counter.do(catalogue_mistakes.report, command)
    assert counter.do(catalogue_mistakes.report, command) == first, "the same command twice is once"
    (told,) = counter.do(catalogue_mistakes.reported, BIRTH)
    assert (told.part, told.text, told.officer) == ("Giấy tờ", command.text, counter.desk.officer.name)
    assert counter.do(catalogue_mistakes.reported, "ho_tich.khai_tu") == ()

    def kinds(desk: Desk) -> list[str]:
        with desk.store.read() as tx:
            return [r.envelope.kind for r in tx.records(tx.use_line(desk.line_kind).line)]

    assert counter.do(kinds).count("catalogue.mistake_reported") == 1
    assert first.catalogue == counter.desk.catalogue.version and first.variant.startswith(BIRTH)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "TN-52"),
        ("   ", "TN-52"),
        ("x" * 1001, "TN-52"),
        ("Bà A 001085000123 nói", "TN-51"),
        ("gọi 0900.123.456", "TN-51"),
    ],
)
def test_nothing_and_somebodys_number_are_not_taken(counter: Counter, text: str, code: str) -> None:
    with pytest.raises(Refused) as why:
        counter.do(catalogue_mistakes.report, ReportMistake("m", BIRTH, PARTS[0], text))
    assert why.value.code == code and counter.do(catalogue_mistakes.reported, BIRTH) == ()


def test_amounts_and_numbers_of_texts_are_no_persons(counter: Counter) -> None:
    text = "Lệ phí là 8.000 đồng theo Nghị quyết 12/2026/NQ-HĐND ngày 01/07/2026."
    assert counter.do(catalogue_mistakes.report, ReportMistake("m", BIRTH, "Phí, lệ phí", text)).text == text
