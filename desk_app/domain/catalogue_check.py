"""Checks of a draft, field by field, in words the administrator acts on; the same rules every desk reads by at the end.

First what each field asks for, then the whole as a procedure: so a draft without problems is a version a desk can use.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, time
from typing import Any

from desk_app.domain.catalogue_draft import Author, Data, Draft, applied, new_variant_id
from desk_app.domain.catalogue_form import BY_ID, SECTIONS, FieldKind, FormField, Problem, Row, Section
from desk_app.domain.condition import DataProblem, Path
from desk_app.domain.procedure_data import procedure_from_data

_NUMBERS = (FieldKind.WHOLE, FieldKind.MONEY)
_LISTS = {"documents": "documents", "fees": "fees", "routing": "routes", "legal_basis": "basis"}
_CALC = {"cap_per_copy": "cap", "type": "how"}


def problems(entry: Data, draft: Draft, author: Author) -> tuple[Problem, ...]:
    """Everything wrong with the draft that can be told; empty = it can be read as a new version of ``entry``."""
    found = [*_start(entry, draft, author.on)]
    for section in SECTIONS:
        for n, row in enumerate(draft.rows[section.id]):
            found += _fields(section, n, row)
    found += _levies(draft)
    if found:
        return tuple(found)
    try:
        procedure_from_data(applied(entry, draft, author))
    except DataProblem as problem:
        return (problem_at(entry, draft, problem.path, problem.reason),)
    return ()


def problem_at(entry: Data, draft: Draft, path: Path, reason: str) -> Problem:
    """The field of the form that a place in the data belongs to; what has none is said of the whole."""
    if len(path) < 3 or path[0] != "variants":
        key = str(path[0]) if path else ""
        return Problem("general", 0, key if BY_ID["general"].field(key) else "", reason)
    mine = _position(entry, draft)
    part, rest = path[2], path[3:]
    if path[1] != mine or not isinstance(part, str):
        return Problem("general", 0, "", reason)
    if part == "time":
        if "stages" in rest and rest[:1] == ("default",):
            at = rest[rest.index("stages") + 1 :]
            return Problem("stages", at[0] if at and isinstance(at[0], int) else 0, "", reason)
        case = rest[:1] == ("cases",) and len(rest) > 1 and isinstance(rest[1], int)
        section, row = ("term_cases", int(rest[1])) if case else ("term", 0)
        return Problem(section, row, _key(section, rest[-1] if rest else ""), reason)
    if part in _LISTS and rest and isinstance(rest[0], int):
        if part == "fees":
            return _in_fee(draft, rest[0], rest[1:], reason)
        return Problem(_LISTS[part], rest[0], _key(_LISTS[part], rest[1] if len(rest) > 1 else ""), reason)
    return Problem("general", 0, _key("general", part), reason)


def _in_fee(draft: Draft, n: int, rest: Path, reason: str) -> Problem:
    fee = draft.rows["fees"][n]
    for part, section in (("bands", "bands"), ("exemptions", "exemptions")):
        if part in rest:
            at = rest.index(part)
            place = rest[at + 1] if len(rest) > at + 1 else 0
            owned = [i for i, row in enumerate(draft.rows[section]) if row.get("fee") == fee["id"]]
            if isinstance(place, int) and place < len(owned):
                key = rest[at + 2] if len(rest) > at + 2 else ""
                return Problem(section, owned[place], _key(section, key), reason)
    last = rest[-1] if rest else ""
    return Problem("fees", n, _key("fees", _CALC.get(str(last), last)), reason)


def _key(section: str, key: str | int) -> str:
    return str(key) if BY_ID[section].field(str(key)) else ""


def _position(entry: Data, draft: Draft) -> int:
    """Where the new version stands among the versions of the entry once the draft is applied."""
    at = next(n for n, v in enumerate(entry["variants"]) if v["id"] == draft.base)
    return at if new_variant_id(entry, draft) == draft.base else at + 1


def _start(entry: Data, draft: Draft, today: date) -> Iterator[Problem]:
    base = next(v for v in entry["variants"] if v["id"] == draft.base)
    begins, ends = date.fromisoformat(base["valid_from"]), base.get("valid_to")
    if draft.valid_from < today:
        yield Problem("general", 0, "", "Ngày áp dụng không được trước hôm nay: hồ sơ đã nhận giữ bản cũ.")
    elif draft.valid_from < begins:
        yield Problem("general", 0, "", f"Thủ tục này bắt đầu áp dụng từ {begins:%d/%m/%Y}; chọn ngày đó hoặc sau đó.")
    elif ends and draft.valid_from > date.fromisoformat(ends):
        last = date.fromisoformat(ends)
        yield Problem("general", 0, "", f"Thủ tục này hết áp dụng sau ngày {last:%d/%m/%Y}.")


def _fields(section: Section, n: int, row: Row) -> Iterator[Problem]:
    for field in section.fields:
        said = _field(field, row.get(field.key))
        if said:
            yield Problem(section.id, n, field.key, said)
    if section.id == "term" and row.get("unit") and row["unit"] != "same_day" and not row.get("value"):
        yield Problem("term", 0, "value", "Ghi số ngày hoặc số giờ, hoặc chọn “chưa xác định”.")
    if section.id == "term" and row.get("cutoff") and not _is_clock(str(row["cutoff"])):
        yield Problem("term", 0, "cutoff", "Ghi giờ dạng 15:00.")


def _field(field: FormField, value: Any) -> str:
    empty = value is None or value == "" or value == () or (isinstance(value, str) and not value.strip())
    if empty:
        return f"Chưa có “{field.words}”." if field.required else ""
    if field.kind in _NUMBERS:
        if not isinstance(value, int) or isinstance(value, bool):
            return "Ghi số nguyên, không có chữ."
        if value < 0:
            return "Không được là số âm."
        if field.most and value > field.most:
            return f"Lớn quá mức cho phép ({field.most:,}).".replace(",", ".")
    elif field.kind is FieldKind.DAY and not isinstance(value, date):
        return "Ghi ngày dạng ngày/tháng/năm."
    elif field.kind in (FieldKind.TEXT, FieldKind.LONG) and field.most and len(str(value)) > field.most:
        return f"Dài quá {field.most} chữ."
    return ""


def _levies(draft: Draft) -> Iterator[Problem]:
    """What a levy needs by the way it is counted, and that bands and exemptions belong to a levy that is there."""
    needs = {"fixed": ("amount",), "page_bands": ("pages", "copies"), "provincial": ("setting",)}
    hows = {row["id"]: row.get("how") for row in draft.rows["fees"]}
    for n, row in enumerate(draft.rows["fees"]):
        for key in needs.get(str(row.get("how")), ()):
            field = BY_ID["fees"].field(key)
            if row.get(key) in (None, "") and field is not None:
                yield Problem("fees", n, key, f"Chưa có “{field.words}”.")
        if row.get("how") == "page_bands" and not any(b.get("fee") == row["id"] for b in draft.rows["bands"]):
            yield Problem("fees", n, "how", "Chưa có bậc trang nào: ghi ở mục “Bậc trang”.")
    for section in ("bands", "exemptions"):
        for n, row in enumerate(draft.rows[section]):
            if row.get("fee") and row["fee"] not in hows:
                yield Problem(section, n, "fee", "Khoản thu này đã bỏ; bỏ cả dòng này hoặc chọn khoản khác.")
            elif section == "bands" and row.get("fee") and hows[row["fee"]] != "page_bands":
                yield Problem(section, n, "fee", "Khoản thu này không tính theo số trang.")


def _is_clock(text: str) -> bool:
    try:
        time.fromisoformat(text)
    except ValueError:
        return False
    return True


def by_field(found: tuple[Problem, ...]) -> Mapping[tuple[str, int, str], str]:
    """The first thing that is wrong with each field."""
    return {(p.section, p.row, p.key): p.text for p in reversed(found)}
