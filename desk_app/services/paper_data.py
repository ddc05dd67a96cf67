"""What stands on each paper, gathered from facts, catalogue and profile in the words of the office."""

from __future__ import annotations

from datetime import datetime

from desk_app.documents import marks
from desk_app.documents.acceptance_slip import AcceptanceSlip, KeptDocument
from desk_app.documents.fee_receipt import Exemption, FeeReceipt, ReceiptItem, ReplacedReceipt, Signature
from desk_app.documents.guidance_slip import GuidanceLine, GuidanceSlip
from desk_app.documents.marks import Mark
from desk_app.documents.thermal_receipt import RollReceipt
from desk_app.documents.transfer_box import TransferBox
from desk_app.domain.assessment import assess
from desk_app.domain.case_words import case_words
from desk_app.domain.code import check_number, receipt_code
from desk_app.domain.deadline import UNKNOWN_TERM, compute_deadline, stage_text, term_text
from desk_app.domain.errors import Refused
from desk_app.domain.grounds import fee_why
from desk_app.domain.guidance import reason
from desk_app.domain.intake import MarkState
from desk_app.domain.money import format_dong
from desk_app.domain.person import Person
from desk_app.domain.procedure import (
    Confidence,
    DocumentKind,
    LegalBasis,
    Procedure,
    RequiredDocument,
    Term,
    TermUnit,
    Variant,
)
from desk_app.domain.settling import agency_of, is_own, settled_elsewhere
from desk_app.domain.unit import UnitProfile
from desk_app.domain.words import amount_in_words
from desk_app.services import (
    catalogue_delivery,
    office,
    paper_data_feedback,
    paper_data_life,
    paper_data_sync,
    slip_bases,
    transfer,
    uncollected,
)
from desk_app.services.desk import Desk
from desk_app.services.life import stages_of
from desk_app.services.paper_words import desk_letterhead, officer_name, person_of, title_of, training_marks
from desk_app.storage.queries import dossiers, guidance, receipts
from desk_app.storage.queries import life as life_query
from desk_app.storage.rows import DossierDetail, ReceiptRow
from desk_app.storage.rows import Mark as SeenMark
from desk_app.storage.transaction import ReadTx

_METHOD = {"cash": "Tiền mặt", "transfer": "Chuyển khoản"}
_PLACE = {"post": "Qua dịch vụ bưu chính", "online": "Cổng Dịch vụ công quốc gia"}
_DATED_BASES = 5
_KINDS = ("Bộ luật", "Luật", "Nghị quyết", "Nghị định", "Quyết định", "Thông tư liên tịch", "Thông tư")


def build(desk: Desk, tx: ReadTx, kind: str, about: str) -> object:
    """The data of one paper. Refuses: IN-09 for a kind or a fact that is not known here."""
    profile = desk.profile(tx)
    if kind == "acceptance_slip":
        return _acceptance(desk, tx, profile, about)
    if kind == "guidance_slip":
        return _guidance(desk, tx, profile, about)
    if kind == "fee_receipt":
        return _receipt(desk, tx, profile, about)
    if kind == "receipt_roll":
        return _roll(desk, tx, profile, about)
    if kind == "day_match":
        return paper_data_sync.day_match(desk, tx, about, desk_letterhead(profile))
    if kind == "invitation":
        return uncollected.invitation(desk, tx, about)
    if kind in paper_data_feedback.BUILD:
        return paper_data_feedback.BUILD[kind](desk, tx, profile, about)
    return paper_data_life.build(desk, tx, kind, about)


def _acceptance(desk: Desk, tx: ReadTx, profile: UnitProfile, about: str) -> AcceptanceSlip:
    """``about``: the dossier, or the correction after which it is printed anew."""
    corrected = life_query.slip(tx, about)
    found = dossiers.detail(tx, corrected.dossier if corrected else about)
    person = person_of(tx, found.applicant) if found else None
    if found is None or person is None:
        raise Refused("IN-09")
    submitter = person_of(tx, found.submitter)
    procedure, variant = in_force(desk, tx, found.row.procedure, found.row.variant, found.row.catalogue)
    kept, shown = [], []
    for mark in found.marks:
        document = variant.document(mark.document)
        if document is None or mark.state != MarkState.OK:
            continue
        if not mark.kept:
            shown.append(document.name)
            continue
        originals, copies = mark.originals, mark.copies  # as handed in: the catalogue's counts, or put right since
        if originals or not copies:
            kept.append(KeptDocument(document.name, "Bản chính", max(1, originals)))
        if copies:
            kept.append(KeptDocument(document.name, "Bản sao", copies))
    return AcceptanceSlip(
        letterhead=desk_letterhead(profile),
        number=office.number_text(found.number, found.symbol),
        dossier_code=found.row.code,
        slip_code=found.row.slip_code,
        desk_name=profile.desk_name,
        applicant_name=person.name,
        submitter=_submitter_text(submitter),
        signer_name=(submitter or person).signer(),
        address=person.residence,
        phone=(submitter or person).phone or person.phone,
        email=person.email,
        procedure_name=procedure.name,
        kept=tuple(kept),
        shown=tuple(shown),
        sets=found.sets,
        term=_term_text(found),
        received_at=_time(found.row.received_at),
        due_at=_time(found.row.due_at) if found.row.due_at else None,
        result_place=_PLACE.get(found.result_channel, profile.desk_name),
        fee=_fee_text(found),
        book=found.book,
        entry_no=str(found.entry_no),
        officer_name=officer_name(tx, found.row.officer),
        feedback=profile.feedback,
        settled_by=settled_elsewhere(variant),
        witnesses=_witnesses(submitter or person),
        marks=training_marks(desk),
        transfer=_transfer(profile, found),
        stages=tuple(stage_text(stage) for stage in stages_of(desk, tx, found.row.dossier)),
    )


def _transfer(profile: UnitProfile, found: DossierDetail) -> TransferBox | None:
    """How an unpaid fee may be paid from home; None when nothing is owed or the office has no account."""
    bank, owed = profile.bank, found.row.fee_vnd
    if bank is None or not owed or found.row.paid_vnd:
        return None
    code, purpose = transfer.code_of(bank, owed, found.row.code)
    return TransferBox(code, owed, bank.account, bank.name, purpose)


def _guidance(desk: Desk, tx: ReadTx, profile: UnitProfile, about: str) -> GuidanceSlip:
    found = guidance.get(tx, about)
    if found is None:
        raise Refused("IN-09")
    person = person_of(tx, found.citizen)
    procedure, variant = in_force(desk, tx, found.procedure, found.variant, found.catalogue)
    given_at = _time(found.given_at)
    outcome = assess(procedure, variant, found.answers, settings=profile.tariffs, on=given_at.date())
    checked = variant.confidence is not Confidence.KNOWLEDGE
    for_nobody = all(mark.state == MarkState.UNSEEN for mark in found.marks)  # a list taken at the look-up screen
    reasons = {need.document.id: need.why for need in outcome.documents}
    lines, not_needed, to_bring = [], [], []
    for mark in found.marks:
        document = variant.document(mark.document)
        if document is None:
            continue
        if mark.state == MarkState.NOT_NEEDED:
            not_needed.append(document.name)
            continue
        if mark.state != MarkState.OK:
            to_bring.append(document)
        lines.append(
            GuidanceLine(
                name=document.name,
                kind=kind_words(document),
                count=max(1, document.originals + document.copies),
                present=mark.state == MarkState.OK or (mark.reason > 0 and reason(mark.reason).has_paper),
                missing=_missing_text(mark, document.issuer)
                if not for_nobody
                else case_to_prepare(document, procedure),
                why=why if (why := reasons.get(document.id, "")).startswith("vì") else "",
                unverified=checked and document.confidence is Confidence.KNOWLEDGE,
            )
        )
    officer = officer_name(tx, found.officer)
    return GuidanceSlip(
        letterhead=desk_letterhead(profile),
        number=office.number_text(found.number, found.symbol),
        slip_code=found.slip_code,
        desk_name=profile.desk_name,
        given_at=given_at,
        title_of_person=title_of(person),
        person_name=person.name if person else "",
        address=person.residence if person else "",
        phone=person.phone if person else "",
        procedure_name=procedure.name,
        procedure_code=procedure.code or "",
        settling_agency=agency_text(profile, settled_elsewhere(variant) or agency_of(variant)),
        lines=tuple(lines),
        not_needed=tuple(not_needed),
        forms=forms_words(variant),
        term=promise_words(outcome.term, desk, profile, given_at),
        fee=quote_words(outcome.fee.total_vnd) + _because(fee_why(procedure, variant, outcome.fee, found.answers)),
        submit_at=submit_words(profile, variant),
        opening_hours=profile.hours_text,
        legal_basis=texts_of(slip_bases.for_papers(variant, to_bring)),
        officer_name=officer,
        officer_phone=profile.phone,
        feedback=profile.feedback,
        catalogue_version=found.catalogue,
        second_reason=found.why_again or None,
        verified=checked,
        witnesses=_witnesses(person) if person else None,
        marks=training_marks(desk),
    )


def _receipt(desk: Desk, tx: ReadTx, profile: UnitProfile, about: str) -> FeeReceipt:
    found = receipts.get(tx, about)
    if found is None:
        raise Refused("IN-09")
    items = receipts.items(tx, about)
    payer = person_of(tx, found.payer)
    check = check_number(receipts.sealed_as(tx, about))
    issued_at = _time(found.issued_at)
    full = [(i, i.quantity * i.unit_vnd) for i in items]
    less = sum(amount - i.amount_vnd for i, amount in full)
    reasons = "; ".join(dict.fromkeys(i.exempt_reason for i in items if i.exempt_reason))
    return FeeReceipt(
        collector=profile.collector,
        tax_code=profile.tax_code + (" (mẫu)" if profile.sample else ""),
        collector_address=profile.address,
        form=found.form,
        series=found.symbol,
        number=found.number,
        levy_name="; ".join(dict.fromkeys(i.name for i in items)),
        payer_name=payer.name if payer else "",
        payer_address=payer.residence if payer else "",
        items=tuple(
            ReceiptItem(_item_text(i.name, i.explanation), i.basis, i.quantity, i.unit_vnd, a) for i, a in full
        ),
        exemption=Exemption(reasons, less) if less else None,
        total=found.total_vnd,
        total_words=amount_in_words(found.total_vnd),
        payment=_METHOD[found.method],
        dossier_code="; ".join(d.code for d in (dossiers.get(tx, id) for id in found.dossiers) if d),
        issued_at=issued_at,
        receipt_code=receipt_code(
            profile.code, found.line, found.series_id, found.number, found.total_vnd, issued_at, check
        ),
        check_number=check,
        signature=_signature(tx, profile, about),
        replaces=_replaced(tx, found),
        marks=training_marks(desk) + _late(tx, found),
    )


def _roll(desk: Desk, tx: ReadTx, profile: UnitProfile, about: str) -> RollReceipt:
    """The short form for a K80 printer; who took the money stands on it."""
    found = receipts.get(tx, about)
    return RollReceipt(
        _receipt(desk, tx, profile, about), profile.desk_name, officer_name(tx, found.officer) if found else ""
    )


def _signature(tx: ReadTx, profile: UnitProfile, receipt: str) -> Signature | None:
    """The box of the digital signature, once it was made."""
    signed_at = receipts.signed_at(tx, receipt)
    return Signature(profile.collector, _time(signed_at)) if signed_at else None


def _replaced(tx: ReadTx, found: ReceiptRow) -> ReplacedReceipt | None:
    old = receipts.get(tx, found.replaces) if found.replaces else None
    return ReplacedReceipt(old.symbol, old.number, _time(old.issued_at)) if old else None


def _late(tx: ReadTx, found: ReceiptRow) -> tuple[Mark, ...]:
    """LẬP SAU: written by hand first, entered afterwards."""
    if not found.happened_at:
        return ()
    return (marks.entered_late(_time(found.happened_at), _time(receipts.entered_at(tx, found.receipt))),)


# ---- words -----------------------------------------------------------------------------------------------------------


def in_force(desk: Desk, tx: ReadTx, procedure_id: str, variant_id: str, version: str) -> tuple[Procedure, Variant]:
    """The version a fact was decided under, whatever is in force now; ``version``: of the catalogue of its day.

    Where that catalogue is not kept here, the same version of the procedure is read from the one in use.
    """
    old = catalogue_delivery.at_version(tx, version) if version != desk.catalogue.version else None
    for catalogue in (old, desk.catalogue):
        procedure = catalogue.procedures.get(procedure_id) if catalogue is not None else None
        variant = procedure.variant(variant_id) if procedure is not None else None
        if procedure is not None and variant is not None:
            return procedure, variant
    raise Refused("TN-09")


def _submitter_text(submitter: Person | None) -> str:
    if submitter is None:
        return ""
    return f"{submitter.name}, theo {submitter.authority or 'văn bản ủy quyền'}"


def _witnesses(person: Person) -> tuple[str, ...] | None:
    return person.witnesses if person.cannot_sign else None


def _term_text(found: DossierDetail) -> str:
    if found.term_value is None or not found.term_unit:
        return UNKNOWN_TERM
    return term_text(Term(found.term_value, TermUnit(found.term_unit)))


def _fee_text(found: DossierDetail) -> str:
    paid = [r for r in found.receipts if r.total_vnd]
    if paid:
        total = sum(r.total_vnd for r in paid)
        return f"{format_dong(total)}; biên lai ký hiệu {paid[0].symbol} số " + ", ".join(str(r.number) for r in paid)
    if found.row.fee_vnd is None:
        return "chưa xác định mức thu; chưa thu"
    return f"{format_dong(found.row.fee_vnd)}, chưa thu" if found.row.fee_vnd else "không thu"


def quote_words(total: int | None) -> str:
    """A quoted amount in figures and words; None = a tariff nobody entered."""
    if total is None:
        return "chưa xác định"
    if not total:
        return "Không thu"
    words = amount_in_words(total)
    return f"{format_dong(total)} ({words[:1].lower()}{words[1:]})"


def promise_words(term: Term | None, desk: Desk, profile: UnitProfile, at: datetime) -> str:
    """The term, and the date it would give if everything came today is not promised: only the term stands here."""
    if term is None:
        return UNKNOWN_TERM
    return compute_deadline(
        term, at, desk.catalogue.calendar, cutoff_shifts_start=profile.cutoff_shifts_start
    ).term_text


def forms_words(variant: Variant) -> str:
    """The forms a citizen fills in, and where they are had."""
    named = [d.form for d in variant.documents if d.form] or list(variant.forms)
    return "; ".join(dict.fromkeys(named)) + ", nhận tại quầy" if named else "Không có mẫu riêng"


def submit_words(profile: UnitProfile, variant: Variant) -> str:
    """Where the dossier is handed in."""
    return f"{profile.desk_name} / {profile.online}" if variant.submission.online != "khong" else profile.desk_name


def _missing_text(mark: SeenMark, issuer: str) -> str:
    """What is wrong, how to cure it, and where the paper is to be had when it was not brought."""
    if mark.state == MarkState.OK:
        return ""
    if mark.state != MarkState.BAD:
        return "Chưa xem"
    why = reason(mark.reason)
    return f"{why.label}. {why.cure}" + (f" Nơi cấp: {issuer}." if issuer and not why.has_paper else "")


def case_to_prepare(document: RequiredDocument, procedure: Procedure) -> str:
    """What a list for nobody in particular says of a paper: always, or when."""
    case = case_words(document.when, procedure.by_question_id)
    return f"Chỉ khi {case}." if case else "Cần chuẩn bị."


def _because(why: str) -> str:
    return f"; {why}" if why else ""


def bases(variant: Variant) -> tuple[str, ...]:
    """The legal basis of the whole procedure in short."""
    return texts_of(slip_bases.citable(variant))


def texts_of(found: tuple[LegalBasis, ...]) -> tuple[str, ...]:
    """Legal texts in short; a long list leaves the dates out, so that the slip stays one page."""
    return tuple(basis_text(b, dated=len(found) <= _DATED_BASES) for b in found)


def basis_text(basis: LegalBasis, *, dated: bool) -> str:
    """``Nghị định số 123/2015/NĐ-CP ngày 15/11/2015``; a law keeps its name, since people know it by that."""
    kind = next((k for k in _KINDS if basis.name.startswith(k)), "")
    name = kind if kind and not kind.endswith("uật") else basis.name
    if not basis.number or basis.number in name:
        return name
    day = f" ngày {basis.dated:%d/%m/%Y}" if dated and basis.dated else ""
    return f"{name} số {basis.number}{day}"


def kind_words(document: RequiredDocument) -> str:
    """``Bản chính`` · ``Bản sao`` · ``Bản chính; bản sao`` · ``Xuất trình``: the count has a column of its own."""
    if document.kind is DocumentKind.SHOW:
        return "Xuất trình"
    words = [w for w, n in (("bản chính", document.originals), ("bản sao", document.copies)) if n]
    text = "; ".join(words) or "thông tin"
    return text[:1].upper() + text[1:]


def agency_text(profile: UnitProfile, text: str) -> str:
    """The settling agency; the catalogue's "UBND cấp xã" is this office itself, its police and its guard are not."""
    return f"Ủy ban nhân dân {profile.name}" if is_own(text) else text


def _item_text(name: str, explanation: str) -> str:
    return f"{name}: {explanation}" if explanation else name


def _time(stamp: str) -> datetime:
    return datetime.fromisoformat(stamp)
