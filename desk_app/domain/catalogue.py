"""The whole catalogue as a desk loads it: procedures, calendar and units from one compiled, signed file.

Procedures are built when first asked for, so that a desk with 3,000 of them starts as fast as one with 150.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, time

from desk_app.domain.agency import Directory, directory_from_data
from desk_app.domain.calendar import WorkCalendar
from desk_app.domain.condition import DataProblem
from desk_app.domain.declaration import DeclarationForm, forms_from_data
from desk_app.domain.errors import Failed
from desk_app.domain.procedure import Procedure
from desk_app.domain.procedure_data import procedure_from_data

FORMAT = "mot-cua-catalogue/1"


class LazyProcedures(Mapping[str, Procedure]):
    """Procedures by id, in catalogue order; each is read from its data once, when it is first wanted."""

    def __init__(self, data: Mapping[str, Mapping[str, object]]) -> None:
        self._data = data
        self._built: dict[str, Procedure] = {}

    def __getitem__(self, procedure_id: str) -> Procedure:
        built = self._built.get(procedure_id)
        if built is None:
            try:
                built = procedure_from_data(self._data[procedure_id], ("procedures", procedure_id))
            except DataProblem as problem:
                raise Failed("TN-09", procedure=procedure_id, reason=str(problem)) from problem
            self._built[procedure_id] = built
        return built

    def __iter__(self) -> Iterator[str]:
        return iter(self._data)

    def __len__(self) -> int:
        return len(self._data)

    def __contains__(self, procedure_id: object) -> bool:
        return procedure_id in self._data

    def data(self, procedure_id: str) -> Mapping[str, object]:
        """The data form of one procedure, as published. Raises KeyError for an unknown id."""
        return self._data[procedure_id]


class ByCode(Mapping[str, Procedure]):
    """The same procedures by national code; those whose code is not confirmed are not here."""

    def __init__(self, ids: Mapping[str, str], procedures: Mapping[str, Procedure]) -> None:
        self._ids = ids
        self._procedures = procedures

    def __getitem__(self, code: str) -> Procedure:
        return self._procedures[self._ids[code]]

    def __iter__(self) -> Iterator[str]:
        return iter(self._ids)

    def __len__(self) -> int:
        return len(self._ids)


@dataclass(frozen=True, slots=True)
class Tariff:
    """An amount that the province sets and the office must enter: its setting, what it is for, who decides it."""

    setting: str
    name: str
    unit: str
    kind: str
    set_by: str


@dataclass(frozen=True, slots=True)
class Heading:
    """What lists and search need of a procedure, without building it."""

    id: str
    code: str | None
    name: str
    short_name: str
    official_name: str
    field: str
    field_name: str
    synonyms: tuple[str, ...]
    depth: str


@dataclass(frozen=True, slots=True)
class Catalogue:
    """One published state of the catalogue; `version` rises with every publication.

    `procedures` by our id, `by_code` by national code, both built when asked for; `headings` is enough for lists and
    search; `cases` by procedure are what its authors expect of it.
    `fields` maps a field id to its name; `units` is the data of administrative units before and after July
    2025; `defaults` are settings that a province or office may lay its own over.
    """

    version: str
    procedures: LazyProcedures
    headings: tuple[Heading, ...]
    by_code: Mapping[str, Procedure]
    calendar: WorkCalendar
    fields: Mapping[str, str]
    tariffs: tuple[Tariff, ...]
    units: Mapping[str, object]
    defaults: Mapping[str, object]
    agencies: Directory
    forms: tuple[DeclarationForm, ...] = ()
    cases: Mapping[str, Sequence[Mapping[str, object]]] = field(default_factory=dict)

    @property
    def serial(self) -> int:
        """Rises by one with every publication; only a higher one replaces this catalogue."""
        found = self.defaults.get("catalogue_serial")
        return found if isinstance(found, int) else 1

    @property
    def usual(self) -> tuple[str, ...]:
        """The procedures a new desk proposes first, the most usual first; only those that are in this catalogue."""
        named = self.defaults.get("usual_procedures") or ()
        return tuple(str(id) for id in named if id in self.procedures) if isinstance(named, list | tuple) else ()

    def in_field(self, field: str) -> tuple[Heading, ...]:
        """The procedures of one field, in catalogue order."""
        return tuple(heading for heading in self.headings if heading.field == field)


def load_catalogue(data: bytes) -> Catalogue:
    """The catalogue from its compiled form; fails with DM-01 when the bytes are not one we can use.

    The signature is checked before this, by whoever received the file.
    """
    try:
        whole = json.loads(data)
        if whole["format"] != FORMAT:
            raise Failed("DM-01", reason=f"định dạng {whole['format']}")
        entries: Mapping[str, Mapping[str, object]] = {entry["id"]: entry for entry in whole["procedures"]}
        procedures = LazyProcedures(entries)
        codes = {str(entry["code"]): key for key, entry in entries.items() if entry.get("code")}
        return Catalogue(
            version=whole["version"],
            procedures=procedures,
            headings=tuple(_heading(entry) for entry in entries.values()),
            by_code=ByCode(codes, procedures),
            calendar=calendar_from_data(whole["calendar"]),
            fields=dict(whole["fields"]),
            tariffs=tuple(Tariff(setting, **entry) for setting, entry in sorted(whole["tariffs"].items())),
            units=whole["units"],
            defaults=whole["defaults"],
            agencies=directory_from_data(whole.get("agencies", {"agencies": [], "units": []})),
            forms=forms_from_data(whole.get("forms", {"forms": []})),
            cases=whole.get("cases", {}),
        )
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as problem:
        raise Failed("DM-01", reason=str(problem)) from problem


def _heading(entry: Mapping[str, object]) -> Heading:
    def text(key: str) -> str:
        return str(entry.get(key) or "")

    synonyms = entry.get("synonyms") or ()
    assert isinstance(synonyms, list | tuple)
    name = text("name")
    return Heading(
        id=text("id"),
        code=text("code") or None,
        name=name,
        short_name=text("short_name") or name,
        official_name=text("official_name_2026"),
        field=text("field"),
        field_name=text("field_name"),
        synonyms=tuple(str(synonym) for synonym in synonyms),
        depth=text("depth"),
    )


def calendar_from_data(data: Mapping[str, object]) -> WorkCalendar:
    """The working calendar from `holidays.yaml`; raises DataProblem."""
    holidays = {_day(item, ("dates", i)): str(item["name"]) for i, item in enumerate(_list(data, "dates"))}
    swapped = {
        _day(item, ("working_days_swapped_in", i)): _made_up(item)
        for i, item in enumerate(_list(data, "working_days_swapped_in"))
    }
    both = sorted(holidays.keys() & swapped.keys())
    if both:
        raise DataProblem(("dates",), f"ngày {both[0]} vừa nghỉ vừa làm bù")
    hours = tuple((_clock(item["start"]), _clock(item["end"])) for item in _list(data, "office_hours"))
    if not hours or any(start >= end for start, end in hours) or list(hours) != sorted(hours):
        raise DataProblem(("office_hours",), "giờ làm việc phải tăng dần, giờ bắt đầu trước giờ kết thúc")
    covers = data["covers"]
    assert isinstance(covers, Mapping)
    first, last = date.fromisoformat(str(covers["from"])), date.fromisoformat(str(covers["to"]))
    return WorkCalendar(holidays, swapped, hours, str(data.get("version") or last.year), (first, last))


def _list(data: Mapping[str, object], key: str) -> list[Mapping[str, object]]:
    items = data.get(key) or []
    if not isinstance(items, list) or not all(isinstance(item, Mapping) for item in items):
        raise DataProblem((key,), f"“{key}” phải là danh sách")
    return items


def _day(item: Mapping[str, object], path: tuple[str | int, ...]) -> date:
    try:
        return date.fromisoformat(str(item["date"]))
    except (KeyError, ValueError):
        raise DataProblem(path, "ngày phải có dạng NĂM-THÁNG-NGÀY") from None


def _clock(value: object) -> time:
    return time.fromisoformat(str(value))


def _made_up(item: Mapping[str, object]) -> str:
    replaces = item.get("replaces")
    return f"làm bù ngày {date.fromisoformat(str(replaces)):%d/%m/%Y}" if replaces else "ngày làm bù"
