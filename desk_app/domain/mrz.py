"""The three machine-readable lines on the back of a card (ICAO Doc 9303, TD1): a second look at the front.

The lines have no diacritics, so their name never replaces a name of the QR; every disagreement is a warning.
"""

import re
from datetime import date
from typing import Final

from desk_app.domain.identity import CardReading, IdCard
from desk_app.domain.problem import Problem

_LINE: Final = re.compile(r"[A-Z0-9<]{30}")
_WEIGHTS: Final = (7, 3, 1)


def check_digit(text: str) -> str:
    """Weights 7-3-1 over digits, letters from A = 10 and < = 0, modulo 10."""
    total = 0
    for at, char in enumerate(text):
        value = 0 if char == "<" else int(char, 36)
        total += value * _WEIGHTS[at % 3]
    return str(total % 10)


def parse_mrz(text: str) -> CardReading:
    """A card from its MRZ; the name has no marks and is never taken (TN-13). TN-35 warns of a wrong check digit."""
    lines = [re.sub(r"\s", "", line).upper().replace("«", "<<") for line in text.strip().splitlines() if line.strip()]
    if len(lines) == 1 and len(lines[0]) == 90:
        lines = [lines[0][at : at + 30] for at in (0, 30, 60)]
    if len(lines) != 3 or not all(_LINE.fullmatch(line) for line in lines):
        return CardReading(None, (Problem("TN-05", "card"),))
    one, two, three = lines
    number = one[15:27]
    if not number.isdigit() or not two[:6].isdigit():
        return CardReading(None, (Problem("TN-06", "number", {"n": str(sum(c.isdigit() for c in number))}),))
    problems = [Problem("TN-35", "card", {"field": place}, "warning") for place in _wrong(one, two, number)]
    born = _born(two[:6], number)
    if born is None:
        return CardReading(
            None, (*problems, Problem("TN-21", "birth_date", {"text": two[:6]})), read={"number": number}
        )
    gender = {"M": "Nam", "F": "Nữ"}.get(two[7], "")
    problems.append(Problem("TN-13", "name"))
    name = " ".join(part for part in three.split("<") if part)
    card = IdCard(number, "", "", born, born.year, gender, "", None)
    read = {"number": number, "name_without_marks": name}
    # A line that is full to its end may have cut the name.
    return CardReading(card, tuple(problems), damaged=True, read=read, letters=name if three.endswith("<") else "")


def _wrong(one: str, two: str, number: str) -> list[str]:
    checks = {
        "document": check_digit(one[5:14]) == one[14] and one[5:14] == number[-9:],
        "number": one[29] in ("<", check_digit(one[15:29]), check_digit(number)),
        "birth": check_digit(two[:6]) == two[6],
        "expiry": check_digit(two[8:14]) == two[14],
        "composite": check_digit(one[5:30] + two[:7] + two[8:15] + two[18:29]) == two[29],
    }
    return [place for place, right in checks.items() if not right]


def _born(yymmdd: str, number: str) -> date | None:
    """The century comes from the number's fourth digit: the lines themselves have two digits of the year."""
    century = 1900 + int(number[3]) // 2 * 100
    try:
        return date(century + int(yymmdd[:2]), int(yymmdd[2:4]), int(yymmdd[4:6]))
    except ValueError:
        return None
