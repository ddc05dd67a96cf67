"""Pictures of Sổ sách over a real desk: ``python -m tests.ui.gallery_ledger OUT``."""

from __future__ import annotations

import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from time import sleep

from PySide6.QtTest import QTest

from desk_app.services import day_close, receipt_undo, remittance
from desk_app.services.day_close import CloseDay
from desk_app.services.receipt_undo import NoteError
from desk_app.services.remittance import Remit
from desk_app.ui import app as application
from desk_app.ui.screens.cash_desk import CashDeskPage
from desk_app.ui.screens.ledger.late import LatePage
from desk_app.ui.screens.ledger.tax import TaxPage
from desk_app.ui.theme import Theme
from desk_app.wiring.ledger import LedgerTools
from desk_app.wiring.money import cash_desk_page
from tests.services.money_desk import HANH, MINH, CashDesk, open_cash_desk
from tests.services.test_receipt_undo import a_copy_dossier
from tests.ui.gallery_screens import shell_with
from tests.ui.test_cash_desk import PaperTray, check

TREASURY = {"treasury_account": "3511.0.1234567.00000, Kho bạc Nhà nước khu vực"}


def fill(desk: CashDesk) -> None:
    """Two months of money, one payment, three acts done alone."""
    for day, vnd in (("2026-09-18", 240_000), ("2026-10-20", 300_000)):
        desk.goto(f"{day}T09:00")
        desk.take(vnd)
        counted = (0, 1, vnd // 100_000 - 2, 0, 2 if vnd % 100_000 else 0, 0, 0, 0, 0, 0)
        desk.call(day_close.close, CloseDay(desk.command(), date.fromisoformat(day), counted))
    desk.sign_in(MINH)
    desk.call(remittance.remit, Remit(desk.command(), "2026-09", 240_000, "KB 0001745"))
    desk.sign_in(HANH)
    desk.goto("2026-11-25T10:40")
    receipt = desk.take(15_000)
    note = NoteError(desk.command(), receipt.receipt, "name", "Do Van Dung", "Đỗ Văn Dũng")
    desk.call(receipt_undo.note_error, note)
    desk.take(208_000)
    a_copy_dossier(desk, 3, 2)
    desk.goto("2026-11-25T15:00")
    desk.sign_in(MINH)


def pause(ms: int) -> None:
    """Let the window and the other threads work: one long wait would keep Python to itself."""
    for _ in range(ms // 20):
        QTest.qWait(10)
        sleep(0.01)


def shots(out: Path, folder: Path) -> None:
    """Every task of the tab, one picture each."""
    desk, paper = open_cash_desk(folder, profile=TREASURY), ThreadPoolExecutor(1)
    fill(desk)
    tools = LedgerTools(desk.desk, PaperTray(), check, desk.desk.store.submit, paper.submit, folder / "giay")
    shell = shell_with("fees", lambda: cash_desk_page(tools))
    page = shell.page("fees")
    assert isinstance(page, CashDeskPage)
    assert page.ledger is not None
    page.open("ledger")
    for id in page.ledger.tasks:
        page.ledger.open_task(id)
        pause(300)
        if isinstance(page.ledger.front, TaxPage):
            page.ledger.front.reason.setText("mất mạng từ 14:00")
        if id in ("tax", "export"):
            page.ledger.primary()
            pause(1000)
        if id == "late" and isinstance(page.ledger.front, LatePage):
            page.ledger.front.search.setText("0001")
            page.ledger.front.search.returnPressed.emit()
        pause(400)
        shell.grab().save(str(out / f"ledger-{id}.png"))
    shell.close()
    paper.shutdown()
    desk.close()


def main() -> None:
    out = Path(sys.argv[1])
    out.mkdir(parents=True, exist_ok=True)
    app = application.build_application(["gallery"], Theme())
    app.setQuitOnLastWindowClosed(False)
    with TemporaryDirectory() as folder:
        shots(out, Path(folder))


if __name__ == "__main__":
    main()
