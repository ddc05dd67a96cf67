"""Numbers, money and dates as people write them in Vietnam."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any

WEEKDAYS = ("thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ nhật")
WEEKDAYS_SHORT = ("T2", "T3", "T4", "T5", "T6", "T7", "CN")


def wording(name: str, value: Any) -> str:
    """A value as people write it: ``…_vnd`` with points and đ, dates day first, a moment with its weekday."""
    match value:
        case int() if name.endswith("_vnd"):
            return dong(value)
        case datetime():
            return f"{value:%H:%M}, {WEEKDAYS[value.weekday()]}, {value:%d/%m/%Y}"
        case date():
            return f"{value:%d/%m/%Y}"
        case time():
            return f"{value:%H:%M}"
        case _:
            return str(value)


def grouped(amount: int) -> str:
    """Whole number in groups of three: 1234567 → 1.234.567."""
    return f"{amount:,}".replace(",", ".")


def dong(amount_vnd: int) -> str:
    """An amount in đồng as it stands on screen: 15.000 đ (the space does not break)."""
    return f"{grouped(amount_vnd)}\u00a0đ"


def long_date(day: date) -> str:
    """A date as a page title: Thứ Tư, 25/11/2026."""
    weekday = WEEKDAYS[day.weekday()]
    return f"{weekday[0].upper()}{weekday[1:]}, {day:%d/%m/%Y}"
