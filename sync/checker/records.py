"""Sealed records of one line, read in order: form, order, chain. The bytes are the evidence; nothing is re-written."""

from __future__ import annotations

import json
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from sync.checker.wrong import Wrong, spot

GENESIS = "0" * 64
_FIELDS = {"p", "unit", "station", "line", "seq", "id", "kind", "v", "at", "tz", "actor", "prev", "body"}


def _no_fraction(_text: str) -> Any:
    raise ValueError("a fraction")


_scan = json.scanner.make_scanner(json.JSONDecoder(parse_float=_no_fraction, parse_constant=_no_fraction))  # type: ignore[attr-defined]


@dataclass(slots=True)
class Line:
    """Where a line stands after the last record that was read."""

    file: str
    unit: str = ""
    station: str = ""
    line: int = 0
    seq: int = 0
    head: str = GENESIS
    byte: int = 0
    last: bytes = b""

    def read(self, raw: bytes) -> dict[str, Any]:
        """The next record, checked against the one before it; the line moves along, but for ``byte``. Raises Wrong."""
        value = _read(self, raw)
        if value["seq"] != self.seq + 1:
            raise _wrong(self, raw, "seq", _order(value["seq"], self.seq))
        if value["prev"] != self.head:
            raise _changed(self, raw)
        if self.seq == 0:
            self.unit, self.station, self.line = value["unit"], value["station"], value["line"]
        elif (value["unit"], value["station"], value["line"]) != (self.unit, self.station, self.line):
            raise _wrong(self, raw, "line", "mục của quầy hoặc dòng khác chen vào")
        self.seq, self.head, self.last = value["seq"], sha256(raw).hexdigest(), raw
        return value


def _whole(text: str) -> Any:
    """The one JSON value that fills `text`; JSONDecodeError or StopIteration otherwise."""
    value, end = _scan(text, 0)
    if end != len(text):
        raise json.JSONDecodeError("more after the record", text, end)
    return value


def _read(line: Line, raw: bytes) -> dict[str, Any]:
    try:
        value = _whole(raw.decode("utf-8"))
    except UnicodeDecodeError as error:
        raise Wrong("không phải chữ UTF-8", file=line.file, seq=line.seq + 1, byte=line.byte + error.start) from error
    except json.JSONDecodeError as error:
        at = len(error.doc[: error.pos].encode())
        raise Wrong("bản ghi bị cắt hoặc sai dạng", file=line.file, seq=line.seq + 1, byte=line.byte + at) from error
    except StopIteration as stop:
        raise Wrong("bản ghi bị cắt hoặc sai dạng", file=line.file, seq=line.seq + 1, byte=line.byte) from stop
    except (ValueError, RecursionError) as error:
        raise Wrong("bản ghi sai dạng (số lẻ)", file=line.file, seq=line.seq + 1, byte=line.byte) from error
    if not isinstance(value, dict) or value.keys() != _FIELDS or value["p"] != "desk/1":
        raise Wrong("không phải bản ghi của sổ", file=line.file, seq=line.seq + 1, byte=line.byte)
    if not isinstance(value["body"], dict) or not (
        type(value["line"]) is type(value["seq"]) is type(value["v"]) is type(value["tz"]) is int
    ):
        raise Wrong("trường của bản ghi sai kiểu", file=line.file, seq=line.seq + 1, byte=line.byte)
    # In canonical text '":' stands after keys only; a key written twice would let two readers see two amounts.
    escaped = raw.count(b'\\":') if b"\\" in raw else 0
    if raw.count(b'":') - escaped != len(value) + _keys(value["body"]):
        raise Wrong("một trường được ghi hai lần", file=line.file, seq=line.seq + 1, byte=line.byte)
    return value


def _keys(body: dict[str, Any]) -> int:
    """How many keys stand in a body, at every depth."""
    found = len(body)
    for inner in body.values():
        kind = type(inner)
        if kind is str or kind is int:
            continue
        if kind is dict:
            found += _keys(inner)
        elif kind is list:
            for one in inner:
                if type(one) is dict:
                    found += _keys(one)
    return found


def _order(seq: int, before: int) -> str:
    if seq > before + 1:
        return f"thiếu mục: sau mục {before} là mục {seq}"
    return f"mục {seq} đứng sau mục {before}: bị lặp hoặc đảo thứ tự"


def _changed(line: Line, raw: bytes) -> Wrong:
    """The seal that a record holds is not that of the record before: one of the two was changed."""
    if line.seq == 0:
        return _wrong(line, raw, "prev", "mục đầu tiên không bắt đầu sổ mới")
    return Wrong(
        f"nội dung mục {line.seq} không khớp dấu niêm phong ghi ở mục {line.seq + 1}: một trong hai mục đã bị sửa",
        file=line.file, seq=line.seq, byte=line.byte - len(line.last) - 1,
    )  # fmt: skip


def _wrong(line: Line, raw: bytes, key: str, why: str) -> Wrong:
    return Wrong(why, file=line.file, seq=line.seq + 1, byte=line.byte + spot(raw, key))
