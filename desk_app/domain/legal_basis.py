"""A legal basis as an object: which instrument, article, clause, point; read from one typed line, printed in one order.

Law: Nghị định 30/2020/NĐ-CP, Phụ lục I (a citation goes điểm → khoản → Điều → instrument, number, day, issuer). A
Công văn is a letter, not a norm: it is refused as a basis (law-and-forms §9.5).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from desk_app.domain.errors import Refused
from desk_app.domain.text import clean_line, fold

LIMIT: Final = 400


class Instrument(StrEnum):
    """Kinds of legal text; codes are stored, so they are never reused."""

    CODE = "code"
    LAW = "law"
    ORDINANCE = "ordinance"
    RESOLUTION = "resolution"
    DECREE = "decree"
    CIRCULAR = "circular"
    DECISION = "decision"
    LETTER = "letter"


WORDS: Final = {
    Instrument.CODE: "Bộ luật",
    Instrument.LAW: "Luật",
    Instrument.ORDINANCE: "Pháp lệnh",
    Instrument.RESOLUTION: "Nghị quyết",
    Instrument.DECREE: "Nghị định",
    Instrument.CIRCULAR: "Thông tư",
    Instrument.DECISION: "Quyết định",
    Instrument.LETTER: "Công văn",
}
_FOLDED: Final = {fold(words): kind for kind, words in WORDS.items()}
_SHORT: Final = {"nd": Instrument.DECREE, "tt": Instrument.CIRCULAR, "qd": Instrument.DECISION,
                 "nq": Instrument.RESOLUTION, "cv": Instrument.LETTER}  # fmt: skip
_ARTICLE: Final = re.compile(r"\b(?:điều|dieu)\s+(\d{1,4}[a-zđ]?)\b", re.IGNORECASE)
_CLAUSE: Final = re.compile(r"\b(?:khoản|khoan)\s+(\d{1,3}[a-zđ]?)\b", re.IGNORECASE)
_POINT: Final = re.compile(r"\b(?:điểm|diem)\s+([a-zđ]\d{0,2})\b", re.IGNORECASE)
_NUMBER: Final = re.compile(r"\b\d{1,5}(?:/\d{4})?/[A-ZĐ][A-Z0-9ĐƯƠÂÊÔ]{1,9}(?:-[A-Z0-9ĐƯƠ]{1,12})*", re.IGNORECASE)
_DAY: Final = re.compile(r"\bngày\s+(\d{1,2})/(\d{1,2})/(\d{4})\b", re.IGNORECASE)
_ISSUER: Final = re.compile(r"\bcủa\s+(.{3,120})$", re.IGNORECASE)
_KINDS: Final = re.compile(
    r"\b(bộ luật|bo luat|pháp lệnh|phap lenh|nghị quyết|nghi quyet|nghị định|nghi dinh|thông tư|thong tu|quyết định"
    r"|quyet dinh|công văn|cong van|luật|luat|nđ|tt|qđ|nq|cv)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class LegalBasis:
    """One citation. ``number``: 61/2018/NĐ-CP; ``title``: only for a law ("Khiếu nại"); ``dated`` None = not known."""

    instrument: Instrument
    number: str
    article: str
    clause: str = ""
    point: str = ""
    title: str = ""
    issuer: str = ""
    dated: date | None = None

    def text(self) -> str:
        """``điểm a khoản 1 Điều 19 Nghị định số 61/2018/NĐ-CP ngày 23/4/2018 của Chính phủ``."""
        parts = [f"điểm {self.point}"] if self.point else []
        parts += [f"khoản {self.clause}"] if self.clause else []
        parts += [f"Điều {self.article}"] if self.article else []
        parts.append(f"{WORDS[self.instrument]} {self.title}".strip())
        parts += [f"số {self.number}"] if self.number else []
        parts += [f"ngày {self.dated.day}/{self.dated.month}/{self.dated.year}"] if self.dated else []
        parts += [f"của {self.issuer}"] if self.issuer else []
        return " ".join(parts)


def instrument_of(number: str) -> Instrument | None:
    """What a number says of its text: ``…/NĐ-CP`` is a decree, ``…/QH15`` a law, ``12/UBND-VP`` a letter."""
    tail = fold(number.rpartition("/")[2])
    head = tail.partition("-")[0]
    if re.fullmatch(r"qh\d{0,2}", head):
        return Instrument.LAW
    if head == "ubtvqh" or head.startswith("pl"):
        return Instrument.ORDINANCE if head.startswith("pl") else Instrument.RESOLUTION
    if head in ("nd", "tt", "ttlt", "qd", "nq"):
        return _SHORT["tt" if head == "ttlt" else head]
    return Instrument.LETTER if "-" in tail else None


def read_basis(line: str) -> LegalBasis:
    """The citation in a typed line, in any order, with or without marks.

    Refuses: PA-01 no article, or neither number nor name; PA-05 a Công văn.
    """
    said = clean_line(line, LIMIT)
    number = _NUMBER.search(said)
    kind = _KINDS.search(said)
    named = _instrument_word(kind[1]) if kind else None
    instrument = named or (instrument_of(number[0]) if number else None)
    if instrument is Instrument.LETTER or (number is not None and instrument_of(number[0]) is Instrument.LETTER):
        raise Refused("PA-05")
    article = _ARTICLE.search(said)
    title = _title(said, kind) if instrument in (Instrument.LAW, Instrument.CODE) and kind else ""
    if instrument is None or article is None or not (number or title):
        raise Refused("PA-01")
    clause, point, issuer = _CLAUSE.search(said), _POINT.search(said), _ISSUER.search(said)
    return LegalBasis(
        instrument=instrument,
        number=number[0] if number else "",
        article=article[1].lower(),
        clause=clause[1].lower() if clause else "",
        point=point[1].lower() if point else "",
        title=title,
        issuer=issuer[1].strip(" .;") if issuer else "",
        dated=_day(said),
    )


def read_bases(text: str) -> tuple[LegalBasis, ...]:
    """One citation for each line or part between semicolons; at least one. Refuses as ``read_basis``."""
    parts = [part for part in re.split(r"[;\n]", text[: 8 * LIMIT]) if part.strip()]
    if not parts:
        raise Refused("PA-01")
    return tuple(read_basis(part) for part in parts)


def bases_text(bases: tuple[LegalBasis, ...]) -> str:
    """All of them, as they stand in a letter."""
    return "; ".join(basis.text() for basis in bases)


def _instrument_word(word: str) -> Instrument | None:
    folded = fold(word)
    return _FOLDED.get(folded) or _SHORT.get(folded)


def _title(said: str, kind: re.Match[str]) -> str:
    """The name of a law: the words after "Luật" up to its number, day or issuer."""
    rest = re.split(r"\b(?:số|ngày|của|năm)\b|\d|[,.;]", said[kind.end() :], maxsplit=1, flags=re.IGNORECASE)[0]
    return " ".join(rest.split())[:120]


def _day(said: str) -> date | None:
    found = _DAY.search(said)
    if found is None:
        return None
    try:
        return date(int(found[3]), int(found[2]), int(found[1]))
    except ValueError:
        return None
