"""Enrolment: a code spoken over the telephone becomes a station with keys, lines and numbers.

A code has ten letters, lives fifteen minutes, is spent on one public key and is stored as a keyed hash. The same code
with the same key answers the same again, so a lost answer costs nothing.
"""

from __future__ import annotations

import json
import re
import secrets
from collections.abc import Mapping
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any
from uuid import UUID

from sync.centre.database import Db
from sync.centre.grants import NoRange, grant_line, line_grant, new_uuid
from sync.centre.identity import CentreKey
from sync.centre.refuse import Refused
from sync.protocol.codes import BAD_SIGNATURE, CODE_EXPIRED, CODE_UNKNOWN, CODE_USED, NO_RANGE
from sync.protocol.messages import SYNC, EnrolAnswer, EnrolRequest, LineGrant
from sync.protocol.sign import ENROL, verify

LIFE = timedelta(minutes=15)
_LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford: no I, L, O, U
_READ_AS = str.maketrans({"O": "0", "I": "1", "L": "1"})


def spoken(code: str) -> str:
    """The code as it is kept: capitals without spaces and dashes, O read as 0, I and L as 1."""
    return re.sub(r"[\s-]", "", code).upper().translate(_READ_AS)


def plain(text: str) -> str:
    """What a desk says of itself, as it may stand in a table: 40 ASCII letters at most."""
    return re.sub(r"[^ -~]", "?", text[:40])


def is_key(text: str) -> bool:
    """Whether it is a public key in the one spelling we keep."""
    return re.fullmatch("[0-9a-f]{64}", text) is not None


def add_unit(db: Db, profile: Mapping[str, Any]) -> str:
    """Add an office, or replace its profile; answers its code. Raises ValueError for a profile without code or name."""
    unit = profile.get("code")
    if not isinstance(unit, str) or not re.fullmatch(r"[0-9A-Za-z.-]{1,20}", unit):
        raise ValueError("code: the office's code of digits is missing")
    if not isinstance(profile.get("name"), str) or not profile["name"].strip():
        raise ValueError("name: the office's name is missing")
    db.execute(
        "INSERT INTO unit (unit, profile) VALUES (%s, %s) ON CONFLICT (unit) DO UPDATE SET profile = excluded.profile",
        (unit, json.dumps(profile, ensure_ascii=False)),
    )
    db.commit()
    return unit


def make_code(db: Db, key: CentreKey, unit: str, station_no: int, at: datetime) -> str:
    """A fresh code for counter ``station_no``, shown once as ``ABCDE-12345``. Raises ValueError for an unknown unit."""
    if not 1 <= station_no <= 99:
        raise ValueError("station_no: a counter has a number from 1 to 99")
    if db.execute("SELECT 1 FROM unit WHERE unit = %s", (unit,)).fetchone() is None:
        raise ValueError(f"unit {unit} is not known here")
    code = "".join(secrets.choice(_LETTERS) for _ in range(10))
    db.execute(
        "INSERT INTO enrol_code (unit, code_h, station_no, made_at, expires_at) VALUES (%s, %s, %s, %s, %s)",
        (unit, key.hide(code), station_no, at, at + LIFE),
    )
    db.commit()
    return f"{code[:5]}-{code[5:]}"


def enrol(
    db: Db, key: CentreKey, gen: int, body: bytes, request: EnrolRequest, signature: str, at: datetime, server_time: str
) -> EnrolAnswer:
    """Make the station the code stands for, or answer again what it got. Raises Refused."""
    if not is_key(request.public_key) or not verify(request.public_key, ENROL, body, signature):
        raise Refused(BAD_SIGNATURE)
    row = db.execute(
        "SELECT unit, station_no, expires_at, used_by, station FROM enrol_code WHERE code_h = %s FOR UPDATE",
        (key.hide(spoken(request.code)),),
    ).fetchone()
    if row is None:
        raise Refused(CODE_UNKNOWN)
    unit, station_no, expires_at, used_by, station = row
    if used_by is not None and used_by != request.public_key:
        raise Refused(CODE_USED)
    if at >= expires_at:
        raise Refused(CODE_EXPIRED)
    if station is None:
        station = _make_station(db, key, unit, station_no, gen, request, at)
        db.execute(
            "UPDATE enrol_code SET used_by = %s, station = %s WHERE unit = %s AND code_h = %s",
            (request.public_key, station, unit, key.hide(spoken(request.code))),
        )
    profile = db.execute("SELECT profile FROM unit WHERE unit = %s", (unit,)).fetchone()
    return EnrolAnswer(
        ok=SYNC,
        request=sha256(body).hexdigest(),
        unit=unit,
        profile=profile[0] if profile else {},
        station=str(station),
        station_no=station_no,
        gen=gen,
        centre_key=key.public,
        lines=_lines(db, unit, station),
        server_time=server_time,
    )


def _make_station(
    db: Db, key: CentreKey, unit: str, station_no: int, gen: int, request: EnrolRequest, at: datetime
) -> UUID:
    station = new_uuid()
    db.execute(
        "INSERT INTO station (unit, station, station_no, enrolled_at, last_contact, app)"
        " VALUES (%s, %s, %s, %s, %s, %s)",
        (unit, station, station_no, at, at, plain(request.app)),
    )
    try:
        main = grant_line(
            db, unit, station, station_no, kind="main", reason="enrolled", public_key=request.public_key, after_line=0,
            gen=gen, at=at,
        )  # fmt: skip
        grant_line(
            db, unit, station, station_no, kind="spare", reason="in advance", public_key=request.public_key,
            after_line=main.line, gen=gen, at=at,
        )  # fmt: skip
        grant_line(
            db, unit, station, station_no, kind="survey", reason="enrolled", public_key=request.public_key,
            after_line=0, gen=gen, at=at,
        )  # fmt: skip
    except NoRange as error:
        raise Refused(NO_RANGE) from error
    db.execute(
        "UPDATE line SET token = %s WHERE unit = %s AND station = %s AND line = %s",
        (key.hide(request.token), unit, station, main.line),
    )
    return station


def _lines(db: Db, unit: str, station: UUID) -> tuple[LineGrant, ...]:
    rows = db.execute(
        "SELECT line FROM line WHERE unit = %s AND station = %s ORDER BY line", (unit, station)
    ).fetchall()
    return tuple(line_grant(db, unit, station, int(r[0])) for r in rows)


def revoke(db: Db, unit: str, station: UUID, at: datetime) -> bool:
    """From now on what this station sends waits in quarantine for a person. False: no such station."""
    done = db.execute(
        "UPDATE station SET revoked_at = coalesce(revoked_at, %s) WHERE unit = %s AND station = %s",
        (at, unit, station),
    ).rowcount
    db.commit()
    return done == 1
