"""Scans on their way to the centre, and the bytes they took of a day's budget."""

from __future__ import annotations

from dataclasses import dataclass

from desk_app.storage.transaction import ReadTx, WriteTx


@dataclass(frozen=True, slots=True)
class BlobsWaiting:
    """How many scans wait and how many bytes they are; ``lost``: those that can't be sent."""

    count: int
    size_bytes: int
    lost: int


def queue(tx: WriteTx, sha256: str) -> None:
    """Send the kept bytes ``sha256`` upwards once; the same ones again are sent once."""
    tx.execute(
        "INSERT OR IGNORE INTO blob_queue SELECT ?, coalesce(max(n), 0) + 1, 'waiting' FROM blob_queue", (sha256,)
    )


def next_waiting(tx: ReadTx) -> tuple[str, int] | None:
    """Hash and size of the oldest that waits; size 0 when its bytes are gone."""
    row = tx.row(
        "SELECT q.sha256, coalesce(length(b.data), 0) FROM blob_queue q LEFT JOIN blob b ON b.sha256 = q.sha256"
        " WHERE q.state = 'waiting' ORDER BY q.n LIMIT 1"
    )
    return (row[0], row[1]) if row else None


def waiting(tx: ReadTx) -> tuple[tuple[str, int], ...]:
    """Hash and size of all that wait and whose bytes are here, the oldest first."""
    rows = tx.rows(
        "SELECT q.sha256, length(b.data) FROM blob_queue q JOIN blob b ON b.sha256 = q.sha256"
        " WHERE q.state = 'waiting' ORDER BY q.n"
    )
    return tuple((row[0], row[1]) for row in rows)


def piece(tx: ReadTx, sha256: str, offset: int, length: int) -> bytes | None:
    row = tx.row("SELECT substr(data, ?, ?) FROM blob WHERE sha256 = ?", (offset + 1, length, sha256))
    return bytes(row[0]) if row and row[0] else None


def set_state(tx: WriteTx, sha256: str, state: str) -> None:
    tx.execute("UPDATE blob_queue SET state = ? WHERE sha256 = ?", (state, sha256))


def begin_again(tx: WriteTx) -> None:
    """The centre began another life: whatever was sent is offered again (what it holds costs one question)."""
    tx.execute("UPDATE blob_queue SET state = 'waiting' WHERE state = 'sent'")


def spend(tx: WriteTx, day: str, size: int) -> None:
    tx.execute(
        "INSERT INTO data_spent VALUES (?, ?) ON CONFLICT (day) DO UPDATE SET bytes = bytes + excluded.bytes",
        (day, size),
    )


def spent(tx: ReadTx, day: str) -> int:
    """Bytes of scans that went out on ``day``."""
    row = tx.row("SELECT bytes FROM data_spent WHERE day = ?", (day,))
    return int(row[0]) if row else 0


def summary(tx: ReadTx) -> BlobsWaiting:
    row = tx.row(
        "SELECT count(*) FILTER (WHERE q.state = 'waiting'),"
        " coalesce(sum(length(b.data)) FILTER (WHERE q.state = 'waiting'), 0), count(*) FILTER (WHERE q.state = 'lost')"
        " FROM blob_queue q LEFT JOIN blob b ON b.sha256 = q.sha256 WHERE q.state <> 'sent'"
    )
    return BlobsWaiting(*row)
