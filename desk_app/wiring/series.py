"""The receipt numbers this station has left, for the screens that take money."""

from __future__ import annotations

from desk_app.services.desk import Desk
from desk_app.storage.queries import profile
from desk_app.ui.screens.intake.ports import Series

FROZEN = "Đang tạm dừng thu tiền, xem cách xử lý ở trên."


def receipt_series(desk: Desk) -> Series:
    """The range in use and what is left of all ranges; ``stopped`` says why no money is taken now."""
    with desk.store.read() as tx:
        line = tx.use_line(desk.line_kind)
        found = [g for g in profile.grants(tx, line.line) if g.series_kind == "receipt"]
    left = sum(max(0, g.last - max(g.last_number or 0, g.first - 1)) for g in found)
    return Series(found[0].symbol if found else "", left, FROZEN if line.state == "frozen" else "")
