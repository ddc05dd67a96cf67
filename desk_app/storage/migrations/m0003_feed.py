"""What comes down: records of other stations that are kept but not folded, online dossiers, news from above."""

SCRIPT: tuple[str, ...] = (
    # a foreign record the centre set aside, or that this program cannot read: part of its chain, shown nowhere
    "CREATE TABLE aside (line INTEGER NOT NULL, seq INTEGER NOT NULL, PRIMARY KEY (line, seq)) WITHOUT ROWID",
    # state: open, claimed (by station_no until), accepted, withdrawn
    """CREATE TABLE online (
        id TEXT PRIMARY KEY, body TEXT NOT NULL, state TEXT NOT NULL, station TEXT NOT NULL,
        station_no INTEGER NOT NULL, until TEXT NOT NULL, pos INTEGER NOT NULL
    ) WITHOUT ROWID""",
    # what the level above says about a dossier, known here or not yet
    """CREATE TABLE upstream (
        event TEXT PRIMARY KEY, code TEXT NOT NULL, body TEXT NOT NULL, gen INTEGER NOT NULL, pos INTEGER NOT NULL
    ) WITHOUT ROWID""",
    "CREATE INDEX upstream_code ON upstream (code)",
)
