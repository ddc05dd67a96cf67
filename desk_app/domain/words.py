"""Amounts in Vietnamese words, as receipts and hand-over papers write them.

Why our own: public libraries read 1.005.000 as "một triệu năm nghìn" and use southern "lẻ"; official papers need
"linh", "không trăm" inside a spoken number, "mốt", "tư" and "lăm". Only whole đồng exist, so there is no decimal part.
"""

from __future__ import annotations

_DIGITS = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")
_BILLION = 1_000_000_000


def amount_in_words(vnd: int) -> str:
    """The amount as a receipt spells it: "Mười lăm nghìn đồng".

    Whole đồng, ≥ 0; a negative amount is a bug and raises ValueError.
    Law: the content of a receipt asks for figures and words (law-and-forms §7.3).
    """
    if vnd < 0:
        raise ValueError("an amount of money is never negative")
    words = " ".join(_number(vnd)) if vnd else _DIGITS[0]
    return f"{words[0].upper()}{words[1:]} đồng"


def _number(n: int) -> list[str]:
    billions, rest = divmod(n, _BILLION)
    spoken = [*_number(billions), "tỷ"] if billions else []
    for size, name in ((1_000_000, "triệu"), (1_000, "nghìn"), (1, "")):
        group, rest = divmod(rest, size)
        if group:
            spoken += _group(group, full=bool(spoken))
            if name:
                spoken.append(name)
    return spoken


def _group(n: int, *, full: bool) -> list[str]:
    """Three digits; `full` reads the hundreds even when zero, because a higher group was spoken before."""
    hundreds, rest = divmod(n, 100)
    tens, units = divmod(rest, 10)
    spoken = [_DIGITS[hundreds], "trăm"] if hundreds or full else []
    if tens == 1:
        spoken.append("mười")
    elif tens:
        spoken += [_DIGITS[tens], "mươi"]
    elif units and spoken:
        spoken.append("linh")
    if units:
        spoken.append(_unit(units, tens))
    return spoken


def _unit(units: int, tens: int) -> str:
    if units == 1 and tens > 1:
        return "mốt"
    if units == 4 and tens > 1:
        return "tư"
    if units == 5 and tens:
        return "lăm"
    return _DIGITS[units]
