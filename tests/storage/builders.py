"""A desk's file for tests: the real encrypted one, with a clock that is set and ids that follow one another."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from desk_app.storage.queries import receipts
from desk_app.storage.store import Store
from desk_app.storage.transaction import WriteTx
from desk_app.storage.witness import Witness
from sync.protocol.facts import (
    DocumentMark,
    DossierReceived,
    DossierSettled,
    GrantAccepted,
    GuidanceGiven,
    ReceiptIssued,
    ReceiptItem,
    ResultReturned,
)

KEY = bytes(range(32))
LINE = 1_000_001
UNIT = "H57.12.34"
STATION = "0193a000-0000-7000-8000-000000000001"


@dataclass
class FakeClock:
    now: datetime = datetime(2026, 11, 25, 3, 40, 22, 123000, tzinfo=UTC)

    def now_utc(self) -> datetime:
        return self.now

    def local(self) -> str:
        return (self.now + timedelta(hours=7)).replace(tzinfo=None).isoformat(timespec="seconds")

    def day(self) -> date:
        return (self.now + timedelta(hours=7)).date()


@dataclass
class FakeIds:
    seed: int = 0
    n: int = 0
    rng: random.Random = field(init=False)

    def __post_init__(self) -> None:
        self.rng = random.Random(self.seed)

    def uuid7(self) -> str:
        self.n += 1
        return f"0193a{self.seed:03x}-0000-7000-8000-{self.n:012x}"

    def random_bytes(self, n: int) -> bytes:
        return self.rng.randbytes(n)


def witness_of(folder: Path) -> Witness:
    return Witness(folder / "witness-1", folder / "other" / "witness-2")


def a_store(folder: Path, *, seed: int = 0, witness: Witness | None = None, clock: FakeClock | None = None) -> Store:
    return Store.open(folder / "desk.db", KEY, clock=clock or FakeClock(), ids=FakeIds(seed), witness=witness)


GRANTS = (
    ("receipt", "EBL01", "26TAA", 1, "year", 1, 40),
    ("receipt", "EBL01", "26TAA", 1, "year", 41, 100_000),
    ("dossier", "", UNIT, 2, "day", 1, 9999),
    ("acceptance_slip", "", "TNHS", 3, "year", 1, 99_999),
    ("register", "", "01", 4, "year", 1, 99_999),
    ("guidance_slip", "", "HDHS", 5, "year", 1, 99_999),
    ("certification", "", "CT01", 6, "year", 1, 99_999),
)


def open_line(store: Store, line: int = LINE, kind: str = "main", after: int = 0) -> None:
    """A line with every grant a counter needs."""

    def job() -> None:
        with store.write(f"open-{line}", "system") as tx:
            tx.open_line(line, UNIT, STATION, kind, "ab" * 32, 2, "first", after)
            for index, (series, form, symbol, series_id, period, first, last) in enumerate(GRANTS):
                tx.append(GrantAccepted(f"{line}-{index}", series, form, symbol, series_id, first, last, period))

    store.call(job)


MARKS = (
    DocumentMark("birth_certificate", "ok", kept=True, originals=1),
    DocumentMark("marriage_certificate", "bad", reason=2),
)


def person(
    name: str = "Đỗ Văn Dũng", id_number: str = "046090001234", phone: str = "0912 345 678"
) -> dict[str, object]:
    return {"name": name, "id_kind": "cccd", "id_number": id_number, "birth_date": "1990-02-01", "phone": phone}


def receive(
    tx: WriteTx,
    clock: FakeClock,
    dossier: str,
    *,
    who: dict[str, object] | None = None,
    due_at: str = "2026-11-27T16:30:00",
    procedure: str = "1.001193",
    fee_vnd: int | None = 15_000,
    done_at_once: bool = False,
    guidance: str = "",
    answers: dict[str, bool | int | str] | None = None,
    variant: str = "",
) -> DossierReceived:
    """Take in one dossier with its code, slip and register numbers."""
    day = clock.day()
    code, slip, entry = (tx.take_number(kind, day) for kind in ("dossier", "acceptance_slip", "register"))
    fact = DossierReceived(
        dossier=dossier,
        code=f"{code.symbol}-{day:%y%m%d}-{code.number:04}",
        slip_code=f"1{tx.line.line % 1000:03}{slip.number:016}",
        symbol=slip.symbol,
        number=slip.number,
        book=entry.symbol,
        entry_no=entry.number,
        procedure=procedure,
        variant=variant,
        catalogue="2026.11-3",
        answers=answers or {"under_18": True, "copies": 3},
        marks=MARKS[:1],
        applicant=tx.put_subject("person", who or person()),
        submitter=None,
        received_at=clock.local(),
        term_value=2,
        term_unit="day",
        due_at=due_at,
        calendar="vn-2026",
        fee_vnd=fee_vnd,
        done_at_once=done_at_once,
        guidance=guidance,
        grants=(code.grant, slip.grant, entry.grant),
    )
    tx.append(fact)
    return fact


def collect(
    tx: WriteTx, clock: FakeClock, receipt: str, dossiers: tuple[str, ...], amount: int = 15_000
) -> ReceiptIssued:
    """Take money for dossiers and use the next receipt number."""
    number = tx.take_number("receipt", clock.day())
    fact = ReceiptIssued(
        receipt=receipt,
        form=number.form,
        symbol=number.symbol,
        series_id=number.series_id,
        number=number.number,
        dossiers=dossiers,
        payer=tx.put_subject("person", person()),
        items=(ReceiptItem("copy", "fee", "Chứng thực bản sao", "Thông tư 226/2016", 3, amount // 3, amount),),
        total_vnd=amount,
        method="cash",
        issued_at=clock.local(),
        series_total_vnd=receipts.series_total(tx, number.symbol, number.series_id) + amount,
        grant=number.grant,
    )
    tx.append(fact)
    return fact


def guide(tx: WriteTx, clock: FakeClock, guidance: str, *, who: dict[str, object] | None = None) -> GuidanceGiven:
    """Give a guidance slip that names what is missing."""
    number = tx.take_number("guidance_slip", clock.day())
    fact = GuidanceGiven(
        guidance=guidance,
        slip_code=f"2{number.number:019}",
        symbol=number.symbol,
        number=number.number,
        given_at=clock.local(),
        procedure="1.001193",
        variant="",
        catalogue="2026.11-3",
        answers={},
        marks=MARKS,
        citizen=tx.put_subject("person", who or person()),
        grant=number.grant,
    )
    tx.append(fact)
    return fact


def settle(tx: WriteTx, clock: FakeClock, dossier: str) -> None:
    tx.append(DossierSettled(dossier, clock.local(), "granted", "12/KQ"))


def give_back(tx: WriteTx, clock: FakeClock, dossier: str) -> None:
    tx.append(ResultReturned(dossier, clock.local(), "applicant", None, ("slip_scanned", "card_matched")))
