"""What stands on the papers of feedback: slip, transfer with its notice, reply, referral, and the pages of the book."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any

from desk_app.documents import marks
from desk_app.documents.blocks import Letterhead
from desk_app.documents.feedback_reply import FeedbackReply
from desk_app.documents.feedback_slip import FeedbackSlip
from desk_app.documents.marks import Mark
from desk_app.documents.referral_slip import ReferralSlip
from desk_app.documents.transfer_slip import TransferNotice, TransferSlip
from desk_app.domain.errors import Refused
from desk_app.domain.feedback import CHANNEL_TEXT, CLASS_TEXT, VERDICT_TEXT, Channel, FeedbackClass, Verdict
from desk_app.domain.legal_basis import bases_text
from desk_app.domain.person import Person
from desk_app.domain.unit import UnitProfile
from desk_app.services import office
from desk_app.services.desk import Desk
from desk_app.services.feedback_view import bases_of
from desk_app.storage.queries import dossiers, officers
from desk_app.storage.queries import feedback as query
from desk_app.storage.queries.feedback import FeedbackRow
from desk_app.storage.transaction import ReadTx

_BRING = {
    FeedbackClass.COMPLAINT: "Đơn khiếu nại ghi rõ ngày, họ tên, địa chỉ, nội dung, lý do; tài liệu kèm theo.",
    FeedbackClass.DENUNCIATION: "Đơn tố cáo có họ tên, địa chỉ, cách liên hệ; tài liệu kèm theo, để trong phong bì dán kín.",
}
_LAW = {FeedbackClass.COMPLAINT: "Luật Khiếu nại năm 2011", FeedbackClass.DENUNCIATION: "Luật Tố cáo năm 2018"}


def slip(desk: Desk, tx: ReadTx, profile: UnitProfile, about: str) -> FeedbackSlip:
    """The receipt slip; the copies with the sender's name are the citizen's and the sealed one."""
    row, person, said = _found(tx, about)
    handler = officers.get(tx, row.handler) if row.handler else None
    dossier = dossiers.get(tx, row.dossier) if row.dossier else None
    related = dossier.code if dossier else str(said.get("dossier_code", ""))
    kind = FeedbackClass(row.feedback_class) if row.feedback_class else FeedbackClass.QUESTION
    return FeedbackSlip(
        letterhead=Letterhead(profile.desk_head[0], profile.desk_head[1], profile.place),
        number=office.number_text(row.number, row.symbol),
        slip_code=row.slip_code,
        desk_name=profile.desk_name,
        feedback_code=row.code,
        person_name=person.name,
        person_number=person.id_number,
        address=person.residence,
        phone=person.phone,
        email=person.email,
        secret=row.secret,
        way=CHANNEL_TEXT[Channel(row.channel)],
        kind=CLASS_TEXT[kind],
        about=str(said.get("about", "")),
        related=related,
        content=str(said.get("content", "")),
        enclosures=_enclosures(row),
        received_at=datetime.fromisoformat(row.received_at),
        handled_by=f"{profile.authority} ({handler.name})" if handler else profile.authority,
        answer_by=date.fromisoformat(row.answer_by),
        officer_name=_officer(tx, row.officer),
        desk_phone=profile.phone,
        marks=_training(desk),
    )


def transfer(desk: Desk, tx: ReadTx, profile: UnitProfile, about: str) -> TransferSlip:
    """To the body that may decide; a secret sender is not named in it."""
    row, person, said = _found(tx, about)
    return TransferSlip(
        letterhead=_office(profile),
        number=office.number_text(row.sent_number, row.sent_symbol),
        agency=profile.authority,
        written_on=date.fromisoformat(row.sent_at[:10]),
        to_agency=row.refer_to,
        received_on=date.fromisoformat(row.received_at[:10]),
        title_of_person="Ông (Bà)",
        person_name=person.name,
        address=person.residence,
        feedback_code=row.code,
        content=str(said.get("content", "")),
        legal_basis=bases_text(bases_of(row)),
        enclosed_sheets=row.sheets,
        signer_title=profile.head_title,
        signer_name="",
        secret=row.secret,
        marks=_training(desk),
    )


def notice(desk: Desk, tx: ReadTx, profile: UnitProfile, about: str) -> TransferNotice:
    """To the citizen: where it went, when, under which number."""
    row, _person, _said = _found(tx, about)
    sent = transfer(desk, tx, profile, about)
    return TransferNotice(sent, office.number_text(row.notice_number, row.notice_symbol), _contact(profile))


def reply(desk: Desk, tx: ReadTx, profile: UnitProfile, about: str) -> FeedbackReply:
    """The answer as the head signs it."""
    row = query.get(tx, about)
    words = (tx.subject(row.reply) if row and row.reply else None) or {}
    if row is None or not words or not row.verdict:
        raise Refused("IN-09")
    return reply_of(desk, tx, profile, row, words, VERDICT_TEXT[Verdict(row.verdict)], bases_text(bases_of(row)))


def reply_of(
    desk: Desk, tx: ReadTx, profile: UnitProfile, row: FeedbackRow, words: Mapping[str, Any], verdict: str, basis: str
) -> FeedbackReply:  # fmt: skip
    """The letter of these words; ``verdict`` and ``basis`` as they are printed. Its number may still be missing."""
    _row, person, said = _found(tx, row.feedback)
    return FeedbackReply(
        letterhead=_office(profile),
        number=office.number_text(row.reply_number, row.reply_symbol),
        agency=profile.authority,
        written_on=date.fromisoformat(row.closed_at[:10]) if row.closed_at else desk.now().date(),
        title_of_person="Ông (Bà)",
        person_name=person.name,
        received_on=date.fromisoformat(row.received_at[:10]),
        feedback_code=row.code,
        content=str(said.get("content", "")).rstrip(" .\n"),
        findings=str(words.get("findings", "")),
        legal_basis=basis,
        verdict=verdict,
        done=str(words.get("done", "")),
        apology=str(words.get("apology", "")),
        contact=_contact(profile),
        signer_title=profile.head_title,
        signer_name="",
        marks=_training(desk),
    )


def referral(desk: Desk, tx: ReadTx, profile: UnitProfile, about: str) -> ReferralSlip:
    """Where a complaint or denunciation belongs: no name, no facts, the word alone."""
    kind = FeedbackClass(about.partition(".")[0])
    if kind not in _LAW:
        raise Refused("IN-09")
    return ReferralSlip(
        letterhead=Letterhead(profile.desk_head[0], profile.desk_head[1], profile.place),
        desk_name=profile.desk_name,
        given_at=desk.now(),
        request=CLASS_TEXT[kind].capitalize(),
        agency=f"Người đứng đầu {profile.authority}, nơi tiếp công dân",
        agency_address=profile.address,
        agency_phone=profile.phone,
        opening_hours=profile.hours_text,
        bring=_BRING[kind],
        legal_basis=_LAW[kind],
        officer_name=_officer(tx, desk.officer.id),
        marks=_training(desk),
    )


#: Kind of paper → how its data are gathered.
BUILD: dict[str, Callable[[Desk, ReadTx, UnitProfile, str], Any]] = {
    "feedback_slip": slip,
    "feedback_transfer": transfer,
    "feedback_notice": notice,
    "feedback_reply": reply,
    "feedback_referral": referral,
}


def _found(tx: ReadTx, about: str) -> tuple[FeedbackRow, Person, dict[str, Any]]:
    row = query.get(tx, about)
    value = tx.subject(row.person) if row else None
    said = tx.subject(row.text) if row else None
    if row is None or value is None or said is None:
        raise Refused("IN-09")
    return row, Person.from_subject(value), dict(said)


def _enclosures(row: FeedbackRow) -> str:
    parts = [f"{row.sheets} tờ"] if row.sheets else []
    parts += [f"{len(row.scans)} bản chụp"] if row.scans else []
    return ", ".join(parts) or "không có"


def _office(profile: UnitProfile) -> Letterhead:
    return Letterhead(profile.office_head[0], profile.office_head[1], profile.place)


def _contact(profile: UnitProfile) -> str:
    return f"{profile.desk_name}, {profile.address}, điện thoại {profile.phone}"


def _officer(tx: ReadTx, officer_id: str) -> str:
    found = officers.get(tx, officer_id)
    return found.name if found else ""


def _training(desk: Desk) -> tuple[Mark, ...]:
    return (marks.training(),) if desk.training else ()
