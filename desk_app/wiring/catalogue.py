"""Quản trị over the catalogue: what hangs on the wall and the pages for the site."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from functools import partial
from pathlib import Path
from typing import Any

from desk_app.services import posting, web_pages
from desk_app.services.desk import Desk
from desk_app.services.ports import Printer
from desk_app.system.folder import replace_folder
from desk_app.ui.screen import Page
from desk_app.ui.screens.posting import PostingPage, PostingPorts
from desk_app.wiring.printing import print_due

Submit = Callable[[Callable[..., Any]], "Future[Any]"]
SITE = "trang-thu-tuc"


def catalogue_tabs(
    desk: Desk, printer: Printer, papers: Path, submit: Submit, paper: Submit
) -> tuple[tuple[str, str, Callable[[], Page]], ...]:
    """The pages of Quản trị that show the catalogue."""
    return (("posting", "Niêm yết", partial(posting_page, desk, printer, papers, submit, paper)),)


def posting_page(desk: Desk, printer: Printer, papers: Path, submit: Submit, paper: Submit) -> PostingPage:
    """Niêm yết; ``papers``: where the folder for the site is laid."""

    def export() -> str:
        return str(replace_folder(papers / SITE, web_pages.build_pages(desk)))

    return PostingPage(
        PostingPorts(
            submit=submit,
            paper_submit=paper,
            new_id=desk.ids.uuid7,
            lines=partial(posting.lines, desk),
            post=partial(posting.post, desk),
            print_papers=partial(print_due, desk, printer),
            export=export,
        )
    )
