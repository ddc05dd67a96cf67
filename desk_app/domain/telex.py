"""Telex and VNI at the counter: the model of the keyboard, and how a search or a name gets out of its damage."""

import unicodedata
from typing import Final

from desk_app.domain.keyboard import telex, telex_keys, vni, vni_keys
from desk_app.domain.name_lexicon import NameLexicon
from desk_app.domain.repair import repair_name
from desk_app.domain.text import fold

__all__ = ["NameLexicon", "repair_name", "telex", "telex_keys", "undo_telex", "vni", "vni_keys"]

_MOST: Final = 12
_LONGEST: Final = 80
_MARK_KEYS: Final = {"\u0302": "", "\u0306": "w", "\u031b": "w"}


def undo_telex(query: str) -> tuple[str, ...]:
    """What a typist may have meant, most likely first and folded: the text itself, with leftover keys worked in
    ("dang ky khai sinhs"), and with letters a method made taken apart again ("26TẤ" → "26taa").

    At most twelve readings; a text longer than a search is only folded.
    """
    readings = [fold(query)]
    if len(query) <= _LONGEST:
        typed = fold(telex(query))
        readings += [typed, fold(vni(query)), fold(telex(query, known=True))]
        if not query.isascii():
            readings += _apart(unicodedata.normalize("NFC", query))
    return tuple(dict.fromkeys(reading for reading in readings if reading))[:_MOST]


def _apart(query: str) -> list[str]:
    """Texts whose letters a method may have joined: marks as keys, with and without the tone keys."""
    bare = "".join(_no_tone(char) for char in query)
    texts = [_doubled(bare), telex_keys(query), telex_keys(query, tone_last=False), vni_keys(query)]
    return [fold(text) for text in texts]


def _no_tone(char: str) -> str:
    parts = unicodedata.normalize("NFD", char)
    return unicodedata.normalize("NFC", "".join(c for c in parts if c not in "\u0300\u0301\u0303\u0309\u0323"))


def _doubled(text: str) -> str:
    """ "Ấ" → "AA", "Đ" → "DD", "Ư" → "W": a series has no tone, so only the marks are keys."""
    done: list[str] = []
    for char in text:
        if char in "đĐ":
            done.append("dd")
        elif char in "ưƯ":
            done.append("w")
        else:
            base, *marks = list(unicodedata.normalize("NFD", char))
            done.append(base + (_MARK_KEYS.get(marks[0], "") or base if marks else ""))
    return "".join(done)
