"""Vietnamese text at the border: one normal form, one way to fold for search, one way to clean a typed line.

Everything that enters the desk passes through `nfc`; everything that is searched passes through `fold`. Nothing here
may lose a letter silently: `picture_signs` says what `clean_line` takes away that the officer sees, so that a screen can tell.
"""

import re
import unicodedata
from typing import Final

LINE_LIMIT: Final = 10_000
"""Characters of the longest line the desk takes from a keyboard, a scanner or the clipboard."""

_TONES: Final = "\u0300\u0301\u0303\u0309\u0323"
_SPACE: Final = re.compile(r"\s+")
# Direction marks, zero-width characters, byte order mark, soft hyphen: invisible on screen, poison in a name.
_INVISIBLE: Final = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff]"
)
_CONTROL: Final = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ufff0-\uffff\ue000-\uf8ff\ud800-\udfff]")
# Emoji and pictographs with their joiners and colours: no embedded font prints them and no register wants them.
_EMOJI: Final = re.compile(
    "[\u2190-\u21ff\u231a-\u23ff\u2460-\u24ff\u2600-\u27bf\u2934\u2935\u2b00-\u2bff\u3030\u303d\ufe00-\ufe0f\u20e3"
    "\U0001f000-\U0001faff\U000e0000-\U000e01ef\U000f0000-\U0010ffff]"
)


def _fold_table() -> dict[int, str | None]:
    table: dict[int, str | None] = dict.fromkeys(range(768, 880))
    for code in (*range(0x41, 0x5B), *range(0xC0, 0x250), *range(0x1E00, 0x1F00)):
        bare = "".join(c for c in unicodedata.normalize("NFD", chr(code)) if not unicodedata.combining(c)).lower()
        if len(bare) == 1 and bare != chr(code):
            table[code] = bare
    table[ord("đ")] = table[ord("Đ")] = table[ord("ð")] = table[ord("Ð")] = "d"
    for blank in "\t\n\r\v\f\x85\xa0\u2028\u2029\u3000\u202f\u2007":
        table[ord(blank)] = " "
    return table


_FOLD: Final = _fold_table()


def nfc(s: str) -> str:
    """The composed form, in which all text is kept, compared, hashed and printed."""
    return s if s.isascii() else unicodedata.normalize("NFC", s)


def fold(s: str) -> str:
    """Search form: lower case, no tone and no letter marks, đ as d, single spaces, none at the ends."""
    return " ".join(s.translate(_FOLD).lower().split())


def fold_letters(s: str) -> str:
    """`fold` letter by letter: on composed text the result has the same length, so places can be carried over."""
    return "".join(c.translate(_FOLD)[:1] or "\x00" for c in s)


def words(s: str) -> tuple[str, ...]:
    """Folded words of letters and digits, in order; every other character parts them."""
    return tuple("".join(c if c.isalnum() else " " for c in fold(s)).split())


def clean_line(s: str, limit: int = LINE_LIMIT) -> str:
    """One printable NFC line of at most `limit` characters: no controls, no invisible marks, no emoji, single spaces.

    Never raises. Ask `picture_signs` before, when the officer has to hear what will be missing.
    """
    # The cut before normalising bounds the work on hostile input; composing can only make a text shorter.
    bounded = nfc(s[: 4 * limit + 64])
    for pattern in (_CONTROL, _INVISIBLE, _EMOJI):
        bounded = pattern.sub("", bounded)
    return _SPACE.sub(" ", bounded).strip()[:limit].rstrip()


def picture_signs(s: str) -> str:
    """The emoji and pictographs that `clean_line` takes out of a line, each once; "" when there are none."""
    return "".join(dict.fromkeys(_EMOJI.findall(s)))


def tone_key(s: str) -> str:
    """Equal for texts that differ only in case, Unicode form and where the tone stands: "Hoà" and "hòa"."""
    return " ".join(_tone_last(word) for word in unicodedata.normalize("NFD", s.lower()).split())


def _tone_last(word: str) -> str:
    tones = "".join(c for c in word if c in _TONES)
    return unicodedata.normalize("NFC", "".join(c for c in word if c not in _TONES)) + tones
