"""``desk-centre``: serve, and the commands of the person who looks after the centre.

The last line of ``enrol-code``, ``trial`` and ``count`` is for reading by people or programs as their help says.
"""

from __future__ import annotations

import argparse
import json
import os
import secrets
import sys
from collections.abc import Sequence
from pathlib import Path
from uuid import UUID

from sync.centre import catalogue_commands
from sync.centre.accounts import ROLES, add_account, close_account
from sync.centre.blobs import FolderBlobs
from sync.centre.centre import Centre
from sync.centre.clock import system_clock
from sync.centre.courier import import_bundle
from sync.centre.database import NewerDatabase
from sync.centre.enrol import add_unit, make_code, revoke
from sync.centre.folds import refold
from sync.centre.identity import WrongKey, claim_database, load_key, raise_gen
from sync.centre.log import Log
from sync.centre.news import add_commands
from sync.centre.serve import administration, database, serve
from sync.protocol.bundle import MOST_BYTES, check_digits
from sync.protocol.sign import fingerprint

_SAMPLE_UNIT = Path(__file__).parents[2] / "resources" / "units" / "hoa-mau.json"


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; answers the exit code (0 done, 2 refused with a plain line on standard error)."""
    options = _parser().parse_args(argv)
    try:
        return int(options.run(options))
    except (ValueError, OSError, NewerDatabase, WrongKey) as error:
        sys.stderr.write(f"desk-centre: {error}\n")
        return 2


def _parser() -> argparse.ArgumentParser:
    common = argparse.ArgumentParser(add_help=False)
    common.add_argument(
        "--data", type=Path, default=Path("centre-data"), help="folder of the key and the embedded database"
    )
    common.add_argument(
        "--database",
        metavar="URL",
        default=os.environ.get("DESK_CENTRE_DATABASE") or None,
        help="a PostgreSQL of your own (or DESK_CENTRE_DATABASE); otherwise one is started in --data",
    )
    address = argparse.ArgumentParser(add_help=False)
    address.add_argument("--host", default="127.0.0.1")
    address.add_argument("--port", type=int, default=8700)

    parser = argparse.ArgumentParser(prog="desk-centre", description="The receiving server of the desks.")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    command = commands.add_parser("serve", parents=[common, address], help="take what desks send, until stopped")
    command.set_defaults(run=_serve)
    command = commands.add_parser(
        "trial", parents=[common, address], help="a centre on this PC: sample office, code, serve"
    )
    command.add_argument("--unit-file", type=Path, default=_SAMPLE_UNIT, help="profile of the office (JSON)")
    command.add_argument("--no-serve", action="store_true", help="prepare and print the code only")
    command.set_defaults(run=_trial)
    command = commands.add_parser(
        "enrol-code", parents=[common], help="print a code of ten letters, good for 15 minutes, once"
    )
    command.add_argument("--unit", required=True)
    command.add_argument("--station-no", type=int, required=True, help="number of the counter")
    command.set_defaults(run=_enrol_code)
    command = commands.add_parser("units", help="offices")
    units = command.add_subparsers(required=True, metavar="ACTION")
    command = units.add_parser("add", parents=[common], help="add an office, or replace its profile")
    command.add_argument("file", type=Path)
    command.set_defaults(run=_add_unit)
    catalogue_commands.add_commands(commands, common, _say)
    command = commands.add_parser("revoke", parents=[common], help="trust nothing a station sends from now on")
    command.add_argument("--unit", required=True)
    command.add_argument("--station", type=UUID, required=True)
    command.set_defaults(run=_revoke)
    command = commands.add_parser(
        "restored", parents=[common], help="after a restore from backup: desks offer everything again"
    )
    command.set_defaults(run=_restored)
    command = commands.add_parser(
        "import", parents=[common], help="take a desk's bundle from a stick; the answers are written beside it"
    )
    command.add_argument("file", type=Path)
    command.add_argument("--out", type=Path, help="folder for the return file, instead of the one of FILE")
    command.set_defaults(run=_import)
    command = commands.add_parser(
        "add-user", parents=[common], help="a person for the pages; last line: the password, unless one is piped in"
    )
    command.add_argument("account")
    command.add_argument("--name", required=True)
    command.add_argument("--role", choices=ROLES, default="viewer")
    command.add_argument("--unit", default="", help="sees this office only")
    command.add_argument("--password-stdin", action="store_true", help="read the password from standard input")
    command.set_defaults(run=_add_account)
    command = commands.add_parser("close-user", parents=[common], help="a person who may not log in any more")
    command.add_argument("account")
    command.set_defaults(run=_close_account)
    command = commands.add_parser("refold", parents=[common], help="make what the pages read again from all records")
    command.set_defaults(run=_refold)
    add_commands(commands, common, _say)
    command = commands.add_parser("count", parents=[common], help="last line: one JSON object with count and distinct")
    command.add_argument("--unit")
    command.set_defaults(run=_count)
    return parser


def _say(text: str) -> None:
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


def _serve(options: argparse.Namespace) -> int:
    serve(options.data, options.database, options.host, options.port, lambda url: _say(f"desk-centre {url}"))
    return 0


def _trial(options: argparse.Namespace) -> int:
    profile = json.loads(options.unit_file.read_text("utf-8"))
    with administration(options.data, options.database) as (db, key, _gen):
        unit = add_unit(db, profile)
        row = db.execute("SELECT coalesce(max(station_no), 0) + 1 FROM station WHERE unit = %s", (unit,)).fetchone()
        number = int(row[0]) if row else 1
        code = make_code(db, key, unit, number, system_clock())
        shown = {
            "url": f"http://{options.host}:{options.port}", "unit": unit, "station_no": number, "code": code,
            "fingerprint": fingerprint(key.public),
        }  # fmt: skip
    _say(json.dumps(shown, ensure_ascii=False))
    return 0 if options.no_serve else _serve(options)


def _enrol_code(options: argparse.Namespace) -> int:
    with administration(options.data, options.database) as (db, key, _gen):
        code = make_code(db, key, options.unit, options.station_no, system_clock())
        _say(f"{fingerprint(key.public)}\n{code}")
    return 0


def _add_unit(options: argparse.Namespace) -> int:
    with administration(options.data, options.database) as (db, _key, _gen):
        _say(add_unit(db, json.loads(options.file.read_text("utf-8"))))
    return 0


def _revoke(options: argparse.Namespace) -> int:
    with administration(options.data, options.database) as (db, _key, _gen):
        if not revoke(db, options.unit, options.station, system_clock()):
            raise ValueError("no such station")
    return 0


def _restored(options: argparse.Namespace) -> int:
    with administration(options.data, options.database) as (db, _key, _gen):
        _say(f"gen {raise_gen(db)}; restart the server")
    return 0


def _import(options: argparse.Namespace) -> int:
    data = options.file.read_bytes() if options.file.stat().st_size <= MOST_BYTES else b""
    with database(options.data, options.database) as pool:
        key = load_key(options.data)
        with pool.connection() as db:
            gen = claim_database(db, key)
        centre = Centre(pool, key, gen, Log(), blobs=FolderBlobs(options.data / "blobs"))
        name, back, manifest = import_bundle(centre, data)
    target = (options.out or options.file.parent) / name
    part = target.with_suffix(".part")
    with part.open("wb") as file:
        file.write(back)
        file.flush()
        os.fsync(file.fileno())
    if part.read_bytes() != back:
        raise OSError("what was read from the stick is not what was written")
    part.replace(target)
    refused = sum(reply.status != 200 for reply in manifest.replies)
    shown = {"file": str(target), "parts": len(manifest.replies), "refused": refused, "digits": check_digits(data)}
    _say(json.dumps(shown, ensure_ascii=False))
    return 0


def _add_account(options: argparse.Namespace) -> int:
    password = sys.stdin.readline().rstrip("\r\n") if options.password_stdin else secrets.token_urlsafe(12)
    with administration(options.data, options.database) as (db, _key, _gen):
        add_account(db, options.account, options.name, options.role, password, system_clock(), options.unit)
    if not options.password_stdin:
        _say(password)
    return 0


def _close_account(options: argparse.Namespace) -> int:
    with administration(options.data, options.database) as (db, _key, _gen):
        if not close_account(db, options.account, system_clock()):
            raise ValueError("no such account")
    return 0


def _refold(options: argparse.Namespace) -> int:
    with administration(options.data, options.database) as (db, _key, _gen):
        db.execute("SET statement_timeout = 0")
        _say(str(refold(db)))
        db.commit()
    return 0


def _count(options: argparse.Namespace) -> int:
    with administration(options.data, options.database) as (db, _key, _gen):
        row = db.execute(
            "SELECT count(*), count(DISTINCT h) FROM record WHERE %s::text IS NULL OR unit = %s", (options.unit,) * 2
        ).fetchone()
    count, distinct = row or (0, 0)
    _say(json.dumps({"count": int(count), "distinct": int(distinct)}))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
