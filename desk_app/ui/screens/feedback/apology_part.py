"""The fields of a Thư xin lỗi: four things it must say, and a new day when one is promised."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from PySide6.QtWidgets import QWidget

from desk_app.domain.feedback import REPLY_LIMIT
from desk_app.ui.screens.feedback.parts import Words
from desk_app.ui.widgets.dates import DateEdit
from desk_app.ui.widgets.field import Field, TextEdit
from desk_app.ui.widgets.label import down

MOST = 500


@dataclass(frozen=True, slots=True, repr=False)
class TypedApology:
    """As typed; ``new_day`` None: none was promised."""

    what_happened: str
    whose_fault: str
    cause: str
    corrected: str
    new_day: date | None


class ApologyPart(QWidget):
    """Each field is one sentence of the letter, in its order."""

    def __init__(self) -> None:
        super().__init__()
        self.happened = Words("Việc đã xảy ra", REPLY_LIMIT, rows=2, placeholder="Ngày 25/11, cán bộ yêu cầu …")
        self._happened_field = Field("Việc đã xảy ra", self.happened)
        self.fault, self.cause = TextEdit("Lỗi của ai"), TextEdit("Nguyên nhân")
        self.corrected, self.day = TextEdit("Đã khắc phục"), DateEdit("Hẹn lại")
        self._day_field = Field("Hẹn lại ngày (nếu có)", self.day)
        for edit in (self.fault, self.cause, self.corrected):
            edit.setMaxLength(MOST)
        self.setLayout(
            down(
                self._happened_field,
                Field("Lỗi của ai", self.fault),
                Field("Nguyên nhân", self.cause),
                Field("Việc đã khắc phục", self.corrected),
                self._day_field,
                gap=9,
            )
        )
        self.setFocusProxy(self.happened)

    def typed(self) -> TypedApology:
        """What stands in the fields."""
        return TypedApology(
            self.happened.text(), self.fault.text(), self.cause.text(), self.corrected.text(), self.day.day()
        )

    def clear(self) -> None:
        self.happened.set_text("")
        for edit in (self.fault, self.cause, self.corrected):
            edit.clear()
        self.day.set_day(None)
        self.clear_errors()

    def field_for(self, code: str) -> Field | None:
        """Where a refusal belongs."""
        return {"PA-41": self._happened_field, "HS-03": self._day_field}.get(code)

    def clear_errors(self) -> None:
        for field in (self._happened_field, self._day_field):
            field.set_error("")
