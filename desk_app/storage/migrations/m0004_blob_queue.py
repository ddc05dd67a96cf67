"""Scans that wait for the centre, and what they cost a day."""

SCRIPT: tuple[str, ...] = (
    # state: waiting, sent, lost
    """CREATE TABLE blob_queue (
        sha256 TEXT PRIMARY KEY, n INTEGER NOT NULL, state TEXT NOT NULL
    ) WITHOUT ROWID""",
    "CREATE INDEX blob_queue_waiting ON blob_queue (n) WHERE state = 'waiting'",
    "CREATE TABLE data_spent (day TEXT PRIMARY KEY, bytes INTEGER NOT NULL) WITHOUT ROWID",
)
