"""The journal as evidence: acknowledgements and signed receipts as they are kept."""

from __future__ import annotations

from desk_app.storage.transaction import ReadTx


def acks(tx: ReadTx, line: int) -> tuple[tuple[int, bytes], ...]:
    """The centre's signed acknowledgements of a line: up to which record, and the bytes."""
    rows = tx.rows("SELECT mark, raw FROM ack WHERE line = ? ORDER BY mark, batch", (line,))
    return tuple((row[0], bytes(row[1])) for row in rows)


def signed_receipts(tx: ReadTx, line: int) -> tuple[tuple[str, bytes], ...]:
    """SHA-256 and bytes of every signed receipt of a line."""
    rows = tx.rows(
        "SELECT b.sha256, b.data FROM receipt r JOIN blob b ON b.sha256 = r.signed_sha256 WHERE r.line = ? ORDER BY r.n",
        (line,),
    )
    return tuple((row[0], bytes(row[1])) for row in rows)
