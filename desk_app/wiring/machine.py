"""Quản trị over the machine: printers by role are settings of this PC, saved at once."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import replace
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QApplication

from desk_app.documents import ruler_page
from desk_app.documents.page import A5_LANDSCAPE
from desk_app.documents.qr import modules
from desk_app.domain.scan import Thresholds
from desk_app.services.desk import Desk
from desk_app.services.ports import Printed, Printer
from desk_app.system.escpos import place_of
from desk_app.system.printing import PrinterState, system_spooler
from desk_app.system.settings import Settings, load, save
from desk_app.ui import errors
from desk_app.ui import theme as themes
from desk_app.ui.run import run
from desk_app.ui.scanner import KeyboardScanner
from desk_app.ui.screens.machine import MachinePage, MachineView
from desk_app.ui.screens.printer_row import PrinterChoice
from desk_app.wiring.printing import NETWORK

_STATE = {PrinterState.READY: "sẵn sàng"}
_ROLES = (("slip_a4", "Giấy hẹn, phiếu hướng dẫn (A4)"), ("receipt_a5", "Biên lai (A5)"))
_ROLL = "Bản rút gọn của biên lai (giấy cuộn K80, máy in nhiệt)"
_NO_ROLL = "Không dùng: in biên lai A5"

TEST_CODE = "00012345678900"  # digits only, and no code of ours: it opens nothing


def reader_limits(settings: Settings) -> Thresholds:
    """How fast keys must come to be a scan; never shorter than eight signs, which a name could have."""
    return Thresholds(gap_ms=settings.scanner.gap_ms, min_length=max(8, settings.scanner.shortest))


def machine_page(
    desk: Desk,
    printer: Printer,
    settings: Path,
    paper: Callable[..., Future[Any]],
    scanner: KeyboardScanner,
    app: QApplication,
) -> MachinePage:
    """The page; printers are asked for on the paper thread, since a dead network printer answers late."""
    page = MachinePage(TEST_CODE, modules(TEST_CODE))

    def refresh() -> None:
        run(page, paper, lambda: _view(desk, settings), page.set_view, page.show_error, action="admin")

    def choose(role: str, queue: str) -> None:
        kept = load(settings).settings
        save(settings, replace(kept, printers=replace(kept.printers, **{role: queue})))
        refresh()

    def address(role: str, text: str) -> None:
        if text and place_of(text) is None:
            message = errors.message("IN-12", address=text)
            page.set_address_error(role, message.text, message.code)
        else:
            choose(role, f"{NETWORK}{text}" if text else "")

    def test(role: str) -> None:
        run(page, paper, lambda: _test(desk, printer, role), said, page.show_error, action="test")

    def said(printed: Printed) -> None:
        if printed.is_file:
            page.say("IN-04", file=printed.where)
        else:
            page.say("IN-01", n=1, printer=printed.where)

    def look(mode: themes.Mode, percent: int) -> None:
        themes.apply(app, themes.Theme(mode, percent))
        save(settings, replace(load(settings).settings, theme=mode, text_percent=percent))

    def limit(gap_ms: int) -> None:
        kept = load(settings).settings
        chosen = replace(kept, scanner=replace(kept.scanner, gap_ms=gap_ms))
        save(settings, chosen)
        scanner.set_thresholds(reader_limits(chosen))

    page.look_chosen.connect(look)
    page.limit_chosen.connect(limit)
    scanner.rhythm.connect(page.set_rhythm)
    page.shown.connect(refresh)
    page.printer_chosen.connect(choose)
    page.address_typed.connect(address)
    page.test_wanted.connect(test)
    return page


def _view(desk: Desk, settings: Path) -> MachineView:
    kept = load(settings).settings
    chosen = kept.printers
    queues = tuple(
        (p.name, _STATE.get(p.state, "cần kiểm tra")) for p in system_spooler().printers() if not p.is_virtual
    )
    lines = (
        ("Danh mục thủ tục", f"Bản {desk.catalogue.version}, {len(desk.catalogue.procedures)} thủ tục"),
        ("Lịch nghỉ", f"Đến hết {desk.catalogue.calendar.covers[1]:%d/%m/%Y}"),
        ("Tệp dữ liệu", str(desk.store.path)),
    )
    choices = [PrinterChoice(role, title, getattr(chosen, role)) for role, title in _ROLES]
    roll = chosen.roll_k80
    address = roll.removeprefix(NETWORK) if roll.startswith(NETWORK) else ""
    choices.append(PrinterChoice("roll_k80", _ROLL, roll, address, _NO_ROLL))
    return MachineView(queues, tuple(choices), lines, kept.scanner.gap_ms)


def _test(desk: Desk, printer: Printer, role: str) -> Printed:
    """The ruler page of a role, on its own sheet."""
    now, who, name = desk.now(), desk.officer.name, "Trang in thử"
    if role == "roll_k80":
        return printer.print_pdf(ruler_page.render_roll(now, who), role="roll", media="K80", title=name)
    if role == "receipt_a5":
        pdf = ruler_page.render(now, who, A5_LANDSCAPE)
        return printer.print_pdf(pdf, role="receipt", media="A5", title=name, landscape=True)
    return printer.print_pdf(ruler_page.render(now, who), role="slip", media="A4", title=name)
