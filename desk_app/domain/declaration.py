"""A declaration form as data: its lines in the order of the official layout, and which of them the desk can fill.

Whoever applies only checks and signs. What the desk does not know stays a dotted line: nothing is guessed, least of
all how people are related.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from desk_app.domain.condition import Answer, DataProblem
from desk_app.domain.data_node import Node, read_whole
from desk_app.domain.person import Person
from desk_app.domain.procedure import Procedure

VIETNAMESE: Final = "Việt Nam"
PERSONS: Final = ("applicant", "requester", "male", "female")
FACTS: Final = ("name", "birth", "gender", "residence", "identity", "number", "phone", "nationality", "relation")
_KINDS: Final = {"cccd": "Căn cước", "cmnd": "CMND", "passport": "Hộ chiếu"}


@dataclass(frozen=True, slots=True)
class Blank:
    """One label and where its value comes from, "" = always a dotted line."""

    label: str
    fill: str = ""


@dataclass(frozen=True, slots=True)
class FormLine:
    """Plain ``text``, or one or more blanks side by side."""

    text: str = ""
    blanks: tuple[Blank, ...] = ()


@dataclass(frozen=True, slots=True)
class DeclarationForm:
    """A form. ``seen``: the compiler had the official layout before him; ``copies``: the question that counts copies."""

    id: str
    title: str
    regulation: str
    seen: bool
    procedures: tuple[str, ...]
    lines: tuple[FormLine, ...]
    signers: tuple[str, ...] = ()
    copies: str = ""


@dataclass(frozen=True, slots=True)
class FilledLine:
    """A line ready to be drawn: words, or labels with values ("" = dots)."""

    text: str
    blanks: tuple[tuple[str, str], ...]


def forms_from_data(data: object) -> tuple[DeclarationForm, ...]:
    """Every form from its data; raises DataProblem with the place of the first fault."""
    return read_whole(data, (), _forms)


def _forms(node: Node) -> tuple[DeclarationForm, ...]:
    node.raw("schema_version")
    found = node.each("forms", _form)
    claimed: dict[str, str] = {}
    for i, form in enumerate(found):
        for procedure in form.procedures:
            if procedure in claimed:
                raise DataProblem(("forms", i, "procedures"), f"“{procedure}” đã có tờ khai “{claimed[procedure]}”")
            claimed[procedure] = form.id
    return found


def _form(node: Node) -> DeclarationForm:
    return DeclarationForm(
        id=node.text("id"),
        title=node.text("title"),
        regulation=node.text("regulation"),
        seen=node.flag("seen"),
        procedures=node.texts("procedures"),
        lines=node.each("lines", _line),
        signers=node.texts("signers"),
        copies=node.text("copies", ""),
    )


def _line(node: Node) -> FormLine:
    if node.has("text"):
        return FormLine(node.text("text"))
    if node.has("pair"):
        parts = node.texts("pair")
        if len(parts) % 2 or not parts:
            raise DataProblem(node.at("pair"), "mỗi ô của dòng cần một nhãn và một nguồn dữ liệu")
        return FormLine(
            "", tuple(_blank(label, fill, node) for label, fill in zip(parts[::2], parts[1::2], strict=True))
        )
    return FormLine("", (_blank(node.text("field"), node.text("fill", ""), node),))


def _blank(label: str, fill: str, node: Node) -> Blank:
    who, _, what = fill.partition(".")
    known = not fill or who == "answer" or (who in PERSONS and what in FACTS)
    if not known:
        raise DataProblem(node.path, f"không lấy được “{fill}” để điền tờ khai")
    return Blank(label, fill)


def fill_form(
    form: DeclarationForm,
    procedure: Procedure,
    applicant: Person | None,
    submitter: Person | None,
    answers: Mapping[str, Answer],
) -> tuple[FilledLine, ...]:
    """The lines with everything that card and answers say."""
    people = _people(applicant, submitter)

    def value(fill: str) -> str:
        who, _, what = fill.partition(".")
        if who == "answer":
            return _said(procedure, what, answers)
        person = people.get(who)
        return _fact(person, what, is_self=person is applicant) if person is not None else ""

    return tuple(
        FilledLine(x.text, tuple((b.label, value(b.fill) if b.fill else "") for b in x.blanks)) for x in form.lines
    )


def _people(applicant: Person | None, submitter: Person | None) -> dict[str, Person]:
    found: dict[str, Person] = {}
    if applicant is not None:
        found["applicant"] = applicant
        sex = {"Nam": "male", "Nữ": "female"}.get(applicant.gender)
        if sex:
            found[sex] = applicant
    requester = submitter or applicant
    if requester is not None:
        found["requester"] = requester
    return found


def _fact(person: Person, what: str, *, is_self: bool) -> str:
    match what:
        case "birth":
            if person.birth_date is not None:
                return f"{person.birth_date:%d/%m/%Y}"
            return str(person.birth_year) if person.birth_year else ""
        case "identity":
            return _identity(person)
        case "number":
            return person.id_number if person.id_kind == "cccd" else ""
        case "nationality":
            return VIETNAMESE if person.id_kind in ("cccd", "cmnd") else ""
        case "relation":
            return "Bản thân" if is_self else person.relation
        case _:
            return str(getattr(person, what))


def _identity(person: Person) -> str:
    kind = _KINDS.get(person.id_kind, "")
    if not kind or not person.id_number:
        return ""
    issued: date | None = person.issued_on
    return f"{kind} số {person.id_number}" + (f", cấp ngày {issued:%d/%m/%Y}" if issued else "")


def _said(procedure: Procedure, question_id: str, answers: Mapping[str, Answer]) -> str:
    question, answer = procedure.question(question_id), answers.get(question_id)
    if question is None or answer is None:
        return ""
    if isinstance(answer, bool):
        return "Có" if answer else "Không"
    return question.labels.get(answer, answer) if isinstance(answer, str) else str(answer)
