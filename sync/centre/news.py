"""Commands that bring something down to the desks of an office: numbers, online dossiers, announcements."""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

from sync.centre.clock import system_clock
from sync.centre.online import add_online, announce, tell_status
from sync.centre.serve import administration
from sync.centre.supply import give_block

Say = Callable[[str], None]
KINDS = ("catalogue", "holidays", "surveys", "app")


def add_commands(
    commands: argparse._SubParsersAction[argparse.ArgumentParser], common: argparse.ArgumentParser, say: Say
) -> None:
    """``announce``, ``online``, ``status`` and ``grant``."""
    parents = [common]
    command = commands.add_parser("announce", parents=parents, help="tell an office that a new version lies ready")
    command.add_argument("--unit", required=True)
    command.add_argument("--what", choices=KINDS, required=True)
    command.add_argument("--version", type=int, required=True, help="a number that only rises")
    command.add_argument(
        "file", type=Path, help="its hash and size are told; the desk checks what it gets against them"
    )
    command.set_defaults(run=lambda options: _announce(options, say))
    command = commands.add_parser("online", parents=parents, help="hand an online dossier (JSON) to an office")
    command.add_argument("--unit", required=True)
    command.add_argument("file", type=Path, help="an object with id, code, procedure, variant, name, …, documents")
    command.set_defaults(run=lambda options: _online(options, say))
    command = commands.add_parser("status", parents=parents, help="what the level above says of a dossier")
    command.add_argument("--unit", required=True)
    command.add_argument("--code", required=True, help="the dossier's national code")
    command.add_argument("--state", required=True)
    command.add_argument("--note", default="")
    command.set_defaults(run=_status)
    command = commands.add_parser("grant", parents=parents, help="give a line a further block of receipt numbers")
    command.add_argument("--unit", required=True)
    command.add_argument("--line", type=int, required=True)
    command.set_defaults(run=lambda options: _grant(options, say))


def _announce(options: argparse.Namespace, say: Say) -> int:
    data = options.file.read_bytes()
    with administration(options.data, options.database) as (db, _key, _gen):
        digest = sha256(data).hexdigest()
        if not announce(db, options.unit, options.what, options.version, digest, len(data), system_clock()):
            raise ValueError("version: it must be higher than the one announced before")
        db.commit()
    say(json.dumps({"what": options.what, "version": options.version, "sha256": digest, "size": len(data)}))
    return 0


def _online(options: argparse.Namespace, say: Say) -> int:
    body = json.loads(options.file.read_text("utf-8"))
    if not isinstance(body, dict) or not isinstance(body.get("id"), str) or not body["id"]:
        raise ValueError("id: an online dossier has an id of its own")
    inner = {name: value for name, value in body.items() if name != "id"}
    with administration(options.data, options.database) as (db, _key, _gen):
        new = add_online(db, options.unit, body["id"], inner, system_clock())
        db.commit()
    say(json.dumps({"id": body["id"], "new": new}, ensure_ascii=False))
    return 0


def _status(options: argparse.Namespace) -> int:
    with administration(options.data, options.database) as (db, _key, _gen):
        tell_status(db, options.unit, options.code, options.state, options.note, system_clock())
        db.commit()
    return 0


def _grant(options: argparse.Namespace, say: Say) -> int:
    with administration(options.data, options.database) as (db, _key, _gen):
        row = db.execute(
            "SELECT station FROM line WHERE unit = %s AND line = %s", (options.unit, options.line)
        ).fetchone()
        if row is None:
            raise ValueError("line: this office has no such line")
        grant = give_block(db, (options.unit, row[0], options.line), system_clock())
        if grant is None:
            raise ValueError("line: it has no receipt series, or every number is granted")
        db.commit()
    say(json.dumps({"symbol": grant.symbol, "first": grant.first, "last": grant.last}))
    return 0
