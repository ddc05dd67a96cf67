"""Quản trị over the catalogue: what holds, what a new version would change, what hangs on the wall."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

from desk_app.domain.errors import Refused
from desk_app.domain.sheet_report import Report
from desk_app.services import (
    catalogue_arrival,
    catalogue_delivery,
    catalogue_import,
    catalogue_mistakes,
    catalogue_view,
    posting,
    web_pages,
)
from desk_app.services.catalogue_delivery import ActivateParcel, Waiting
from desk_app.services.desk import Desk
from desk_app.services.ports import Printer
from desk_app.services.posting import PostPoster
from desk_app.system.folder import replace_file, replace_folder
from desk_app.ui import errors
from desk_app.ui.errors import Message
from desk_app.ui.run import run
from desk_app.ui.screen import Page
from desk_app.ui.screens.catalogue import CataloguePage
from desk_app.ui.screens.catalogue_ports import CataloguePorts
from desk_app.ui.screens.posting import PostingPage, PostingPorts
from desk_app.ui.shell import Shell
from desk_app.ui.widgets.banner import Notice
from desk_app.wiring.catalogue_edit import catalogue_edit_page, commune_edit_page
from desk_app.wiring.printing import print_due
from sync.protocol.parcel import MAX_BYTES

Submit = Callable[[Callable[..., Any]], "Future[Any]"]
SITE = "trang-thu-tuc"
SHEET_BYTES = 10_000_000


@dataclass(frozen=True, slots=True)
class CatalogueTools:
    """What the pages of the catalogue need of the program. ``activated``: the desk must be made anew."""

    desk: Desk
    printer: Printer
    papers: Path
    submit: Submit
    paper: Submit
    find: Callable[[str], Sequence[str]]
    activated: Callable[[], None]
    open_lookup: Callable[[], None] = lambda: None
    imported: dict[str, int] = field(default_factory=dict)  # amounts of a compared sheet, until the form has them


def catalogue_tabs(tools: CatalogueTools) -> tuple[tuple[str, str, Callable[[], Page]], ...]:
    """The pages of Quản trị that show the catalogue."""
    return (
        ("catalogue", "Danh mục", partial(catalogue_page, tools)),
        ("edit", "Sửa danh mục", lambda: catalogue_edit_page(tools.desk, tools.submit, tools.find, tools.activated)),
        (
            "commune",
            "Giờ, địa chỉ",
            lambda: commune_edit_page(tools.desk, tools.submit, tools.activated, tools.imported),
        ),
        ("posting", "Niêm yết", partial(posting_page, tools)),
    )


def catalogue_page(tools: CatalogueTools) -> CataloguePage:
    """Danh mục, read only."""
    desk = tools.desk
    raw: dict[str, bytes] = {}

    def read(path: str) -> Waiting:
        file = Path(path)
        try:
            if file.stat().st_size > MAX_BYTES:
                raise Refused("DM-15")
            raw["waiting"] = file.read_bytes()
        except OSError as problem:
            raise Refused("DM-15") from problem
        return catalogue_delivery.inspect(desk, raw["waiting"])

    def arrived() -> Waiting | None:
        found = catalogue_arrival.arrived(desk)
        if found is None:
            return None
        raw["waiting"] = found.raw
        return found.waiting

    def activate(_waiting: Waiting) -> object:
        return catalogue_delivery.activate(desk, ActivateParcel(desk.ids.uuid7(), raw["waiting"]))

    def compare(path: str) -> Report:
        file = Path(path)
        try:
            data = file.read_bytes() if file.stat().st_size <= SHEET_BYTES else b""
        except OSError as problem:
            raise Refused("DM-19", reason="không mở được tệp") from problem
        report = catalogue_import.dry_run(desk, data)
        if report.tariffs:
            draft = catalogue_import.draft_layer(report, f"nháp {desk.now():%d/%m/%Y}", 1, "ghi số nghị quyết tại đây")
            replace_file(file.with_suffix(".lop-phu-tinh.json"), draft)
        return report

    return CataloguePage(
        CataloguePorts(
            compare=compare,
            take_tariffs=lambda report: tools.imported.update(report.tariffs),
            submit=tools.submit,
            head=partial(catalogue_view.head, desk),
            rows=partial(catalogue_view.rows, desk),
            detail=partial(catalogue_view.detail, desk),
            find=tools.find,
            read=read,
            arrived=arrived,
            reported=partial(catalogue_mistakes.reported, desk),
            report=partial(catalogue_mistakes.report, desk),
            new_id=desk.ids.uuid7,
            activate=activate,
            activated=tools.activated,
            post=lambda id: posting.post(desk, PostPoster(desk.ids.uuid7(), "procedure", id)),
            print_papers=partial(print_due, desk, tools.printer),
            paper_submit=tools.paper,
            open_lookup=tools.open_lookup,
        )
    )


def posting_page(tools: CatalogueTools) -> PostingPage:
    """Niêm yết; the folder for the site is laid beside the papers."""
    desk = tools.desk

    def export() -> str:
        return str(replace_folder(tools.papers / SITE, web_pages.build_pages(desk)))

    return PostingPage(
        PostingPorts(
            submit=tools.submit,
            paper_submit=tools.paper,
            new_id=desk.ids.uuid7,
            lines=partial(posting.lines, desk),
            post=partial(posting.post, desk),
            print_papers=partial(print_due, desk, tools.printer),
            export=export,
        )
    )


def tell_waiting(shell: Shell, desk: Desk, submit: Submit) -> None:
    """A banner when a catalogue came by sync and waits, or when nobody could ask for a newer one for too long."""

    def look() -> Message | None:
        found = catalogue_arrival.arrived(desk)
        if found is not None:
            return errors.message("DM-40", version=found.waiting.parcel.version, n=len(found.waiting.changes))
        since = catalogue_arrival.is_stale(desk)
        return errors.message("DM-49", day=f"{since:%d/%m/%Y}") if since is not None else None

    def said(message: Message | None) -> None:
        if message is not None:
            button = "Xem" if message.code == "DM-40" else ""
            shell.raise_notice(Notice(message.code, message.tone, message.text, message.title, message.code, button))

    run(shell, submit, look, said, lambda _error: None, action="waiting")


def tell_outdated(shell: Shell, desk: Desk, submit: Submit) -> None:
    """A banner when what hangs on the wall no longer says what holds."""

    def said(count: int) -> None:
        if count:
            message = errors.message("DM-20", n=count)
            shell.raise_notice(Notice("DM-20", message.tone, message.text, message.title, "DM-20", "Xem"))

    run(shell, submit, partial(posting.outdated, desk), said, lambda _error: None, action="outdated")
