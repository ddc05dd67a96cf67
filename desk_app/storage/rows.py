"""Frozen rows: what queries hand out. Times are local text of the facts ("" = not yet), amounts whole đồng."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True, repr=False)
class DossierRow:
    """One line of a list of dossiers. ``state``: national code 2 … 10; ``n`` rises with arrival.

    ``due_at``: the law's date as promised now; ``first_due_at``: as first printed; ``new_day``: of the last apology.
    ``agency``: the settling one, "" before the hand-over (the receiving one is the office of the line).
    """

    n: int
    dossier: str
    code: str
    slip_code: str
    procedure: str
    variant: str
    catalogue: str
    name: str
    submitter_name: str
    birth_year: int | None
    phone: str
    id_number: str
    state: int
    received_at: str
    due_at: str
    settled_at: str
    returned_at: str
    fee_vnd: int | None
    paid_vnd: int
    channel: int
    done_at_once: bool
    officer: str
    supplements: int = 0
    apologies: int = 0
    new_day: str = ""
    first_due_at: str = ""
    agency: str = ""
    handed_at: str = ""
    taken_at: str = ""

    @property
    def owed_vnd(self) -> int:
        """What is still to be paid of the quoted fee; 0 when no tariff is set."""
        return max(0, (self.fee_vnd or 0) - self.paid_vnd)

    def __repr__(self) -> str:
        return f"DossierRow({self.code}, …)"


DOSSIER_COLUMNS = (
    "n, dossier, code, slip_code, procedure, variant, catalogue, name, submitter_name, birth_year, phone, id_number,"
    " state, received_at, due_at, settled_at, returned_at, fee_vnd, paid_vnd, channel, done_at_once, officer,"
    " supplements, apologies, new_day, first_due_at, agency, handed_at, taken_at"
)


def dossier_row(row: Any) -> DossierRow:
    values = [*row[:20], bool(row[20]), *row[21:29]]
    return DossierRow(*values)


@dataclass(frozen=True, slots=True)
class EventRow:
    """One step of a timeline; ``note`` holds what its kind tells (numbers, codes, ids)."""

    at: str
    kind: str
    actor: str
    note: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Mark:
    """One line of a checklist as it was seen (facts.DocumentMark)."""

    document: str
    state: str
    reason: int
    kept: bool
    originals: int
    copies: int


def marks(text: str) -> tuple[Mark, ...]:
    """The marks kept as JSON, fields of later versions left out."""
    names = Mark.__slots__
    return tuple(Mark(*(mark[name] for name in names)) for mark in json.loads(text))


@dataclass(frozen=True, slots=True, repr=False)
class ReceiptRow:
    """A receipt as it was issued and what became of it; ``training`` ones are no money.

    ``status``: issued, replaced or voided. ``happened_at``: when a hand-written one was really made.
    """

    receipt: str
    line: int
    training: bool
    form: str
    symbol: str
    series_id: int
    number: int
    payer: str
    name: str
    total_vnd: int
    method: str
    issued_at: str
    series_total_vnd: int
    dossiers: tuple[str, ...]
    officer: str
    status: str = "issued"
    replaced_by: str = ""
    replaces: str = ""
    happened_at: str = ""
    signed_sha256: str = ""

    def __repr__(self) -> str:
        return f"ReceiptRow({self.symbol} {self.number}, …)"


@dataclass(frozen=True, slots=True)
class ReceiptItemRow:
    """One line of a receipt."""

    fee: str
    levy_kind: str
    name: str
    basis: str
    quantity: int
    unit_vnd: int
    amount_vnd: int
    exempt_reason: str
    explanation: str


@dataclass(frozen=True, slots=True, repr=False)
class GuidanceRow:
    """A guidance slip: what was missing, for whom, by whom."""

    guidance: str
    slip_code: str
    symbol: str
    number: int
    given_at: str
    procedure: str
    variant: str
    catalogue: str
    answers: dict[str, Any]
    marks: tuple[Mark, ...]
    citizen: str
    name: str
    id_number: str
    round: int
    why_again: str
    referred_to: str
    officer: str

    def __repr__(self) -> str:
        return f"GuidanceRow({self.symbol} {self.number}, …)"


@dataclass(frozen=True, slots=True)
class PaperRow:
    """A paper kept as PDF under ``sha256``; ``copies`` 0: not printed yet, n: printed n − 1 times again."""

    paper: str
    kind: str
    about: str
    sha256: str
    size_bytes: int
    made_at: str
    copies: int
    state: str


@dataclass(frozen=True, slots=True)
class OfficerRow:
    """An officer who may sign in here."""

    officer: str
    name: str
    roles: tuple[str, ...]
    active: bool


@dataclass(frozen=True, slots=True, repr=False)
class DossierDetail:
    """Everything one dossier shows: the row, what was handed in, its steps, receipts and papers."""

    row: DossierRow
    line: int
    symbol: str
    number: int
    book: str
    entry_no: int
    answers: dict[str, Any]
    marks: tuple[Mark, ...]
    applicant: str
    submitter: str
    term_value: int | None
    term_unit: str
    calendar: str
    outcome: str
    result_no: str
    certification_book: str
    certification_no: int
    receiver: str
    sets: int
    result_channel: str
    guidance: str
    external_code: str
    events: tuple[EventRow, ...]
    receipts: tuple[ReceiptRow, ...]
    papers: tuple[PaperRow, ...]

    def __repr__(self) -> str:
        return f"DossierDetail({self.row.code}, …)"


@dataclass(frozen=True, slots=True)
class StepRow:
    """One move of a dossier as recorded; ``new_day``: the date of an apology, "" for the others."""

    move: str
    at: str
    new_day: str


@dataclass(frozen=True, slots=True)
class SlipRow:
    """A numbered paper of a dossier's life with the body of its fact; ``subject``: whose, when no dossier exists."""

    slip: str
    line: int
    kind: str
    dossier: str
    symbol: str
    number: int
    slip_code: str
    made_at: str
    officer: str
    subject: str
    body: dict[str, Any]
