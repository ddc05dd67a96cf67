"""Finding in 1,000,000 dossiers, against the bare queries underneath; takes minutes to fill, so it is run by name only.

The rows are laid straight into the read tables (what is measured is reading); names, birthdays and cards are drawn from
a fixed sequence, a fiftieth is still open. Every statement that ran is explained: none may read a whole table.
"""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path
from statistics import median, quantiles
from typing import Any

from desk_app.services import dossiers as find_service
from desk_app.services import morning, today
from desk_app.storage.folds.context import Person
from desk_app.storage.folds.dossier import search_key
from desk_app.storage.queries import dossiers
from desk_app.storage.search_key import match
from desk_app.storage.tables import create_indexes, create_read_tables, dossier, insert_text
from tests.bench.counter import Counter
from tests.bench.measure import Row, count

N = 1_000_000
OPEN_SHARE = 50
ROUNDS = 120
FAMILY = "Nguyễn Trần Lê Phạm Huỳnh Hoàng Phan Vũ Võ Đặng Bùi Đỗ Hồ Ngô Dương Lý".split()
MIDDLE = "Văn Thị Hữu Đức Minh Ngọc Thanh Quang Xuân Kim Hoài Bảo Gia Thùy".split()
GIVEN = (
    "An Anh Bình Châu Chi Cường Dũng Dung Giang Hà Hạnh Hiếu Hòa Hùng Hương Khánh Lan Linh Loan Long Mai Nam Nga Ngân"
    " Nhung Phong Phúc Phương Quân Quyên Sơn Tâm Thảo Thắng Thu Thủy Tiến Trang Trung Tuấn Tùng Tuyết Uyên Vân Việt Yến"
).split()
TEXTS = (
    "do van dung",
    "nguyen thi",
    "tran minh an",
    "0912",
    "261109 0031",
    "le ngoc bao",
    "4321",
    "hoang kim th",
    "dung 1985",
)


def rows(folder: Path) -> Iterator[Row]:
    """Search, pages, the first screen, the morning list."""
    counter = Counter(folder)
    try:
        begun = time.perf_counter()
        counter.desk.store.call(lambda: _fill(counter))
        print(f"     {N:,} dossiers laid and indexed in {time.perf_counter() - begun:.0f} s")
        yield from _measured(counter)
    finally:
        counter.close()


def _measured(counter: Counter) -> Iterator[Row]:
    desk, now = counter.desk, counter.desk.now()
    texts = list(TEXTS)

    def on_store(job: Callable[[], object]) -> Callable[[], float]:
        def timed() -> float:
            begun = time.perf_counter()
            job()
            return (time.perf_counter() - begun) * 1000

        return lambda: desk.store.call(timed)

    times, bare, inside = [], [], []
    for _ in range(ROUNDS // len(texts)):
        for text in texts:  # one after the other: both see the same moment of a machine that does other things too
            times.append(on_store(lambda t=text: find_service.find(desk, t, "all", None))())
            bare.append(on_store(lambda t=text: _bare_search(desk, t))())
            inside.append(on_store(lambda t=text: find_service.find(desk, t, "open", None))())
    yield count("search p95", 50, quantiles(times, n=20)[-1], "ms")
    yield count("search p50 / bare FTS5", 2, median(times) / median(bare), "x")
    yield count("search p95 / bare FTS5", 3, quantiles(times, n=20)[-1] / quantiles(bare, n=20)[-1], "x")
    yield count("search in 'open' p95", 50, quantiles(inside, n=20)[-1], "ms")
    for name, text in (("procedure", "khuyet tat"), ("month", "tháng 3"), ("nobody", "khong co ai ca"), ("slip", "")):
        job = (lambda: _last_page(desk)) if name == "slip" else (lambda t=text: find_service.find(desk, t, "all", None))
        label = "page 1000 of the list" if name == "slip" else f"search by {name}"
        times = [on_store(job)() for _ in range(25)]
        yield count(f"{label} p95", 50, quantiles(times, n=20)[-1], "ms")
    for name, job in (("first screen", lambda: today.gather(desk)), ("morning list", lambda: morning.gather(desk))):
        yield count(f"{name} p95", 200, quantiles([on_store(job)() for _ in range(25)], n=20)[-1], "ms")
    yield count("whole tables read", 0, desk.store.call(lambda: _scans(desk, now)), "plans")


def _bare_search(desk: Any, text: str) -> None:
    """What FTS5 alone needs for the same words: row numbers, newest first."""
    with desk.store.read() as tx:
        sql = "SELECT rowid FROM dossier_search WHERE dossier_search MATCH ? ORDER BY rowid DESC LIMIT 51"
        found = [row[0] for row in tx.rows(sql, (match(text),))]
        for n in found:
            tx.row("SELECT n, dossier, code, name, state, due_at FROM dossier WHERE n = ?", (n,))


def _last_page(desk: Any) -> None:
    with desk.store.read() as tx:
        dossiers.find(tx, "", filter="all", now=desk.now(), after=("", N - 50_000), limit=51)


def _scans(desk: Any, now: datetime) -> int:
    """How many statements of all the lists read a whole table."""
    seen: list[tuple[str, Any]] = []
    with desk.store.read() as tx:
        rows = tx.rows
        tx.rows = lambda sql, values=(): (seen.append((sql, values)), rows(sql, values))[1]
        for filter in dossiers.FILTERS:
            for text in ("", "do dung"):
                dossiers.find(tx, text, filter=filter, now=now)
            dossiers.of_procedures(tx, ("bao_tro.doi_giay_khuyet_tat",), filter=filter, now=now)
        plans = [" ".join(str(r[-1]) for r in rows(f"EXPLAIN QUERY PLAN {sql}", v)) for sql, v in seen]
    return sum("SCAN dossier" in plan and "VIRTUAL" not in plan for plan in plans)


def _fill(counter: Counter) -> None:
    """A million rows and their indexes, in one transaction."""
    dice, store = random.Random(26), counter.desk.store
    profile = store.cursor().execute("SELECT * FROM unit_profile").fetchall()
    cursor = store.cursor()
    cursor.execute("BEGIN IMMEDIATE")
    create_read_tables(cursor)
    cursor.executemany("INSERT INTO unit_profile VALUES (?, ?, ?)", profile)
    names = [column.name for column in dossier.columns]
    text = insert_text(dossier)
    end = counter.desk.now()
    procedures = list(counter.desk.catalogue.procedures)
    for start in range(0, N, 20_000):
        batch = [_row(dice, names, number, end, procedures) for number in range(start, start + 20_000)]
        cursor.executemany(text, batch)
    create_indexes(cursor)
    cursor.execute("ANALYZE")
    cursor.execute("COMMIT")


def _row(dice: random.Random, names: list[str], number: int, end: datetime, procedures: list[str]) -> tuple[Any, ...]:
    name = " ".join((dice.choice(FAMILY), *dice.sample(MIDDLE, dice.randint(1, 2)), dice.choice(GIVEN)))
    person = Person(name, dice.randint(1940, 2008), f"09{dice.randrange(10**8):08}", f"0{dice.randrange(10**11):011}")
    received = end - timedelta(minutes=(N - number) * 2)
    is_open = number % OPEN_SHARE == 0 and number > N // 2
    state = dice.choice((2, 4, 4, 5)) if is_open else 9 if number % 400 == 0 else 10
    due = (
        received + timedelta(days=dice.randint(1, 20)) if not is_open else end + timedelta(hours=dice.randint(-90, 900))
    )
    code = f"H99.12-{received:%y%m%d}-{number % 10_000:04}"
    at, due_at = received.isoformat(timespec="seconds"), due.isoformat(timespec="seconds")
    values: dict[str, Any] = dict.fromkeys(names, "")
    values |= {
        "n": number + 1, "dossier": f"d{number}", "line": 1, "training": 1, "code": code, "last4": code[-4:],
        "slip_code": f"1{number:019}", "number": number, "entry_no": number, "answers": "{}", "marks": "[]",
        "procedure": procedures[min(int(dice.expovariate(0.1)), len(procedures) - 1)], "name": name,
        "search_key": search_key(code, person), "birth_year": person.birth_year, "phone": person.phone,
        "id_number": person.id_number, "state": state, "received_at": at, "due_at": due_at, "due_key": due_at,
        "term_value": 5, "settled_at": at if state > 8 else "", "returned_at": at if state == 10 else "",
        "certification_no": 0, "fee_vnd": 0, "paid_vnd": 0, "sets": 1, "channel": 1, "done_at_once": 0,
        "supplements": 0, "apologies": 0,
    }  # fmt: skip
    return tuple(values[name] for name in names)
