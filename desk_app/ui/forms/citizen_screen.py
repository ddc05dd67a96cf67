"""What the second screen shows the citizen, folded from the intake in front. Never a name, never a card number."""

from __future__ import annotations

from dataclasses import dataclass

from desk_app.domain.guidance import reason
from desk_app.domain.intake import IntakeView, MarkState, Row
from desk_app.domain.money import format_dong
from desk_app.ui.forms.plan import total_due
from desk_app.ui.forms.promise import due_words

MOST_ROWS = 8


@dataclass(frozen=True, slots=True)
class PaperLine:
    """A paper: ``tone`` ok, bad or "" (not looked at yet), and words at the right."""

    name: str
    tone: str
    words: str


@dataclass(frozen=True, slots=True)
class PapersView:
    """The list of papers. ``more``: how many did not fit."""

    title: str
    procedure: str
    lines: tuple[PaperLine, ...]
    more: int
    note: str
    fee: str


@dataclass(frozen=True, slots=True)
class AmountView:
    """What is to be paid, for what, and when the result comes."""

    procedure: str
    amount: str
    items: tuple[tuple[str, str], ...]
    due_hour: str
    due_day: str


def papers(view: IntakeView) -> PapersView | None:
    """The checklist as the citizen reads it; None while no procedure was chosen."""
    if view.procedure is None:
        return None
    bad = view.count(MarkState.BAD)
    unseen = view.count(MarkState.UNSEEN)
    if bad:
        title = f"Hồ sơ còn {bad} giấy tờ chưa đạt"
    elif unseen:
        title = f"Đang xem giấy tờ, còn {unseen}"
    else:
        title = "Hồ sơ đủ giấy tờ"
    first = sorted(view.rows, key=lambda row: row.mark.state is not MarkState.BAD)  # what is missing is never left out
    note = (
        "Cán bộ in phiếu hướng dẫn ghi đủ giấy tờ phải nộp. **Đã nộp đủ theo phiếu thì không yêu cầu thêm.**"
        if bad
        else ""
    )
    return PapersView(
        title,
        view.procedure.name,
        tuple(_line(row) for row in (view.rows if len(view.rows) <= MOST_ROWS else first[:MOST_ROWS])),
        max(0, len(view.rows) - MOST_ROWS),
        note,
        fee_words(view),
    )


def amount(view: IntakeView) -> AmountView | None:
    """Fee and day; None while either cannot be said."""
    if view.procedure is None or view.deadline is None:
        return None
    hour, day = due_words(view.deadline)
    lines = view.fee.lines if view.fee else ()
    items = tuple((line.name, format_dong(line.amount_vnd) if line.amount_vnd else "miễn") for line in lines)
    total = total_due(view.fee)
    words = "Không thu" if total == 0 else format_dong(total) if total else "chưa xác định"
    return AmountView(view.procedure.name, words, items[:4], hour, day)


def fee_words(view: IntakeView) -> str:
    """The foot: ``Lệ phí: 15.000 đồng · Không phải nộp khoản nào khác``."""
    total = total_due(view.fee)
    if total is None:
        return ""
    said = f"**{format_dong(total)}**" if total else "**không thu**"
    return f"Phí, lệ phí: {said} · Không phải nộp khoản nào khác"


def _line(row: Row) -> PaperLine:
    match row.mark.state:
        case MarkState.BAD:
            words = reason(row.mark.reason).label if row.mark.reason else "chưa đạt"
            return PaperLine(row.document.name, "bad", words[:1].lower() + words[1:])
        case MarkState.OK:
            return PaperLine(row.document.name, "ok", "đạt" if row.document.kind == "nop" else "đã xem, trả lại")
        case MarkState.NOT_NEEDED:
            return PaperLine(row.document.name, "ok", "không phải nộp")
    return PaperLine(row.document.name, "", "chưa xem")
