"""Vietnam's time on any machine, and ids that keep their order."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk_app.system.clock import SystemClock, local, utc
from desk_app.system.ids import SystemIds


@given(st.datetimes(min_value=datetime(2000, 1, 1), max_value=datetime(2100, 1, 1)))
def test_wall_time_and_utc_are_seven_hours_apart_all_year(wall: datetime) -> None:
    moment = utc(wall)
    assert moment.tzinfo is UTC
    assert local(moment) == wall
    assert wall - moment.replace(tzinfo=None) == timedelta(hours=7)


def test_a_moment_without_offset_is_refused_and_so_is_a_wall_time_with_one() -> None:
    with pytest.raises(ValueError, match="offset"):
        local(datetime(2026, 11, 25))
    with pytest.raises(ValueError, match="offset"):
        utc(datetime(2026, 11, 25, tzinfo=UTC))


def test_the_zone_of_the_machine_changes_nothing() -> None:
    ask = (
        "from datetime import datetime, timezone, timedelta; from desk_app.system.clock import local;"
        "print(local(datetime(2026, 7, 1, 12, tzinfo=timezone.utc)))"
    )
    for zone in ("America/New_York", "Asia/Ho_Chi_Minh", "UTC"):
        said = subprocess.run(
            [sys.executable, "-c", ask], env={**os.environ, "TZ": zone}, capture_output=True, text=True
        )
        assert said.stdout.strip() == "2026-07-01 19:00:00"


def test_the_clock_is_aware_and_in_utc() -> None:
    assert SystemClock().now_utc().utcoffset() == timedelta(0)
    assert SystemClock().now_local().tzinfo is None


def test_ids_rise_are_never_twice_and_say_version_seven() -> None:
    ids = SystemIds()
    made = [ids.uuid7() for _ in range(20_000)]
    assert made == sorted(set(made))
    assert {(one[14], one[19] in "89ab", len(one)) for one in made} == {("7", True, 36)}
    assert len(ids.random_bytes(16)) == 16
    assert ids.random_bytes(16) != ids.random_bytes(16)


def test_ids_rise_also_when_the_clock_jumps_back(monkeypatch: pytest.MonkeyPatch) -> None:
    ids = SystemIds()
    first = ids.uuid7()
    monkeypatch.setattr("time.time_ns", lambda: 0)
    assert ids.uuid7() > first
