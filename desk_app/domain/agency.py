"""Where to go: the agencies a citizen is sent to, with the address, hours and telephone that hold for this commune.

Names and what they are called in routing rules are national data; addresses belong to a unit (five-digit code) and
are laid over them. Where nobody entered an address the slip leaves a line to write on: never a guessed one.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from desk_app.domain.condition import DataProblem
from desk_app.domain.data_node import Node, read_whole
from desk_app.domain.text import fold_letters, nfc


@dataclass(frozen=True, slots=True)
class Agency:
    """One agency as it is printed. ``sample``: an invented address; ``this_desk``: the office itself.

    ``until``: the agency exists no longer after that day (the district level ended with June 2025).
    """

    id: str
    name: str
    address: str = ""
    phone: str = ""
    hours: str = ""
    bring: str = ""
    called: tuple[str, ...] = ()
    this_desk: bool = False
    sample: bool = False
    until: date | None = None

    @property
    def known(self) -> bool:
        """Whether there is an address to send people to."""
        return bool(self.address)


@dataclass(frozen=True, slots=True)
class Place:
    """The agency of one kind that serves one unit; an empty text keeps what the whole country has.

    ``sample``: an invented address among others that were entered.
    """

    agency: str
    name: str = ""
    address: str = ""
    phone: str = ""
    hours: str = ""
    sample: bool = False


@dataclass(frozen=True, slots=True)
class Directory:
    """Every agency and its places by unit."""

    agencies: tuple[Agency, ...] = ()
    places: Mapping[str, tuple[Place, ...]] | None = None
    samples: frozenset[str] = frozenset()

    def find(self, words: str, unit: str) -> Agency:
        """The agency a routing rule means, as it serves ``unit``; one with the bare words when nobody entered it.

        The longest name that begins the words (or stands in them) wins, so that a remark behind it does no harm.
        """
        asked = _key(words)
        named = [(len(_key(name)), agency) for agency in self.agencies for name in agency.called if _key(name) in asked]
        if not named:
            return Agency("", nfc(words))
        agency = max(named, key=lambda pair: pair[0])[1]
        place = next((p for p in (self.places or {}).get(unit, ()) if p.agency == agency.id), None)
        if place is None:
            return agency
        return replace(
            agency,
            name=place.name or agency.name,
            address=place.address,
            phone=place.phone,
            hours=place.hours,
            sample=place.sample or unit in self.samples,
        )


def directory_from_data(data: object) -> Directory:
    """The directory from its data form; raises DataProblem with the place of the first fault."""
    return read_whole(data, (), _directory)


def _directory(node: Node) -> Directory:
    node.raw("schema_version")
    agencies = node.each("agencies", _agency)
    ids = [agency.id for agency in agencies]
    for i, one in enumerate(ids):
        if one in ids[:i]:
            raise DataProblem(("agencies", i, "id"), f"hai cơ quan cùng mã “{one}”")
    places: dict[str, tuple[Place, ...]] = {}
    samples: set[str] = set()
    for i, (unit, sample, found) in enumerate(node.each("units", _unit)):
        if unit in places:
            raise DataProblem(("units", i, "unit"), f"đơn vị “{unit}” ghi hai lần")
        unknown = next((place.agency for place in found if place.agency not in ids), None)
        if unknown is not None:
            raise DataProblem(("units", i, "places"), f"không có cơ quan “{unknown}”")
        places[unit] = found
        if sample:
            samples.add(unit)
    return Directory(agencies, places, frozenset(samples))


def _agency(node: Node) -> Agency:
    return Agency(
        id=node.text("id"),
        name=nfc(node.text("name")),
        bring=node.text("bring", ""),
        called=node.texts("called"),
        this_desk=node.has("this_desk") and node.flag("this_desk"),
        until=node.day("until") if node.has("until") else None,
    )


def _unit(node: Node) -> tuple[str, bool, tuple[Place, ...]]:
    sample = node.has("sample") and node.flag("sample")
    return node.text("unit"), sample, node.each("places", _place)


def _place(node: Node) -> Place:
    return Place(
        node.text("agency"), node.text("name", ""), node.text("address", ""), node.text("phone", ""),
        node.text("hours", ""),
    )  # fmt: skip


def _key(words: str) -> str:
    return " ".join(fold_letters(nfc(words)).split())
