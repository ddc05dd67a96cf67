"""The window of a working desk: rail, top bar, banner, pages, action bar, training strip. Knows no business word.

Pages register as a tuple of ``Screen`` and are built when first opened. A scan goes to the page in front; what the
page does not take is handed up with ``scanned``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QEvent, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QStackedWidget, QWidget

from desk_app.ui import keys
from desk_app.ui.screen import Page, Screen
from desk_app.ui.theme import FOLD_BELOW_WIDTH, theme
from desk_app.ui.tone import Tone
from desk_app.ui.watch import unwatched
from desk_app.ui.widgets.action_bar import ActionBar
from desk_app.ui.widgets.banner import Banner, Notice
from desk_app.ui.widgets.button import StateChip
from desk_app.ui.widgets.label import Sentence, across, down, frame
from desk_app.ui.widgets.rail import Rail
from desk_app.ui.widgets.scan_field import ScanField
from desk_app.ui.widgets.toast import Toaster
from desk_app.ui.widgets.training import TrainingStrip

AHEAD_MS = 120  # between two pages built ahead


@dataclass(frozen=True)
class NetworkView:
    """The network chip: calm and grey without a network, counted always. `short` is for large text."""

    online: bool
    waiting: int = 0
    said: str = ""

    @property
    def words(self) -> str:
        if self.said:
            return self.said
        sent = "đã gửi hết" if not self.waiting else f"{self.waiting} mục chờ gửi"
        return f"{'Có mạng' if self.online else 'Không có mạng'} · {sent}"

    @property
    def short(self) -> str:
        if self.said:
            return self.said.split(" · ")[0]
        return f"{'Có mạng' if self.online else 'Không có mạng'} · {self.waiting}"


@dataclass(frozen=True)
class PrinterView:
    """The printer chip."""

    words: str
    ready: bool = True
    tip: str = ""


class Shell(QWidget):
    """``lock_wanted`` (F12) · ``scale_wanted(step)`` with -1, 0, +1 · ``chip_pressed(name)`` · ``scanned(text)`` and
    ``searched(text)`` that no page took · ``help_wanted`` (F1) · ``palette_wanted`` (Ctrl+K)."""

    lock_wanted = Signal()
    scale_wanted = Signal(int)
    chip_pressed = Signal(str)
    scanned = Signal(str)
    searched = Signal(str)
    help_wanted = Signal()
    palette_wanted = Signal()
    page_changed = Signal(str)

    def __init__(self, screens: Sequence[Screen], role: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("page")
        self._screens = {screen.id: screen for screen in screens if screen.is_for(role)}
        self._pages: dict[str, Page] = {}
        self._current, self._unit, self._officer = "", "", ""
        self._owners: dict[str, Page] = {}
        self._network = NetworkView(online=False)
        self._printer, self._papers_waiting = PrinterView(""), 0
        self._ahead: list[str] = []
        self._ahead_timer = QTimer(self)
        self._ahead_timer.setInterval(AHEAD_MS)
        self._ahead_timer.timeout.connect(self._build_next)
        self.toaster = Toaster(self, lambda: max(theme().frame_px(64), self.bar.height()), lambda: self.rail.width())
        self.rail = Rail()
        for screen in self._screens.values():
            self.rail.add(screen.id, screen.icon, screen.title, screen.key, bottom=screen.bottom)
        self.rail.chosen.connect(self.open)
        self.scan_field = ScanField()
        self.scan_field.searched.connect(self._search)
        self.network, self.printer, self.officer = StateChip("Mạng"), StateChip("Máy in"), StateChip("Cán bộ")
        self.officer.set_cap("lock", bold=True)
        for name, chip in (("network", self.network), ("printer", self.printer)):
            chip.clicked.connect(lambda _on=False, name=name: self.chip_pressed.emit(name))
        self.officer.clicked.connect(self.lock_wanted)
        self.banner, self.training, self.bar = Banner(), TrainingStrip(), ActionBar()
        self.banner.acted.connect(self._on_notice_action)
        self.bar.triggered.connect(self._on_action)
        self.bar.refused.connect(lambda reason: self.toaster.show(reason, Tone.INFO))
        self.stack = QStackedWidget()
        self.stack.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Ignored)
        rule = frame(vline="true")
        rule.setFixedHeight(22)
        top = across(
            self.scan_field, None, self.network, self.printer, rule, self.officer, margins=(16, 0, 16, 0), gap=12
        )
        top.setStretch(0, 3)
        top.setStretch(1, 1)
        self._top = frame(top, "topbar")
        self._say = Sentence("", "say")
        self._say_above = frame(down(self._say, margins=(16, 6, 16, 6)), "sayabove")
        self._say_above.hide()
        self.bar.sentence_moved.connect(self._show_sentence_above)
        main = down(self._top, self.training, self.banner, self._say_above, self.stack, self.bar, gap=0)
        main.setStretch(4, 1)
        layout = across(self.rail, gap=0)
        layout.addLayout(main, 1)
        self.setLayout(layout)
        self.training.hide()
        self.bar.hide()
        self.set_network(self._network)
        self._register_keys()

    def _register_keys(self) -> None:
        keys.attach(self, "scan_field", self.scan_field.focus_and_select)
        keys.attach(self, "lock", self.lock_wanted.emit)
        keys.attach(self, "help", self.help_wanted.emit)
        keys.attach(self, "palette", self.palette_wanted.emit)
        for key, step in (("larger", 1), ("smaller", -1), ("normal_size", 0)):
            keys.attach(self, key, partial(self.scale_wanted.emit, step))
        self._own_keys = [*keys.attach(self, "primary", self._primary), *keys.attach(self, "back", self._back)]

    # what is shown around the pages

    def set_place(self, unit: str, desk: str) -> None:
        self._unit = unit
        self.rail.set_place(unit, desk)

    def set_network(self, view: NetworkView) -> None:
        self._network = view
        words = view.short if theme().merges else view.words
        calm = view.online and not view.waiting
        tip = f"Dữ liệu lưu đủ trên máy này. {view.waiting} mục sẽ tự gửi khi có mạng. Bấm F10 để xem."
        icon, tint = ("cloud", "ok") if view.online else ("cloud-off", "text")
        self.network.set_state(words, icon, tint, sunken=not calm, tip=tip if view.waiting else "")

    def set_printer(self, view: PrinterView) -> None:
        self._printer = view
        self._show_printer()

    def set_papers_waiting(self, count: int) -> None:
        """Sheets that the printer has not given out yet stand on its chip."""
        if count != self._papers_waiting:
            self._papers_waiting = count
            self._show_printer()

    def _show_printer(self) -> None:
        view, count = self._printer, self._papers_waiting
        words = f"{view.words} · chờ in {count}" if count else view.words
        self.printer.set_state(words, "printer", "ok" if view.ready else "warn", sunken=not view.ready, tip=view.tip)

    def set_officer(self, name: str) -> None:
        self._officer = name
        self._show_officer()

    def _show_officer(self) -> None:
        """The whole name, or the given name where large text leaves no room."""
        close = theme().merges and self.width() < FOLD_BELOW_WIDTH
        words = self._officer.split()[-1] if close and self._officer else self._officer
        self.officer.set_state(words, "user", "text2", tip="Khóa màn hình (F12). Bản nháp được giữ.")

    def set_training(self, on: bool) -> None:
        self.training.setVisible(on)

    # pages

    @property
    def current(self) -> str:
        return self._current

    def page(self, screen_id: str) -> Page:
        """The page, built when first asked for."""
        if screen_id not in self._pages:
            with unwatched(self.stack):
                page = self._screens[screen_id].build()
                self.stack.addWidget(page)
            self._pages[screen_id] = page
            page.actions_changed.connect(lambda: self._refresh_bar(page))
            page.go.connect(self.open)
            page.toast.connect(self.toaster.show)
            page.notice.connect(lambda notice: self._raise(page, notice))
            page.notice_gone.connect(self.banner.clear_notice)
        return self._pages[screen_id]

    def build_ahead(self, *screen_ids: str) -> None:
        """Build these pages one after another while nobody waits, so that their first key is as quick as the next."""
        self._ahead = [screen_id for screen_id in screen_ids if screen_id in self._screens]
        self._ahead_timer.start()

    def _build_next(self) -> None:
        while self._ahead and self._ahead[0] in self._pages:
            if self._pages[self._ahead[0]].build_more():
                return  # one part of it was built now; more with the next tick
            self._ahead.pop(0)
        if self._ahead:
            self.page(self._ahead[0])
        else:
            self._ahead_timer.stop()

    def open(self, screen_id: str) -> bool:
        """Bring a page to the front; False when it is not for this role or the page in front stays."""
        if screen_id not in self._screens:
            return False
        if self._current and screen_id != self._current and not self._pages[self._current].can_leave():
            self.rail.set_current(self._current)
            return False
        page = self.page(screen_id)
        self._current = screen_id
        self.rail.set_current(screen_id)
        self.stack.setCurrentWidget(page)
        self._refresh_bar(page)
        self.toaster.leave_page()
        page.activate()
        title = self._screens[screen_id].title
        self.window().setWindowTitle(f"{self._unit}: {title}" if self._unit else title)
        self.page_changed.emit(screen_id)
        return True

    def on_scan(self, text: str) -> None:
        """A scan, wherever the focus was."""
        if not (self._current and self._pages[self._current].on_scan(text)):
            self.scanned.emit(text)

    def raise_notice(self, notice: Notice) -> None:
        """A banner of the machine rather than of a page."""
        self.banner.raise_notice(notice)

    def _raise(self, page: Page, notice: Notice) -> None:
        self._owners[notice.key] = page
        self.banner.raise_notice(notice)

    def _on_notice_action(self, key: str) -> None:
        if (page := self._owners.get(key)) is not None:
            page.on_notice_action(key)
        else:
            self.chip_pressed.emit(key)

    def _search(self, text: str) -> None:
        if not (self._current and self._pages[self._current].on_search(text)):
            self.searched.emit(text)

    def _refresh_bar(self, page: Page) -> None:
        if page is not self.stack.currentWidget():
            return
        actions = page.bar_actions()
        self.bar.setVisible(actions is not None)
        self._say_above.setVisible(actions is not None and bool(self._say.text()))
        self.toaster.page_changed()
        for shortcut in self._own_keys:  # the bar's buttons bring their own F9 and Esc
            shortcut.setEnabled(actions is None)
        if actions is not None:
            self.bar.set_actions(actions)

    def _show_sentence_above(self, sentence: str) -> None:
        self._say.set_text(sentence)
        self._say_above.setVisible(bool(sentence) and self.bar.isVisibleTo(self))
        self._fit_sentence()

    def _fit_sentence(self) -> None:
        """The sentence is never squeezed by a tall page."""
        room = self.width() - self.rail.width() - 32
        self._say.setMinimumHeight(self._say.heightForWidth(room) if self._say.text() and room > 0 else 0)

    def _on_action(self, action_id: str) -> None:
        self._pages[self._current].on_action(action_id)

    def _primary(self) -> None:
        if self._current:
            self._pages[self._current].primary()

    def _back(self) -> None:
        if self._current:
            self._pages[self._current].back()

    # size

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "bar"):
            self._fit()
            self.set_network(self._network)

    def _fit(self) -> None:
        self.rail.fold(theme().folds or self.width() < FOLD_BELOW_WIDTH)
        self._show_officer()
        self._fit_sentence()
