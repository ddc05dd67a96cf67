"""Pictures of the counter's screens, to look at beside the mocks: ``python -m tests.ui.gallery_screens OUT``."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from desk_app.ui import app as application
from desk_app.ui import theme
from desk_app.ui.screen import Page, Screen
from desk_app.ui.screens.dossiers import DossiersPage
from desk_app.ui.screens.fees import FeesPage
from desk_app.ui.screens.intake import IntakePage
from desk_app.ui.screens.results import ResultsPage
from desk_app.ui.shell import NetworkView, PrinterView, Shell
from desk_app.ui.theme import Theme
from tests.ui.kit_page import KitPage
from tests.ui.screen_desk import HA, TUAN, FakeDesk, FakeOffice, slip

SIZE = (1366, 696)


def shell_with(page_id: str, build: Callable[[], Page], size: tuple[int, int] = SIZE) -> Shell:
    """The window around one real page; the other pages are the kit's."""
    rail = (
        ("today", "Hôm nay", "house", "today", False), ("intake", "Tiếp nhận", "inbox", "intake", False),
        ("fees", "Thu phí", "banknote", "fees", False), ("dossiers", "Hồ sơ", "folder-clock", "dossiers", False),
        ("results", "Trả kết quả", "package-check", "results", False),
        ("feedback", "Phản ánh", "message-square-warning", "feedback", False),
        ("reports", "Báo cáo", "chart-column", "reports", False), ("sync", "Đồng bộ", "refresh-cw", "sync", True),
        ("admin", "Quản trị", "settings", "admin", True),
    )  # fmt: skip
    screens = tuple(
        Screen(id_, title, icon, key, build if id_ == page_id else KitPage, bottom=bottom)
        for id_, title, icon, key, bottom in rail
    )
    shell = Shell(screens)
    shell.set_place("Xã Hòa Mẫu", "Một cửa · Quầy 2")
    shell.set_network(NetworkView(online=False, waiting=9))
    shell.set_printer(PrinterView("Sẵn sàng"))
    shell.set_officer("Lê Thị Hạnh")
    shell.resize(*size)
    shell.show()
    settle(20)
    shell.activateWindow()
    assert QTest.qWaitForWindowActive(shell), "the keyboard needs an active window"
    shell.open(page_id)
    settle(30)
    return shell


def settle(ms: int = 150) -> None:
    QTest.qWait(ms)


def keys(*pressed: str | Qt.Key) -> None:
    """Press keys where the focus is: letters one by one, or Qt keys."""
    for key in pressed:
        target = QApplication.focusWidget()
        assert target is not None
        if isinstance(key, str):
            QTest.keyClicks(target, key)
        else:
            QTest.keyClick(target, key)
        settle(140)


def intake(desk: FakeDesk, size: tuple[int, int] = SIZE, *, training: bool = False) -> tuple[Shell, IntakePage]:
    shell = shell_with("intake", lambda: IntakePage(desk.ports(training=training)), size)
    page = shell.page("intake")
    assert isinstance(page, IntakePage)
    return shell, page


def shots(out: Path) -> None:
    """Every state of the screens, one picture each."""
    desk = FakeDesk()
    shell, page = intake(desk, training=True)
    grab(shell, out, "intake-1-empty")
    shell.on_scan(HA)
    settle()
    grab(shell, out, "intake-1-scanned")
    keys("xnh")
    settle(300)
    grab(shell, out, "intake-1-search")
    keys(Qt.Key.Key_Return)
    grab(shell, out, "intake-2-start")
    keys("1", "2", "1", "1")
    grab(shell, out, "intake-2-answered")
    QTest.keyClick(shell, Qt.Key.Key_D, Qt.KeyboardModifier.ControlModifier)
    settle()
    keys("-", "2", Qt.Key.Key_Up, Qt.Key.Key_Up, "-", "1")
    settle(300)
    grab(shell, out, "intake-2-guide")
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    theme.apply(app, Theme("dark"))
    grab(shell, out, "intake-2-guide-dark")
    theme.apply(app, Theme())
    QTest.keyClick(shell, Qt.Key.Key_1, Qt.KeyboardModifier.ControlModifier)
    keys(Qt.Key.Key_Space)
    settle(300)
    grab(shell, out, "intake-2-complete")
    QTest.keyClick(shell, Qt.Key.Key_F9)
    settle()
    grab(shell, out, "intake-3")
    page.promise.phone.setFocus()
    keys("0900000112")
    page.promise.fee.cash.setFocus()
    keys("20000")
    grab(shell, out, "intake-3-cash")
    shell.on_scan(TUAN)
    settle()
    grab(shell, out, "intake-3-other-card")
    QTest.keyClick(shell, Qt.Key.Key_Escape)
    QTest.keyClick(shell, Qt.Key.Key_F9)
    settle(500)
    grab(shell, out, "intake-4-done")
    settle(700)
    QTest.keyClick(shell, Qt.Key.Key_F9)
    settle()
    QTest.keyClick(shell, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    settle()
    keys("Y Moan", Qt.Key.Key_Return, "12345", Qt.Key.Key_Return, "31021990")
    QTest.keyClick(shell, Qt.Key.Key_F9)
    settle()
    grab(shell, out, "intake-1-typed-errors")
    shell.close()
    desk.close()
    other_shots(out)


def other_shots(out: Path) -> None:
    """Dossiers, results and fees."""
    office = FakeOffice()
    shell = shell_with("dossiers", lambda: DossiersPage(office.dossier_ports()))
    grab(shell, out, "dossiers-open")
    keys(Qt.Key.Key_Down, Qt.Key.Key_Down)
    grab(shell, out, "dossiers-third")
    shell.close()
    shell = shell_with("results", lambda: ResultsPage(office.result_ports()))
    grab(shell, out, "results-begin")
    shell.on_scan(slip(3))
    settle(300)
    shell.on_scan(HA)
    settle()
    grab(shell, out, "results-checked")
    keys(Qt.Key.Key_Space)
    QTest.keyClick(shell, Qt.Key.Key_F9)
    settle(300)
    grab(shell, out, "results-done")
    shell.close()
    shell = shell_with("fees", lambda: FeesPage(office.fee_ports()))
    grab(shell, out, "fees-empty")
    shell.on_scan(slip(11))
    settle(300)
    grab(shell, out, "fees-owed")
    QTest.keyClick(shell, Qt.Key.Key_F9)
    settle(400)
    grab(shell, out, "fees-collected")
    shell.close()
    office.close()


def grab(widget: QWidget, out: Path, name: str) -> None:
    settle(60)
    widget.grab().save(str(out / f"{name}.png"))


def main() -> None:
    out = Path(sys.argv[1])
    out.mkdir(parents=True, exist_ok=True)
    app = application.build_application(["gallery"], Theme())
    app.setQuitOnLastWindowClosed(False)
    shots(out)


if __name__ == "__main__":
    main()
