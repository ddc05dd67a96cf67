"""What handing over a result asks of the rest of the desk."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from desk_app.ui.forms.result import Claim

if TYPE_CHECKING:
    from desk_app.domain.identity import CardReading
    from desk_app.services.cashier import Collected, CollectFee
    from desk_app.services.results import Returned, ReturnResult

Submit = Callable[[Callable[..., Any]], "Future[Any]"]


@dataclass(frozen=True, slots=True)
class ResultPorts:
    """One bundle. Pure: ``now``, ``new_id``, ``read_card``. Through ``submit``: all others.

    ``by_slip`` takes the 20 digits of an acceptance slip and raises TN-05 for another; ``by_dossier`` an id;
    ``find`` a card number, an end of a code or a name, results that are here first. ``survey(score, reason)`` keeps an
    answer apart from the dossier.
    """

    now: Callable[[], datetime]
    new_id: Callable[[], str]
    read_card: Callable[[str], CardReading]
    submit: Submit
    by_slip: Callable[[str], Claim]
    by_dossier: Callable[[str], Claim]
    find: Callable[[str], Sequence[Claim]]
    collect: Callable[[CollectFee], Collected]
    return_result: Callable[[ReturnResult], Returned]
    survey: Callable[[int, str], None]
