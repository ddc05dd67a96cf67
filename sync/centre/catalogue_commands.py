"""Commands of whoever looks after the centre, about signed catalogues: offer one, list them, take another key."""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable
from pathlib import Path

from sync.centre.catalogue import publish
from sync.centre.clock import stamp, system_clock
from sync.centre.serve import administration
from sync.protocol.catalogue_facts import CatalogueMistakeReported
from sync.protocol.parcel import LAYERS, MAX_BYTES

Say = Callable[[str], None]
_MISTAKE = CatalogueMistakeReported.KIND


def add_commands(
    commands: argparse._SubParsersAction[argparse.ArgumentParser], common: argparse.ArgumentParser, say: Say
) -> None:
    """``catalogue publish``, ``list``, ``forget-key`` and ``mistakes``."""
    command = commands.add_parser("catalogue", help="signed catalogues that desks fetch")
    actions = command.add_subparsers(required=True, metavar="ACTION")
    command = actions.add_parser("publish", parents=[common], help="offer a signed catalogue (.mcdm) to the desks")
    command.add_argument("file", type=Path)
    command.set_defaults(run=lambda options: _publish(options, say))
    command = actions.add_parser("list", parents=[common], help="what is offered, one JSON object a line")
    command.set_defaults(run=lambda options: _list(options, say))
    command = actions.add_parser(
        "mistakes", parents=[common], help="what officers reported to be wrong, one JSON object a line, newest first"
    )
    command.add_argument("--procedure", default="", help="of one procedure only, by its id")
    command.set_defaults(run=lambda options: _mistakes(options, say))
    command = actions.add_parser(
        "forget-key", parents=[common], help="the office that signs a layer has a new key: take the next one"
    )
    command.add_argument("layer", choices=LAYERS)
    command.set_defaults(run=_forget_key)


def _publish(options: argparse.Namespace, say: Say) -> int:
    data = options.file.read_bytes() if options.file.stat().st_size <= MAX_BYTES else b""
    with administration(options.data, options.database) as (db, _key, _gen):
        parcel = publish(db, data, system_clock())
        db.commit()
    say(json.dumps({"layer": parcel.layer, "serial": parcel.serial, "version": parcel.version, "key": parcel.key}))
    return 0


def _list(options: argparse.Namespace, say: Say) -> int:
    with administration(options.data, options.database) as (db, _key, _gen):
        rows = db.execute("SELECT layer, unit, serial, version, key, size, at FROM parcel ORDER BY 1, 2").fetchall()
    for layer, unit, serial, version, key, size, at in rows:
        shown = {"layer": layer, "unit": unit, "serial": serial, "version": version, "key": key, "size": size}
        say(json.dumps({**shown, "at": stamp(at)}, ensure_ascii=False))
    return 0


def _mistakes(options: argparse.Namespace, say: Say) -> int:
    with administration(options.data, options.database) as (db, _key, _gen):
        rows = db.execute("SELECT unit, raw FROM record WHERE kind = %s ORDER BY at DESC, id", (_MISTAKE,)).fetchall()
    for unit, raw in rows:
        body = json.loads(bytes(raw))["body"]
        if options.procedure in ("", body["procedure"]):
            shown = {key: body[key] for key in ("procedure", "variant", "catalogue", "field", "text", "reported_at")}
            say(json.dumps({"unit": unit, **shown}, ensure_ascii=False))
    return 0


def _forget_key(options: argparse.Namespace) -> int:
    with administration(options.data, options.database) as (db, _key, _gen):
        if not db.execute("UPDATE parcel SET key = '' WHERE layer = %s", (options.layer,)).rowcount:
            raise ValueError("layer: nothing of it is published")
        db.commit()
    return 0
