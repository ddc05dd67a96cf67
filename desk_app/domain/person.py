"""Who stands at the counter: a person by card, passport, old number or none; a child with a guardian; an organisation.

A `Person` is frozen and never shows itself: `repr` and `str` print no field, so that no log, crash report or test
output can carry a name. What is kept goes through `to_subject`, a JSON-able object without absent keys.
"""

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from datetime import date
from typing import Final, Literal, cast

from desk_app.domain.identity import IdCard
from desk_app.domain.text import nfc

IdKind = Literal["cccd", "cmnd", "passport", "tax", "none"]
PersonKind = Literal["person", "organisation"]
_ID_KINDS: Final = frozenset({"cccd", "cmnd", "passport", "tax", "none"})
_KINDS: Final = frozenset({"person", "organisation"})
_NESTED: Final = ("acting_for", "guardian")
_ADULT_AGE: Final = 18


@dataclass(frozen=True, slots=True, repr=False)
class Person:
    """One applicant or submitter, with whom they stand for.

    `id_number` belongs to `id_kind` ("tax" for an organisation's tax code). `birth_year` alone is enough for old
    registrations. `representative` is the natural person who signs for an organisation, `authority` the paper that
    says so. `acting_for` is who gave the power, `guardian` who signs for a child. `witnesses` are the names of those
    who sign beside a fingerprint.
    """

    name: str
    id_kind: IdKind = "none"
    id_number: str = ""
    birth_date: date | None = None
    birth_year: int | None = None
    gender: str = ""
    residence: str = ""
    phone: str = ""
    email: str = ""
    kind: PersonKind = "person"
    representative: str | None = None
    representative_title: str = ""
    acting_for: "Person | None" = None
    authority: str = ""
    guardian: "Person | None" = None
    relation: str = ""
    cannot_sign: bool = False
    witnesses: tuple[str, ...] = ()
    old_number: str = ""
    issued_on: date | None = None

    def __repr__(self) -> str:
        return f"<Person {self.kind}, hidden>"

    def __post_init__(self) -> None:
        if self.birth_date is not None and self.birth_year is None:
            object.__setattr__(self, "birth_year", self.birth_date.year)

    def to_subject(self) -> dict[str, object]:
        """What is kept of this person: NFC text, ISO dates, whole numbers; absent and empty keys left out."""
        kept: dict[str, object] = {}
        for part in fields(self):
            value = getattr(self, part.name)
            if value is None or value is False or value in ("", ()):
                continue
            kept[part.name] = _plain(value)
        if self.birth_date is not None:
            kept.pop("birth_year", None)
        if self.id_kind == "none" and not self.id_number:
            kept.pop("id_kind", None)
        if self.kind == "person":
            kept.pop("kind", None)
        return kept

    @classmethod
    def from_subject(cls, kept: Mapping[str, object]) -> "Person":
        """The person a subject describes; keys of a later version are ignored, a wrong value raises ValueError."""
        known = {part.name for part in fields(cls)}
        values: dict[str, object] = {key: value for key, value in kept.items() if key in known}
        for key in ("birth_date", "issued_on"):
            if key in values:
                values[key] = date.fromisoformat(str(values[key]))
        for key in _NESTED:
            if key in values:
                values[key] = cls.from_subject(cast(Mapping[str, object], values[key]))
        if "witnesses" in values:
            values["witnesses"] = tuple(str(x) for x in cast(list[object], values["witnesses"]))
        if values.get("id_kind", "none") not in _ID_KINDS or values.get("kind", "person") not in (
            "person",
            "organisation",
        ):
            raise ValueError("unknown kind of person or of paper")
        if not isinstance(values.get("name"), str):
            raise ValueError("a person has a name")  # noqa: TRY004 - one error for every wrong value
        return cls(**values)  # type: ignore[arg-type]

    @classmethod
    def from_card(cls, card: IdCard, *, phone: str = "") -> "Person":
        """The person a card names; the citizen adds only a telephone number."""
        return cls(
            name=card.name, id_kind="cccd", id_number=card.number, birth_date=card.birth_date,
            birth_year=card.birth_year, gender=card.gender, residence=card.residence, phone=phone,
            old_number=card.old_number, issued_on=card.issued_on,
        )  # fmt: skip

    def signer(self) -> str:
        """The name under the signature: representative, guardian or the person."""
        if self.kind == "organisation" and self.representative:
            return self.representative
        return self.guardian.name if self.guardian else self.name

    def age_on(self, day: date) -> int | None:
        """Full years on `day`; with only the year known the smaller of the two possible ages; None when unknown."""
        if self.birth_date is not None:
            before = (day.month, day.day) < (self.birth_date.month, self.birth_date.day)
            return day.year - self.birth_date.year - before
        return None if self.birth_year is None else day.year - self.birth_year - 1

    def needs_guardian_on(self, day: date) -> bool:
        """A natural person under 18 signs through a guardian (Bộ luật Dân sự 2015 Điều 20–22, 47)."""
        age = self.age_on(day)
        return self.kind == "person" and age is not None and age < _ADULT_AGE

    def with_phone(self, phone: str) -> "Person":
        return replace(self, phone=phone)


def _plain(value: object) -> object:
    if isinstance(value, Person):
        return value.to_subject()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple):
        return [nfc(str(item)) for item in value]
    return nfc(value) if isinstance(value, str) else value
