"""What of a procedure an office may change by form: sections, fields and their words, the same for screen and checks.

A row is a mapping of plain values by the field's key (text, whole number, date, condition in its data form); ``id`` and
``RAW`` ride along unseen. To let an office change more, add a field here and its place in ``catalogue_draft``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

Row = Mapping[str, Any]
RAW: Final = "_raw"  # the row's data before any change; "" keys of it that no field shows are kept


class FieldKind(StrEnum):
    """How a field is typed. ``FEE``: one of the fee rows; ``QUESTION``: a number question; ``TARIFF``: of the province."""

    TEXT = "text"
    LONG = "long"
    LINES = "lines"
    WHOLE = "whole"
    MONEY = "money"
    DAY = "day"
    CHOICE = "choice"
    WHEN = "when"
    FEE = "fee"
    QUESTION = "question"
    TARIFF = "tariff"


@dataclass(frozen=True, slots=True)
class FormField:
    """One field. ``most``: greatest number or most letters, 0 = no bound of its own. ``hint``: stands in an empty field."""

    key: str
    words: str
    kind: FieldKind = FieldKind.TEXT
    required: bool = False
    most: int = 0
    choices: tuple[tuple[str, str], ...] = ()
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """Fields that are shown together. ``one``: what a row is called; "" = the section is a single row."""

    id: str
    title: str
    fields: tuple[FormField, ...]
    one: str = ""

    @property
    def many(self) -> bool:
        return bool(self.one)

    def field(self, key: str) -> FormField | None:
        return next((found for found in self.fields if found.key == key), None)


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with one field. ``key`` "" = the whole row."""

    section: str
    row: int
    key: str
    text: str


_K = FieldKind
UNKNOWN_UNIT: Final = ""
_UNITS = (
    ("working_day", "ngày làm việc"), ("day", "ngày"), ("hour", "giờ làm việc"), ("same_day", "trong ngày"),
)  # fmt: skip
_PAPER = (("nop", "Nộp"), ("xuat_trinh", "Xuất trình"))
_LEVY = (("le_phi", "Lệ phí"), ("phi", "Phí"))
_HOW = (("fixed", "Mức cố định"), ("page_bands", "Theo số trang"), ("provincial", "Theo nghị quyết của tỉnh"))
_WHEN = FormField("when", "Khi nào", _K.WHEN)

GENERAL = Section("general", "Chung", (
    FormField("name", "Tên thủ tục", required=True, most=400),
    FormField("explanation", "Giải thích cho người dân", _K.LONG, most=2_000),
    FormField("common_mistakes", "Hay thiếu, hay sai (mỗi dòng một ý)", _K.LINES),
    FormField("synonyms", "Từ người dân hay dùng (mỗi dòng một từ)", _K.LINES),
    FormField("implementing_agency", "Cơ quan thực hiện", required=True, most=300),
    FormField("competent_agency", "Cơ quan có thẩm quyền quyết định", required=True, most=300),
    FormField("coordinating_agency", "Cơ quan phối hợp", most=300),
    FormField("result", "Kết quả", most=400),
    FormField("checked", "Văn bản đã đối chiếu", most=300, hint="số, ký hiệu, điều; để trống thì ghi chưa kiểm chứng"),
))  # fmt: skip
TERM = Section("term", "Thời hạn", (
    FormField("value", "Số", _K.WHOLE, most=3650),
    FormField("unit", "Đơn vị", _K.CHOICE, choices=(*_UNITS, (UNKNOWN_UNIT, "chưa xác định"))),
    FormField("cutoff", "Nhận sau giờ này thì trả hôm sau", most=5, hint="15:00"),
    FormField("note", "Ghi chú", most=400),
))  # fmt: skip
TERM_CASES = Section("term_cases", "Thời hạn riêng", (
    FormField("when", "Khi nào", _K.WHEN, required=True),
    FormField("value", "Số", _K.WHOLE, required=True, most=3650),
    FormField("unit", "Đơn vị", _K.CHOICE, required=True, choices=_UNITS),
    FormField("note", "Ghi chú", most=400),
), "trường hợp")  # fmt: skip
STAGES = Section("stages", "Chặng thời hạn", (
    FormField("agency", "Cơ quan", required=True, most=300),
    FormField("value", "Số ngày", _K.WHOLE, required=True, most=3650),
), "chặng")  # fmt: skip
DOCUMENTS = Section("documents", "Giấy tờ", (
    FormField("name", "Tên giấy tờ", required=True, most=500),
    FormField("kind", "Loại", _K.CHOICE, required=True, choices=_PAPER),
    FormField("originals", "Bản chính", _K.WHOLE, required=True, most=50),
    FormField("copies", "Bản sao", _K.WHOLE, required=True, most=50),
    _WHEN,
    FormField("form", "Mẫu", most=100),
    FormField("issuer", "Nơi cấp", most=200),
    FormField("note", "Lưu ý", _K.LONG, most=1_000),
), "giấy tờ")  # fmt: skip
FEES = Section("fees", "Phí, lệ phí", (
    FormField("name", "Tên khoản thu", required=True, most=300),
    FormField("kind", "Loại", _K.CHOICE, required=True, choices=_LEVY),
    FormField("unit", "Đơn vị tính", required=True, most=60),
    FormField("how", "Cách tính", _K.CHOICE, required=True, choices=_HOW),
    FormField("amount", "Mức thu", _K.MONEY, most=1_000_000_000),
    FormField("times", "Nhân với câu trả lời", _K.QUESTION),
    FormField("setting", "Mức của tỉnh", _K.TARIFF),
    FormField("pages", "Số trang theo câu", _K.QUESTION),
    FormField("copies", "Số bản theo câu", _K.QUESTION),
    FormField("cap", "Cao nhất một bản", _K.MONEY, most=1_000_000_000),
    _WHEN,
    FormField("basis", "Căn cứ", most=300),
    FormField("note", "Ghi chú", most=400),
), "khoản thu")  # fmt: skip
BANDS = Section("bands", "Bậc trang", (
    FormField("fee", "Khoản thu", _K.FEE, required=True),
    FormField("from", "Từ trang", _K.WHOLE, required=True, most=100_000),
    FormField("to", "Đến trang", _K.WHOLE, most=100_000, hint="để trống: trở đi"),
    FormField("per_page", "Mức một trang", _K.MONEY, required=True, most=1_000_000_000),
), "bậc")  # fmt: skip
EXEMPTIONS = Section("exemptions", "Miễn", (
    FormField("fee", "Khoản thu", _K.FEE, required=True),
    FormField("when", "Khi nào", _K.WHEN, required=True),
    FormField("reason", "Lý do, in trên biên lai", required=True, most=200),
    FormField("basis", "Căn cứ", required=True, most=300),
), "đối tượng miễn")  # fmt: skip
ROUTES = Section("routes", "Nộp nơi khác", (
    _WHEN,
    FormField("to", "Nơi nộp, cơ quan", required=True, most=300),
    FormField("reason", "Lý do", required=True, most=500),
), "nơi nộp")  # fmt: skip
BASIS = Section("basis", "Căn cứ pháp lý", (
    FormField("number", "Số, ký hiệu", required=True, most=80),
    FormField("date", "Ngày", _K.DAY),
    FormField("name", "Tên văn bản", required=True, most=400),
), "văn bản")  # fmt: skip

SECTIONS: Final = (GENERAL, TERM, STAGES, TERM_CASES, DOCUMENTS, FEES, BANDS, EXEMPTIONS, ROUTES, BASIS)
BY_ID: Final = {section.id: section for section in SECTIONS}

_BY_HOW = {"fixed": ("amount", "times"), "page_bands": ("pages", "copies", "cap"), "provincial": ("setting", "times")}
_ONLY_SOME = frozenset(key for keys in _BY_HOW.values() for key in keys)


def asked_of(section: Section, row: Row) -> tuple[FormField, ...]:
    """The fields that mean something for this row: a levy by pages has no amount, a term of one day no number."""
    if section.id == "fees":
        wanted = _BY_HOW.get(str(row.get("how")), ())
        return tuple(f for f in section.fields if f.key not in _ONLY_SOME or f.key in wanted)
    if section.id == "term":
        unit = row.get("unit") or UNKNOWN_UNIT
        gone = {"same_day": "value", UNKNOWN_UNIT: "value"}.get(unit, "cutoff")
        hidden = {gone} if unit else {"value", "cutoff", "note"}
        return tuple(f for f in section.fields if f.key not in hidden)
    return section.fields


def row_words(section: Section, row: Row) -> str:
    """What a row is called in the list of its section."""
    first = next((row.get(key) for key in ("name", "agency", "reason", "to", "number", "note") if row.get(key)), "")
    if section.id == "bands":
        until = f"–{row['to']}" if row.get("to") else " trở đi"
        return f"Trang {row.get('from') or '…'}{until}"
    if section.id == "term_cases" and row.get("value") is not None:
        units = dict(_UNITS)
        return f"{row['value'] or ''} {units.get(str(row.get('unit')), '')}".strip()
    return str(first or f"({section.one} mới)")
