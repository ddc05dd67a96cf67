"""The count of a drawer while it is typed: sheets by denomination, nothing of the book. Pure."""

from __future__ import annotations

from dataclasses import dataclass, replace

from desk_app.domain.drawer import DENOMINATIONS, MAX_SHEETS
from desk_app.domain.money import group

__all__ = ["DENOMINATIONS", "DrawerForm", "difference_words", "read_sheets"]


@dataclass(frozen=True, slots=True)
class DrawerForm:
    """``sheets``: None where nothing was typed yet. The book may be shown only when the count is ``complete``."""

    sheets: tuple[int | None, ...] = (None,) * len(DENOMINATIONS)

    @property
    def complete(self) -> bool:
        return None not in self.sheets

    @property
    def total_vnd(self) -> int:
        return sum(value * (n or 0) for value, n in zip(DENOMINATIONS, self.sheets, strict=True))

    @property
    def counted(self) -> tuple[int, ...]:
        return tuple(n or 0 for n in self.sheets)

    def with_sheets(self, index: int, n: int | None) -> DrawerForm:
        return replace(self, sheets=(*self.sheets[:index], n, *self.sheets[index + 1 :]))


def read_sheets(text: str) -> int | None:
    """The number of sheets that was typed; None for nothing or for anything that is no number of sheets."""
    digits = text.strip().replace(".", "")
    if not (digits.isascii() and digits.isdecimal()) or int(digits) > MAX_SHEETS:
        return None
    return int(digits)


def difference_words(vnd: int) -> str:
    """``Khớp, không chênh lệch`` · ``Thừa 500 đ`` · ``Thiếu 500 đ``."""
    if not vnd:
        return "Khớp, không chênh lệch"
    return f"{'Thừa' if vnd > 0 else 'Thiếu'} {group(abs(vnd))} đ"
