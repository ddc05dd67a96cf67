"""What a table cell may hold besides text, and the roles under which a model hands it to the painter."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, IntEnum

from PySide6.QtCore import Qt


class Due(Enum):
    """Where a dossier stands against its day; computed, never stored."""

    AHEAD = "ahead"
    TODAY = "today"
    OVERDUE = "overdue"
    WAITING = "waiting"
    DONE = "done"


@dataclass(frozen=True)
class Deadline:
    """A deadline chip: kind and words, for example ``Deadline(Due.OVERDUE, "Quá hạn 2 ngày")``."""

    due: Due
    text: str


class Cell(IntEnum):
    """Item data roles of a ``RowsModel``."""

    DEADLINE = Qt.ItemDataRole.UserRole + 1
    BOLD = Qt.ItemDataRole.UserRole + 2
    MUTED = Qt.ItemDataRole.UserRole + 3
    ACTION = Qt.ItemDataRole.UserRole + 4
    ROW = Qt.ItemDataRole.UserRole + 5
