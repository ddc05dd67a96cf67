"""``python -m desk_app.wiring.desk_sync``: load, push and count without a window, for measuring from outside.

Each command is a process of its own on a data folder; its last line is one JSON object::

    load FILE   {"records": n, "seconds": s}   append the facts of FILE to this desk's journal
    push        {"records": n, "seconds": s}   send everything that waits; n = records acknowledged
    count       {"count": n, "distinct": d}    records of this desk, and how many of them differ

FILE holds one fact a line: ``{"kind": "incident.raised", "body": {…}}``; kinds that use up numbers are refused, since
the numbers of a line are its own. The first ``load`` enrols the desk and needs ``--url`` and ``--code``. The passphrase
of the one officer comes from the environment, DESK_SYNC_PASSPHRASE. Seconds are told to the thousandth.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from desk_app.domain.errors import DeskError, Failed
from desk_app.domain.session import Role
from desk_app.storage.numbers import NumberError
from desk_app.storage.store import Store
from desk_app.wiring.enrolment import APP, FirstOfficer, client_for, enrol_station
from desk_app.wiring.station import Station
from desk_app.wiring.sync_log import SyncLog
from desk_app.wiring.sync_store import StoreOutbox, StoreVault, SyncClock
from sync.desk.keys import SeedSigner
from sync.desk.runner import Runner
from sync.protocol.codec import from_body
from sync.protocol.facts import FactError

_AT_ONCE = 100  # facts in one transaction


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; 0 done, 1 not everything was sent, 2 refused with a line on standard error."""
    options = _parser().parse_args(argv)
    try:
        return int(options.run(options))
    except (DeskError, FactError, NumberError, OSError, ValueError) as error:
        sys.stderr.write(f"desk-sync: {error}\n")
        return 2


def _parser() -> argparse.ArgumentParser:
    common = argparse.ArgumentParser(add_help=False)
    common.add_argument("--data", type=Path, default=Path("desk-data"), help="folder of this desk")
    parser = argparse.ArgumentParser(prog="desk-sync", description=(__doc__ or "").partition("\n")[0])
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    command = commands.add_parser("load", parents=[common], help="append the facts of a file to the journal")
    command.add_argument("file", type=Path)
    command.add_argument("--url", default="", help="address of the centre, for the first load")
    command.add_argument("--code", default="", help="enrolment code, for the first load")
    command.set_defaults(run=_load)
    command = commands.add_parser("push", parents=[common], help="send everything that waits")
    command.set_defaults(run=_push)
    command = commands.add_parser("count", parents=[common], help="count the journal")
    command.set_defaults(run=_count)
    return parser


def _say(seconds: str = "", **values: object) -> None:
    text = json.dumps(values)
    sys.stdout.write((f'{text[:-1]}, "seconds": {seconds}}}' if seconds else text) + "\n")


def _seconds(started_ns: int) -> str:
    return f"{(time.monotonic_ns() - started_ns) // 1_000_000 / 1000:.3f}"


def _open(options: argparse.Namespace) -> tuple[Station, Store]:
    passphrase = os.environ.get("DESK_SYNC_PASSPHRASE", "")
    station = Station(options.data, training=False, witness_folder=options.data / "witness")
    if station.is_new:
        clock = SyncClock(station.clock.now_utc, _ticks)
        client = client_for(getattr(options, "url", ""), clock.utc, clock.ticks_ms)
        try:
            officer = FirstOfficer("Đo tốc độ", (Role.HEAD,), passphrase)
            enrol_station(station, client, options.code, [officer], {})
        finally:
            client.close()
    else:
        station.sign_in(station.logins()[0].id, passphrase)
    if station.store is None:
        raise Failed("DL-01")
    return station, station.store


def _ticks() -> int:
    return time.monotonic_ns() // 1_000_000


def _load(options: argparse.Namespace) -> int:
    facts = [_fact(line) for line in options.file.read_text("utf-8").splitlines() if line.strip()]
    station, store = _open(options)
    try:
        started = time.monotonic_ns()
        for n in range(0, len(facts), _AT_ONCE):
            part = facts[n : n + _AT_ONCE]
            store.call(lambda part=part: _append(station, store, part))  # type: ignore[misc]
        _say(records=len(facts), seconds=_seconds(started))
    finally:
        station.close()
    return 0


def _fact(line: str) -> Any:
    value = json.loads(line)
    return from_body(str(value["kind"]), int(value.get("v", 1)), value["body"])


def _append(station: Station, store: Store, facts: Sequence[Any]) -> None:
    with store.write(station.ids.uuid7(), "desk-sync") as tx:
        for fact in facts:
            tx.append(fact)


def _push(options: argparse.Namespace) -> int:
    station, store = _open(options)
    try:
        outbox = StoreOutbox(store, station.ids)
        clock = SyncClock(station.clock.now_utc, _ticks)
        log = SyncLog(options.data / "logs", station.clock.now_utc)
        runner = Runner(
            outbox, SeedSigner(StoreVault(store)), clock, log,
            lambda who: client_for(who.centre_url, clock.utc, clock.ticks_ms), lambda _s: None, app=APP,
        )  # fmt: skip
        before = sum(line.acked_seq for line in outbox.lines())
        started = time.monotonic_ns()
        status = runner.run_once()
        seconds = _seconds(started)
        done = sum(line.acked_seq for line in outbox.lines()) - before
        _say(records=done, seconds=seconds, state=status.state, pending=status.pending)
    finally:
        station.close()
    return 0 if status.state == "ok" else 1


def _count(options: argparse.Namespace) -> int:
    station, store = _open(options)
    try:
        count, distinct = store.call(lambda: _counted(store))
        _say(count=count, distinct=distinct)
    finally:
        station.close()
    return 0


def _counted(store: Store) -> tuple[int, int]:
    with store.read() as tx:
        row = tx.row(
            "SELECT count(*), count(DISTINCT r.h) FROM record r JOIN line l ON l.line = r.line WHERE l.ours = 1"
        )
        return int(row[0]), int(row[1])


if __name__ == "__main__":
    raise SystemExit(main())
