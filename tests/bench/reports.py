"""Reports over a million dossiers: built straight into the read tables, counted as the screen counts them.

Beside them stand a hundredth as many feedbacks and a fifth as many surveys. ``python -m tests.bench.reports [dossiers]``
prints milliseconds (the full scan of a rebuild, every report of a year by every group, a list behind a figure, one
intake with and without the summaries' triggers) and ends with an error when a report takes more than two seconds.
"""

from __future__ import annotations

import json
import random
import sys
import tempfile
import time
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from desk_app.domain.period import Span, period_of
from desk_app.storage.reports import summary
from desk_app.storage.reports.behind import behind
from desk_app.storage.reports.catalogue import REPORTS
from desk_app.storage.reports.work import Asked
from desk_app.storage.store import Store
from desk_app.storage.tables import dossier, feedback, insert_text, survey_answer
from tests.storage.builders import FakeClock, a_store, open_line, receive

NOW = datetime(2026, 11, 25, 15, 40)
MOST_MS = 2_000
CAUSED = ("", "", "verification", "volume", "absence")
PROCEDURES = [f"linh_vuc{n % 14}.thu_tuc{n}" for n in range(150)]


def rows(count: int, chance: random.Random) -> Any:
    """Dossiers over five years; the last weeks are still open."""
    names = [column.name for column in dossier.columns]
    empty = {c.name: 0 if str(c.type) == "INTEGER" else "" for c in dossier.columns}
    first = date(2022, 1, 3)
    for n in range(1, count + 1):
        day = first + timedelta(days=n * 1780 // count)
        due = day + timedelta(days=chance.choice((0, 3, 5, 10, 15)))
        closed = day + timedelta(days=chance.choice((0, 2, 3, 5, 9, 16)))
        is_open = closed > NOW.date()
        end = "" if is_open else f"{closed}T10:00:00"
        yield tuple((empty | {
            "n": n, "dossier": f"d{n}", "code": f"H57.12.34-{day:%y%m%d}-{n % 9999:04}", "slip_code": f"{n:020}",
            "procedure": chance.choice(PROCEDURES), "received_at": f"{day}T09:00:00", "due_at": f"{due}T16:30:00",
            "due_key": f"{due}T16:30:00", "settled_at": end, "closed_at": end, "state": 2 if is_open else 10,
            "cause": chance.choice(CAUSED),
            "officer": chance.choice(("hanh", "dung", "lan")), "channel": chance.choice((1, 1, 2)), "fee_vnd": 0,
        })[name] for name in names)  # fmt: skip


def voices(cursor: Any, count: int, chance: random.Random) -> None:
    """Feedback and surveys of the same five years."""
    first, names = date(2022, 1, 3), [column.name for column in feedback.columns]
    empty = {c.name: 0 if str(c.type) == "INTEGER" else "" for c in feedback.columns}
    for n in range(1, count // 100 + 1):
        day = first + timedelta(days=n * 178_000 // count)
        closed = day + timedelta(days=chance.choice((1, 5, 20, 25)))
        row = empty | {
            "n": n, "feedback": f"f{n}", "code": f"PAKN-{n}", "received_at": f"{day}T09:00:00", "channel": "direct",
            "answer_by": f"{day + timedelta(days=21)}", "class": chance.choice(("conduct", "regulation", "question")),
            "state": "answered" if closed <= NOW.date() else "answering", "procedure": chance.choice(PROCEDURES),
            "closed_at": f"{closed}T10:00:00" if closed <= NOW.date() else "",
        }  # fmt: skip
        cursor.execute(insert_text(feedback), tuple(row[name] for name in names))
    questions = [f"q{n}" for n in range(9)]
    for n in range(1, count // 5 + 1):
        day = first + timedelta(days=n * 8_900 // count)
        answers = json.dumps({q: chance.randint(1, 5) for q in questions} if n % 4 == 0 else {})
        values = (n, 0, day.isoformat(), "counter/1", chance.randint(1, 5), "ho_tich", "", 0, answers, "")
        cursor.execute(insert_text(survey_answer), values)


def build(store: Store, count: int) -> float:
    """Fill the table, then the summaries; seconds of the summaries' full scan."""
    cursor = store.cursor()
    cursor.execute("BEGIN IMMEDIATE")
    for (name,) in cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
        cursor.execute(f"DROP TRIGGER {name}")
    for table in ("work_day", "work_month", "levy_day", "series_day"):
        cursor.execute(f"DELETE FROM {table}")
    cursor.executemany(insert_text(dossier), rows(count, random.Random(1)))
    cursor.execute(  # each kept its first promise until it was settled
        "INSERT INTO promise (dossier, training, procedure, officer, channel, due_at, since, until) SELECT dossier, 0,"
        " procedure, officer, channel, due_at, received_at, closed_at FROM dossier ORDER BY n"
    )
    voices(cursor, count, random.Random(2))
    started = time.perf_counter()
    summary.fill(cursor)
    took = time.perf_counter() - started
    cursor.execute("COMMIT")
    return took


def measure(store: Store) -> float:
    """Print every report; answers the slowest one."""
    slowest = 0.0
    with store.read() as tx:
        print(f"{'summary rows':28}{tx.row('SELECT count(*) FROM work_day')[0]:>9}")
        for query in REPORTS.values():
            for group in query.report.groups:
                asked = Asked(period_of(Span.YEAR, NOW.date()), group, NOW)
                best = min(_ms(lambda q=query, a=asked: q.rows(tx, a)) for _ in range(3))
                slowest = max(slowest, best)
                print(f"{query.report.id + ' by ' + group.value:28}{best:>9.1f} ms")
        asked = Asked(period_of(Span.YEAR, NOW.date()), REPORTS["settlement"].report.groups[1], NOW)
        for column in ("late", "opening", "open_late", "direct"):
            best = min(_ms(lambda c=column: behind(tx, asked, c, None)) for _ in range(3))
            print(f"{'behind ' + column:28}{best:>9.1f} ms")
    return slowest


def _ms(job: Any) -> float:
    started = time.perf_counter()
    job()
    return (time.perf_counter() - started) * 1000


def intake(store: Store, clock: FakeClock, start: str) -> float:
    """Median milliseconds of forty intakes."""
    times = []
    for n in range(40):

        def job(n: int = n) -> float:
            def one() -> None:
                with store.write(f"{start}{n}", "hanh") as tx:
                    receive(tx, clock, f"{start}{n}")

            return _ms(one)

        times.append(store.call(job))
    return sorted(times)[20]


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
    clock = FakeClock()
    store = a_store(Path(tempfile.mkdtemp()), clock=clock)
    open_line(store)
    took = store.call(lambda: build(store, count))
    print(f"{'full scan into summaries':28}{took * 1000:>9.0f} ms")
    slowest = store.call(lambda: measure(store))
    print(f"{'slowest report':28}{slowest:>9.1f} ms, at most {MOST_MS}")
    with_triggers = intake(store, clock, "a")
    store.call(lambda: [store.cursor().execute(f"DROP TRIGGER {name}") for name in ("work_in", "promise_in")])
    print(f"{'intake, with · without':28}{with_triggers:>9.2f} · {intake(store, clock, 'b'):.2f} ms")
    store.close()
    if slowest > MOST_MS:
        sys.exit(f"a report took {slowest:.0f} ms")


if __name__ == "__main__":
    main()
