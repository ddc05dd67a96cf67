"""What the cash desk asks of the rest of the desk."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, Protocol

from desk_app.ui.screens.intake.ports import Printing, Series

if TYPE_CHECKING:
    from desk_app.domain.fees import FeeQuote
    from desk_app.domain.procedure import Variant
    from desk_app.services.cashier import Collected, CollectFee
    from desk_app.services.transfer import TransferCode

Submit = Callable[[Callable[..., Any]], "Future[Any]"]


class Receipt(Protocol):
    """A receipt of the day as it was issued."""

    @property
    def receipt(self) -> str: ...
    @property
    def symbol(self) -> str: ...
    @property
    def number(self) -> int: ...
    @property
    def name(self) -> str: ...
    @property
    def total_vnd(self) -> int: ...
    @property
    def method(self) -> str: ...
    @property
    def issued_at(self) -> str: ...


@dataclass(frozen=True, slots=True, repr=False)
class Owed:
    """A dossier at the cash desk: who, what, and the fee of today. ``paid_vnd`` > 0: it was paid before."""

    dossier: str
    code: str
    name: str
    procedure: str
    fee: FeeQuote | None
    variant: Variant | None
    paid_vnd: int = 0


@dataclass(frozen=True, slots=True)
class FeePorts:
    """One bundle. Pure: ``now``, ``new_id``. Through ``submit``: all others.

    ``by_slip``: 20 digits of an acceptance slip (TN-05 for another); ``find``: end of a code or a name, owing first.
    ``purpose`` says what a receipt was for; ``state`` "Đã in", "Chưa in", "Chưa ký số", "In lại 2".
    """

    catalogue_version: str
    now: Callable[[], datetime]
    new_id: Callable[[], str]
    submit: Submit
    by_slip: Callable[[str], Owed]
    by_dossier: Callable[[str], Owed]
    find: Callable[[str], Sequence[Owed]]
    collect: Callable[[CollectFee], Collected]
    of_day: Callable[[date], Sequence[Receipt]]
    purpose: Callable[[Receipt], str]
    state: Callable[[Receipt], str]
    series: Callable[[], Series]
    print_papers: Callable[[str], Printing]
    paper_submit: Submit | None = None
    transfer_code: Callable[[str], TransferCode] | None = None
