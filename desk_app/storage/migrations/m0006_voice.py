"""What comes down for feedback and surveys: the public inbox, answers of the level above, survey campaigns."""

SCRIPT: tuple[str, ...] = (
    # written on the public page, read at no desk yet; what is taken in anywhere leaves (fold of feedback.taken_in)
    "CREATE TABLE public_inbox (id TEXT PRIMARY KEY, sent_at TEXT NOT NULL, body TEXT NOT NULL) WITHOUT ROWID",
    # the body a feedback was transferred to has answered through the centre; the newest holds
    """CREATE TABLE level_reply (
        feedback TEXT PRIMARY KEY, body TEXT NOT NULL, gen INTEGER NOT NULL, pos INTEGER NOT NULL
    ) WITHOUT ROWID""",
    # a campaign as the centre last told it: title, days, target, form
    """CREATE TABLE campaign (
        id TEXT PRIMARY KEY, first TEXT NOT NULL, last TEXT NOT NULL, body TEXT NOT NULL
    ) WITHOUT ROWID""",
)
