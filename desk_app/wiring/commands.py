"""Commands without a window."""

from __future__ import annotations

import getpass
import sys
from pathlib import Path

from desk_app.domain.errors import DeskError
from desk_app.services import setup
from desk_app.system.paths import Use, places, prepare
from desk_app.wiring.secrets import secrets_for
from desk_app.wiring.station import Station


def rebuild(*, real: bool, data: Path | None, officer: str, pin: str) -> int:
    """Make every read table again from the journal; prints how many records and which tables had differed.

    Exit code 0: made again (differences, if any, are printed); 2: refused, with the code of the reason.
    """
    where = places(Use.REAL if real else Use.TRAINING, data)
    try:
        station = Station(prepare(where.data), training=not real, secrets=secrets_for(where.data, real=real))
    except DeskError as error:
        return _say(error)
    try:
        known = station.logins()
        if not known:
            sys.stderr.write("DL-12: chưa có dữ liệu ở đây.\n")
            return 2
        secret = pin or (getpass.getpass("PIN: ") if real else setup.TRAINING_PIN)
        desk = station.sign_in(officer or known[0].id, secret)
        done = desk.store.rebuild(_progress)
        differing = ", ".join(done.differences) or "không"
        sys.stdout.write(f"Đã dựng lại từ {done.records} bản ghi. Bảng khác trước: {differing}.\n")
    except DeskError as error:
        return _say(error)
    finally:
        station.close()
    return 0


def _progress(done: int, total: int) -> None:
    if sys.stderr.isatty():
        sys.stderr.write(f"\r{done}/{total}")


def _say(error: DeskError) -> int:
    sys.stderr.write(f"{error.code}\n")
    return 2
