"""The working counter: one station, who is signed in, the shell around the pages, and the threads behind them."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QTimer

from desk_app.domain.errors import DeskError
from desk_app.domain.identity import parse_card
from desk_app.services import recovery, setup, today
from desk_app.services.desk import Desk
from desk_app.services.ports import Printer
from desk_app.system.printing import system_spooler
from desk_app.system.settings import load, save
from desk_app.ui import errors, theme
from desk_app.ui.run import run
from desk_app.ui.scanner import KeyboardScanner
from desk_app.ui.screens.tabs import TabbedPage
from desk_app.ui.shell import PrinterView, Shell
from desk_app.ui.tone import Tone
from desk_app.ui.watch import unwatch
from desk_app.ui.widgets.banner import Notice
from desk_app.wiring.aids import Aids
from desk_app.wiring.catalogue import tell_outdated, tell_waiting
from desk_app.wiring.citizen import CitizenSide
from desk_app.wiring.feedback import rate, release_due
from desk_app.wiring.ground import Ground, lay
from desk_app.wiring.machine import reader_limits
from desk_app.wiring.moved_dates import tell_moved
from desk_app.wiring.pages import Pages, PageTools
from desk_app.wiring.paper_watch import PaperWatch, jobs_of
from desk_app.wiring.printing import RolePrinter, print_left
from desk_app.wiring.roster import keep_place, read_roster
from desk_app.wiring.routes import Routes, show_error
from desk_app.wiring.station import Station
from desk_app.wiring.sync_worker import SyncWorker
from sync.desk.runner import SyncStatus

if TYPE_CHECKING:
    from desk_app.wiring.program import Program

T = TypeVar("T")
SEEN_MS = 150  # after this the first screen has been painted


class Counter:
    """Everything behind the log-in."""

    def __init__(self, program: Program, station: Station, *, printer: Printer | None) -> None:
        self.program = program
        self.window, self.login = program.window, program.login
        self.station = station
        self.worker = SyncWorker(station, program.where.logs)
        self.printer: Printer = printer or RolePrinter(
            system_spooler(),
            lambda: load(program.where.settings).settings.printers,
            program.where.papers,
        )
        self.desk: Desk | None = None
        self.ground: Ground | None = None
        self.shell: Shell | None = None
        self.citizen: CitizenSide | None = None
        self.pages: Pages | None = None
        self.routes: Routes | None = None
        self.watch: PaperWatch | None = None
        self._printer_name: str | None = None  # None: not asked yet
        self._connect()

    def _connect(self) -> None:
        self.login.login_requested.connect(self._sign_in)
        self.program.idle.idle.connect(self.lock)
        self.window.closing.connect(self.program.idle.stop)
        self.window.closing.connect(lambda: self.citizen.close() if self.citizen is not None else None)
        self.scanner = KeyboardScanner(self.program.app, reader_limits(load(self.program.where.settings).settings))
        self.scanner.scanned.connect(self._on_scan)
        self.worker.changed.connect(self._on_sync)
        self.worker.catalogue_arrived.connect(self._on_catalogue)

    # ---- log-in ----------------------------------------------------------------------------------------------------

    def begin(self) -> None:
        """Everything is loaded: show who may sign in, or on a new real PC the enrolment."""
        self.program.show_roster(read_roster(self.station.folder))

    def _sign_in(self, officer: str, pin: str) -> None:
        """Unlocking costs a good part of a second on purpose: not on the ui thread."""
        before = self.ground

        def job() -> Ground:
            return lay(self.station.sign_in(officer, pin), before)

        if not run(self.login, self.station.on_paper, job, self._signed_in, self._not_signed_in, action="sign-in"):
            self.login.set_busy(True)

    def _not_signed_in(self, error: DeskError) -> None:
        message = errors.message_of(error)
        self.login.set_error(message.text, message.code)

    def _signed_in(self, ground: Ground) -> None:
        desk = ground.desk
        changed = self.desk is None or self.desk.officer.id != desk.officer.id
        self.desk, self.ground = desk, ground
        if self.shell is None or changed:
            self._build_shell(ground)
        self._pages.tools.ground = ground
        assert self.shell is not None
        QTimer.singleShot(0, self.shell, self._open_desk)  # a turn of its own: keys are heard in between

    def _open_desk(self) -> None:
        assert self.shell is not None and self.desk is not None and self.ground is not None
        self.shell.open(self.shell.current or "today")
        self.window.show_desk()
        if self.citizen is not None:
            self.citizen.unlocked()
        self.program.idle.start()
        self.shell.build_ahead("intake", "results", "fees", "dossiers", "sync", "feedback", "reports", "admin")
        QTimer.singleShot(SEEN_MS, self.shell, self._set_going)

    def _set_going(self) -> None:
        """The first screen was painted; what works behind it would have held its painter up."""
        assert self.shell is not None and self.desk is not None and self.ground is not None
        fails = partial(show_error, self.shell)
        warm, send = partial(_warm_up, self.ground), partial(self.worker.start, self.desk)
        run(self.shell, self.station.on_paper, warm, lambda _none: None, fails, action="warm")
        run(self.shell, self.station.on_paper, send, lambda _none: None, fails, action="send")
        self._on_store(partial(release_due, self.desk))

    def lock(self) -> None:
        """Back to the log-in; everything typed stays behind it."""
        if self.desk is not None and not self.window.is_locked:
            self.window.show_login(self.desk.officer.name)
            if self.citizen is not None:
                self.citizen.locked()

    # ---- the shell and its pages -----------------------------------------------------------------------------------

    def _build_shell(self, ground: Ground) -> None:
        """Everything the shell and its pages ask for while they are made is in ``ground``: nothing waits here."""
        desk, program, station = ground.desk, self.program, self.station
        self.pages = pages = Pages(
            PageTools(
                program.app,
                station,
                ground,
                self.printer,
                program.where.settings,
                program.where.papers,
                self.scanner,
                self.worker,
                self._on_store,
                self._place_shell,
                lambda: self._printer_name,
                self._catalogue_changed,
            )
        )
        shell = Shell(pages.screens())
        pages.tools.routes = self.routes = routes = Routes(shell)
        shell.set_officer(desk.officer.name)
        shell.set_training(desk.training)
        shell.lock_wanted.connect(self.lock)
        shell.chip_pressed.connect(self._chip)
        shell.scale_wanted.connect(self._scale)
        self._aids = Aids(self.window, shell, pages.finder_hits, routes.procedure, pages.open_lookup)
        shell.scanned.connect(routes.scan)
        shell.searched.connect(routes.search)
        self.shell = shell
        if self.citizen is not None:
            self.citizen.close()
        pages.tools.citizen = self.citizen = CitizenSide(
            shell,
            desk,
            ground.profile,
            ground.station,
            lambda score, why: desk.store.submit(lambda: rate(desk, score, why)),
        )
        self.window.set_desk(shell)
        if self.watch is not None:
            self.watch.stop()
        self.watch = PaperWatch(desk, jobs_of(self.printer), self.station.on_paper, shell)
        tell_outdated(shell, desk, self._on_store)
        self._on_catalogue()
        tell_moved(shell, desk, self.station.on_paper)
        run(
            shell,
            self._on_store,
            lambda: today.gather(desk),
            self._place_shell,
            partial(show_error, shell),
            action="place",
        )
        run(
            shell,
            self._on_store,
            partial(recovery.after_start, desk),
            self._recovered,
            partial(show_error, shell),
            action="start",
        )

    def _on_catalogue(self) -> None:
        """A catalogue that came by sync waits: everybody is told, whoever may puts it into use."""
        if self.shell is not None and self.desk is not None:
            tell_waiting(self.shell, self.desk, self._on_store)

    def _place_shell(self, found: today.Today) -> None:
        assert self.shell is not None
        self.shell.set_place(found.unit_title, found.station_title)
        self.shell.set_network(self.worker.network(sum(w.count for w in found.waiting)))
        job = partial(self._look_around, found.unit_title, found.station_title)
        run(
            self.shell,
            self.station.on_paper,
            job,
            self._show_printer,
            partial(show_error, self.shell),
            action="printer",
        )

    def _look_around(self, unit: str, station: str) -> str:
        """Asking for printers takes a program of the system and, with a dead one, seconds: on the paper thread."""
        keep_place(self.station.folder, unit, station)
        return str(getattr(self.printer, "chosen", lambda _role: "")("slip"))

    def _show_printer(self, name: str) -> None:
        changed, self._printer_name = name != self._printer_name, name
        if self.shell is not None:
            self.shell.set_printer(PrinterView(name or "Lưu tệp PDF", ready=bool(name)))
            if changed and self.shell.current == "today":
                self._pages.refresh_today()

    def _chip(self, name: str) -> None:
        """A chip of the top bar, or the button of a banner of the machine."""
        assert self.shell is not None
        if name == "TP-02":
            self._print_left()
        elif name in ("TP-03", "HS-45"):
            assert self.routes is not None
            self.routes.receipts() if name == "TP-03" else self.routes.moved_dates()
        else:
            tab = {"DM-20": "posting", "DM-40": "catalogue"}.get(name, "")
            self.shell.open("admin" if tab else {"network": "sync", "printer": "admin"}.get(name, "today"))
            page = self.shell.page("admin") if tab else None
            if isinstance(page, TabbedPage):
                page.open(tab)

    def _recovered(self, found: recovery.AfterStart) -> None:
        """What the last run left: money that must wait, papers that may not have come out."""
        assert self.shell is not None
        if found.frozen_code:
            message = errors.message(found.frozen_code)
            self.shell.raise_notice(Notice(message.code, message.tone, message.text, message.title, message.code))
        elif found.papers:
            text = f"Còn {found.papers} tờ giấy đã lập nhưng chưa in. Số và tiền không thay đổi."
            self.shell.raise_notice(Notice("TP-02", Tone.WARN, text, "", "TP-02", "In các tờ này"))

    def _print_left(self) -> None:
        assert self.desk is not None and self.shell is not None
        shell, desk = self.shell, self.desk
        job = partial(print_left, desk, self.printer)
        shell.banner.clear_notice("TP-02")
        run(shell, self.station.on_paper, job, lambda _n: None, partial(show_error, shell), action="print-left")

    def _scale(self, step: int) -> None:
        """Ctrl + and Ctrl −: text from 100 to 200 %, kept for the next start."""
        file = self.program.where.settings
        kept = load(file).settings
        now = theme.theme()
        scale = theme.next_scale(now.scale, step) if step else 100
        theme.apply(self.program.app, theme.Theme(now.mode, scale))
        save(file, replace(kept, text_percent=scale))

    def _catalogue_changed(self) -> None:
        """A new catalogue is in force: the desk and every page are made anew, with the officer who is signed in."""
        assert self.desk is not None
        before = self.ground

        def job() -> Ground:
            return lay(self.station.refreshed(), before)

        run(self.window, self.station.on_paper, job, self._use_ground, self._not_signed_in, action="new")

    def _use_ground(self, ground: Ground) -> None:
        self.desk, self.ground = ground.desk, ground
        self._build_shell(ground)
        assert self.shell is not None
        self.shell.open("admin")

    # ---- news ------------------------------------------------------------------------------------------------------

    @property
    def _pages(self) -> Pages:
        assert self.pages is not None
        return self.pages

    def _on_sync(self, status: SyncStatus) -> None:
        if self.shell is not None:
            self.shell.set_network(self.worker.network(status.pending))
            if self.shell.current == "sync":
                self._pages.refresh_sync()

    def _on_scan(self, text: str) -> None:
        if self.shell is not None and not self.window.is_locked:
            self.shell.on_scan(text)

    # ---- threads and the end ---------------------------------------------------------------------------------------

    def _on_store(self, job: Callable[..., T]) -> Future[T]:
        assert self.desk is not None
        return self.desk.store.submit(job)

    def close(self) -> None:
        """Stop sending, finish papers, close the file; news still on its way finds nobody."""
        unwatch(self.program.app, self.scanner)
        self.shell = None
        if self.watch is not None:
            self.watch.stop()
        self.worker.stop()
        self.station.close()


def _warm_up(ground: Ground) -> None:
    """What the first card and the first search need, made behind the first screen: no key waits for it."""
    ground.finder.find("a")
    parse_card(setup.TRAINING_CARDS[0], ground.names)
