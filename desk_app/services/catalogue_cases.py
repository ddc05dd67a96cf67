"""The written cases of one procedure against an edit: what the authors expect must still come out, or be said anew.

A case of the past runs by the version of its day. For the version that is made now each of those cases is asked again
on the first working day it holds, expecting what the rules before say for that very day: what differs is named, and
the edit waits until somebody says that the new outcome is the right one.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from desk_app.domain.catalogue import Catalogue
from desk_app.domain.errors import DeskError
from desk_app.services.evaluate import agrees, local_time, outcome

Case = Mapping[str, Any]
_COMPARED = ("routing", "documents", "fee_lines", "fee_total", "deadline", "unset_settings")
_WORDS = {
    "variant": "bản áp dụng", "routing": "nơi nộp", "documents": "giấy tờ", "fee_lines": "khoản thu",
    "fee_total": "tổng thu", "deadline": "ngày hẹn", "unset_settings": "mức thu của tỉnh còn thiếu", "error": "lỗi",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class CaseResult:
    """One case. ``differs``: what came out other than expected, each a line; ``accepted``: somebody said it is right."""

    id: str
    title: str
    case: Case
    differs: tuple[str, ...]
    accepted: bool = False

    @property
    def holds(self) -> bool:
        return self.accepted or not self.differs


def run_cases(
    old: Catalogue, new: Catalogue, procedure: str, start: date, accepted: frozenset[str] = frozenset()
) -> tuple[CaseResult, ...]:
    """The cases of ``procedure`` by the catalogue ``new``; ``start``: first day of the version that is made now.

    ``accepted``: ids whose new outcome is the right one; their case is answered with that outcome expected.
    """
    own = [{"procedure": procedure, **case} for case in old.cases.get(procedure, ())]
    moved = list(_moved(old, own, procedure, start))
    return tuple(_result(new, case, str(case["id"]) in accepted) for case in (*own, *moved))


def kept_cases(results: Sequence[CaseResult]) -> tuple[Case, ...]:
    """The cases that go with the edited procedure, without its name in each."""
    return tuple({k: v for k, v in result.case.items() if k != "procedure"} for result in results)


def _moved(old: Catalogue, cases: Sequence[Case], procedure: str, start: date) -> Iterator[Case]:
    """Each case that ran by the version before, asked again on the first working day of the new one."""
    before = old.procedures[procedure].variant_on(start)
    if before is None:
        return
    seen = {str(case["id"]) for case in cases}
    asked = [case for case in cases if _variant_of(old, case) == before.id]
    first = _working_day(old, start)
    for case in asked or [{"id": "khong_tra_loi", "title": "Không trả lời câu nào", "procedure": procedure}]:
        id = f"{case['id']}@{start:%Y%m%d}"
        if id in seen:
            continue
        at = {**case, "id": id, "received_at": f"{first.isoformat()}T09:00:00"}
        try:
            expected = outcome(old, at)
        except (DeskError, ValueError):
            continue
        named = [key for key in _COMPARED if key in (case.get("expect") or _COMPARED)]
        yield {**at, "expect": {key: expected[key] for key in named if key in expected}}


def _variant_of(catalogue: Catalogue, case: Case) -> str:
    try:
        variant = catalogue.procedures[str(case["procedure"])].variant_on(local_time(str(case["received_at"])).date())
    except (DeskError, ValueError, KeyError):
        return ""
    return variant.id if variant else ""


def _working_day(catalogue: Catalogue, start: date) -> date:
    day = start
    while not catalogue.calendar.is_working(day):
        day += timedelta(days=1)
    return day


def _result(new: Catalogue, case: Case, accepted: bool) -> CaseResult:
    expected = case.get("expect")
    wanted: Mapping[str, Any] = expected if isinstance(expected, Mapping) else {}
    try:
        got: Mapping[str, Any] = outcome(new, case)
    except (DeskError, ValueError) as problem:
        got = {"error": str(problem)}
    differs = () if wanted and agrees(wanted, got) else tuple(_differences(wanted, got, _names(new, case)))
    shown = case
    if differs and accepted and "error" not in got:
        shown = {**case, "expect": {key: got[key] for key in wanted if key in got}}
    return CaseResult(str(case["id"]), str(case.get("title") or ""), shown, differs, accepted and "error" not in got)


def _differences(wanted: Mapping[str, Any], got: Mapping[str, Any], names: Mapping[str, str]) -> Iterator[str]:
    if "error" in got:
        yield f"lỗi: {got['error']}"
        return
    for key, value in wanted.items():
        if not agrees({key: value}, got):
            yield f"{_WORDS.get(key, key)}: {_said(value, names)} → {_said(got.get(key), names)}"


def _names(catalogue: Catalogue, case: Case) -> dict[str, str]:
    """What papers and levies of the procedure are called, by id."""
    variants = catalogue.procedures[str(case["procedure"])].variants
    papers = {document.id: document.name for v in variants for document in v.documents}
    return papers | {levy.id: levy.name for v in variants for levy in v.fees}


def _said(value: Any, names: Mapping[str, str]) -> str:
    if value is None:
        return "không"
    if isinstance(value, list):
        return "; ".join(_said(v, names) for v in value) or "không"
    if isinstance(value, Mapping):
        parts = [value.get("id") or value.get("to"), value.get("amount")]
        return " ".join(_said(part, names) for part in parts if part is not None)
    if isinstance(value, bool):
        return "có" if value else "không"
    if isinstance(value, int):
        return f"{value:,} đ".replace(",", ".")
    try:
        return f"{datetime.fromisoformat(str(value)):%d/%m/%Y}"
    except ValueError:
        return names.get(str(value), str(value))
