"""What the page of the catalogue needs of the program."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QFileDialog, QWidget

if TYPE_CHECKING:
    from desk_app.domain.sheet_report import Report
    from desk_app.services.catalogue_delivery import Waiting
    from desk_app.services.catalogue_mistakes import Mistake, ReportMistake
    from desk_app.services.catalogue_view import CatalogueDetail, CatalogueHead, CatalogueRow
    from desk_app.services.posting import Posted
    from desk_app.ui.screens.intake.ports import Printing

Submit = Callable[[Callable[..., Any]], "Future[Any]"]


@dataclass(frozen=True, slots=True)
class CataloguePorts:
    """Slow calls: ``read`` takes a file's path and answers what it would change; ``activate`` puts that into use;
    ``arrived``: what came by sync and waits. ``report`` tells that a procedure is wrong, ``reported`` what was told.

    ``find`` is pure: ids for what is typed. ``post`` prints the posting of a procedure. ``take_tariffs`` lays the
    amounts of a compared sheet into the form of the commune.
    """

    submit: Submit
    head: Callable[[], CatalogueHead]
    rows: Callable[[], Sequence[CatalogueRow]]
    detail: Callable[[str], CatalogueDetail]
    find: Callable[[str], Sequence[str]]
    read: Callable[[str], Waiting]
    activate: Callable[[Waiting], Any]
    reported: Callable[[str], Sequence[Mistake]]
    report: Callable[[ReportMistake], Any]
    new_id: Callable[[], str]
    arrived: Callable[[], Waiting | None]
    activated: Callable[[], None]
    post: Callable[[str], Posted]
    print_papers: Callable[[str], Printing]
    paper_submit: Submit
    compare: Callable[[str], Report]
    take_tariffs: Callable[[Report], None]
    open_lookup: Callable[[], None] = lambda: None
    pick_sheet: Callable[[QWidget], str] = lambda parent: QFileDialog.getOpenFileName(
        parent, "Chọn bảng danh mục", "", "Bảng Excel (*.xlsx)"
    )[0]
    pick_file: Callable[[QWidget], str] = lambda parent: QFileDialog.getOpenFileName(
        parent, "Chọn tệp danh mục", "", "Danh mục Một cửa (*.mcdm);;Mọi tệp (*)"
    )[0]
