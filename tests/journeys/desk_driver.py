"""Hands and eyes of an officer on the real window: real key events where the focus is, words that can be seen.

Nothing here calls a slot or reads a model of the program behind its back; what is asserted is what stands on screen, in
the file, on paper or at the centre.
"""

from __future__ import annotations

import re
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import QAbstractListModel, QCoreApplication, QElapsedTimer, QEvent, QModelIndex, QObject, Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QAbstractItemView, QApplication, QLabel, QLineEdit, QWidget

from desk_app.domain.keyboard import telex
from desk_app.services.ports import Clock, Printer
from desk_app.system.keystore import Secrets
from desk_app.ui.app import DeskWindow
from desk_app.ui.keys import find
from desk_app.wiring.program import Program

NONE = Qt.KeyboardModifier.NoModifier
CTRL = Qt.KeyboardModifier.ControlModifier
SCAN_GAP_MS = 4
PATIENCE_MS = 20_000


class DeskDriver:
    """One run of the desk in this process; a context manager. ``threads``: on which threads SQL ran."""

    def __init__(
        self,
        data: Path,
        *,
        real: bool = False,
        clock: Clock | None = None,
        secrets: Secrets | None = None,
        printer: Printer | None = None,
        loaded: bool = True,
    ) -> None:
        """`loaded` False: the program is expected to stop at the log-in."""
        self._loaded = loaded
        self.program = Program(real=real, data=data, clock=clock, secrets=secrets, printer=printer)
        self.threads: set[int] = set()
        self.trouble: list[str] = []
        self.longest_key_ms = 0.0
        self._hook = sys.excepthook

    def __enter__(self) -> DeskDriver:
        self.window = self.program.open()
        self.app = self.program.app
        program_hook = sys.excepthook

        def heard(kind: type[BaseException], bug: BaseException, trace: Any) -> None:
            self.trouble.append(f"{kind.__name__}: {bug}")
            program_hook(kind, bug, trace)

        sys.excepthook = heard
        self._stray = _StrayWindows(self.window, self.trouble)
        self.app.installEventFilter(self._stray)
        self.window.activateWindow()
        if self._loaded:
            self.until(lambda: self.program.counter is not None, "the desk was not loaded")
        return self

    def __exit__(self, *_: object) -> None:
        scanner = self.scanner
        self.window.close()
        self.program.close()
        sys.excepthook = self._hook
        self.app.removeEventFilter(self._stray)
        self.app.removeEventFilter(self.program.idle)
        if scanner is not None:
            self.app.removeEventFilter(scanner)
        self.window.deleteLater()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        assert not self.trouble, self.trouble

    # ---- hands -----------------------------------------------------------------------------------------------------

    def key(self, key: Qt.Key, modifiers: Qt.KeyboardModifier = NONE, *, held: int = 0) -> None:
        """Press and let go; `held`: so many repeats of the keyboard in between."""
        self._send(QTest.KeyAction.Press, key, "", modifiers)
        for _ in range(held):
            self._send_repeat(key, modifiers)
        self._send(QTest.KeyAction.Release, key, "", modifiers)

    def ctrl(self, key: Qt.Key) -> None:
        self.key(key, CTRL)

    def press(self, key_id: str) -> None:
        """The key of that id in the keyboard map."""
        combination = QKeySequence(find(key_id).sequence)[0]  # type: ignore[index]  # the stubs do not know
        self.key(combination.key(), combination.keyboardModifiers())

    def type(self, text: str, *, gap_ms: int = 45) -> None:
        """Type as a person does, letter by letter (an input method hands over composed letters)."""
        for letter in text:
            self._letter(letter)
            let_work(gap_ms)

    def scan(self, text: str, *, telex_on: bool = False, gap_ms: int = SCAN_GAP_MS) -> None:
        """A burst of the reader, Enter at the end; ``telex_on``: an input method was in between."""
        wait = QElapsedTimer()
        wait.start()
        for number, letter in enumerate(telex(text) if telex_on else text, 1):
            self._letter(letter)
            while wait.elapsed() < number * gap_ms and gap_ms:
                time.sleep(0.001)
        self.key(Qt.Key.Key_Return)
        self.rest()

    def digit(self, digit: str) -> None:
        """A digit that chooses: the program waits a moment for more of a burst."""
        self._letter(digit)
        self.rest(170)

    # ---- eyes ------------------------------------------------------------------------------------------------------

    @property
    def focus(self) -> QWidget:
        found = QApplication.focusWidget()
        assert found is not None, "the keyboard goes nowhere"
        return found

    @property
    def focus_name(self) -> str:
        return self.focus.accessibleName()

    def words(self) -> str:
        """Everything that can be read on the window now."""
        seen = []
        for part in self.window.findChildren(QWidget):
            if not part.isVisible():
                continue
            said = [part.accessibleName(), part.accessibleDescription()]
            if isinstance(part, QAbstractItemView):
                said += _rows(part)
            if isinstance(part, QLabel | QAbstractButton) or (
                isinstance(part, QLineEdit) and part.echoMode() is QLineEdit.EchoMode.Normal
            ):
                said.append(part.text())
            seen += [" ".join(re.sub("<[^>]+>", "", text.replace("\u00a0", " ")).split()) for text in said if text]
        return "\n".join(dict.fromkeys(seen))

    def sees(self, *texts: str) -> bool:
        words = self.words()
        return all(text in words for text in texts)

    def wait_for(self, *texts: str) -> None:
        """Wait until all of `texts` stand on the window."""
        self.until(lambda: self.sees(*texts), f"not on screen: {texts}")

    def until(self, reached: Callable[[], bool], otherwise: str, ms: int = PATIENCE_MS) -> None:
        """Let the program work until `reached`; fails with what stands on screen."""
        end = time.monotonic() + ms / 1000
        while not reached():
            if time.monotonic() > end:
                shown = "\n".join(line[:200] for line in self.words().splitlines())
                raise AssertionError(f"{otherwise}\n---- on screen:\n{shown}")
            let_work(10)

    def rest(self, ms: int = 60) -> None:
        let_work(ms)

    def picture(self, out: Path) -> None:
        out.parent.mkdir(parents=True, exist_ok=True)
        assert self.window.grab().save(str(out))

    # ---- usual ways ------------------------------------------------------------------------------------------------

    def sign_in(self, pin: str = "1234") -> None:
        """Type the PIN of the officer chosen and wait for the first screen."""
        self.until(lambda: isinstance(QApplication.focusWidget(), QLineEdit), "no place for a PIN")
        self.type(pin, gap_ms=5)
        self.key(Qt.Key.Key_Return)
        self.wait_for("Đã tiếp nhận hôm nay")
        self._listen()

    def choose_procedure(self, letters: str, expected: str) -> None:
        """A few letters without marks, Enter on the first hit."""
        self.type(letters)
        self.rest(250)
        self.wait_for(expected)
        self.key(Qt.Key.Key_Return)
        self.wait_for("Thành phần hồ sơ", expected)

    def answer(self, *answers: str) -> None:
        """Answer question after question: a digit chooses, a number is typed and ended with Enter (``"12\\n"``)."""
        for given in answers:
            if given.endswith("\n"):
                self.type(given[:-1], gap_ms=5)
                self.key(Qt.Key.Key_Return)
                self.rest()
            else:
                self.digit(given)

    # ---- inside ----------------------------------------------------------------------------------------------------

    @property
    def scanner(self) -> Any:
        return self.program.counter.scanner if self.program.counter is not None else None

    def _target(self) -> QWidget:
        popup = QApplication.activePopupWidget()
        return (popup.focusWidget() or popup) if popup is not None else QApplication.focusWidget() or self.window

    def _letter(self, letter: str) -> None:
        key = Qt.Key(ord(letter.upper())) if letter.isascii() else Qt.Key.Key_unknown
        self._send(QTest.KeyAction.Press, key, letter, NONE)
        self._send(QTest.KeyAction.Release, key, letter, NONE)

    def _send(self, action: Any, key: Qt.Key, text: str, modifiers: Qt.KeyboardModifier) -> None:
        target = self._target()
        start = time.perf_counter()
        if text:
            QTest.sendKeyEvent(action, target, key, text, modifiers)
        else:
            QTest.keyEvent(action, target, key, modifiers)
        self.longest_key_ms = max(self.longest_key_ms, (time.perf_counter() - start) * 1000)

    def _send_repeat(self, key: Qt.Key, modifiers: Qt.KeyboardModifier) -> None:
        """What the window system sends while a key is held, shortcuts first as Qt does it."""
        from PySide6.QtGui import QKeyEvent

        text = "\r" if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) else ""
        target = self._target()
        for kind in (QEvent.Type.ShortcutOverride, QEvent.Type.KeyPress):
            QCoreApplication.sendEvent(target, QKeyEvent(kind, key, modifiers, text, True))
        let_work(5)

    def _listen(self) -> None:
        """From now on hear on which thread every statement runs."""
        counter = self.program.counter
        assert counter is not None and counter.desk is not None
        store = counter.desk.store

        def hear(_sql: str) -> None:
            self.threads.add(threading.get_ident())

        store.call(lambda: store.cursor().connection.set_trace_callback(hear))


def let_work(ms: int) -> None:
    """Let the window work for so long. Unlike ``QTest.qWait`` it lets the other threads run while nothing happens."""
    end = time.monotonic() + ms / 1000
    while True:
        QCoreApplication.processEvents()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
        left = end - time.monotonic()
        if left <= 0:
            return
        time.sleep(min(left, 0.002))


class _StrayWindows(QObject):
    """A part of a page that is shown before it has a parent flashes as a window and takes the keyboard away."""

    def __init__(self, window: QWidget, trouble: list[str]) -> None:
        super().__init__(window)
        self._trouble = trouble

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Show and isinstance(watched, QWidget) and watched.isWindow():
            kind = watched.windowType()
            if not isinstance(watched, DeskWindow) and kind is Qt.WindowType.Window:
                self._trouble.append(f"a stray window: {type(watched).__name__} {watched.accessibleName()}")
        return False


def _rows(view: QAbstractItemView) -> list[str]:
    """What a list or a table shows, a row a line."""
    model = view.model()
    if model is None:
        return []
    columns = 1 if isinstance(model, QAbstractListModel) else model.columnCount(QModelIndex())
    across, lines = range(columns), []
    for down in range(model.rowCount(QModelIndex())):
        cells = [model.index(down, column) for column in across]
        roles = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole)
        found = [str(cell.data(role)) for cell in cells for role in roles if cell.data(role)]
        lines.append(" ".join(dict.fromkeys(found)))
    return lines
