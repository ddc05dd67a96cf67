"""Mức độ hài lòng: answers by face, and their rate (law-and-forms §10.1). Nothing stands behind a figure: it is anonymous.

Never by officer and never by dossier: an answer knows neither. A rate over fewer than five answers is not shown.
"""

from __future__ import annotations

from desk_app.domain.report import Column, Group, Kind, Rate, Report, Row, plus
from desk_app.domain.survey import GROUP
from desk_app.storage.reports.work import Asked, to_rows
from desk_app.storage.transaction import ReadTx

_SCORES = ("Rất không hài lòng", "Không hài lòng", "Bình thường", "Hài lòng", "Rất hài lòng")

REPORT = Report(
    "satisfaction",
    "Mức độ hài lòng",
    (Group.SERVED, Group.QUESTION, Group.TIME),
    (
        Column("answers", "Lượt chấm điểm", formula=plus("score1", "score2", "score3", "score4", "score5")),
        *(Column(f"score{n}", words, rule=f"Chọn mức {n} trên 5") for n, words in enumerate(_SCORES, 1)),
        Column(
            "dissatisfied", "Không hài lòng, rất không hài lòng", formula=plus("score1", "score2"), hidden=True,
        ),
        Column("satisfied", "Hài lòng và rất hài lòng", brief="Hài lòng trở lên", formula=plus("score4", "score5")),
        Column(
            "satisfied_rate", "Tỷ lệ hài lòng", Kind.PERCENT,
            formula=Rate(("score4", "score5"), ("score1", "score2", "score3", "score4", "score5"), least=GROUP),
            spoken="hài lòng và rất hài lòng chia cho lượt chấm điểm, từ 5 lượt",
        ),
    ),
    chart=("satisfied", "score3", "dissatisfied"),
    icon="smile",
    public=("answers", "satisfied", "dissatisfied", "satisfied_rate"),
    unit="Số lượt chấm điểm",
)  # fmt: skip


def rows(tx: ReadTx, asked: Asked) -> tuple[Row, ...]:
    """By field (where a group shared it), by graded question (``form|question``), or by step of time."""
    figures = ", ".join(f"sum(score = {n})" for n in range(1, 6))
    values = (tx.training, asked.first, asked.last)
    if asked.group is Group.QUESTION:
        source = (
            "SELECT a.form || '|' || e.key AS key, e.value AS score FROM survey_answer a, json_each(a.answers) e"
            " WHERE a.training = ? AND a.day BETWEEN ? AND ? AND e.type = 'integer' AND e.value BETWEEN 1 AND 5"
        )
    else:
        key = asked.time_key if asked.group is Group.TIME else "field"
        source = (
            f"SELECT {key} AS key, score FROM survey_answer WHERE training = ? AND day BETWEEN ? AND ? AND score > 0"
        )
    found = tx.rows(f"SELECT key, {figures} FROM ({source}) GROUP BY 1", values)
    return to_rows({row[0]: {f"score{n}": int(row[n]) for n in range(1, 6)} for row in found})
