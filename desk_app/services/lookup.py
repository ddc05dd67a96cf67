"""The look-up screen at the door: read the catalogue, take a list of papers home. No person is known here.

A printed list is guidance without a name; its code opens the procedure at the counter, where only the answers are left.
"""

from __future__ import annotations

from dataclasses import dataclass

from desk_app.domain.case_words import case_words
from desk_app.domain.code import SlipKind
from desk_app.domain.errors import Refused
from desk_app.domain.intake import MarkState, document_kind
from desk_app.domain.procedure import Confidence
from desk_app.domain.settling import settled_elsewhere
from desk_app.services import office
from desk_app.services.desk import Desk, stamp
from desk_app.services.intake import Guided, guided_before
from desk_app.services.paper_data_posters import ELSEWHERE, fee_words, term_words, ways
from desk_app.services.paper_data_referral import SAMPLE, where_to
from sync.protocol.facts import DocumentMark, GuidanceGiven


@dataclass(frozen=True, slots=True)
class Reading:
    """One procedure as a citizen reads it. ``papers``: name and when it is needed; ``checked`` False: not verified."""

    id: str
    name: str
    explanation: str
    papers: tuple[tuple[str, str], ...]
    facts: tuple[tuple[str, str], ...]
    mistakes: tuple[str, ...]
    checked: bool
    elsewhere: bool


@dataclass(frozen=True, slots=True)
class TakeList:
    """Print the list of papers of a procedure for nobody in particular."""

    id: str
    procedure: str


def read(desk: Desk, procedure_id: str) -> Reading:
    """What a citizen may know of a procedure. Refuses: TN-09 no version of it holds today."""
    procedure = desk.procedure(procedure_id)
    on = desk.now().date()
    variant = procedure.variant_on(on)
    if variant is None:
        raise Refused("TN-09")
    with desk.store.read() as tx:
        profile = desk.profile(tx)
    questions = procedure.by_question_id
    papers = []
    for document in variant.documents:
        case = case_words(document.when, questions)
        kind = document_kind(document)
        papers.append((document.name, f"{kind}. Chỉ khi {case}." if case else f"{kind}."))
    facts = [("Thời hạn", term_words(variant)), ("Phí, lệ phí", fee_words(variant, profile))]
    elsewhere = procedure.field == ELSEWHERE
    if elsewhere and variant.routing:
        to = where_to(desk.catalogue, profile, procedure, variant, variant.routing[0], on, desk.layers)
        address = f"{to.agency.address} {SAMPLE}" if to.agency.sample else to.agency.address
        facts = [("Nơi nộp", to.agency.name), ("Địa chỉ", address), ("Điện thoại", to.agency.phone)]
        facts.append(("Giờ tiếp nhận", to.agency.hours))
    else:
        facts += [("Nơi nộp", profile.desk_name), ("Giờ tiếp nhận", profile.hours_text)]
        facts.append(("Cơ quan giải quyết", settled_elsewhere(variant)))
    facts.append(("Cách nộp", ways(variant)))
    return Reading(
        procedure.id, procedure.name, procedure.explanation, tuple(papers), tuple(f for f in facts if f[1]),
        procedure.common_mistakes, variant.confidence is not Confidence.KNOWLEDGE, elsewhere,
    )  # fmt: skip


def take_list(desk: Desk, command: TakeList) -> Guided:
    """Log guidance without a name and promise its slip: what to bring, or where to go. Refuses: TN-09."""
    with desk.store.write(command.id, desk.officer.id) as tx:
        if tx.prior:
            return guided_before(tx)
        tx.use_line(desk.line_kind)
        now = desk.now()
        procedure = desk.procedure(command.procedure)
        variant = procedure.variant_on(now.date())
        if variant is None:
            raise Refused("TN-09")
        taken = tx.take_number("guidance_slip", now.date())
        always = next((rule for rule in variant.routing if rule.when is None), None)
        fact = GuidanceGiven(
            guidance=desk.ids.uuid7(),
            slip_code=office.slip_code(desk, tx, SlipKind.GUIDANCE, now, taken.number),
            symbol=taken.symbol,
            number=taken.number,
            given_at=stamp(now),
            procedure=procedure.id,
            variant=variant.id,
            catalogue=desk.catalogue.version,
            answers={},
            marks=tuple(
                DocumentMark(d.id, MarkState.UNSEEN.value, originals=d.originals, copies=d.copies)
                for d in variant.documents
            ),
            citizen=None,
            referred_to=always.to if always else "",
            grant=taken.grant,
        )
        tx.append(fact)
    desk.wake_sync()
    return Guided(fact.guidance, office.number_text(fact.number, fact.symbol), fact.slip_code, fact.round)
