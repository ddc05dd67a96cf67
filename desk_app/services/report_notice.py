"""A report for the notice board: the same figures as on the screen, without officers, in columns that are public."""

from __future__ import annotations

from desk_app.documents import report_notice
from desk_app.documents.marks import training
from desk_app.documents.report_notice import ReportNotice
from desk_app.domain.errors import Refused
from desk_app.domain.report import Group
from desk_app.domain.session import Role
from desk_app.services.desk import Desk
from desk_app.services.paper_words import desk_letterhead
from desk_app.services.ports import Printed, Printer
from desk_app.services.reports import Counted, file_name
from desk_app.storage.queries import officers


def notice(desk: Desk, counted: Counted) -> bytes:
    """The report for the notice board. Refuses BC-06: it is not made public, or its rows are officers."""
    table = counted.table
    if not table.report.public or table.group is Group.OFFICER:
        raise Refused("BC-06")
    with desk.store.read() as tx:
        profile = desk.profile(tx)
        heads = [o for o in officers.all(tx) if Role.HEAD in o.roles]
    return report_notice.render(ReportNotice(
        table=table,
        letterhead=desk_letterhead(profile),
        agency=profile.authority,
        posted_on=counted.now.date(),
        contact=f"{profile.desk_name}, {profile.address}, điện thoại {profile.phone}",
        head_title=profile.head_title,
        head_name=heads[0].name if len(heads) == 1 else "",
        marks=(training(),) if desk.training else (),
    ))  # fmt: skip


def print_notice(desk: Desk, printer: Printer, counted: Counted) -> Printed:
    """Draw the report for the notice board and print it. Raises BC-06, IN-02, IN-03, IN-07, IN-08."""
    pdf = desk.store.call(lambda: notice(desk, counted))
    return printer.print_pdf(pdf, role="report", media="A4", title=file_name(counted, "niem-yet"))
