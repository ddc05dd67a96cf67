"""A person as typed by hand, and what is wrong with it, field by field.

Nothing is refused for its inner structure: only what cannot be (a day that no calendar has, eleven digits on a card).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Final, cast

from desk_app.domain.identity import Problem, mask, parse_birth, recognise_number
from desk_app.domain.person import IdKind, Person
from desk_app.domain.text import clean_line, picture_signs

NAME_LIMIT: Final = 200
LINE_LIMIT: Final = 400
ID_KINDS: Final[tuple[tuple[str, str], ...]] = (
    ("cccd", "Căn cước"),
    ("cmnd", "CMND 9 số"),
    ("passport", "Hộ chiếu"),
    ("none", "Không có"),
)
KINDS: Final[tuple[tuple[str, str], ...]] = (
    ("person", "Cá nhân"),
    ("child", "Trẻ em có người giám hộ"),
    ("organisation", "Tổ chức"),
)
GENDERS: Final[tuple[tuple[str, str], ...]] = (("Nam", "Nam"), ("Nữ", "Nữ"))
_SHAPES: Final = {
    "cmnd": "Chứng minh nhân dân cũ có 9 chữ số",
    "passport": "Số hộ chiếu gồm 1 chữ cái và 7 hoặc 8 chữ số",
    "tax": "Mã số thuế gồm 10 chữ số, đơn vị phụ thuộc thêm -001",
}


@dataclass(frozen=True, slots=True, repr=False)
class PersonFields:
    """The fields exactly as typed. ``kind``: person, child or organisation."""

    kind: str = "person"
    name: str = ""
    id_kind: str = "cccd"
    number: str = ""
    birth: str = ""
    gender: str = ""
    residence: str = ""
    phone: str = ""
    signer: str = ""
    signer_detail: str = ""
    cannot_sign: bool = False
    witnesses: str = ""


def digits_of(typed: str) -> str:
    """A number as typed without blanks, dots and hyphens between digits; other signs stay so that they are noticed."""
    return "".join(c for c in typed if c not in " .\u00a0")


def number_problem(kind: str, typed: str) -> Problem | None:
    """Why this cannot be a number of that kind (cccd, cmnd, passport, tax, none); None = it can."""
    number = digits_of(typed)
    if kind == "none":
        return None
    found = recognise_number(number)
    if found is not None and found.kind == kind:
        return None
    if kind == "cccd":
        return Problem("TN-06", "number", {"n": str(sum(c.isdigit() for c in number))})
    return Problem("TN-41", "number", {"shape": _SHAPES[kind]})


def phone_problem(typed: str) -> Problem | None:
    """Why nobody can be called there; empty is allowed."""
    number = digits_of(typed).lstrip("+")
    if not number or (number.isascii() and number.isdigit() and 8 <= len(number) <= 15):
        return None
    return Problem("TN-42", "phone")


def read_person(fields: PersonFields, today: date) -> tuple[Person | None, dict[str, Problem]]:
    """The person, or what is wrong by field name. Text is cleaned to one printable line."""
    organisation = fields.kind == "organisation"
    number = digits_of(clean_line(fields.number, 40)).upper()
    id_kind = "tax" if organisation else fields.id_kind
    birth = "" if organisation or not fields.birth.strip() else parse_birth(fields.birth, today)
    found = [
        _name_problem(fields),
        None if not number and fields.kind != "person" else number_problem(id_kind, number),
        replace(birth, field="birth") if isinstance(birth, Problem) else None,
        phone_problem(fields.phone),
        _signer_problem(fields),
    ]
    problems = {problem.field: problem for problem in found if problem is not None}
    if problems:
        return None, problems
    person = Person(
        name=clean_line(fields.name, NAME_LIMIT),
        id_kind=cast(IdKind, id_kind if number else "none"),
        id_number="" if id_kind == "none" else number,
        birth_date=birth if isinstance(birth, date) else None,
        birth_year=birth if isinstance(birth, int) else None,
        gender="" if organisation else fields.gender,
        residence=clean_line(fields.residence, LINE_LIMIT),
        phone=clean_line(fields.phone, 40),
        kind="organisation" if organisation else "person",
        cannot_sign=fields.cannot_sign,
        witnesses=tuple(w for w in (clean_line(x, NAME_LIMIT) for x in fields.witnesses.split(",")) if w),
    )
    return _with_signer(person, fields), {}


def _name_problem(fields: PersonFields) -> Problem | None:
    name, signs = clean_line(fields.name), picture_signs(fields.name)
    if signs:
        return Problem("TN-22", "name", {"sign": signs})
    if not name:
        return Problem("TN-40", "name")
    return Problem("TN-33", "name", {"n": str(len(name))}) if len(name) > NAME_LIMIT else None


def _signer_problem(fields: PersonFields) -> Problem | None:
    if fields.kind == "person" or clean_line(fields.signer, NAME_LIMIT):
        return None
    return Problem("TN-43", "signer", {"who": "người đại diện" if fields.kind == "organisation" else "người giám hộ"})


def _with_signer(person: Person, fields: PersonFields) -> Person:
    signer = clean_line(fields.signer, NAME_LIMIT)
    detail = clean_line(fields.signer_detail, NAME_LIMIT)
    if fields.kind == "organisation":
        return replace(person, representative=signer, representative_title=detail)
    if fields.kind == "child":
        number = recognise_number(digits_of(detail))
        if number is None:
            return replace(person, guardian=Person(name=signer), relation=detail)
        return replace(person, guardian=Person(name=signer, id_kind=number.kind, id_number=number.number))
    return person


def fields_of(person: Person) -> PersonFields:
    """The fields as they would have been typed for this person, to correct them."""
    if person.kind == "organisation":
        kind, signer, detail = "organisation", person.representative or "", person.representative_title
    elif person.guardian:
        kind, signer, detail = "child", person.guardian.name, person.guardian.id_number or person.relation
    else:
        kind, signer, detail = "person", "", ""
    return PersonFields(
        kind=kind,
        name=person.name,
        id_kind=person.id_kind if person.id_kind in dict(ID_KINDS) else "none",
        number=person.id_number,
        birth=birth_text(person),
        gender=person.gender,
        residence=person.residence,
        phone=person.phone,
        signer=signer,
        signer_detail=detail,
        cannot_sign=person.cannot_sign,
        witnesses=", ".join(person.witnesses),
    )


def birth_text(person: Person) -> str:
    """``12/04/1991``, ``1991`` or ""."""
    if person.birth_date is not None:
        return f"{person.birth_date:%d/%m/%Y}"
    return str(person.birth_year) if person.birth_year else ""


def strip_text(person: Person) -> str:
    """The second line of the citizen strip: ``Nữ · sinh 12/04/1991 · số định danh 000••••••345``."""
    names = {"cccd": "số định danh", "cmnd": "CMND", "passport": "hộ chiếu", "tax": "mã số thuế"}
    parts = [person.gender] if person.gender else []
    if birth := birth_text(person):
        parts.append(f"sinh {birth}")
    if person.id_number:
        parts.append(f"{names.get(person.id_kind, 'số giấy tờ')} {mask(person.id_number)}")
    if person.representative:
        parts.append(f"đại diện: {person.representative}")
    if person.guardian:
        parts.append(f"người giám hộ: {person.guardian.name}")
    return " · ".join(parts)


def draft_person(fields: PersonFields, today: date) -> Person:
    """The person as far as it is typed, for the draft only: nothing is checked, nothing is lost."""
    birth = parse_birth(fields.birth, today) if fields.birth.strip() else None
    kind = fields.id_kind if fields.kind != "organisation" else "tax"
    person = Person(
        name=clean_line(fields.name, NAME_LIMIT),
        id_kind=cast(IdKind, kind),
        id_number=clean_line(fields.number, 40),
        birth_date=birth if isinstance(birth, date) else None,
        birth_year=birth if isinstance(birth, int) else None,
        gender=fields.gender,
        residence=clean_line(fields.residence, LINE_LIMIT),
        phone=clean_line(fields.phone, 40),
        kind="organisation" if fields.kind == "organisation" else "person",
        cannot_sign=fields.cannot_sign,
        witnesses=tuple(w for w in (clean_line(x, NAME_LIMIT) for x in fields.witnesses.split(",")) if w),
    )
    return _with_signer(person, fields)
