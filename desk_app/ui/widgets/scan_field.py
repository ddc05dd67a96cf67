"""The field of the top bar for scanning and searching; a scan is recognised without it, whatever has the focus."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QSizePolicy, QWidget

from desk_app.ui import keys
from desk_app.ui.theme import theme
from desk_app.ui.widgets.field import TextEdit

PLACEHOLDER = "Quét thẻ, giấy hẹn hoặc gõ mã hồ sơ, họ tên…"
TIP = "Quét được ở mọi màn hình, không cần bấm vào đây. Có thể gõ mã hồ sơ, 4 số cuối của mã hoặc họ tên không dấu."


class ScanField(TextEdit):
    """``searched(text)`` on Enter."""

    searched = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("Ô quét và tìm", PLACEHOLDER, icon="scan-line", cap=keys.label("scan_field"), parent=parent)
        self.setProperty("scan", True)
        self.setToolTip(TIP)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setMaximumWidth(theme().px(430) if not theme().folds else 430)
        self.setMinimumWidth(200)
        self.returnPressed.connect(self._search)

    def focus_and_select(self) -> None:
        self.setFocus()
        self.selectAll()

    def _search(self) -> None:
        if self.text().strip():
            self.searched.emit(self.text().strip())
