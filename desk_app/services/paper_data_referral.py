"""Where a request belongs when this desk does not take it in: the referral slip, and Mẫu số 03 when it is refused."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from desk_app.documents.referral_slip import ReferralSlip
from desk_app.documents.refusal_slip import RefusalSlip
from desk_app.domain.agency import Agency
from desk_app.domain.assessment import assess
from desk_app.domain.catalogue import Catalogue
from desk_app.domain.errors import Refused
from desk_app.domain.overlay import Overlay, directory_over
from desk_app.domain.procedure import Confidence, Procedure, RoutingRule, Variant
from desk_app.domain.unit import UnitProfile
from desk_app.services import office, paper_data, paper_words
from desk_app.services.desk import Desk
from desk_app.storage.queries import guidance
from desk_app.storage.transaction import ReadTx

SAMPLE = "(số liệu mẫu)"
UNVERIFIED = "Chưa kiểm chứng, gọi hỏi trước khi đi"
IDENTITY = "Căn cước"
ELSEWHERE = "noi_khac"


@dataclass(frozen=True, slots=True)
class WhereTo:
    """Where a citizen goes and with what. ``procedure``: what to ask for there; ``here``: another window of this office."""

    request: str
    agency: Agency
    bring: str
    reason: str
    online: bool
    here: bool


def where_to(
    catalogue: Catalogue,
    profile: UnitProfile,
    procedure: Procedure,
    variant: Variant,
    rule: RoutingRule,
    on: date,
    layers: Sequence[Overlay] = (),
) -> WhereTo:
    """The answer to "where to go" for one routing rule: agency, address, hours, papers to bring."""
    target = catalogue.procedures.get(rule.procedure or rule.to)
    found = directory_over(catalogue.agencies, layers).find(rule.to, profile.code)
    here = found.this_desk or rule.to in catalogue.procedures
    if here:
        found = Agency("this", profile.desk_name, profile.address, profile.phone, profile.hours_text, this_desk=True)
    wanted = target.variant_on(on) if target is not None else variant
    told = wanted is not None and (target is not None or procedure.field == ELSEWHERE)
    named = [d.name for d in wanted.documents if d.when is None] if wanted is not None and told else []
    return WhereTo(
        request=target.name if target is not None else procedure.name,
        agency=found,
        bring="; ".join(dict.fromkeys(named)) or found.bring or IDENTITY,
        reason=rule.reason,
        online=bool(wanted is not None and wanted.submission.online != "khong"),
        here=here,
    )


def referral(desk: Desk, tx: ReadTx, profile: UnitProfile, about: str) -> ReferralSlip:
    """The data of the referral slip of one guidance. Refuses: IN-09 no such guidance, or it sent nobody anywhere."""
    found = guidance.get(tx, about)
    if found is None:
        raise Refused("IN-09")
    procedure, variant, rule = _rule(desk, profile, about, tx)
    given_at = datetime.fromisoformat(found.given_at)
    to = where_to(desk.catalogue, profile, procedure, variant, rule, given_at.date(), desk.layers)
    person = paper_words.person_of(tx, found.citizen)
    sure = variant.confidence is not Confidence.KNOWLEDGE
    return ReferralSlip(
        letterhead=paper_words.desk_letterhead(profile),
        desk_name=profile.desk_name,
        given_at=given_at,
        request=to.request,
        agency=to.agency.name,
        agency_address=f"{to.agency.address} {SAMPLE}" if to.agency.sample else to.agency.address,
        agency_phone=to.agency.phone,
        opening_hours=to.agency.hours,
        bring=to.bring,
        reason=to.reason if sure else f"{to.reason}. {UNVERIFIED}",
        legal_basis="; ".join(paper_data.bases(variant)),
        officer_name=paper_words.officer_name(tx, found.officer),
        title_of_person=paper_words.title_of(person),
        person_name=person.name if person else "",
        online=to.online,
        marks=paper_words.training_marks(desk),
    )


def refusal(desk: Desk, tx: ReadTx, profile: UnitProfile, about: str) -> RefusalSlip:
    """The data of Mẫu số 03. Refuses: IN-09 no such guidance, or nothing was refused."""
    found = guidance.get(tx, about)
    if found is None:
        raise Refused("IN-09")
    procedure, variant, rule = _rule(desk, profile, about, tx)
    person = paper_words.person_of(tx, found.citizen)
    basis = "; ".join(paper_data.bases(variant))
    reason = rule.reason.rstrip(".") + (f" (căn cứ: {basis})" if basis else "") + "."
    return RefusalSlip(
        letterhead=paper_words.desk_letterhead(profile),
        number=office.number_text(found.number, found.symbol),
        slip_code=found.slip_code,
        desk_name=profile.desk_name,
        given_at=datetime.fromisoformat(found.given_at),
        applicant_name=person.name if person else "",
        address=person.residence if person else "",
        phone=person.phone if person else "",
        email=person.email if person else "",
        procedure_name=procedure.name,
        reason=reason,
        officer_name=paper_words.officer_name(tx, found.officer),
        feedback=profile.feedback,
        witnesses=person.witnesses if person and person.cannot_sign else None,
        marks=paper_words.training_marks(desk),
    )


def _rule(desk: Desk, profile: UnitProfile, about: str, tx: ReadTx) -> tuple[Procedure, Variant, RoutingRule]:
    """The version and rule the guidance followed; they are read again with the answers that were kept."""
    found = guidance.get(tx, about)
    if found is None:
        raise Refused("IN-09")
    procedure, variant = paper_data.in_force(desk, tx, found.procedure, found.variant, found.catalogue)
    on = datetime.fromisoformat(found.given_at).date()
    outcome = assess(procedure, variant, found.answers, settings=profile.tariffs, on=on)
    if outcome.routing is None:
        raise Refused("IN-09")
    return procedure, variant, outcome.routing
