"""What the pages read follows from the records alone, in whatever order they come."""

from __future__ import annotations

import random
from datetime import datetime
from typing import Any
from uuid import UUID

import psycopg
import pytest

from sync.centre.folds import TABLES, fold, refold
from sync.centre.reading import Reading, read
from sync.protocol.dossier_facts import (
    ApologyMade,
    DossierStopped,
    DossierTakenBack,
    DueMoved,
    SupplementCompleted,
    SupplementRequested,
)
from sync.protocol.facts import DossierSettled, Fact, ResultReturned
from sync.protocol.money_facts import ReceiptReplaced
from sync.protocol.wire import Sealed
from tests.sync.desk import Desk
from tests.sync.office import Book
from tests.sync.server import CentreProcess

STATION = UUID("0193a000-0000-7000-8000-000000000001")
Row = dict[str, Any]


def readings_of(book: Book) -> list[Reading]:
    return [read(Sealed(r.envelope.seq, r.raw, bytes.fromhex(r.h))) for r in book.records]


def a_book(unit: str = "77001") -> Book:
    return Book(unit, str(STATION), 1_000_001)


def received(book: Book, dossier: str, at: str = "2026-11-02T09:00:00", due: str = "2026-11-05T16:30:00") -> None:
    body = {
        "acceptance": {}, "answers": {}, "applicant": {"commit": "0" * 64, "id": "p1"}, "calendar": "2026.1",
        "catalogue": "2026.11-3", "channel": 1, "code": f"H99.12-261102-{dossier[-4:]}", "done_at_once": False,
        "dossier": dossier, "due_at": due, "entry_no": 1, "external_code": "", "fee_vnd": 0, "grants": [],
        "guidance": "", "marks": [], "number": 1, "procedure": "ho_tich.khai_sinh", "received_at": at,
        "result_channel": "desk", "sets": 1, "slip_code": "1" + "77001" + "261102" + "010001" + "55", "submitter": None,
        "symbol": "TNHS", "term_unit": "day", "term_value": 3, "variant": "v", "book": "01",
    }  # fmt: skip
    del body["acceptance"]
    book.append_body("dossier.received", body)


def folded(centre: CentreProcess, unit: str, groups: list[list[Reading]]) -> Row:
    """The row of the only dossier, after folding each group in a transaction of its own; nothing is kept."""
    with psycopg.connect(centre.postgresql.url) as db:
        for group in groups:
            fold(db, unit, STATION, 1_000_001, group)
        cursor = db.execute("SELECT * FROM dossier WHERE unit = %s", (unit,))
        assert cursor.description is not None
        names = [column.name for column in cursor.description]
        rows = cursor.fetchall()
        db.rollback()
    assert len(rows) == 1
    return dict(zip(names, rows[0], strict=True))


def life(*facts: Fact) -> list[Reading]:
    book = a_book()
    received(book, "d-0001")
    for fact in facts:
        book.append(fact)
    return readings_of(book)


def test_a_supplement_stops_the_clock_and_its_answer_sets_a_new_date(centre: CentreProcess) -> None:
    facts = life(
        SupplementRequested("d-0001", "s1", "3" * 20, "BS", 1, "2026-11-03T10:00:00", ("giấy",), "thiếu"),
        SupplementCompleted("d-0001", "2026-11-10T08:00:00", "2026-11-13T16:30:00", "2026.1"),
        ApologyMade("d-0001", "a1", "4" * 20, "XL", 1, "2026-11-14T08:00:00", "2026-11-13T16:30:00", "c", "vì", "2026-11-18",
                    "UBND", "CT"),
        DueMoved("d-0001", "2026-11-11T08:00:00", "2026-11-13T16:30:00", "2026-11-16T16:30:00", "2026.2"),
    )  # fmt: skip
    row = folded(centre, "77001", [facts])
    assert row["due_at"] == datetime(2026, 11, 16, 16, 30)
    assert (row["supplements"], row["apologies"], str(row["new_day"])) == (1, 1, "2026-11-18")
    assert row["asked_at"] < row["answered_at"] and row["closed_at"] is None


@pytest.mark.parametrize("seed", range(12))
def test_the_order_of_arrival_does_not_matter(centre: CentreProcess, seed: int) -> None:
    facts = life(
        SupplementRequested("d-0001", "s1", "3" * 20, "BS", 1, "2026-11-03T10:00:00", ("giấy",), "thiếu"),
        SupplementCompleted("d-0001", "2026-11-10T08:00:00", "2026-11-13T16:30:00", "2026.1"),
        DueMoved("d-0001", "2026-11-11T08:00:00", "2026-11-13T16:30:00", "2026-11-16T16:30:00", "2026.2"),
        DossierSettled("d-0001", "2026-11-12T08:00:00", "granted"),
        ResultReturned("d-0001", "2026-11-12T09:00:00", "applicant"),
    )
    expected = folded(centre, "77001", [facts])
    mixed = facts[:]
    random.Random(seed).shuffle(mixed)
    assert folded(centre, "77001", [[reading] for reading in mixed]) == expected
    assert folded(centre, "77001", [mixed]) == expected
    assert folded(centre, "77001", [facts, facts]) == expected


def test_a_result_taken_back_is_open_again_and_a_stop_closes(centre: CentreProcess) -> None:
    settled = DossierSettled("d-0001", "2026-11-04T08:00:00", "granted")
    back = DossierTakenBack("d-0001", "2026-11-04T09:00:00", "settle", 4, "nhầm hồ sơ")
    assert folded(centre, "77001", [life(settled, back)])["closed_at"] is None
    stop = DossierStopped("d-0001", "n1", "TB", 1, "2026-11-06T10:00:00", "rút", "desk", "không thu")
    assert folded(centre, "77001", [life(settled, back, stop)])["closed_at"] == datetime(2026, 11, 6, 10)


def test_hostile_fields_are_kept_short_and_stop_nothing(centre: CentreProcess) -> None:
    book = a_book()
    received(book, "d-0001")
    body = dict(book.records[0].envelope.body)
    body |= {"channel": 2**50, "procedure": "x\0" + "ễ" * 5000, "catalogue": "'; DROP TABLE dossier; --",
             "received_at": "31/12/2026", "due_at": "không rõ"}  # fmt: skip
    hostile = Book("77001", str(STATION), 1_000_001)
    hostile.append_body("dossier.received", body)
    hostile.append_body("day.closed", {"day": "hôm qua"})
    row = folded(centre, "77001", [readings_of(hostile)])
    assert row["channel"] == 2**31 - 1 and len(row["procedure"]) <= 120 and row["due_at"] is None


def test_a_closing_of_a_drawer_is_read_by_its_fields(centre: CentreProcess) -> None:
    book = a_book()
    book.append_body(
        "day.closed",
        {"day": "2026-11-24", "shift": 1, "cash_vnd": 500_000, "transfer_vnd": 0, "difference_vnd": -20_000,
         "reason": "thối nhầm"},
    )  # fmt: skip
    with psycopg.connect(centre.postgresql.url) as db:
        fold(db, "77001", STATION, 1_000_001, readings_of(book))
        row = db.execute("SELECT day::text, difference_vnd, reason FROM day_close WHERE unit = '77001'").fetchone()
        db.rollback()
    assert row == ("2026-11-24", -20_000, "thối nhầm")


def test_a_struck_receipt_takes_its_money_back_on_its_own_day(centre: CentreProcess, desk: Desk) -> None:
    paid = desk.book.pay("d1", desk.book.person(), 20_000)
    other = desk.book.pay("d2", desk.book.person(), 15_000)
    desk.book.append(ReceiptReplaced("u1", paid.receipt, "", "2026-12-01T09:00:00", "amount", 20_000, 0))
    desk.push()
    unit = desk.who.unit
    rows = centre.rows("SELECT amount, day::text, struck_day::text FROM collected WHERE unit = %s ORDER BY 1", unit)
    day = other.issued_at[:10]
    assert rows == [(15_000, day, None), (20_000, day, "2026-12-01")]


def test_folding_all_records_again_gives_the_same_tables(centre: CentreProcess, desk: Desk) -> None:
    desk.work(200)
    desk.push()

    def tables(db: psycopg.Connection[tuple[Any, ...]]) -> dict[str, list[str]]:
        return {
            t: sorted(map(repr, db.execute(f"SELECT * FROM {t} WHERE unit = %s", (desk.who.unit,)).fetchall()))  # type: ignore[arg-type]
            for t in TABLES
        }

    with psycopg.connect(centre.postgresql.url) as db:
        before = tables(db)
        assert before["dossier"] and before["guidance"] and before["catalogue_use"] and before["collected"]
        assert refold(db) > 200
        after = tables(db)
        db.rollback()
    assert after == before
