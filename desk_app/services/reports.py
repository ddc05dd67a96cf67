"""Reports: which there are, counting one, what is behind a figure, paper, spreadsheet.

Reports hold codes and sums, no names of citizens; so every officer may print and export them. The lists behind a figure
are for the screen only.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime

from desk_app.documents import receipt_usage as usage_paper
from desk_app.documents import report as report_paper
from desk_app.documents import spreadsheet
from desk_app.documents.marks import training
from desk_app.documents.receipt_usage import ReceiptUsage
from desk_app.documents.report import ReportPaper
from desk_app.domain.errors import Refused
from desk_app.domain.feedback import CHANNEL_TEXT, CLASS_TEXT, Channel, FeedbackClass
from desk_app.domain.period import Period
from desk_app.domain.receipt_usage import RangeUse
from desk_app.domain.report import Group, Report, Row, Table, merge
from desk_app.domain.session import Role
from desk_app.domain.survey import SurveyQuestions, read_form
from desk_app.services.desk import Desk
from desk_app.services.paper_words import desk_letterhead
from desk_app.services.ports import Printed, Printer
from desk_app.storage.queries import officers, procedures, voice
from desk_app.storage.queries.stations import Station, stations
from desk_app.storage.reports import behind as behind_query
from desk_app.storage.reports import receipt_usage
from desk_app.storage.reports.behind import Behind
from desk_app.storage.reports.catalogue import REPORTS
from desk_app.storage.reports.work import Asked
from desk_app.storage.transaction import ReadTx

RECEIPTS = "receipts"
NO_FIELD = "Chưa rõ lĩnh vực"
NOBODY, NO_CLASS, NO_SERVED = "Chưa giao", "Chưa phân loại", "Không ghi lĩnh vực"


@dataclass(frozen=True, slots=True)
class AskReport:
    """Which report, over what time, one row for what."""

    report: str
    period: Period
    group: Group


@dataclass(frozen=True, slots=True)
class Counted:
    """A report as counted at ``now``; ``sources``: how fresh its figures are, in words.

    ``usage``: the ranges of the report on receipts, which has a form of its own on paper (BC7/AC).
    """

    table: Table
    now: datetime
    sources: str
    usage: tuple[RangeUse, ...] = ()


def listed() -> tuple[Report, ...]:
    """Every report, in the order of the screen."""
    return tuple(query.report for query in REPORTS.values())


def count(desk: Desk, ask: AskReport, forms: Mapping[str, SurveyQuestions] | None = None) -> Counted:
    """Count a report. ``forms``: the shipped survey forms, for the words of questions.

    Refuses BC-02: the period has not begun.
    """
    with desk.store.read() as tx:
        asked = _asked(desk, ask)
        query = REPORTS[ask.report]
        rows = tuple(_labelled(desk, tx, asked.group, row) for row in query.rows(tx, asked))
        if asked.group is Group.QUESTION:
            rows = _questions(tx, rows, forms or {})
        if asked.group is Group.FIELD:
            rows = merge(rows, lambda row: _field(desk, row.key))
        if asked.group is Group.TIME:
            rows = _with_empty_months(asked, rows)
        rows = tuple(sorted(rows, key=lambda row: row.label)) if asked.group in _BY_LABEL else rows
        table = Table(query.report, asked.group, ask.period, rows, query.others(tx, asked))
        ranges = receipt_usage.usage(tx, asked) if ask.report == RECEIPTS else ()
        return Counted(table, asked.now, sources(tx, asked.now), ranges)


def behind(desk: Desk, ask: AskReport, column: str, key: str | None) -> tuple[Behind, ...]:
    """The dossiers, slips or receipts behind a figure; ``key`` None: behind the total. The newest first."""
    with desk.store.read() as tx:
        asked = _asked(desk, ask)
        found = behind_query.behind(tx, asked, column, _keys(desk, tx, asked.group, key))
        return tuple(replace(item, procedure=desk.procedure_name(item.procedure)) for item in found)


def paper(desk: Desk, counted: Counted) -> bytes:
    """The report as PDF, ready for signature. A job of the store thread."""
    if counted.table.report.id == RECEIPTS:
        return usage_paper.render(usage_of(desk, counted))
    with desk.store.read() as tx:
        profile = desk.profile(tx)
        heads = [o for o in officers.all(tx) if Role.HEAD in o.roles]
    data = ReportPaper(
        table=counted.table,
        letterhead=desk_letterhead(profile),
        desk_name=profile.desk_name,
        made_on=counted.now.date(),
        receiver=profile.office_head[0],
        sources=counted.sources,
        maker_name=desk.officer.name,
        head_title=profile.head_title,
        head_name=heads[0].name if len(heads) == 1 else "",
        marks=(training(),) if desk.training else (),
    )
    return report_paper.render(data)


def print_report(desk: Desk, printer: Printer, counted: Counted) -> Printed:
    """Draw the report and hand it to the printer of papers. Raises IN-02, IN-03, IN-07, IN-08."""
    pdf = desk.store.call(lambda: paper(desk, counted))
    return printer.print_pdf(pdf, role="report", media="A4", title=file_name(counted, "bao-cao"), landscape=True)


def usage_of(desk: Desk, counted: Counted) -> ReceiptUsage:
    """What stands on form BC7/AC. A job of the store thread."""
    with desk.store.read() as tx:
        profile = desk.profile(tx)
        heads = [o for o in officers.all(tx) if Role.HEAD in o.roles]
    period = counted.table.period
    return ReceiptUsage(
        letterhead=desk_letterhead(profile),
        desk_name=profile.desk_name,
        collector=profile.collector,
        tax_code=profile.tax_code,
        period=period.title,
        first=period.first,
        last=period.last,
        made_at=counted.now,
        ranges=counted.usage,
        sources=counted.sources,
        maker_name=desk.officer.name,
        head_title=profile.head_title,
        head_name=heads[0].name if len(heads) == 1 else "",
        marks=(training(),) if desk.training else (),
    )


def xlsx(desk: Desk, counted: Counted) -> bytes:
    """The report as a workbook with live formulas; that on receipts in the columns of its form."""
    if counted.table.report.id == RECEIPTS:
        return usage_paper.as_xlsx(desk.store.call(lambda: usage_of(desk, counted)))
    return spreadsheet.to_xlsx(counted.table, counted.sources)


def csv(counted: Counted) -> bytes:
    """The report as CSV."""
    return spreadsheet.to_csv(counted.table)


def file_name(counted: Counted, start: str = "") -> str:
    """A name that sorts by time: ``settlement-2026-11-01-2026-11-30``."""
    table = counted.table
    return "-".join(filter(None, (start, table.report.id, str(table.period.first), str(table.period.last))))


def sources(tx: ReadTx, now: datetime) -> str:
    """``Số liệu máy này đến 15:40 hôm nay; 2 quầy khác đến 17:42 hôm qua.``"""
    others: list[Station] = list(stations(tx))
    words = f"Số liệu máy này đến {_when(now, now.date())}"
    if others:
        oldest = min(station.sealed_at for station in others)
        words += f"; {len(others)} quầy khác đến {_when(oldest, now.date())}"
    return words + "."


# ---- inside ---------------------------------------------------------------------------------------------------------

_BY_LABEL = (Group.FIELD, Group.PROCEDURE, Group.OFFICER, Group.CLASS, Group.CHANNEL, Group.SERVED)


def _asked(desk: Desk, ask: AskReport) -> Asked:
    now = desk.now()
    if ask.period.first > now.date():
        raise Refused("BC-02")
    report = REPORTS[ask.report].report
    return Asked(ask.period, ask.group if ask.group in report.groups else report.groups[0], now)


def _with_empty_months(asked: Asked, rows: tuple[Row, ...]) -> tuple[Row, ...]:
    """A month in which nothing happened is a row of its own, so that nobody looks for it."""
    if asked.time_key == "day" or not rows:
        return rows
    known = {row.key: row for row in rows}
    month, last = asked.first[:7], asked.last[:7]
    while month <= last:
        known.setdefault(month, Row(month, f"{month[5:]}/{month[:4]}", {}))
        year, number = int(month[:4]), int(month[5:])
        month = f"{year + number // 12}-{number % 12 + 1:02d}"
    return tuple(known[key] for key in sorted(known))


def _labelled(desk: Desk, tx: ReadTx, group: Group, row: Row) -> Row:
    match group:
        case Group.PROCEDURE:
            return replace(row, label=desk.procedure_name(row.key) if row.key else NO_FIELD)
        case Group.FIELD:
            return replace(row, label=_field(desk, row.key)[1])
        case Group.OFFICER:
            found = officers.get(tx, row.key)
            return replace(row, label=found.name if found else row.key or NOBODY)
        case Group.CLASS:
            return replace(row, label=CLASS_TEXT[FeedbackClass(row.key)].capitalize() if row.key else NO_CLASS)
        case Group.CHANNEL:
            return replace(row, label=CHANNEL_TEXT[Channel(row.key)].capitalize())
        case Group.SERVED:
            return replace(row, label=desk.catalogue.fields.get(row.key, row.key) or NO_SERVED)
        case Group.TIME:
            return replace(row, label="/".join(reversed(row.key.split("-"))))
        case Group.DOSSIER:
            words = {k: _day(v) if k in ("received", "due", "settled", "again") else v for k, v in row.counted.items()}
            words["procedure"] = desk.procedure_name(str(row.counted["procedure"]))
            return replace(row, counted=words)
        case _:
            return row


def _questions(tx: ReadTx, rows: tuple[Row, ...], forms: Mapping[str, SurveyQuestions]) -> tuple[Row, ...]:
    """Questions in the words that were asked, in the order of their form; a campaign's form names its campaign."""
    known = dict(forms)
    titles: dict[str, str] = {}
    for campaign in voice.every_campaign(tx):
        form = read_form(campaign.form)
        known[form.id], titles[form.id] = form, campaign.title
    order = {f"{form.id}|{q.id}": (form.id, at) for form in known.values() for at, q in enumerate(form.questions)}

    def label(row: Row) -> Row:
        id, _, question = row.key.partition("|")
        asked = known[id].question(question) if id in known else None
        words = asked.text if asked is not None else question
        return replace(row, label=f"{words} ({titles[id]})" if id in titles else words)

    return tuple(label(row) for row in sorted(rows, key=lambda row: order.get(row.key, ("~", 0))))


def _field(desk: Desk, procedure: str) -> tuple[str, str]:
    """Field of a procedure: id and name."""
    for heading in desk.catalogue.headings:
        if heading.id == procedure:
            return heading.field, heading.field_name
    return "", NO_FIELD


def _keys(desk: Desk, tx: ReadTx, group: Group, key: str | None) -> tuple[str, ...] | None:
    """What the rows of a group are made of: the procedures of a field, itself otherwise."""
    if key is None or group is not Group.FIELD:
        return None if key is None else (key,)
    if key:
        return tuple(heading.id for heading in desk.catalogue.headings if heading.field == key)
    known = {heading.id for heading in desk.catalogue.headings}
    return tuple(p for p in procedures.used(tx) if p not in known)


def _day(value: int | str) -> str:
    text = str(value)
    return f"{text[8:10]}/{text[5:7]}/{text[:4]}" if text else ""


def _when(at: datetime, today: date) -> str:
    days = (today - at.date()).days
    words = {0: "hôm nay", 1: "hôm qua"}.get(days, f"ngày {at:%d/%m/%Y}")
    return f"{at:%H:%M} {words}"
