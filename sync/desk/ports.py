"""What sync needs from the desk, as protocols: journal, keys, time, log. No SQL, no window.

The runner calls them from its own thread; an implementation posts to the store's thread and waits there.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from sync.protocol.messages import LineGrant, RefusedRecord, Witness
from sync.protocol.subject import Subject


@dataclass(frozen=True, slots=True)
class Identity:
    """Who this desk is for its centre. ``centre_key``: pinned at enrolment; ``gen``: the centre's life number."""

    unit: str
    station: str
    centre_url: str
    centre_key: str
    gen: int


@dataclass(frozen=True, slots=True)
class LineState:
    """Where a line stands: written up to ``seq``/``head``, acknowledged up to ``acked_seq``.

    ``current``: the main line now being written; older lines are only emptied. ``beside``: written too, without a
    session of its own (the line of surveys). A line once noted as forked is left out
    by ``Outbox.lines`` as soon as all of it was offered.
    """

    line: int
    seq: int
    head: str
    acked_seq: int
    current: bool
    beside: bool = False


@dataclass(frozen=True, slots=True)
class Tokens:
    """The token the centre knows and the one offered next; "" = none offered yet."""

    token: str
    next_token: str = ""


class Outbox(Protocol):
    """The journal seen by sync. Each method is one transaction that is durable when it returns."""

    def identity(self) -> Identity | None:
        """None until the desk is enrolled."""

    def lines(self) -> Sequence[LineState]:
        """The real lines of this desk (no training), oldest first."""

    def pending(self, line: int, after_seq: int, max_bytes: int) -> Sequence[bytes]:
        """Sealed bytes after ``after_seq`` in order, at least one if there is one, together about ``max_bytes``."""

    def head_at(self, line: int, seq: int) -> str:
        """Hash of the record ``seq``; GENESIS for 0, "" for a record that is not there."""

    def subjects_for(self, line: int, from_seq: int, to_seq: int) -> Sequence[Subject]:
        """Subjects first named by these records that still exist."""

    def mark_acked(self, line: int, mark: int, head: str, ack_raw: bytes, gen: int) -> None:
        """Move the mark together with the signed answer that allows it."""

    def note_trouble(self, line: int, refused: Sequence[RefusedRecord], forked: Sequence[int]) -> None:
        """Records the centre keeps aside (shown as DB-04), or that stand beside others (an incident)."""

    def reset_marks(self, gen: int) -> None:
        """The centre began a new life: every mark 0 and ``gen`` new, in one transaction."""

    def tokens(self, line: int) -> Tokens: ...

    def set_tokens(self, line: int, tokens: Tokens) -> None: ...

    def add_line(self, grant: LineGrant, public_key: str) -> None:
        """Go on with a new line: its opening and grants are sealed, the old one is closed, an incident raised."""

    def witness(self) -> Sequence[Witness]:
        """What is known outside the database."""


class Signer(Protocol):
    """Private keys never leave it."""

    def sign(self, line: int, purpose: str, body: bytes) -> str: ...

    def unlock(self, line: int, data: bytes) -> bytes:
        """Open a file that was written for the key of ``line``. Raises LockboxError, KeyError."""

    def fresh_key(self) -> str:
        """Public key of a pair made for one question; the same one until adopted or forgotten, also after a restart."""

    def sign_fresh(self, purpose: str, body: bytes) -> str: ...

    def adopt(self, lines: Sequence[int]) -> None:
        """The fresh key becomes that of ``lines``; the next call of ``fresh_key`` makes another."""

    def forget_fresh(self) -> None:
        """It was not needed. (Kept, a copy of this disk would hold the same one.)"""


class Clock(Protocol):
    """Time of the day for people, and a counter that never goes back for waiting."""

    def utc(self) -> datetime: ...

    def ticks_ms(self) -> int: ...


class Log(Protocol):
    """Numbers, ids and codes only."""

    def event(self, event: str, **values: int | str | None) -> None: ...
