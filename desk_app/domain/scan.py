"""Tells a reader that types from a person who types: shape first, then rhythm. A pure state machine fed with keys.

Nothing typed by a person may ever be lost: until a burst is certain, its keys pass on to the focused field, and the
verdict that makes it a scan says how many characters to take back. A card's shape (twelve digits and a bar) is certain
at once, the rest of it is swallowed. Rhythm alone is certain only at Enter or Tab. What an input method resends
(Backspaces and letters in one burst) is followed while a card is captured and never taken for a scan by itself.
"""

import re
from dataclasses import dataclass
from enum import Enum
from typing import Final, Literal

from desk_app.domain.code import is_dossier_code, parse_code

Special = Literal["enter", "tab", "backspace"]

_CARD_START: Final = re.compile(r"[\ufeff\s]*(?:\][A-Za-z]\d)?\d{9,12}[|\\¦]")
_CARD_WHOLE: Final = re.compile(r"[^|\\¦]*(?:[|\\¦][^|\\¦]*){5}[|\\¦]\d{8}[|\\¦]*[^|\\¦]*")
_CONTROL: Final = re.compile(r"[\x00-\x1f\x7f\ufeff]")
_EDGE_SIGNS: Final = re.compile(r"^\][A-Za-z]\d")


@dataclass(frozen=True, slots=True)
class Thresholds:
    """Settings of the calibration page; times in milliseconds.

    `gap_ms` between keys of a burst told by rhythm alone, `min_length` its characters. `shape_gap_ms` and
    `shape_mean_ms` bound a slower reader whose text has the shape of a card or of our code. `end_ms`: silence after
    which a burst is over; `repeat_ms`: the same text again within this time is the same scan.
    """

    gap_ms: int = 35
    min_length: int = 8
    shape_gap_ms: int = 80
    shape_mean_ms: int = 50
    end_ms: int = 120
    repeat_ms: int = 2_000


@dataclass(frozen=True, slots=True)
class Verdict:
    """What to do with one key: keep it from the field (`swallow`), delete `take_back` characters already there, and
    act on `scan`. `repeated`: a scan was recognised and dropped, because it is the last one again."""

    swallow: bool = False
    take_back: int = 0
    scan: str | None = None
    repeated: bool = False


class ScanKind(Enum):
    """Where a scanned text belongs."""

    CARD = "card"
    OWN_CODE = "own_code"
    DOSSIER_CODE = "dossier_code"
    UNKNOWN = "unknown"


def clean_scan(text: str) -> str:
    """A scan without control characters, byte order mark and the reader's symbology prefix ("]Q3")."""
    return _EDGE_SIGNS.sub("", _CONTROL.sub("", text).strip())


def classify(text: str) -> ScanKind:
    """Card, one of our codes, a dossier code of any system, or unknown (TN-05); `is_damaged` is a separate question."""
    bare = clean_scan(text)
    if parse_code(bare) is not None:
        return ScanKind.OWN_CODE
    if is_dossier_code(bare) or is_dossier_code(bare.upper()):
        return ScanKind.DOSSIER_CODE
    parts = re.split(r"[|\\¦]", bare)
    digits = sum(c.isdigit() for c in parts[0])
    dates = sum(1 for part in parts[1:] if re.fullmatch(r"\d{8}", part))
    first_is_number = digits >= 9 and digits * 4 >= len(parts[0]) * 3
    if (len(parts) >= 5 and (first_is_number or dates >= 2)) or "IDVNM" in bare[:8].upper():
        return ScanKind.CARD
    return ScanKind.UNKNOWN


def is_damaged(text: str) -> bool:
    """Whether a card's text shows letters where digits belong; names are judged by `identity.parse_card`."""
    parts = re.split(r"[|\\¦]", clean_scan(text))
    if classify(text) is not ScanKind.CARD or len(parts) < 7:
        return False
    places = (parts[0], parts[1], parts[3], parts[6])
    return any(part and not re.fullmatch(r"\d+", part) for part in places) or len(parts[0]) != 12


class ScanFilter:
    """Fed with every key of the application, in order; one instance for each window. Holds no key back."""

    def __init__(self, thresholds: Thresholds | None = None) -> None:
        self._limits: Final = thresholds or Thresholds()
        self._clear()
        self._last_scan = ""
        self._scanned_at = -(10**9)
        self._ended_at = -(10**9)
        self._late_end = False

    def key(self, char: str | None, special: Special | None, t_ms: int, auto_repeat: bool) -> Verdict:
        """The verdict on one key press at `t_ms`; `char` may hold several letters when a method sends them fused."""
        gap = max(0, t_ms - self._at) if self._text or self._edits else 0
        pending = self._finish(t_ms) if self._over(gap) else Verdict()
        verdict = self._take(char, special, t_ms, auto_repeat)
        if pending.scan is None and not pending.repeated:
            return verdict
        swallow = verdict.swallow or special in ("enter", "tab")
        return Verdict(swallow, pending.take_back + verdict.take_back, pending.scan, pending.repeated)

    def tick(self, t_ms: int) -> Verdict:
        """Called by a timer: ends a scan whose reader sends no Enter; `swallow` has no meaning here."""
        if (self._text or self._edits) and t_ms - self._at > self._limits.end_ms:
            return self._finish(t_ms)
        return Verdict()

    @property
    def waiting(self) -> bool:
        """Whether a burst is open, so that `tick` has to be called."""
        return bool(self._text)

    def _clear(self) -> None:
        self._text = ""
        self._delivered = 0
        self._capturing = False
        self._started = 0
        self._at = 0
        self._keys = 0
        self._edits = 0
        self._worst_gap = 0

    def _over(self, gap: int) -> bool:
        """A captured card waits for the end time; other bursts end with the first slow key."""
        return gap > (self._limits.end_ms if self._capturing else self._limits.shape_gap_ms)

    def _take(self, char: str | None, special: Special | None, t_ms: int, auto_repeat: bool) -> Verdict:
        if auto_repeat:
            return self._held(special, t_ms)
        gap = max(0, t_ms - self._at) if self._text or self._edits else 0
        if special in ("enter", "tab"):
            return self._end_key(gap, t_ms)
        if special == "backspace":
            return self._resend(gap, t_ms)
        if not char:
            # A modifier or a function key: readers send Shift between letters, so it neither ends nor joins a burst.
            return Verdict()
        return self._letter(char, gap, t_ms)

    def _held(self, special: Special | None, t_ms: int) -> Verdict:
        """A held key: never a scan; the Enter that ended a scan stays swallowed for as long as it is held."""
        if special in ("enter", "tab") and self._late_end and t_ms - self._ended_at <= self._limits.repeat_ms:
            self._ended_at = t_ms
            return Verdict(swallow=True)
        if self._capturing:
            return Verdict(swallow=True)
        self._clear()
        return Verdict()

    def _letter(self, char: str, gap: int, t_ms: int) -> Verdict:
        if not self._text and not self._edits:
            self._started = t_ms
        self._late_end = False
        self._note(gap, t_ms)
        self._text += char
        if self._capturing:
            return Verdict(swallow=True)
        if _CARD_START.match(self._text) and self._is_machine():
            taken, self._delivered, self._capturing = self._delivered, 0, True
            return Verdict(swallow=True, take_back=taken)
        # A control character (GS, RS) prints nothing in the field, so there is nothing of it to take back.
        self._delivered += len(_CONTROL.sub("", char))
        return Verdict()

    def _resend(self, gap: int, t_ms: int) -> Verdict:
        """Backspace in a burst: an input method rewriting its word, followed in the captured text."""
        self._note(gap, t_ms)
        self._edits += 1
        self._text = self._text[:-1]
        if self._capturing:
            return Verdict(swallow=True)
        self._delivered = max(0, self._delivered - 1)
        return Verdict()

    def _note(self, gap: int, t_ms: int) -> None:
        self._worst_gap = max(self._worst_gap, gap)
        self._at = t_ms
        self._keys += 1

    def _is_machine(self) -> bool:
        """Whether the burst is faster than fingers on the whole; `shape_gap_ms` bounds each single gap already."""
        return self._keys > 1 and (self._at - self._started) <= self._limits.shape_mean_ms * (self._keys - 1)

    def _end_key(self, gap: int, t_ms: int) -> Verdict:
        if not self._text:
            # Enter of a reader whose scan was already ended by silence.
            late = self._late_end and t_ms - self._ended_at <= self._limits.end_ms * 2
            self._clear()
            self._late_end = False
            return Verdict(swallow=late)
        if self._capturing or self._has_shape() or self._has_rhythm(gap):
            return self._emit(t_ms, swallow=True)
        self._clear()
        return Verdict()

    def _has_shape(self) -> bool:
        return self._is_machine() and classify(self._text) is not ScanKind.UNKNOWN

    def _has_rhythm(self, gap: int) -> bool:
        fast = max(self._worst_gap, gap) <= self._limits.gap_ms
        return (
            fast and not self._edits and len(clean_scan(self._text)) >= self._limits.min_length and self._one_by_one()
        )

    def _one_by_one(self) -> bool:
        """A reader sends a key for each character; a paste or a macro comes as one fused text."""
        return self._keys >= self._limits.min_length

    def _finish(self, t_ms: int) -> Verdict:
        """Silence: a captured or whole text is a scan, anything else was typing and stays where it is."""
        whole = self._has_shape() and (_CARD_WHOLE.fullmatch(self._text) or parse_code(self._text) is not None)
        if self._capturing or whole:
            return self._emit(self._at, swallow=False, seen=t_ms)
        self._clear()
        return Verdict()

    def _emit(self, t_ms: int, *, swallow: bool, seen: int | None = None) -> Verdict:
        text, taken = clean_scan(self._text), self._delivered
        again = text == self._last_scan and t_ms - self._scanned_at <= self._limits.repeat_ms
        self._clear()
        self._last_scan, self._scanned_at = text, t_ms
        self._ended_at, self._late_end = seen if seen is not None else t_ms, True
        return Verdict(swallow, taken, None if again else text, again)
