"""Which reports there are, in the order of the screen."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import ModuleType

from desk_app.domain.report import Report, Row
from desk_app.storage.reports import (
    causes,
    feedback,
    fees,
    guidance,
    indices,
    overdue,
    receipts,
    satisfaction,
    settlement,
    timeliness,
)
from desk_app.storage.reports.work import Asked
from desk_app.storage.transaction import ReadTx


def _nothing(_tx: ReadTx, _asked: Asked) -> Mapping[str, int]:
    return {}


@dataclass(frozen=True, slots=True)
class Query:
    """A report with its look at the file. ``others``: figures of another place for its controls."""

    report: Report
    rows: Callable[[ReadTx, Asked], tuple[Row, ...]]
    others: Callable[[ReadTx, Asked], Mapping[str, int]] = _nothing


def _query(module: ModuleType) -> Query:
    return Query(module.REPORT, module.rows, getattr(module, "others", _nothing))


REPORTS: dict[str, Query] = {
    query.report.id: query
    for query in map(
        _query, (settlement, timeliness, overdue, causes, fees, receipts, guidance, feedback, satisfaction, indices)
    )
}
