"""Ngày hẹn đổi over the use cases, and the banner that leads there when the table of days off has changed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import Future
from functools import partial
from typing import Any

from desk_app.domain.session import Role
from desk_app.services import moved_dates
from desk_app.services.desk import Desk
from desk_app.services.moved_dates import Affected, MoveDues
from desk_app.services.ports import Printer
from desk_app.ui import errors
from desk_app.ui.run import run
from desk_app.ui.screens.intake.ports import Printing
from desk_app.ui.screens.moved_dates import MovedDatesPage, MovedDatesPorts
from desk_app.ui.shell import Shell
from desk_app.ui.widgets.banner import Notice

Submit = Callable[[Callable[..., Any]], "Future[Any]"]
_TITLE = "Danh sách hồ sơ đổi ngày hẹn"


def moved_dates_page(desk: Desk, printer: Printer, submit: Submit, paper: Submit) -> MovedDatesPage:
    """The page of Quản trị."""
    return MovedDatesPage(
        MovedDatesPorts(
            submit=submit,
            paper_submit=paper,
            calendar=desk.catalogue.calendar.version,
            may_move=Role.HEAD in desk.officer.roles,
            affected=partial(moved_dates.affected, desk),
            move=lambda: moved_dates.move_dues(desk, MoveDues(desk.ids.uuid7())),
            print_list=partial(_print_list, desk, printer),
        )
    )


def tell_moved(shell: Shell, desk: Desk, submit: Submit) -> None:
    """A banner while open dossiers have a date that the table of days off in use does not give, or the table ends soon."""
    year = desk.catalogue.calendar.missing_year(desk.now().date())
    if year is not None:
        missing = errors.message("DM-07", year=year)
        shell.raise_notice(Notice("DM-07", missing.tone, missing.text, missing.title, "DM-07"))

    def said(rows: Sequence[Affected]) -> None:
        if rows:
            message = errors.message("HS-45", n=len(rows))
            shell.raise_notice(Notice("HS-45", message.tone, message.text, message.title, "HS-45", "Xem"))

    run(shell, submit, partial(moved_dates.affected, desk), said, lambda _error: None, action="moved")


def _print_list(desk: Desk, printer: Printer, rows: Sequence[Affected]) -> Printing:
    pdf = moved_dates.list_pdf(desk, rows)
    out = printer.print_pdf(pdf, role="report", media="A4", title=_TITLE, landscape=True)
    return Printing("" if out.is_file else out.where, 1, (_TITLE,), out.where if out.is_file else "")
