"""A training station in a folder of its own, signed in, with a clock that is set by hand and a printer that keeps."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, TypeVar

from desk_app.domain.condition import QuestionKind
from desk_app.domain.identity import parse_card
from desk_app.domain.intake import IntakeForm, IntakeView, MarkState
from desk_app.domain.name_lexicon import NameLexicon
from desk_app.domain.person import Person
from desk_app.services import intake, setup
from desk_app.services.desk import Desk
from desk_app.services.ports import Printed
from desk_app.wiring.station import Station

T = TypeVar("T")
CARDS = setup.TRAINING_CARDS


class SetClock:
    """Stands still until it is set."""

    def __init__(self, local: datetime) -> None:
        self.local = local

    def now_utc(self) -> datetime:
        return (self.local - timedelta(hours=7)).replace(tzinfo=UTC)


class KeptSecrets:
    """The machine's key store, in memory."""

    def __init__(self) -> None:
        self._kept: dict[str, bytes] = {}

    def get(self, name: str) -> bytes | None:
        return self._kept.get(name)

    def set(self, name: str, value: bytes) -> None:
        self._kept[name] = value


@dataclass
class KeptPrints:
    """A printer that keeps what came: title and PDF."""

    out: list[tuple[str, bytes]] = field(default_factory=list)

    def print_pdf(self, pdf: bytes, *, role: str, media: str, title: str, landscape: bool = False) -> Printed:
        self.out.append((title, pdf))
        return Printed("Máy in thử")


@dataclass
class Counter:
    """What a test of use cases needs."""

    station: Station
    desk: Desk
    clock: SetClock
    printer: KeptPrints

    def do(self, case: Callable[..., T], *values: Any) -> T:
        """A use case on the store's own thread."""
        return self.desk.store.call(lambda: case(self.desk, *values))

    def look(self, form: IntakeForm) -> IntakeView:
        """The form as it would be taken in now."""

        def see(desk: Desk) -> IntakeView:
            with desk.store.read() as tx:
                return intake.view(desk, tx, form)

        return self.do(see)

    def answered(self, form: IntakeForm) -> IntakeForm:
        """Every open question answered: the first choice, no, or one."""
        for _ in range(30):
            question = self.look(form).open_question
            if question is None:
                return form
            value: bool | int | str = question.options[0].value if question.options else False
            form = form.answer(question.id, 1 if question.kind is QuestionKind.NUMBER else value)
        raise AssertionError("the questions do not end")

    def looked_at(self, form: IntakeForm, bad: int = 0) -> IntakeForm:
        """Every question answered and every paper looked at; the last `bad` of them are missing."""
        form = self.answered(form)
        for place, row in enumerate(reversed(self.look(form).rows)):
            missing = place < bad
            form = form.mark(row.document.id, MarkState.BAD if missing else MarkState.OK, 1 if missing else 0)
        return form

    def form(self, procedure: str = "", card: str | None = CARDS[0], **answers: bool | int | str) -> IntakeForm:
        """A form with a scanned card (None: nobody named), a procedure with its usual answers and these answers."""
        form = IntakeForm(self.desk.ids.uuid7(), person=citizen(card) if card else None)
        if card:
            form = IntakeForm(form.id, person=form.person, scanned_at=self.clock.local.isoformat(timespec="seconds"))
        if procedure:
            form = form.choose(self.desk.procedure(procedure))
        for question, answer in answers.items():
            form = form.answer(question, answer)
        return form


def citizen(card: str) -> Person:
    reading = parse_card(card, NameLexicon.from_lines([]))
    assert reading.card is not None
    return Person.from_card(reading.card)


@contextmanager
def open_counter(folder: Path, local: datetime = datetime(2026, 11, 25, 9, 0)) -> Iterator[Counter]:
    """A training commune at work on a Wednesday morning."""
    clock = SetClock(local)
    station = Station(folder, training=True, clock=clock, secrets=KeptSecrets())
    try:
        station.begin_training()
        desk = station.sign_in(setup.TRAINING_OFFICERS[1].id, setup.TRAINING_PIN)
        yield Counter(station, desk, clock, KeptPrints())
    finally:
        station.close()
