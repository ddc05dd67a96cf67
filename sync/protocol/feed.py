"""What comes down from the centre: pages of events, and claims of online dossiers. Shapes only.

An event has a position in the order in which the centre committed it. Kinds a desk does not know it skips.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from sync.protocol.canonical import Value

# ---- kinds of events; words of the contract -------------------------------------------------------------------------
RECORDS: Final = "records"  # sealed records of another station: ``RecordsBody``
GRANTS: Final = "grants"  # further numbers for one line: {"line": …, "grants": [messages.Grant]}
VERSION: Final = "version"  # {"what": "catalogue" | "holidays" | "app", "version": …, "sha256": …, "size": …}
ONLINE: Final = "online"  # an online dossier as it is now: {"id": …, "state": …, "station": …, "body": {…}}
SPARE: Final = "spare"  # a sealed spare line after one was opened: {"line": opened, "spare": messages.LineGrant}
PUBLIC: Final = (
    "public_feedback"  # feedback from the public page: {"id", "at", "name", "phone", …}; see centre/voice.py
)
CAMPAIGN: Final = "campaign"  # a survey campaign: {"id", "title", "first", "last", "target", "form": {…}, "ended"}
REPLY: Final = "feedback_reply"  # what the level above answers to a feedback: {"feedback", "text", "number", "at"}
STATUS: Final = "status"  # what the level above says of a dossier: {"code": …, "state": …, "at": …, "note": …}

OPEN: Final = "open"
CLAIMED: Final = "claimed"
ACCEPTED: Final = "accepted"
WITHDRAWN: Final = "withdrawn"


@dataclass(frozen=True, slots=True)
class FeedRequest:
    """From where a desk reads on. ``max_bytes``: about how large the page may be."""

    p: str
    unit: str
    station: str
    line: int
    gen: int
    pos: int
    max_bytes: int


@dataclass(frozen=True, slots=True)
class FeedEvent:
    """One event. ``event`` is its id: the same one twice has no further effect."""

    pos: int
    event: str
    kind: str
    body: Mapping[str, Value]


@dataclass(frozen=True, slots=True)
class FeedPage:
    """Events after ``pos`` in order. ``next``: where to read on; ``more``: there is something to read there."""

    ok: str
    request: str
    gen: int
    pos: int
    next: int
    more: bool
    events: tuple[FeedEvent, ...] = ()


@dataclass(frozen=True, slots=True)
class RecordsBody:
    """A batch of ``wire.py`` in base64. ``aside``: seqs the centre keeps in quarantine; they belong to the chain."""

    station_no: int
    line_kind: str
    batch: str
    aside: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class ClaimRequest:
    """A desk wants an online dossier. ``what``: take (or renew), release, accept."""

    p: str
    unit: str
    station: str
    line: int
    online: str
    what: str


@dataclass(frozen=True, slots=True)
class ClaimAnswer:
    """Whether it has it. ``station_no`` and ``until``: who has it now, and until when (UTC)."""

    ok: str
    request: str
    online: str
    granted: bool
    state: str
    station_no: int
    until: str
