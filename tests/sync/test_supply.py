"""Numbers and spare lines come by themselves: nobody at a counter runs out in the middle of a day."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import psycopg

from sync.centre.clock import system_clock
from sync.centre.grants import local_year
from sync.centre.supply import FEW, top_up
from sync.centre.supply import receipts_left as receipts_of
from sync.desk.push import Pushed
from tests.sync.desk import Desk
from tests.sync.server import CentreProcess
from tests.sync.test_real_journal import RealDesk
from tests.ui.test_stopped import read_feed

YEAR = local_year(system_clock())  # the centre of the tests goes by the real clock
NOW, NEXT = f"{YEAR % 100:02d}TAA", f"{(YEAR + 1) % 100:02d}TAA"


def receipts_left(centre: CentreProcess, unit: str, last: int) -> None:
    """Make the receipt grant of the office end at ``last``."""
    centre.rows("UPDATE grant_ SET last = %s WHERE unit = %s AND series_kind = 'receipt' AND first = 1", last, unit)


def test_few_receipt_numbers_bring_a_further_block_once(centre: CentreProcess, desk: Desk) -> None:
    unit = desk.who.unit
    receipts_left(centre, unit, FEW - 1)
    desk.work(40)
    assert isinstance(desk.push(), Pushed)
    blocks = centre.rows(
        "SELECT first, last FROM grant_ WHERE unit = %s AND line = %s AND series_kind = 'receipt' ORDER BY first",
        unit, desk.line,
    )  # fmt: skip
    assert len(blocks) == 2 and blocks[1][1] - blocks[1][0] == 9_999
    others = centre.rows("SELECT first, last FROM grant_ WHERE unit = %s AND series_kind = 'receipt'", unit)
    assert all(a == b or a[1] < b[0] or b[1] < a[0] for a in others for b in others)
    desk.push(after=0)
    desk.work(80)
    assert isinstance(desk.push(), Pushed)
    told = centre.rows("SELECT target FROM outfeed WHERE unit = %s AND kind = 'grants'", unit)
    assert [str(t) for (t,) in told] == [desk.who.station]


def test_a_line_with_many_numbers_is_given_none(centre: CentreProcess, desk: Desk) -> None:
    desk.work(60)
    desk.push()
    count = "SELECT count(*) FROM grant_ WHERE unit = %s AND line = %s AND symbol = %s"
    assert centre.rows(count, desk.who.unit, desk.line, NOW) == [(1,)]


def test_december_brings_the_series_of_the_next_year_once(centre: CentreProcess, desk: Desk) -> None:
    desk.work(30)
    desk.push()
    key = (desk.who.unit, desk.who.station, desk.line)
    december, january = datetime(YEAR, 12, 1, 2, tzinfo=UTC), datetime(YEAR, 12, 31, 18, tzinfo=UTC)
    with psycopg.connect(centre.postgresql.url) as db:
        assert receipts_of(db, key, YEAR + 1) is None
        given = top_up(db, key, december)
        assert given is not None
        assert (given.symbol, given.first) == (NEXT, 1)
        assert top_up(db, key, december) is None
        assert top_up(db, key, january) is None  # it is the new year in Vietnam, and its numbers are there
        db.rollback()
        late = top_up(db, key, january)
        assert late is not None
        assert late.symbol == NEXT
        db.rollback()


def test_the_granted_block_is_used_by_the_desk_after_its_feed(centre: CentreProcess, tmp_path: Path) -> None:
    import subprocess
    import sys

    real = RealDesk(tmp_path, centre.url, centre.code(centre.new_unit()))
    try:
        assert real.run() == "ok"
        line = next(x.line for x in real.outbox.lines() if x.current)
        done = subprocess.run(
            [sys.executable, "-m", "sync.centre.main", "grant", "--data", str(centre.data), "--unit",
             real.enrolment.unit, "--line", str(line)],
            capture_output=True, text=True, timeout=60,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
        read_feed(real)

        def grants() -> int:
            with real.store.read() as tx:
                row = tx.row("SELECT count(*) FROM grant_ WHERE line = ? AND series_kind = 'receipt'", (line,))
                return int(row[0]) if row else 0

        assert real.store.call(grants) == 2
    finally:
        real.station.close()
