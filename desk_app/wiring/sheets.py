"""Papers of a dossier that are made when asked for: the control slip that travels with it, the invitation."""

from __future__ import annotations

from desk_app.domain.errors import Refused
from desk_app.domain.lifecycle import State
from desk_app.services import papers, uncollected
from desk_app.services.desk import Desk
from desk_app.services.paper_data_control import control_slip_id
from desk_app.services.ports import Printer
from desk_app.storage.queries import dossiers
from desk_app.storage.queries import papers as paper_query
from desk_app.ui.screens.dossiers import Book
from desk_app.ui.screens.intake.ports import Printing

CONTROL = Book("control", "In phiếu kiểm soát")
INVITATION = Book("invitation", "In giấy mời nhận kết quả")


def sheets(desk: Desk, dossier: str) -> tuple[Book, ...]:
    """What can be printed of a dossier now; what was done while the citizen waited went through no hands."""
    with desk.store.read() as tx:
        row = dossiers.get(tx, dossier)
    if row is None:
        return ()
    control = () if row.done_at_once else (CONTROL,)
    return (*control, INVITATION) if row.state == State.SETTLED else control


def print_sheet(desk: Desk, printer: Printer, dossier: str, sheet: str) -> Printing:
    """Print it, or print it once more; on the paper thread. Refuses: HS-08, HS-22, IN-09."""
    paper, reason = desk.store.call(lambda: _paper(desk, dossier, sheet))
    out = papers.print_paper(desk, printer, paper, reason)
    return Printing("" if out.is_file else out.printer, 1, (out.title,), out.printer if out.is_file else "")


def _paper(desk: Desk, dossier: str, sheet: str) -> tuple[str, str]:
    with desk.store.read() as tx:
        match sheet:
            case CONTROL.id:
                paper = control_slip_id(tx, dossier)
            case INVITATION.id:
                paper = uncollected.invitation_id(tx, dossier)
            case _:
                raise Refused("IN-09")
        row = paper_query.get(tx, paper)
    return paper, "In lại theo yêu cầu tại quầy" if row is not None and row.copies else ""
