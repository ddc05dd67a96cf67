"""What people write on the public page: kept until a desk of their office has it, told by number, wiped afterwards.

The feed names a message by its id only; its words are read when a desk asks, so nothing of it stays in the feed.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sync.centre.clock import VIETNAM
from sync.centre.database import Db
from sync.centre.grants import new_uuid
from sync.centre.subjects import text_of
from sync.protocol.canonical import Value

DIGITS = 10  # of chance, behind the office's code


@dataclass(frozen=True, slots=True)
class Message:
    """What the form brought; ``trap`` is a field people do not see. ``secret``: asks not to be named."""

    unit: str = ""
    name: str = ""
    phone: str = ""
    email: str = ""
    address: str = ""
    content: str = ""
    secret: bool = False
    trap: str = ""


@dataclass(frozen=True, slots=True)
class Told:
    """Where a message stands, without a word of it. ``words``: what was made public, "" = nothing."""

    office: str
    sent_at: datetime
    outcome: str
    code: str
    received_at: datetime | None
    due: date | None
    to_agency: str
    transferred_at: datetime | None
    answered_at: datetime | None
    refused_at: datetime | None
    published_at: datetime | None
    words: str


def keep(db: Db, given: Message, at: datetime) -> str:
    """Put a message into its office's inbox; answers the number its sender asks with. A robot's is thanked and lost."""
    number = given.unit + "".join(secrets.choice("0123456789") for _ in range(DIGITS))
    if given.trap:
        return number
    id = new_uuid()
    db.execute(
        "INSERT INTO public_feedback (unit, feedback, at, name, contact, email, address, content, secret, number)"
        " VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s)",
        (given.unit, id, at, given.name, given.phone, given.email, given.address, given.content, given.secret, number),
    )
    db.execute(
        "INSERT INTO outfeed (unit, event, kind, body, at)"
        " VALUES (%s, gen_random_uuid(), 'public_feedback', jsonb_build_object('id', %s::text), %s)",
        (given.unit, str(id), at),
    )
    return number


def public_message(db: Db, unit: str, body: Mapping[str, Any]) -> Mapping[str, Value]:
    """The words of a message for a desk; {} once a desk has it."""
    try:
        id = UUID(str(body.get("id")))
    except ValueError:
        return {}
    row = db.execute(
        "SELECT at, name, contact, email, address, content, secret FROM public_feedback"
        " WHERE unit = %s AND feedback = %s AND taken_at IS NULL",
        (unit, id),
    ).fetchone()
    if row is None:
        return {}
    at, name, phone, email, address, content, secret = row
    local = (at + VIETNAM).replace(tzinfo=None, microsecond=0)
    return {
        "id": str(id), "at": local.isoformat(), "name": name, "phone": phone, "email": email, "address": address,
        "content": content, "secret": secret,
    }  # fmt: skip


_TOLD = """
SELECT u.profile->>'name', p.at, p.outcome, coalesce(f.code, ''), f.received_at, coalesce(f.extended_to, f.answer_by),
  coalesce(f.to_agency, ''), f.transferred_at, f.answered_at, f.refused_at, f.published_at, s.data
FROM public_feedback p JOIN unit u ON u.unit = p.unit
LEFT JOIN feedback f ON f.unit = p.unit AND f.feedback = p.taken_as AND p.taken_as <> ''
LEFT JOIN subject s ON s.unit = f.unit AND s.id = f.publication AND f.publication <> ''
WHERE p.unit = %s AND p.number = %s
"""
_BY_SLIP = """
SELECT u.profile->>'name', f.received_at, 'received', f.code, f.received_at, coalesce(f.extended_to, f.answer_by),
  f.to_agency, f.transferred_at, f.answered_at, f.refused_at, f.published_at, s.data
FROM feedback f JOIN unit u ON u.unit = f.unit
LEFT JOIN subject s ON s.unit = f.unit AND s.id = f.publication AND f.publication <> ''
WHERE f.unit = %s AND f.slip_code = %s AND f.received_at IS NOT NULL
"""


def told(db: Db, unit: str, number: str) -> Told | None:
    """Where the message with this number stands; None when there is none."""
    return _told(db.execute(_TOLD, (unit, number)).fetchone())


def told_by_slip(db: Db, slip_code: str) -> Told | None:
    """The same by the 20 digits of a receipt slip of feedback."""
    return _told(db.execute(_BY_SLIP, (slip_code[1:6], slip_code)).fetchone())


def _told(row: tuple[Any, ...] | None) -> Told | None:
    if row is None:
        return None
    office, sent_at, outcome, code, received_at, due, to_agency, sent_on, answered, refused, published, data = row
    local = sent_at.replace(tzinfo=None) if sent_at.tzinfo is None else (sent_at + VIETNAM).replace(tzinfo=None)
    return Told(
        office, local, outcome, code, received_at, due, to_agency, sent_on, answered, refused, published,
        text_of(data, "text"),
    )  # fmt: skip
