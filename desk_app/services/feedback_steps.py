"""The steps of a feedback that is in the book: classified, given to somebody, sent on, extended, answered, published.

Every step asks the machine of ``domain.feedback`` inside the transaction; a letter gets its number in the same one.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from desk_app.domain import feedback as rules
from desk_app.domain.errors import Refused
from desk_app.domain.feedback import FeedbackClass, State, Step, Verdict
from desk_app.domain.legal_basis import LegalBasis, read_bases
from desk_app.domain.session import Role
from desk_app.domain.text import clean_line
from desk_app.services.desk import Desk, stamp
from desk_app.storage.queries import dossiers, officers
from desk_app.storage.queries import feedback as query
from desk_app.storage.queries.feedback import FeedbackRow
from desk_app.storage.transaction import ReadTx, WriteTx
from sync.protocol.facts import Fact
from sync.protocol.feedback_facts import (
    CitedBasis,
    FeedbackAnswered,
    FeedbackAssigned,
    FeedbackClassified,
    FeedbackExtended,
    FeedbackPublished,
    FeedbackRefused,
    FeedbackTransferred,
)
from sync.protocol.voice_facts import EXTENDED, REFUSED, FeedbackNotified

HANDLERS = (Role.SPECIALIST, Role.LEADER, Role.HEAD)
Facts = tuple[Fact, ...]


@dataclass(frozen=True, slots=True)
class TransferFeedback:
    """Send it to the body that may decide. ``basis``: the citation as typed."""

    id: str
    feedback: str
    to_agency: str
    basis: str


@dataclass(frozen=True, slots=True, repr=False)
class AnswerFeedback:
    """Answer it. ``spoken``: a question answered at the desk, without a letter."""

    id: str
    feedback: str
    verdict: Verdict | None
    basis: str
    findings: str
    done: str = ""
    apology: str = ""
    spoken: bool = False


@dataclass(frozen=True, slots=True)
class RefuseFeedback:
    """Do not accept it: why, on which basis, and where the citizen should go instead."""

    id: str
    feedback: str
    reason: str
    refer_to: str
    basis: str = ""


@dataclass(frozen=True, slots=True, repr=False)
class PublishFeedback:
    """Make the result public in words that show nobody. ``where``: board, website."""

    id: str
    feedback: str
    text: str
    where: tuple[str, ...] = ("board",)


def classify(desk: Desk, command_id: str, feedback: str, kind: FeedbackClass) -> str:
    """Say what it is about, or say it anew; answers its code. Refuses PA-09: a complaint, a denunciation."""
    desk.officer.require(Role.RECEPTION, *HANDLERS)
    if kind not in rules.IN_BOOK:
        raise Refused("PA-09")

    def fact(_tx: WriteTx, row: FeedbackRow) -> Facts:
        return (FeedbackClassified(row.feedback, kind.value, stamp(desk.now())),)

    return _step(desk, command_id, feedback, Step.CLASSIFY, fact)


def assign(desk: Desk, command_id: str, feedback: str, handler: str) -> str:
    """Charge an officer with it (giao xử lý). Refuses: PA-07, PA-08."""
    desk.officer.require(Role.RECEPTION, *HANDLERS)

    def fact(tx: WriteTx, row: FeedbackRow) -> Facts:
        rules.require_handler(handler, barred(tx, row))
        return (FeedbackAssigned(row.feedback, handler, stamp(desk.now())),)

    return _step(desk, command_id, feedback, Step.ASSIGN, fact)


def transfer(desk: Desk, command: TransferFeedback) -> str:
    """Send it on, with its notice to the citizen. Refuses: PA-11 no agency, PA-01 and PA-05 about the basis."""
    desk.officer.require(Role.RECEPTION, *HANDLERS)
    to_agency = clean_line(command.to_agency, rules.NAME_LIMIT)

    def fact(tx: WriteTx, row: FeedbackRow) -> Facts:
        if not to_agency:
            raise Refused("PA-11")
        basis = _cited(read_bases(command.basis))
        require_unconcerned(desk, tx, row)
        now = desk.now()
        slip = tx.take_number("feedback_transfer", now.date())
        notice = tx.take_number("stop_notice", now.date())  # one series of the office's notices (TB-UBND)
        sent = FeedbackTransferred(
            row.feedback, slip.symbol, slip.number, to_agency, basis, stamp(now), slip.grant, notice.symbol,
            notice.number, notice.grant,
        )  # fmt: skip
        return (sent,)

    return _step(desk, command.id, command.feedback, Step.TRANSFER, fact)


def extend(desk: Desk, command_id: str, feedback: str, reason: str) -> str:
    """Give a complex one a later day, once, and promise the sender his notice with its number (§9.4 step 5).

    Refuses: PA-12 it was extended before, PA-13 no reason.
    """
    desk.officer.require(*HANDLERS)
    why = clean_line(reason, rules.NAME_LIMIT)

    def fact(tx: WriteTx, row: FeedbackRow) -> Facts:
        if row.extended:
            raise Refused("PA-12")
        if not why:
            raise Refused("PA-13")
        term = rules.terms_from(desk.catalogue.defaults).extension
        day = rules.extended(date.fromisoformat(row.answer_by), term, desk.catalogue.calendar)
        told = _notified(desk, tx, row.feedback, EXTENDED, "stop_notice")
        return (FeedbackExtended(row.feedback, day.isoformat(), why, stamp(desk.now())), told)

    return _step(desk, command_id, feedback, Step.EXTEND, fact)


def answer(desk: Desk, command: AnswerFeedback) -> str:
    """Answer with conclusion, legal basis and plain words; a question may be answered at the desk by word of mouth.

    Refuses: PA-01 no basis, PA-05 a Công văn as basis, PA-02 no conclusion, PA-14 nothing is said, PA-08 the officer
    is concerned, PA-15 somebody else was charged with it.
    """
    desk.officer.require(Role.RECEPTION, *HANDLERS)
    findings = rules.clean_text(command.findings, rules.REPLY_LIMIT)
    done = rules.clean_text(command.done, rules.REPLY_LIMIT)
    apology = rules.clean_text(command.apology, rules.REPLY_LIMIT)

    def fact(tx: WriteTx, row: FeedbackRow) -> Facts:
        spoken = command.spoken and row.feedback_class == FeedbackClass.QUESTION
        if not findings:
            raise Refused("PA-14")
        if command.verdict is None and not spoken:
            raise Refused("PA-02")
        basis = _cited(read_bases(command.basis)) if command.basis.strip() or not spoken else ()
        _require_charge(desk, tx, row, spoken=spoken)
        now = desk.now()
        text = tx.put_subject("feedback_reply", {"findings": findings, "done": done, "apology": apology})
        number = None if spoken else tx.take_number("feedback_reply", now.date())
        said = FeedbackAnswered(
            feedback=row.feedback,
            verdict=command.verdict.value if command.verdict else "",
            basis=basis,
            text=text,
            answered_at=stamp(now),
            symbol=number.symbol if number else "",
            number=number.number if number else 0,
            grant=number.grant if number else "",
            at_fault=bool(apology),
            spoken=spoken,
        )
        return (said,)

    return _step(desk, command.id, command.feedback, Step.ANSWER, fact)


def note_reply(desk: Desk, command_id: str, feedback: str, findings: str) -> str:
    """The body it was transferred to has answered: what it said, for the book. Refuses: PA-14."""
    desk.officer.require(Role.RECEPTION, *HANDLERS)
    said = rules.clean_text(findings, rules.REPLY_LIMIT)

    def fact(tx: WriteTx, row: FeedbackRow) -> Facts:
        if not said:
            raise Refused("PA-14")
        text = tx.put_subject("feedback_reply", {"findings": said})
        return (FeedbackAnswered(row.feedback, "", (), text, stamp(desk.now()), by_agency=row.refer_to),)

    return _step(desk, command_id, feedback, Step.NOTE_REPLY, fact)


def refuse(desk: Desk, command: RefuseFeedback) -> str:
    """Không tiếp nhận, told by a letter of its own number: never without a reason, a rule and a place to go (§9.5).

    Refuses: PA-13 no reason, PA-11 no place, PA-01 no rule, PA-05 a Công văn as rule, PA-08 the officer is concerned.
    """
    desk.officer.require(*HANDLERS)
    reason = clean_line(command.reason, rules.NAME_LIMIT)
    refer_to = clean_line(command.refer_to, rules.NAME_LIMIT)

    def fact(tx: WriteTx, row: FeedbackRow) -> Facts:
        if not reason:
            raise Refused("PA-13")
        if not refer_to:
            raise Refused("PA-11")
        require_unconcerned(desk, tx, row)
        basis = _cited(read_bases(command.basis))
        told = _notified(desk, tx, row.feedback, REFUSED, "feedback_reply")
        return (FeedbackRefused(row.feedback, reason, refer_to, stamp(desk.now()), basis), told)

    return _step(desk, command.id, command.feedback, Step.REFUSE, fact)


def publish(desk: Desk, command: PublishFeedback) -> str:
    """Make a result public (Điều 19). Refuses: PA-14 no words, PA-16 the words still show who asked."""
    desk.officer.require(*HANDLERS)
    words = rules.clean_text(command.text, rules.REPLY_LIMIT)

    def fact(tx: WriteTx, row: FeedbackRow) -> Facts:
        if not words:
            raise Refused("PA-14")
        who = tx.subject(row.person) or {}
        shown = (str(who.get(key, "")) for key in ("name", "phone", "id_number", "residence"))
        if rules.names_person(words, *shown):
            raise Refused("PA-16")
        where = tuple(w for w in command.where if w in ("board", "website", "letter")) or ("board",)
        text = tx.put_subject("publication", {"text": words})
        return (FeedbackPublished(row.feedback, where, text, stamp(desk.now())),)

    return _step(desk, command.id, command.feedback, Step.PUBLISH, fact)


def barred(tx: ReadTx, row: FeedbackRow) -> frozenset[str]:
    """Officers who may not handle it: complained about, or the one who took the related dossier in."""
    dossier = dossiers.get(tx, row.dossier) if row.dossier else None
    return rules.excluded(row.against, dossier.officer if dossier else "")


# ---- inside ----------------------------------------------------------------------------------------------------------


def _step(desk: Desk, command_id: str, feedback: str, step: Step, make: Callable[[WriteTx, FeedbackRow], Facts]) -> str:
    """One step of the machine in one transaction; the same command twice does nothing the second time."""
    with desk.store.write(command_id, desk.officer.id) as tx:
        tx.use_line(desk.line_kind)
        row = query.get(tx, feedback)
        if row is None:
            raise Refused("PA-17")
        if not tx.prior:
            rules.follow(State(row.state), step)
            for fact in make(tx, row):
                tx.append(fact)
    desk.wake_sync()
    return row.code


def _notified(desk: Desk, tx: WriteTx, feedback: str, notice: str, series: str) -> FeedbackNotified:
    """The number of a letter to the sender: not accepted by the series of answers, a later day by that of notices."""
    now = desk.now()
    taken = tx.take_number(series, now.date())
    return FeedbackNotified(feedback, notice, taken.symbol, taken.number, stamp(now), taken.grant)


def require_unconcerned(desk: Desk, tx: ReadTx, row: FeedbackRow) -> None:
    """Refuses PA-08: the officer is complained about, or took the related dossier in."""
    if desk.officer.id in barred(tx, row):
        raise Refused("PA-08")


def _require_charge(desk: Desk, tx: ReadTx, row: FeedbackRow, *, spoken: bool) -> None:
    """Who answers was charged with it, or leads; a spoken answer is given by whoever sits at the desk."""
    require_unconcerned(desk, tx, row)
    leads = desk.officer.roles & {Role.LEADER, Role.HEAD}
    if not (spoken or leads or desk.officer.id == row.handler):
        found = officers.get(tx, row.handler) if row.handler else None
        raise Refused("PA-15", name=found.name if found else "người phụ trách")


def _cited(bases: tuple[LegalBasis, ...]) -> tuple[CitedBasis, ...]:
    return tuple(
        CitedBasis(
            b.instrument.value, b.number, b.article, b.clause, b.point, b.title, b.issuer,
            b.dated.isoformat() if b.dated else "",
        )
        for b in bases
    )  # fmt: skip
