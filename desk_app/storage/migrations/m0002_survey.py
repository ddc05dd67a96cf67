"""Answers to surveys that wait for a group: no order (random keys, no rowid), no dossier, no officer, the day only."""

SCRIPT: tuple[str, ...] = (
    """CREATE TABLE survey_waiting (
        key BLOB PRIMARY KEY, day TEXT NOT NULL, answer TEXT NOT NULL
    ) WITHOUT ROWID""",
)
