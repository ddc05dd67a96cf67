"""How names are kept for search: lower case, no marks, đ as d, words of letters and digits only.

FTS5 removes tone marks by itself but leaves đ, and with ``detail=column`` a space inside quotes is an error; so the
words are made here, for what is stored and for what is typed alike.
"""

from __future__ import annotations

import unicodedata

_D = {"đ": "d", "Đ": "d", "ð": "d", "Ð": "d"}


class _Bare(dict[int, str]):
    """What is left of a character without its marks, a space for what is no letter or digit; each is worked out once."""

    def __missing__(self, code: int) -> str:
        parts = unicodedata.normalize("NFD", _D.get(chr(code), chr(code)))
        bare = "".join(c if c.isalnum() else " " for c in parts if not unicodedata.combining(c))
        if len(self) < _MOST:
            self[code] = bare
        return bare


_MOST = 10_000  # there are more characters in the world, but not in the names of one commune
_BARE = _Bare()


def words(text: str) -> tuple[str, ...]:
    """The folded words of ``text`` in order: ``"Đỗ Văn-Dũng"`` → ``("do", "van", "dung")``."""
    return tuple(text.translate(_BARE).lower().split())


def fold(text: str) -> str:
    """The words of ``text`` with single spaces: what ``name_key`` columns hold."""
    return " ".join(words(text))


def match(text: str, *, limit: int = 12) -> str:
    """The FTS5 query for what was typed: finished words exactly, the last one as a beginning; "" without a word."""
    found = words(text)[:limit]
    if not found:
        return ""
    whole = [f'"{word}"' for word in found[:-1]]
    # A blank after the last word says that it is finished too.
    last = f'"{found[-1]}"' if text[-1:].isspace() else f'"{found[-1]}"*'
    return " ".join([*whole, last])
