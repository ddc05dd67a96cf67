"""A training desk without a window, taking in complete dossiers: the work behind several rows."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

from desk_app.domain.catalogue import load_catalogue
from desk_app.domain.intake import IntakeForm, MarkState, Step
from desk_app.domain.person import Person
from desk_app.domain.session import Officer
from desk_app.services import intake, setup
from desk_app.services.desk import Desk
from desk_app.services.intake import AcceptDossier
from desk_app.storage.store import Store
from desk_app.system import resources
from desk_app.system.clock import SystemClock
from desk_app.system.ids import SystemIds

PROCEDURE = "chung_thuc.ban_sao"
_IDS = SystemIds()


class Counter:
    """An open training store with an officer at work; no log-in, no witness, no window."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.file = folder / "desk.db"
        self.key = _IDS.random_bytes(32)
        store = Store.open(self.file, self.key, clock=SystemClock(), ids=_IDS)
        profile = json.loads(resources.path("units", "hoa-mau.json").read_text(encoding="utf-8"))
        line, officers = setup.training_line(_IDS, profile), setup.TRAINING_OFFICERS
        store.call(lambda: setup.open_station(store, line, profile, setup.training_grants(), officers, "bench"))
        self.desk = Desk(
            store=store,
            clock=SystemClock(),
            ids=_IDS,
            catalogue=load_catalogue(resources.path("catalogue", "catalogue.json").read_bytes()),
            officer=Officer(officers[1].id, officers[1].name, frozenset(officers[1].roles)),
            training=True,
            line_kind="training",
        )

    def close(self) -> None:
        """Close the file."""
        self.desk.store.close()

    def command(self, number: int) -> AcceptDossier:
        """A complete intake of one citizen, ready for the blue button."""
        person = Person(
            name=f"Nguyễn Thị Thử {number}",
            id_kind="cccd",
            id_number=f"0011900{number % 100_000:05}",
            birth_date=date(1990, 1, 1),
            gender="Nữ",
            residence="Thôn 4, xã Hòa Mẫu, tỉnh Minh Họa",
            phone="0900000112",
        )
        form = IntakeForm(id=_IDS.uuid7(), person=person)
        form = form.choose(self.desk.catalogue.procedures[PROCEDURE])
        return AcceptDossier(_IDS.uuid7(), self.desk.store.call(lambda: self._complete(form)))

    def accept(self, command: AcceptDossier) -> None:
        """What the blue button does, on the store's thread."""
        self.desk.store.call(lambda: intake.accept(self.desk, command))

    def _complete(self, form: IntakeForm) -> IntakeForm:
        """Answer every question and mark every paper good, as an officer would."""
        with self.desk.store.read() as tx:
            for _ in range(100):
                view = intake.view(self.desk, tx, form)
                if view.step is Step.ACCEPT:
                    return form
                if view.open_question is not None:
                    question = view.open_question
                    form = form.answer(question.id, question.options[0].value if question.options else 1)
                for row in view.rows:
                    form = form.mark(row.document.id, MarkState.OK)
        raise RuntimeError(f"{PROCEDURE} cannot be completed: {view.step}")
