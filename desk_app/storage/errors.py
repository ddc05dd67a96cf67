"""Errors of the database, said in the words of the desk, translated once, at this border.

Codes: HT-04 disk full · HT-06 can be read but not written · HT-10 file newer than the program · DL-01 wrong key or not
a database · DL-02 the file is damaged · DL-14 held by another program.
"""

from __future__ import annotations

from sqlalchemy.exc import DBAPIError
from sqlcipher3 import dbapi2 as driver

from desk_app.domain.errors import DeskError, Failed, Incident

_BUSY, _LOCKED, _READONLY, _IOERR, _CORRUPT, _FULL, _CANTOPEN, _PERM, _AUTH, _NOTADB = (
    5,
    6,
    8,
    10,
    11,
    13,
    14,
    3,
    23,
    26,
)

#: After these the handle may not be trusted again: it is closed, and the file is checked before the next write.
SUSPECT = frozenset({"HT-06", "DL-02"})

DatabaseErrors: tuple[type[Exception], ...] = (driver.Error, DBAPIError)
DiskErrors: tuple[type[Exception], ...] = (*DatabaseErrors, OSError)


def translate(error: Exception) -> DeskError:
    """The desk's word for a driver's error; a programming mistake comes back as plain DeskError HT-00."""
    if isinstance(error, DBAPIError) and isinstance(error.orig, Exception):
        error = error.orig
    if isinstance(error, OSError):
        return Failed("HT-04") if error.errno in (27, 28, 122) else Failed("HT-06")  # EFBIG, ENOSPC, EDQUOT
    number = getattr(error, "sqlite_errorcode", None)
    match (number or 0) & 0xFF:
        case n if n == _FULL:
            return Failed("HT-04")
        case n if n in (_READONLY, _IOERR, _CANTOPEN, _PERM, _AUTH):
            return Failed("HT-06")
        case n if n in (_BUSY, _LOCKED):
            return Failed("DL-14")
        case n if n == _CORRUPT:
            return Incident("DL-02")
        case n if n == _NOTADB:
            return Failed("DL-01")
    return DeskError("HT-00")
