"""Vietnamese alphabetical order of people: given name first, as every register and list of the office is kept."""

import unicodedata
from typing import Final

from desk_app.domain.text import clean_line

_ALPHABET: Final = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
_LETTER: Final = {letter: chr(0x41 + place) for place, letter in enumerate(_ALPHABET)}
# ngang, huyền, hỏi, ngã, sắc, nặng: the order of the school dictionary.
_TONE: Final = {"\u0300": "1", "\u0309": "2", "\u0303": "3", "\u0301": "4", "\u0323": "5"}


def word_key(word: str) -> str:
    """Key of one word: its letters decide, then its tones; digits before letters."""
    letters: list[str] = []
    tones: list[str] = []
    for char in unicodedata.normalize("NFC", word.lower()):
        parts = unicodedata.normalize("NFD", char)
        tone = next((mark for mark in parts[1:] if mark in _TONE), "")
        base = unicodedata.normalize("NFC", parts.replace(tone, "")) if tone else char
        rank = _LETTER.get(base)
        if rank is None and base.isalnum():
            rank = base if base.isdigit() else _LETTER.get(parts[0], "~" + base)
        if rank is not None:
            letters.append(rank)
            tones.append(_TONE.get(tone, "0"))
    return "".join(letters) + " " + "".join(tones)


def name_key(name: str) -> str:
    """Sort key of a person's name: given name, then family name, then what stands between; letters before tones.

    A plain string, so that it can be kept in an indexed column and compared byte by byte.
    """
    parts = clean_line(name).split()
    if not parts:
        return ""
    ordered = (parts[-1], *parts[:1], *parts[1:-1]) if len(parts) > 1 else (parts[0],)
    return "\x01".join(word_key(part) for part in ordered)


def text_key(s: str) -> str:
    """Sort key of ordinary text in reading order (place names, procedures)."""
    return "\x01".join(word_key(part) for part in clean_line(s).split())
