"""Folds about the office: its lines, its profile, its officers, the numbers it was granted, incidents."""

from __future__ import annotations

from desk_app.storage.folds.context import Folding, Grant, Placed, dump
from sync.protocol.facts import GrantAccepted, IncidentRaised, LineOpened, OfficerRegistered, UnitProfiled


def line_opened(_db: Folding, _at: Placed, _fact: LineOpened) -> None:
    """Lines stand in a kept table of their own; nothing to show."""


def unit_profiled(db: Folding, at: Placed, fact: UnitProfiled) -> None:
    db.execute(
        "INSERT OR REPLACE INTO unit_profile VALUES (?, ?, ?)", (at.envelope.unit, dump(fact.profile), at.envelope.at)
    )


def grant_accepted(db: Folding, at: Placed, fact: GrantAccepted) -> None:
    db.add_grant(
        Grant(
            fact.grant, at.envelope.line, fact.series_kind, fact.form, fact.symbol, fact.series_id,
            fact.first, fact.last, fact.period, at.local[:10],
        )
    )  # fmt: skip


def officer_registered(db: Folding, _at: Placed, fact: OfficerRegistered) -> None:
    db.execute(
        "INSERT OR REPLACE INTO officer VALUES (?, ?, ?, ?)",
        (fact.officer, fact.name, dump(list(fact.roles)), int(fact.active)),
    )


def incident_raised(db: Folding, at: Placed, fact: IncidentRaised) -> None:
    db.execute(
        "INSERT INTO incident (incident, code, seen, at, line) VALUES (?, ?, ?, ?, ?)",
        (fact.incident, fact.code, dump(fact.seen), at.local, at.envelope.line),
    )
