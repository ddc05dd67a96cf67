"""Sticks that left this desk: what was in them, until their answers came back."""

SCRIPT: tuple[str, ...] = (
    """CREATE TABLE stick (
        no INTEGER PRIMARY KEY, made_at TEXT NOT NULL, records INTEGER NOT NULL, digits TEXT NOT NULL,
        answered_at TEXT NOT NULL
    )""",
    """CREATE TABLE stick_part (
        request TEXT PRIMARY KEY, no INTEGER NOT NULL, path TEXT NOT NULL, line INTEGER NOT NULL,
        first INTEGER NOT NULL, last INTEGER NOT NULL, body BLOB NOT NULL
    ) WITHOUT ROWID""",
)
