"""Inverts what a reader and an input method did to a name: candidates are run through the same model again.

A name comes back only when exactly one candidate reproduces the damage in every word by the same fault. A fault that
loses letters (a reader that drops or strips the marks) is nearly always ambiguous; its rivals are all syllables of the
language, not only the names of a list, so a rare name is never replaced by a common one.
"""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import islice, product
from typing import Final

from desk_app.domain.keyboard import telex, telex_keys, vni, vni_keys
from desk_app.domain.syllable import is_syllable, syllables
from desk_app.domain.text import fold, nfc, tone_key

_MANY: Final = 3
"""Candidates kept for each word: more than one whole name already means "unsure"."""
_CODE_PAGES: Final = ("cp1252", "latin-1", "cp1258", "cp437")
_LOST_BYTES: Final = (0x81, 0x8D, 0x8F, 0x90, 0x9D, 0xA0, 0xAD)
_NUMBER: Final = re.compile(r"\d{3,5}")


class NameLexicon:
    """Words known from names of this country, minorities included, and every syllable of the language behind them."""

    def __init__(self, families: Iterable[str], middles: Iterable[str] = (), givens: Iterable[str] = ()) -> None:
        self.families: Final = frozenset(nfc(w).lower() for w in families)
        self.middles: Final = frozenset(nfc(w).lower() for w in middles)
        self.givens: Final = frozenset(nfc(w).lower() for w in givens)
        self._words: Final = self.families | self.middles | self.givens

    @classmethod
    def from_lines(cls, lines: Iterable[str]) -> "NameLexicon":
        """Reads the list of `resources/names`: sections [họ], [đệm], [tên]; words parted by blanks; # is a remark."""
        sections: dict[str, list[str]] = {"họ": [], "đệm": [], "tên": []}
        section = "tên"
        for line in lines:
            text = nfc(line).split("#", 1)[0].strip()
            if text.startswith("["):
                section = text.strip("[]")
            else:
                sections[section] += text.split()
        return cls(sections["họ"], sections["đệm"], sections["tên"])

    def __len__(self) -> int:
        return len(self._words)

    def knows(self, word: str) -> bool:
        """Whether this can be a word of a name: listed, or spelled by the rules (parts of "H'Mông" each)."""
        low = word.lower()
        return low in self._words or is_syllable(low)

    def listed(self, word: str) -> bool:
        return word.lower() in self._words

    @cached_property
    def dropped(self) -> Mapping[str, list[str]]:
        """Words by what is left when each letter outside ASCII is lost."""
        return self._by(lambda w: "".join(c for c in w if c.isascii()))

    @cached_property
    def latin_only(self) -> Mapping[str, list[str]]:
        """Words by what is left when each letter outside Latin-1 is lost."""
        return self._by(lambda w: "".join(c for c in w if ord(c) < 0x100))

    @cached_property
    def stripped(self) -> Mapping[str, list[str]]:
        """Words by what is left when the marks are lost."""
        return self._by(fold)

    @cached_property
    def touched(self) -> Mapping[str, list[str]]:
        """Words that Telex rewrites although the reader sent them right, by what they become."""
        found: dict[str, list[str]] = defaultdict(list)
        for word in sorted(self._words):
            for become in {telex(word), telex(word, known=True)}:
                # The place of the tone is spelling, not damage.
                if tone_key(become) != tone_key(word):
                    found[become].append(word)
        return found

    def any_touched(self, parts: Iterable[str]) -> bool:
        """Whether a word may be what Telex made of another one."""
        return any(part.lower() in self.touched for part in parts)

    def warm(self) -> None:
        """Builds the tables of a damaged scan ahead of the first one; a third of a second, off the screen's thread."""
        _ = (self.dropped, self.latin_only, self.stripped, self.touched)

    def _by(self, key: Callable[[str], str]) -> Mapping[str, list[str]]:
        found: dict[str, list[str]] = defaultdict(list)
        for word in sorted(self._words | syllables()):
            found[key(word)].append(word)
        return found


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
    clean = bool(around) and _explained(_none, around, names) == len(around)
    marked = any(not word.isascii() for word in around)
    if clean and marked and parts and all(names.knows(part) for part in parts) and not names.any_touched(parts):
        return NameReading((name,), True, True)
    faults = _likely(around, names)
    found = {reading for spelling in _spellings(parts) for fault in faults for reading in _by(fault, spelling, names)}
    clean_enough = marked and _none in faults
    return NameReading(tuple(sorted(found))[:2], found == {name}, clean_enough)


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


def _likely(around: Sequence[str], names: NameLexicon) -> list[Fault]:
    """The faults that explain most of the surrounding words; all of them where there is no context."""
    if not around:
        return list(_FAULTS)
    scores = {fault: _explained(fault, around, names) for fault in _FAULTS}
    best = max(scores.values())
    return [fault for fault in _FAULTS if scores[fault] == best] if best * 5 >= len(around) * 3 else list(_FAULTS)


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
    known = [_same_case(w, word) for w in names.touched.get(word.lower(), ())]
    return (*known, *_none(word, names))


def _raw_telex(word: str, names: NameLexicon) -> Iterable[str]:
    """A reader set to Telex, input method off: the keys themselves stand in the field."""
    return _typed(word, names, telex, telex_keys)


def _raw_vni(word: str, names: NameLexicon) -> Iterable[str]:
    return _typed(word, names, vni, vni_keys)


def _typed(word: str, names: NameLexicon, model: Callable[[str], str], keys: Callable[..., str]) -> Iterable[str]:
    made = model(word)
    if not (word.isascii() and names.knows(made)):
        return ()
    typings = {keys(made, tone_last=last).lower() for last in (True, False)}
    return (made,) if word.lower() in typings else ()


def _mojibake(page: str) -> Fault:
    def fault(word: str, names: NameLexicon) -> Iterable[str]:
        return [w for w in decoded(word, page) if names.knows(w)]

    return fault


def decoded(text: str, page: str) -> list[str]:
    """Readings of UTF-8 that was shown in a code page; bytes the page cannot show are put back in every way.

    At most three lost bytes a word: beyond that nothing is certain.
    """
    raw: list[int] = []
    for char in text:
        try:
            raw += char.encode(page)
        except UnicodeEncodeError:
            if ord(char) > 0xFF:
                return []
            raw.append(ord(char))
    return sorted({nfc(reading) for reading in _refill(bytes(raw), 3)})


def _refill(raw: bytes, left: int) -> Iterable[str]:
    try:
        yield raw.decode("utf-8")
    except UnicodeDecodeError as broken:
        if left:
            at = broken.start
            while at < len(raw) and (at == broken.start or 0x80 <= raw[at] < 0xC0):
                at += 1
            for byte in _LOST_BYTES:
                for place in range(broken.start + 1, at + 1):
                    yield from _refill(raw[:place] + bytes((byte,)) + raw[place:], left - 1)


def _alt_codes(word: str, names: NameLexicon) -> Iterable[str]:
    """The Alt key was lost on the way: the decimal codes of the letters stand in the word ("Nguy7877n")."""
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
    _none, _touched, _raw_telex, _raw_vni, *(_mojibake(page) for page in _CODE_PAGES), _alt_codes, _composed,
)  # fmt: skip
_LOSSY: Final[tuple[Fault, ...]] = (_dropped, _latin_only, _stripped)
_FAULTS: Final = (*_LOSSLESS, *_LOSSY)
