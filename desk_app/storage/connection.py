"""One engine with one connection to one encrypted file: raw key, WAL, every commit on the disk before it is answered.

The raw key makes opening cheap (a passphrase would cost 100 ms a connection). An explicit pool is needed: with
``creator`` SQLAlchemy would take the file for one in memory and open a connection per thread.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from sqlalchemy import Engine, create_engine
from sqlalchemy.pool import StaticPool
from sqlcipher3 import dbapi2 as driver

from desk_app.domain.errors import DeskError, Failed
from desk_app.storage.errors import translate

KEY_BYTES = 32
BUSY_MS = 10_000  # an antivirus program may hold the file for some seconds
_PRAGMAS = (
    "journal_mode = WAL",
    "synchronous = FULL",
    "foreign_keys = ON",
    "secure_delete = FAST",
    "temp_store = MEMORY",
    "journal_size_limit = 67108864",  # a rebuild makes a long log once; it need not stay long
)
_PLAIN = b"SQLite format 3\x00"


def connect(path: Path, key: bytes, *, read_only: bool = False) -> Any:
    """A bare connection that has proved the key. Raises Failed DL-01 for another key or another kind of file."""
    if len(key) != KEY_BYTES:
        raise ValueError("a data key has 32 bytes")
    _refuse_plain(path)
    target = path.absolute().as_uri() + ("?mode=ro" if read_only else "")
    # 1024 kept statements: every hot text of this package is prepared once.
    connection = driver.connect(target, uri=True, isolation_level=None, cached_statements=1024)
    try:
        cursor = connection.cursor()
        cursor.execute("PRAGMA cipher_log_level = NONE")
        cursor.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
        cursor.execute(f"PRAGMA busy_timeout = {BUSY_MS}")
        cursor.execute("SELECT count(*) FROM sqlite_master").fetchone()
    except driver.Error as error:
        connection.close()
        raise translate(error) from error
    return connection


def file_version(path: Path, key: bytes) -> int:
    """``user_version`` of an existing file, read without changing a byte of it; 0 when there is no file yet."""
    if not path.exists() or path.stat().st_size == 0:
        return 0
    connection = connect(path, key, read_only=True)
    try:
        return int(connection.execute("PRAGMA user_version").fetchone()[0])
    finally:
        connection.close()


def refuse_newer(path: Path, key: bytes, known: int) -> int:
    """The file's version; raises DeskError HT-10 before anything is written when it is newer than ``known``."""
    version = file_version(path, key)
    if version > known:
        raise DeskError("HT-10", file_version=version, program_version=known)
    return version


def make_engine(path: Path, key: bytes) -> Engine:
    """An engine over the ONE connection, for the thread that calls it first; statements outside BEGIN commit alone.

    ``secure_delete``: what is erased is overwritten where its page is written anyway.
    """

    def creator() -> Any:
        connection = connect(path, key)
        for pragma in _PRAGMAS:
            connection.execute(f"PRAGMA {pragma}")
        return connection

    return create_engine(
        "sqlite+pysqlite://", creator=creator, module=driver, poolclass=StaticPool, isolation_level="AUTOCOMMIT"
    )


def _refuse_plain(path: Path) -> None:
    if path.exists():
        with path.open("rb") as file:
            if file.read(len(_PLAIN)) == _PLAIN:
                raise Failed("DL-01")
