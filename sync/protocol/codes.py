"""Every refusal of the centre: its word, its HTTP status, whether sending the same again can help.

Refusals are values, not exceptions: one bad record never stops a line. The words are part of the contract: they are
added to, never re-used for something else.
"""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Code:
    """``again``: the same request may succeed later without anybody doing something."""

    word: str
    status: int
    again: bool


# ---- the whole request ----------------------------------------------------------------------------------------------
BAD_REQUEST: Final = Code("bad-request", 400, False)
CUT_FRAME: Final = Code("cut-frame", 400, True)
BAD_LINE: Final = Code("bad-line", 400, True)
BAD_SIGNATURE: Final = Code("bad-signature", 401, False)
CODE_UNKNOWN: Final = Code("code-unknown", 403, False)
CODE_EXPIRED: Final = Code("code-expired", 403, False)
CODE_USED: Final = Code("code-used", 403, False)
REVOKED: Final = Code("revoked", 403, False)
GAP: Final = Code("gap", 409, True)
GEN: Final = Code("gen", 409, True)
NO_RANGE: Final = Code("no-range", 409, False)
TOO_LARGE: Final = Code("too-large", 413, False)
TOO_OLD: Final = Code("too-old", 426, False)
BUSY: Final = Code("busy", 429, True)
BROKEN: Final = Code("broken", 500, True)
UNAVAILABLE: Final = Code("unavailable", 503, True)

REQUEST_CODES: Final = {
    c.word: c
    for c in (
        BAD_REQUEST, CUT_FRAME, BAD_LINE, BAD_SIGNATURE, CODE_UNKNOWN, CODE_EXPIRED, CODE_USED, REVOKED, GAP, GEN,
        NO_RANGE, TOO_LARGE, TOO_OLD, BUSY, BROKEN, UNAVAILABLE,
    )
}  # fmt: skip

# ---- one record of a batch that was taken: it lies in quarantine with this word, the line goes on --------------------
NOT_CANONICAL: Final = "not-canonical"
NOT_A_FACT: Final = "not-a-fact"
BAD_FIELD: Final = "bad-field"
NOT_OPENED: Final = "not-opened"  # a line that does not begin with line.opened under the registered key
OUTSIDE_GRANT: Final = "outside-grant"
NUMBER_TWICE: Final = "number-twice"
AFTER_REVOCATION: Final = "after-revocation"
FORKED: Final = "forked"
COMMITMENT: Final = "commitment"  # a subject whose bytes are not the ones committed to

RECORD_CODES: Final = frozenset(
    {NOT_CANONICAL, NOT_A_FACT, BAD_FIELD, NOT_OPENED, OUTSIDE_GRANT, NUMBER_TWICE, AFTER_REVOCATION, FORKED,
     COMMITMENT}
)  # fmt: skip
