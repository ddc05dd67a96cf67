"""Finds a procedure while it is being typed: no marks, initials, leftovers of Telex, everyday words, one typing error.

Everything that does not depend on the query is folded and indexed once, when the catalogue is loaded; a keystroke only
meets the few hundred distinct syllables of the catalogue and the entries that hold them. The officer's own most used
procedures come first among equals.
"""

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from heapq import nlargest, nsmallest
from itertools import accumulate
from typing import Final

from desk_app.domain.sorting import text_key
from desk_app.domain.telex import undo_telex
from desk_app.domain.text import fold_letters, nfc, words

_LONGEST: Final = 120
_SURE: Final = 50  # below it only some of the words fit: what is usual says nothing there
_BEST: Final = 40
_VOWELS: Final = frozenset("aeiouy")
# Words of a citizen's sentence that name no procedure.
_FILLER: Final = frozenset(
    words(
        "toi muon xin lam cho can di viec thu tuc ve o dau thi nhu the nao la gi a em con bac chau ong ba giup voi "
        "duoc nop ho so giay to mot cai bi da dang"
    )
)


@dataclass(frozen=True, slots=True)
class FinderEntry:
    """What the finder knows of one procedure."""

    id: str
    name: str
    short_name: str = ""
    synonyms: tuple[str, ...] = ()
    code: str = ""
    field_name: str = ""


@dataclass(frozen=True, slots=True)
class Hit:
    """One procedure found; `spans` are (start, end) places in its NFC name to underline; a higher score is better."""

    id: str
    score: int
    spans: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class _Indexed:
    entry: FinderEntry
    name: str
    others: tuple[str, ...]
    tokens: frozenset[str]
    name_tokens: frozenset[str]
    initials: tuple[str, ...]
    digits: str
    use: int
    usual: int
    texts: tuple[frozenset[str], ...]
    order: tuple[int, int, int, str]


class ProcedureFinder:
    """An index over the procedures of a catalogue; build it anew when the catalogue or the use counts change."""

    def __init__(self, entries: Iterable[FinderEntry], used: Mapping[str, int], usual: Sequence[str] = ()) -> None:
        """``usual``: what any commune's counter does most, most usual first; it weighs until the officer's own use does."""
        ranks = {id: len(usual) - place for place, id in enumerate(usual)}
        self._rows: Final = [_index(entry, used.get(entry.id, 0), ranks.get(entry.id, 0)) for entry in entries]
        holders: dict[str, set[int]] = defaultdict(set)
        for at, row in enumerate(self._rows):
            for token in row.tokens:
                holders[token].add(at)
        self._holders: Final = {token: frozenset(at) for token, at in holders.items()}
        # All initials in one text, a line each: one search instead of thousands.
        lines = [(initials, at) for at, row in enumerate(self._rows) for initials in row.initials]
        self._initials: Final = "\n".join(initials for initials, _ in lines)
        self._initial_rows: Final = [at for _, at in lines]
        self._initial_lengths: Final = [len(initials) for initials, _ in lines]
        self._initial_starts: Final = [0, *accumulate(len(initials) + 1 for initials, _ in lines)][:-1]
        self._vocabulary: Final = sorted(holders)
        self._by_length: Final[dict[int, list[str]]] = defaultdict(list)
        for token in self._vocabulary:
            self._by_length[len(token)].append(token)

    def top_used(self, n: int) -> tuple[str, ...]:
        """Ids of the `n` procedures used most here, then the usual ones, for the empty box and the keys 1 … 9."""
        used = sorted((row for row in self._rows if row.use or row.usual), key=lambda row: row.order)
        return tuple(row.entry.id for row in used[:n])

    def find(self, query: str, limit: int = 8) -> tuple[Hit, ...]:
        """The best procedures for what stands in the box so far, at most `limit`, best first; empty for no query."""
        text = nfc(query[:_LONGEST]).strip()
        scores: dict[int, int] = {}
        readings = undo_telex(text)
        for reading in readings:
            self._exact(reading, scores)
        if len(scores) < limit:
            for reading in readings[:3]:
                self._loose(reading, scores)
        best = nsmallest(limit, scores, key=lambda at: (-self._weighed(at, scores), *self._rows[at].order))
        return tuple(Hit(self._rows[at].entry.id, self._score(at, scores), self._spans(at, readings)) for at in best)

    def _weighed(self, at: int, scores: Mapping[int, int]) -> int:
        """How well it fits, and how usual it is here: half as much as own use, up to a step of fitting better."""
        row = self._rows[at]
        return scores[at] if scores[at] < _SURE else scores[at] + row.usual + min(row.use, 20) // 2

    def _score(self, at: int, scores: Mapping[int, int]) -> int:
        return self._weighed(at, scores) * 1000 + min(self._rows[at].use * 10 + self._rows[at].usual, 999)

    def _exact(self, reading: str, scores: dict[int, int]) -> None:
        """Code, whole words in any order with the last one unfinished, initials."""
        digits = re.sub(r"[.\s\-]", "", reading)
        if digits.isdigit() and len(digits) >= 3:
            self._by_code(digits, scores)
        asked = words(reading)
        if not asked:
            return
        phrase = " ".join(asked)
        for at in self._with_all(asked):
            _raise(scores, at, _quality(self._rows[at], phrase, asked))
        if len(asked) == 1 and asked[0].isalpha() and 2 <= len(asked[0]) <= 12:
            self._by_initials(asked[0], scores)

    def _by_code(self, digits: str, scores: dict[int, int]) -> None:
        for at, row in enumerate(self._rows):
            if digits in row.digits:
                _raise(scores, at, 95 if row.digits == digits else 85 if row.digits.endswith(digits) else 60)

    def _by_initials(self, letters: str, scores: dict[int, int]) -> None:
        """Initials, up to three words left out between two of them ("xnh": xác nhận tình trạng hôn nhân)."""
        gapped = re.compile("[a-z0-9]{0,3}?".join(letters))
        for match in gapped.finditer(self._initials):
            place = bisect_right(self._initial_starts, match.start()) - 1
            start, whole = self._initial_starts[place], self._initial_lengths[place]
            quality = _initial_quality(len(letters), match.start() - start, match.end() - start, whole)
            if quality and _VOWELS.isdisjoint(letters):  # "kh" begins no whole word: it is meant as initials
                quality += 8
            _raise(scores, self._initial_rows[place], quality)

    def _with_prefix(self, word: str) -> Iterable[str]:
        start = bisect_left(self._vocabulary, word)
        for token in self._vocabulary[start:]:
            if not token.startswith(word):
                return
            yield token

    def _holding(self, word: str) -> frozenset[int]:
        return frozenset().union(*(self._holders[token] for token in self._with_prefix(word)))

    def _with_all(self, asked: Sequence[str]) -> frozenset[int]:
        """Rows that hold every word, each of which may be unfinished."""
        found: frozenset[int] | None = None
        for word in sorted(set(asked), key=len, reverse=True):
            holding = self._holding(word)
            found = holding if found is None else found & holding
            if not found:
                return frozenset()
        return found or frozenset()

    def _loose(self, reading: str, scores: dict[int, int]) -> None:
        """One typing error in a word, everyday filler left out, at last most of the words."""
        asked = words(reading)
        telling = [word for word in asked if word not in _FILLER] or list(asked)
        sets: list[frozenset[int]] = []
        for word in telling:
            exact = self._holding(word)
            sets.append(exact or self._near(word))
        if not sets:
            return
        counts: dict[int, int] = defaultdict(int)
        for holding in sets:
            weight = max(1, 12 - len(holding).bit_length())
            for at in holding:
                counts[at] += weight
        whole = sum(max(1, 12 - len(holding).bit_length()) for holding in sets)
        phrase, said = " ".join(telling), frozenset(telling)
        found = {}
        for at, count in counts.items():
            if count * 2 >= whole and at not in scores:
                fit = _quality(self._rows[at], phrase, telling) // 8 if count == whole else 0
                found[at] = 4 + 36 * count // whole + fit
        floor = min(nlargest(_BEST, found.values()), default=0)
        for at, fit in found.items():  # the rest cannot come into the list any more
            scores[at] = fit + _coverage(self._rows[at], said) if fit >= floor else fit
        joined = "".join(asked)
        if len(joined) >= 4 and len(asked) == 1:
            for at, row in enumerate(self._rows):
                if joined in row.name.replace(" ", ""):
                    _raise(scores, at, 45)

    def _near(self, word: str) -> frozenset[int]:
        """Rows with a word one error away: a letter wrong, missing, too many, or two swapped."""
        if len(word) < 3:
            return frozenset()
        near: set[int] = set()
        for length in (len(word) - 1, len(word), len(word) + 1):
            for token in self._by_length.get(length, ()):
                if _one_error(word, token):
                    near |= self._holders[token]
        return frozenset(near)

    def _spans(self, at: int, readings: Sequence[str]) -> tuple[tuple[int, int], ...]:
        """Places in the name of the reading that shows most: words by their beginning, or else initials."""
        starts = [(m.start(), m[0]) for m in re.finditer(r"[^\W_]+", fold_letters(nfc(self._rows[at].entry.name)))]
        best: list[tuple[int, int]] = []
        for reading in readings:
            asked = words(reading)
            spans = [
                (start, start + len(hit))
                for start, token in starts
                if (hit := max((w for w in asked if token.startswith(w)), key=len, default=""))
            ]
            if not spans and len(asked) == 1:
                spans = _initial_spans(starts, asked[0])
            if sum(end - start for start, end in spans) > sum(end - start for start, end in best):
                best = spans
        return tuple(best)


def _index(entry: FinderEntry, use: int, usual: int) -> _Indexed:
    texts = [" ".join(words(text)) for text in (entry.name, entry.short_name, *entry.synonyms) if text]
    name_tokens = frozenset(texts[0].split()) if texts else frozenset()
    tokens = name_tokens.union(*(text.split() for text in texts[1:]), words(entry.field_name))
    initials = tuple(dict.fromkeys("".join(word[0] for word in text.split()) for text in texts if text))
    return _Indexed(
        entry, texts[0] if texts else "", tuple(texts[1:]), tokens, name_tokens, initials,
        re.sub(r"\D", "", entry.code), use, usual, tuple(frozenset(text.split()) for text in texts if text),
        (-use, -usual, len(texts[0].split()) if texts else 0, text_key(entry.name)),
    )  # fmt: skip


def _raise(scores: dict[int, int], at: int, quality: int) -> None:
    if quality > scores.get(at, 0):
        scores[at] = quality


def _quality(row: _Indexed, phrase: str, asked: Sequence[str]) -> int:
    """How well a row that holds every word fits: as a whole, as a beginning, as a phrase, as loose words."""
    if phrase == row.name or phrase in row.others:
        return 94
    if row.name.startswith(phrase):
        return 90
    if any(other.startswith(phrase) for other in row.others):
        return 86
    if f" {phrase}" in row.name:
        return 80
    if any(f" {phrase}" in other for other in row.others):
        return 76
    in_name = sum(1 for word in asked if word in row.name_tokens or f" {word}" in f" {row.name}")
    return 55 + 10 * in_name // len(asked)


def _coverage(row: _Indexed, said: frozenset[str]) -> int:
    """0–8: how much of one of its names was said; "khai sinh" is all of one procedure's and little of another's."""
    return max((8 * len(said & text) // len(text) for text in row.texts), default=0)


def _initial_quality(asked: int, start: int, end: int, whole: int) -> int:
    """Initials whole, at the beginning, inside, or with words left out between."""
    if end - start == asked:
        return 84 if whole == asked else 78 - min(whole - asked, 8) if not start else 66 - min(start, 5)
    return 0 if asked < 3 else 58 - 4 * min(end - start - asked, 6) - min(start, 5)


def _initial_spans(starts: Sequence[tuple[int, str]], letters: str) -> list[tuple[int, int]]:
    """The first letters that the initials stand for, close together as in the search."""
    initials = "".join(token[0] for _, token in starts)
    match = re.search("([a-z0-9]{0,3}?)".join(f"({re.escape(letter)})" for letter in letters), initials)
    if not match:
        return []
    return [
        (starts[match.start(group)][0], starts[match.start(group)][0] + 1) for group in range(1, 2 * len(letters), 2)
    ]


def _one_error(a: str, b: str) -> bool:
    """Whether one edit (or one swap of neighbours) leads from one word to the other."""
    if a == b:
        return True
    at = 0
    while at < min(len(a), len(b)) and a[at] == b[at]:
        at += 1
    if len(a) == len(b):
        swapped = a[at : at + 2] == b[at : at + 2][::-1] and a[at + 2 :] == b[at + 2 :]
        return a[at + 1 :] == b[at + 1 :] or swapped
    longer, shorter = (a, b) if len(a) > len(b) else (b, a)
    return longer[at + 1 :] == shorter[at:]
