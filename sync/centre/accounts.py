"""People of the centre: who may look (viewer), decide (checker), see the audit (admin); log-ins, and what they did.

A password is kept as scrypt with a salt of its own. Five wrong ones lock the account for a quarter of an hour; an
unknown name costs the same time as a wrong password. A log-in is a random token; the table holds its hash only.
"""

from __future__ import annotations

import re
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import scrypt, sha256
from hmac import compare_digest

from sync.centre.database import Db
from sync.centre.grants import new_uuid

ROLES = ("viewer", "checker", "admin")
LEAST = 10  # letters of a password
WRONG_MOST = 5
LOCKED = timedelta(minutes=15)
IDLE = timedelta(minutes=30)
LIFE = timedelta(hours=12)
_COST = 1 << 14


@dataclass(frozen=True, slots=True)
class Person:
    """Who is logged in. ``unit`` "": sees every office, else that one only. ``form``: what each form brings back."""

    unit: str
    account: str
    name: str
    role: str
    form: str

    @property
    def may_decide(self) -> bool:
        return self.role in ("checker", "admin")


def add_account(db: Db, account: str, name: str, role: str, password: str, at: datetime, unit: str = "") -> None:
    """Add a person, or give a new password, name and role. Raises ValueError."""
    if not re.fullmatch(r"[a-z0-9][a-z0-9._-]{1,39}", account):
        raise ValueError("account: 2 to 40 small letters, digits, dots and dashes")
    if role not in ROLES:
        raise ValueError(f"role: one of {', '.join(ROLES)}")
    if len(password) < LEAST:
        raise ValueError(f"password: at least {LEAST} letters")
    if unit and db.execute("SELECT 1 FROM unit WHERE unit = %s", (unit,)).fetchone() is None:
        raise ValueError(f"no such office: {unit}")
    if db.execute("SELECT 1 FROM account WHERE account = %s AND unit <> %s", (account, unit)).fetchone():
        raise ValueError("this account belongs to another office")
    salt = secrets.token_bytes(16)
    db.execute(
        "INSERT INTO account (unit, account, name, role, salt, secret, made_at) VALUES (%s, %s, %s, %s, %s, %s, %s)"
        " ON CONFLICT (unit, account) DO UPDATE SET name = excluded.name, role = excluded.role, salt = excluded.salt,"
        " secret = excluded.secret, closed_at = NULL, failed = 0, locked_until = NULL",
        (unit, account, name.strip()[:80], role, salt, _secret(password, salt), at),
    )
    db.execute("DELETE FROM login WHERE unit = %s AND account = %s", (unit, account))
    note(db, unit, account, "account", role, at)
    db.commit()


def close_account(db: Db, account: str, at: datetime) -> bool:
    """Nobody logs in with it any more; False when there is none."""
    row = db.execute(
        "UPDATE account SET closed_at = %s WHERE account = %s AND closed_at IS NULL RETURNING unit", (at, account)
    ).fetchone()
    if row is not None:
        db.execute("DELETE FROM login WHERE unit = %s AND account = %s", (row[0], account))
        note(db, row[0], account, "account-closed", "", at)
    db.commit()
    return row is not None


def log_in(db: Db, account: str, password: str, at: datetime) -> str | None:
    """The token of a new log-in; None for a wrong name or password and while the account is locked."""
    row = db.execute(
        "SELECT unit, salt, secret, failed, locked_until FROM account WHERE account = %s AND closed_at IS NULL"
        " FOR UPDATE",
        (account[:40],),
    ).fetchone()
    if row is None:
        _secret(password, b"0" * 16)
        return None
    unit, salt, secret, failed, locked_until = row
    right = compare_digest(_secret(password, bytes(salt)), bytes(secret))
    if locked_until is not None and locked_until > at:
        return None
    if not right:
        failed = int(failed) + 1
        until = at + LOCKED if failed >= WRONG_MOST else None
        db.execute(
            "UPDATE account SET failed = %s, locked_until = %s WHERE unit = %s AND account = %s",
            (0 if until else failed, until, unit, account),
        )
        note(db, unit, account, "wrong-password", "locked" if until else "", at)
        return None
    token = secrets.token_urlsafe(32)
    db.execute("UPDATE account SET failed = 0, locked_until = NULL WHERE unit = %s AND account = %s", (unit, account))
    db.execute("DELETE FROM login WHERE made_at < %s OR seen_at < %s", (at - LIFE, at - IDLE))
    db.execute(
        "INSERT INTO login (unit, token_h, account, form, made_at, seen_at) VALUES (%s, %s, %s, %s, %s, %s)",
        (unit, _hash(token), account, secrets.token_urlsafe(16), at, at),
    )
    note(db, unit, account, "login", "", at)
    return token


def who(db: Db, token: str, at: datetime) -> Person | None:
    """Whose log-in a token is; None for an unknown, an old or an idle one."""
    if not token:
        return None
    row = db.execute(
        "UPDATE login l SET seen_at = %s FROM account a WHERE l.token_h = %s AND l.made_at > %s AND l.seen_at > %s"
        " AND a.unit = l.unit AND a.account = l.account AND a.closed_at IS NULL"
        " RETURNING a.unit, a.account, a.name, a.role, l.form",
        (at, _hash(token), at - LIFE, at - IDLE),
    ).fetchone()
    return Person(*row) if row is not None else None


def log_out(db: Db, token: str) -> None:
    """The token is worth nothing any more."""
    db.execute("DELETE FROM login WHERE token_h = %s", (_hash(token),))


def note(db: Db, unit: str, account: str, what: str, about: str, at: datetime) -> None:
    """Write down who did what; entries are only ever added."""
    db.execute(
        "INSERT INTO audit (unit, id, at, account, what, about) VALUES (%s, %s, %s, %s, %s, %s)",
        (unit, new_uuid(), at, account, what, about[:200]),
    )


def _secret(password: str, salt: bytes) -> bytes:
    return scrypt(password.encode("utf-8", "replace")[:1024], salt=salt, n=_COST, r=8, p=1, maxmem=64 << 20)


def _hash(token: str) -> bytes:
    return sha256(token.encode("utf-8", "replace")).digest()
