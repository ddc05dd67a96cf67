"""Whole đồng: how amounts are written and read. There are no decimals and no rounding anywhere."""

from __future__ import annotations

import re
import unicodedata

from desk_app.domain.errors import Refused

_PLAIN = re.compile(r"\d+|\d{1,3}(?:([.,  ])\d{3})(?:\1\d{3})*")
_SHORT = re.compile(r"(\d+)(k|ng|nghìn|ngàn|tr|triệu)")
_CURRENCY = re.compile(r"\s*(đồng|đ|vnđ|vnd)\.?$")
_SCALE = {"k": 1_000, "ng": 1_000, "nghìn": 1_000, "ngàn": 1_000, "tr": 1_000_000, "triệu": 1_000_000}
MAX_VND = 999_999_999_999


def group(n: int) -> str:
    """Digits in groups of three with dots: 15000 → "15.000"."""
    return f"{n:,}".replace(",", ".")


def format_vnd(n: int) -> str:
    """Short form for tables and screens: "15.000 đ"."""
    return f"{group(n)} đ"


def format_dong(n: int) -> str:
    """Full form for papers: "15.000 đồng"."""
    return f"{group(n)} đồng"


def parse_vnd(text: str) -> int:
    """Whole đồng from what an officer types: "7000", "7.000", "7 000 đ", "7k", "2tr".

    Refuses TP-21 with `text` when it is no amount, is negative, has decimals or more than twelve digits: a number
    that can be read two ways ("7.00") is never guessed.
    """
    typed = _CURRENCY.sub("", unicodedata.normalize("NFC", text).strip().lower())
    short = _SHORT.fullmatch(typed.replace(" ", ""))
    if short:
        amount = int(short[1]) * _SCALE[short[2]]
    elif _PLAIN.fullmatch(typed) and typed.isascii() | (" " in typed):
        amount = int(re.sub(r"\D", "", typed))
    else:
        raise Refused("TP-21", text=text)
    if amount > MAX_VND:
        raise Refused("TP-21", text=text)
    return amount
