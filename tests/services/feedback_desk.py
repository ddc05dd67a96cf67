"""A real desk on a real encrypted file: shipped catalogue, training office, several officers, a clock that is set."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

from desk_app.domain.catalogue import Catalogue, load_catalogue
from desk_app.domain.feedback import Channel, FeedbackClass
from desk_app.domain.feedback_form import FeedbackForm
from desk_app.domain.session import Officer, Role
from desk_app.services import setup
from desk_app.services.desk import Desk
from desk_app.services.ports import Printed
from desk_app.storage.store import Store
from tests.storage.builders import KEY, FakeClock, FakeIds

RESOURCES = Path(__file__).resolve().parents[2] / "resources"
HANH = Officer("cb-hanh", "Lê Thị Hạnh", frozenset({Role.RECEPTION, Role.CASHIER}))
MINH = Officer("cb-minh", "Trần Văn Minh", frozenset({Role.HEAD, Role.RECEPTION}))
DUNG = Officer("cb-dung", "Đỗ Văn Dũng", frozenset({Role.SPECIALIST}))
LAN = Officer("cb-lan", "Phạm Thị Lan", frozenset({Role.SPECIALIST}))
OFFICERS = (HANH, MINH, DUNG, LAN)
T = TypeVar("T")


@cache
def catalogue() -> Catalogue:
    return load_catalogue((RESOURCES / "catalogue" / "catalogue.json").read_bytes())


@dataclass
class Paper:
    """A printer that keeps what it was given."""

    out: list[tuple[str, bytes]] = field(default_factory=list)

    def print_pdf(self, pdf: bytes, *, role: str, media: str, title: str, landscape: bool = False) -> Printed:
        del role, media, landscape
        self.out.append((title, pdf))
        return Printed("HP")


@dataclass
class Office:
    """A station with its officers; ``at(desk)`` runs a use case on the store's thread."""

    store: Store
    clock: FakeClock
    ids: FakeIds
    training: bool = True

    def desk(self, officer: Officer = HANH) -> Desk:
        kind = "training" if self.training else "main"
        return Desk(self.store, self.clock, self.ids, catalogue(), officer, training=self.training, line_kind=kind)

    def do(self, job: Callable[..., T], officer: Officer, *rest: Any) -> T:
        return self.store.call(lambda: job(self.desk(officer), *rest))

    def pass_days(self, days: int) -> None:
        self.clock.now += timedelta(days=days)

    def id(self) -> str:
        return self.ids.uuid7()


@contextmanager
def an_office(folder: Path, *, survey_line: bool = True, seed: int = 0, training: bool = True) -> Iterator[Office]:
    """25/11/2026, 09:11, Wednesday. ``training`` False: the same desk on a line that counts."""
    clock, ids = FakeClock(datetime(2026, 11, 25, 2, 11, tzinfo=UTC)), FakeIds(seed)
    store = Store.open(folder / "desk.db", KEY, clock=clock, ids=ids)
    profile = json.loads((RESOURCES / "units" / "hoa-mau.json").read_text(encoding="utf-8"))
    line = setup.training_line(ids, profile)
    if not training:
        line = replace(line, line=1_000_001, kind="main")
    people = tuple(setup.NewOfficer(o.id, o.name, tuple(o.roles)) for o in OFFICERS)
    store.call(lambda: setup.open_station(store, line, profile, setup.training_grants(), people, "begin"))
    if survey_line and training:
        survey = setup.training_survey_line(line)
        store.call(lambda: setup.open_survey_line(store, survey, "begin-survey"))
    try:
        yield Office(store, clock, ids, training)
    finally:
        store.close()


def a_form(office: Office, **values: Any) -> FeedbackForm:
    usual: dict[str, Any] = {
        "id": office.id(), "channel": Channel.DIRECT, "name": "Trần Văn Khoa", "phone": "0900 000 245",
        "address": "Thôn 6, xã Hòa Mẫu, tỉnh Minh Họa", "handler": MINH.id, "feedback_class": FeedbackClass.CONDUCT,
        "content": "Tôi nộp hồ sơ trợ cấp tháng 10, được yêu cầu bổ sung giấy xác nhận nơi cư trú hai lần. "
        "Trên bảng niêm yết không có giấy này.",
        "sheets": 2,
    }  # fmt: skip
    return FeedbackForm(**{**usual, **values})


def everything(store: Store) -> str:
    """All text and bytes of every table, as one who has the key reads the file."""

    def job() -> str:
        with store.read() as tx:
            names = [r[0] for r in tx.rows("SELECT name FROM sqlite_master WHERE type = 'table'")]
            return repr([(name, tx.rows(f"SELECT * FROM {name}")) for name in names if "_search_" not in name])

    return store.call(job)
