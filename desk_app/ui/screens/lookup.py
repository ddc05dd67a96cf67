"""The look-up screen for citizens: a window of its own that knows the catalogue and nothing else.

Its ports hold no desk, no list and no person; there is nothing personal it could show. After a minute without touch it
is ready for the next one.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QAbstractButton, QFrame, QPushButton, QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from desk_app.domain.errors import DeskError
from desk_app.ui import errors
from desk_app.ui.run import run
from desk_app.ui.theme import theme
from desk_app.ui.widgets.field import TextEdit
from desk_app.ui.widgets.label import Elided, across, down, frame, label

if TYPE_CHECKING:
    from desk_app.services.lookup import Reading

Submit = Callable[[Callable[..., Any]], "Future[Any]"]
REST_MS: Final = 60_000
WAIT_MS: Final = 120
_ROWS: Final = 8


@dataclass(frozen=True, slots=True)
class LookupPorts:
    """``find`` and ``usual`` answer (id, name, field) at once; ``read`` and ``take`` are slow. ``take``: where it prints."""

    title: str
    hours: str
    feedback: str
    submit: Submit
    paper_submit: Submit
    usual: Callable[[], Sequence[tuple[str, str, str]]]
    find: Callable[[str], Sequence[tuple[str, str, str]]]
    read: Callable[[str], Reading]
    take: Callable[[str], str]


class BigRow(QPushButton):
    """One procedure in the list: large words, the whole row can be touched."""

    def __init__(self, name: str, field: str) -> None:
        super().__init__()
        self.setProperty("big", True)
        self.setAccessibleName(name)
        self.setFixedHeight(theme().px(76))
        self.setLayout(
            down(None, Elided(name, "readstrong"), Elided(field, "soft"), None, margins=(16, 4, 16, 4), gap=2)
        )


class LookupWindow(QWidget):
    """``closed`` when an officer closes it; citizens have no way out of it."""

    closed = Signal()

    def __init__(self, ports: LookupPorts) -> None:
        super().__init__(None, Qt.WindowType.Window)
        self._ports = ports
        self._wanted = ""
        self._command = 0
        self.setObjectName("window")
        self.setWindowTitle("Tra cứu thủ tục")
        self.box = TextEdit(
            "Ông/Bà cần làm việc gì?", "Gõ tên việc: khai sinh, sao y, hộ nghèo, đất đai…", icon="search"
        )
        self.box.setProperty("read", True)
        self._rows = QVBoxLayout()
        self._rows.setSpacing(6)
        self._none = label("", "read", wrap=True)
        self._page = QVBoxLayout()
        self._page.setSpacing(10)
        self._stack = QStackedWidget()
        self._stack.addWidget(self._search_page())
        self._stack.addWidget(self._reading_page())
        head = frame(self._head(), "rail")
        foot = across(
            label(f"Giờ tiếp nhận: {ports.hours}", "soft", wrap=True),
            label(f"Phản ánh, kiến nghị: {ports.feedback}", "soft", wrap=True), margins=(40, 10, 40, 12),
        )  # fmt: skip
        layout = down(head, self._stack, frame(line=True), gap=0)
        layout.addLayout(foot)
        layout.setStretch(1, 1)
        self.setLayout(layout)
        self._wait, self._rest = QTimer(self), QTimer(self)
        for timer, ms, job in ((self._wait, WAIT_MS, self._search), (self._rest, REST_MS, self.start_over)):
            timer.setSingleShot(True)
            timer.setInterval(ms)
            timer.timeout.connect(job)
        self.box.textEdited.connect(lambda _text: self._wait.start())
        app = QGuiApplication.instance()
        assert app is not None
        self.installEventFilter(self)
        self.start_over()

    def show_on_other_screen(self) -> None:
        """Full screen on the second monitor; a window of its own where there is only one."""
        screens = QGuiApplication.screens()
        if len(screens) > 1:
            self.setGeometry(screens[1].geometry())
            self.showFullScreen()
        else:
            self.resize(1180, 680)
            self.show()

    def start_over(self) -> None:
        """Ready for the next citizen: an empty box, the usual procedures."""
        self._wanted = ""
        self.box.clear()
        self._stack.setCurrentIndex(0)
        self._show_rows(self._ports.usual())
        self.box.setFocus()

    def open(self, id: str) -> None:
        """Read one procedure."""
        self._wanted = id
        self._rest.start()
        run(self, self._ports.submit, partial(self._ports.read, id), self._show, self._failed, action=f"read {id}")

    def titles(self) -> tuple[str, ...]:
        """Names in the list, for whoever drives the window."""
        rows = (item.widget() for item in (self._rows.itemAt(i) for i in range(self._rows.count())) if item is not None)
        return tuple(row.accessibleName() for row in rows if isinstance(row, BigRow))

    def _head(self) -> Any:
        title = label(self._ports.title, "onrailtitle")
        return across(title, None, label("Tra cứu thủ tục hành chính", "onrail"), margins=(40, 18, 40, 18))

    def _search_page(self) -> QWidget:
        page = QWidget()
        ask = label("Ông/Bà cần làm việc gì?", "readtitle")
        layout = down(ask, self.box, self._none, margins=(40, 20, 40, 10), gap=12)
        rows = QWidget()
        rows.setLayout(self._rows)
        layout.addWidget(_scrolled(rows), 1)
        page.setLayout(layout)
        return page

    def _reading_page(self) -> QWidget:
        page, inner = QWidget(), QWidget()
        inner.setLayout(self._page)
        self._back, self._take = _big("Quay lại"), _big("In danh sách giấy tờ", primary=True)
        self._back.clicked.connect(self.start_over)
        self._take.clicked.connect(self._print)
        self._said = label("", "readstrong", wrap=True)
        layout = down(
            _scrolled(inner), across(self._back, self._said, None, self._take, gap=16), margins=(40, 16, 40, 14), gap=10
        )
        layout.setStretch(0, 1)
        page.setLayout(layout)
        return page

    def _search(self) -> None:
        self._rest.start()
        text = self.box.text().strip()
        self._show_rows(self._ports.find(text) if text else self._ports.usual())

    def _show_rows(self, found: Sequence[tuple[str, str, str]]) -> None:
        _empty(self._rows)
        for id, name, field in found[:_ROWS]:
            row = BigRow(name, field)
            row.clicked.connect(lambda _on=False, id=id: self.open(id))
            self._rows.addWidget(row)
        self._rows.addStretch(1)
        self._none.setText("" if found else "Chưa thấy việc này. Ông/Bà gõ ít chữ hơn, hoặc hỏi cán bộ tại quầy.")
        self._none.setVisible(not found)

    def _show(self, reading: Reading) -> None:
        if reading.id != self._wanted:
            return
        _empty(self._page)
        parts: list[QWidget] = [
            label(reading.name, "readtitle", wrap=True),
            label(reading.explanation, "read", wrap=True),
        ]
        if not reading.checked:
            parts.append(
                label("Nội dung này chưa kiểm chứng với văn bản. Ông/Bà hỏi lại cán bộ tại quầy.", "warn", wrap=True)
            )
        heading = "Giấy tờ cần mang" if reading.elsewhere else "Giấy tờ cần chuẩn bị"
        parts += [frame(line=True), label(heading, "readstrong")]
        for number, (name, when) in enumerate(reading.papers, 1):
            line = QWidget()
            words = down(label(name, "readstrong", wrap=True), label(when, "read", wrap=True), gap=0)
            beside = across(down(label(f"{number}.", "readstrong"), None), gap=10)
            beside.addLayout(words, 1)
            line.setLayout(beside)
            parts.append(line)
        if not reading.papers:
            parts.append(label("Việc này không yêu cầu nộp giấy tờ.", "read"))
        parts += [frame(line=True)]
        parts += [label(f"{name}: {words}", "read", wrap=True) for name, words in reading.facts]
        if reading.mistakes:
            parts += [frame(line=True), label("Hay thiếu", "readstrong")]
            parts += [label(f"· {text}", "read", wrap=True) for text in reading.mistakes]
        for part in parts:
            self._page.addWidget(part)
        self._page.addStretch(1)
        self._said.setText("")
        self._take.setText("In nơi nộp hồ sơ" if reading.elsewhere else "In danh sách giấy tờ")
        self._stack.setCurrentIndex(1)
        self._take.setFocus()

    def _print(self) -> None:
        if self._wanted:
            job = partial(self._ports.take, self._wanted)
            run(self, self._ports.paper_submit, job, self._printed, self._failed, action="take")

    def _printed(self, where: str) -> None:
        self._said.setText(f"Mời Ông/Bà nhận giấy tại {where}. Mang giấy này khi đến quầy.")
        self._rest.start()

    def _failed(self, error: DeskError) -> None:
        self._said.setText(errors.message_of(error).text)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.KeyPress, QEvent.Type.MouseButtonPress, QEvent.Type.TouchBegin):
            self._rest.start()
        if event.type() == QEvent.Type.Close:
            self.closed.emit()
        return super().eventFilter(watched, event)


def _big(text: str, *, primary: bool = False) -> QAbstractButton:
    made = QPushButton(text)
    made.setMinimumHeight(theme().px(60))
    made.setProperty("big", "primary" if primary else True)
    made.setAutoDefault(True)
    return made


def _scrolled(inner: QWidget) -> QScrollArea:
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setWidget(inner)
    return area


def _empty(layout: QVBoxLayout) -> None:
    while (item := layout.takeAt(0)) is not None:
        if (widget := item.widget()) is not None:
            widget.hide()
            widget.deleteLater()
