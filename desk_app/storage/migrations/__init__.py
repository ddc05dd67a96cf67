"""Kept tables, changed only forwards: ``MIGRATIONS[n]`` leads from version n to n + 1.

To add one: ``m0002_….py`` with its ``SCRIPT``, its line here, and a stored file of the version before in the tests.
Read tables never migrate: they are rebuilt from the journal.
"""

from typing import Any

from desk_app.storage.migrations import (
    m0001_journal,
    m0002_survey,
    m0003_feed,
    m0004_blob_queue,
    m0005_courier,
    m0006_voice,
)

MIGRATIONS: tuple[tuple[str, ...], ...] = (
    m0001_journal.SCRIPT,
    m0002_survey.SCRIPT,
    m0003_feed.SCRIPT,
    m0004_blob_queue.SCRIPT,
    m0005_courier.SCRIPT,
    m0006_voice.SCRIPT,
)

#: The newest version of the kept tables that this program knows.
KEPT_VERSION = len(MIGRATIONS)


def migrate(cursor: Any, version: int, migrations: tuple[tuple[str, ...], ...] = MIGRATIONS) -> None:
    """Bring the kept tables from ``version`` to the last one, inside the caller's transaction."""
    for number, script in enumerate(migrations[version:], start=version + 1):
        for statement in script:
            cursor.execute(statement)
        cursor.execute(f"PRAGMA user_version = {number}")
