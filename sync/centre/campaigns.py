"""Survey campaigns: a form, days and a target for some offices; what was answered comes up with the ordinary records.

An answer names its form, and every campaign has a form of its own, so results need no mark on an answer. Fewer than five
answers of an office are never shown as a result.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from sync.centre.database import Db
from sync.centre.feed import tell
from sync.centre.grants import new_uuid
from sync.protocol.feed import CAMPAIGN

LEAST = 5
SATISFIED = (4, 5)
_FORMS = Path(__file__).parents[2] / "resources" / "forms" / "survey.json"
MOST_QUESTIONS = 20
_PROMISE = "Phiếu này không ghi tên. Ý kiến của Ông/Bà không ảnh hưởng đến việc giải quyết hồ sơ."


@dataclass(frozen=True, slots=True)
class Wanted:
    """A campaign to begin. ``questions``: further ones, each answered on the scale of five; ``units``: its offices."""

    title: str
    first: date
    last: date
    target: int
    questions: tuple[str, ...]
    units: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Result:
    """One office in a campaign: answers that came up, those with an overall score, those that are satisfied."""

    unit: str
    name: str
    target: int
    answers: int
    scored: int
    satisfied: int

    @property
    def may_show(self) -> bool:
        """Whether there are enough to show a share of them."""
        return self.scored >= LEAST


@dataclass(frozen=True, slots=True)
class Running:
    """A campaign as a whole; ``results`` by office."""

    id: UUID
    title: str
    first: date
    last: date
    ended_at: datetime | None
    form: Mapping[str, Any]
    results: tuple[Result, ...]


def form_for(campaign: UUID, questions: Sequence[str]) -> dict[str, Any]:
    """The counter's form with the campaign's own questions before the last ones, under an id of its own."""
    usual = max(json.loads(_FORMS.read_text("utf-8"))["forms"], key=lambda form: str(form["id"]))
    own = [{"id": f"own{n}", "text": words, "kind": "grade"} for n, words in enumerate(questions, 1)]
    graded = [q for q in usual["questions"] if q["kind"] != "text"]
    said = [q for q in usual["questions"] if q["kind"] == "text"]
    return {
        "id": f"campaign-{campaign.hex[:12]}/1", "title": usual["title"], "promise": _PROMISE,
        "questions": [*graded, *own, *said],
    }  # fmt: skip


def begin(db: Db, wanted: Wanted, account: str, at: datetime) -> UUID:
    """Tell every office of the campaign; answers its id. Raises ValueError (in Vietnamese) for one that makes no sense."""
    if not wanted.title.strip() or not wanted.units:
        raise ValueError("Thiếu tên đợt khảo sát hoặc chưa chọn xã nào.")
    if wanted.last < wanted.first or (wanted.last - wanted.first).days > 366:
        raise ValueError("Ngày kết thúc phải sau ngày bắt đầu, trong vòng một năm.")
    if not LEAST <= wanted.target <= 100_000:
        raise ValueError(f"Số phiếu mỗi xã từ {LEAST} đến 100.000.")
    if len(wanted.questions) > MOST_QUESTIONS:
        raise ValueError(f"Tối đa {MOST_QUESTIONS} câu hỏi thêm.")
    campaign = new_uuid()
    form = json.dumps(form_for(campaign, wanted.questions), ensure_ascii=False)
    for unit in wanted.units:
        db.execute(
            "INSERT INTO campaign (unit, campaign, title, form, first, last, target, account, at)"
            " VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s)",
            (unit, campaign, wanted.title, form, wanted.first, wanted.last, wanted.target, account, at),
        )
        _tell(db, unit, campaign, at)
    return campaign


def end(db: Db, campaign: UUID, unit: str, at: datetime) -> bool:
    """End it early, at one office or ("") everywhere; False when it had ended."""
    rows = db.execute(
        "UPDATE campaign SET ended_at = %s WHERE campaign = %s AND ended_at IS NULL AND (%s = '' OR unit = %s)"
        " RETURNING unit",
        (at, campaign, unit, unit),
    ).fetchall()
    for (one,) in rows:
        _tell(db, one, campaign, at)
    return bool(rows)


def _tell(db: Db, unit: str, campaign: UUID, at: datetime) -> None:
    row = db.execute(
        "SELECT title, form, first, last, target, ended_at FROM campaign WHERE unit = %s AND campaign = %s",
        (unit, campaign),
    ).fetchone()
    assert row is not None
    title, form, first, last, target, ended = row
    body = {
        "id": str(campaign), "title": title, "form": form, "first": first.isoformat(), "last": last.isoformat(),
        "target": target, "ended": ended is not None,
    }  # fmt: skip
    tell(db, unit, CAMPAIGN, body, at)


_RESULTS = """
SELECT c.campaign, c.title, c.first, c.last, c.ended_at, c.form, c.unit, u.profile->>'name', c.target,
  count(a.seq), count(*) FILTER (WHERE a.score > 0), count(*) FILTER (WHERE a.score IN (4, 5))
FROM campaign c JOIN unit u ON u.unit = c.unit
LEFT JOIN survey_answer a ON a.unit = c.unit AND a.form = c.form->>'id' AND a.day BETWEEN c.first AND c.last
WHERE %s = '' OR c.unit = %s
GROUP BY c.campaign, c.title, c.first, c.last, c.ended_at, c.form, c.unit, u.profile, c.target, c.at
ORDER BY c.at DESC, c.campaign, 8, c.unit LIMIT 2000
"""


def running(db: Db, unit: str = "") -> list[Running]:
    """Every campaign, the newest first, with what came up so far."""
    found: dict[UUID, Running] = {}
    for campaign, title, first, last, ended, form, *rest in db.execute(_RESULTS, (unit, unit)).fetchall():
        one = found.get(campaign) or Running(campaign, title, first, last, ended, form, ())
        results = (*one.results, Result(*rest))
        found[campaign] = Running(campaign, title, first, last, one.ended_at or ended, form, results)
    return list(found.values())


def means(db: Db, campaign: UUID, unit: str = "") -> list[tuple[str, int, int]]:
    """Each graded question: words, answers, sum of grades; over all offices one may see. Under ``LEAST``: left out."""
    row = db.execute("SELECT form, first, last FROM campaign WHERE campaign = %s LIMIT 1", (campaign,)).fetchone()
    if row is None:
        return []
    form, first, last = row
    rows = db.execute(
        "SELECT e.key, count(*), sum((e.value #>> '{}')::int) FROM survey_answer a, jsonb_each(a.answers) e"
        " WHERE a.form = %s AND a.day BETWEEN %s AND %s AND (%s = '' OR a.unit = %s)"
        " AND jsonb_typeof(e.value) = 'number' GROUP BY 1",
        (form["id"], first, last, unit, unit),
    ).fetchall()
    by_key = {key: (int(n), int(total)) for key, n, total in rows}
    graded = [q for q in form["questions"] if q["kind"] == "grade"]
    return [(q["text"], *by_key[q["id"]]) for q in graded if by_key.get(q["id"], (0, 0))[0] >= LEAST]
