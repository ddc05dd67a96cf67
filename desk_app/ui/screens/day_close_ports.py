"""What the closing of the day asks of the rest of the desk."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from desk_app.services.day_close import Book, Closed, CloseDay, Readiness
    from desk_app.services.second_person import Second

Submit = Callable[[Callable[..., Any]], "Future[Any]"]


@dataclass(frozen=True, slots=True)
class Person:
    """An officer to choose as the second person."""

    id: str
    name: str
    passphrase: bool = False  # proves himself with a passphrase in place of a PIN


@dataclass(frozen=True, slots=True)
class DayClosePorts:
    """One bundle. Through ``submit``: readiness, book, close, receivers. Through ``paper_submit``: prove, print.

    ``book`` is asked for only when the count is complete. ``reasons``: id → words of a difference.
    """

    officer: str
    new_id: Callable[[], str]
    submit: Submit
    paper_submit: Submit
    readiness: Callable[[], Readiness]
    book: Callable[[date], Book]
    close: Callable[[CloseDay], Closed]
    receivers: Callable[[], Sequence[Person]]
    prove: Callable[[str, str], Second]
    print_papers: Callable[[str], object]
    reasons: tuple[tuple[str, str], ...]
