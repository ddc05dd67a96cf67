"""Nothing that can take long is waited for on the thread that draws: not the file, not the printers of the system."""

from __future__ import annotations

import threading
import traceback
from concurrent.futures import Future
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit

from desk_app.services.ports import Printed
from tests.journeys.clock import DeskClock
from tests.journeys.desk_driver import DeskDriver
from tests.journeys.main_job import MONDAY


class AskedPrinter:
    """A machine without a printer; remembers on which threads it was asked for one."""

    def __init__(self) -> None:
        self.asked: set[int] = set()

    def chosen(self, _role: str) -> str:
        self.asked.add(threading.get_ident())
        return ""

    def print_pdf(self, pdf: bytes, *, role: str, media: str, title: str, landscape: bool = False) -> Printed:
        return Printed(title, is_file=True)


def test_signing_in_and_opening_every_page_never_waits_on_the_thread_that_draws(
    app: QApplication, data_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawing, waits, printer = threading.get_ident(), [], AskedPrinter()
    real = Future.result

    def result(future: Future[Any], timeout: float | None = None) -> Any:
        if threading.get_ident() == drawing and not future.done():
            waits.append("".join(traceback.format_stack(limit=6)))
        return real(future, timeout)

    monkeypatch.setattr(Future, "result", result)
    with DeskDriver(data_dir, clock=DeskClock(MONDAY), printer=printer) as desk:
        desk.until(lambda: isinstance(QApplication.focusWidget(), QLineEdit), "no place for a PIN")
        desk.type("1234", gap_ms=5)
        desk.key(Qt.Key.Key_Return)
        desk.wait_for("Đã tiếp nhận hôm nay", "Chưa có máy in")
        for page in ("intake", "fees", "dossiers", "results", "feedback", "reports", "sync", "admin", "today"):
            desk.press(page)
            desk.rest(150)
        desk.key(Qt.Key.Key_F3)
        desk.type("cthuc")
        desk.rest(200)
        assert waits == [], waits[0]
        assert printer.asked and drawing not in printer.asked
