"""A spreadsheet of an office against the catalogue: a dry run that names every row, and a draft layer of its fees.

Nothing is changed. What the report finds is decided by people; the draft is signed by whoever may.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence

from desk_app.authoring.spreadsheet import SheetError, SheetRow, read_sheet
from desk_app.domain.catalogue import Catalogue
from desk_app.domain.errors import Refused
from desk_app.domain.overlay import FORMAT
from desk_app.domain.procedure import Procedure, Provincial, Term, TermUnit
from desk_app.domain.sheet_report import Report, ReportLine, Verdict
from desk_app.domain.text import fold
from desk_app.services.desk import Desk

_HEADINGS = {
    "code": ("ma thu tuc", "ma tthc", "ma so", "ma"),
    "name": ("ten thu tuc hanh chinh", "ten thu tuc", "ten tthc", "thu tuc"),
    "term": ("thoi han giai quyet", "thoi han", "thoi gian giai quyet"),
    "fee": ("phi, le phi", "phi le phi", "muc thu", "le phi", "phi"),
}
_CODE = re.compile(r"\d\.\d{6}")
_TERM = re.compile(r"(\d{1,4})\s*(ngay lam viec|ngay|gio lam viec|gio)")
_AMOUNT = re.compile(r"\d{1,3}(?:[.\s]\d{3})+|\d{4,9}|0")
_UNITS = {
    "ngay lam viec": TermUnit.WORKING_DAY, "ngay": TermUnit.DAY, "gio lam viec": TermUnit.HOUR, "gio": TermUnit.HOUR,
}  # fmt: skip
_NOTHING = ("khong thu", "khong", "mien phi", "mien")


def dry_run(desk: Desk, data: bytes) -> Report:
    """Compare a spreadsheet with the catalogue in force. Refuses: DM-19 with the reason it cannot be read."""
    try:
        rows = read_sheet(data)
    except SheetError as problem:
        raise Refused("DM-19", reason=str(problem)) from problem
    at, columns = _heading_row(rows)
    if at is None or "name" not in columns:
        raise Refused("DM-19", reason="không thấy dòng tiêu đề có cột “Tên thủ tục”")
    with desk.store.read() as tx:
        tariffs = desk.profile(tx).tariffs
    by_name = {fold(h.name): h.id for h in desk.catalogue.headings}
    by_name |= {fold(h.official_name): h.id for h in desk.catalogue.headings if h.official_name}
    lines: list[ReportLine] = []
    found: dict[str, int] = {}
    seen: dict[str, int] = {}
    for row in rows[at + 1 :]:
        line = _line(desk, row, columns, by_name, tariffs, found)
        if line is None:
            continue
        if line.procedure and line.procedure in seen:
            reason = f"trùng thủ tục với dòng {seen[line.procedure]}"
            line = ReportLine(line.row, line.name, Verdict.UNREADABLE, (reason, *line.reasons), line.procedure)
        seen.setdefault(line.procedure, row.number)
        lines.append(line)
    return Report(tuple(lines), found)


def draft_layer(report: Report, version: str, serial: int, basis: str) -> bytes:
    """The province's layer that this sheet would make, for signing."""
    layer = {
        "format": FORMAT,
        "layer": "province",
        "over": ["national"],
        "version": version,
        "serial": serial,
        "tariff_basis": basis,
        "tariffs": dict(sorted(report.tariffs.items())),
    }
    return json.dumps(layer, ensure_ascii=False, indent=1, sort_keys=True).encode()


def _heading_row(rows: Sequence[SheetRow]) -> tuple[int | None, dict[str, int]]:
    """The first row that names the columns, within the first twenty."""
    for at, row in enumerate(rows[:20]):
        columns: dict[str, int] = {}
        for key, names in _HEADINGS.items():
            for place, cell in enumerate(row.cells):
                if fold(cell) in names and place not in columns.values():
                    columns.setdefault(key, place)
        if "name" in columns and len(columns) >= 2:
            return at, columns
    return None, {}


def _line(
    desk: Desk, row: SheetRow, columns: Mapping[str, int], by_name: Mapping[str, str], tariffs: Mapping[str, int],
    found: dict[str, int],
) -> ReportLine | None:  # fmt: skip
    def cell(key: str) -> str:
        place = columns.get(key, len(row.cells))
        return row.cells[place] if place < len(row.cells) else ""

    name, code = cell("name"), _CODE.search(cell("code"))
    if not name and code is None:
        return None
    procedure = _match(desk.catalogue, code.group(0) if code else "", name, by_name)
    if procedure is None:
        return ReportLine(row.number, name, Verdict.UNKNOWN, ("không có trong danh mục",))
    reasons: list[str] = []
    unread: list[str] = []
    if code and procedure.code and procedure.code != code.group(0):
        reasons.append(f"mã {code.group(0)}, danh mục ghi {procedure.code}")
    _compare_term(desk, procedure, cell("term"), reasons, unread)
    _compare_fee(desk, procedure, cell("fee"), tariffs, found, reasons, unread)
    verdict = Verdict.UNREADABLE if unread else Verdict.DIFFERS if reasons else Verdict.SAME
    return ReportLine(row.number, name or procedure.name, verdict, (*unread, *reasons), procedure.id)


def _match(catalogue: Catalogue, code: str, name: str, by_name: Mapping[str, str]) -> Procedure | None:
    if code and code in catalogue.by_code:
        return catalogue.by_code[code]
    known = by_name.get(fold(name)) or by_name.get(fold(re.sub(r"(?i)^thủ tục\s+", "", name)))
    return catalogue.procedures[known] if known else None


def _compare_term(desk: Desk, procedure: Procedure, said: str, reasons: list[str], unread: list[str]) -> None:
    variant = procedure.variant_on(desk.now().date())
    if not said or variant is None:
        return
    text = fold(said)
    match = _TERM.search(text)
    if match is None and "trong ngay" not in text:
        unread.append(f"không đọc được thời hạn “{said[:60]}”")
        return
    value, unit = (0, TermUnit.SAME_DAY) if match is None else (int(match.group(1)), _UNITS[match.group(2)])
    term = variant.default_term
    if (value, unit) != (term.value, term.unit):
        reasons.append(f"thời hạn “{said[:60]}”, danh mục ghi {_term(term)}")


def _compare_fee(
    desk: Desk, procedure: Procedure, said: str, tariffs: Mapping[str, int], found: dict[str, int], reasons: list[str],
    unread: list[str],
) -> None:  # fmt: skip
    variant = procedure.variant_on(desk.now().date())
    if not said or variant is None:
        return
    amounts = [int(re.sub(r"\D", "", text)) for text in _AMOUNT.findall(said)]
    nothing = fold(said) in _NOTHING or amounts == [0]
    provincial = [rule.calc for rule in variant.fees if isinstance(rule.calc, Provincial)]
    if nothing:
        if variant.fees:
            reasons.append("bảng ghi không thu, danh mục có khoản thu")
    elif not amounts:
        unread.append(f"không đọc được mức thu “{said[:60]}”")
    elif not variant.fees:
        reasons.append(f"bảng ghi thu “{said[:60]}”, danh mục không thu")
    elif len(provincial) == 1 and len(set(amounts)) == 1:
        setting, amount = provincial[0].setting, amounts[0]
        if tariffs.get(setting) != amount:
            before = tariffs.get(setting)
            reasons.append(f"mức thu {amount} đồng, đang dùng {'chưa có' if before is None else f'{before} đồng'}")
            found[setting] = amount
    elif len(set(amounts)) > 1:
        unread.append(f"có nhiều mức thu “{said[:60]}”, nhập tay từng mức")


def _term(term: Term) -> str:
    words = {TermUnit.WORKING_DAY: "ngày làm việc", TermUnit.DAY: "ngày", TermUnit.HOUR: "giờ làm việc"}
    if term.value is None or term.unit is None:
        return "chưa xác định"
    return "trong ngày" if term.unit is TermUnit.SAME_DAY else f"{term.value} {words[term.unit]}"
