"""Enrolment: a one-time code of the centre makes this PC a station with its own line, numbers and officers.

Everything is whole or nothing: the data folder gets its keys and file only after the centre answered, and a lost answer
is asked for again with the same key and token, so the code is never spent twice.
"""

from __future__ import annotations

import platform
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from desk_app.domain.errors import Failed, Refused
from desk_app.domain.session import Officer, Role
from desk_app.domain.unit import read_profile
from desk_app.services import setup
from desk_app.wiring.spare import keep_spare
from desk_app.wiring.station import Station
from desk_app.wiring.sync_store import StoreOutbox, StoreVault, SyncClock
from sync.desk.client import CentreClient
from sync.desk.enrol import Enrolment, enrol
from sync.desk.keys import SeedSigner
from sync.desk.ports import Tokens
from sync.desk.trouble import Trouble
from sync.protocol.facts import GrantAccepted

APP = "mot-cua-desk/26.1.0"


@dataclass(frozen=True, slots=True)
class FirstOfficer:
    """Somebody who will sign in here: name as printed, roles, PIN (or passphrase)."""

    name: str
    roles: tuple[Role, ...]
    pin: str


def enrol_station(
    station: Station, client: CentreClient, code: str, officers: Sequence[FirstOfficer], vault: dict[str, str]
) -> Enrolment:
    """Spend ``code`` at the centre and open the real line here.

    ``vault`` holds the fresh key and token between tries, so that a second try after a lost answer is the same one.
    Refuses: DL-10 the office's profile lacks something (the code is not lost), DN-11 no officer given,
    DN-08 a PIN (or passphrase) that is too short, DB-11 … the centre's reasons. Fails: DB-01, DB-02 no way to the centre.
    """
    if not officers:
        raise Refused("DN-11")
    if not station.is_new:
        raise Refused("DN-12")
    for officer in officers:
        station.slots.check_length(officer.pin)  # before the code is spent and any file stands here
    signer = SeedSigner(vault, vault)
    token = vault.setdefault("enrol-token", station.ids.random_bytes(16).hex())
    answer = enrol(
        client,
        signer,
        code=code,
        app=APP,
        machine={"system": platform.system()},
        token=token,
        check=read_profile,  # before any file is opened: an office that can't be printed is put right at the centre
    )
    if isinstance(answer, Trouble):
        raise Failed(answer.code)
    _open(station, answer, officers, vault)
    return answer


def _open(station: Station, answer: Enrolment, officers: Sequence[FirstOfficer], vault: dict[str, str]) -> None:
    dek = station.begin_file()
    known = [setup.NewOfficer(station.ids.uuid7(), o.name, o.roles) for o in officers]
    for officer, given in zip(known, officers, strict=True):
        text = Officer(officer.id, officer.name, frozenset(officer.roles)).role_text
        station.slots.add_officer(dek, officer.id, officer.name, text, given.pin)
    store = station.open_store(dek)
    kept = StoreVault(store)
    for name, value in vault.items():
        if name.startswith("sync-key-"):
            kept[name] = value
    main = answer.main
    line = setup.NewLine(
        main.line,
        main.kind,
        answer.unit,
        answer.station,
        answer.station_no,
        answer.public_key,
        main.reason or "enrolled",
    )
    grants = tuple(
        GrantAccepted(g.grant, g.series_kind, g.form, g.symbol, g.series_id, g.first, g.last, g.period)
        for g in main.grants
    )
    store.call(lambda: setup.open_station(store, line, answer.profile, grants, known, f"enrol:{answer.station}"))
    own = answer.survey
    if own is not None:
        survey = replace(line, line=own.line, kind=own.kind, reason=own.reason)
        store.call(lambda: setup.open_survey_line(store, survey, f"enrol-survey:{answer.station}"))
    outbox = StoreOutbox(store, station.ids)
    outbox.remember(answer.unit, answer.station, answer.centre_url, answer.centre_key, answer.gen)
    outbox.set_tokens(main.line, Tokens(answer.token))
    if answer.spare is not None:
        keep_spare(store, answer.spare, answer.public_key)
    station.finish_file()


def client_for(url: str, now: Callable[[], datetime], ticks_ms: Callable[[], int]) -> CentreClient:
    """A client for an address typed by a person; a bare host gets https."""
    address = url.strip().rstrip("/")
    if "://" not in address:
        address = "https://" + address
    return CentreClient(address, SyncClock(now, ticks_ms), app=APP)
