"""Finding dossiers and seeing one whole: lists, search, the counter's look-up by slip, code or name."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import cast, get_args

from desk_app.domain import find_dossier
from desk_app.domain.code import SlipCode as SlipCodeRead
from desk_app.domain.code import SlipKind, parse_code
from desk_app.domain.errors import Refused
from desk_app.services.desk import Desk, local_time, stamp
from desk_app.storage.queries import dossiers, feed, officers
from desk_app.storage.queries import life as life_query
from desk_app.storage.queries.dossiers import Filter, Keyset
from desk_app.storage.rows import DossierDetail, DossierRow, EventRow
from desk_app.storage.transaction import ReadTx

PAGE = 50
_OF_A_DOSSIER = (SlipKind.ACCEPTANCE, SlipKind.SUPPLEMENT, SlipKind.APOLOGY)


@dataclass(frozen=True, slots=True)
class Page:
    """Rows of a list and whether the query has further ones."""

    rows: tuple[DossierRow, ...]
    more: bool


@dataclass(frozen=True, slots=True, repr=False)
class Found:
    """A dossier with the numbers of those who may ask for its result."""

    detail: DossierDetail
    id_numbers: frozenset[str]


def find(desk: Desk, text: str, filter: str, after: DossierRow | None) -> Page:
    """A page of the list; ``after`` is the last row that was shown.

    Words are those of a person, a code, a telephone or card; when nobody has them, those of a procedure.
    "tháng 10" keeps to what was taken in that month. A whole code is one dossier, under whatever filter it stands.
    """
    wanted = cast(Filter, filter if filter in get_args(Filter) else "open")
    now = desk.now()
    asked = find_dossier.read(text, now.date())
    period = (asked.first, asked.last) if asked.first and asked.last else None
    words = asked.text
    with desk.store.read() as tx:
        exact = dossiers.by_code(tx, text.strip().upper())
        if exact is not None:
            return Page((exact,) if after is None else (), more=False)
        start: Keyset | None = dossiers.keyset(after, wanted, text=words) if after is not None else None
        rows = dossiers.find(tx, words, filter=wanted, now=now, after=start, limit=PAGE + 1, period=period)
        nobody = bool(words.strip()) and not rows
        if nobody and (start is None or not dossiers.find(tx, words, filter=wanted, now=now, limit=1, period=period)):
            named = find_dossier.procedures_named(desk.catalogue.headings, words)
            rows = dossiers.of_procedures(tx, named, filter=wanted, now=now, after=start, limit=PAGE + 1, period=period)
    return Page(rows[:PAGE], len(rows) > PAGE)


def counts(desk: Desk) -> Mapping[str, int]:
    """How many dossiers stand under each filter."""
    with desk.store.read() as tx:
        return cast(Mapping[str, int], dossiers.counts(tx, desk.now()))


def detail(desk: Desk, dossier: str) -> DossierDetail:
    """One dossier whole. Refuses HS-08: it is not on this machine."""
    with desk.store.read() as tx:
        return _whole(tx, dossier)


def by_slip(desk: Desk, digits: str) -> Found:
    """The dossier of the 20 digits of its acceptance slip or of a later slip (supplement, apology).

    Refuses TN-05: no slip of a dossier here; HS-19: a slip of another commune.
    """
    code = parse_code(digits)
    if not isinstance(code, SlipCodeRead) or code.kind not in _OF_A_DOSSIER:
        raise Refused("TN-05")
    plain = "".join(c for c in digits if c.isdigit())
    with desk.store.read() as tx:
        if code.unit != desk.profile(tx).code:
            raise Refused("HS-19", unit=code.unit)
        row = dossiers.by_slip_code(tx, plain)
        later = life_query.by_slip_code(tx, plain) if row is None else None
        dossier = row.dossier if row else later.dossier if later else ""
        if not dossier:
            raise Refused("TN-05")
        return _found(tx, dossier)


def by_id(desk: Desk, dossier: str) -> Found:
    """One dossier with who may ask for it. Refuses HS-08."""
    with desk.store.read() as tx:
        return _found(tx, dossier)


def look_up(desk: Desk, text: str, *, first: str) -> tuple[Found, ...]:
    """Dossiers by whole code, card number, end of a code or name; of filter ``first`` before others, without doubles."""
    with desk.store.read() as tx:
        now = desk.now()
        exact = dossiers.by_code(tx, text.strip().upper())
        if exact is not None:
            return (_found(tx, exact.dossier),)
        rows = [
            *dossiers.find(tx, text, filter=cast(Filter, first), now=now, limit=20),
            *dossiers.find(tx, text, filter="all", now=now, limit=20),
        ]
        ids = dict.fromkeys(r.dossier for r in rows)
        return tuple(_found(tx, dossier) for dossier in list(ids)[:20])


def owing(desk: Desk, text: str) -> tuple[Found, ...]:
    """As ``look_up``, those that still owe a fee first."""
    found = look_up(desk, text, first="open")
    return tuple(sorted(found, key=lambda f: f.detail.row.owed_vnd == 0))


def officer_names(desk: Desk) -> Mapping[str, str]:
    """Names of everybody who ever signed in here."""
    with desk.store.read() as tx:
        return {o.officer: o.name for o in officers.all(tx, active_only=False)}


def _whole(tx: ReadTx, dossier: str) -> DossierDetail:
    found = dossiers.detail(tx, dossier)
    if found is None:
        raise Refused("HS-08")
    said = [
        EventRow(_local(status.at), "upstream.said", "", {"state": status.state, "note": status.note})
        for status in feed.statuses(tx, found.external_code or found.row.code)
    ]
    if not said:
        return found
    return replace(found, events=tuple(sorted((*found.events, *said), key=lambda event: event.at)))


def _local(utc: str) -> str:
    """The stamp of Vietnam for a time that came from above; one that is none stays as it is."""
    try:
        return stamp(local_time(datetime.fromisoformat(utc)))
    except ValueError:
        return utc


def _found(tx: ReadTx, dossier: str) -> Found:
    whole = _whole(tx, dossier)
    people = [tx.subject(s) for s in (whole.applicant, whole.submitter) if s]
    return Found(whole, frozenset(str(p["id_number"]) for p in people if p and p.get("id_number")))
