"""Quản trị, the part every desk needs on its first day: printers, how the screen looks, how fast the reader types."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QBoxLayout, QVBoxLayout, QWidget

from desk_app.ui import theme as themes
from desk_app.ui.screen import Page
from desk_app.ui.screens.printer_row import PrinterChoice, PrinterRow
from desk_app.ui.theme import theme
from desk_app.ui.widgets.action_bar import Action, Actions
from desk_app.ui.widgets.badge import Badge
from desk_app.ui.widgets.button import KeyButton
from desk_app.ui.widgets.card import Card
from desk_app.ui.widgets.code_square import CodeSquare
from desk_app.ui.widgets.field import Field
from desk_app.ui.widgets.label import across, clear, down, label
from desk_app.ui.widgets.scroll import ScrollBody
from desk_app.ui.widgets.segment import Segment

THEMES = (("light", "Sáng"), ("dark", "Tối"), ("contrast", "Tương phản cao"))
_ASK = "Quét mã bên cạnh bằng đầu đọc của quầy. Máy đo nhịp phím của đầu đọc để phân biệt với người gõ."


@dataclass(frozen=True, slots=True)
class MachineView:
    """``queues``: printers of the machine with their state in words; ``gap_ms``: the reader's limit in force."""

    queues: tuple[tuple[str, str], ...]
    choices: tuple[PrinterChoice, ...]
    lines: tuple[tuple[str, str], ...]
    gap_ms: int = 35


class MachinePage(Page):
    """``printer_chosen(role, queue)`` · ``address_typed(role, address)`` · ``test_wanted(role)`` · ``shown`` ·
    ``look_chosen(theme, percent)`` · ``limit_chosen(gap_ms)`` after a measured scan.

    `test_code` and its `modules` are what the reader is shown.
    """

    printer_chosen = Signal(str, str)
    address_typed = Signal(str, str)
    test_wanted = Signal(str)
    look_chosen = Signal(str, int)
    limit_chosen = Signal(int)
    shown = Signal()

    def __init__(
        self, test_code: str = "", modules: tuple[tuple[bool, ...], ...] = (), parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._printer_rows: dict[str, PrinterRow] = {}
        self._test_code, self._measured = test_code, 0
        self._printers, self._facts = Card("Máy in", "printer"), Card("Máy này", "hard-drive")
        self._rows = QVBoxLayout()
        self._printers.body.addLayout(self._rows)
        left = down(self._printers, self._look_card(), None, gap=12)
        right = down(self._reader_card(modules), self._facts, None, gap=12)
        self._columns = across(gap=12)
        self._columns.addLayout(left, 3)
        self._columns.addLayout(right, 2)
        self.setLayout(down(ScrollBody(down(self._columns, None, margins=(16, 14, 16, 14), gap=12))))
        self._fit()

    def activate(self) -> None:
        self.shown.emit()
        self._show_look()

    def bar_actions(self) -> Actions:
        return Actions(
            "Bấm F9 để: in một trang thử bằng máy in giấy hẹn.", Action("primary", "In thử", "primary", "printer"), None
        )

    def primary(self) -> None:
        self.test_wanted.emit("slip_a4")

    def on_scan(self, text: str) -> bool:
        """The test code belongs here; every other scan goes where it always goes."""
        return bool(self._test_code) and text.strip() == self._test_code

    def set_view(self, view: MachineView) -> None:
        """Show the queues and what is chosen; the choice is saved as soon as it is made."""
        for choice in view.choices:
            if choice.role not in self._printer_rows:
                row = PrinterRow(choice)
                row.chosen.connect(partial(self.printer_chosen.emit, choice.role))
                row.typed.connect(partial(self.address_typed.emit, choice.role))
                row.test.connect(partial(self.test_wanted.emit, choice.role))
                self._printer_rows[choice.role] = row
                self._rows.addWidget(row)
            self._printer_rows[choice.role].set_choice(choice, view.queues)
        clear(self._facts.body)
        for title, words in view.lines:
            self._facts.body.addWidget(label(title, "hint"))
            self._facts.body.addWidget(label(words.replace("/", "/\u200b"), "strong", wrap=True))
        self._limit.setText(f"Đang dùng: khoảng cách phím đến {view.gap_ms} ms là đầu đọc.")
        first = next(iter(self._printer_rows.values()), None)
        if first is not None and not any(row.holds_focus for row in self._printer_rows.values()):
            first.combo.setFocus()

    def set_address_error(self, role: str, text: str, code: str) -> None:
        """Say under the address what is wrong with it."""
        self._printer_rows[role].set_error(text, code)

    def set_rhythm(self, text: str, longest_ms: int, mean_ms: int) -> None:
        """A burst ended: if it was the test code, show its rhythm and offer the limit that fits it."""
        if not self.isVisible() or text.strip() != self._test_code:
            return
        self._measured = limit_for(longest_ms)
        self._result.set(f"Đọc đúng, phím cách nhau {mean_ms} ms, lâu nhất {longest_ms} ms", "ok", "check")
        self._use.set_text(f"Dùng ngưỡng {self._measured} ms")
        self._use.set_reason("")
        self._use.setFocus()

    # ---- parts -----------------------------------------------------------------------------------------------------

    def _look_card(self) -> Card:
        card = Card("Màn hình", "settings")
        self._theme = Segment(THEMES, "Màu màn hình", theme().mode)
        sizes = [(str(scale), f"{scale} %") for scale in themes.SCALES]
        self._scale = Segment(sizes, "Cỡ chữ", str(theme().scale))
        self._theme.chosen.connect(lambda mode: self.look_chosen.emit(mode, theme().scale))
        self._scale.chosen.connect(lambda scale: self.look_chosen.emit(theme().mode, int(scale)))
        card.body.addWidget(Field("Màu màn hình", self._theme))
        card.body.addWidget(Field("Cỡ chữ (Ctrl + và Ctrl - ở mọi màn hình)", self._scale))
        words = "Tương phản cao dùng màu của hệ điều hành."
        card.body.addWidget(label(words, "hint", wrap=True))
        return card

    def _reader_card(self, modules: tuple[tuple[bool, ...], ...]) -> Card:
        card = Card("Đầu đọc mã", "scan-line")
        square = CodeSquare(f"Mã thử {self._test_code}")
        square.set_modules(modules)
        self._limit, self._result = label("", "hint", wrap=True), Badge("")
        self._use = KeyButton("Dùng ngưỡng đo được", small=True)
        self._use.set_reason("Quét mã thử trước.")
        self._use.triggered.connect(self._keep)
        words = down(label(_ASK, "soft", wrap=True), self._limit, None, gap=6)
        row = across(down(square, None), gap=14)
        row.addLayout(words, 1)
        card.body.addLayout(row)
        card.body.addLayout(across(self._result, None))
        card.body.addLayout(across(self._use, None))
        return card

    def _keep(self) -> None:
        self.limit_chosen.emit(self._measured)
        self._limit.setText(f"Đang dùng: khoảng cách phím đến {self._measured} ms là đầu đọc.")
        self._use.set_reason("Đang dùng ngưỡng này.")

    def _show_look(self) -> None:
        self._theme.set_chosen(theme().mode)
        self._scale.set_chosen(str(theme().scale))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "_columns"):
            self._fit()
            self._show_look()

    def _fit(self) -> None:
        way = QBoxLayout.Direction.TopToBottom if theme().folds else QBoxLayout.Direction.LeftToRight
        self._columns.setDirection(way)


def limit_for(longest_ms: int) -> int:
    """The limit for a reader whose longest gap was this: half as much again, never so wide that a person types it."""
    return max(20, min(80, longest_ms + longest_ms // 2))
