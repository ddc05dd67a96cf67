"""Every record kind: what may be decided at a desk, as frozen dataclasses with their checks.

A fact is a decided change without number of order, time or author; the store seals it into a record (``envelope.py``).
Bodies hold ids, codes, numbers and commitments only: who somebody is stands in a subject. Money is whole đồng, local
times are Vietnam time ``2026-11-25T10:40:00`` without offset, days ``2026-11-25``.

To add a kind: a class here (``KIND``, ``V``), a fold in ``desk_app/storage/folds``, a sample in ``tests/contract/samples``.
Fields are added freely with a default, never renamed, re-typed or used for something else.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import ClassVar

from sync.protocol.canonical import Value
from sync.protocol.subject import SubjectRef

MAX_VND = 10**12

Answer = bool | int | str
REGISTRY: dict[str, type[Fact]] = {}


class FactError(ValueError):
    """A body does not fit its kind; the message names field and reason, never the content."""


class Fact:
    """A decided change. ``KIND`` names it for ever, ``V`` rises when a field gets another meaning (so: never)."""

    __slots__ = ()
    KIND: ClassVar[str] = ""
    V: ClassVar[int] = 1

    def __init_subclass__(cls, **kwargs: object) -> None:
        super().__init_subclass__(**kwargs)
        if cls.KIND:
            REGISTRY[cls.KIND] = cls


def _check_vnd(name: str, amount: int) -> None:
    if not 0 <= amount <= MAX_VND:
        raise FactError(f"{name}: not an amount in đồng")


# ---- the line, the office, its people -------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class LineOpened(Fact):
    """First record of every line: who may write it and why it exists.

    ``line_kind``: main, training, survey or spare. ``station_no`` is the counter's number (Quầy 2 → 2).
    ``public_key``: Ed25519, 64 hexadecimal digits. ``after_line``: the line it replaces, 0 = none.
    """

    KIND: ClassVar[str] = "line.opened"
    line_kind: str
    station_no: int
    public_key: str
    reason: str
    after_line: int = 0


@dataclass(frozen=True, slots=True)
class UnitProfiled(Fact):
    """The office as it prints itself from now on: names, addresses, hours, level above, tariffs."""

    KIND: ClassVar[str] = "unit.profiled"
    profile: Mapping[str, Value]


@dataclass(frozen=True, slots=True)
class GrantAccepted(Fact):
    """Numbers this line alone may use. ``series_kind``: receipt, dossier, register, acceptance_slip, guidance_slip …

    ``symbol`` is what stands beside the number on paper (26TAA, TNHS, 01). ``period``: day, year or all — when numbers
    start again at ``first``. ``series_id`` (1–999) stands for the symbol in printed codes, which hold digits only.
    """

    KIND: ClassVar[str] = "grant.accepted"
    grant: str
    series_kind: str
    form: str
    symbol: str
    series_id: int
    first: int
    last: int
    period: str


@dataclass(frozen=True, slots=True)
class OfficerRegistered(Fact):
    """An officer who may sign in here: name as printed on slips, roles such as reception, head. Again = changed."""

    KIND: ClassVar[str] = "officer.registered"
    officer: str
    name: str
    roles: tuple[str, ...]
    active: bool = True


# ---- guidance -------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class DocumentMark:
    """One line of the checklist as the officer saw it.

    ``state``: ok (đạt), bad (chưa đạt, with ``reason`` 1–6 of the counter's list), unseen, or not_needed (the data are
    at hand). ``kept``: stays with the dossier; otherwise shown and given back.
    """

    document: str
    state: str
    reason: int = 0
    kept: bool = False
    originals: int = 0
    copies: int = 0


@dataclass(frozen=True, slots=True)
class GuidanceGiven(Fact):
    """A guidance slip was made: everything that is missing, once. Nothing was taken in.

    ``round`` 1 is the rule; from 2 on ``why_again`` is required. ``citizen`` None: an anonymous enquiry.
    ``slip_code``: the 20 digits printed on the slip. ``referred_to``: the agency, when it is not done here.
    """

    KIND: ClassVar[str] = "guidance.given"
    guidance: str
    slip_code: str
    symbol: str
    number: int
    given_at: str
    procedure: str
    variant: str
    catalogue: str
    answers: Mapping[str, Answer]
    marks: tuple[DocumentMark, ...]
    citizen: SubjectRef | None
    round: int = 1
    why_again: str = ""
    referred_to: str = ""
    grant: str = ""


# ---- the life of a dossier ------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class DossierReceived(Fact):
    """A complete dossier was taken in and a date promised (Mẫu số 01). The promise is frozen here.

    ``term_value`` None: the procedure states no term. ``due_at`` local time, "" when there is no term.
    ``fee_vnd``: quoted at intake, None = tariff not set. ``channel``: 1 direct, 2 online, 3 post.
    ``done_at_once``: settled and returned in the same command, no appointment slip.
    """

    KIND: ClassVar[str] = "dossier.received"
    dossier: str
    code: str
    slip_code: str
    symbol: str
    number: int
    book: str
    entry_no: int
    procedure: str
    variant: str
    catalogue: str
    answers: Mapping[str, Answer]
    marks: tuple[DocumentMark, ...]
    applicant: SubjectRef
    submitter: SubjectRef | None
    received_at: str
    term_value: int | None
    term_unit: str
    due_at: str
    calendar: str
    fee_vnd: int | None
    sets: int = 1
    channel: int = 1
    result_channel: str = "desk"
    done_at_once: bool = False
    guidance: str = ""
    external_code: str = ""
    grants: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if self.fee_vnd is not None:
            _check_vnd("fee_vnd", self.fee_vnd)


@dataclass(frozen=True, slots=True)
class DossierSettled(Fact):
    """The settling agency's result is at the desk (state 9). ``outcome``: granted or refused (with reason on paper)."""

    KIND: ClassVar[str] = "dossier.settled"
    dossier: str
    settled_at: str
    outcome: str
    result_no: str = ""
    certification_book: str = ""
    certification_no: int = 0
    grant: str = ""


@dataclass(frozen=True, slots=True)
class ResultReturned(Fact):
    """The result was handed to the citizen, who signs for it (state 10).

    ``receiver``: applicant or authorised; an authorised receiver is a subject of its own. ``checks``: what the officer
    did before handing over (slip_scanned, card_matched, papers_given, signed).
    """

    KIND: ClassVar[str] = "result.returned"
    dossier: str
    returned_at: str
    receiver: str
    authorised: SubjectRef | None = None
    checks: tuple[str, ...] = ()


# ---- money ----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class ReceiptItem:
    """One line of a receipt: what for, by which rule, how many, how much. Amounts in đồng, exempt lines are 0."""

    fee: str
    levy_kind: str
    name: str
    basis: str
    quantity: int
    unit_vnd: int
    amount_vnd: int
    exempt_reason: str = ""
    explanation: str = ""


@dataclass(frozen=True, slots=True)
class ReceiptIssued(Fact):
    """Money was taken and a number used; both in this one record (fee law 97/2015 Điều 14; Nghị định 254/2026 Điều 23).

    ``number`` follows the last of the grant without gap. ``series_total_vnd``: everything ever taken on this series by
    this line, this receipt included. ``method``: cash or transfer. ``dossiers``: what it pays for.
    """

    KIND: ClassVar[str] = "receipt.issued"
    receipt: str
    form: str
    symbol: str
    series_id: int
    number: int
    dossiers: tuple[str, ...]
    payer: SubjectRef
    items: tuple[ReceiptItem, ...]
    total_vnd: int
    method: str
    issued_at: str
    series_total_vnd: int
    grant: str
    training: bool = False

    def __post_init__(self) -> None:
        _check_vnd("total_vnd", self.total_vnd)
        if self.total_vnd == 0:
            raise FactError("total_vnd: no receipt is issued for nothing")
        if self.total_vnd != sum(i.amount_vnd for i in self.items):
            raise FactError("total_vnd: is not the sum of the items")


# ---- papers, incidents, people --------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class PaperMade(Fact):
    """The paper of a fact exists as PDF and never changes. ``about``: dossier, guidance or receipt id."""

    KIND: ClassVar[str] = "paper.made"
    paper: str
    paper_kind: str
    about: str
    sha256: str
    size_bytes: int


@dataclass(frozen=True, slots=True)
class PaperPrinted(Fact):
    """A paper came out. ``copy`` 0 is the first print, n the n-th reprint (its mark says so), with the reason."""

    KIND: ClassVar[str] = "paper.printed"
    paper: str
    copy: int
    reason: str = ""


@dataclass(frozen=True, slots=True)
class IncidentRaised(Fact):
    """Something that must not happen was seen; told upwards. ``code`` of the messages, ``seen``: numbers only."""

    KIND: ClassVar[str] = "incident.raised"
    incident: str
    code: str
    seen: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class SubjectErased(Fact):
    """A person's data were erased here and must be erased everywhere; ``basis`` names the rule."""

    KIND: ClassVar[str] = "subject.erased"
    subject: str
    basis: str


@dataclass(frozen=True, slots=True)
class Opaque(Fact):
    """A record of a kind this version does not know: kept and passed on as it is."""

    kind: str
    v: int
    body: Mapping[str, Value]
