"""The kept tables as they were first: the journal, its lines, people, blobs, drafts, settings, acknowledgements."""

SCRIPT: tuple[str, ...] = (
    # pos is the order of arrival over all lines; read tables are folded in it. body, actor, prev stand in raw.
    """CREATE TABLE record (
        pos INTEGER PRIMARY KEY,
        line INTEGER NOT NULL, seq INTEGER NOT NULL, id TEXT NOT NULL, kind TEXT NOT NULL, v INTEGER NOT NULL,
        at TEXT NOT NULL, raw BLOB NOT NULL, h TEXT NOT NULL,
        UNIQUE (line, seq)
    )""",
    # ours = 0: a line of another station of the unit. lost, frozen_at: what a restored copy is known to lack.
    """CREATE TABLE line (
        line INTEGER PRIMARY KEY, unit TEXT NOT NULL, station TEXT NOT NULL, station_no INTEGER NOT NULL,
        kind TEXT NOT NULL, state TEXT NOT NULL CHECK (state IN ('open', 'frozen', 'closed')), ours INTEGER NOT NULL,
        next_seq INTEGER NOT NULL, head TEXT NOT NULL, acked_seq INTEGER NOT NULL, acked_head TEXT NOT NULL,
        gen INTEGER NOT NULL, token TEXT NOT NULL, next_token TEXT NOT NULL,
        lost INTEGER NOT NULL, frozen_at INTEGER NOT NULL
    )""",
    "CREATE TABLE subject (id TEXT PRIMARY KEY, kind TEXT NOT NULL, salt BLOB NOT NULL, data BLOB NOT NULL)",
    """CREATE TABLE subject_use (
        line INTEGER NOT NULL, seq INTEGER NOT NULL, subject TEXT NOT NULL, PRIMARY KEY (line, seq, subject)
    ) WITHOUT ROWID""",
    "CREATE INDEX subject_use_subject ON subject_use (subject)",
    """CREATE TABLE blob (
        sha256 TEXT PRIMARY KEY, media_type TEXT NOT NULL, data BLOB NOT NULL, got TEXT NOT NULL
    )""",
    """CREATE TABLE command (
        id TEXT PRIMARY KEY, line INTEGER NOT NULL, first_seq INTEGER NOT NULL, last_seq INTEGER NOT NULL
    ) WITHOUT ROWID""",
    """CREATE TABLE draft (
        id TEXT PRIMARY KEY, kind TEXT NOT NULL, updated_at TEXT NOT NULL, data TEXT NOT NULL,
        parked_no INTEGER UNIQUE CHECK (parked_no BETWEEN 1 AND 9)
    ) WITHOUT ROWID""",
    "CREATE TABLE setting (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID",
    """CREATE TABLE ack (
        line INTEGER NOT NULL, mark INTEGER NOT NULL, batch TEXT NOT NULL, raw BLOB NOT NULL, got TEXT NOT NULL,
        PRIMARY KEY (line, mark, batch)
    )""",
    # one row: the centre's life number and how far its feed was read
    """CREATE TABLE remote (
        one INTEGER PRIMARY KEY CHECK (one = 1), gen INTEGER NOT NULL, feed_gen INTEGER NOT NULL,
        feed_pos INTEGER NOT NULL
    )""",
    "INSERT INTO remote VALUES (1, 0, 0, 0)",
)
