"""Record kinds of a dossier's life between receipt and result (law-and-forms §5, moves T3–T15).

Same rules as ``facts.py``: local times of Vietnam without offset, money in đồng, people by subject only. A date that was
promised is written as it was promised; how it came about is replayed from these records.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

from sync.protocol.facts import Answer, DocumentMark, Fact, FactError
from sync.protocol.subject import SubjectRef


def _check_text(name: str, text: str) -> None:
    if not text.strip():
        raise FactError(f"{name}: is empty")


@dataclass(frozen=True, slots=True)
class HandoverListed(Fact):
    """A list of dossiers was made for one agency (Danh sách bàn giao hồ sơ); ``dossiers`` in the order printed."""

    KIND: ClassVar[str] = "handover.listed"
    handover: str
    listed_at: str
    agency: str
    dossiers: tuple[str, ...]
    taker: str = ""


@dataclass(frozen=True, slots=True)
class DossierHandedOver(Fact):
    """A dossier left the desk for ``agency``, the settling one (state 4); ``handover``: the list it stands on."""

    KIND: ClassVar[str] = "dossier.handed_over"
    dossier: str
    handed_at: str
    agency: str
    handover: str = ""
    taker: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class DossierTakenOver(Fact):
    """Somebody of the settling agency has it. ``taker``: the name he signed with, "" when he is the actor himself."""

    KIND: ClassVar[str] = "dossier.taken_over"
    dossier: str
    taken_at: str
    taker: str = ""


@dataclass(frozen=True, slots=True)
class SupplementRequested(Fact):
    """More was asked for, all at once (Mẫu số 02, state 5). The clock stands from this day.

    ``round`` 1 is free; from 2 on ``second_reason`` is the supervisor's. ``needs``: sentences as printed.
    ``answer_by``: day after which the dossier may be stopped, "" = none.
    """

    KIND: ClassVar[str] = "supplement.requested"
    dossier: str
    supplement: str
    slip_code: str
    symbol: str
    number: int
    asked_at: str
    needs: tuple[str, ...]
    reason: str
    round: int = 1
    second_reason: str = ""
    answer_by: str = ""
    grant: str = ""

    def __post_init__(self) -> None:
        _check_text("reason", self.reason)
        if not self.needs:
            raise FactError("needs: nothing is asked for")
        if self.round > 1:
            _check_text("second_reason", self.second_reason)


@dataclass(frozen=True, slots=True)
class SupplementCompleted(Fact):
    """Everything asked for is here (state 4). ``due_at``: the date promised now; ``calendar``: the one it came from."""

    KIND: ClassVar[str] = "supplement.completed"
    dossier: str
    completed_at: str
    due_at: str
    calendar: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class PaymentRequested(Fact):
    """The applicant owes something elsewhere before it goes on (state 6), such as a tax on land. The clock stands."""

    KIND: ClassVar[str] = "payment.requested"
    dossier: str
    asked_at: str
    what: str


@dataclass(frozen=True, slots=True)
class PaymentFulfilled(Fact):
    """What was owed elsewhere is paid (state 4). ``proof``: number of the paper shown."""

    KIND: ClassVar[str] = "payment.fulfilled"
    dossier: str
    fulfilled_at: str
    proof: str
    due_at: str
    calendar: str


@dataclass(frozen=True, slots=True)
class DossierRefused(Fact):
    """A request was not taken in (Mẫu số 03, state 3); ``reason`` names the rule, ``competent`` who does it instead."""

    KIND: ClassVar[str] = "dossier.refused"
    refusal: str
    slip_code: str
    symbol: str
    number: int
    refused_at: str
    procedure: str
    variant: str
    catalogue: str
    applicant: SubjectRef
    reason: str
    competent: str = ""
    grant: str = ""

    def __post_init__(self) -> None:
        _check_text("reason", self.reason)


@dataclass(frozen=True, slots=True)
class WithdrawalAsked(Fact):
    """The applicant asked in writing to have it back (state 7); the agency decides before the result is signed."""

    KIND: ClassVar[str] = "withdrawal.asked"
    dossier: str
    asked_at: str
    reason: str


@dataclass(frozen=True, slots=True)
class WithdrawalDeclined(Fact):
    """It goes on as before; ``to_state`` is the state it had."""

    KIND: ClassVar[str] = "withdrawal.declined"
    dossier: str
    declined_at: str
    reason: str
    to_state: int


@dataclass(frozen=True, slots=True)
class DossierStopped(Fact):
    """It is not settled (Thông báo dừng giải quyết hồ sơ, state 8). ``expired``: the term for supplement ran out.

    ``papers_back``: what the applicant gets back; ``money``: sentence on fees as printed.
    """

    KIND: ClassVar[str] = "dossier.stopped"
    dossier: str
    notice: str
    symbol: str
    number: int
    stopped_at: str
    ground: str
    stage: str
    money: str
    papers_back: tuple[str, ...] = ()
    expired: bool = False
    signer_title: str = ""
    signer: str = ""
    grant: str = ""


@dataclass(frozen=True, slots=True)
class ApologyMade(Fact):
    """A late dossier: apology with its cause and a second date (Mẫu số 04). ``due_at`` is the date that is broken.

    ``cause``: code of the list, ``cause_text`` as printed; ``ordinal``: which apology for this dossier.
    """

    KIND: ClassVar[str] = "apology.made"
    dossier: str
    apology: str
    letter_code: str
    symbol: str
    number: int
    made_at: str
    due_at: str
    cause: str
    cause_text: str
    new_day: str
    agency: str
    signer_title: str
    signer: str = ""
    ordinal: int = 1
    grant: str = ""

    def __post_init__(self) -> None:
        _check_text("cause_text", self.cause_text)


@dataclass(frozen=True, slots=True)
class DossierCorrected(Fact):
    """What was recorded wrongly is right from now on; the slip that said so is void by number, another one stands.

    Within 15 minutes of receipt ("sửa và in lại") ``reason`` may be empty. Every field is the one that holds now;
    ``changed`` names those that differ. The receipt's own moment never changes.
    """

    KIND: ClassVar[str] = "dossier.corrected"
    dossier: str
    correction: str
    corrected_at: str
    reason: str
    changed: tuple[str, ...]
    void_symbol: str
    void_number: int
    slip_code: str
    symbol: str
    number: int
    procedure: str
    variant: str
    catalogue: str
    answers: Mapping[str, Answer]
    marks: tuple[DocumentMark, ...]
    applicant: SubjectRef
    submitter: SubjectRef | None
    term_value: int | None
    term_unit: str
    due_at: str
    calendar: str
    fee_vnd: int | None
    result_channel: str = "desk"
    grant: str = ""


@dataclass(frozen=True, slots=True)
class DossierTakenBack(Fact):
    """The head undid the last step with a reason: ``undone`` names it, ``to_state`` is the state before it."""

    KIND: ClassVar[str] = "dossier.taken_back"
    dossier: str
    taken_back_at: str
    undone: str
    to_state: int
    reason: str

    def __post_init__(self) -> None:
        _check_text("reason", self.reason)


@dataclass(frozen=True, slots=True)
class DueMoved(Fact):
    """The table of days off changed after the slip was printed; the applicant is told the new date."""

    KIND: ClassVar[str] = "due.moved"
    dossier: str
    moved_at: str
    was_due_at: str
    due_at: str
    calendar: str
