"""Inverts what a reader and an input method did to a name: candidates are run through the same model again.

A name comes back only when exactly one candidate reproduces the damage in every word by the same fault. A fault that
loses letters (a reader that drops or strips the marks) is nearly always ambiguous; its rivals are all syllables of the
language, not only the names of a list, so a rare name is never replaced by a common one.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice, product
from typing import Final

from desk_app.domain.keyboard import telex, telex_keys, vni, vni_keys
from desk_app.domain.name_lexicon import NameLexicon
from desk_app.domain.text import nfc, tone_key

_MANY: Final = 3
"""Candidates kept for each word: more than one whole name already means "unsure"."""
# Bytes that have no sign in a page and are lost on the way.
_LOST_BYTES: Final[Mapping[str, tuple[int, ...]]] = {
    "cp1252": (0x81, 0x8D, 0x8F, 0x90, 0x9D),
    "latin-1": tuple(range(0x80, 0xA0)),
    "cp1258": (0x8A, 0x8D, 0x8E, 0x8F, 0x90, 0x9A, 0x9D, 0x9E),
    "cp437": (),
}
_BEYOND_LATIN: Final = re.compile("[ăđĩũơưĂĐĨŨƠƯ\u1ea0-\u1ef9]")
_NUMBER: Final = re.compile(r"\d{3,5}")


Fault = Callable[[str, NameLexicon], Iterable[str]]


@dataclass(frozen=True, slots=True, repr=False)
class NameReading:
    """What can be said of a scanned name: `sure` means it stands as it came and can be the damage of no other."""

    names: tuple[str, ...]
    sure: bool
    clean_context: bool


def repair_name(damaged: str, names: NameLexicon, context: str = "") -> str | None:
    """The one name whose damage looks like this, or None when there is none or more than one.

    `context`: other text of the same scan (sex, residence). It shows which faults the reader has, and so removes
    rivals; without it every fault is possible. A name that is right as it stands comes back unchanged.
    """
    found = read_name(damaged, names, context).names
    return found[0] if len(found) == 1 else None


def read_name(name: str, names: NameLexicon, context: str = "") -> NameReading:
    """All names (at most two are kept) that some fault, fitting the context, would turn into `name`."""
    parts = _parts(name)
    around = [word for word in re.findall(r"[^\s,.;|()/]+", context) if not _abbreviation(word)]
    # A letter beyond Latin-1 around the name proves that the reader sends every letter and the method lets it be.
    proven = any(_BEYOND_LATIN.search(word) and names.knows(word) for word in around)
    clean = proven and _explained(_none, around, names) == len(around)
    if clean and parts and all(names.knows(part) for part in parts) and not names.any_touched(parts):
        return NameReading((name,), True, True)
    faults = _likely(around, names, proven)
    doubtful = _doubtful(faults, context, clean)
    spellings = _spellings(parts)
    rivals = {(reading, fault) for fault in doubtful for parts in spellings for reading in _by(fault, parts, names)}
    if any(reading != name or fault in _LOSSY for reading, fault in rivals):
        # Whole words ("Ý", "Đệ") or digits may be gone without a trace: nothing of this kind is ever certain.
        return NameReading((), False, False)
    faults = [fault for fault in faults if fault not in doubtful]
    found = {reading for spelling in spellings for fault in faults for reading in _by(fault, spelling, names)}
    # Two spellings that differ only in the place of the tone are one name.
    apart = {tone_key(reading) for reading in found}
    kept = tuple(sorted(found))[:2] if len(apart) > 1 else tuple(sorted(found, key=lambda n: n != name))[:1]
    return NameReading(kept, found == {name} and _none in faults, proven and _none in faults)


def _doubtful(faults: Sequence[Fault], context: str, clean: bool) -> list[Fault]:
    """Faults that only count as rivals: those that lose letters, and others while the context does not prove them.

    What Telex touched is proven by a clean context; that VNI did not eat Alt codes, by a code behind a vowel.
    """
    doubtful = [fault for fault in faults if fault in _LOSSY]
    if not clean and context and _touched in faults:
        doubtful.append(_touched)
    if _alt_codes in faults and context and not re.search(r"(?i)[aeiouy]\d{3}", context):
        doubtful.append(_alt_codes)
    return doubtful


def _parts(name: str) -> list[str]:
    # Not str.split(): a no-break space may be the second half of a damaged "à".
    return [part for part in name.strip(" ").split(" ") if part]


def _spellings(parts: list[str]) -> list[list[str]]:
    """The words as they came and, where a no-break space may have become a plain one, joined again."""
    joined = re.sub("(?<=[\u00c3\u00ba\u00bb\u00c6]) ", "\xa0", " ".join(parts))
    return [parts] if joined == " ".join(parts) else [parts, _parts(joined)]


def _abbreviation(word: str) -> bool:
    """ "TDP", "2", "3A", "K7": no word of the language, whatever the reader did."""
    return (any(c.isdigit() for c in word) and len(word) < 4) or (word.isupper() and len(word) < 4)


def _explained(fault: Fault, words: Sequence[str], names: NameLexicon) -> int:
    return sum(1 for word in words if any(True for _ in fault(word, names)))


def _likely(around: Sequence[str], names: NameLexicon, proven: bool) -> list[Fault]:
    """The faults that explain most of the words around: all where there are none, none where it is a riddle."""
    if not around:
        return list(_FAULTS)
    possible = _LOSSLESS if proven else _FAULTS
    scores = {fault: _explained(fault, around, names) for fault in possible}
    best = max(scores.values())
    # What loses letters counts as a rival even when it explains one word less.
    scores.update({fault: best for fault in _LOSSY if scores.get(fault, 0) >= max(best - 1, 1)})
    return [fault for fault in scores if scores[fault] == best] if best * 5 >= len(around) * 3 else []


def _by(fault: Fault, parts: list[str], names: NameLexicon) -> Iterable[str]:
    """Up to three whole names that `fault` explains in every word."""
    options = []
    for part in parts:
        options.append(tuple(dict.fromkeys(fault(part, names)))[:_MANY])
        if not options[-1]:
            return []
    return [" ".join(name) for name in islice(product(*options), _MANY)] if options else []


def _same_case(word: str, like: str) -> str:
    """`word` in the case of the damaged text: all capitals, one capital, none."""
    letters = [c for c in like if c.isalpha()]
    if len(letters) > 1 and all(c.isupper() for c in letters):
        return word.upper()
    if letters and like[:1].isupper():
        return word[:1].upper() + word[1:]
    return word


def _none(word: str, names: NameLexicon) -> Iterable[str]:
    return (word,) if names.knows(word) else ()


def _touched(word: str, names: NameLexicon) -> Iterable[str]:
    """The method rewrote a right letter ("Wang" → "Ưang"); other words of the name stand as they came."""
    low = word.lower()
    known = [_same_case(w, word) for w in (*names.touched.get(low, ()), *names.stripped_touched.get(low, ()))]
    return (*known, *_none(word, names))


def _raw_telex(word: str, names: NameLexicon) -> Iterable[str]:
    """A reader set to Telex, input method off: the keys themselves stand in the field."""
    return _typed(word, names, telex, telex_keys)


def _raw_vni(word: str, names: NameLexicon) -> Iterable[str]:
    return _typed(word, names, vni, vni_keys)


def _typed(word: str, names: NameLexicon, model: Callable[[str], str], keys: Callable[..., str]) -> Iterable[str]:
    if not word.isascii():
        return ()
    made = model(word)
    typings = {keys(made, tone_last=last).lower() for last in (True, False)}
    read = (made,) if word.lower() in typings and names.knows(made) else ()
    # A name of plain letters ("Loong") is typed as it is, and the model cannot tell it from keys.
    return (*read, *_none(word, names))


def _mojibake(page: str) -> Fault:
    def fault(word: str, names: NameLexicon) -> Iterable[str]:
        if word.isascii():
            return _none(word, names)
        return [w for w in decoded(word, page) if names.knows(w)]

    return fault


@lru_cache(maxsize=2048)
def decoded(text: str, page: str) -> tuple[str, ...]:
    """Readings of UTF-8 that was shown in a code page; bytes the page cannot show are put back in every way.

    At most two lost bytes a word: beyond that nothing is certain.
    """
    raw: list[int] = []
    for char in text:
        try:
            raw += char.encode(page)
        except UnicodeEncodeError:
            if ord(char) > 0xFF:
                return ()
            raw.append(ord(char))
    lost = _LOST_BYTES[page]
    return tuple(sorted({nfc(reading) for reading in _refill(bytes(raw), lost, 1 if len(lost) > 8 else 2)}))


def _refill(raw: bytes, lost: Sequence[int], left: int) -> Iterable[str]:
    try:
        yield raw.decode("utf-8")
    except UnicodeDecodeError as broken:
        lead = raw[broken.start]
        needed = 2 if 0xE0 <= lead < 0xF0 else 1 if 0xC2 <= lead < 0xE0 else 0
        end = broken.start + 1
        while end < len(raw) and 0x80 <= raw[end] < 0xC0:
            end += 1
        # Only a letter that lacks exactly one byte can be completed.
        if left and needed and end - broken.start == needed:
            for byte in lost:
                for place in range(broken.start + 1, end + 1):
                    yield from _refill(raw[:place] + bytes((byte,)) + raw[place:], lost, left - 1)


def _alt_codes(word: str, names: NameLexicon) -> Iterable[str]:
    """The Alt key was lost on the way: the decimal codes of the letters stand in the word ("Nguy7877n")."""
    if not word.isascii():
        return ()
    made = _NUMBER.sub(lambda m: chr(int(m[0])) if int(m[0]) > 127 else m[0], word)
    return (nfc(made),) if names.knows(made) else ()


def _composed(word: str, names: NameLexicon) -> Iterable[str]:
    """Marks that arrived as signs of their own, spacing ones included, join their letters again."""
    made = unicodedata.normalize("NFC", unicodedata.normalize("NFKD", word).replace(" ", ""))
    return (made,) if made != word and names.knows(made) else ()


def _dropped(word: str, names: NameLexicon) -> Iterable[str]:
    return [_same_case(w, word) for w in names.dropped.get(word.lower(), ())] if word.isascii() else ()


def _latin_only(word: str, names: NameLexicon) -> Iterable[str]:
    """The reader knows Western letters only: ê and ô come through, ễ and đ do not."""
    return [_same_case(w, word) for w in names.latin_only.get(word.lower(), ())]


def _stripped(word: str, names: NameLexicon) -> Iterable[str]:
    return [_same_case(w, word) for w in names.stripped.get(word.lower(), ())] if word.isascii() else ()


_LOSSLESS: Final[tuple[Fault, ...]] = (
    _none, _touched, _raw_telex, _raw_vni, *(_mojibake(page) for page in _LOST_BYTES), _alt_codes, _composed,
)  # fmt: skip
_LOSSY: Final[tuple[Fault, ...]] = (_dropped, _latin_only, _stripped)
_FAULTS: Final = (*_LOSSLESS, *_LOSSY)
