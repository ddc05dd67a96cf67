"""A desk at work on a generated year: the real store, the shipped catalogue, the office of the training sample."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

from desk_app.domain.session import Officer, Role
from desk_app.services.desk import Desk
from sync.protocol.facts import UnitProfiled
from tests.domain.shipped import ROOT
from tests.storage.builders import FakeIds
from tests.storage.year import Year
from tests.ui.screen_desk import catalogue

PROFILE = ROOT.parent / "units" / "hoa-mau.json"


def desk_of(year: Year, role: Role = Role.RECEPTION) -> Desk:
    """The desk over the year's store; its profile is written once."""
    profile = json.loads(PROFILE.read_text(encoding="utf-8"))

    def write() -> None:
        with year.store.write("profile", "cb-head") as tx:
            if not tx.prior:
                tx.append(UnitProfiled(profile))

    year.store.call(write)
    officer = Officer("cb-hanh", "Lê Thị Hạnh", frozenset({role}))
    return Desk(year.store, year.clock, FakeIds(7), catalogue(), officer, training=False, line_kind="main")


def a_desk(folder: Path) -> tuple[Year, Desk]:
    """A year of its own with its desk; close the year."""
    year = Year(folder)
    return year, replace(desk_of(year))
