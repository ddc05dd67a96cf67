"""A procedure on its way to a new version: from its data to rows of the form, and back into data.

What the form does not show (steps, submission, further texts) is carried over untouched. The version that held before
ends the day before the new one begins, so a dossier is always read by the rules of its day.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from desk_app.domain.catalogue_form import (
    BASIS,
    DOCUMENTS,
    RAW,
    ROUTES,
    STAGES,
    UNKNOWN_UNIT,
    FieldKind,
    FormField,
    Row,
)

Data = Mapping[str, Any]
_OF_PROCEDURE = ("name", "explanation", "common_mistakes", "synonyms")
_OF_VARIANT = ("implementing_agency", "competent_agency", "coordinating_agency", "result")
_FEE_TEXTS = ("name", "kind", "unit", "when", "basis", "note")


@dataclass(frozen=True, slots=True)
class Draft:
    """``base``: the version it begins from; ``rows`` by section, a single section has one."""

    procedure: str
    base: str
    valid_from: date
    rows: Mapping[str, tuple[Row, ...]]

    def one(self, section: str) -> Row:
        return self.rows[section][0]

    def with_rows(self, section: str, rows: Sequence[Row]) -> Draft:
        return replace(self, rows={**self.rows, section: tuple(rows)})

    def with_value(self, section: str, row: int, key: str, value: object) -> Draft:
        """The draft with one field changed."""
        rows = list(self.rows[section])
        rows[row] = {**rows[row], key: value}
        return self.with_rows(section, rows)

    def new_id(self, section: str) -> str:
        """An id for a further row of the section that no row of it has."""
        taken = {row.get("id") for row in self.rows[section]}
        return next(id for n in range(1, 10_000) if (id := f"xa_{n}") not in taken)


@dataclass(frozen=True, slots=True)
class Author:
    """Who changes it and when; the paper it was checked against stands in the draft."""

    name: str
    on: date


def draft_of(entry: Data, valid_from: date) -> Draft:
    """The form of the version in force on ``valid_from``, else of the last before it, else of the first."""
    base = _base(entry["variants"], valid_from)
    fees = base.get("fees") or ()
    time = base.get("time") or {}
    general = {key: entry.get(key) for key in _OF_PROCEDURE} | {key: base.get(key) for key in _OF_VARIANT}
    rows: dict[str, tuple[Row, ...]] = {
        "general": (general | {"checked": ""},),
        "term": (_term_row(time.get("default")),),
        "stages": tuple(_row(item, STAGES.fields) for item in (time.get("default") or {}).get("stages") or ()),
        "term_cases": tuple({**_term_row(case), "when": case.get("when")} for case in time.get("cases") or ()),
        "documents": tuple(_row(item, DOCUMENTS.fields) for item in base.get("documents") or ()),
        "fees": tuple(_fee_row(fee) for fee in fees),
        "bands": tuple(_owned(fee, band) for fee in fees for band in fee["calc"].get("bands") or ()),
        "exemptions": tuple(_owned(fee, item) for fee in fees for item in fee.get("exemptions") or ()),
        "routes": tuple(_row(item, ROUTES.fields) for item in base.get("routing") or ()),
        "basis": tuple(_row(item, BASIS.fields) for item in base.get("legal_basis") or ()),
    }
    return Draft(str(entry["id"]), str(base["id"]), valid_from, rows)


def applied(entry: Data, draft: Draft, author: Author) -> dict[str, Any]:
    """The entry with the draft as its version from ``valid_from`` on; the given entry is not changed.

    What was changed without naming the paper it was checked against is no longer said to be checked.
    """
    general = draft.one("general")
    new = _set(dict(entry), {key: general.get(key) for key in _OF_PROCEDURE})
    base = next(v for v in entry["variants"] if v["id"] == draft.base)
    changed = _variant(base, draft, author)
    if changed is not base:
        new["variants"] = _in_line(list(entry["variants"]), base, changed, draft.valid_from)
    return dict(entry) if _bare(new) == _bare(entry) else new


def new_variant_id(entry: Data, draft: Draft) -> str:
    """The version that holds from ``valid_from`` on once the draft is applied."""
    base = next(v for v in entry["variants"] if v["id"] == draft.base)
    if draft.valid_from <= _day(base["valid_from"]):
        return str(base["id"])
    return _free_id(entry["variants"], str(entry["id"]), draft.valid_from)


def _free_id(variants: Sequence[Data], procedure: str, start: date) -> str:
    taken, stem = {v["id"] for v in variants}, f"{procedure}@xa-{start:%Y%m%d}"
    return next(id for n in range(1, 1_000) if (id := stem if n == 1 else f"{stem}-{n}") not in taken)


def _base(variants: Sequence[Data], on: date) -> Data:
    order = sorted(variants, key=lambda v: str(v["valid_from"]))
    begun = [v for v in order if _day(v["valid_from"]) <= on]
    return begun[-1] if begun else order[0]


def _in_line(variants: list[Data], base: Data, changed: Data, start: date) -> list[Data]:
    """The versions with the changed one in its place."""
    at = next(n for n, v in enumerate(variants) if v is base)
    if start <= _day(base["valid_from"]):
        variants[at] = changed
        return variants
    id = _free_id(variants, str(base["id"]).partition("@")[0], start)
    later = {**changed, "id": id, "valid_from": start.isoformat()}
    variants[at] = {**base, "valid_to": (start - timedelta(days=1)).isoformat()}
    variants.insert(at + 1, later)
    return variants


def _variant(base: Data, draft: Draft, author: Author) -> Data:
    """The version with what the draft says; ``base`` itself when that is nothing new."""
    general = draft.one("general")
    mark = _Mark(str(general.get("checked") or "").strip(), author)
    own = {key: general.get(key) for key in _OF_VARIANT}
    own["legal_basis"] = [_kept(_back(row, BASIS.fields), row) for row in draft.rows["basis"]]
    own["routing"] = [_kept(_back(row, ROUTES.fields), row) for row in draft.rows["routes"]]
    new = mark.whole(_set(dict(base), own), base)
    listed = {
        "documents": [mark.row(_back(row, DOCUMENTS.fields), row) for row in draft.rows["documents"]],
        "fees": [mark.row(_fee_data(row, draft), row) for row in draft.rows["fees"]],
    }
    new = _set(new, listed)
    cases = [mark.row(_case_data(row), row) for row in draft.rows["term_cases"]]
    new["time"] = {**(base.get("time") or {}), "default": _term_data(draft, mark), "cases": cases}
    if _bare(new) == _bare(base):
        return base
    new["as_of"] = author.on.isoformat()
    if mark.document:
        new["sources"] = [*(base.get("sources") or ()), {"title": mark.document}]
    return new


def _bare(data: Any) -> Any:
    """The data without empty values, however deep: what is left out and what is empty mean the same."""
    if isinstance(data, Mapping):
        found = {key: _bare(value) for key, value in data.items()}
        return {key: value for key, value in found.items() if value not in (None, "", [], {})}
    return [_bare(item) for item in data] if isinstance(data, list | tuple) else data


def _kept(data: dict[str, Any], row: Row) -> dict[str, Any]:
    """``data``, or the very data the row began with when they say the same."""
    raw = row.get(RAW)
    return dict(raw) if raw and _bare(raw) == _bare(data) else data


@dataclass(frozen=True, slots=True)
class _Mark:
    """How sure what was changed is: checked against a document by somebody, or not."""

    document: str
    author: Author

    def row(self, data: dict[str, Any], row: Row) -> dict[str, Any]:
        """``data`` as it was when nothing in it changed, else with who checked it."""
        if _kept(data, row) is not data:
            return dict(row[RAW])
        bare = {k: v for k, v in data.items() if k != "verified"}
        if not self.document:
            return {**bare, "confidence": "knowledge"}
        seen = {"by": self.author.name, "on": self.author.on.isoformat(), "document": self.document}
        return {**bare, "confidence": "verified", "verified": seen}

    def whole(self, data: dict[str, Any], base: Data) -> dict[str, Any]:
        """A version whose own texts changed: when nobody checked them, the whole of it is not sure any more."""
        if self.document or _bare(data) == _bare(base):
            return data
        return {**{k: v for k, v in data.items() if k != "verified"}, "confidence": "knowledge"}


# ---- data → row ------------------------------------------------------------------------------------------------------


def _row(raw: Data, fields: Sequence[FormField]) -> Row:
    return {RAW: raw, "id": raw.get("id"), **{f.key: _cell(raw.get(f.key), f.kind) for f in fields}}


def _cell(value: Any, kind: FieldKind) -> Any:
    return _day(value) if kind is FieldKind.DAY and value else value


def _term_row(found: Data | None) -> Row:
    raw = found or {}
    shown = {"value": raw.get("value"), "unit": raw.get("unit") or UNKNOWN_UNIT, "note": raw.get("note")}
    return {RAW: raw, "cutoff": raw.get("cutoff"), **shown}


def _fee_row(raw: Data) -> Row:
    calc = raw["calc"]
    shown = {key: calc.get(key) for key in ("amount", "times", "setting", "pages", "copies")}
    texts = {key: raw.get(key) for key in _FEE_TEXTS}
    return {RAW: raw, "id": raw["id"], **texts, "how": calc["type"], "cap": calc.get("cap_per_copy"), **shown}


def _owned(fee: Data, item: Data) -> Row:
    return {RAW: item, **item, "fee": fee["id"]}


# ---- row → data ------------------------------------------------------------------------------------------------------


def _back(row: Row, fields: Sequence[FormField]) -> dict[str, Any]:
    data = dict(row.get(RAW) or {})
    if row.get("id"):
        data["id"] = row["id"]
    return _set(data, {f.key: row.get(f.key) for f in fields})


def _set(data: dict[str, Any], values: Mapping[str, Any]) -> dict[str, Any]:
    """The data with these values; an empty one leaves its key out."""
    for key, value in values.items():
        cell = value.isoformat() if isinstance(value, date) else list(value) if isinstance(value, tuple) else value
        cell = cell.strip() if isinstance(cell, str) else cell
        if cell in (None, "", []):
            data.pop(key, None)
        else:
            data[key] = cell
    return data


def _fee_data(row: Row, draft: Draft) -> dict[str, Any]:
    raw = row.get(RAW) or {}
    data = _set({**raw, "id": row["id"]}, {key: row.get(key) for key in _FEE_TEXTS})
    data["calc"] = _calc(row, raw.get("calc") or {}, _of(row, draft, "bands"))
    keys = ("when", "reason", "basis")
    exempt = [_set(dict(x.get(RAW) or {}), {key: x.get(key) for key in keys}) for x in _of(row, draft, "exemptions")]
    return _set(data, {"exemptions": exempt})


def _calc(row: Row, old: Data, bands: Sequence[Row]) -> dict[str, Any]:
    how = row.get("how")
    calc: dict[str, Any] = dict(old) if old.get("type") == how else {"type": how}
    if how == "page_bands":
        calc["bands"] = [{key: band.get(key) for key in ("from", "to", "per_page")} for band in bands]
        return _set(calc, {"pages": row.get("pages"), "copies": row.get("copies"), "cap_per_copy": row.get("cap")})
    if how == "provincial":
        return _set(calc, {"setting": row.get("setting"), "times": row.get("times")})
    return _set({**calc, "amount": row.get("amount")}, {"times": row.get("times")})


def _of(fee: Row, draft: Draft, section: str) -> list[Row]:
    return [row for row in draft.rows[section] if row.get("fee") == fee["id"]]


def _case_data(row: Row) -> dict[str, Any]:
    return _set(dict(row.get(RAW) or {}), {key: row.get(key) for key in ("when", "value", "unit", "note")})


def _term_data(draft: Draft, mark: _Mark) -> dict[str, Any] | None:
    row = draft.one("term")
    unit = row.get("unit") or UNKNOWN_UNIT
    if unit == UNKNOWN_UNIT:
        return None
    same_day = unit == "same_day"
    data = dict(row.get(RAW) or {})
    data = _set(data, {"unit": unit, "note": row.get("note"), "cutoff": row.get("cutoff") if same_day else None})
    data["value"] = 0 if same_day else row.get("value")
    data = _set(data, {"stages": [_kept(_back(stage, STAGES.fields), stage) for stage in draft.rows["stages"]]})
    if "cutoff" not in data:
        data.pop("after_cutoff", None)
    else:
        data.setdefault("after_cutoff", {"value": 1, "unit": "working_day"})
    return mark.row(data, row)


def _day(text: Any) -> date:
    return text if isinstance(text, date) else date.fromisoformat(str(text))
