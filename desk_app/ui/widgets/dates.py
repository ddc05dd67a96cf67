"""A date typed any way people write one; it is put in order only when the field is left."""

from __future__ import annotations

import re
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QWidget

from desk_app.ui.widgets.field import TextEdit


def read_date(text: str) -> date | None:
    """Day, month, four-digit year: 12/4/1991, 12-04-1991, 12.4.1991, 12 4 1991, 12041991. Else None."""
    text = text.strip()
    match = re.fullmatch(r"(\d{1,2})[\s./-]+(\d{1,2})[\s./-]+(\d{4})", text) or re.fullmatch(
        r"(\d{2})(\d{2})(\d{4})", text
    )
    if match is None:
        return None
    day, month, year = (int(part) for part in match.groups())
    try:
        return date(year, month, day)
    except ValueError:
        return None


class DateEdit(TextEdit):
    """``changed(day)`` with a date or None. The text is never changed under the typing hand."""

    changed = Signal(object)

    def __init__(self, name: str, placeholder: str = "ngày/tháng/năm", parent: QWidget | None = None) -> None:
        super().__init__(name, placeholder, parent=parent)
        self._day: date | None = None
        self.textEdited.connect(self._read)

    def day(self) -> date | None:
        """The date, or None while there is none or it is not a day of the calendar."""
        return self._day

    def set_day(self, day: date | None) -> None:
        self._day = day
        self.setText(f"{day:%d/%m/%Y}" if day else "")
        self.set_bad(False)

    def _read(self, text: str) -> None:
        day = read_date(text)
        if day is not None:
            self.set_bad(False)
        if day != self._day:
            self._day = day
            self.changed.emit(day)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        if self._day is not None:
            self.setText(f"{self._day:%d/%m/%Y}")
        self.set_bad(bool(self.text().strip()) and self._day is None)
        super().focusOutEvent(event)
