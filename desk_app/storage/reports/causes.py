"""Nguyên nhân quá hạn: every late dossier by the cause its last apology names (Biểu số II.07a, Thông tư 01/2020/TT-VPCP).

Late is what the settlement report calls late: settled after its moment in the period, or open at its end and overdue. A
dossier without an apology has no cause yet, and stands in a column of its own.
"""

from __future__ import annotations

from collections import defaultdict

from desk_app.domain.lateness import CAUSES
from desk_app.domain.period import OFFICIAL_CLOSING
from desk_app.domain.report import Column, Control, Group, Report, Row, plus
from desk_app.storage.reports.work import Asked, to_rows
from desk_app.storage.tables import LATE_CLOSED
from desk_app.storage.transaction import ReadTx

_BRIEF = {
    "verification": "Chờ xác minh", "volume": "Hồ sơ tăng", "outage": "Mất điện, mạng", "absence": "Vắng người",
    "other": "Khác",
}  # fmt: skip
_BY_CAUSE = tuple(f"cause_{code}" for code in CAUSES)
_GROUP = "Nguyên nhân quá hạn (theo thư xin lỗi gần nhất)"

REPORT = Report(
    "causes",
    "Nguyên nhân quá hạn",
    (Group.FIELD, Group.PROCEDURE, Group.OFFICER),
    (
        Column("late_in_all", "Số hồ sơ quá hạn", formula=plus("settled_late", "still_late")),
        Column("settled_late", "Đã có kết quả", rule="Có kết quả trong kỳ, sau giờ hẹn"),
        Column("still_late", "Chưa có kết quả", rule="Đến cuối kỳ chưa có kết quả, đã quá giờ hẹn, không chờ bổ sung"),
        *(
            Column(f"cause_{code}", words, brief=_BRIEF[code], group=_GROUP, rule=f"Thư xin lỗi ghi: {words.lower()}")
            for code, words in CAUSES.items()
        ),
        Column("cause_none", "Chưa nêu", group=_GROUP, rule="Chưa có thư xin lỗi"),
    ),
    chart=("settled_late", "still_late"),
    icon="octagon-x",
    form="Biểu số II.07a/VPCP/KSTT",
    unit="Số hồ sơ TTHC",
    controls=(Control(("late_in_all",), (*_BY_CAUSE, "cause_none"), "cột 3 = tổng các nguyên nhân"),),
    closing=OFFICIAL_CLOSING,
)  # fmt: skip


def rows(tx: ReadTx, asked: Asked) -> tuple[Row, ...]:
    """By procedure or officer, as the settlement report."""
    key = "officer" if asked.group is Group.OFFICER else "procedure"
    end = asked.last + "T99"
    moment = asked.now.replace(tzinfo=None).isoformat(timespec="seconds") if asked.is_current else end
    found: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))

    def add(column: str, source: str, *values: object) -> None:
        counted = f"SELECT x.{key}, cause, count(*) FROM {source} AND x.training = ? GROUP BY 1, 2"
        for name, cause, n in tx.rows(counted, (*values, tx.training)):
            found[name][column] += n
            code = cause if cause in CAUSES else "other" if cause else "none"
            found[name][f"cause_{code}"] += n

    add("settled_late", f"dossier x WHERE {LATE_CLOSED} AND closed_at BETWEEN ? AND ?", asked.first, end)
    broken = "promise x JOIN dossier d ON d.dossier = x.dossier WHERE x.due_at < ? AND x.since <= ?"  # as it stood then
    add("still_late", f"{broken} AND x.until = ''", moment, end)
    add("still_late", f"{broken} AND x.until > ?", moment, end, end)
    columns = ("settled_late", "still_late", *_BY_CAUSE, "cause_none")
    return to_rows({name: {id: figures[id] for id in columns} for name, figures in found.items()})
