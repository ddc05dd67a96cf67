"""How names are kept for search: lower case, no marks, đ as d, words of letters and digits only.

FTS5 removes tone marks by itself but leaves đ, and with ``detail=column`` a space inside quotes is an error; so the
words are made here, for what is stored and for what is typed alike.
"""

from __future__ import annotations

import unicodedata

_D = str.maketrans("đĐðÐ", "dddd")


def words(text: str) -> tuple[str, ...]:
    """The folded words of ``text`` in order: ``"Đỗ Văn-Dũng"`` → ``("do", "van", "dung")``."""
    bare = "".join(c for c in unicodedata.normalize("NFD", text.translate(_D)) if not unicodedata.combining(c))
    return tuple("".join(c if c.isalnum() else " " for c in bare.lower()).split())


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
