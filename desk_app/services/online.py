"""Online dossiers that the feed brought: which wait for this office, and how one becomes the form of an intake.

A dossier is held by one counter of the office: the claim is asked of the centre (``wiring.online``), so without a
network it can be looked at and prepared, not taken. What is taken in is a dossier like any other, by the online way.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from desk_app.domain.errors import Refused
from desk_app.domain.intake import IntakeForm
from desk_app.domain.person import Person
from desk_app.services.desk import Desk, stamp
from desk_app.storage.queries import feed
from desk_app.storage.queries.feed import OnlineRow
from desk_app.storage.transaction import WriteTx
from sync.protocol.feed import CLAIMED, OPEN
from sync.protocol.sync_facts import OnlineAccepted


@dataclass(frozen=True, slots=True, repr=False)
class OnlineDossier:
    """One that waits. ``submitted_at``: local stamp; ``documents``: names of what was sent; ``held_by``: the number of
    another counter that has it now, 0 = nobody."""

    id: str
    code: str
    name: str
    procedure: str
    submitted_at: str
    documents: tuple[str, ...]
    held_by: int


def waiting(desk: Desk) -> tuple[OnlineDossier, ...]:
    """Those not taken in yet, in the order they came; a claim that ran out holds nobody off."""
    now = desk.clock.now_utc().strftime("%Y-%m-%dT%H:%M:%S.000Z")
    with desk.store.read() as tx:
        station_no = tx.use_line(desk.line_kind).station_no
        rows = [row for row in feed.online(tx) if row.state in (OPEN, CLAIMED)]
    return tuple(_shown(desk, row, now, station_no) for row in rows)


def form_of(desk: Desk, id: str) -> IntakeForm:
    """The form as the citizen filled it in: person, procedure and answers; every paper is still to be looked at.

    Refuses DB-35: it is not among those that wait, or says nothing that an intake can begin with.
    """
    with desk.store.read() as tx:
        row = next((r for r in feed.online(tx) if r.id == id and r.state in (OPEN, CLAIMED)), None)
    person = _person(row.body) if row is not None else None
    if row is None or person is None:
        raise Refused("DB-35")
    form = IntakeForm(desk.ids.uuid7(), person=person, online=row.id)
    procedure = desk.catalogue.procedures.get(str(row.body.get("procedure", "")))
    if procedure is None:
        return form
    form = form.choose(procedure)
    given, known = row.body.get("answers"), {question.id for question in procedure.questions}
    for question, answer in given.items() if isinstance(given, Mapping) else ():
        if question in known and isinstance(answer, bool | int | str):
            form = form.answer(str(question), answer)
    return form


def accepted_here(tx: WriteTx, id: str, dossier: str, now: datetime) -> None:
    """It became ``dossier``, in the same command; it leaves the list here at once, elsewhere by the centre's word."""
    tx.append(OnlineAccepted(id, dossier, stamp(now)))
    feed.accepted_here(tx, id)


def _shown(desk: Desk, row: OnlineRow, now_utc: str, station_no: int) -> OnlineDossier:
    body, person = row.body, _person(row.body)
    documents = body.get("documents")
    names = tuple(
        str(d.get("name", "")) for d in (documents if isinstance(documents, list) else ()) if isinstance(d, Mapping)
    )
    others = row.state == CLAIMED and row.station_no != station_no and row.until > now_utc
    return OnlineDossier(
        row.id, str(body.get("code", "")), person.name if person else "",
        desk.procedure_name(str(body.get("procedure", ""))), str(body.get("submitted_at", "")), names,
        row.station_no if others else 0,
    )  # fmt: skip


def _person(body: Mapping[str, Any]) -> Person | None:
    kept = body.get("person")
    try:
        return Person.from_subject(kept) if isinstance(kept, Mapping) else None
    except (TypeError, ValueError):
        return None
