"""A model of the Vietnamese input methods (UniKey, EVKey, fcitx-unikey) good enough to replay what they do to a scan.

Assumptions, all on the side of more damage:
* no spelling check: a mark lands on the last vowels even when no such syllable exists ("genera" → "gênả");
* free marking: "dod" gives "đo", "data" gives "dât"; a repeated key takes its mark back and stands as a letter;
* the tone stands in the old place ("hòa", "thúy"), UniKey's default;
* a letter that arrives composed (from a Unicode packet or an Alt code) ends the word for the method: `known=False`.
  With `known=True` the method reads it as if it had been typed (methods with surrounding text);
* anything but a letter, and for VNI a digit, ends the word.
"""

import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final

CIRCUMFLEX, BREVE, HORN, STROKE = "\u0302", "\u0306", "\u031b", "\u0335"
TONES: Final = {"f": "\u0300", "s": "\u0301", "x": "\u0303", "r": "\u0309", "j": "\u0323"}
_VNI_TONES: Final = {"1": "s", "2": "f", "3": "r", "4": "x", "5": "j"}
_VOWELS: Final = frozenset("aeiouy")


@dataclass
class _Letter:
    base: str
    mark: str = ""
    upper: bool = False

    def text(self, tone: str = "") -> str:
        char = "đ" if self.mark == STROKE else unicodedata.normalize("NFC", self.base + self.mark + tone)
        return char.upper() if self.upper else char


@dataclass
class _Word:
    """The word under the caret, as the input method remembers it."""

    letters: list[_Letter] = field(default_factory=list)
    tone: str = ""
    spent: set[str] = field(default_factory=set)

    def add(self, key: str) -> None:
        self._pair(len(self.letters) - 1)
        self.letters.append(_Letter(key.lower(), "", key.isupper()))

    def vowels(self) -> list[int]:
        """Places of the last run of vowels, without the u of "qu" and the i of "gi"."""
        end = len(self.letters)
        while end and self.letters[end - 1].base not in _VOWELS:
            end -= 1
        start = end
        while start and self.letters[start - 1].base in _VOWELS:
            start -= 1
        run = list(range(start, end))
        if len(run) > 1 and start:
            glide = self.letters[start - 1].base + self.letters[start].base
            if (glide == "qu" or (glide == "gi" and start == 1)) and not self.letters[start].mark:
                run = run[1:]
        return run

    def text(self) -> str:
        place = self._tone_place() if self.tone else -1
        return "".join(x.text(self.tone if at == place else "") for at, x in enumerate(self.letters))

    def _tone_place(self) -> int:
        run = self.vowels()
        marked = [at for at in run if self.letters[at].mark]
        if marked:
            return marked[-1]
        closed = bool(run) and run[-1] < len(self.letters) - 1
        if not run:
            return -1
        if len(run) == 1:
            return run[0]
        return run[1] if closed or len(run) > 2 else run[0]

    def set_tone(self, key: str, literal: str) -> None:
        """A tone key: sets the tone, or, pressed twice, takes it back and stands as itself."""
        if not self.vowels() or "tone" in self.spent:
            self.add(literal)
        elif self.tone == TONES[key]:
            self.tone = ""
            self.spent.add("tone")
            self.add(literal)
        else:
            self.tone = TONES[key]

    def clear_tone(self, literal: str) -> None:
        if self.tone:
            self.tone = ""
        else:
            self.add(literal)

    def set_mark(self, mark: str, bases: str, literal: str) -> bool:
        """A mark key on the last vowel of `bases`; pressed twice it takes the mark back. False: nothing to mark."""
        if mark in self.spent or (bases == "o" and self.letters and self.letters[-1].base in "ae"):
            # "oeo" and "oao" are rimes of their own: khoeo, ngoao.
            return False
        for at in range(len(self.letters) - 1, -1, -1):
            letter = self.letters[at]
            if letter.base in bases:
                if letter.mark == mark:
                    letter.mark = ""
                    self.spent.add(mark)
                    self.add(literal)
                else:
                    letter.mark = mark
                    if at < len(self.letters) - 1:
                        self._pair(at)
                return True
        return False

    def _pair(self, at: int) -> None:
        """ "uơ" may end a word (thuở); with a letter after it both take the horn (thương), but not behind q."""
        before = [letter.base for letter in self.letters[max(at - 2, 0) : at]]
        horned = at > 0 and (self.letters[at].base, self.letters[at].mark) == ("o", HORN)
        if horned and before[-1] == "u" and before[0] != "q":
            self.letters[at - 1].mark = HORN


def telex(keys: str, *, known: bool = False) -> str:
    """What stands in the field after `keys` were typed with Telex on."""
    return _type(keys, _telex_key, known)


def vni(keys: str, *, known: bool = False) -> str:
    """What stands in the field after `keys` were typed with VNI on."""
    return _type(keys, _vni_key, known)


def _type(keys: str, press: Callable[[_Word, str], bool], known: bool) -> str:
    done: list[str] = []
    word = _Word()
    for key in keys:
        if not press(word, key):
            letter = _composed(key) if known else None
            if letter is None:
                done += (word.text(), key)
                word = _Word()
            else:
                word.letters.append(letter[0])
                word.tone = letter[1] or word.tone
    done.append(word.text())
    return "".join(done)


def _composed(char: str) -> tuple[_Letter, str] | None:
    """A Vietnamese letter taken apart into letter and tone; None for anything else."""
    low = char.lower()
    if low == "đ":
        return _Letter("d", STROKE, char != low), ""
    base, *marks = list(unicodedata.normalize("NFD", low))
    if base not in _VOWELS or not marks:
        return None
    tone = "".join(mark for mark in marks if mark in _TONE_ORDER)
    shape = "".join(mark for mark in marks if mark not in _TONE_ORDER)
    if shape not in ("", CIRCUMFLEX, BREVE, HORN) or len(tone) > 1:
        return None
    return _Letter(base, shape, char != low), tone


def _telex_key(word: _Word, key: str) -> bool:
    """Feeds one key to Telex; False: this key ends the word."""
    low = key.lower()
    if low in "[]{}":
        letter = _Letter("o" if low in "[{" else "u", HORN, low in "{}")
        word.letters.append(letter)
        return True
    if not ("a" <= low <= "z"):
        return False
    if low in TONES:
        word.set_tone(low, key)
    elif low == "z":
        word.clear_tone(key)
    elif low == "w":
        _telex_w(word, key)
    elif low == "d":
        if not (word.letters and word.letters[0].base == "d" and _stroke(word, key)):
            word.add(key)
    elif low not in "aeo" or not word.set_mark(CIRCUMFLEX, low, key):
        word.add(key)
    return True


def _stroke(word: _Word, key: str) -> bool:
    """The key that makes đ of a leading d; pressed again it gives dd back."""
    if STROKE in word.spent:
        return False
    first = word.letters[0]
    if first.mark == STROKE:
        first.mark = ""
        word.spent.add(STROKE)
        word.add(key)
    else:
        first.mark = STROKE
    return True


def _telex_w(word: _Word, key: str) -> None:
    """w: horn on o and u, breve on a, and ư of its own where there is no vowel to mark."""
    run = word.vowels()
    bases = [word.letters[at].base for at in run]
    if "w" in word.spent:
        word.add(key)
    elif run and word.letters[run[-1]].mark in (HORN, BREVE):
        for at in run:
            if word.letters[at].mark in (HORN, BREVE):
                word.letters[at].mark = ""
        word.spent.add("w")
        word.add(key)
    elif "u" in bases and "o" in bases:
        word.set_mark(HORN, "o", key)
    elif bases and bases[-1] in "aou":
        word.letters[run[-1]].mark = BREVE if bases[-1] == "a" else HORN
    elif any(base in "aou" for base in bases):
        at = next(at for at in reversed(run) if word.letters[at].base in "aou")
        word.letters[at].mark = BREVE if word.letters[at].base == "a" else HORN
    else:
        word.letters.append(_Letter("u", HORN, key.isupper()))


def _vni_key(word: _Word, key: str) -> bool:
    """Feeds one key to VNI; False: this key ends the word."""
    low = key.lower()
    if "a" <= low <= "z":
        word.add(key)
        return True
    if not (word.letters and key.isascii() and key.isdigit()):
        return False
    if key in _VNI_TONES:
        word.set_tone(_VNI_TONES[key], key)
    elif key == "0":
        word.clear_tone(key)
    elif key == "9":
        if not (word.letters[0].base == "d" and _stroke(word, key)):
            word.add(key)
    elif not word.set_mark(*{"6": (CIRCUMFLEX, "aeo"), "7": (HORN, "ou"), "8": (BREVE, "a")}[key], key):
        word.add(key)
    return True


def telex_keys(text: str, *, tone_last: bool = True) -> str:
    """The keys a person or a reader set to Telex types for `text`: "Nguyễn" → "Nguyeenx", or "Nguyeexn"."""
    return _keys(text, _TELEX_MARKS, "fsxrj", tone_last)


def vni_keys(text: str, *, tone_last: bool = True) -> str:
    """The keys a person or a reader set to VNI types for `text`: "Nguyễn" → "Nguye6n4", or "Nguye64n"."""
    return _keys(text, _VNI_MARKS, "21435", tone_last)


_TELEX_MARKS: Final = {CIRCUMFLEX: "", BREVE: "w", HORN: "w", STROKE: "d"}
_VNI_MARKS: Final = {CIRCUMFLEX: "6", BREVE: "8", HORN: "7", STROKE: "9"}
_TONE_ORDER: Final = "\u0300\u0301\u0303\u0309\u0323"


def _keys(text: str, marks: dict[str, str], tones: str, tone_last: bool) -> str:
    done: list[str] = []
    waiting = ""
    for char in unicodedata.normalize("NFC", text):
        letter = _composed(char)
        if not (letter or (char.isascii() and char.isalpha())):
            done += (waiting, char)
            waiting = ""
            continue
        if letter is None:
            done.append(char)
            continue
        base = letter[0].base.upper() if letter[0].upper else letter[0].base
        mark = letter[0].mark
        done.append(base)
        if mark:
            key = marks[mark] or base
            done.append(key.upper() if letter[0].upper else key)
        tone = tones[_TONE_ORDER.index(letter[1])] if letter[1] else ""
        tone = tone.upper() if letter[0].upper else tone
        if tone_last:
            waiting += tone
        else:
            done.append(tone)
    return "".join((*done, waiting))
