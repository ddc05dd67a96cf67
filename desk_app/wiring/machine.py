"""Quản trị over the machine: printers by role are settings of this PC, saved at once."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import replace
from pathlib import Path
from typing import Any

from desk_app.documents import ruler_page
from desk_app.services.desk import Desk
from desk_app.services.ports import Printed, Printer
from desk_app.system.printing import PrinterState, system_spooler
from desk_app.system.settings import load, save
from desk_app.ui.run import run
from desk_app.ui.screens.machine import MachinePage, MachineView, PrinterChoice

_STATE = {PrinterState.READY: "sẵn sàng"}
_ROLES = (("slip_a4", "Giấy hẹn, phiếu hướng dẫn (A4)"), ("receipt_a5", "Biên lai (A5)"))


def machine_page(desk: Desk, printer: Printer, settings: Path, paper: Callable[..., Future[Any]]) -> MachinePage:
    """The page; printers are asked for on the paper thread, since a dead network printer answers late."""
    page = MachinePage()

    def refresh() -> None:
        run(page, paper, lambda: _view(desk, settings), page.set_view, page.show_error, action="admin")

    def choose(role: str, queue: str) -> None:
        kept = load(settings).settings
        save(settings, replace(kept, printers=replace(kept.printers, **{role: queue})))

    def test(_role: str) -> None:
        run(page, paper, lambda: _test(desk, printer), said, page.show_error, action="test")

    def said(printed: Printed) -> None:
        if printed.is_file:
            page.say("IN-04", file=printed.where)
        else:
            page.say("IN-01", n=1, printer=printed.where)

    page.shown.connect(refresh)
    page.printer_chosen.connect(choose)
    page.test_wanted.connect(test)
    return page


def _view(desk: Desk, settings: Path) -> MachineView:
    chosen = load(settings).settings.printers
    queues = tuple(
        (p.name, _STATE.get(p.state, "cần kiểm tra")) for p in system_spooler().printers() if not p.is_virtual
    )
    lines = (
        ("Danh mục thủ tục", f"Bản {desk.catalogue.version}, {len(desk.catalogue.procedures)} thủ tục"),
        ("Lịch nghỉ", f"Đến hết {desk.catalogue.calendar.covers[1]:%d/%m/%Y}"),
        ("Tệp dữ liệu", str(desk.store.path)),
    )
    return MachineView(queues, tuple(PrinterChoice(r, t, getattr(chosen, r)) for r, t in _ROLES), lines)


def _test(desk: Desk, printer: Printer) -> Printed:
    pdf = ruler_page.render(desk.now(), desk.officer.name)
    return printer.print_pdf(pdf, role="slip", media="A4", title="Trang in thử")
