"""What is different in a new version of the catalogue, in words an administrator decides by."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from desk_app.domain.catalogue import Catalogue
from desk_app.domain.errors import DeskError
from desk_app.domain.procedure import FeeRule, Fixed, PageBands, Procedure, Provincial, Term, Variant


@dataclass(frozen=True, slots=True)
class Change:
    """One procedure that is new, gone or other. ``what`` in order of weight, each a line."""

    procedure: str
    name: str
    kind: str  # new, gone, changed
    what: tuple[str, ...]


def changes(old: Catalogue, new: Catalogue, on: date) -> tuple[Change, ...]:
    """Every procedure that differs, in the order of the new catalogue, those that are gone last."""
    found = []
    for heading in new.headings:
        if heading.id not in old.procedures:
            found.append(Change(heading.id, heading.name, "new", ("Thủ tục mới",)))
            continue
        before, after = old.procedures[heading.id], new.procedures[heading.id]
        if before != after:
            found.append(Change(heading.id, heading.name, "changed", _what(before, after, on)))
    gone = (h for h in old.headings if h.id not in new.procedures)
    return (*found, *(Change(h.id, h.name, "gone", ("Không còn trong danh mục",)) for h in gone))


def unreadable(catalogue: Catalogue) -> tuple[str, ...]:
    """Ids of the procedures whose data cannot be read; a catalogue with any of them is not put into use."""
    bad = []
    for id in catalogue.procedures:
        try:
            _ = catalogue.procedures[id]
        except DeskError:
            bad.append(id)
    return tuple(bad)


def _what(old: Procedure, new: Procedure, on: date) -> tuple[str, ...]:
    said = []
    if old.name != new.name:
        said.append(f"Tên: {old.name} → {new.name}")
    if old.code != new.code:
        said.append(f"Mã: {old.code or 'chưa có'} → {new.code or 'chưa có'}")
    before, after = old.variant_on(on), new.variant_on(on)
    if before is not None and after is not None:
        said += _variant(before, after)
    elif before is not after:
        said.append("Bắt đầu áp dụng" if before is None else f"Hết áp dụng từ {on:%d/%m/%Y}")
    later = [v for v in new.variants if v.valid_from > on and old.variant(v.id) != v]
    said += [f"Đổi từ {v.valid_from:%d/%m/%Y}" for v in later]
    if old.questions != new.questions:
        said.append(f"Câu hỏi hướng dẫn: {len(old.questions)} → {len(new.questions)}")
    return tuple(said) or ("Chỉ đổi lời giải thích, nguồn hoặc từ tìm kiếm",)


def _variant(old: Variant, new: Variant) -> list[str]:
    said = []
    if old.default_term != new.default_term or old.term_cases != new.term_cases:
        said.append(f"Thời hạn: {_term(old.default_term)} → {_term(new.default_term)}")
    before, after = {f.id: f for f in old.fees}, {f.id: f for f in new.fees}
    for id in dict.fromkeys((*before, *after)):
        if before.get(id) != after.get(id):
            name = (after.get(id) or before[id]).name
            said.append(f"{name}: {_fee(before.get(id))} → {_fee(after.get(id))}")
    papers = {d.id: d for d in old.documents}, {d.id: d for d in new.documents}
    said += [f"Thêm giấy tờ: {d.name}" for id, d in papers[1].items() if id not in papers[0]]
    said += [f"Bỏ giấy tờ: {d.name}" for id, d in papers[0].items() if id not in papers[1]]
    said += [f"Đổi giấy tờ: {d.name}" for id, d in papers[1].items() if id in papers[0] and papers[0][id] != d]
    if old.routing != new.routing:
        said.append("Đổi nơi tiếp nhận, giải quyết")
    if old.legal_basis != new.legal_basis:
        said.append("Đổi căn cứ pháp lý")
    return said


def _term(term: Term) -> str:
    unit = {"same_day": "trong ngày", "working_day": "ngày làm việc", "day": "ngày", "hour": "giờ làm việc"}
    if term.value is None or term.unit is None:
        return "chưa xác định"
    return unit[term.unit] if not term.value else f"{term.value} {unit[term.unit]}"


def _fee(rule: FeeRule | None) -> str:
    match rule.calc if rule else None:
        case Fixed(amount):
            return f"{amount:,} đ".replace(",", ".")
        case PageBands(_, _, bands):
            return f"từ {bands[0].per_page_vnd:,} đ/trang".replace(",", ".")
        case Provincial():
            return "theo tỉnh"
        case _:
            return "không thu"
