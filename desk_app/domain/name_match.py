"""Whether a name that was typed can be the name on the card, where the scan brought its letters without certain marks.

The marks may be wrong or missing in the scan, so they are not compared; the letters are. What a reader and an input
method are known to do to a right name is done to the typed one, and its letters must then be those of the scan.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from itertools import pairwise
from typing import Final

from desk_app.domain.keyboard import telex, telex_keys, vni, vni_keys
from desk_app.domain.repair import decoded
from desk_app.domain.text import fold, nfc

_ALIKE_PERCENT: Final = 50
_PAGES: Final = ("cp1252", "latin-1", "cp1258", "cp437")
_Change = Callable[[str], str]


def _dropped(name: str) -> str:
    return "".join(c for c in name if c.isascii())


def _latin_only(name: str) -> str:
    return "".join(c for c in name if ord(c) < 0x100)


def _typed_last(name: str) -> str:
    return telex_keys(name, tone_last=False)


def _typed_last_vni(name: str) -> str:
    return vni_keys(name, tone_last=False)


_READERS: Final[tuple[_Change, ...]] = (
    str, _dropped, _latin_only, telex_keys, _typed_last, vni_keys, _typed_last_vni,
)  # fmt: skip
_METHODS: Final[tuple[_Change, ...]] = (str, telex, vni)


def name_fits(typed: str, scanned: str) -> bool:
    """Whether `typed` has the letters of `scanned`, marks and case aside; an empty `scanned` fits everything.

    Where the scan holds signs that no name has (bytes of another code page, some of them lost) only likeness is asked.
    """
    if not scanned.strip():
        return True
    letters, name = _letters(scanned), nfc(typed)
    if letters and any(letters == _letters(damaged) for damaged in _damages(name)):
        return True
    if any(_letters(name) == _letters(reading) for page in _PAGES for reading in decoded(scanned, page)):
        return True
    if all(c.isascii() and (c.isalnum() or c in " '.-") for c in fold(nfc(scanned))):
        return False
    return _alike(_letters(name), letters) >= _ALIKE_PERCENT


def _alike(one: str, other: str) -> int:
    """How many of a hundred pairs of neighbouring letters the two share."""
    here, there = Counter(pairwise(one)), Counter(pairwise(other))
    pairs = here.total() + there.total()
    return 200 * (here & there).total() // pairs if pairs else 0


def _damages(name: str) -> Iterable[str]:
    for reader in _READERS:
        arrived = reader(name)
        for method in _METHODS:
            yield method(arrived)


def _letters(text: str) -> str:
    return "".join(c for c in fold(nfc(text)) if c.isalpha())
