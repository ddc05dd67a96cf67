"""What the postings on the wall say, from the catalogue and the office as they are now."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from dataclasses import asdict, replace
from datetime import date

from desk_app.documents.poster_list import ListedProcedure, ListPoster
from desk_app.documents.posters import CatalogueQr, FeedbackPoster, PostedFee, ProcedurePoster
from desk_app.domain.case_words import case_words
from desk_app.domain.catalogue import Catalogue
from desk_app.domain.deadline import UNKNOWN_TERM, term_text
from desk_app.domain.errors import Refused
from desk_app.domain.intake import document_kind
from desk_app.domain.money import format_dong
from desk_app.domain.procedure import (
    Confidence,
    FeeRule,
    Fixed,
    PageBands,
    Procedure,
    Provincial,
    RequiredDocument,
    Term,
    Variant,
)
from desk_app.domain.unit import UnitProfile
from desk_app.services import paper_data, paper_words
from desk_app.services.desk import Desk
from desk_app.storage.queries import catalogue as postings
from desk_app.storage.transaction import ReadTx

Poster = ProcedurePoster | ListPoster | FeedbackPoster | CatalogueQr
ELSEWHERE = "noi_khac"
LIST_TITLE = "DANH MỤC THỦ TỤC HÀNH CHÍNH TIẾP NHẬN TẠI ĐÂY"
UNSET = "chưa có mức thu của tỉnh"
UNVERIFIED = "nội dung chưa kiểm chứng với văn bản công bố"
PAYMENT = "Tiền mặt, chuyển khoản"
STEPS = (
    ("1. Nộp hồ sơ", "tại quầy, trực tuyến hoặc bưu chính"),
    ("2. Kiểm tra, tiếp nhận", "đủ thì nhận giấy hẹn; chưa đủ thì nhận phiếu hướng dẫn"),
    ("3. Giải quyết", "cơ quan có thẩm quyền giải quyết"),
    ("4. Nhận kết quả", "đúng ngày hẹn"),
)


def build_for(kind: str) -> Callable[[Desk, ReadTx, UnitProfile, str], object]:
    """The builder of one kind of posting: the data of what was posted, with the day and version it was posted by."""

    def build(desk: Desk, tx: ReadTx, profile: UnitProfile, about: str) -> object:
        row = postings.poster(tx, about)
        if row is None or row.poster_kind != kind:
            raise Refused("IN-09")
        on = date.fromisoformat(row.posted_at[:10])
        data = poster(desk.catalogue, profile, kind, row.subject, on)
        return replace(data, poster_code=row.code) if isinstance(data, ProcedurePoster) else data

    return build


def poster(catalogue: Catalogue, profile: UnitProfile, kind: str, subject: str, on: date) -> Poster:
    """What a posting says on a day. Refuses: DM-11 there is no such procedure or field, or no version for the day."""
    if kind == "procedure":
        return _procedure(catalogue, profile, subject, on)
    if kind in ("field", "list"):
        return _list(catalogue, profile, subject, on)
    letterhead = paper_words.desk_letterhead(profile)
    if kind == "feedback":
        return FeedbackPoster(
            letterhead=letterhead,
            agency=profile.authority,
            address=profile.address,
            phone=profile.phone + (" (mẫu)" if profile.sample else ""),
            email=profile.email,
            site=profile.site,
            box=profile.feedback_box,
            hours=profile.hours_text,
        )
    if not profile.catalogue_url:
        raise Refused("DM-12")
    return CatalogueQr(letterhead, profile.catalogue_url)


def content_of(data: Poster) -> str:
    """SHA-256 of what a posting says, without the day and the version: only changed words make it out of date."""
    said = {k: v for k, v in asdict(data).items() if k not in ("posted_on", "catalogue_version", "poster_code")}
    return hashlib.sha256(json.dumps(said, ensure_ascii=False, sort_keys=True, default=str).encode()).hexdigest()


def _procedure(catalogue: Catalogue, profile: UnitProfile, subject: str, on: date) -> ProcedurePoster:
    procedure = catalogue.procedures.get(subject)
    variant = procedure.variant_on(on) if procedure is not None else None
    if procedure is None or variant is None:
        raise Refused("DM-11", what=subject)
    basis = "; ".join(paper_data.bases(variant)) or "theo danh mục"
    return ProcedurePoster(
        letterhead=paper_words.desk_letterhead(profile),
        field=procedure.field_name,
        code=procedure.code or "chưa xác nhận",
        name=procedure.name,
        term=_sentence(term_words(variant)),
        fee=fee_words(variant, profile),
        place=profile.desk_name,
        documents=tuple(_document(procedure, d) for d in variant.documents),
        sets="01 bộ",
        steps=tuple((f"{n}. {s.who}", s.what) for n, s in enumerate(variant.steps, 1)) or STEPS,
        ways=ways(variant),
        result=variant.result or "theo quy định của thủ tục",
        settling_agency=paper_data.agency_text(profile, variant.competent_agency or variant.implementing_agency),
        conditions="; ".join(variant.conditions) or "không",
        forms="; ".join(dict.fromkeys([d.form for d in variant.documents if d.form] or variant.forms)) or "không có",
        fees=tuple(_fee(procedure, rule, profile) for rule in variant.fees),
        poster_code="",
        feedback=profile.feedback,
        decision="Quyết định công bố số ……, ngày ……/……/……",
        legal_basis=basis if variant.confidence is not Confidence.KNOWLEDGE else f"{basis} ({UNVERIFIED})",
        posted_on=on,
        catalogue_version=catalogue.version,
    )


def _list(catalogue: Catalogue, profile: UnitProfile, field: str, on: date) -> ListPoster:
    if field and field not in catalogue.fields:
        raise Refused("DM-11", what=field)
    lines = []
    for heading in catalogue.headings:
        if (field and heading.field != field) or (not field and heading.field == ELSEWHERE):
            continue
        variant = catalogue.procedures[heading.id].variant_on(on)
        if variant is not None:
            agency = paper_data.agency_text(profile, variant.competent_agency or variant.implementing_agency)
            term, fee = _sentence(term_words(variant)), fee_words(variant, profile)
            lines.append(ListedProcedure(heading.field_name, heading.name, heading.code or "", term, fee, agency))
    title = LIST_TITLE if not field else f"THỦ TỤC HÀNH CHÍNH LĨNH VỰC {catalogue.fields[field].upper()}"
    lines.sort(key=lambda line: line.field)
    return ListPoster(
        paper_words.desk_letterhead(profile), title, tuple(lines), profile.feedback, on, catalogue.version
    )


def term_words(variant: Variant) -> str:
    """The general term; "" special cases are named on the posting of the procedure itself."""
    return _term(variant.default_term)


def _term(term: Term) -> str:
    return UNKNOWN_TERM if term.value is None else term_text(term)


def fee_words(variant: Variant, profile: UnitProfile) -> str:
    """The levies of a version in short: one amount, from … to …, none, or that the tariff is not set."""
    if not variant.fees:
        return "Không thu"
    amounts = [amount for rule in variant.fees if (amount := _least(rule, profile)) is not None]
    if not amounts:
        return _sentence(UNSET)
    low, high = min(amounts), max(amounts)
    sure = len(amounts) == len(variant.fees) and all(rule.when is None for rule in variant.fees)
    if low == high and sure and not any(isinstance(rule.calc, PageBands) for rule in variant.fees):
        return f"{format_dong(low)}/{variant.fees[0].unit}"
    return f"Từ {format_dong(low)}, theo bảng" if len(amounts) > 1 or not sure else f"Từ {format_dong(low)}"


def _least(rule: FeeRule, profile: UnitProfile) -> int | None:
    match rule.calc:
        case Fixed(amount):
            return amount
        case PageBands(_, _, bands):
            return bands[0].per_page_vnd
        case Provincial(setting=setting):
            return profile.tariffs.get(setting)


def _rate(rule: FeeRule, profile: UnitProfile) -> str:
    match rule.calc:
        case Fixed(amount):
            return f"{format_dong(amount)}/{rule.unit}"
        case PageBands(_, _, bands, cap):
            parts = [f"trang {_pages(b.first, b.last)}: {format_dong(b.per_page_vnd)}/trang" for b in bands]
            return "; ".join(parts) + (f"; tối đa {format_dong(cap)}/bản" if cap else "")
        case Provincial(setting=setting):
            tariff = profile.tariffs.get(setting)
            return _sentence(UNSET) if tariff is None else f"{format_dong(tariff)}/{rule.unit}"


def _pages(first: int, last: int | None) -> str:
    return f"{first} trở đi" if last is None else str(first) if first == last else f"{first}–{last}"


def _fee(procedure: Procedure, rule: FeeRule, profile: UnitProfile) -> PostedFee:
    case = case_words(rule.when, procedure.by_question_id)
    name = f"{rule.name} (trường hợp {case})" if case else rule.name
    provincial = isinstance(rule.calc, Provincial)
    exempt = "; ".join(dict.fromkeys(f"{e.reason} ({e.basis})" for e in rule.exemptions))
    basis = rule.basis or (profile.tariff_basis if provincial else "theo danh mục")
    return PostedFee(name, _rate(rule, profile), PAYMENT, "Người yêu cầu", exempt or "Không", basis)


def _document(procedure: Procedure, document: RequiredDocument) -> tuple[str, str]:
    case = case_words(document.when, procedure.by_question_id)
    kind = document_kind(document).replace(" · ", "; ")
    if case:
        return f"Trường hợp {case}:", f"{document.name}, {kind[:1].lower()}{kind[1:]}"
    return document.name, kind


def ways(variant: Variant) -> str:
    """How a dossier may be handed in."""
    named = (
        (variant.submission.direct, "trực tiếp"),
        (variant.submission.post, "bưu chính"),
        (variant.submission.online == "mot_phan", "trực tuyến một phần"),
        (variant.submission.online == "toan_trinh", "trực tuyến toàn trình (Cổng Dịch vụ công quốc gia)"),
    )
    return ", ".join(words for open_, words in named if open_)


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:]
