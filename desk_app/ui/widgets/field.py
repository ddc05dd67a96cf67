"""A label above its input and the line under it that says what is wrong."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from desk_app.ui import icons
from desk_app.ui.theme import theme
from desk_app.ui.widgets.label import label
from desk_app.ui.widgets.paint import announce, cap_width, paint_cap, paint_line, set_style


class TextEdit(QLineEdit):
    """A line of text: no mask, no completion while typing, so Vietnamese input methods are not disturbed.

    An icon may stand inside at the left and a key cap or quiet words at the right; both are painted, so they grow with
    the text.
    """

    def __init__(
        self, name: str, placeholder: str = "", *, icon: str = "", cap: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._icon, self._cap, self._note = icon, cap, ""
        self.setAccessibleName(name)
        self.setPlaceholderText(placeholder)
        self._make_room()

    def set_note(self, note: str) -> None:
        """Quiet words inside at the right ("4 thủ tục")."""
        self._note = note
        self._make_room()
        self.update()

    def set_bad(self, bad: bool) -> None:
        set_style(self, "bad", bad)

    def set_read_only(self, read_only: bool) -> None:
        self.setReadOnly(read_only)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus if read_only else Qt.FocusPolicy.StrongFocus)
        self.style().unpolish(self)
        self.style().polish(self)

    def _right_width(self) -> int:
        look = theme()
        words = look.metrics(13).horizontalAdvance(self._note) if self._note else 0
        return words + (cap_width(self._cap) if self._cap else 0)

    def _make_room(self) -> None:
        left = theme().px(26) if self._icon else 0
        right = self._right_width()
        self.setTextMargins(left, 0, right + 8 if right else 0, 0)

    def changeEvent(self, event: object) -> None:
        super().changeEvent(event)  # type: ignore[arg-type]
        self._make_room()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        look, middle = theme(), self.height() / 2
        with QPainter(self) as painter:
            if self._icon:
                icons.paint(painter, self._icon, 12, middle - look.px(20) / 2, 20, "muted")
            right = self.width() - 11
            if self._cap:
                at = right - cap_width(self._cap)
                paint_cap(painter, at, middle, self._cap, look.color("text2"), look.color("control"))
            if self._note:
                box = QRectF(0, 0, right, self.height())
                align = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
                paint_line(painter, box, self._note, look.font(13), look.color("muted"), align)


class Field(QWidget):
    """Label, input, and a line for what is wrong; the line takes no room while all is well.

    ``wrap``: a whole question may stand above the input, on as many lines as it needs.
    """

    def __init__(self, name: str, editor: QWidget, parent: QWidget | None = None, *, wrap: bool = False) -> None:
        super().__init__(parent)
        self.editor = editor
        self._label = label(name, "field", wrap=wrap)
        self._label.setBuddy(editor)
        self._error = label("", "error", wrap=True)
        self._error.hide()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(3)
        for part in (self._label, editor, self._error):
            layout.addWidget(part)
        self.setFocusProxy(editor)

    def set_name(self, name: str) -> None:
        """Another label for the same input."""
        self._label.setText(name)
        self.editor.setAccessibleName(name)

    def set_error(self, text: str, code: str = "") -> None:
        """Say what is wrong and what to do; empty takes it back."""
        self._error.setText(f"{text} {code}".strip())
        self._error.setVisible(bool(text))
        set_style(self.editor, "bad", bool(text))
        self.editor.setAccessibleDescription(text)
        if text:
            announce(self.editor, text)

    @property
    def error(self) -> str:
        return self._error.text()
