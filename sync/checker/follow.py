"""One line's records followed one by one: a receipt in its plain form the short way, everything else the ordinary way.

Both ways keep the same state and the same rules; the short one only spares what a JSON reader would build.
"""

from __future__ import annotations

from hashlib import sha256

from sync.checker.money import Bad, Money, Series
from sync.checker.quick import form_and_grant, other_items, place, plain_receipt
from sync.checker.records import Line
from sync.checker.wrong import Wrong, spot

_METHODS = {b"cash": "cash", b"transfer": "transfer"}


class Follower:
    """``line`` and ``money`` stand after the last record that was taken."""

    def __init__(self, file: str) -> None:
        self.line, self.money = Line(file), Money()
        self._head = self.line.head.encode()
        self._place = (b"", b"")
        self._series: dict[tuple[bytes, bytes, bytes], tuple[Series, str]] = {}

    def take(self, raw: bytes, *, utf8: bool) -> None:
        """Follow the next record; ``utf8``: its bytes are known to be UTF-8. Raises Wrong."""
        try:
            if not (utf8 and self._short(raw)):
                record = self.line.read(raw)
                self._head = self.line.head.encode()
                self.money.take(record)
        except Bad as bad:
            line = self.line
            raise Wrong(bad.why, file=line.file, seq=line.seq, byte=line.byte + spot(raw, bad.key)) from bad
        self.line.byte += len(raw) + 1

    def _short(self, raw: bytes) -> bool:
        """Follow a plain receipt that stands where it should; False: nothing was done. Raises Bad."""
        found = plain_receipt(raw) if b"\\" not in raw else None
        if found is None:
            return False
        (
            given, when, amount, quantity, unit, others, method, number, id, series_id, running, symbol, total,
            training, no, prev, seq, where,
        ) = found.groups()  # fmt: skip
        line = self.line
        known = self._series.get((given, series_id, symbol)) or self._learn(given, series_id, symbol)
        if known is None or prev != self._head or int(seq) != line.seq + 1:
            return False
        if (no, where) != self._place and not self._here(no, where):
            return False
        line.seq += 1
        line.last = raw
        line.head = head = sha256(raw).hexdigest()
        self._head = head.encode()
        added = int(amount)
        cheap = added <= int(quantity) * int(unit)
        if others:
            for more, times, price in other_items(others):
                added += int(more)
                cheap = cheap and int(more) <= int(times) * int(price)
        if not cheap:
            raise Bad("items", "khoản thu cao hơn số lượng × mức thu")
        self.money.issue(
            known[0], known[1], int(number), int(total), added, int(running), id.decode(), _METHODS[method],
            when.decode(), training == b"true",
        )  # fmt: skip
        return True

    def _learn(self, given: bytes, series_id: bytes, symbol: bytes) -> tuple[Series, str] | None:
        """Form, symbol and series of a receipt as texts, and its grant; remembered, since there are few."""
        found = form_and_grant(given)
        if found is None:
            return None
        form, grant = (text.decode() for text in found.groups())
        known = self._series[given, series_id, symbol] = ((form, symbol.decode(), int(series_id)), grant)
        return known

    def _here(self, no: bytes, where: bytes) -> bool:
        """Whether a record says that it is of this line."""
        found, line = place(where), self.line
        if found is None or not line.seq:
            return False
        station, _zone, unit = (text.decode() for text in found.groups())
        if (unit, station, int(no)) != (line.unit, line.station, line.line):
            return False
        self._place = (no, where)
        return True
