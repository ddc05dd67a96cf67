"""What citizens said, as sums: there is nothing to drill down to."""

from __future__ import annotations

from dataclasses import dataclass

from desk_app.storage.transaction import ReadTx


@dataclass(frozen=True, slots=True)
class Satisfaction:
    """Answers with an overall score between two days, and how many of them are 4 or 5."""

    n: int
    satisfied: int
    scores: tuple[int, int, int, int, int]


def satisfaction(tx: ReadTx, first: str, last: str, *, field: str = "") -> Satisfaction:
    """Of all answers, or of those whose whole group shared ``field``."""
    where, parameters = ("AND field = ?", (field,)) if field else ("", ())
    rows = dict(
        tx.rows(
            "SELECT score, count(*) FROM survey_answer WHERE training = ? AND day BETWEEN ? AND ? AND score > 0"
            f" {where} GROUP BY score",
            (tx.training, first, last, *parameters),
        )
    )
    scores = tuple(int(rows.get(score, 0)) for score in range(1, 6))
    return Satisfaction(sum(scores), scores[3] + scores[4], scores)  # type: ignore[arg-type]
