"""Báo cáo over its use cases."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from functools import partial
from pathlib import Path
from typing import Any

from desk_app.services import report_notice, reports
from desk_app.services.desk import Desk
from desk_app.services.ports import Printer
from desk_app.services.reports import Counted
from desk_app.system.exports import save
from desk_app.ui.screen import Page
from desk_app.ui.screens.reports import ReportPorts, ReportsPage
from desk_app.ui.screens.reports.ports import Saved
from desk_app.wiring import survey_forms

Submit = Callable[[Callable[..., Any]], "Future[Any]"]


def reports_page(
    desk: Desk, printer: Printer, submit: Submit, paper: Submit, folder: Path, show_dossier: Callable[[str], None]
) -> Page:
    """The page; a dossier behind a figure is shown by ``show_dossier`` (its code)."""
    page = ReportsPage(report_ports(desk, printer, submit, paper, folder))
    page.dossier_wanted.connect(show_dossier)
    return page


def report_ports(desk: Desk, printer: Printer, submit: Submit, paper: Submit, folder: Path) -> ReportPorts:
    """What the page needs; files go to ``folder``, where papers without a printer go too."""
    return ReportPorts(
        reports=reports.listed(),
        now=desk.now,
        submit=submit,
        count=partial(reports.count, desk, forms=survey_forms.shipped()),
        behind=partial(reports.behind, desk),
        paper_submit=paper,
        print_report=lambda counted: reports.print_report(desk, printer, counted).where,
        print_notice=lambda counted: report_notice.print_notice(desk, printer, counted).where,
        save_xlsx=lambda counted: _save(folder, counted, "xlsx", reports.xlsx(desk, counted)),
        save_csv=lambda counted: _save(folder, counted, "csv", reports.csv(counted)),
    )


def _save(folder: Path, counted: Counted, ending: str, data: bytes) -> Saved:
    path = save(folder, f"{reports.file_name(counted, 'bao-cao')}.{ending}", data)
    return Saved(path.name, str(path.parent))
