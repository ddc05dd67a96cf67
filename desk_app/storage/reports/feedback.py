"""Phản ánh, kiến nghị: what came, how it ended and when (law-and-forms §11.4). What is kept as information is no feedback.

An answer counts against the day promised last; what went to another body ends here with its transfer.
"""

from __future__ import annotations

from desk_app.domain.report import Column, Control, Group, Kind, Rate, Report, Row, plus
from desk_app.storage.reports.work import Asked, to_rows
from desk_app.storage.transaction import ReadTx

_DONE, _OPEN, _IN = "Đã xử lý", "Đang xử lý", "Tiếp nhận"

REPORT = Report(
    "feedback",
    "Phản ánh, kiến nghị",
    (Group.CLASS, Group.CHANNEL, Group.FIELD, Group.PROCEDURE, Group.OFFICER),
    (
        Column("fb_in_all", "Tổng số", brief="Tiếp nhận", formula=plus("fb_came", "fb_opening"), group=_IN),
        Column("fb_came", "Trong kỳ", group=_IN, rule="Vào sổ trong kỳ", behind=True),
        Column("fb_opening", "Từ kỳ trước", group=_IN, behind=True, rule="Vào sổ trước kỳ, đến đầu kỳ chưa xử lý xong"),
        Column(
            "fb_done", "Tổng số", brief="Đã xử lý", group=_DONE,
            formula=plus("fb_on_time", "fb_late", "fb_sent", "fb_refused"),
        ),
        Column(
            "fb_on_time", "Trả lời đúng hạn", group=_DONE, behind=True, rule="Trả lời không sau ngày hẹn gần nhất"
        ),
        Column("fb_late", "Trả lời quá hạn", group=_DONE, behind=True, rule="Trả lời sau ngày hẹn gần nhất"),
        Column(
            "fb_sent", "Chuyển cơ quan khác", brief="Đã chuyển", group=_DONE, behind=True,
            rule="Chuyển cơ quan có thẩm quyền trong kỳ",
        ),
        Column("fb_refused", "Không tiếp nhận", group=_DONE, behind=True, rule="Có văn bản không tiếp nhận trong kỳ"),
        Column(
            "fb_open", "Đang xử lý", brief="Đang xử lý", formula=plus("fb_open_in_time", "fb_open_late"), hidden=True
        ),
        Column("fb_open_in_time", "Trong hạn", group=_OPEN, behind=True, rule="Cuối kỳ chưa xử lý xong, chưa quá ngày hẹn"),
        Column("fb_open_late", "Quá hạn", group=_OPEN, behind=True, rule="Cuối kỳ chưa xử lý xong, đã quá ngày hẹn"),
        Column(
            "fb_rate", "Tỷ lệ trả lời đúng hạn", Kind.PERCENT, formula=Rate(("fb_on_time",), ("fb_on_time", "fb_late")),
            spoken="trả lời đúng hạn chia cho đã trả lời",
        ),
    ),
    chart=("fb_on_time", "fb_open", "fb_late"),
    icon="message-square-text",
    public=("fb_in_all", "fb_on_time", "fb_late", "fb_open", "fb_rate"),
    unit="Số phản ánh, kiến nghị",
    controls=(Control(("fb_in_all",), ("fb_done", "fb_open"), "tiếp nhận = đã xử lý + đang xử lý"),),
)  # fmt: skip

#: The moment it ended here; "" while it is open.
ENDED = "CASE WHEN sent_at <> '' THEN sent_at ELSE closed_at END"
_DONE_IN = f"({ENDED} <> '' AND {ENDED} BETWEEN :first AND :end)"
_OPEN_AT_END = f"(received_at <= :end AND ({ENDED} = '' OR {ENDED} > :end))"
_ANSWERED = "sent_at = '' AND state <> 'not_accepted'"
#: Figure → its condition on a row of ``feedback``; ``behind`` lists by the same ones.
WHERE = {
    "fb_came": "received_at BETWEEN :first AND :end",
    "fb_opening": f"received_at < :first AND ({ENDED} = '' OR {ENDED} >= :first)",
    "fb_on_time": f"{_DONE_IN} AND {_ANSWERED} AND substr(closed_at, 1, 10) <= answer_by",
    "fb_late": f"{_DONE_IN} AND {_ANSWERED} AND substr(closed_at, 1, 10) > answer_by",
    "fb_sent": f"{_DONE_IN} AND sent_at <> ''",
    "fb_refused": f"{_DONE_IN} AND sent_at = '' AND state = 'not_accepted'",
    "fb_open_in_time": f"{_OPEN_AT_END} AND answer_by >= :last",
    "fb_open_late": f"{_OPEN_AT_END} AND answer_by < :last",
}
KEYS = {Group.CLASS: "class", Group.CHANNEL: "channel", Group.OFFICER: "handler"}


def values_of(asked: Asked) -> dict[str, object]:
    """What the conditions of ``WHERE`` are asked with."""
    return {"first": asked.first, "end": asked.last + "T99", "last": asked.last}


def rows(tx: ReadTx, asked: Asked) -> tuple[Row, ...]:
    """By class, channel, handler or procedure; feedback without a related procedure has the key ""."""
    key = KEYS.get(asked.group, "procedure")
    counted = ", ".join(f"sum({where})" for where in WHERE.values())
    found = tx.rows(
        f"SELECT {key}, {counted} FROM feedback WHERE code <> '' AND training = :training AND received_at <= :end"
        f" AND ({ENDED} = '' OR {ENDED} >= :first) GROUP BY 1",
        values_of(asked) | {"training": tx.training},
    )
    return to_rows({row[0]: dict(zip(WHERE, map(int, row[1:]), strict=True)) for row in found})
