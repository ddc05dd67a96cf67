"""A citizen hands in from home: every counter sees it, one takes it in, and what becomes of it goes up and comes down."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from desk_app.domain.errors import DeskError, Failed, Refused
from desk_app.domain.intake import IntakeForm, look
from desk_app.services import dossiers, intake, online
from desk_app.services.desk import Desk as OpenDesk
from desk_app.ui.forms.dossier import event_text
from desk_app.ui.forms.intake import all_met
from desk_app.wiring.online import take
from tests.sync.server import CentreProcess
from tests.sync.test_real_journal import PASSPHRASE, RealDesk
from tests.ui.test_stopped import read_feed

PERSON = {"name": "Trần Văn Bình", "id_kind": "cccd", "id_number": "040088001234", "birth_date": "1988-02-03",
          "phone": "0912345678", "residence": "Thôn 3, xã Hòa Mẫu"}  # fmt: skip
BODY = {
    "id": "o-1", "code": "000.00.12.H99-261125-0007", "procedure": "chung_thuc.ban_sao_tu_ban_chinh", "person": PERSON,
    "submitted_at": "2026-11-24T20:15:00", "answers": {"copies": 2, "unknown": 1},
    "documents": [{"document": "ban_chinh", "name": "Bằng tốt nghiệp.pdf", "sha256": "ab" * 32, "size": 81_234}],
}  # fmt: skip


def centre_command(centre: CentreProcess, *args: str) -> str:
    done = subprocess.run(
        [sys.executable, "-m", "sync.centre.main", args[0], "--data", str(centre.data), *args[1:]],
        capture_output=True, text=True, timeout=60,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return done.stdout


class Office:
    """Two real counters of one office."""

    def __init__(self, centre: CentreProcess, folder: Path) -> None:
        self.centre, self.unit = centre, centre.new_unit()
        self.reals = [RealDesk(folder / str(n), centre.url, centre.code(self.unit, n)) for n in (1, 2)]
        self.desks: list[OpenDesk] = [
            r.station.sign_in(r.station.logins()[0].id, PASSPHRASE) for r in self.reals
        ]  # fmt: skip
        self.folder = folder

    def hand_in(self, **changes: object) -> None:
        file = self.folder / "online.json"
        file.write_text(json.dumps(BODY | changes), "utf-8")
        centre_command(self.centre, "online", "--unit", self.unit, str(file))
        self.sync()

    def sync(self) -> None:
        for real in self.reals:
            assert real.run() == "ok"
        for real in self.reals:
            read_feed(real)

    def waiting(self, n: int) -> list[tuple[str, int]]:
        return [
            (o.name, o.held_by) for o in self.desks[n].store.call(lambda: online.waiting(self.desks[n]))
        ]  # fmt: skip

    def accept(self, n: int, form: IntakeForm) -> intake.Accepted:
        desk = self.desks[n]

        def job() -> intake.Accepted:
            procedure = desk.catalogue.procedures.get(form.procedure)
            with desk.store.read() as tx:
                profile = desk.profile(tx)
            answered = form
            assert procedure is not None
            for _question in procedure.questions:
                seen = look(answered, procedure, desk.catalogue.calendar, profile, desk.now())
                if seen.open_question is None:
                    break
                open_ = seen.open_question
                answered = answered.answer(open_.id, open_.options[0].value if open_.options else 1)
            seen = look(answered, procedure, desk.catalogue.calendar, profile, desk.now())
            return intake.accept(desk, intake.AcceptDossier(form.id, all_met(answered, seen), collect=True))

        return desk.store.call(job)


@pytest.fixture
def office(centre: CentreProcess, tmp_path: Path) -> Iterator[Office]:
    one = Office(centre, tmp_path)
    one.hand_in(procedure=next(h.id for h in one.desks[0].catalogue.headings if "bản sao từ bản chính" in h.name))
    yield one
    for real in one.reals:
        real.station.close()


def test_every_counter_sees_it_and_one_takes_it_in_by_the_online_way(centre: CentreProcess, office: Office) -> None:
    assert office.waiting(0) == office.waiting(1) == [("Trần Văn Bình", 0)]
    form = take(office.desks[0], "o-1")
    assert form.person is not None and form.person.id_number == PERSON["id_number"] and form.online == "o-1"
    office.sync()
    assert office.waiting(1) == [("Trần Văn Bình", 1)]
    with pytest.raises(Refused, match="DB-33"):
        take(office.desks[1], "o-1")
    done = office.accept(0, form)
    assert office.waiting(0) == []
    office.sync()
    assert office.waiting(1) == []
    assert centre.rows("SELECT state, station_no FROM online WHERE unit = %s", office.unit) == [("accepted", 1)]
    kinds = {k for (k,) in centre.rows("SELECT kind FROM record WHERE unit = %s", office.unit)}
    assert {"dossier.received", "online.accepted"} <= kinds
    assert centre.rows("SELECT 1 FROM quarantine WHERE unit = %s", office.unit) == []

    def channel() -> int:
        with office.desks[1].store.read() as tx:
            row = tx.row("SELECT channel FROM dossier WHERE dossier = ?", (done.dossier,))
            return int(row[0]) if row else 0

    assert office.desks[1].store.call(channel) == 2


def test_what_the_level_above_says_stands_in_the_dossiers_timeline(office: Office) -> None:
    done = office.accept(0, take(office.desks[0], "o-1"))
    centre_command(
        office.centre, "status", "--unit", office.unit, "--code", done.code, "--state", "processing", "--note", "Sở"
    )
    office.sync()
    detail = office.desks[0].store.call(lambda: dossiers.detail(office.desks[0], done.dossier))
    assert [event_text(e.kind, e.note) for e in detail.events if e.kind == "upstream.said"] == [
        "Cấp trên: đang giải quyết (Sở)"
    ]


def test_without_a_network_it_is_seen_and_not_taken(centre: CentreProcess, office: Office) -> None:
    office.desks[0].store.call(lambda: _point_nowhere(office.desks[0]))
    with pytest.raises(Failed, match="DB-34"):
        take(office.desks[0], "o-1")
    assert office.waiting(0) == [("Trần Văn Bình", 0)]


def _point_nowhere(desk: OpenDesk) -> None:
    with desk.store.write("", "sync") as tx:
        unit, station, _url, key = (tx.setting("sync-identity") or "").split("\n")
        tx.set_setting("sync-identity", "\n".join((unit, station, "http://127.0.0.1:9", key)))


def test_two_counters_that_both_took_it_in_leave_an_incident(centre: CentreProcess, office: Office) -> None:
    first, second = (desk.store.call(lambda d=desk: online.form_of(d, "o-1")) for desk in office.desks)
    office.accept(0, first)
    office.accept(1, second)
    office.sync()
    assert ("online-twice",) in centre.rows("SELECT code FROM incident WHERE unit = %s", office.unit)


@pytest.mark.parametrize("person", [None, "x", {"name": 5}, {"id_number": "1"}, {"name": "A", "birth_date": "31/12"}])
def test_a_form_nobody_can_read_is_told_and_stops_nothing(office: Office, person: object) -> None:
    office.hand_in(id="o-2", person=person)
    assert len(office.waiting(0)) == 2
    with pytest.raises(DeskError, match="DB-35"):
        office.desks[0].store.call(lambda: online.form_of(office.desks[0], "o-2"))
