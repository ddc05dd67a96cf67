"""What waits for the head, told whole: who did what alone, when, how much and why. And its confirmation by own PIN."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from desk_app.domain.money import format_vnd
from desk_app.services import second_person
from desk_app.services.day_close import REASONS
from desk_app.services.desk import Desk
from desk_app.services.second_person import PinCheck
from desk_app.storage.queries import cash, officers, receipts
from desk_app.storage.queries.cash import CloseRow, UndoRow, WaitingSecond
from desk_app.storage.transaction import ReadTx

ROLES = second_person.CONFIRMERS
_TITLES = {
    "closing": "Khóa sổ",
    "replaced": "Thay thế biên lai",
    "voided": "Xóa bỏ biên lai",
    "noted": "Thông báo sai sót",
}
_WHY = {
    "name": "Họ tên", "address": "Địa chỉ", "words": "Số tiền bằng chữ", "payer": "Người nộp",
    "tax_code": "Mã số thuế", "amount": "Số tiền", "wrong_item": "Thu nhầm khoản", "misprint": "In hỏng",
    "wrong_text": "Ghi sai", "other": "Khác",
}  # fmt: skip


@dataclass(frozen=True, slots=True, repr=False)
class Waiting:
    """One act to confirm. ``at``: local time; ``amount_vnd``: counted or taken back; ``mine``: done by who sits here.

    ``said``: (words, value) in the order they are read.
    """

    task: str
    title: str
    at: str
    officer: str
    amount_vnd: int
    short: str
    mine: bool
    said: tuple[tuple[str, str], ...]


def waiting(desk: Desk) -> tuple[Waiting, ...]:
    """All of it, the oldest first."""
    with desk.store.read() as tx:
        tx.use_line(desk.line_kind)
        return tuple(_told(desk, tx, row) for row in cash.waiting(tx))


def confirm(desk: Desk, check: PinCheck, command_id: str, task: str, pin: str) -> bool:
    """The officer signed in confirms an act with the own PIN; False: the same command did it before.

    Not on the store thread. Refuses: DN-06 not the head, TP-32 nothing waits there, TP-06 the own act, DN-01, DN-02 the
    PIN. Nothing is confirmed unless the PIN was right.
    """
    desk.officer.require(*ROLES)
    check(desk.officer.id, pin)
    return desk.store.call(lambda: second_person.confirm_later(desk, command_id, task))


_Said = tuple[str, str, int, tuple[tuple[str, str], ...]]


# ---- inside ----------------------------------------------------------------------------------------------------------


def _told(desk: Desk, tx: ReadTx, row: WaitingSecond) -> Waiting:
    officer = officers.get(tx, row.officer)
    who = officer.name if officer else row.officer
    closing = cash.closing(tx, row.task) if row.what == "closing" else None
    undo = cash.undo(tx, row.task) if closing is None else None
    told: _Said = (_TITLES.get(row.what, row.what), "", 0, ())
    if closing is not None:
        told = _closing(tx, closing)
    elif undo is not None:
        told = _undo(tx, undo)
    title, short, amount, more = told
    said = (("Người làm", who), ("Lúc", f"{row.at[11:16]}, {_day(row.at)}"), *more)
    return Waiting(row.task, title, row.at, who, amount, short, row.officer == desk.officer.id, said)


def _closing(tx: ReadTx, found: CloseRow) -> _Said:
    body = found.body
    count = sum(int(s["count"]) for s in body["series"])
    said = [
        ("Số biên lai", str(count)),
        ("Tiền mặt theo sổ", format_vnd(found.cash_vnd)),
        ("Chuyển khoản", format_vnd(found.transfer_vnd)),
        ("Tiền đếm được", format_vnd(int(body["counted_vnd"]))),
        ("Chênh lệch", format_vnd(found.difference_vnd)),
    ]
    short = "khớp sổ"
    if found.difference_vnd:
        short = f"{'thừa' if found.difference_vnd > 0 else 'thiếu'} {format_vnd(abs(found.difference_vnd))}"
        said.append(("Lý do", _reason(tx, REASONS, str(body["reason"]), _id(body.get("note")))))
    shift = f", ca {found.shift}" if found.shift > 1 else ""
    return f"Khóa sổ ngày {_day(found.day)}{shift}", short, int(body["counted_vnd"]), tuple(said)


def _undo(tx: ReadTx, found: UndoRow) -> _Said:
    old, new = receipts.get(tx, found.receipt), receipts.get(tx, found.new)
    amount = old.total_vnd if old else 0
    said = [("Biên lai", f"{old.symbol} số {old.number}" if old else ""), ("Số tiền biên lai", format_vnd(amount))]
    if new is not None:
        said.append(("Biên lai thay thế", f"{new.symbol} số {new.number}"))
    if found.refund_vnd:
        said.append(("Trả lại công dân", format_vnd(found.refund_vnd)))
    if found.extra_vnd:
        said.append(("Thu thêm", format_vnd(found.extra_vnd)))
    said.append(("Lý do", _reason(tx, _WHY, found.reason, found.note)))
    number = old.number if old else ""
    return f"{_TITLES[found.kind]} số {number}", _WHY.get(found.reason, ""), amount, tuple(said)


def _reason(tx: ReadTx, words: dict[str, str], reason: str, note: str) -> str:
    found = (tx.subject(note) or {}) if note else {}
    text = str(found.get("text") or "")
    if found.get("right"):
        text = f"{found.get('wrong', '')} → {found['right']}"
    said = words.get(reason, reason)
    return f"{said}: {text}" if text else said


def _id(note: Any) -> str:
    return str(note["id"]) if note else ""


def _day(stamp: str) -> str:
    return f"{stamp[8:10]}/{stamp[5:7]}/{stamp[:4]}"
