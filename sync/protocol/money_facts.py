"""Record kinds of money after the receipt: taken back, replaced, signed, closed, reported, remitted.

A receipt is never changed: what happens to it later is a further record that names it, so both stand in the book for
ever (Nghị định 254/2026 Điều 23, Thông tư 91/2026 Điều 20; before: Thông tư 303/2016 Điều 6). Amounts are whole đồng.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from sync.protocol.facts import MAX_VND, Fact, FactError
from sync.protocol.subject import SubjectRef

DENOMINATIONS = (500_000, 200_000, 100_000, 50_000, 20_000, 10_000, 5_000, 2_000, 1_000, 500)


def _check_vnd(name: str, amount: int) -> None:
    if not 0 <= amount <= MAX_VND:
        raise FactError(f"{name}: not an amount in đồng")


@dataclass(frozen=True, slots=True)
class ReceiptErrorNoted(Fact):
    """A notice 04/SS-CTĐT: something other than tax code and amount is wrong; no new receipt (91/2026 Điều 20).

    ``error_kind``: name, address, words or other. ``correction``: subject with what is wrong and what is right.
    ``second``: who confirmed; "" while it waits for the head of the office.
    """

    KIND: ClassVar[str] = "receipt.error_noted"
    notice: str
    receipt: str
    symbol: str
    number: int
    noted_at: str
    error_kind: str
    correction: SubjectRef
    second: str = ""
    grant: str = ""


@dataclass(frozen=True, slots=True)
class ReceiptReplaced(Fact):
    """An electronic receipt is replaced by another one, issued in the same command; ``new`` "" when nothing was owed.

    ``reason``: amount, tax_code, payer or other; ``note``: subject with the officer's words. ``refund_vnd`` is handed
    back, ``extra_vnd`` taken in addition; one of them is 0.
    """

    KIND: ClassVar[str] = "receipt.replaced"
    undo: str
    receipt: str
    new: str
    replaced_at: str
    reason: str
    refund_vnd: int
    extra_vnd: int
    note: SubjectRef | None = None
    second: str = ""

    def __post_init__(self) -> None:
        _check_vnd("refund_vnd", self.refund_vnd)
        _check_vnd("extra_vnd", self.extra_vnd)
        if self.refund_vnd and self.extra_vnd:
            raise FactError("extra_vnd: money goes one way")
        if self.new == self.receipt:
            raise FactError("new: a receipt can't replace itself")


@dataclass(frozen=True, slots=True)
class ReceiptVoided(Fact):
    """A paper receipt was taken back with minutes; its number stays used (303/2016 Điều 6). To 31/12/2026 only.

    ``reason``: wrong_item, misprint, wrong_text or other. ``sheets``: liên taken back. ``refund_vnd``: handed back.
    """

    KIND: ClassVar[str] = "receipt.voided"
    undo: str
    receipt: str
    symbol: str
    number: int
    voided_at: str
    reason: str
    sheets: int
    refund_vnd: int
    note: SubjectRef | None = None
    second: str = ""
    grant: str = ""

    def __post_init__(self) -> None:
        _check_vnd("refund_vnd", self.refund_vnd)


@dataclass(frozen=True, slots=True)
class ReceiptEntered(Fact):
    """A receipt written by hand (power or network down) was entered afterwards, with its true time and the cause.

    The receipt itself is the record before this one, in the series of its booklet.
    """

    KIND: ClassVar[str] = "receipt.entered"
    receipt: str
    happened_at: str
    entered_at: str
    cause: str


@dataclass(frozen=True, slots=True)
class ReceiptSigned(Fact):
    """An electronic receipt was digitally signed; the signed bytes are kept under ``sha256``.

    ``certificate``: SHA-256 of the signer's certificate. ``data_sha256``: the XML data signed with the same key,
    kept too. The date of signing is ``signed_at`` (254/2026 Điều 24).
    """

    KIND: ClassVar[str] = "receipt.signed"
    receipt: str
    signed_at: str
    signer: str
    certificate: str
    sha256: str
    size_bytes: int
    data_sha256: str = ""
    data_signature: str = ""


@dataclass(frozen=True, slots=True)
class TransferSeen(Fact):
    """The officer saw the money of a receipt come in by transfer; ``reference``: what the bank calls the transfer."""

    KIND: ClassVar[str] = "receipt.transfer_seen"
    receipt: str
    reference: str
    seen_at: str


@dataclass(frozen=True, slots=True)
class SeriesClosed:
    """The numbers of one series in a closing, and what they brought. ``struck``: numbers voided or replaced in it."""

    form: str
    symbol: str
    series_id: int
    first: int
    last: int
    count: int
    sum_vnd: int
    struck: tuple[int, ...]
    series_total_vnd: int


@dataclass(frozen=True, slots=True)
class SumOf:
    """What one officer or one kind of fee brought in a closing, net of what was taken back (may be below 0)."""

    what: str
    cash_vnd: int
    transfer_vnd: int


@dataclass(frozen=True, slots=True)
class DayClosed(Fact):
    """The Z record of a drawer: everything on the line since the closing before, up to ``through_seq``.

    ``counted``: sheets of each of DENOMINATIONS, counted before the book was shown. ``cash_vnd``, ``transfer_vnd``:
    by the book, net. ``later_cash_vnd``: cash in the drawer that counts for a later day. ``float_vnd``: change money
    that stays. ``difference_vnd`` = counted − (cash + later + float), with its reason. ``ends_day`` False: a shift.
    ``second``: who received the money; "" while it waits for the head. ``head``: hash of record ``through_seq``.
    """

    KIND: ClassVar[str] = "day.closed"
    closing: str
    day: str
    drawer: str
    shift: int
    closed_at: str
    counted: tuple[int, ...]
    counted_vnd: int
    cash_vnd: int
    transfer_vnd: int
    later_cash_vnd: int
    float_vnd: int
    difference_vnd: int
    series: tuple[SeriesClosed, ...]
    by_officer: tuple[SumOf, ...]
    by_fee: tuple[SumOf, ...]
    through_seq: int
    head: str
    unsigned: int = 0
    unsent: int = 0
    reason: str = ""
    note: SubjectRef | None = None
    ends_day: bool = True
    second: str = ""

    def __post_init__(self) -> None:
        if len(self.counted) != len(DENOMINATIONS) or any(n < 0 for n in self.counted):
            raise FactError("counted: not a count of every denomination")
        if self.counted_vnd != sum(n * value for n, value in zip(self.counted, DENOMINATIONS, strict=True)):
            raise FactError("counted_vnd: is not the sum of the sheets")
        if self.difference_vnd != self.counted_vnd - self.cash_vnd - self.later_cash_vnd - self.float_vnd:
            raise FactError("difference_vnd: is not counted less expected")
        if self.difference_vnd and not self.reason:
            raise FactError("reason: a difference needs one")


@dataclass(frozen=True, slots=True)
class SecondConfirmed(Fact):
    """The head confirmed afterwards what an officer did alone. ``task``: undo, notice or closing."""

    KIND: ClassVar[str] = "second.confirmed"
    task: str
    confirmed_at: str
    officer: str


@dataclass(frozen=True, slots=True)
class TaxDataMade(Fact):
    """Data 01/TH-BLĐT of some receipts were made for the tax authority, the same day (254/2026 Điều 29).

    ``rows``: receipts and undos in it. ``sha256`` of the XML. ``late``: after the day, ``reason`` says why.
    """

    KIND: ClassVar[str] = "tax_data.made"
    data: str
    day: str
    made_at: str
    rows: tuple[str, ...]
    sha256: str
    late: bool = False
    reason: str = ""


@dataclass(frozen=True, slots=True)
class RemittanceMade(Fact):
    """Fees of a month went to the treasury's account (226/2016 Điều 6: by the 5th of the month after).

    ``collected_vnd``: what the closings of the month brought; ``balance_vnd``: what stays to be remitted of all months.
    """

    KIND: ClassVar[str] = "remittance.made"
    remittance: str
    month: str
    remitted_at: str
    amount_vnd: int
    collected_vnd: int
    balance_vnd: int
    account: str
    reference: str = ""

    def __post_init__(self) -> None:
        _check_vnd("amount_vnd", self.amount_vnd)
        if not self.amount_vnd:
            raise FactError("amount_vnd: nothing was remitted")
