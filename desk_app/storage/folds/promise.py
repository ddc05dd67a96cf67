"""Which promise of a dossier held from when to when: what "overdue at the end of a day" is counted from for ever.

The dossier row shows the promise of now. A date that a supplement, a correction or a new table of days off moves must
not change what was overdue before; so each promise is kept with the time in which it held.
"""

from __future__ import annotations

from desk_app.domain.lifecycle import State
from desk_app.storage.folds.context import Folding, Placed
from sync.protocol.facts import DossierReceived

#: Somebody waits for the citizen: there is no date to break.
_WAITS = (int(State.SUPPLEMENT), int(State.PAYMENT))
_ROW = (
    "SELECT d.training, d.procedure, d.officer, d.channel, d.due_at, d.state, d.closed_at, p.procedure, p.due_at"
    " FROM dossier d LEFT JOIN promise p ON p.dossier = d.dossier AND p.until = '' WHERE d.dossier = ?"
)
_END = "UPDATE promise SET until = ? WHERE dossier = ? AND until = ''"
_BEGIN = (
    "INSERT INTO promise (dossier, training, procedure, officer, channel, due_at, since, until)"
    " VALUES (?, ?, ?, ?, ?, ?, ?, '')"
)


def begin(db: Folding, at: Placed, fact: DossierReceived) -> None:
    """The first promise of a dossier; none without a term."""
    if fact.due_at:
        values = (fact.dossier, at.training, fact.procedure, at.envelope.actor, fact.channel, fact.due_at)
        db.execute(_BEGIN, (*values, fact.received_at))


def end(db: Folding, dossier: str, when: str) -> None:
    """There is a result, or it was stopped: nothing is left to keep or to break."""
    db.execute(_END, (when, dossier))


def note(db: Folding, dossier: str, when: str) -> None:
    """Called after everything else that may move the promise: the one that held ends ``when``, the new one begins."""
    row = db.execute(_ROW, (dossier,)).fetchone()
    if row is None:
        return
    training, procedure, officer, channel, due_at, state, closed_at, held_procedure, held_due = row
    now = "" if closed_at or state in _WAITS else due_at
    if held_due is not None:
        if (held_due, held_procedure) == (now, procedure):
            return
        end(db, dossier, when)
    if now:
        db.execute(_BEGIN, (dossier, training, procedure, officer, channel, now, when))
