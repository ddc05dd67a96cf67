"""Chỉ số chất lượng phục vụ: one line an index, its two numbers, its share and how it is reckoned (law-and-forms §10.4).

Every number is taken from the report that counts it, so an index cannot differ from its report. No official score is made
of them: what a parent level adds up (Quyết định 766/QĐ-TTg) is its own to reckon; here are counts and shares (§10.3).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import NamedTuple

from desk_app.domain.report import Column, Group, Kind, Linear, Rate, Report, Row, plus
from desk_app.domain.survey import GROUP
from desk_app.storage.reports import causes, feedback, guidance, receipts, satisfaction, timeliness
from desk_app.storage.reports.work import Asked, sums
from desk_app.storage.transaction import ReadTx

Figures = dict[str, int]


class Index(NamedTuple):
    """``over`` and ``under``: figures of the reports, added; ``mean``: an average, else a share of what was achieved.

    ``missed``: under which name ``behind`` lists what was not achieved, "" = nothing may be listed.
    """

    id: str
    title: str
    over: tuple[str, ...]
    under: tuple[str, ...]
    rule: str
    missed: str = ""
    mean: bool = False
    least: int = 1


_DONE = ("early", "on_time", "late")
_NAMED = ("cause_verification", "cause_volume", "cause_outage", "cause_absence")
_LATE = (*_NAMED, "cause_other", "cause_none")
_CAME = (("online", "what = 'received' AND channel = 2"), ("direct", "what = 'received' AND channel <> 2"))
_SCORES = ("score1", "score2", "score3", "score4", "score5")

INDICES = (
    Index("on_time", "Giải quyết trước và đúng hạn", ("early", "on_time"), _DONE,
          "hồ sơ có kết quả không sau giờ hẹn ÷ hồ sơ đã giải quyết", "late"),
    Index("early", "Giải quyết trước hạn", ("early",), _DONE, "hồ sơ có kết quả trước ngày hẹn ÷ hồ sơ đã giải quyết",
          "not_early"),
    Index("days", "Số ngày giải quyết bình quân", ("days",), _DONE,
          "tổng ngày lịch từ nhận đến có kết quả ÷ hồ sơ đã giải quyết", mean=True),
    Index("once", "Hướng dẫn một lần", ("guided_first",), ("guided_first", "guided_again"),
          "phiếu hướng dẫn lần đầu ÷ tất cả phiếu hướng dẫn", "guided_again"),
    Index("slips", "Số phiếu hướng dẫn mỗi vụ việc", ("guided_first", "guided_again"), ("guided_first",),
          "tất cả phiếu hướng dẫn ÷ số vụ việc (phiếu lần đầu)", mean=True),
    Index("online", "Hồ sơ nộp trực tuyến", ("online",), ("online", "direct"),
          "hồ sơ nhận trực tuyến ÷ hồ sơ nhận trong kỳ", "direct"),
    Index("receipts", "Biên lai đúng ngay lần đầu", ("kept",), ("used",),
          "biên lai không bị thay thế, xóa bỏ ÷ biên lai đã lập", "struck"),
    Index("sorry", "Hồ sơ quá hạn đã có thư xin lỗi", (*_NAMED, "cause_other"), _LATE,
          "hồ sơ quá hạn có thư xin lỗi ÷ hồ sơ quá hạn", "late_unsorry"),
    Index("named", "Thư xin lỗi nêu rõ nguyên nhân", _NAMED, (*_NAMED, "cause_other"),
          "hồ sơ quá hạn có nguyên nhân cụ thể ÷ hồ sơ quá hạn có thư xin lỗi", "late_unnamed"),
    Index("feedback", "Phản ánh, kiến nghị trả lời đúng hạn", ("fb_on_time",), ("fb_on_time", "fb_late"),
          "trả lời không sau ngày hẹn ÷ tất cả đã trả lời", "fb_late"),
    Index("satisfied", "Mức độ hài lòng", ("score4", "score5"), _SCORES,
          f"chọn mức 4, 5 ÷ tất cả lượt chấm điểm; dưới {GROUP} lượt không hiện", least=GROUP),
)  # fmt: skip

REPORT = Report(
    "indices",
    "Chỉ số chất lượng phục vụ",
    (Group.INDEX,),
    (
        Column("over", "Tử số", formula=plus("p_over", "m_over")),
        Column("under", "Mẫu số", formula=plus("p_under", "m_under")),
        Column("missed", "Chưa đạt", formula=Linear(((1, "p_under"), (-1, "p_over"))), behind=True),
        Column("rate", "Tỷ lệ", Kind.PERCENT, formula=Rate(("p_over",), ("p_under",)), spoken="tử số chia cho mẫu số"),
        Column("mean", "Bình quân", Kind.MEAN, formula=Rate(("m_over",), ("m_under",))),
        Column("rule", "Cách tính", Kind.TEXT, width=70),
        *(Column(id, words, hidden=True) for id, words in (
            ("p_over", "số đạt"), ("p_under", "tổng số"), ("m_over", "tổng"), ("m_under", "số lượng"),
        )),
    ),
    chart=(),
    icon="badge-check",
    unit="Số đếm; tỷ lệ phần trăm",
    summed=False,
    public=("over", "under", "rate", "mean"),
)  # fmt: skip


def rows(tx: ReadTx, asked: Asked) -> tuple[Row, ...]:
    """Every index in the order of ``INDICES``; one over nothing stays, with a dash. Nothing at all happened: no rows."""
    figures = _figures(tx, asked)
    if not any(figures.values()):
        return ()
    return tuple(_row(index, figures) for index in INDICES)


def _row(index: Index, figures: Figures) -> Row:
    over, under = (sum(figures.get(id, 0) for id in ids) for ids in (index.over, index.under))
    if under < index.least:
        over = under = 0
    kind = "m" if index.mean else "p"
    counted: dict[str, int | str] = {"p_over": 0, "p_under": 0, "m_over": 0, "m_under": 0, "rule": index.rule}
    return Row(index.id, index.title, counted | {f"{kind}_over": over, f"{kind}_under": under})


def _figures(tx: ReadTx, asked: Asked) -> Figures:
    """The sums of every report an index draws on."""
    found: Figures = {}
    asks: tuple[tuple[Callable[[ReadTx, Asked], tuple[Row, ...]], Group], ...] = (
        (timeliness.rows, Group.OFFICER), (guidance.rows, Group.OFFICER), (causes.rows, Group.OFFICER),
        (feedback.rows, Group.CLASS), (satisfaction.rows, Group.SERVED), (receipts.rows, Group.SERIES),
    )  # fmt: skip
    for count, group in asks:
        _add(found, count(tx, replace(asked, group=group)))
    came = sums(
        tx, replace(asked, group=Group.OFFICER), _CAME, since=asked.first
    )  # as the settlement report, period only
    for figures in came.values():
        for id, n in figures.items():
            found[id] = found.get(id, 0) + n
    found["kept"] = max(0, found.get("used", 0) - found.get("struck", 0))
    return found


def _add(found: Figures, rows: Iterable[Row]) -> None:
    for row in rows:
        for id, value in row.counted.items():
            if isinstance(value, int):
                found[id] = found.get(id, 0) + value
