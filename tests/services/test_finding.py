"""One search box: name without marks, year of birth, last digits, procedure, month; and slips of every kind."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from desk_app.domain.code import slip_code
from desk_app.domain.errors import DeskError
from desk_app.domain.find_dossier import Wanted, procedures_named, read
from desk_app.services import dossiers, life
from desk_app.services.life import RequestSupplement
from tests.services.counter_desk import COPIES, FIVE_DAYS, CounterDesk, a_person


def found(counter: CounterDesk, text: str, filter: str = "all") -> list[str]:
    page = counter.do(lambda: dossiers.find(counter.desk, text, filter, None))
    return [row.name for row in page.rows]


@pytest.fixture
def full(counter: CounterDesk) -> CounterDesk:
    counter.at(datetime(2026, 10, 20, 9, 0))
    counter.take_in(FIVE_DAYS, a_person("Đỗ Văn Dũng", "000085004321"))
    counter.at(datetime(2026, 11, 9, 9, 0))
    counter.take_in(FIVE_DAYS, a_person("Phạm Thị Bưởi", "000164000561"))
    counter.take_in(COPIES, a_person("Nguyễn Thị Hà", "000191000345"))
    return counter


def test_everything_a_citizen_may_say_finds_the_dossier(full: CounterDesk) -> None:
    for text, names in {
        "do dung": ["Đỗ Văn Dũng"],
        "4321": ["Đỗ Văn Dũng"],  # last digits of the card
        "dung 1985": ["Đỗ Văn Dũng"],  # year of birth
        "khuyết tật": ["Phạm Thị Bưởi", "Đỗ Văn Dũng"],  # the procedure
        "giay khuyet tat thang 10": ["Đỗ Văn Dũng"],
        "tháng 11": ["Nguyễn Thị Hà", "Phạm Thị Bưởi"],
        "tháng 10/2026": ["Đỗ Văn Dũng"],
        "tháng 10 năm 2025": [],
        "buoi thang 11": ["Phạm Thị Bưởi"],
        "buoi thang 10": [],
        "chứng thực bản sao": ["Nguyễn Thị Hà"],
        "không có ai": [],
    }.items():
        assert found(full, text) == names, text


def test_a_whole_code_finds_its_dossier_under_every_filter(full: CounterDesk) -> None:
    page = full.do(lambda: dossiers.find(full.desk, "Phạm Thị Bưởi", "all", None))
    code = page.rows[0].code
    for text in (code, f" {code.lower()} "):
        assert found(full, text) == found(full, text, "overdue") == ["Phạm Thị Bưởi"]
    assert full.do(lambda: dossiers.find(full.desk, code, "all", page.rows[0])).rows == ()


def test_a_procedure_is_found_inside_a_filter(full: CounterDesk) -> None:
    assert found(full, "khuyết tật", "overdue") == ["Đỗ Văn Dũng"]
    assert found(full, "chứng thực", "open") == []


def test_pages_of_a_procedure_hold_every_dossier_once(counter: CounterDesk) -> None:
    for number in range(dossiers.PAGE + 7):
        counter.take_in(FIVE_DAYS, a_person(f"Người {number}", f"0000850{number:05}"))
    first = counter.do(lambda: dossiers.find(counter.desk, "khuyết tật", "all", None))
    second = counter.do(lambda: dossiers.find(counter.desk, "khuyết tật", "all", first.rows[-1]))
    assert (len(first.rows), first.more, len(second.rows), second.more) == (50, True, 7, False)
    assert len({r.dossier for r in (*first.rows, *second.rows)}) == 57


def test_a_slip_given_later_opens_its_dossier_and_one_of_another_commune_is_told(full: CounterDesk) -> None:
    one = full.take_in(FIVE_DAYS, a_person("Vũ Hải", "000085000999")).dossier
    ask = RequestSupplement("s", one, ("Đơn: chưa ký.",), "Điều 9")
    full.do(lambda: life.request_supplement(full.desk, ask))
    (paper,) = (p for p in full.detail(one).papers if p.kind == "supplement_slip")
    assert paper.state == "due"

    def code() -> str:
        from desk_app.storage.queries import life as query

        with full.desk.store.read() as tx:
            return query.slips_of(tx, one)[0].slip_code

    digits = full.do(code)
    assert full.do(lambda: dossiers.by_slip(full.desk, digits)).detail.row.dossier == one
    for digits, wanted in ((slip_code(1, "19867", date(2026, 11, 9), 1, 1), "HS-19"), ("123", "TN-05")):
        with pytest.raises(DeskError) as caught:
            full.do(lambda d=digits: dossiers.by_slip(full.desk, d))
        assert caught.value.code == wanted


def test_months_are_read_as_the_last_one_that_has_begun() -> None:
    today = date(2026, 3, 5)
    assert read("khai sinh tháng 10", today) == Wanted("khai sinh", date(2025, 10, 1), date(2025, 10, 31))
    assert read("tháng 3", today) == Wanted("", date(2026, 3, 1), date(2026, 3, 31))
    assert read("tháng 12/2024", today) == Wanted("", date(2024, 12, 1), date(2024, 12, 31))
    assert read("Trần Thăng 13", today).first is None
    assert read("nguyễn văn a", today) == Wanted("nguyễn văn a")


def test_numbers_alone_name_no_procedure(counter: CounterDesk) -> None:
    assert procedures_named(counter.desk.catalogue.headings, "2026") == ()
    assert FIVE_DAYS in procedures_named(counter.desk.catalogue.headings, "giay khuyet t")
