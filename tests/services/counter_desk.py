"""A training desk without a window: a clock that is set, every role at hand, dossiers taken in as an officer would."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from typing import TypeVar

from desk_app.domain.catalogue import Catalogue, load_catalogue
from desk_app.domain.intake import IntakeForm, MarkState, Step
from desk_app.domain.person import Person
from desk_app.domain.session import Officer, Role
from desk_app.services import intake, papers, setup
from desk_app.services.desk import Desk, utc
from desk_app.services.intake import AcceptDossier, Accepted
from desk_app.services.setup import NewOfficer
from desk_app.storage.queries import dossiers
from desk_app.storage.rows import DossierDetail
from desk_app.storage.store import Store
from desk_app.system import resources
from tests.storage.builders import KEY, FakeClock, FakeIds

T = TypeVar("T")
FIVE_DAYS = "bao_tro.doi_giay_khuyet_tat"  # five working days, no fee, nothing asked
COPIES = "chung_thuc.ban_sao"
MONDAY = datetime(2026, 11, 9, 9, 0)  # no day off near but 24/11

OFFICERS = {
    Role.RECEPTION: NewOfficer("cb-hanh", "Lê Thị Hạnh", (Role.RECEPTION,)),
    Role.CASHIER: NewOfficer("cb-thu", "Trần Thị Thu", (Role.CASHIER,)),
    Role.SPECIALIST: NewOfficer("cb-tuan", "Hồ Văn Tuấn", (Role.SPECIALIST,)),
    Role.LEADER: NewOfficer("cb-an", "Lê Văn An", (Role.LEADER,)),
    Role.HEAD: NewOfficer("cb-minh", "Trần Văn Minh", (Role.HEAD, Role.RECEPTION)),
    Role.TECHNICIAN: NewOfficer("cb-ky", "Vũ Kỹ", (Role.TECHNICIAN,)),
    Role.AUDITOR: NewOfficer("cb-tra", "Đỗ Tra", (Role.AUDITOR,)),
}


@cache
def catalogue() -> Catalogue:
    return load_catalogue(resources.path("catalogue", "catalogue.json").read_bytes())


def a_person(name: str = "Đỗ Văn Dũng", id_number: str = "000085000127") -> Person:
    return Person(
        name, "cccd", id_number, birth_year=1985, gender="Nam", residence="Thôn 2, xã Hòa Mẫu", phone="0912 345 678"
    )


class CounterDesk:
    """The desk with its clock; ``as_`` gives it to another officer."""

    def __init__(self, folder: Path, now: datetime = MONDAY) -> None:
        self.clock, ids = FakeClock(utc(now)), FakeIds()
        store = Store.open(folder / "desk.db", KEY, clock=self.clock, ids=ids)
        profile = json.loads(resources.path("units", "hoa-mau.json").read_text(encoding="utf-8"))
        line = setup.training_line(ids, profile)
        store.call(lambda: setup.open_station(store, line, profile, setup.training_grants(), OFFICERS.values(), "open"))
        self.desk = Desk(store, self.clock, ids, catalogue(), officer(Role.HEAD), True, "training")
        self._commands = 0

    def as_(self, role: Role) -> Desk:
        return self.desk.signed_in(officer(role))

    def at(self, moment: datetime) -> None:
        self.clock.now = utc(moment)

    def later(self, **span: int) -> None:
        self.clock.now += timedelta(**span)

    def command(self) -> str:
        self._commands += 1
        return f"command-{self._commands}"

    def do(self, job: Callable[[], T]) -> T:
        return self.desk.store.call(job)

    def form(self, procedure: str = FIVE_DAYS, person: Person | None = None) -> IntakeForm:
        """A complete form: every question answered, every paper good."""
        form = IntakeForm(self.desk.ids.uuid7(), person or a_person()).choose(self.desk.procedure(procedure))
        return self.do(lambda: self._complete(form))

    def take_in(self, procedure: str = FIVE_DAYS, person: Person | None = None) -> Accepted:
        form = self.form(procedure, person)
        return self.do(lambda: intake.accept(self.desk, AcceptDossier(self.command(), form)))

    def detail(self, dossier: str) -> DossierDetail:
        def job() -> DossierDetail:
            with self.desk.store.read() as tx:
                found = dossiers.detail(tx, dossier)
                assert found is not None
                return found

        return self.do(job)

    def state(self, dossier: str) -> int:
        return self.detail(dossier).row.state

    def pdf(self, paper: str) -> bytes:
        return papers.make(self.desk, paper)

    def close(self) -> None:
        self.desk.store.close()

    def _complete(self, form: IntakeForm) -> IntakeForm:
        with self.desk.store.read() as tx:
            for _ in range(50):
                view = intake.view(self.desk, tx, form)
                if view.step is Step.ACCEPT:
                    return form
                if view.open_question is not None:
                    question = view.open_question
                    form = form.answer(question.id, question.options[0].value if question.options else 1)
                for row in view.rows:
                    form = form.mark(row.document.id, MarkState.OK)
        raise AssertionError("the form cannot be completed")


def officer(role: Role) -> Officer:
    found = OFFICERS[role]
    return Officer(found.id, found.name, frozenset(found.roles))


def alone(role: Role) -> Officer:
    """An officer with this one role."""
    return replace(officer(role), roles=frozenset({role}))
