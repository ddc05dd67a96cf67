"""Store: the ONE thread and the ONE connection that touch the desk's file.

Any thread hands in a job (a whole service function); the job runs on the store thread and may read and write there.
A write is one transaction, on the disk before it is answered, and witnessed after it. Errors leave as DeskError.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any, ClassVar, Protocol, TypeVar

from sqlalchemy import Connection, Engine

from desk_app.domain.errors import DeskError, Incident
from desk_app.storage import backup, lines
from desk_app.storage.connection import make_engine, refuse_newer
from desk_app.storage.errors import SUSPECT, DatabaseErrors, translate
from desk_app.storage.folds.context import Folding
from desk_app.storage.lines import LineState
from desk_app.storage.migrations import MIGRATIONS, migrate
from desk_app.storage.rebuild import Progress, Rebuilt, needs_rebuild, rebuild
from desk_app.storage.transaction import ReadTx, WriteTx
from desk_app.storage.witness import Finding, Sight, Witness

T = TypeVar("T")


class Clock(Protocol):
    """What time it is; aware."""

    def now_utc(self) -> datetime: ...


class Ids(Protocol):
    """Fresh ids, rising with time, and random bytes."""

    def uuid7(self) -> str: ...

    def random_bytes(self, n: int, /) -> bytes: ...


class Store:
    """The desk's file. ``report``: what the witness found at opening; the caller raises incidents from it."""

    migrations: ClassVar[tuple[tuple[str, ...], ...]] = MIGRATIONS

    def __init__(self, path: Path, key: bytes, clock: Clock, ids: Ids, witness: Witness | None) -> None:
        self.path = path
        self.clock = clock
        self.ids = ids
        self.report: tuple[Finding, ...] = ()
        self._key = key
        self._witness = witness
        self._worker = ThreadPoolExecutor(max_workers=1, thread_name_prefix="store")
        self._thread: int | None = None
        self._engine: Engine | None = None
        self._connection: Connection | None = None
        self._cursor: Any = None
        self._open_tx = False
        self._suspect = False
        self._closed = False
        self._kinds: dict[int, str] = {}
        self._numbers: dict[int, int] = {}

    @classmethod
    def open(
        cls,
        path: Path,
        key: bytes,
        *,
        clock: Clock,
        ids: Ids,
        witness: Witness | None = None,
        progress: Progress | None = None,
    ) -> Store:
        """Open or create the file; migrates kept tables after a backup, rebuilds read tables of another FOLD_VERSION.

        Raises HT-10 newer file (untouched), DL-01 wrong key or not a database, DL-02 damaged, DL-14 held elsewhere.
        """
        store = cls(path, key, clock, ids, witness)
        try:
            store.call(lambda: store._begin(progress))
        except BaseException:
            store.close()
            raise
        return store

    # ---- jobs ------------------------------------------------------------------------------------------------------

    def submit(self, job: Callable[[], T]) -> Future[T]:
        """Run ``job`` on the store thread, after those handed in before it; from any thread."""
        return self._worker.submit(self._run, job)

    def call(self, job: Callable[[], T]) -> T:
        """``submit`` and wait; on the store thread itself the job runs at once."""
        return job() if self._thread == threading.get_ident() else self.submit(job).result()

    def _run(self, job: Callable[[], T]) -> T:
        self._thread = threading.get_ident()
        return job()

    # ---- transactions ----------------------------------------------------------------------------------------------

    @contextmanager
    def read(self) -> Iterator[ReadTx]:
        """A look at the file; on the store thread only."""
        self._own_thread()
        try:
            yield ReadTx(self)
        except DatabaseErrors as error:
            raise self._translated(error) from error

    @contextmanager
    def write(self, command_id: str, actor: str) -> Iterator[WriteTx]:
        """One transaction: what is appended inside is whole on the disk afterwards, or nothing of it.

        Raises Failed HT-04 disk full, HT-06 not writable, DL-14 held by another program; then nothing was changed.
        """
        self._own_thread()
        if self._open_tx:
            raise RuntimeError("a transaction is open already")
        self._trust()
        tx: WriteTx | None = None
        try:
            self._cursor.execute("BEGIN IMMEDIATE")
            self._open_tx = True
            tx = WriteTx(self, command_id, actor)
            yield tx
            line = tx.finish()
            self._cursor.execute("COMMIT")
            self._open_tx = False
        except DatabaseErrors as error:
            raise self._translated(error) from error
        finally:
            if tx is not None:
                tx.end()
            self._roll_back()
        if line is not None:
            self._note(line, tx.receipt_number)

    def rebuild(self, progress: Progress | None = None) -> Rebuilt:
        """Make every read table again from the journal, in one transaction; tells which tables had differed."""
        return self.call(lambda: self._in_transaction(lambda: rebuild(self._cursor, self.new_cursor(), progress)))

    def backup(self, target: Path) -> backup.BackupCopy:
        """A checked copy under the same key, made while the desk works."""
        return self.call(lambda: backup.copy_to(self._driver(), target, self._key))

    def close(self) -> None:
        """Finish the jobs handed in, close the file. Nothing may be handed in afterwards."""
        if not self._closed:
            self._closed = True
            self.submit(self._end).result()
            self._worker.shutdown()

    # ---- for transactions of this package --------------------------------------------------------------------------

    def cursor(self) -> Any:
        """The driver's cursor of the hot paths; every statement text is prepared once."""
        return self._cursor

    def new_cursor(self) -> Any:
        """A second cursor, for reading while the first one writes."""
        return self._driver().cursor()

    def connection(self) -> Connection:
        if self._connection is None:
            raise RuntimeError("the store is closed")
        return self._connection

    def folding(self) -> Folding:
        return Folding(self._cursor, self._kinds)

    @property
    def witness_failed(self) -> bool:
        """Whether the last commit could be written to neither copy of the witness."""
        return self._witness is not None and self._witness.failed

    # ---- opening, closing, trouble ---------------------------------------------------------------------------------

    def _begin(self, progress: Progress | None) -> None:
        try:
            newest = len(self.migrations)
            version = refuse_newer(self.path, self._key, newest)
            self._connect()
            if 0 < version < newest:
                backup.copy_to(self._driver(), self._free_name(version), self._key)
            if version < newest:
                self._in_transaction(lambda: migrate(self._cursor, version, self.migrations))
            if needs_rebuild(self._cursor):
                self._in_transaction(lambda: rebuild(self._cursor, self.new_cursor(), progress))
            self._compare_with_witness()
        except DatabaseErrors as error:
            raise self._translated(error) from error

    def _connect(self) -> None:
        self._engine = make_engine(self.path, self._key)
        self._connection = self._engine.connect()
        self._cursor = self._driver().cursor()

    def _driver(self) -> Any:
        return self.connection().connection.driver_connection

    def _disconnect(self) -> None:
        if self._connection is not None:
            self._connection.close()
        if self._engine is not None:
            self._engine.dispose()
        self._connection = self._engine = self._cursor = None

    def _end(self) -> None:
        if self._cursor is not None:
            try:
                self._cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
            except DatabaseErrors:
                self._suspect = True  # the log stays beside the file and is read at the next opening
        self._disconnect()
        if self._witness is not None:
            self._witness.close()

    def _in_transaction(self, job: Callable[[], T]) -> T:
        self._own_thread()
        try:
            self._cursor.execute("BEGIN IMMEDIATE")
            self._open_tx = True
            result = job()
            self._cursor.execute("COMMIT")
            self._open_tx = False
        except DatabaseErrors as error:
            raise self._translated(error) from error
        finally:
            self._roll_back()
        return result

    def _roll_back(self) -> None:
        if not self._open_tx:
            return
        self._open_tx = False
        self._kinds.clear()  # a line that was being opened is not there
        try:
            if self._driver().in_transaction:
                self._cursor.execute("ROLLBACK")
        except DatabaseErrors:
            self._suspect = True

    def _translated(self, error: Exception) -> DeskError:
        known = translate(error)
        self._suspect = self._suspect or known.code in SUSPECT
        return known

    def _trust(self) -> None:
        """After an error of the disk: open the file anew and look whether it is whole, before anything is written."""
        if not self._suspect:
            return
        try:
            self._disconnect()
            self._connect()
            if self._cursor.execute("PRAGMA quick_check").fetchall() != [("ok",)]:
                raise Incident("DL-02")
        except DatabaseErrors as error:
            raise translate(error) from error
        self._suspect = False

    def _own_thread(self) -> None:
        if self._thread != threading.get_ident():
            raise RuntimeError("the store is used on its own thread only: submit a job")
        if self._connection is None and not self._suspect:
            raise RuntimeError("the store is closed")

    def _free_name(self, version: int) -> Path:
        stamp = self.clock.now_utc().strftime("%Y%m%dT%H%M%S")
        return self.path.with_name(f"{self.path.stem}.v{version}.{stamp}.backup")

    # ---- witness ---------------------------------------------------------------------------------------------------

    def _note(self, line: LineState, number: int | None) -> None:
        if number is not None:
            self._numbers[line.line] = number
        if self._witness is not None:
            self._witness.note([Sight(line.line, line.last_seq, self._numbers.get(line.line, 0), line.head[:8])])
            self._worker.submit(self._witness.sync)  # after this job is answered, before the next one runs

    def witnessed(self) -> tuple[Sight, ...]:
        """What stands outside the database about every line."""
        return tuple(self._witness.last().values()) if self._witness is not None else ()

    def _compare_with_witness(self) -> None:
        for line in lines.load_all(self._cursor):
            row = self._cursor.execute(
                "SELECT number FROM receipt WHERE line = ? ORDER BY n DESC LIMIT 1", (line.line,)
            ).fetchone()
            self._numbers[line.line] = row[0] if row else 0
        if self._witness is None:
            return
        self._witness.compact()
        findings = [found for sight in self._witness.last().values() if (found := self._look(sight)) is not None]
        for found in findings:
            if found.database_seq:
                self._in_transaction(lambda found=found: self._freeze(found))  # type: ignore[misc]
        self.report = tuple(findings)

    def _look(self, sight: Sight) -> Finding | None:
        line = lines.load(self._cursor, sight.line)
        if line is not None and line.state == lines.CLOSED:
            return None
        if line is None:
            return Finding("DL-16", sight.line, sight.seq, sight.number, 0)
        row = self._cursor.execute(
            "SELECT h FROM record WHERE line = ? AND seq = ?", (sight.line, sight.seq)
        ).fetchone()
        if row is not None and row[0].startswith(sight.head8):
            return None
        return Finding("TP-09", sight.line, sight.seq, sight.number, line.last_seq)

    def _freeze(self, found: Finding) -> None:
        self._cursor.execute(
            "UPDATE line SET state = 'frozen', frozen_at = next_seq - 1, lost = MAX(lost, ?)"
            " WHERE line = ? AND state = 'open'",
            (max(0, found.witness_seq - found.database_seq), found.line),
        )
