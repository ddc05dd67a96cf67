"""Numbers, codes and dates as this office prints them."""

from __future__ import annotations

from datetime import datetime

from desk_app.domain import code
from desk_app.services.desk import Desk
from desk_app.storage.transaction import ReadTx, WriteTx

_SERIAL_SPACE = 10_000  # the code holds four digits of a number that may run over a year


def slip_code(desk: Desk, tx: WriteTx, kind: int, now: datetime, serial: int) -> str:
    """The 20 digits printed on a slip: kind, unit, day, station, serial, check digits."""
    return code.slip_code(kind, desk.profile(tx).code, now.date(), tx.line.station_no, serial % _SERIAL_SPACE)


def number_text(number: int, symbol: str) -> str:
    """``07/TNHS``: a zero stands only before 1–9 (Nghị định 30/2020/NĐ-CP, Phụ lục I; to confirm)."""
    return f"{number:02d}/{symbol}"


def day_text(stamp: str) -> str:
    """``25/11/2026`` of a local stamp, "" for none."""
    return f"{stamp[8:10]}/{stamp[5:7]}/{stamp[:4]}" if stamp else ""


def time_text(stamp: str) -> str:
    """``10:40`` of a local stamp."""
    return stamp[11:16]


def station_title(tx: ReadTx) -> str:
    """``Quầy 2``: the counter as shown and printed."""
    return f"Quầy {tx.line.station_no}"
