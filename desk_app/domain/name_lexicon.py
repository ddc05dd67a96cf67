"""Words that may stand in a Vietnamese name, and what each becomes when a reader or a method spoils it."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from functools import cached_property
from typing import Final

from desk_app.domain.keyboard import telex
from desk_app.domain.syllable import is_syllable, syllables
from desk_app.domain.text import fold, nfc, tone_key


class NameLexicon:
    """Words known from names of this country, minorities included, and every syllable of the language behind them."""

    def __init__(
        self,
        families: Iterable[str],
        middles: Iterable[str] = (),
        givens: Iterable[str] = (),
        places: Iterable[str] = (),
    ) -> None:
        self.families: Final = frozenset(nfc(w).lower() for w in families)
        self.middles: Final = frozenset(nfc(w).lower() for w in middles)
        self.givens: Final = frozenset(nfc(w).lower() for w in givens)
        self.places: Final = frozenset(nfc(w).lower() for w in places)
        self._words: Final = self.families | self.middles | self.givens

    @classmethod
    def from_lines(cls, lines: Iterable[str]) -> "NameLexicon":
        """Reads `resources/names`: sections [họ], [đệm], [tên], [địa danh]; words parted by blanks; # is a remark."""
        sections: dict[str, list[str]] = {"họ": [], "đệm": [], "tên": [], "địa danh": []}
        section = "tên"
        for line in lines:
            text = nfc(line).split("#", 1)[0].strip()
            if text.startswith("["):
                section = text.strip("[]")
            else:
                sections[section] += text.split()
        return cls(sections["họ"], sections["đệm"], sections["tên"], sections["địa danh"])

    def __len__(self) -> int:
        return len(self._words)

    def knows(self, word: str) -> bool:
        """Whether this can be a word of a name: listed, or spelled by the rules (parts of "H'Mông" each)."""
        low = word.lower()
        return low in self._words or low in self.places or is_syllable(low)

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

    @cached_property
    def stripped_touched(self) -> Mapping[str, list[str]]:
        """Words whose marks the reader lost and whose bare letters Telex then joined ("Tarô" → "Taro" → "Tảo")."""
        found: dict[str, list[str]] = defaultdict(list)
        for word in sorted(self._words):
            bare = fold(word)
            if bare != word and telex(bare) not in (bare, word):
                found[telex(bare)].append(word)
        return found

    def _by(self, key: Callable[[str], str]) -> Mapping[str, list[str]]:
        found: dict[str, list[str]] = defaultdict(list)
        for word in sorted(self._words | self.places | syllables()):
            found[key(word)].append(word)
        return found
