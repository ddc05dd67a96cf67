"""Forty desks of eight offices send their day at once: everything is there, once, and nobody is turned away for good."""

from __future__ import annotations

from tests.sync.evening import enrolled, play
from tests.sync.server import running_centre


def test_forty_desks_send_their_day_at_once() -> None:
    with running_centre() as process:
        desks = enrolled(process, 40, 60)
        done = play(process, desks)
        held = {h for (h,) in process.rows("SELECT encode(h, 'hex') FROM record")}
        assert done.whole and held == {r.h for desk in desks for r in desk.book.records}
        assert done.memory_mb <= 150
        for desk in desks:
            others = {line for other in desks if other.who.unit == desk.who.unit for line in other._lines}
            assert set(desk.news.lines) <= others - set(desk._lines)
