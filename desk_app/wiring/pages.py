"""The pages of one officer's shell, each with its calls handed to the right thread."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QApplication

from desk_app.domain.identity import parse_card
from desk_app.services import declaration, drafts, intake, online, setup, stopping, today, visit
from desk_app.services.desk import Desk
from desk_app.services.ports import Printer
from desk_app.ui.run import run
from desk_app.ui.scanner import KeyboardScanner
from desk_app.ui.screen import Page, Screen
from desk_app.ui.screens.dossiers import DossiersPage
from desk_app.ui.screens.intake.ports import Draft, IntakePorts
from desk_app.ui.screens.intake.screen import IntakePage
from desk_app.ui.screens.lookup import LookupWindow
from desk_app.ui.screens.results import ResultsPage
from desk_app.ui.screens.sync import SyncPage
from desk_app.ui.screens.tabs import TabbedPage
from desk_app.ui.screens.today import TodayPage
from desk_app.wiring import lists, usb, views
from desk_app.wiring.catalogue import CatalogueTools, catalogue_tabs
from desk_app.wiring.citizen import CitizenSide
from desk_app.wiring.feedback import feedback_page
from desk_app.wiring.ground import Ground
from desk_app.wiring.ledger import LedgerTools
from desk_app.wiring.life import tell_late
from desk_app.wiring.lookup import lookup_window
from desk_app.wiring.machine import machine_page
from desk_app.wiring.money import cash_desk_page
from desk_app.wiring.moved_dates import moved_dates_page
from desk_app.wiring.online import take as take_online
from desk_app.wiring.printing import print_due
from desk_app.wiring.reports import reports_page
from desk_app.wiring.routes import Routes
from desk_app.wiring.series import receipt_series
from desk_app.wiring.station import Station
from desk_app.wiring.sync_worker import SyncWorker

Submit = Callable[[Callable[..., Any]], "Future[Any]"]
_HITS = 40  # the screen puts the counter's favourites in front and shows eight


@dataclass(slots=True)
class PageTools:
    """What the pages of one officer need. ``place(found)``: what the first query learned about the unit and the queue;
    ``printer_name()``: None = not asked yet; ``new_catalogue()``: another catalogue is in force."""

    app: QApplication
    station: Station
    ground: Ground
    printer: Printer
    settings: Path
    papers: Path
    scanner: KeyboardScanner
    worker: SyncWorker
    on_store: Submit
    place: Callable[[today.Today], None]
    printer_name: Callable[[], str | None]
    new_catalogue: Callable[[], None]
    citizen: CitizenSide | None = field(default=None)
    routes: Routes | None = field(default=None)

    @property
    def desk(self) -> Desk:
        """The desk of the officer who is signed in."""
        return self.ground.desk


class Pages:
    """Makes each page when the shell asks for it. ``refresh_today`` and ``refresh_sync`` bring these two up to date."""

    def __init__(self, tools: PageTools) -> None:
        self.tools = tools
        self.refresh_today: Callable[[], object] = lambda: None
        self.refresh_sync: Callable[[], object] = lambda: None
        self._lookup: LookupWindow | None = None
        self._cards = 0

    def screens(self) -> tuple[Screen, ...]:
        """The rail, from top to bottom."""
        return (
            Screen("today", "Hôm nay", "house", "today", self._today),
            Screen("intake", "Tiếp nhận", "inbox", "intake", self._intake),
            Screen("fees", "Thu phí", "banknote", "fees", self._fees),
            Screen("dossiers", "Hồ sơ", "folder-clock", "dossiers", self._dossiers),
            Screen("results", "Trả kết quả", "package-check", "results", self._results),
            Screen("feedback", "Phản ánh", "message-square-warning", "feedback", self._feedback),
            Screen("reports", "Báo cáo", "chart-column", "reports", self._reports),
            Screen("sync", "Đồng bộ", "refresh-cw", "sync", self._sync, bottom=True),
            Screen("admin", "Quản trị", "settings", "admin", self._admin, bottom=True),
        )

    def finder_hits(self, text: str) -> list[tuple[str, str, str]]:
        """Procedures for words: id, name, field."""
        headings = {h.id: h for h in self.tools.station.catalogue.headings}
        found = self.tools.ground.finder.find(text)
        return [(hit.id, headings[hit.id].name, headings[hit.id].field_name) for hit in found]

    @property
    def _routes(self) -> Routes:
        assert self.tools.routes is not None
        return self.tools.routes

    def _today(self) -> Page:
        tools = self.tools
        page = TodayPage()

        def refresh() -> None:
            run(page, tools.on_store, partial(today.gather, tools.desk), show, page.show_error, action="today")

        def show(found: today.Today) -> None:
            page.set_view(views.today(found, tools.worker.status(), tools.printer_name(), training=tools.desk.training))
            tools.place(found)

        page.shown.connect(refresh)
        self.refresh_today = refresh
        tell_late(page, tools.desk, tools.on_store)
        page.tile_pressed.connect(self._routes.tile)
        page.task_opened.connect(lambda row: self._routes.dossier(row.dossier_id))
        page.usb_wanted.connect(partial(page.go.emit, "sync"))
        return page

    def _sync(self) -> Page:
        tools = self.tools
        page = SyncPage()

        def refresh() -> None:
            run(page, tools.on_store, partial(today.gather, tools.desk), show, page.show_error, action="sync")

        def show(found: today.Today) -> None:
            view = views.sync(found, tools.worker.status(), training=tools.desk.training)
            page.set_view(view)
            sticks = partial(usb.state, tools.desk)
            run(page, tools.on_store, sticks, lambda s: page.set_view(usb.shown(view, s)), page.show_error)
            tools.place(found)

        page.shown.connect(refresh)
        page.try_wanted.connect(tools.worker.wake)
        usb.wire(page, lambda: tools.desk, tools.station.on_paper, tools.printer, refresh)
        self.refresh_sync = refresh  # a page of an officer before is gone with its shell and must hear nothing
        return page

    def _intake(self) -> Page:
        page = IntakePage(self._intake_ports())
        page.dossier_wanted.connect(self._routes.dossiers)
        if self.tools.citizen is not None:
            self.tools.citizen.follow_intake(page)
        return page

    def _dossiers(self) -> Page:
        tools = self.tools
        ports = lists.dossier_ports(
            tools.desk, tools.printer, tools.ground.officers, tools.on_store, tools.station.on_paper, tools.papers
        )
        page = DossiersPage(ports)
        page.return_wanted.connect(self._routes.hand_over)
        page.collect_wanted.connect(self._routes.collect)
        return page

    def _fees(self) -> Page:
        tools, station = self.tools, self.tools.station
        return cash_desk_page(
            LedgerTools(
                tools.desk,
                tools.printer,
                station.slots.unlock,
                tools.on_store,
                station.on_paper,
                tools.papers,
                station.unlock_signer,
                station.slots.passphrases,
            )
        )

    def _results(self) -> Page:
        tools = self.tools
        page = ResultsPage(lists.result_ports(tools.desk, tools.ground.names, tools.on_store))
        if tools.citizen is not None:
            tools.citizen.follow_results(page)
        return page

    def _reports(self) -> Page:
        tools = self.tools
        paper, show = tools.station.on_paper, self._routes.dossiers
        return reports_page(tools.desk, tools.printer, tools.on_store, paper, tools.papers, show)

    def _feedback(self) -> Page:
        tools = self.tools
        return feedback_page(tools.desk, tools.printer, tools.ground.names, tools.on_store, tools.station.on_paper)

    def _admin(self) -> Page:
        tools, paper = self.tools, self.tools.station.on_paper
        machine = partial(machine_page, tools.desk, tools.printer, tools.settings, paper, tools.scanner, tools.app)
        dates = partial(moved_dates_page, tools.desk, tools.printer, tools.on_store, paper)
        return TabbedPage(
            (
                ("machine", "Máy in và máy này", machine),
                *catalogue_tabs(self._catalogue_tools()),
                ("dates", "Ngày hẹn đổi", dates),
            )
        )

    def _catalogue_tools(self) -> CatalogueTools:
        tools = self.tools
        return CatalogueTools(
            tools.desk,
            tools.printer,
            tools.papers,
            tools.on_store,
            tools.station.on_paper,
            lambda text: [hit.id for hit in tools.ground.finder.find(text, _HITS)],
            tools.new_catalogue,
            self.open_lookup,
        )

    def open_lookup(self) -> None:
        """The citizens' look-up window, one at a time."""
        if self._lookup is not None:
            self._lookup.close()
        ground = self.tools.ground
        self._lookup = lookup_window(self._catalogue_tools(), ground.finder.top_used, ground.profile)
        self._lookup.show_on_other_screen()

    def _intake_ports(self) -> IntakePorts:
        tools, ground, desk = self.tools, self.tools.ground, self.tools.desk
        return IntakePorts(
            catalogue=desk.catalogue,
            profile=ground.profile,
            now=desk.now,
            new_id=desk.ids.uuid7,
            find=lambda text: ground.finder.find(text, _HITS),
            top_used=ground.finder.top_used,
            read_card=lambda text: parse_card(text, ground.names),
            submit=tools.on_store,
            history=partial(intake.history, desk),
            accept=partial(intake.accept, desk),
            accept_visit=partial(visit.accept_visit, desk),
            online=partial(online.waiting, desk),
            take_online=partial(take_online, desk),
            guide=partial(intake.guide, desk),
            refuse=partial(stopping.refuse, desk),
            reopen=partial(intake.reopen, desk),
            save_draft=partial(_save_draft, desk),
            drafts=partial(_drafts, desk),
            drop_draft=partial(drafts.drop, desk),
            print_papers=partial(print_due, desk, tools.printer),
            print_form=partial(declaration.print_form, desk, tools.printer),
            paper_submit=tools.station.on_paper,
            series=partial(receipt_series, desk),
            training=desk.training,
            sample_card=self._sample_card,
        )

    def _sample_card(self) -> str:
        self._cards += 1
        return setup.TRAINING_CARDS[(self._cards - 1) % len(setup.TRAINING_CARDS)]


def _save_draft(desk: Desk, draft: Draft) -> None:
    if draft.parked:
        drafts.park(desk, draft.form)
    else:
        drafts.save(desk, draft.form)


def _drafts(desk: Desk) -> tuple[Draft, ...]:
    return tuple(Draft(d.form, d.updated_at, d.parked_no is not None) for d in drafts.load_all(desk))
