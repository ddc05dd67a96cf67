"""Tiếp nhận, giải quyết: the columns of Biểu số II.06a/VPCP/KSTT (Thông tư 01/2020/TT-VPCP; law-and-forms §11.2).

What is open comes from another place than what came and went: for a period with today in it from the dossiers
themselves, else from all days since the beginning. So control 3 = 7 + 11 can fail, and would be told.
"""

from __future__ import annotations

from desk_app.domain.period import OFFICIAL_CLOSING
from desk_app.domain.report import Column, Control, Group, Report, Row, plus
from desk_app.storage.reports.work import SETTLED, Asked, literal, sums, to_rows
from desk_app.storage.tables import OPEN_STATES
from desk_app.storage.transaction import ReadTx

_IN, _DONE, _OPEN = "Tiếp nhận", "Số lượng hồ sơ đã giải quyết", "Số lượng hồ sơ đang giải quyết"

REPORT = Report(
    "settlement",
    "Tiếp nhận, giải quyết hồ sơ",
    (Group.FIELD, Group.PROCEDURE, Group.OFFICER),
    (
        Column("in_all", "Tổng số", brief="Tiếp nhận", formula=plus("online", "direct", "opening"), group=_IN),
        Column(
            "online", "Trong kỳ: trực tuyến", brief="Nhận trực tuyến", group=_IN, behind=True,
            rule="Hồ sơ nộp trực tuyến nhận trong kỳ",
        ),
        Column(
            "direct", "Trong kỳ: trực tiếp, bưu chính", brief="Nhận trực tiếp", group=_IN, behind=True,
            rule="Hồ sơ nhận tại quầy hoặc qua bưu chính trong kỳ",
        ),
        Column("opening", "Từ kỳ trước", group=_IN, behind=True, rule="Nhận trước kỳ, đến đầu kỳ chưa có kết quả"),
        Column("done", "Tổng số", brief="Đã giải quyết", formula=plus("early", "on_time", "late"), group=_DONE),
        Column(
            "early", "Trước hạn", brief="Xong trước hạn", group=_DONE, behind=True, rule="Có kết quả trước ngày hẹn"
        ),
        Column(
            "on_time", "Đúng hạn", brief="Xong đúng hạn", group=_DONE, behind=True,
            rule="Có kết quả trong ngày hẹn, không quá giờ hẹn; không có hạn; dừng hoặc xin rút",
        ),
        Column("late", "Quá hạn", brief="Xong quá hạn", group=_DONE, behind=True, rule="Có kết quả sau giờ hẹn"),
        Column("open", "Tổng số", brief="Đang giải quyết", formula=plus("open_in_time", "open_late"), group=_OPEN),
        Column(
            "open_in_time", "Trong hạn", brief="Còn trong hạn", group=_OPEN, behind=True,
            rule="Chưa có kết quả, chưa quá giờ hẹn, kể cả chờ bổ sung",
        ),
        Column(
            "open_late", "Quá hạn", brief="Đang quá hạn", group=_OPEN, behind=True,
            rule="Chưa có kết quả, đã quá giờ hẹn, không phải chờ bổ sung; kỳ trước tính theo hẹn khi đó",
        ),
    ),
    chart=("early", "on_time", "late"),
    icon="inbox",
    form="Biểu số II.06a/VPCP/KSTT",
    unit="Số hồ sơ TTHC",
    controls=(Control(("in_all",), ("done", "open"), "cột 3 = cột 7 + cột 11"),),
    closing=OFFICIAL_CLOSING,
    public=("in_all", "done", "late", "open", "open_late"),
)  # fmt: skip


def rows(tx: ReadTx, asked: Asked) -> tuple[Row, ...]:
    """Counted figures by procedure or officer."""
    first = literal(asked.first)
    found = sums(
        tx,
        asked,
        (
            ("online", f"what = 'received' AND channel = 2 AND day >= {first}"),
            ("direct", f"what = 'received' AND channel <> 2 AND day >= {first}"),
            ("came", f"what = 'received' AND day < {first}"),
            ("went", f"what IN {SETTLED} AND day < {first}"),
            *((how, f"what = '{how}' AND day >= {first}") for how in ("early", "on_time", "late")),
            ("received", "what = 'received'"),
            ("settled", f"what IN {SETTLED}"),
            ("due", "what = 'due'"),
            ("due_met", "what = 'due_met'"),
        ),
    )
    now = _open_now(tx, asked) if asked.is_current else {}
    for key, figures in found.items():
        figures["opening"] = figures.pop("came") - figures.pop("went")
        open_, late = figures.pop("received") - figures.pop("settled"), figures.pop("due") - figures.pop("due_met")
        if asked.is_current:
            open_, late = now.get(key, (0, 0))
        figures["open_in_time"], figures["open_late"] = open_ - late, late
    return to_rows(found)


def _open_now(tx: ReadTx, asked: Asked) -> dict[str, tuple[int, int]]:
    """What is open at this moment, from the dossiers themselves: (all, late) by key."""
    key = "officer" if asked.group is Group.OFFICER else "procedure"
    moment = asked.now.replace(tzinfo=None).isoformat(timespec="seconds")
    rows = tx.rows(
        f"SELECT {key}, count(*), sum(due_key < ? AND state NOT IN (5, 6)) FROM dossier INDEXED BY dossier_open"
        f" WHERE {OPEN_STATES} AND due_key > '' AND training = ? GROUP BY 1",
        (moment, tx.training),
    )
    return {row[0]: (row[1], row[2]) for row in rows}
