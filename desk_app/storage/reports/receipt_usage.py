"""The figures of form BC7/AC from the receipts themselves, range by range."""

from __future__ import annotations

from desk_app.domain.receipt_usage import Numbers, RangeUse, range_use
from desk_app.storage.reports.work import Asked
from desk_app.storage.transaction import ReadTx


def usage(tx: ReadTx, asked: Asked) -> tuple[RangeUse, ...]:
    """One figure set for each range that had numbers in the period or was granted in it; by series and number."""
    lines = [state.line for state in tx.lines() if state.training == bool(tx.training)]
    marks = ", ".join("?" * len(lines))
    grants = tx.rows(
        "SELECT grant_id, form, symbol, first, last, accepted FROM grant_ WHERE series_kind LIKE 'receipt%'"
        f" AND accepted <= ? AND line IN ({marks}) ORDER BY form, symbol, first",
        (asked.last, *lines),
    )
    found = []
    for grant, form, symbol, first, last, accepted in grants:
        row = tx.row("SELECT max(number) FROM receipt WHERE grant_id = ? AND day < ?", (grant, asked.first))
        before = max(first - 1, row[0] or 0) if row else first - 1
        if before >= last:
            continue
        span = (grant, asked.first, asked.last)
        issued = tx.rows("SELECT number, total_vnd FROM receipt WHERE grant_id = ? AND day BETWEEN ? AND ?", span)
        struck = tx.rows(
            "SELECT r.number FROM undo u JOIN receipt r ON r.receipt = u.receipt WHERE r.grant_id = ?"
            " AND u.kind IN ('replaced', 'voided') AND substr(u.at, 1, 10) BETWEEN ? AND ?",
            span,
        )
        found.append(
            range_use(
                form, symbol, Numbers(first, last), before, new=accepted >= asked.first, issued=issued,
                struck=[number for (number,) in struck],
            )
        )  # fmt: skip
    return tuple(found)
