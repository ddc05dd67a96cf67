"""The guidance slip of a version that nobody was given yet: what an administrator looks at before it is in force."""

from __future__ import annotations

from datetime import datetime, time

from desk_app.documents import guidance_slip
from desk_app.documents.guidance_slip import GuidanceLine, GuidanceSlip
from desk_app.documents.picture import Picture, first_page
from desk_app.domain.assessment import assess
from desk_app.domain.procedure import Confidence, Procedure, Variant
from desk_app.domain.settling import agency_of, settled_elsewhere
from desk_app.domain.unit import UnitProfile
from desk_app.services import paper_data, paper_words, slip_bases
from desk_app.services.desk import Desk
from desk_app.services.paper_data_posters import fee_words

SAMPLE_NAME = "(xem trước, chưa phát hành)"


def sample_slip(desk: Desk, profile: UnitProfile, procedure: Procedure, variant: Variant, version: str) -> GuidanceSlip:
    """The slip with every paper of the version still to be brought, for nobody in particular."""
    at = datetime.combine(max(variant.valid_from, desk.now().date()), time(9, 0))
    outcome = assess(procedure, variant, {}, settings=profile.tariffs, on=at.date())
    sure = variant.confidence is not Confidence.KNOWLEDGE
    lines = tuple(
        GuidanceLine(
            name=document.name,
            kind=paper_data.kind_words(document),
            count=max(1, document.originals + document.copies),
            present=False,
            missing=paper_data.case_to_prepare(document, procedure),
            unverified=sure and document.confidence is Confidence.KNOWLEDGE,
        )
        for document in variant.documents
    )
    return GuidanceSlip(
        letterhead=paper_words.desk_letterhead(profile),
        number="…/HDHS",
        slip_code="0" * 20,
        desk_name=profile.desk_name,
        given_at=at,
        title_of_person="Ông (Bà)",
        person_name=SAMPLE_NAME,
        address="",
        phone="",
        procedure_name=procedure.name,
        procedure_code=procedure.code or "",
        settling_agency=paper_data.agency_text(profile, settled_elsewhere(variant) or agency_of(variant)),
        lines=lines,
        forms=paper_data.forms_words(variant),
        term=paper_data.promise_words(outcome.term or variant.default_term, desk, profile, at),
        fee=fee_words(variant, profile),
        submit_at=paper_data.submit_words(profile, variant),
        opening_hours=profile.hours_text,
        legal_basis=paper_data.texts_of(slip_bases.for_papers(variant, list(variant.documents))),
        officer_name=desk.officer.name,
        officer_phone=profile.phone,
        feedback=profile.feedback,
        catalogue_version=version,
        verified=sure,
        copies=1,
        marks=paper_words.training_marks(desk),
    )


def slip_picture(slip: GuidanceSlip, width_px: int) -> Picture:
    """The slip as it would be printed, as a picture."""
    return first_page(guidance_slip.render(slip), width_px)
