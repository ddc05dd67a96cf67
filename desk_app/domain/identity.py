"""The text of a citizen card's QR, the machine-readable lines on its back, and numbers typed by hand.

The number has no check digit and its inner structure is no longer law (Thông tư 59/2021/TT-BCA, expired 1/7/2024):
what it seems to say about sex and year is a hint, never a refusal. The raw text of a card is kept nowhere.
Problems carry the code of a message; `error` means the card cannot be used as read, `warning` that it can.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Final, Literal

from desk_app.domain.birth import NO_SUCH_DATE, parse_birth, parse_date
from desk_app.domain.name_lexicon import NameLexicon
from desk_app.domain.problem import Problem
from desk_app.domain.repair import read_name
from desk_app.domain.text import clean_line, fold, nfc

__all__ = [
    "CardReading", "IdCard", "IdNumber", "Problem", "check_number", "group3", "mask", "parse_birth", "parse_card",
    "parse_date", "recognise_number",
]  # fmt: skip

NAME_LIMIT: Final = 100
_TEXT_LIMIT: Final = 4_000
_FIELDS: Final = 7
# Not \\s: a no-break space or a next-line sign may be half of a damaged letter.
_EDGES: Final = re.compile(r"^[ \x00-\x1f\ufeff]+|[ \x00-\x1f\ufeff]+$")
_AIM: Final = re.compile(r"^\][A-Za-z]\d(?=\d{9,12}[|\\¦])")
_DDMMYYYY: Final = re.compile(r"\d{8}")
_NO_LEXICON: Final = NameLexicon(())
_CENTURIES: Final = {0: 1900, 1: 2000, 2: 2100, 3: 2200, 4: 2300}
IdNumberKind = Literal["cccd", "cmnd", "passport", "tax"]


@dataclass(frozen=True, slots=True, repr=False)
class IdCard:
    """What a card says. `name` and `residence` are empty when the scan was damaged: then a person types them."""

    number: str
    old_number: str
    name: str
    birth_date: date | None
    birth_year: int
    gender: str
    residence: str
    issued_on: date | None
    extra: tuple[str, ...] = ()

    def __repr__(self) -> str:
        return "<IdCard, hidden>"


@dataclass(frozen=True, slots=True, repr=False)
class CardReading:
    """The outcome of one scan; `read` holds every field that was read well, also when there is no card.

    `letters`: the name as it came, when it is for the officer to type; its marks are not to be trusted.
    """

    card: IdCard | None
    problems: tuple[Problem, ...] = ()
    damaged: bool = False
    proposed_name: str | None = None
    read: Mapping[str, str] = field(default_factory=dict)
    letters: str = ""

    def __repr__(self) -> str:
        return f"<CardReading {[p.code for p in self.problems]}>"

    @property
    def ok(self) -> bool:
        """Usable as it stands, warnings allowed."""
        return self.card is not None and not any(p.level == "error" for p in self.problems)


@dataclass(frozen=True, slots=True, repr=False)
class IdNumber:
    """A number by its shape; `number` without blanks and in capitals."""

    kind: IdNumberKind
    number: str

    def __repr__(self) -> str:
        return f"<IdNumber {self.kind}>"


def recognise_number(text: str) -> IdNumber | None:
    """Card 12 digits, old card 9, passport letter + 7–8 digits, tax code 10 digits or 13 as 0123456789-001."""
    number = re.sub(r"[\s.]", "", text).upper()
    for kind, shape in _SHAPES.items():
        if number.isascii() and re.fullmatch(shape, number):
            return IdNumber(kind, number)
    return None


_SHAPES: Final[dict[IdNumberKind, str]] = {
    "cccd": r"\d{12}", "cmnd": r"\d{9}", "passport": r"[A-Z]\d{7,8}", "tax": r"\d{10}(-\d{3})?",
}  # fmt: skip


def mask(number: str) -> str:
    """The number as shown by default: three digits at each end ("000••••••345"); shorter ones show the end only."""
    if len(number) >= 9:
        return number[:3] + "•" * (len(number) - 6) + number[-3:]
    return "•" * max(len(number) - 2, 0) + number[-2:] if len(number) > 3 else "•" * len(number)


def group3(number: str) -> str:
    """Digits in groups of three, as the officer reads them aloud."""
    return " ".join(number[at : at + 3] for at in range(0, len(number), 3))


def check_number(number: str, birth_year: int | None, gender: str) -> tuple[Problem, ...]:
    """Hints where a 12-digit number seems to disagree with year and sex; warnings only, an empty tuple is usual."""
    if not re.fullmatch(r"[0-9]{12}", number):
        return (Problem("TN-06", "number", {"n": str(sum(c.isdigit() for c in number))}),)
    hints = []
    if birth_year is not None and int(number[4:6]) != birth_year % 100:
        hints.append(_warn("TN-26", "number", yy=number[4:6], year=str(birth_year)))
    sex = "Nữ" if int(number[3]) % 2 else "Nam"
    if gender and gender != sex:
        hints.append(_warn("TN-27", "gender", said=gender, sex=sex))
    elif birth_year is not None and _CENTURIES[int(number[3]) // 2] != birth_year // 100 * 100:
        hints.append(_warn("TN-26", "number", yy=number[3:6], year=str(birth_year)))
    return tuple(hints)


def parse_card(text: str, names: NameLexicon | None = None) -> CardReading:
    """Reads the text of a card's QR: seven fields or more, never an exception, never a guess.

    A damaged scan keeps its digits; its name is left empty and proposed only when exactly one name explains the damage
    (TN-04), else to be typed (TN-13). Errors: TN-05 no card at all, TN-06 number, TN-20 fields, TN-21 birth date,
    TN-22 letters of the name, TN-24 two scans in one, TN-33 too long, TN-34 an old number alone.
    """
    lines = list(dict.fromkeys(line for line in map(_trim, re.split(r"[\r\n]+", text[: _TEXT_LIMIT + 1])) if line))
    if not lines:
        return _refuse("TN-20", "card", n="0")
    if len(text) > _TEXT_LIMIT:
        return _refuse("TN-33", "card", n=str(len(text)))
    if "IDVNM" in lines[0][:8].upper():
        from desk_app.domain.mrz import parse_mrz  # here because mrz builds on IdCard

        return parse_mrz("\n".join(lines))
    return _read_line(lines[0] if len(lines) == 1 else "".join(lines), names or _NO_LEXICON)


def _trim(line: str) -> str:
    return _AIM.sub("", _EDGES.sub("", line))


def _read_line(line: str, names: NameLexicon) -> CardReading:
    bar = next((bar for bar in "|\\¦" if line.count(bar) >= 4), "|")
    if bar not in line:
        if recognise_number(line):
            return CardReading(None, (Problem("TN-34", "card", {}, "info"),), read={"number": line})
        return _refuse("TN-05", "card")
    parts = [_EDGES.sub("", part) for part in line.split(bar)]
    if not any(parts) or not any(c.isdigit() for c in parts[0]):
        return _refuse("TN-20" if not any(parts) else "TN-05", "card", n="0")
    if re.search(rf"\d{{8}}{re.escape(parts[0])}(?!\d)", "\x00".join(parts[6:])) or parts.count(parts[0]) > 1:
        return _refuse("TN-24", "card", n=str(len(parts)))
    if len(parts) < _FIELDS:
        return _refuse("TN-20", "card", n=str(len(parts)))
    return _read_fields(_upright(parts), names)


def _upright(parts: list[str]) -> list[str]:
    """Turns the letters round again when the scan came with Caps Lock on ("nAM")."""
    if parts[4][:1].islower() and parts[4][1:].isupper():
        turned = ["".join(c.swapcase() if c.isascii() else c for c in part) for part in parts]
        whole = [part.swapcase() for part in parts]
        # Some readers send marked letters in a way Caps Lock does not reach: take the reading in which they agree.
        low = any(c.islower() and c.isascii() for c in turned[2])
        mixed = low and any(c.isupper() and not c.isascii() for c in turned[2])
        return whole if mixed else turned
    return parts


def _read_fields(parts: list[str], names: NameLexicon) -> CardReading:
    number, old, raw_name, raw_birth, raw_gender, raw_home, raw_issued, *extra = parts
    problems: list[Problem] = []
    read: dict[str, str] = {}
    if re.fullmatch(r"[0-9]{12}", number):
        read["number"] = number
    else:
        problems.append(Problem("TN-06", "number", {"n": str(sum(c.isdigit() for c in number))}))
    if old and not re.fullmatch(r"[0-9]{9}|[0-9]{12}", old):
        problems.append(_warn("TN-31", "old_number"))
        old = ""
    birth = _card_birth(raw_birth)
    if isinstance(birth, Problem):
        problems.append(birth)
    elif isinstance(birth, int):
        problems.append(_warn("TN-25", "birth_date", year=str(birth)))
    issued = _card_date(raw_issued)
    if issued is None:
        problems.append(_warn("TN-29", "issued_on"))

    gender, gender_whole = _gender(raw_gender)
    name, name_problem = _name_letters(raw_name)
    context = f"{raw_gender} {raw_home}"
    seen = read_name(name if name_problem is None else raw_name, names, nfc(context))
    damaged, proposed = False, None
    if name_problem is None and gender_whole and (seen.sure or (seen.clean_context and not seen.names)):
        read["name"] = name
        read["residence"] = clean_line(raw_home)
        if not seen.sure:
            problems.append(_warn("TN-32", "name"))
    elif name_problem is not None and (seen.clean_context or not _looks_damaged(raw_name)):
        problems.append(name_problem)
    else:
        damaged = True
        proposed = seen.names[0] if len(seen.names) == 1 else None
        problems.append(Problem("TN-04", "name", {"name": proposed}) if proposed else Problem("TN-13", "name"))
    if not gender:
        problems.append(_warn("TN-30", "gender"))
    if not gender_whole:
        damaged = True

    if isinstance(birth, Problem) or "number" not in read or (name_problem is not None and not damaged):
        return CardReading(None, tuple(problems), damaged, proposed, read)
    year = birth if isinstance(birth, int) else birth.year
    problems += check_number(number, year, gender)
    card = IdCard(
        number, old, read.get("name", ""), None if isinstance(birth, int) else birth, year, gender,
        read.get("residence", ""), issued, tuple(clean_line(part) for part in extra),
    )  # fmt: skip
    return CardReading(card, tuple(problems), damaged, proposed, read, "" if "name" in read else raw_name)


def _card_birth(text: str) -> date | int | Problem:
    """ddMMyyyy, or 0000yyyy where only the year is known; nothing else is a date on a card."""
    if not _DDMMYYYY.fullmatch(text) or not text.isascii():
        return Problem(NO_SUCH_DATE, "birth_date", {"text": text[:20]})
    return parse_birth(text)


def _card_date(text: str) -> date | None:
    found = parse_date(text) if _DDMMYYYY.fullmatch(text) else None
    return found if isinstance(found, date) else None


def _gender(text: str) -> tuple[str, bool]:
    """The sex a card states, and whether the word came through whole; damaged forms of "Nữ" are unmistakable."""
    if tone_free := fold(text):
        if tone_free == "nam":
            return "Nam", True
        if nfc(text).lower() == "nữ":
            return "Nữ", True
        if tone_free[0] == "n":
            return "Nữ", False
    return "", not text


def _name_letters(raw: str) -> tuple[str, Problem | None]:
    """The name as one clean line, or why it cannot be one: empty, too long, or signs no name has."""
    name = clean_line(raw)
    if len(name) > NAME_LIMIT:
        return name, Problem("TN-33", "name", {"n": str(len(name))})
    if not name:
        return name, Problem("TN-22", "name", {"sign": ""})
    bad = next((c for c in nfc(raw) if not (c.isalpha() or c in " '’ʼ.-")), None)
    return name, Problem("TN-22", "name", {"sign": bad}) if bad else None


def _looks_damaged(raw: str) -> bool:
    """Whether odd signs in a name come from a reader or an input method, not from a joker: =, quotes, brackets, @."""
    return len(raw) <= NAME_LIMIT * 3 and bool(raw) and not re.search(r"[=()\"@<>{}\[\]/:;+*%&_#!?$~^]", raw)


def _warn(code: str, place: str, **values: str) -> Problem:
    return Problem(code, place, values, "warning")


def _refuse(code: str, place: str, **values: str) -> CardReading:
    return CardReading(None, (Problem(code, place, values),))
