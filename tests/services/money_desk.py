"""A cash desk for tests: the real store, rules and catalogue; a clock that is set; two officers and a head."""

from __future__ import annotations

import json
import tempfile
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from desk_app.domain.catalogue import Catalogue, load_catalogue
from desk_app.domain.session import Officer, Role
from desk_app.services import export, money, setup
from desk_app.services.desk import VIETNAM, Desk
from desk_app.services.second_person import Second
from desk_app.storage.store import Store
from sync.checker.check import check_file
from sync.protocol.facts import GrantAccepted, ReceiptIssued, ReceiptItem
from tests.storage.builders import FakeClock, FakeIds, person, witness_of

ROOT = Path(__file__).resolve().parents[2]
LINE = 1_000_001
HANH = Officer("cb-hanh", "Lê Thị Hạnh", frozenset({Role.RECEPTION, Role.CASHIER}))
BAO = Officer("cb-bao", "Trần Quốc Bảo", frozenset({Role.CASHIER}))
MINH = Officer("ld-minh", "Trần Văn Minh", frozenset({Role.HEAD, Role.RECEPTION}))
OFFICERS = (HANH, BAO, MINH)
SECOND = Second(BAO.id)
GRANTS = (
    ("receipt", "EBL01", "26TAA", 1, 1, 5, "all"),
    ("receipt", "EBL01", "26TAA", 1, 101, 9_999, "all"),
    ("receipt_paper", "01BLP2-001", "AA-26T", 7, 1, 500, "all"),
    ("receipt_book", "01BLP2-001", "AB-26P", 8, 51, 100, "all"),
    ("error_notice", "", "TBSS", 9, 1, 999, "year"),
    ("void_minutes", "", "BBXB", 10, 1, 999, "year"),
    ("dossier", "", "H99.12", 2, 1, 9999, "day"),
    ("acceptance_slip", "", "TNHS", 3, 1, 9999, "year"),
    ("register", "", "01", 4, 1, 9999, "year"),
)


@cache
def catalogue() -> Catalogue:
    return load_catalogue((ROOT / "resources" / "catalogue" / "catalogue.json").read_bytes())


def at(text: str) -> datetime:
    """A moment in Vietnam time, aware: ``2026-11-25T10:40``."""
    return datetime.fromisoformat(text).replace(tzinfo=VIETNAM)


@dataclass
class CashDesk:
    """A desk with the calls a test makes often. ``tampered``: the test changed the book behind the desk's back."""

    desk: Desk
    clock: FakeClock
    n: int = 0
    tampered: bool = False

    def command(self) -> str:
        self.n += 1
        return f"command-{self.n}-{self.clock.now.timestamp()}"

    def goto(self, text: str) -> None:
        self.clock.now = at(text)

    def wait(self, minutes: int) -> None:
        self.clock.now += timedelta(minutes=minutes)

    def take(self, amount: int = 10_000, method: str = "cash", dossiers: tuple[str, ...] = ()) -> ReceiptIssued:
        """Issue a receipt for a levy of ``amount``."""
        item = ReceiptItem("phi", "fee", "Phí chứng thực", "226/2016/TT-BTC", 1, amount, amount)

        def job() -> ReceiptIssued:
            desk = self.desk
            with desk.store.write(self.command(), desk.officer.id) as tx:
                tx.use_line(desk.line_kind)
                payer = tx.put_subject("person", person())
                return money.issue_items(desk, tx, (item,), dossiers, payer, method, desk.now())

        return self.desk.store.call(job)

    def call(self, function: Any, *arguments: Any) -> Any:
        return self.desk.store.call(lambda: function(self.desk, *arguments))

    def query(self, function: Any, *arguments: Any) -> Any:
        def job() -> Any:
            with self.desk.store.read() as tx:
                tx.use_line(self.desk.line_kind)
                return function(tx, *arguments)

        return self.desk.store.call(job)

    def sign_in(self, officer: Officer) -> None:
        """Another officer at the same desk."""
        self.desk = replace(self.desk, officer=officer)

    def close(self) -> None:
        """Export the book, let receipt-check find it whole, close the file."""
        if not self.tampered:
            self.check_export()
        self.desk.store.close()

    def check_export(self) -> None:
        """An export of the book as it is now is found whole by the independent checker. Raises ``Wrong``."""
        head = replace(self.desk, officer=MINH)
        made = self.desk.store.call(lambda: export.export(head))
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder) / made.name
            file.write_bytes(made.data)
            assert check_file(file).records == made.records


def open_cash_desk(
    folder: Path,
    *,
    now: str = "2026-11-25T08:00",
    profile: dict[str, Any] | None = None,
    officer: Officer = HANH,
    grants: tuple[tuple[Any, ...], ...] = GRANTS,
    public_key: str = "ab" * 32,
) -> CashDesk:
    clock = FakeClock(at(now))
    ids = FakeIds(7)
    store = Store.open(folder / "desk.db", bytes(32), clock=clock, ids=ids, witness=witness_of(folder))
    unit = json.loads((ROOT / "resources" / "units" / "hoa-mau.json").read_text(encoding="utf-8"))
    unit |= profile or {}
    line = setup.NewLine(LINE, "main", str(unit["code"]), "0193a000-0000-7000-8000-000000000001", 2, public_key)
    given = [GrantAccepted(f"g-{i}", *row) for i, row in enumerate(grants)]
    people = [setup.NewOfficer(o.id, o.name, tuple(sorted(o.roles))) for o in OFFICERS]
    store.call(lambda: setup.open_station(store, line, unit, given, people, "open"))
    desk = Desk(store, clock, ids, catalogue(), officer, training=False, line_kind="main")
    return CashDesk(desk, clock)
