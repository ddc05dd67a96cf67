"""After the start: what the last run left unfinished, and what the witness found.

A restored copy freezes money on its line (the store does that); here the finding becomes an incident that is itself
sealed and told upwards, once.
"""

from __future__ import annotations

from dataclasses import dataclass

from desk_app.services.desk import Desk
from desk_app.storage.queries import papers
from desk_app.storage.witness import Finding
from sync.protocol.facts import IncidentRaised


@dataclass(frozen=True, slots=True)
class AfterStart:
    """``papers``: promised and not printed; ``frozen_code``: why money is stopped, "" = it is not."""

    papers: int
    frozen_code: str


def after_start(desk: Desk) -> AfterStart:
    """Raise the incidents of the witness once, and count the papers that wait."""
    for finding in desk.store.report:
        _raise(desk, finding)
    with desk.store.read() as tx:
        line = tx.use_line(desk.line_kind)
        waiting = len(papers.unprinted(tx))
    return AfterStart(waiting, "TP-09" if line.state == "frozen" else "")


def _raise(desk: Desk, finding: Finding) -> None:
    command = f"witness:{finding.line}:{finding.witness_seq}:{finding.database_seq}"
    with desk.store.write(command, desk.officer.id) as tx:
        if not tx.prior:
            tx.use_line(desk.line_kind)
            tx.append(IncidentRaised(desk.ids.uuid7(), finding.code, dict(finding.seen)))
