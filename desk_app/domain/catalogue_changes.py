"""What is different in a new version of the catalogue, in words an administrator decides by."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from desk_app.domain.catalogue import Catalogue
from desk_app.domain.errors import DeskError
from desk_app.domain.procedure import (
    DocumentKind,
    FeeRule,
    Fixed,
    PageBands,
    Procedure,
    Provincial,
    RequiredDocument,
    Term,
    Variant,
)


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
        said += variant_changes(before, after)
    elif before is not after:
        said.append("Bắt đầu áp dụng" if before is None else f"Hết áp dụng từ {on:%d/%m/%Y}")
    later = [v for v in new.variants if v.valid_from > on and old.variant(v.id) != v]
    said += [f"Đổi từ {v.valid_from:%d/%m/%Y}" for v in later]
    if old.questions != new.questions:
        said.append(f"Câu hỏi hướng dẫn: {len(old.questions)} → {len(new.questions)}")
    return tuple(said) or ("Chỉ đổi lời giải thích, nguồn hoặc từ tìm kiếm",)


def variant_changes(old: Variant, new: Variant) -> list[str]:
    """What differs between two versions of one procedure, in order of weight, each a line."""
    said = []
    if old.default_term != new.default_term:
        said.append(f"Thời hạn: {_term(old.default_term)} → {_term(new.default_term)}")
    if old.term_cases != new.term_cases:
        said.append(f"Thời hạn của {len(new.term_cases)} trường hợp riêng (trước: {len(old.term_cases)})")
    before, after = {f.id: f for f in old.fees}, {f.id: f for f in new.fees}
    ids = dict.fromkeys((*before, *after))
    said += [_levy(before.get(id), after.get(id)) for id in ids if before.get(id) != after.get(id)]
    papers = {d.id: d for d in old.documents}, {d.id: d for d in new.documents}
    said += [f"Thêm giấy tờ: {d.name}" for id, d in papers[1].items() if id not in papers[0]]
    said += [f"Bỏ giấy tờ: {d.name}" for id, d in papers[0].items() if id not in papers[1]]
    both = [(papers[0][id], d) for id, d in papers[1].items() if id in papers[0]]
    said += [f"Đổi giấy tờ: {new.name}{_paper(old, new)}" for old, new in both if old != new]
    agencies = (old.implementing_agency, old.competent_agency, old.coordinating_agency)
    if agencies != (new.implementing_agency, new.competent_agency, new.coordinating_agency):
        said.append(f"Cơ quan: {old.competent_agency} → {new.competent_agency}")
    if old.routing != new.routing:
        said.append("Đổi nơi tiếp nhận, giải quyết")
    if old.legal_basis != new.legal_basis:
        said.append("Đổi căn cứ pháp lý")
    return said


def _levy(old: FeeRule | None, new: FeeRule | None) -> str:
    name = (new or old).name  # type: ignore[union-attr]  # one of them is there
    before, after = _fee(old), _fee(new)
    if before != after or old is None or new is None:
        return f"{name}: {before} → {after}"
    if old.exemptions != new.exemptions:
        return f"{name}: đối tượng miễn {len(old.exemptions)} → {len(new.exemptions)}"
    return f"{name}: đổi điều kiện, căn cứ hoặc ghi chú"


def _paper(old: RequiredDocument, new: RequiredDocument) -> str:
    """What about a paper is other, in brackets; "" when only how sure it is."""
    said = [f"trước là “{old.name}”"] if old.name != new.name else []
    if (old.kind, old.originals, old.copies) != (new.kind, new.originals, new.copies):
        said.append(f"{_counts(old)} → {_counts(new)}")
    if old.when != new.when:
        said.append("khi nào cần")
    if (old.form, old.issuer, old.note) != (new.form, new.issuer, new.note):
        said.append("mẫu, nơi cấp hoặc lưu ý")
    return f" ({'; '.join(said)})" if said else ""


def _counts(document: RequiredDocument) -> str:
    kind = "xuất trình" if document.kind is DocumentKind.SHOW else "nộp"
    return f"{kind} {document.originals} bản chính, {document.copies} bản sao"


def _term(term: Term) -> str:
    unit = {"same_day": "trong ngày", "working_day": "ngày làm việc", "day": "ngày", "hour": "giờ làm việc"}
    if term.value is None or term.unit is None:
        return "chưa xác định"
    return unit[term.unit] if not term.value else f"{term.value} {unit[term.unit]}"


def _fee(rule: FeeRule | None) -> str:
    match rule.calc if rule else None:
        case Fixed(amount):
            return f"{amount:,} đ".replace(",", ".")
        case PageBands(_, _, bands, cap):
            steps = ", ".join(f"{band.per_page_vnd:,} đ từ trang {band.first}" for band in bands)
            return f"{steps}{f', cao nhất {cap:,} đ' if cap else ''}".replace(",", ".").replace(". ", ", ")
        case Provincial():
            return "theo tỉnh"
        case _:
            return "không thu"
