"""Why something was not sent, as a value: what the officer is told (DB-…) and whether waiting helps."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from sync.protocol import codes
from sync.protocol.messages import Refusal


class Kind(Enum):
    """The kinds that the screen shows differently."""

    OFFLINE = "offline"  # no way to the centre now
    SLOW = "slow"  # it did not answer in time
    PORTAL = "portal"  # the network wants a log-in, or somebody else answered
    STRANGER = "stranger"  # a certificate or signature that is not the centre's
    BUSY = "busy"  # the centre asks to wait
    REFUSED = "refused"  # the centre says no, and says so itself
    DAMAGED = "damaged"  # our own journal does not hold together


@dataclass(frozen=True, slots=True)
class Trouble:
    """``code``: the message on screen. ``detail``: for the technician's log, in English, no content."""

    kind: Kind
    code: str
    detail: str = ""
    retry_after_s: int = 0
    refusal: Refusal | None = None

    @property
    def waits(self) -> bool:
        """Whether trying again by itself can help."""
        if self.kind is Kind.REFUSED and self.refusal is not None:
            known = codes.REQUEST_CODES.get(self.refusal.error)
            return known is not None and known.again
        return self.kind is not Kind.DAMAGED


_MESSAGES = {
    codes.CODE_UNKNOWN.word: "DB-11",
    codes.CODE_EXPIRED.word: "DB-11",
    codes.CODE_USED.word: "DB-12",
    codes.NO_RANGE.word: "DB-13",
    codes.TOO_OLD.word: "DB-09",
    codes.REVOKED.word: "DB-06",
    codes.BAD_SIGNATURE.word: "DB-06",
    codes.BAD_REQUEST.word: "DB-06",
    codes.GAP.word: "DB-14",
}


def refused(refusal: Refusal) -> Trouble:
    """The trouble of a signed refusal."""
    known = codes.REQUEST_CODES.get(refusal.error)
    if known in (codes.BUSY, codes.UNAVAILABLE, codes.BROKEN):
        return Trouble(Kind.BUSY, "DB-10", refusal.error, refusal.retry_after, refusal)
    return Trouble(Kind.REFUSED, _MESSAGES.get(refusal.error, "DB-10"), refusal.error, refusal.retry_after, refusal)
