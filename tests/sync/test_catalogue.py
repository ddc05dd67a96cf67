"""Catalogues by sync: published once, fetched in pieces, checked by their own signature, in use whole or not at all."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import suppress
from datetime import timedelta
from pathlib import Path
from typing import Any

import psycopg
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desk_app.authoring.publish import publish as sign_catalogue
from desk_app.services import catalogue_arrival, catalogue_delivery, catalogue_edit, catalogue_mistakes, commune_edit
from desk_app.services.catalogue_delivery import ActivateParcel
from desk_app.services.desk import Desk
from desk_app.wiring.feed_store import StoreFeed
from desk_app.wiring.parcel_store import StoreParcels
from sync.centre import main
from sync.centre.catalogue import publish
from sync.centre.centre import Centre
from sync.centre.clock import system_clock
from sync.desk.catalogue import CatalogueFetcher
from sync.desk.feed import FeedReader
from sync.desk.push import Pusher
from sync.desk.trouble import Kind, Trouble
from sync.protocol import parcels as wire
from sync.protocol.parcel import ParcelError
from sync.protocol.parcels import pack_parcel, unpack_parcel
from tests.services.test_catalogue_delivery import OFFICE, STRANGER, edition, province
from tests.sync.desk import LogLines
from tests.sync.inside import Fate, InsideClient, inside
from tests.sync.server import CentreProcess
from tests.sync.test_real_journal import PASSPHRASE, RealDesk


@pytest.fixture(scope="module")
def centre_inside(centre: CentreProcess) -> Iterator[Centre]:
    with inside(centre) as one:
        yield one


class Counter:
    """A real desk with its fetcher; ``fates``: what becomes of its next requests."""

    def __init__(self, folder: Path, centre: CentreProcess, inner: Centre, unit: str, number: int = 1) -> None:
        self.real = RealDesk(folder, centre.url, centre.code(unit, number))
        self.inner, self.fates, self.arrived = inner, [], 0  # type: ignore[var-annotated]
        self.log = LogLines()
        self.sign_in()
        self.fetcher = CatalogueFetcher(
            StoreParcels(lambda: self.desk), self.real.signer, self.real.clock, self.log, self._arrived
        )

    def _arrived(self) -> None:
        self.arrived += 1

    def sign_in(self) -> None:
        self.real.station.sign_in(self.real.station.logins()[0].id, PASSPHRASE)

    @property
    def desk(self) -> Desk:
        assert self.real.station.desk is not None
        return self.real.station.desk

    def client(self) -> InsideClient:
        return InsideClient(lambda: self.inner, lambda: self.fates.pop(0) if self.fates else Fate.FINE)

    def _step(self, step: Any) -> Trouble | None:
        who = self.real.outbox.identity()
        line = next(x for x in self.real.outbox.lines() if x.current)
        found: Trouble | None = step(self.client(), who, line, lambda: False)
        return found

    def fetch(self) -> Trouble | None:
        return self._step(self.fetcher)

    def push(self) -> None:
        who = self.real.outbox.identity()
        assert who is not None
        pusher = Pusher(self.real.outbox, self.real.signer, self.real.clock)
        for line in self.real.outbox.lines():
            after = line.acked_seq
            while isinstance(sent := pusher.push_next(self.client(), who, line, after), object) and sent is not None:
                assert not isinstance(sent, Trouble), sent
                after = sent.on

    def feed(self) -> Trouble | None:
        return self._step(FeedReader(StoreFeed(self.real.store), self.real.signer, self.real.clock, self.log))

    def do(self, case: Any, *values: Any) -> Any:
        return self.desk.store.call(lambda: case(self.desk, *values))

    def serials(self) -> dict[str, int]:
        found: dict[str, int] = self.do(catalogue_arrival.serials)
        return found


@pytest.fixture
def unit(centre: CentreProcess) -> Iterator[str]:
    yield centre.new_unit()
    with psycopg.connect(centre.postgresql.url) as db:
        db.execute("DELETE FROM parcel")


@pytest.fixture
def counter(tmp_path: Path, centre: CentreProcess, centre_inside: Centre, unit: str) -> Iterator[Counter]:
    made = Counter(tmp_path, centre, centre_inside, unit)
    yield made
    made.real.station.close()


def offer(centre: CentreProcess, raw: bytes) -> None:
    with psycopg.connect(centre.postgresql.url) as db:
        publish(db, raw, system_clock())


def national(serial: int, seed: bytes = OFFICE, **changed: Any) -> bytes:
    return sign_catalogue("national", edition(serial, **changed), seed)


def test_a_published_catalogue_comes_in_pieces_waits_and_is_used_when_a_head_says_so(
    centre: CentreProcess, counter: Counter, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sync.centre.catalogue.PIECE", 20_000)
    offer(centre, national(2, result="Bản sao điện tử"))
    before = counter.desk.catalogue.version
    assert counter.fetch() is None and counter.arrived == 1
    found = counter.do(catalogue_arrival.arrived)
    assert [change.procedure for change in found.waiting.changes] == ["chung_thuc.ban_sao"]
    assert counter.desk.catalogue.version == before, "nothing changes under a dossier"
    assert counter.fetch() is None and counter.arrived == 1, "what waits is not fetched again"
    counter.do(catalogue_delivery.activate, ActivateParcel("go", found.raw))
    assert counter.real.station.refreshed().catalogue.version == "2027.2"
    assert counter.do(catalogue_arrival.arrived) is None


def test_what_nobody_put_into_use_is_used_from_the_first_log_in_of_the_next_day(
    centre: CentreProcess, counter: Counter, monkeypatch: pytest.MonkeyPatch
) -> None:
    offer(centre, national(2))
    counter.fetch()
    counter.sign_in()
    assert counter.desk.catalogue.version != "2027.2", "not on the day it came"
    clock = counter.real.station.clock
    later = clock.now_utc() + timedelta(days=1)
    monkeypatch.setattr(type(clock), "now_utc", lambda _self: later)
    counter.sign_in()
    assert counter.desk.catalogue.version == "2027.2"


@pytest.mark.parametrize("fate", [Fate.REQUEST_LOST, Fate.ANSWER_LOST, Fate.DIES, Fate.HTML])
def test_a_cut_connection_goes_on_where_it_was(
    centre: CentreProcess, counter: Counter, monkeypatch: pytest.MonkeyPatch, fate: Fate
) -> None:
    monkeypatch.setattr("sync.centre.catalogue.PIECE", 30_000)
    offer(centre, national(2))
    counter.fates = [Fate.FINE, Fate.FINE, fate]
    assert counter.fetch() is not None and counter.arrived == 0
    assert counter.fetch() is None and counter.arrived == 1
    assert counter.do(catalogue_arrival.arrived) is not None


def test_a_catalogue_of_strangers_is_thrown_away_once_and_the_rest_goes_on(
    centre: CentreProcess, counter: Counter
) -> None:
    offer(centre, national(2))
    counter.fetch()
    with psycopg.connect(centre.postgresql.url) as db:
        db.execute("UPDATE parcel SET key = ''")
    offer(centre, national(3, STRANGER))
    assert counter.fetch() is None and counter.arrived == 1
    assert counter.serials()["national"] == 3, "it is not fetched again"
    assert counter.fetch() is None
    found = counter.do(catalogue_arrival.arrived)
    assert found is not None and found.waiting.parcel.serial == 2


def test_serials_only_rise_at_the_centre_and_at_the_desk(centre: CentreProcess, counter: Counter) -> None:
    offer(centre, national(5))
    for old in (4, 5):
        with pytest.raises(ValueError, match="not newer"):
            offer(centre, national(old))
    with pytest.raises(ValueError, match="another key"):
        offer(centre, national(6, STRANGER))
    counter.fetch()
    with psycopg.connect(centre.postgresql.url) as db:  # an old mirror
        db.execute("DELETE FROM parcel")
    offer(centre, national(4))
    assert counter.fetch() is None and counter.arrived == 1 and counter.serials()["national"] == 5


def test_bytes_changed_at_the_centre_never_become_a_catalogue(centre: CentreProcess, counter: Counter) -> None:
    offer(centre, national(2))
    with psycopg.connect(centre.postgresql.url) as db:
        db.execute(
            "UPDATE parcel SET packed = substring(packed FOR 1000) || '\\x00'::bytea || substring(packed FROM 1002)"
        )
    assert counter.fetch() is None and counter.arrived == 0 and counter.serials()["national"] == 1
    assert any(line["event"] == "sync.parcel_damaged" for line in counter.log.lines)
    with psycopg.connect(centre.postgresql.url) as db:
        db.execute("DELETE FROM parcel")
    offer(centre, national(2))
    assert counter.fetch() is None and counter.arrived == 1


def test_the_province_s_fees_come_the_same_way(centre: CentreProcess, counter: Counter) -> None:
    offer(centre, sign_catalogue("province", province(1, places=[]), OFFICE))
    assert counter.fetch() is None
    found = counter.do(catalogue_arrival.arrived)
    assert found.waiting.parcel.layer == "province" and found.waiting.tariffs


def test_the_commune_s_own_layer_reaches_the_other_counters_of_the_office(
    tmp_path: Path, centre: CentreProcess, centre_inside: Centre, unit: str, counter: Counter
) -> None:
    other = Counter(tmp_path / "two", centre, centre_inside, unit, 2)
    form = counter.do(commune_edit.open_commune)
    form = commune_edit.CommuneForm(
        {**form.office, "hours_text": "Buổi sáng"}, form.places, form.tariffs, form.tariff_basis, form.agencies,
        form.tariff_words, form.fixed, form.version,
    )  # fmt: skip
    counter.do(commune_edit.save_commune, commune_edit.SaveCommune("s", form))
    counter.real.station.refreshed()
    counter.push()
    assert counter.fetch() is None and counter.arrived == 0
    assert counter.do(catalogue_arrival.to_give) is None, "given once"
    assert other.feed() is None and other.fetch() is None and other.arrived == 1
    found = other.do(catalogue_arrival.arrived)
    other.do(catalogue_delivery.activate, ActivateParcel("go", found.raw))
    (layer,) = other.real.station.refreshed().layers
    assert dict(layer.texts) == {"hours_text": "Buổi sáng"}
    with pytest.raises(Exception, match="DM-42"):
        other.do(catalogue_edit.open_draft, "ho_tich.khai_sinh", other.desk.now().date())
    other.real.station.close()


def test_a_desk_that_could_not_ask_for_a_week_is_told_so_and_works_on(
    counter: Counter, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert counter.do(catalogue_arrival.is_stale) is None, "a desk that never asked is told nothing"
    assert counter.fetch() is None and counter.do(catalogue_arrival.is_stale) is None
    clock = counter.real.station.clock
    later = clock.now_utc() + timedelta(days=8)
    monkeypatch.setattr(type(clock), "now_utc", lambda _self: later)
    assert counter.do(catalogue_arrival.is_stale) is not None
    assert counter.desk.procedure("ho_tich.khai_sinh").variants


def test_an_older_centre_without_catalogues_is_no_trouble(counter: Counter, monkeypatch: pytest.MonkeyPatch) -> None:
    counter.fates = [Fate.HTML]
    trouble = counter.fetch()
    assert trouble is not None and trouble.kind is Kind.PORTAL, "a page of the network is one"
    none = Trouble(Kind.OFFLINE, "DB-01", "404 text/plain")
    monkeypatch.setattr(InsideClient, "parcels", lambda *_: none)
    assert counter.fetch() is None


def test_the_commands_publish_and_list(
    centre: CentreProcess, tmp_path: Path, capsys: pytest.CaptureFixture[str], unit: str
) -> None:
    file = tmp_path / "moi.mcdm"
    file.write_bytes(national(2))
    given = ["--data", str(centre.data), "--database", centre.postgresql.url]
    assert main.main(["catalogue", "publish", str(file), *given]) == 0
    assert json.loads(capsys.readouterr().out)["serial"] == 2
    assert main.main(["catalogue", "publish", str(file), *given]) == 2
    assert "not newer" in capsys.readouterr().err
    assert main.main(["catalogue", "list", *given]) == 0
    assert json.loads(capsys.readouterr().out.splitlines()[0])["version"] == "2027.2"
    file.write_bytes(b"not a catalogue\n")
    assert main.main(["catalogue", "publish", str(file), *given]) == 2


@given(st.binary(max_size=300), st.integers(-1, 400))
@settings(max_examples=200, deadline=None)
def test_whatever_comes_is_the_parcel_or_refused(packed: bytes, size: int) -> None:
    with suppress(ParcelError):
        assert len(unpack_parcel(packed, size)) == size


def test_a_bomb_is_refused_before_it_grows() -> None:
    bomb = pack_parcel(b"\0" * 50_000_000)
    assert len(bomb) < 60_000
    with pytest.raises(ParcelError):
        unpack_parcel(bomb, 1_000)
    assert wire.MOST_GIVEN < 1 << 20


def test_what_officers_report_is_read_at_the_centre(
    centre: CentreProcess, counter: Counter, capsys: pytest.CaptureFixture[str]
) -> None:
    command = catalogue_mistakes.ReportMistake("m", "ho_tich.khai_sinh", "Giấy tờ", "Mẫu tờ khai đã đổi.")
    counter.do(catalogue_mistakes.report, command)
    counter.push()
    given = ["--data", str(centre.data), "--database", centre.postgresql.url]
    capsys.readouterr()
    assert main.main(["catalogue", "mistakes", "--procedure", "ho_tich.khai_sinh", *given]) == 0
    told = json.loads(capsys.readouterr().out.splitlines()[0])
    assert (told["field"], told["text"]) == ("Giấy tờ", "Mẫu tờ khai đã đổi.")
