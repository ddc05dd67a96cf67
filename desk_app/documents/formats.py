"""How numbers, money, dates and hours are written on paper."""

from __future__ import annotations

from datetime import date, datetime

WEEKDAYS = ("Thứ Hai", "Thứ Ba", "Thứ Tư", "Thứ Năm", "Thứ Sáu", "Thứ Bảy", "Chủ nhật")


def long_date(day: date) -> str:
    """`ngày 05 tháng 02 năm 2026`: 0 before days under 10 and before months 1 and 2 (Nghị định 30/2020)."""
    month = f"{day.month:02d}" if day.month < 3 else str(day.month)
    return f"ngày {day.day:02d} tháng {month} năm {day.year}"


def short_date(day: date) -> str:
    """`25/11/2026`."""
    return f"{day.day:02d}/{day.month:02d}/{day.year}"


def clock(moment: datetime) -> str:
    """`10 giờ 40 phút`."""
    return f"{moment.hour:02d} giờ {moment.minute:02d} phút"


def moment(at: datetime) -> str:
    """`10 giờ 40 phút, ngày 25 tháng 11 năm 2026`."""
    return f"{clock(at)}, {long_date(at)}"


def weekday(day: date) -> str:
    """`Thứ Hai` … `Chủ nhật`."""
    return WEEKDAYS[day.weekday()]


def amount(dong: int) -> str:
    """`15.000`; a reduction is `-15.000`."""
    return f"{dong:,}".replace(",", ".")


def money(dong: int) -> str:
    """`15.000 đồng`."""
    return f"{amount(dong)} đồng"


def two(count: int) -> str:
    """`01`: a 0 only before 1 to 9."""
    return f"{count:02d}"


def groups(digits: str) -> str:
    """Digits in groups of four for reading aloud: `1099 1226 1125`."""
    return " ".join(digits[start : start + 4] for start in range(0, len(digits), 4))
