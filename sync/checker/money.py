"""What the records of a line say about money, followed one by one: numbers, sums, pairs, closings."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

DENOMINATIONS = (500_000, 200_000, 100_000, 50_000, 20_000, 10_000, 5_000, 2_000, 1_000, 500)
MAX_VND = 10**12


class Bad(Exception):
    """A rule does not hold; ``key``: the field where it shows."""

    def __init__(self, key: str, why: str) -> None:
        super().__init__(why)
        self.key = key
        self.why = why


@dataclass(slots=True)
class Grant:
    """A range of numbers and how far it is used; ``used`` by period."""

    kind: str
    form: str
    symbol: str
    series_id: int
    first: int
    last: int
    period: str
    used: dict[str, int] = field(default_factory=dict)


@dataclass(slots=True)
class Receipt:
    """What is remembered of a receipt."""

    number: int
    form: str
    total: int
    method: str
    series: tuple[str, str, int]
    alive: bool = True
    signed: bool = False


@dataclass(slots=True)
class Open:
    """Money in no closing yet: by receipt or undo."""

    issued: bool
    method: str
    amount: int
    day: str
    series: tuple[str, str, int]
    number: int


class Money:
    """The state of one line's money. ``take`` raises Bad at the first record that does not fit.

    ``expected``: the replacement that the next record must be, "" = none.
    """

    def __init__(self) -> None:
        self.grants: dict[str, Grant] = {}
        self.receipts: dict[str, Receipt] = {}
        self.totals: dict[tuple[str, int], int] = {}
        self.open: list[Open] = []
        self.closed: set[tuple[str, int]] = set()
        self.ended = ""
        self.tasks: dict[str, str] = {}
        self.signed: dict[str, str] = {}
        self.training = False
        self.sum_vnd = self.replaced = self.voided = self.closings = 0
        self.expected = ""
        self._expected_total = 0
        self._last_receipt = ""
        self._kinds: dict[str, Callable[[dict[str, Any], dict[str, Any]], None]] = {
            "line.opened": self._opened,
            "grant.accepted": self._granted,
            "receipt.issued": self._issued,
            "receipt.replaced": self._replaced,
            "receipt.voided": self._voided,
            "receipt.error_noted": self._noted,
            "receipt.entered": self._entered,
            "receipt.signed": self._was_signed,
            "day.closed": self._closed,
            "second.confirmed": self._confirmed,
            "guidance.given": self._guided,
        }

    def take(self, record: dict[str, Any]) -> None:
        """Follow one record."""
        kind = record["kind"]
        if self.expected and kind != "receipt.issued":
            raise Bad("kind", "biên lai thay thế không đi liền sau biên lai cũ")
        job = self._kinds.get(kind)
        if job is None:
            return
        try:
            job(record["body"], record)
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            raise Bad("body", f"thiếu hoặc sai kiểu trường ({type(error).__name__})") from error

    # ---- numbers

    def _opened(self, body: dict[str, Any], _record: dict[str, Any]) -> None:
        self.training = body["line_kind"] == "training"

    def _granted(self, body: dict[str, Any], _record: dict[str, Any]) -> None:
        new = Grant(
            body["series_kind"], body["form"], body["symbol"], body["series_id"], body["first"], body["last"],
            body["period"],
        )  # fmt: skip
        for old in self.grants.values():
            same = (old.kind, old.form, old.symbol) == (new.kind, new.form, new.symbol)
            if same and new.kind.startswith("receipt") and new.first <= old.last and old.first <= new.last:
                raise Bad("first", f"dải số {new.symbol} cấp trùng dải đã cấp")
        if body["grant"] in self.grants or new.first < 1 or new.last < new.first:
            raise Bad("grant", "dải số cấp sai")
        self.grants[body["grant"]] = new

    def _use(self, grant: str, number: int, day: str, what: str) -> Grant:
        found = self.grants.get(grant)
        if found is None:
            raise Bad("grant", f"{what} dùng dải số không được cấp")
        if type(number) is not int:
            raise Bad("number", f"số của {what} không phải số nguyên")
        key = {"day": day[:10], "year": day[:4]}.get(found.period, "")
        expected = found.used.get(key, found.first - 1) + 1
        if number != expected:
            why = "bị bỏ số" if number > expected else "bị trùng số"
            raise Bad("number", f"{what} {found.symbol} số {number} {why}: phải là số {expected}")
        if number > found.last:
            raise Bad("number", f"{what} {found.symbol} số {number} ngoài dải đã cấp")
        found.used[key] = number
        return found

    def _guided(self, body: dict[str, Any], _record: dict[str, Any]) -> None:
        if body.get("grant") in self.grants:
            self._use(body["grant"], body["number"], body["given_at"], "phiếu hướng dẫn")

    # ---- receipts

    def _issued(self, body: dict[str, Any], _record: dict[str, Any]) -> None:
        total = body["total_vnd"]
        if type(total) is not int or not 0 < total <= MAX_VND:
            raise Bad("total_vnd", "số tiền của biên lai không hợp lệ")
        added = 0
        for item in body["items"]:
            amount = item["amount_vnd"]
            if type(amount) is not int or amount < 0 or amount > item["quantity"] * item["unit_vnd"]:
                raise Bad("items", "khoản thu cao hơn số lượng × mức thu")
            added += amount
        if added != total:
            raise Bad("total_vnd", f"tổng các khoản là {added}, biên lai ghi {total}")
        grant = self._use(body["grant"], body["number"], body["issued_at"], "biên lai")
        if (grant.form, grant.symbol, grant.series_id) != (body["form"], body["symbol"], body["series_id"]):
            raise Bad("symbol", "ký hiệu biên lai không đúng dải số được cấp")
        series = (body["symbol"], body["series_id"])
        running = self.totals.get(series, 0) + total
        if body["series_total_vnd"] != running:
            raise Bad("series_total_vnd", f"lũy kế ghi {body['series_total_vnd']}, cộng lại là {running}")
        if body["training"] is not self.training:
            raise Bad("training", "biên lai tập huấn lẫn với biên lai thật")
        self.totals[series] = running
        id = body["receipt"]
        if id in self.receipts or body["method"] not in ("cash", "transfer"):
            raise Bad("receipt", "biên lai ghi hai lần")
        if self.expected and (id, total) != (self.expected, self._expected_total):
            raise Bad("receipt", "biên lai thay thế không khớp bản ghi thay thế")
        self.expected = ""
        self.receipts[id] = Receipt(body["number"], body["form"], total, body["method"], (body["form"], *series))
        self._last_receipt = id
        self.sum_vnd += total
        self._move(id, total, body["issued_at"], issued=True)

    def _move(self, id: str, amount: int, when: str, *, issued: bool) -> None:
        day = when[:10]
        if self.ended and self.ended >= day:
            day = (date.fromisoformat(self.ended) + timedelta(days=1)).isoformat()
        receipt = self.receipts[id]
        self.open.append(Open(issued, receipt.method, amount, day, receipt.series, receipt.number))

    def _living(self, body: dict[str, Any]) -> Receipt:
        old = self.receipts.get(body["receipt"])
        if old is None:
            raise Bad("receipt", "không có biên lai được nêu")
        if not old.alive:
            raise Bad("receipt", f"biên lai số {old.number} đã được xóa bỏ hoặc thay thế trước đó")
        return old

    def _replaced(self, body: dict[str, Any], record: dict[str, Any]) -> None:
        old = self._living(body)
        if not old.form.startswith("EBL"):
            raise Bad("receipt", f"biên lai giấy số {old.number} không được thay thế")
        new_total = old.total - body["refund_vnd"] + body["extra_vnd"]
        if new_total < 0 or (body["refund_vnd"] and body["extra_vnd"]) or bool(new_total) != bool(body["new"]):
            raise Bad("refund_vnd", "tiền trả lại hoặc thu thêm không khớp biên lai cũ")
        old.alive = False
        self.replaced += 1
        self.sum_vnd -= old.total
        self.expected, self._expected_total = body["new"], new_total
        self._move(body["receipt"], -old.total, body["replaced_at"], issued=False)
        self._task(body["undo"], body["second"], record)

    def _voided(self, body: dict[str, Any], record: dict[str, Any]) -> None:
        old = self._living(body)
        if old.form.startswith("EBL"):
            raise Bad("receipt", f"biên lai điện tử số {old.number} không được xóa bỏ")
        if body["refund_vnd"] != old.total:
            raise Bad("refund_vnd", f"trả lại {body['refund_vnd']}, biên lai ghi {old.total}")
        self._use(body["grant"], body["number"], body["voided_at"], "biên bản xóa bỏ")
        old.alive = False
        self.voided += 1
        self.sum_vnd -= old.total
        self._move(body["receipt"], -old.total, body["voided_at"], issued=False)
        self._task(body["undo"], body["second"], record)

    def _noted(self, body: dict[str, Any], record: dict[str, Any]) -> None:
        self._living(body)
        self._use(body["grant"], body["number"], body["noted_at"], "thông báo sai sót")
        self._task(body["notice"], body["second"], record)

    def _entered(self, body: dict[str, Any], _record: dict[str, Any]) -> None:
        if body["receipt"] != self._last_receipt or body["happened_at"] >= body["entered_at"]:
            raise Bad("receipt", "biên lai lập sau không đi liền biên lai của nó hoặc sai giờ")

    def _was_signed(self, body: dict[str, Any], _record: dict[str, Any]) -> None:
        found = self.receipts.get(body["receipt"])
        if found is None or found.signed or not found.form.startswith("EBL"):
            raise Bad("receipt", "chữ ký số không có biên lai, hoặc ký hai lần")
        found.signed = True
        self.signed[body["sha256"]] = body["receipt"]

    # ---- second persons, closings

    def _task(self, id: str, second: str, record: dict[str, Any]) -> None:
        if second and second == record["actor"]:
            raise Bad("second", "người lập và người xác nhận là một")
        self.tasks[id] = "" if second else record["actor"]

    def _confirmed(self, body: dict[str, Any], record: dict[str, Any]) -> None:
        who = self.tasks.get(body["task"], "")
        if not who:
            raise Bad("task", "xác nhận một việc không chờ xác nhận")
        if who == record["actor"] or body["officer"] != record["actor"]:
            raise Bad("officer", "người lập và người xác nhận là một")
        self.tasks[body["task"]] = ""

    def _closed(self, body: dict[str, Any], record: dict[str, Any]) -> None:
        day = body["day"]
        if (day, body["shift"]) in self.closed or (self.ended and self.ended >= day):
            raise Bad("day", f"ngày {day} khóa sổ hai lần")
        if body["through_seq"] != record["seq"] - 1 or body["head"] != record["prev"]:
            raise Bad("head", "bản khóa sổ không nối vào mục ngay trước nó")
        mine = [m for m in self.open if m.day <= day]
        cash = sum(m.amount for m in mine if m.method == "cash")
        _same(body, "cash_vnd", cash, "tiền mặt theo sổ")
        _same(body, "transfer_vnd", sum(m.amount for m in mine if m.method != "cash"), "chuyển khoản theo sổ")
        later = sum(m.amount for m in self.open if m.day > day and m.method == "cash")
        _same(body, "later_cash_vnd", later, "tiền mặt của ngày sau")
        counted = sum(n * value for n, value in zip(body["counted"], DENOMINATIONS, strict=True))
        _same(body, "counted_vnd", counted, "tiền đếm được")
        _same(body, "difference_vnd", counted - cash - later - body["float_vnd"], "chênh lệch")
        if body["difference_vnd"] and not body["reason"]:
            raise Bad("reason", "chênh lệch không có lý do")
        self._closed_series(body["series"], [m for m in mine if m.issued])
        for name in ("by_officer", "by_fee"):
            if sum(s["cash_vnd"] for s in body[name]) != cash:
                raise Bad(name, "bảng cộng theo người hoặc theo khoản không khớp tiền mặt")
        self.open = [m for m in self.open if m.day > day]
        self.closed.add((day, body["shift"]))
        self.ended = day if body["ends_day"] else self.ended
        self.closings += 1
        self._task(body["closing"], body["second"], record)

    def _closed_series(self, told: list[dict[str, Any]], mine: list[Open]) -> None:
        found: dict[tuple[str, str, int], list[Open]] = {}
        for move in mine:
            found.setdefault(move.series, []).append(move)
        if {(s["form"], s["symbol"], s["series_id"]) for s in told} != set(found):
            raise Bad("series", "bản khóa sổ thiếu hoặc thừa ký hiệu biên lai")
        for s in told:
            moves = found[(s["form"], s["symbol"], s["series_id"])]
            numbers = [m.number for m in moves]
            right = (min(numbers), max(numbers), len(numbers), sum(m.amount for m in moves))
            if (s["first"], s["last"], s["count"], s["sum_vnd"]) != right:
                raise Bad("series", f"bản khóa sổ ghi sai số biên lai hoặc số tiền của {s['symbol']}")


def _same(body: dict[str, Any], key: str, right: int, what: str) -> None:
    if body[key] != right or type(body[key]) is not int:
        raise Bad(key, f"{what} ghi {body[key]}, tính lại là {right}")
