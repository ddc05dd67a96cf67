"""A training desk without a window that does what a counter does all day, one use case after another."""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

from desk_app.domain.intake import IntakeForm, Mark, MarkState, Step
from desk_app.domain.person import Person
from desk_app.domain.session import Officer
from desk_app.services import cashier, intake, papers, results, setup
from desk_app.services.desk import Desk
from desk_app.services.ports import Printed
from desk_app.storage.keys import KeySlots
from desk_app.storage.wrapping import Cost
from desk_app.system import resources
from desk_app.wiring.station import KEYS, Station

CHEAP = Cost(memory_kib=64, rounds=1, lanes=1)  # what a PIN costs to try is not what is tested here
COPY, BIRTH, STATUS = "chung_thuc.ban_sao", "ho_tich.khai_sinh", "ho_tich.xac_nhan_hon_nhan"


class Tray:
    """A printer that takes everything."""

    def print_pdf(self, pdf: bytes, *, role: str, media: str, title: str, landscape: bool = False) -> Printed:
        del pdf, role, media, title, landscape
        return Printed("tray")


def open_worker(folder: Path) -> tuple[Station, Desk]:
    """Open the folder as the program does, or make it; the log-in is made cheap."""
    station = Station(folder, training=True)
    if station.is_new:
        _begin(station)
    station.slots.cost = CHEAP
    return station, station.sign_in(setup.TRAINING_OFFICERS[1].id, setup.TRAINING_PIN.ljust(12, "0"))


def _begin(station: Station) -> None:
    station.slots, dek = KeySlots.create(station.folder / KEYS, clock=station.clock, cost=CHEAP)
    for officer in setup.TRAINING_OFFICERS:
        text = Officer(officer.id, officer.name, frozenset(officer.roles)).role_text
        station.slots.add_officer(dek, officer.id, officer.name, text, setup.TRAINING_PIN.ljust(12, "0"))
    profile = json.loads(resources.path("units", "hoa-mau.json").read_text(encoding="utf-8"))
    store, line = station.open_store(dek), setup.training_line(station.ids, profile)
    grants, officers = setup.training_grants(), setup.TRAINING_OFFICERS
    store.call(lambda: setup.open_station(store, line, profile, grants, officers, "begin"))


class Worker:
    """Chance decides what comes next; every answer is told as [kind, id, number]."""

    def __init__(self, desk: Desk, chance: random.Random) -> None:
        self.desk, self.chance = desk, chance
        self._owing: list[str] = []
        self._open: list[str] = []

    def step(self) -> Iterator[list[str]]:
        """One visit, or the end of an earlier one."""
        steps: list[Callable[[], Iterator[list[str]]]] = [self._copy, self._birth, self._status, self._guide]
        if self._owing:
            steps.append(self._collect)
        if self._open:
            steps += [self._hand_over, self._hand_over]
        yield from self.chance.choice(steps)()

    def _copy(self) -> Iterator[list[str]]:
        yield from self._accept(COPY, collect=True)

    def _status(self) -> Iterator[list[str]]:
        yield from self._accept(STATUS, collect=False)

    def _birth(self) -> Iterator[list[str]]:
        yield from self._accept(BIRTH, collect=True)

    def _accept(self, procedure: str, *, collect: bool) -> Iterator[list[str]]:
        desk = self.desk
        command = intake.AcceptDossier(desk.ids.uuid7(), self._form(procedure), collect)
        done = desk.store.call(lambda: intake.accept(desk, command))
        yield ["dossier", done.dossier, done.code]
        if done.receipt is not None:
            yield ["receipt", done.receipt, str(done.receipt_no)]
        elif procedure == STATUS:
            self._owing.append(done.dossier)
        if not done.certification_no:
            self._open.append(done.dossier)
        if self.chance.random() < 0.3:
            for row in desk.store.call(lambda: papers.due_with_receipts(desk, done.dossier)):
                out = papers.print_paper(desk, Tray(), row.paper)
                yield ["paper", out.paper, str(out.copy)]

    def _guide(self) -> Iterator[list[str]]:
        desk, form = self.desk, self._form(BIRTH)
        form = replace(form, marks={**form.marks, "to_khai_khai_sinh": Mark(MarkState.BAD, 1)})
        done = desk.store.call(lambda: intake.guide(desk, intake.GiveGuidance(desk.ids.uuid7(), form)))
        yield ["guidance", done.guidance, done.slip_code]

    def _collect(self) -> Iterator[list[str]]:
        desk, dossier = self.desk, self._owing.pop()
        done = desk.store.call(lambda: cashier.collect(desk, cashier.CollectFee(desk.ids.uuid7(), dossier)))
        yield ["receipt", done.receipt, str(done.number)]

    def _hand_over(self) -> Iterator[list[str]]:
        desk, dossier = self.desk, self._open.pop()
        if dossier in self._owing:
            return
        desk.store.call(lambda: results.settle(desk, results.SettleDossier(desk.ids.uuid7(), dossier)))
        yield ["settled", dossier, ""]
        back = results.ReturnResult(desk.ids.uuid7(), dossier, checks=results.CHECKS)
        desk.store.call(lambda: results.return_result(desk, back))
        yield ["returned", dossier, ""]

    def _form(self, procedure: str) -> IntakeForm:
        """A form answered and looked through as an officer would."""
        number = f"0001{self.chance.randrange(10**8):08d}"
        person = Person(
            name=f"Nguyễn Thị Thử {number[-4:]}", id_kind="cccd", id_number=number, birth_date=date(1990, 1, 1),
            gender="Nữ", residence="Thôn 4, xã Hòa Mẫu, tỉnh Minh Họa", phone="0900000112",
        )  # fmt: skip
        form = IntakeForm(id=self.desk.ids.uuid7(), person=person)
        form = form.choose(self.desk.catalogue.procedures[procedure])
        return self.desk.store.call(lambda: self._complete(form))

    def _complete(self, form: IntakeForm) -> IntakeForm:
        with self.desk.store.read() as tx:
            for _ in range(60):
                view = intake.view(self.desk, tx, form)
                if view.step is Step.ACCEPT:
                    return form
                if view.open_question is not None:
                    question = view.open_question
                    form = form.answer(question.id, question.options[0].value if question.options else 1)
                for row in view.rows:
                    form = form.mark(row.document.id, MarkState.OK)
        raise RuntimeError(f"{form.procedure}: {view.step} {view.open_question}")
