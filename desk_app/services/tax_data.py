"""Data for the tax authority (Mẫu 01/TH-BLĐT): every electronic receipt, on the day it was made.

Law: Nghị định 254/2026 Điều 29 khoản 3 b, Thông tư 91/2026 Điều 4; after a failure within three working days of its
repair, with the reason. The centre sends it, or the file is carried; what was made is kept byte for byte.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256

from desk_app.documents.receipt_summary import SummaryLine
from desk_app.documents.tax_data import TaxSheet, as_xlsx, as_xml
from desk_app.domain.errors import Refused
from desk_app.domain.session import Role
from desk_app.services.desk import Desk, stamp
from desk_app.storage.queries import cash, ledger, receipts
from desk_app.storage.queries.ledger import Sent as Sent
from desk_app.storage.rows import ReceiptRow
from desk_app.storage.transaction import ReadTx, WriteTx
from sync.protocol.codec import from_body
from sync.protocol.money_facts import TaxDataMade

XML = "application/xml"
ROLES = (Role.CASHIER, Role.HEAD, Role.RECEPTION)
LATE_WORKING_DAYS = 3


@dataclass(frozen=True, slots=True)
class MakeTaxData:
    """Make the data of everything not sent yet. ``reason``: why an earlier day's receipt comes late."""

    id: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class TaxRow:
    """A receipt, or what was done to it. ``kind``: issued, replaced (nothing owed), noted."""

    id: str
    kind: str
    receipt: ReceiptRow
    levy_name: str
    at: str
    explanation: str = ""
    replaces: ReceiptRow | None = None


@dataclass(frozen=True, slots=True)
class TaxFiles:
    """The files of one transmission, and their names without folder."""

    data: str
    name: str
    rows: int
    xml: bytes
    xlsx: bytes
    late: bool


_NOTED = {
    "name": "Sai tên người nộp", "address": "Sai địa chỉ", "words": "Sai số tiền bằng chữ", "other": "Sai nội dung khác",
}  # fmt: skip


def unsent(desk: Desk) -> int:
    """How many rows wait for the tax authority (TP-13)."""
    with desk.store.read() as tx:
        tx.use_line(desk.line_kind)
        return len(_open_rows(tx))


@dataclass(frozen=True, slots=True)
class Open:
    """What waits for the tax authority: how many rows, since which day, and whether a reason is asked for."""

    rows: int
    since: date | None
    late: bool


def open_now(desk: Desk) -> Open:
    """What the next data will hold."""
    with desk.store.read() as tx:
        tx.use_line(desk.line_kind)
        rows = _open_rows(tx)
        since = min((date.fromisoformat(row.at[:10]) for row in rows), default=None)
        return Open(len(rows), since, since is not None and since < desk.now().date())


def made(desk: Desk, first: date, last: date) -> tuple[Sent, ...]:
    """Data made for the days first … last, the newest first."""
    with desk.store.read() as tx:
        tx.use_line(desk.line_kind)
        return ledger.tax_data(tx, first, last)


def files_of(desk: Desk, data: str) -> TaxFiles:
    """The files of data made before, byte for byte as they were. Refuses: IN-09 there is none of that id."""
    desk.officer.require(*ROLES)
    with desk.store.read() as tx:
        tx.use_line(desk.line_kind)
        return _files(desk, tx, data)


def make(desk: Desk, command: MakeTaxData) -> TaxFiles:
    """Make and keep the data of all receipts not sent yet.

    Refuses: TP-37 there are none, TP-38 some are of an earlier day and no reason is given.
    """
    desk.officer.require(*ROLES)
    with desk.store.write(command.id, desk.officer.id) as tx:
        if tx.prior:
            return _again(desk, tx)
        tx.use_line(desk.line_kind)
        ids = tuple(row[0] for row in cash.untaxed(tx))
        rows = _open_rows(tx)
        if not rows:
            raise Refused("TP-37")
        now = desk.now()
        first = min(row.at[:10] for row in rows)
        late = first < now.date().isoformat()
        if late and not command.reason.strip():
            raise Refused("TP-38", date=f"{date.fromisoformat(first):%d/%m/%Y}")
        data = desk.ids.uuid7()
        sheet = _sheet(desk, tx, data, now, rows, command.reason.strip() if late else "")
        xml = as_xml(sheet)
        tx.put_blob(xml, XML)
        digest = sha256(xml).hexdigest()
        tx.append(TaxDataMade(data, sheet.day.isoformat(), stamp(now), ids, digest, late, sheet.late_reason))
    desk.wake_sync()
    return TaxFiles(data, file_name(desk, sheet.day, data), len(rows), xml, as_xlsx(sheet), late)


def late_until(desk: Desk, repaired: date) -> date:
    """The last day for receipts that a failure kept from being sent: three working days after its repair."""
    return desk.catalogue.calendar.add_working(repaired, LATE_WORKING_DAYS)


def rows_of(desk: Desk, tx: ReadTx, data: str) -> tuple[date, tuple[TaxRow, ...]]:
    """Day and rows of a transmission, as they were sent. Refuses: IN-09 there is none of that id."""
    del desk
    found = tx.row("SELECT day FROM tax_data WHERE data = ?", (data,))
    if found is None:
        raise Refused("IN-09")
    ids = tx.rows(
        "SELECT receipt, receipt, 'issued', issued_at FROM receipt WHERE tax_data = ? UNION ALL"
        " SELECT undo, receipt, kind, at FROM undo WHERE tax_data = ? ORDER BY 4",
        (data, data),
    )
    rows = (_row(tx, id, receipt, kind) for id, receipt, kind, _ in ids)
    return date.fromisoformat(found[0]), tuple(row for row in rows if row is not None)


def as_line(row: TaxRow) -> SummaryLine:
    """A row of the form."""
    receipt = row.receipt
    issued_on = date.fromisoformat(receipt.issued_at[:10])
    old = row.replaces
    related = f"{old.symbol} số {old.number} ngày {_day(old.issued_at)}" if old else ""
    of_other_day = old is not None and old.issued_at[:10] != receipt.issued_at[:10]
    if row.kind != "issued":
        related = f"{receipt.symbol} số {receipt.number} ngày {_day(receipt.issued_at)}"
    period = _day(old.issued_at) if of_other_day and old else ""
    if row.kind != "issued" and row.at[:10] != receipt.issued_at[:10]:
        period = _day(receipt.issued_at)
    state = {"noted": "Thông báo sai sót", "replaced": "Trả lại toàn bộ"}.get(row.kind, "Thay thế" if old else "Mới")
    return SummaryLine(
        form=receipt.form,
        series=receipt.symbol,
        number=str(receipt.number),
        issued_on=issued_on,
        levy_name=row.levy_name,
        amount=0 if row.kind != "issued" else receipt.total_vnd,
        state=state,
        adjusted_period=period,
        related=related,
        explanation=row.explanation,
        note="Lập sau" if receipt.happened_at else "",
    )


def file_name(desk: Desk, day: date, data: str) -> str:
    """``01-TH-BLDT-2026-11-25-1a2b3c4d`` without ending."""
    del desk
    return f"01-TH-BLDT-{day.isoformat()}-{data[-8:]}"


# ---- inside ----------------------------------------------------------------------------------------------------------


def _open_rows(tx: ReadTx) -> tuple[TaxRow, ...]:
    rows = (_row(tx, *row) for row in cash.untaxed(tx))
    return tuple(row for row in rows if row is not None)


def _row(tx: ReadTx, id: str, receipt: str, kind: str) -> TaxRow | None:
    """None for an undo whose replacement has a row of its own."""
    found = receipts.get(tx, receipt)
    if found is None:
        return None
    name = "; ".join(dict.fromkeys(i.name for i in receipts.items(tx, receipt)))
    if kind == "issued":
        return TaxRow(id, kind, found, name, found.issued_at, replaces=receipts.get(tx, found.replaces))
    undo = cash.undo(tx, id)
    if undo is None or undo.new:
        return None
    why = "Thu nhầm, trả lại toàn bộ" if kind == "replaced" else _NOTED.get(undo.reason, "")
    return TaxRow(id, kind, found, name, undo.at, why)


def _sheet(desk: Desk, tx: ReadTx, data: str, now: datetime, rows: tuple[TaxRow, ...], reason: str) -> TaxSheet:
    profile = desk.profile(tx)
    lines = tuple(as_line(row) for row in rows)
    return TaxSheet(data, profile.collector, profile.tax_code, now.date(), now, lines, reason)


def _again(desk: Desk, tx: WriteTx) -> TaxFiles:
    fact = from_body(tx.prior[0].envelope.kind, tx.prior[0].envelope.v, tx.prior[0].envelope.body)
    assert isinstance(fact, TaxDataMade)
    return _files(desk, tx, fact.data)


def _files(desk: Desk, tx: ReadTx, data: str) -> TaxFiles:
    day, rows = rows_of(desk, tx, data)
    made_at, digest, late, reason = ledger.tax_data_head(tx, data)
    sheet = _sheet(desk, tx, data, datetime.fromisoformat(made_at), rows, reason)
    xml = tx.blob(digest) or as_xml(sheet)
    return TaxFiles(data, file_name(desk, day, data), len(rows), xml, as_xlsx(sheet), late)


def _day(stamp: str) -> str:
    return f"{stamp[8:10]}/{stamp[5:7]}/{stamp[:4]}"
