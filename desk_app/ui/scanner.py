"""Scans from a reader, whatever has the focus: keyboard readers and readers in serial mode end in one signal.

The judgement is pure and lives in ``desk_app.domain.scan``; here keys are fed to it in order, swallowed keys do not
reach the field, and characters that had already reached it are taken back. Nothing a person types is held back.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from concurrent.futures import Executor, Future
from itertools import pairwise
from typing import Final, Protocol

from PySide6.QtCore import QElapsedTimer, QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QWindow
from PySide6.QtWidgets import QApplication, QComboBox, QLineEdit, QPlainTextEdit, QTextEdit, QWidget

from desk_app.domain.scan import ScanFilter, Special, Thresholds, Verdict, clean_scan
from desk_app.ui.watch import watch

TICK_MS: Final = 40
_PAUSE_MS: Final = 300
_LEAST_GAPS: Final = 7
_SPECIALS: Final[dict[int, Special]] = {
    Qt.Key.Key_Return: "enter",
    Qt.Key.Key_Enter: "enter",
    Qt.Key.Key_Tab: "tab",
    Qt.Key.Key_Backspace: "backspace",
}
_CHORDS: Final = (
    Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.MetaModifier
)
_log: Final = logging.getLogger(__name__)


class KeyboardScanner(QObject):
    """An event filter on the application. ``scanned(text)``; ``repeated`` when the same scan came twice within 2 s.

    ``rhythm(text, longest gap, mean gap)`` in ms of every run of keys that ended with Enter: for the calibration page.
    """

    rhythm = Signal(str, int, int)
    scanned = Signal(str)
    repeated = Signal()

    def __init__(
        self, app: QApplication, thresholds: Thresholds | None = None, clock_ms: Callable[[], int] | None = None
    ) -> None:
        super().__init__(app)
        self._filter = ScanFilter(thresholds)
        self._run: list[tuple[str, int]] = []
        self._elapsed = QElapsedTimer()
        self._elapsed.start()
        self._clock_ms = clock_ms or self._elapsed.elapsed
        self._tick = QTimer(self)
        self._tick.setInterval(TICK_MS)
        self._tick.timeout.connect(self._on_tick)
        watch(app, self)

    def set_thresholds(self, thresholds: Thresholds) -> None:
        """Judge by these from now on."""
        self._filter = ScanFilter(thresholds)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keys are judged once, when they reach a widget; shortcuts inside a burst are kept from acting."""
        if isinstance(event, QKeyEvent) and not isinstance(watched, QWindow):
            if event.type() == QEvent.Type.ShortcutOverride:
                # Enter of a scan must not press a default button or run a shortcut before the verdict.
                if self._filter.waiting and event.key() in _SPECIALS and not event.modifiers() & _CHORDS:
                    event.accept()
                    return True
            elif event.type() == QEvent.Type.KeyPress:
                return watched is self._receiver(watched) and self._press(event)
        return super().eventFilter(watched, event)

    @staticmethod
    def _receiver(watched: QObject) -> QObject:
        """Who gets a key first; the same key on its way up to parent widgets is not judged again."""
        popup = QApplication.activePopupWidget()
        first = (popup.focusWidget() or popup) if popup is not None else QApplication.focusWidget()
        return first or watched

    def _press(self, event: QKeyEvent) -> bool:
        if event.modifiers() & _CHORDS:
            return False
        special = _SPECIALS.get(event.key())
        char = None if special else event.text() or None
        now = int(self._clock_ms())
        self._measure(char, special, now)
        verdict = self._filter.key(char, special, now, event.isAutoRepeat())
        if self._filter.waiting and not self._tick.isActive():
            self._tick.start()
        self._carry_out(verdict)
        return verdict.swallow

    def _measure(self, char: str | None, special: Special | None, now: int) -> None:
        """Keep when the keys of one run came; a pause begins a new one."""
        if self._run and now - self._run[-1][1] > _PAUSE_MS:
            self._run.clear()
        if char is not None:
            self._run.append((char, now))
        elif special in ("enter", "tab"):
            gaps = [later - sooner for (_, sooner), (_, later) in pairwise(self._run)]
            if len(gaps) >= _LEAST_GAPS:
                self.rhythm.emit("".join(letter for letter, _ in self._run), max(gaps), round(sum(gaps) / len(gaps)))
            self._run.clear()

    def _on_tick(self) -> None:
        self._carry_out(self._filter.tick(int(self._clock_ms())))
        if not self._filter.waiting:
            self._tick.stop()

    def _carry_out(self, verdict: Verdict) -> None:
        if verdict.take_back:
            take_back(QApplication.focusWidget(), verdict.take_back)
        if verdict.repeated:
            self.repeated.emit()
        if verdict.scan is not None:
            # Listeners run after the key is done with: they may change the focus or the page.
            QTimer.singleShot(0, self, lambda text=verdict.scan: self.scanned.emit(text))


def take_back(widget: QWidget | None, count: int) -> None:
    """Delete the last `count` characters typed into the focused field; fields of other kinds are left alone."""
    if isinstance(widget, QComboBox):
        widget = widget.lineEdit()
    if isinstance(widget, QLineEdit):
        if widget.isReadOnly():
            return
        end = widget.cursorPosition()
        start = max(0, end - count)
        text = widget.text()
        widget.setText(text[:start] + text[end:])
        widget.setCursorPosition(start)
        widget.textEdited.emit(widget.text())
    elif isinstance(widget, QTextEdit | QPlainTextEdit) and not widget.isReadOnly():
        cursor = widget.textCursor()
        for _ in range(count):
            cursor.deletePreviousChar()


class Port(Protocol):
    """What is needed of a serial port (``serial.Serial`` has it)."""

    def readline(self) -> bytes: ...

    def close(self) -> None: ...


class SerialScanner(QObject):
    """A reader in serial mode: lines are read on a worker, each is one scan.

    ``lost`` when the port goes away (the plug was pulled); scanning by keyboard goes on.
    """

    scanned = Signal(str)
    lost = Signal()

    def __init__(self, worker: Executor, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._worker = worker
        self._port: Port | None = None
        self._done: Future[None] | None = None

    def open(self, name: str, baud: int = 115_200) -> None:
        """Start reading the port called `name` (``COM3``); a port that cannot be opened is told with ``lost``."""
        self.close()
        self._done = self._worker.submit(self._open_and_read, name, baud)

    def start(self, port: Port) -> None:
        """Start reading a port that is open already."""
        self.close()
        self._port = port
        self._done = self._worker.submit(self._read, port)

    def close(self) -> None:
        """Stop reading; returns when the worker has let go of the port."""
        port, self._port = self._port, None
        if port is not None:
            port.close()
        if self._done is not None:
            self._done.result(timeout=5)
            self._done = None

    def _open_and_read(self, name: str, baud: int) -> None:
        import serial  # loaded only where a serial reader is set up

        try:
            port = serial.Serial(name, baud, timeout=0.5)
        except (OSError, ValueError):
            _log.warning("serial reader not opened")
            self.lost.emit()
            return
        self._port = port
        self._read(port)

    def _read(self, port: Port) -> None:
        kept = b""
        while self._port is port:
            try:
                kept += port.readline()
            except (OSError, TypeError, ValueError):  # pyserial raises TypeError on a port closed under it
                if self._port is port:
                    self._port = None
                    self.lost.emit()
                return
            if kept.endswith((b"\n", b"\r")):
                text, kept = clean_scan(kept.decode("utf-8", errors="replace")), b""
                if text:
                    self.scanned.emit(text)
