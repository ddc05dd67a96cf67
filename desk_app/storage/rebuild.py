"""Every read table again from the journal, in the order of arrival, and the proof that nothing differs."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from desk_app.domain.errors import Incident
from desk_app.storage import trusted
from desk_app.storage.folds import apply
from desk_app.storage.folds.context import Folding, Placed
from desk_app.storage.foreign import apply_guarded
from desk_app.storage.tables import FOLD_VERSION, READ, create_indexes, create_read_tables
from sync.protocol.envelope import GENESIS

Progress = Callable[[int, int], None]
_STEP = 1000
_ROWS = 256
_RECORDS = "SELECT pos, line, seq, CAST(raw AS BLOB), h FROM record ORDER BY pos"


@dataclass(frozen=True, slots=True)
class Rebuilt:
    """How many records were folded, and which tables were not as the journal says (empty: all were right)."""

    records: int
    differences: tuple[str, ...]


def rebuild(cursor: Any, reader: Any, progress: Progress | None = None) -> Rebuilt:
    """Fold the whole journal anew inside the caller's transaction; ``reader`` is a second cursor of the connection.

    Raises Incident DL-05 at the first record that does not follow the one before it on its line.
    """
    same_version = _fold_version(cursor) == FOLD_VERSION
    before = digests(cursor) if same_version else {}
    create_read_tables(cursor)
    total = cursor.execute("SELECT count(*) FROM record").fetchone()[0]
    db = Folding(cursor, {}, bulk=True)
    with _no_collecting():
        done = _fold_all(cursor, reader, db, total, progress)
    db.flush()
    create_indexes(cursor)
    cursor.execute("INSERT OR REPLACE INTO setting VALUES ('fold_version', ?)", (str(FOLD_VERSION),))
    if progress is not None:
        progress(done, total)
    after = digests(cursor) if same_version else {}
    return Rebuilt(done, tuple(name for name in after if after[name] != before.get(name)))


def _fold_all(cursor: Any, reader: Any, db: Folding, total: int, progress: Progress | None) -> int:
    """Every record in the order of arrival; answers how many there were."""
    heads: dict[int, str] = {}
    done = 0
    aside = {(line, seq) for line, seq in cursor.execute("SELECT line, seq FROM aside").fetchall()}
    for pos, line, seq, raw, h in reader.execute(_RECORDS):
        if sha256(raw).hexdigest() != h:
            raise Incident("DL-05", line=line, seq=seq)
        if (line, seq) in aside:  # kept for its chain only
            heads[line] = h
            done += 1
            continue
        e = trusted.envelope(raw)
        if (e.line, e.seq) != (line, seq) or e.prev != heads.get(line, GENESIS):
            raise Incident("DL-05", line=line, seq=seq)
        heads[line] = h
        if db.ours(line):
            apply(db, Placed(pos, e, db.training(line)), trusted.fact(e))
        else:
            apply_guarded(cursor, db, Placed(pos, e, 0, ours=False), trusted.fact(e))
        done += 1
        if progress is not None and done % _STEP == 0:
            progress(done, total)
    return done


@contextmanager
def _no_collecting() -> Iterator[None]:
    """Records are read and dropped one by one and hold no circles: looking for some costs a fifth of a rebuild."""
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collecting:
            gc.enable()


def digests(cursor: Any) -> dict[str, str]:
    """One hash over all rows of each read table, in the order of their keys; the search index is checked by itself."""
    found: dict[str, str] = {}
    for table in READ.tables.values():
        key = ", ".join(column.name for column in table.primary_key.columns)
        digest = sha256()
        cursor.execute(f"SELECT * FROM {table.name} ORDER BY {key}")
        while rows := cursor.fetchmany(_ROWS):
            digest.update(repr(rows).encode())
        found[table.name] = digest.hexdigest()
    cursor.execute("INSERT INTO dossier_search (dossier_search, rank) VALUES ('integrity-check', 1)")
    return found


def needs_rebuild(cursor: Any) -> bool:
    """Whether the file was folded by another FOLD_VERSION, or never."""
    return _fold_version(cursor) != FOLD_VERSION


def _fold_version(cursor: Any) -> int:
    row = cursor.execute("SELECT value FROM setting WHERE name = 'fold_version'").fetchone()
    return int(row[0]) if row else 0
