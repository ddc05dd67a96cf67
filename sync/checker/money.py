"""What the records of a line say about money, followed one by one: numbers, sums, pairs, closings."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any, NamedTuple

DENOMINATIONS = (500_000, 200_000, 100_000, 50_000, 20_000, 10_000, 5_000, 2_000, 1_000, 500)
MAX_VND = 10**12
Series = tuple[str, str, int]  # form, symbol, number that stands for the series in codes


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


class Receipt(NamedTuple):
    """What is remembered of a receipt."""

    number: int
    form: str
    total: int
    method: str
    series: Series


#: Money in no closing yet: the day it counts for, whether it came in or went back, and its receipt.
Open = tuple[str, bool, Receipt]


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
        self.undone: set[str] = set()
        self.signed: dict[str, str] = {}
        self._signed_receipts: set[str] = set()
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
        key = "" if found.period == "all" else {"day": day[:10], "year": day[:4]}.get(found.period, "")
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
        added = 0
        for item in body["items"]:
            amount = item["amount_vnd"]
            if type(amount) is not int or amount < 0 or amount > item["quantity"] * item["unit_vnd"]:
                raise Bad("items", "khoản thu cao hơn số lượng × mức thu")
            added += amount
        if type(body["total_vnd"]) is not int:
            raise Bad("total_vnd", "số tiền của biên lai không hợp lệ")
        self.issue(
            (body["form"], body["symbol"], body["series_id"]), body["grant"], body["number"], body["total_vnd"], added,
            body["series_total_vnd"], body["receipt"], body["method"], body["issued_at"], body["training"],
        )  # fmt: skip

    def issue(
        self, series: Series, grant: str, number: int, total: int, added: int, running: int, id: str, method: str,
        when: str, training: bool,
    ) -> None:  # fmt: skip
        """Follow a receipt whose items add up to ``added`` đồng. Raises Bad."""
        if not 0 < total <= MAX_VND:
            raise Bad("total_vnd", "số tiền của biên lai không hợp lệ")
        if added != total:
            raise Bad("total_vnd", f"tổng các khoản là {added}, biên lai ghi {total}")
        used = self._use(grant, number, when, "biên lai")
        if (used.form, used.symbol, used.series_id) != series:
            raise Bad("symbol", "ký hiệu biên lai không đúng dải số được cấp")
        key = series[1:]
        right = self.totals.get(key, 0) + total
        if running != right:
            raise Bad("series_total_vnd", f"lũy kế ghi {running}, cộng lại là {right}")
        if training is not self.training:
            raise Bad("training", "biên lai tập huấn lẫn với biên lai thật")
        if id in self.receipts or (method != "cash" and method != "transfer"):
            raise Bad("receipt", "biên lai ghi hai lần")
        if self.expected:
            if (id, total) != (self.expected, self._expected_total):
                raise Bad("receipt", "biên lai thay thế không khớp bản ghi thay thế")
            self.expected = ""
        self.totals[key] = right
        self.receipts[id] = receipt = Receipt(number, series[0], total, method, series)
        self._last_receipt = id
        self.sum_vnd += total
        self.open.append((self._account_day(when) if self.ended else when[:10], True, receipt))

    def _account_day(self, when: str) -> str:
        """The day money counts for: its own, or the one after a day that is closed."""
        day = when[:10]
        if self.ended >= day:
            return (date.fromisoformat(self.ended) + timedelta(days=1)).isoformat()
        return day

    def _take_back(self, id: str, old: Receipt, when: str) -> None:
        self.undone.add(id)
        self.sum_vnd -= old.total
        self.open.append((self._account_day(when), False, old))

    def _living(self, body: dict[str, Any]) -> Receipt:
        old = self.receipts.get(body["receipt"])
        if old is None:
            raise Bad("receipt", "không có biên lai được nêu")
        if body["receipt"] in self.undone:
            raise Bad("receipt", f"biên lai số {old.number} đã được xóa bỏ hoặc thay thế trước đó")
        return old

    def _replaced(self, body: dict[str, Any], record: dict[str, Any]) -> None:
        old = self._living(body)
        if not old.form.startswith("EBL"):
            raise Bad("receipt", f"biên lai giấy số {old.number} không được thay thế")
        new_total = old.total - body["refund_vnd"] + body["extra_vnd"]
        if new_total < 0 or (body["refund_vnd"] and body["extra_vnd"]) or bool(new_total) != bool(body["new"]):
            raise Bad("refund_vnd", "tiền trả lại hoặc thu thêm không khớp biên lai cũ")
        self.replaced += 1
        self.expected, self._expected_total = body["new"], new_total
        self._take_back(body["receipt"], old, body["replaced_at"])
        self._task(body["undo"], body["second"], record)

    def _voided(self, body: dict[str, Any], record: dict[str, Any]) -> None:
        old = self._living(body)
        if old.form.startswith("EBL"):
            raise Bad("receipt", f"biên lai điện tử số {old.number} không được xóa bỏ")
        if body["refund_vnd"] != old.total:
            raise Bad("refund_vnd", f"trả lại {body['refund_vnd']}, biên lai ghi {old.total}")
        self._use(body["grant"], body["number"], body["voided_at"], "biên bản xóa bỏ")
        self.voided += 1
        self._take_back(body["receipt"], old, body["voided_at"])
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
        if found is None or body["receipt"] in self._signed_receipts or not found.form.startswith("EBL"):
            raise Bad("receipt", "chữ ký số không có biên lai, hoặc ký hai lần")
        self._signed_receipts.add(body["receipt"])
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
        mine = [move for move in self.open if move[0] <= day]
        cash = _sum(mine, cash=True)
        _same(body, "cash_vnd", cash, "tiền mặt theo sổ")
        _same(body, "transfer_vnd", _sum(mine, cash=False), "chuyển khoản theo sổ")
        left = [move for move in self.open if move[0] > day]
        later = _sum(left, cash=True)
        _same(body, "later_cash_vnd", later, "tiền mặt của ngày sau")
        counted = sum(n * value for n, value in zip(body["counted"], DENOMINATIONS, strict=True))
        _same(body, "counted_vnd", counted, "tiền đếm được")
        _same(body, "difference_vnd", counted - cash - later - body["float_vnd"], "chênh lệch")
        if body["difference_vnd"] and not body["reason"]:
            raise Bad("reason", "chênh lệch không có lý do")
        self._closed_series(body["series"], [receipt for _, issued, receipt in mine if issued])
        for name in ("by_officer", "by_fee"):
            if sum(s["cash_vnd"] for s in body[name]) != cash:
                raise Bad(name, "bảng cộng theo người hoặc theo khoản không khớp tiền mặt")
        self.open = left
        self.closed.add((day, body["shift"]))
        self.ended = day if body["ends_day"] else self.ended
        self.closings += 1
        self._task(body["closing"], body["second"], record)

    def _closed_series(self, told: list[dict[str, Any]], mine: list[Receipt]) -> None:
        found: dict[Series, list[Receipt]] = {}
        for receipt in mine:
            found.setdefault(receipt.series, []).append(receipt)
        if {(s["form"], s["symbol"], s["series_id"]) for s in told} != set(found):
            raise Bad("series", "bản khóa sổ thiếu hoặc thừa ký hiệu biên lai")
        for s in told:
            receipts = found[(s["form"], s["symbol"], s["series_id"])]
            numbers = [r.number for r in receipts]
            right = (min(numbers), max(numbers), len(numbers), sum(r.total for r in receipts))
            if (s["first"], s["last"], s["count"], s["sum_vnd"]) != right:
                raise Bad("series", f"bản khóa sổ ghi sai số biên lai hoặc số tiền của {s['symbol']}")


def _sum(moves: list[Open], *, cash: bool) -> int:
    """What came in less what went back, in đồng, by cash or by transfer."""
    return sum(r.total if issued else -r.total for _, issued, r in moves if (r.method == "cash") == cash)


def _same(body: dict[str, Any], key: str, right: int, what: str) -> None:
    if body[key] != right or type(body[key]) is not int:
        raise Bad(key, f"{what} ghi {body[key]}, tính lại là {right}")
