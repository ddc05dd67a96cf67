"""The working counter: one station, its shell and pages, each page's calls handed to the right thread."""

from __future__ import annotations

import time
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any, TypeVar, cast

from PySide6.QtCore import QObject, Signal

from desk_app.domain.code import SlipCode, SlipKind, parse_code
from desk_app.domain.errors import DeskError, Refused
from desk_app.domain.identity import parse_card
from desk_app.domain.scan import ScanKind, classify
from desk_app.services import declaration, drafts, intake, recovery, setup, stopping, today, visit
from desk_app.services.desk import Desk
from desk_app.services.ports import Printer
from desk_app.system.printing import system_spooler
from desk_app.system.settings import load, save
from desk_app.ui import errors, theme
from desk_app.ui.run import run
from desk_app.ui.scanner import KeyboardScanner
from desk_app.ui.screen import Page, Screen
from desk_app.ui.screens.cash_desk import CashDeskPage
from desk_app.ui.screens.dossiers import DossiersPage
from desk_app.ui.screens.intake.ports import Draft, IntakePorts
from desk_app.ui.screens.intake.screen import IntakePage
from desk_app.ui.screens.lookup import LookupWindow
from desk_app.ui.screens.results import ResultsPage
from desk_app.ui.screens.sync import SyncPage
from desk_app.ui.screens.tabs import TabbedPage
from desk_app.ui.screens.today import TodayPage
from desk_app.ui.shell import NetworkView, PrinterView, Shell
from desk_app.ui.tone import Tone
from desk_app.ui.watch import unwatch
from desk_app.ui.widgets.banner import Notice
from desk_app.wiring import lists, usb, views
from desk_app.wiring.aids import Aids
from desk_app.wiring.catalogue import CatalogueTools, catalogue_tabs, tell_outdated
from desk_app.wiring.citizen import CitizenSide
from desk_app.wiring.feedback import feedback_page, release_due
from desk_app.wiring.ground import Ground, lay
from desk_app.wiring.ledger import LedgerTools
from desk_app.wiring.life import tell_late
from desk_app.wiring.lookup import lookup_window
from desk_app.wiring.machine import machine_page, reader_limits
from desk_app.wiring.money import cash_desk_page
from desk_app.wiring.paper_watch import PaperWatch, jobs_of
from desk_app.wiring.printing import RolePrinter, print_due, print_left
from desk_app.wiring.reports import reports_page
from desk_app.wiring.roster import keep_place, read_roster
from desk_app.wiring.series import receipt_series
from desk_app.wiring.station import Station
from desk_app.wiring.sync_log import SyncLog
from desk_app.wiring.sync_steps import steps
from desk_app.wiring.sync_store import StoreOutbox, StoreVault, SyncClock
from sync.desk.client import CentreClient
from sync.desk.keys import SeedSigner
from sync.desk.ports import Identity
from sync.desk.runner import Runner, SyncStatus

if TYPE_CHECKING:
    from desk_app.wiring.program import Program

T = TypeVar("T")
APP = "mot-cua-desk/26.1.0"
_HITS = 40  # the screen puts the counter's favourites in front and shows eight
_FILTER_OF_TILE = {"overdue": "overdue", "due_today": "today", "ready": "ready"}
_PAGE_OF_SLIP = {SlipKind.ACCEPTANCE: "results", SlipKind.GUIDANCE: "intake", SlipKind.FEEDBACK: "feedback"}


class Relay(QObject):
    """Brings news of other threads to the ui thread."""

    sync_changed = Signal(object)


class Counter:
    """Everything behind the log-in."""

    def __init__(self, program: Program, station: Station, *, printer: Printer | None) -> None:
        self.program = program
        self.window, self.login = program.window, program.login
        self.station = station
        self.relay = Relay()
        self.printer: Printer = printer or RolePrinter(
            system_spooler(),
            lambda: load(program.where.settings).settings.printers,
            program.where.papers,
        )
        self.desk: Desk | None = None
        self.ground: Ground | None = None
        self.shell: Shell | None = None
        self.citizen: CitizenSide | None = None
        self.runner: Runner | None = None
        self.watch: PaperWatch | None = None
        self._lookup: LookupWindow | None = None
        self._refresh_sync: Callable[[], object] = lambda: None
        self._refresh_today: Callable[[], object] = lambda: None
        self._printer_name: str | None = None  # None: not asked yet
        self._cards = 0
        self._connect()

    def _connect(self) -> None:
        self.login.login_requested.connect(self._sign_in)
        self.program.idle.idle.connect(self.lock)
        self.window.closing.connect(self.program.idle.stop)
        self.window.closing.connect(lambda: self.citizen.close() if self.citizen is not None else None)
        self.scanner = KeyboardScanner(self.program.app, reader_limits(load(self.program.where.settings).settings))
        self.scanner.scanned.connect(self._on_scan)
        self.relay.sync_changed.connect(self._on_sync)

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
        assert self.shell is not None
        self.window.show_desk()
        if self.citizen is not None:
            self.citizen.unlocked()
        self.shell.open(self.shell.current or "today")
        self.program.idle.start()
        self.station.on_paper(partial(_warm_up, ground))
        self._start_sync(desk)
        self._on_store(partial(release_due, desk))

    def lock(self) -> None:
        """Back to the log-in; everything typed stays behind it."""
        if self.desk is not None and not self.window.is_locked:
            self.window.show_login(self.desk.officer.name)
            if self.citizen is not None:
                self.citizen.locked()

    # ---- the shell and its pages -----------------------------------------------------------------------------------

    def _build_shell(self, ground: Ground) -> None:
        """Everything the shell and its pages ask for while they are made is in ``ground``: nothing waits here."""
        desk = ground.desk
        screens = (
            Screen("today", "Hôm nay", "house", "today", self._today_page),
            Screen("intake", "Tiếp nhận", "inbox", "intake", self._intake_page),
            Screen("fees", "Thu phí", "banknote", "fees", self._fees_page),
            Screen("dossiers", "Hồ sơ", "folder-clock", "dossiers", self._dossiers_page),
            Screen("results", "Trả kết quả", "package-check", "results", self._results_page),
            Screen("feedback", "Phản ánh", "message-square-warning", "feedback", self._feedback_page),
            Screen("reports", "Báo cáo", "chart-column", "reports", self._reports_page),
            Screen("sync", "Đồng bộ", "refresh-cw", "sync", self._sync_page, bottom=True),
            Screen("admin", "Quản trị", "settings", "admin", self._machine_page, bottom=True),
        )
        shell = Shell(screens)
        shell.set_officer(desk.officer.name)
        shell.set_training(desk.training)
        shell.lock_wanted.connect(self.lock)
        shell.chip_pressed.connect(self._chip)
        shell.scale_wanted.connect(self._scale)
        self._aids = Aids(self.window, shell, self._finder_hits, self._open_procedure)
        shell.scanned.connect(self._route_scan)
        shell.searched.connect(self._search)
        self.shell = shell
        if self.citizen is not None:
            self.citizen.close()
        self.citizen = CitizenSide(shell, desk, ground.profile, ground.station)
        self.window.set_desk(shell)
        if self.watch is not None:
            self.watch.stop()
        self.watch = PaperWatch(desk, jobs_of(self.printer), self.station.on_paper, shell)
        tell_outdated(shell, desk, self._on_store)
        shell.build_ahead("intake", "results", "fees", "dossiers")
        run(shell, self._on_store, lambda: today.gather(desk), self._place_shell, shell_error(shell), action="place")
        run(
            shell,
            self._on_store,
            partial(recovery.after_start, desk),
            self._recovered,
            shell_error(shell),
            action="start",
        )

    def _place_shell(self, found: today.Today) -> None:
        assert self.shell is not None
        self.shell.set_place(found.unit_title, found.station_title)
        self.shell.set_network(self._network(sum(w.count for w in found.waiting)))
        job = partial(self._look_around, found.unit_title, found.station_title)
        run(self.shell, self.station.on_paper, job, self._show_printer, shell_error(self.shell), action="printer")

    def _look_around(self, unit: str, station: str) -> str:
        """Asking for printers takes a program of the system and, with a dead one, seconds: on the paper thread."""
        keep_place(self.station.folder, unit, station)
        return str(getattr(self.printer, "chosen", lambda _role: "")("slip"))

    def _show_printer(self, name: str) -> None:
        changed, self._printer_name = name != self._printer_name, name
        if self.shell is not None:
            self.shell.set_printer(PrinterView(name or "Lưu tệp PDF", ready=bool(name)))
            if changed and self.shell.current == "today":
                self._refresh_today()

    def _chip(self, name: str) -> None:
        """A chip of the top bar, or the button of a banner of the machine."""
        assert self.shell is not None
        if name == "TP-02":
            self._print_left()
        elif name == "TP-03" and self.shell.open("fees"):
            cast(CashDeskPage, self.shell.page("fees")).open_tab("receipts")
        else:
            self.shell.open({"network": "sync", "printer": "admin", "DM-20": "admin"}.get(name, "today"))

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
        run(shell, self.station.on_paper, job, lambda _n: None, shell_error(shell), action="print-left")

    def _scale(self, step: int) -> None:
        """Ctrl + and Ctrl −: text from 100 to 200 %, kept for the next start."""
        file = self.program.where.settings
        kept = load(file).settings
        now = theme.theme()
        scale = theme.next_scale(now.scale, step) if step else 100
        theme.apply(self.program.app, theme.Theme(now.mode, scale))
        save(file, replace(kept, text_percent=scale))

    def _finder_hits(self, text: str) -> list[tuple[str, str, str]]:
        found = self._ground.finder.find(text)
        headings = {h.id: h for h in self.station.catalogue.headings}
        return [(hit.id, headings[hit.id].name, headings[hit.id].field_name) for hit in found]

    def _open_procedure(self, procedure: str) -> None:
        if self.shell is not None and self.shell.open("intake"):
            cast(IntakePage, self.shell.page("intake")).choose(procedure)

    def _machine_page(self) -> Page:
        assert self.desk is not None
        desk, where = self.desk, self.program.where
        machine = partial(
            machine_page, desk, self.printer, where.settings, self.station.on_paper, self.scanner, self.program.app
        )
        tools = CatalogueTools(
            desk,
            self.printer,
            where.papers,
            self._on_store,
            self.station.on_paper,
            lambda text: [hit.id for hit in self._ground.finder.find(text, _HITS)],
            self._catalogue_changed,
            lambda: self._open_lookup(tools),
        )
        return TabbedPage((("machine", "Máy in và máy này", machine), *catalogue_tabs(tools)))

    def _open_lookup(self, tools: CatalogueTools) -> None:
        """The citizens' look-up window, one at a time."""
        if self._lookup is not None:
            self._lookup.close()
        self._lookup = lookup_window(tools, self._ground.finder.top_used, self._ground.profile)
        self._lookup.show_on_other_screen()

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

    def _today_page(self) -> Page:
        page = TodayPage()

        def refresh() -> None:
            if self.desk is not None:
                desk = self.desk
                run(page, self._on_store, lambda: today.gather(desk), show, page.show_error, action="today")

        def show(found: today.Today) -> None:
            assert self.desk is not None
            page.set_view(views.today(found, self._status(), self._printer_name, training=self.desk.training))
            self._place_shell(found)

        page.shown.connect(refresh)
        self._refresh_today = refresh
        if self.desk is not None:
            tell_late(page, self.desk, self._on_store)
        page.tile_pressed.connect(self._open_tile)
        page.task_opened.connect(lambda row: self._open_dossier(row.dossier_id))
        page.usb_wanted.connect(lambda: self.shell and self.shell.open("sync"))
        return page

    def _open_tile(self, tile: str) -> None:
        """A number of the first screen opens the list behind it."""
        if self.shell is None:
            return
        if tile == "collected":
            self.shell.open("fees")
        elif self.shell.open("dossiers"):
            cast(DossiersPage, self.shell.page("dossiers")).show_filter(_FILTER_OF_TILE.get(tile, "all"))

    def _open_dossier(self, dossier: str) -> None:
        if self.shell is not None and self.shell.open("dossiers"):
            cast(DossiersPage, self.shell.page("dossiers")).open_dossier(dossier)

    def _sync_page(self) -> Page:
        page = SyncPage()

        def refresh() -> None:
            if self.desk is not None:
                desk = self.desk
                run(page, self._on_store, lambda: today.gather(desk), show, page.show_error, action="sync")

        def show(found: today.Today) -> None:
            assert self.desk is not None
            desk = self.desk
            view = views.sync(found, self._status(), training=desk.training)
            page.set_view(view)
            run(
                page,
                self._on_store,
                lambda: usb.state(desk),
                lambda s: page.set_view(usb.shown(view, s)),
                page.show_error,
            )
            self._place_shell(found)

        page.shown.connect(refresh)
        page.try_wanted.connect(self._try_now)
        usb.wire(page, lambda: cast(Desk, self.desk), self.station.on_paper, self.printer, refresh)
        self._refresh_sync = refresh  # a page of an officer before is gone with its shell and must hear nothing
        return page

    def _intake_page(self) -> Page:
        assert self.desk is not None
        page = IntakePage(self._intake_ports(self.desk))
        page.dossier_wanted.connect(self._show_dossier)
        if self.citizen is not None:
            self.citizen.follow_intake(page)
        return page

    def _dossiers_page(self) -> Page:
        assert self.desk is not None
        papers = self.program.where.papers
        names, paper = self._ground.officers, self.station.on_paper
        page = DossiersPage(lists.dossier_ports(self.desk, self.printer, names, self._on_store, paper, papers))
        page.return_wanted.connect(self._return_dossier)
        page.collect_wanted.connect(self._collect_dossier)
        return page

    def _fees_page(self) -> Page:
        assert self.desk is not None
        station, papers = self.station, self.program.where.papers
        slots = station.slots
        tools = LedgerTools(
            self.desk,
            self.printer,
            slots.unlock,
            self._on_store,
            station.on_paper,
            papers,
            station.unlock_signer,
            slots.passphrases,
        )
        return cash_desk_page(tools)

    def _results_page(self) -> Page:
        assert self.desk is not None
        page = ResultsPage(lists.result_ports(self.desk, self._ground.names, self._on_store))
        if self.citizen is not None:
            self.citizen.follow_results(page)
        return page

    def _reports_page(self) -> Page:
        assert self.desk is not None
        paper, folder = self.station.on_paper, self.program.where.papers
        return reports_page(self.desk, self.printer, self._on_store, paper, folder, self._show_dossier)

    def _feedback_page(self) -> Page:
        assert self.desk is not None
        return feedback_page(self.desk, self.printer, self._ground.names, self._on_store, self.station.on_paper)

    def _show_dossier(self, code: str) -> None:
        if self.shell is not None and self.shell.open("dossiers"):
            self.shell.page("dossiers").on_search(code)

    def _return_dossier(self, dossier: str) -> None:
        if self.shell is not None and self.shell.open("results"):
            cast(ResultsPage, self.shell.page("results")).open_dossier(dossier)

    def _collect_dossier(self, dossier: str) -> None:
        if self.shell is not None and self.shell.open("fees"):
            cast(CashDeskPage, self.shell.page("fees")).open_dossier(dossier)

    # ---- intake ----------------------------------------------------------------------------------------------------

    @property
    def _ground(self) -> Ground:
        assert self.ground is not None
        return self.ground

    def _intake_ports(self, desk: Desk) -> IntakePorts:
        ground = self._ground
        return IntakePorts(
            catalogue=desk.catalogue,
            profile=ground.profile,
            now=desk.now,
            new_id=desk.ids.uuid7,
            find=lambda text: ground.finder.find(text, _HITS),
            top_used=ground.finder.top_used,
            read_card=lambda text: parse_card(text, ground.names),
            submit=self._on_store,
            history=partial(intake.history, desk),
            accept=partial(intake.accept, desk),
            accept_visit=partial(visit.accept_visit, desk),
            guide=partial(intake.guide, desk),
            refuse=partial(stopping.refuse, desk),
            reopen=partial(intake.reopen, desk),
            save_draft=partial(_save_draft, desk),
            drafts=partial(_drafts, desk),
            drop_draft=partial(drafts.drop, desk),
            print_papers=partial(print_due, desk, self.printer),
            print_form=partial(declaration.print_form, desk, self.printer),
            paper_submit=self.station.on_paper,
            series=partial(receipt_series, desk),
            training=desk.training,
            sample_card=self._sample_card,
        )

    def _sample_card(self) -> str:
        self._cards += 1
        return setup.TRAINING_CARDS[(self._cards - 1) % len(setup.TRAINING_CARDS)]

    # ---- sync ------------------------------------------------------------------------------------------------------

    def _start_sync(self, desk: Desk) -> None:
        if self.runner is not None or desk.training:
            return
        outbox = StoreOutbox(desk.store, desk.ids)
        clock = SyncClock(desk.clock.now_utc, lambda: time.monotonic_ns() // 1_000_000)
        signer = SeedSigner(StoreVault(desk.store))
        self._sync_log = log = SyncLog(self.program.where.logs, desk.clock.now_utc)
        self.runner = Runner(
            outbox,
            signer,
            clock,
            log,
            lambda who: _client(who, clock),
            self.relay.sync_changed.emit,
            app=APP,
            steps=steps(desk.store, desk.ids, signer, clock, log),
        )
        self.station.wake_sync = self.runner.wake
        self.runner.start()

    def _status(self) -> SyncStatus:
        if self.runner is not None:
            return self.runner.status
        return SyncStatus("idle", self.station.clock.now_utc())

    def _network(self, waiting: int) -> NetworkView:
        if self.station.training:
            return NetworkView(online=False, said="Tập huấn · không gửi đi")
        return NetworkView(online=self._status().state in ("ok", "sending"), waiting=waiting)

    def _try_now(self) -> None:
        if self.runner is not None:
            self.runner.wake()

    def _on_sync(self, status: SyncStatus) -> None:
        if self.shell is not None:
            self.shell.set_network(self._network(status.pending))
            if self.shell.current == "sync":
                self._refresh_sync()

    # ---- scans -----------------------------------------------------------------------------------------------------

    def _on_scan(self, text: str) -> None:
        if self.shell is not None and not self.window.is_locked:
            self.shell.on_scan(text)

    def _route_scan(self, text: str) -> None:
        """A scan that the page in front did not take opens the page it belongs to (ui.md §3, routing)."""
        assert self.shell is not None
        page = _page_of(text)
        if not page:
            shell_error(self.shell)(Refused("TN-05"))
        elif page == "dossiers":
            self._show_dossier(text)
        elif page != self.shell.current and self.shell.open(page):
            self.shell.page(page).on_scan(text)

    def _search(self, text: str) -> None:
        """Typed into the top field on a page that does not search: a code of ours opens its page, words the list."""
        if _page_of(text) not in ("", "dossiers"):
            self._route_scan(text)
        else:
            self._show_dossier(text)

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
        if self.runner is not None:
            self.runner.stop()
            self._sync_log.close()
        self.station.close()


def _page_of(text: str) -> str:
    """The page a scanned or typed code belongs to, "" = none."""
    match classify(text):
        case ScanKind.CARD:
            return "intake"
        case ScanKind.DOSSIER_CODE:
            return "dossiers"
        case ScanKind.OWN_CODE:
            code = parse_code(text)
            return _PAGE_OF_SLIP.get(code.kind, "") if isinstance(code, SlipCode) else "fees"
    return ""


def shell_error(shell: Shell) -> Callable[[DeskError], None]:
    """Errors of the shell itself are a toast."""

    def show(error: DeskError) -> None:
        message = errors.message_of(error)
        shell.toaster.show(message.text, message.tone, message.code)

    return show


def _client(who: Identity, clock: Any) -> CentreClient:
    return CentreClient(who.centre_url, clock, app=APP)


def _warm_up(ground: Ground) -> None:
    """What the first card and the first search need, made behind the first screen: no key waits for it."""
    ground.finder.find("a")
    parse_card(setup.TRAINING_CARDS[0], ground.names)


def _save_draft(desk: Desk, draft: Draft) -> None:
    if draft.parked:
        drafts.park(desk, draft.form)
    else:
        drafts.save(desk, draft.form)


def _drafts(desk: Desk) -> tuple[Draft, ...]:
    return tuple(Draft(d.form, d.updated_at, d.parked_no is not None) for d in drafts.load_all(desk))
