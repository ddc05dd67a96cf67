"""Why: the reason in words, the law behind it, where the compiler read it and how sure that is.

One value for a paper, a fee, a term, a route or a whole procedure, so that screen and slip say the same.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from desk_app.domain.assessment import ALWAYS
from desk_app.domain.condition import Answer, evaluate, explain
from desk_app.domain.fees import FeeQuote
from desk_app.domain.intake import IntakeView, document_kind
from desk_app.domain.procedure import (
    Confidence,
    FeeRule,
    LegalBasis,
    Procedure,
    RequiredDocument,
    Term,
    Variant,
    Verified,
)

NOBODY_CHECKED = "Chưa kiểm chứng: không ai đối chiếu mục này với văn bản. Nghi vấn thì hỏi người phụ trách."
ONLY_SEEN = "Đã đọc trong nguồn nêu dưới đây, chưa có người của cơ quan xác nhận."
ALWAYS_ASKED = "Luôn cần với thủ tục này."
UNKNOWN_BASIS = "Danh mục chưa ghi căn cứ riêng của mục này."


@dataclass(frozen=True, slots=True)
class Grounds:
    """What stands behind one thing. ``checked``: False when it must be shown as "chưa kiểm chứng"."""

    title: str
    why: str
    basis: tuple[str, ...]
    confidence: str
    checked: bool
    sources: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


def of_procedure(procedure: Procedure, variant: Variant) -> Grounds:
    """What stands behind the version of a procedure as a whole."""
    until = f" đến {variant.valid_to:%d/%m/%Y}" if variant.valid_to else ""
    why = f"Bản {variant.id}, áp dụng từ {variant.valid_from:%d/%m/%Y}{until}."
    code = f"Mã thủ tục {procedure.code}." if procedure.code else "Chưa xác nhận được mã thủ tục."
    fixed = tuple(f"Đã sửa: {c.what}: {c.was} → {c.now} ({c.source})" for c in procedure.corrections)
    notes = (code, variant.notes, *variant.conditions, *fixed)
    return _grounds(procedure.name, why, _texts(variant), variant.confidence, variant.verified, variant, notes)


def of_document(variant: Variant, document: RequiredDocument, why: str) -> Grounds:
    """What stands behind a line of the checklist; ``why``: because of which answers, "" or ``ALWAYS`` = always."""
    said = ALWAYS_ASKED if why in ("", ALWAYS) else _sentence(why)
    form = f"Theo mẫu: {document.form}." if document.form else ""
    issuer = f"Nơi cấp: {document.issuer}." if document.issuer else ""
    notes = (document_kind(document) + ".", form, issuer, document.note)
    return _grounds(document.name, said, _texts(variant), document.confidence, document.verified, variant, notes)


def of_fee(procedure: Procedure, variant: Variant, rule: FeeRule, answers: Mapping[str, Answer]) -> Grounds:
    """What stands behind one levy: why it is owed, why it is not."""
    questions = procedure.by_question_id
    why = _sentence(explain(rule.when, answers, questions)) if rule.when is not None else "Luôn thu với thủ tục này."
    exempt = next((e for e in rule.exemptions if evaluate(e.when, answers)), None)
    if exempt is not None:
        why = f"Miễn: {exempt.reason} ({_lower(explain(exempt.when, answers, questions))})."
    basis = (exempt.basis if exempt else rule.basis) or UNKNOWN_BASIS
    return _grounds(rule.name, why, (basis,), rule.confidence, rule.verified, variant, (rule.note,))


def of_term(variant: Variant, term: Term | None, why: str) -> Grounds:
    """What stands behind the time limit; ``why``: because of which answers it is a special case."""
    found = term or variant.default_term
    said = _sentence(why) if why else "Thời hạn chung của thủ tục."
    return _grounds(
        "Thời hạn giải quyết", said, _texts(variant), found.confidence, found.verified, variant, (found.note,)
    )


def of_route(view: IntakeView, place: str) -> Grounds | None:
    """Why it is done elsewhere; None when it is done here."""
    if view.routing is None or view.variant is None or view.procedure is None:
        return None
    why = _sentence(view.routing.reason + (f", {_lower(view.routing_why)}" if view.routing_why else ""))
    variant = view.variant
    return _grounds(f"Nơi tiếp nhận: {place}", why, _texts(variant), variant.confidence, variant.verified, variant, ())


def of_view(view: IntakeView) -> tuple[Grounds, ...]:
    """Everything behind what the second step shows: the procedure, each paper, each levy, the term."""
    if view.procedure is None or view.variant is None:
        return ()
    procedure, variant = view.procedure, view.variant
    papers = (of_document(variant, row.document, row.why) for row in view.rows)
    return (of_procedure(procedure, variant), *papers, *of_money(view))


def of_money(view: IntakeView) -> tuple[Grounds, ...]:
    """Behind the third step: each levy that is owed or exempt, then the term."""
    if view.procedure is None or view.variant is None:
        return ()
    owed = _owed(view.fee)
    fees = [of_fee(view.procedure, view.variant, r, view.answers) for r in view.variant.fees if r.id in owed]
    return (*fees, of_term(view.variant, view.term, view.term_why))


def fee_why(procedure: Procedure, variant: Variant, fee: FeeQuote, answers: Mapping[str, Answer]) -> str:
    """Why it costs what it costs, for the slip: the exemption or the answers that make a levy owed; "" = always so."""
    owed, reasons = _owed(fee), []
    for rule in variant.fees:
        exempt = next((e for e in rule.exemptions if evaluate(e.when, answers)), None)
        if rule.id in owed and exempt is not None:
            reasons.append(f"miễn {_lower(rule.name)}: {_lower(exempt.reason)}")
        elif rule.id in owed and rule.when is not None:
            reasons.append(explain(rule.when, answers, procedure.by_question_id))
    return "; ".join(dict.fromkeys(filter(None, reasons)))


def _owed(fee: FeeQuote | None) -> frozenset[str]:
    return frozenset() if fee is None else frozenset({line.id for line in fee.lines} | {u.id for u in fee.unset})


def _grounds(
    title: str, why: str, basis: tuple[str, ...], confidence: Confidence, verified: Verified | None, variant: Variant,
    notes: tuple[str, ...],
) -> Grounds:  # fmt: skip
    match confidence:
        case Confidence.VERIFIED if verified is not None:
            said = f"Đã kiểm chứng: {verified.by}, ngày {verified.on:%d/%m/%Y}, theo {verified.document}."
        case Confidence.KNOWLEDGE:
            said = NOBODY_CHECKED
        case _:
            said = ONLY_SEEN
    sources = tuple(f"{s.title} ({s.url})" if s.url else s.title for s in variant.sources)
    checked = confidence is not Confidence.KNOWLEDGE
    return Grounds(title, why, basis or (UNKNOWN_BASIS,), said, checked, sources, tuple(n for n in notes if n))


def basis_line(basis: LegalBasis) -> str:
    """A legal text as a line: name, number, date when known."""
    number = f" số {basis.number}" if basis.number and basis.number not in basis.name else ""
    return f"{basis.name}{number}" + (f" ngày {basis.dated:%d/%m/%Y}" if basis.dated else "")


def _texts(variant: Variant) -> tuple[str, ...]:
    return tuple(basis_line(basis) for basis in variant.legal_basis)


def _sentence(text: str) -> str:
    text = text.strip().rstrip(".")
    return f"{text[:1].upper()}{text[1:]}." if text else ""


def _lower(text: str) -> str:
    return text[:1].lower() + text[1:]
