"""The measuring itself: a floor that is really the same work, and rows that say what they mean."""

from __future__ import annotations

import json

import pytest
from sqlcipher3 import dbapi2 as driver

from tests.bench.measure import Row, compare, count


def test_a_row_says_whether_the_budget_is_kept() -> None:
    kept, broken = Row("a", 1.5, 1.5, 3.0, 2.0, "ms"), count("b", 400, 401, "files")
    assert json.loads(kept.as_json()) | {"ok": True} == json.loads(kept.as_json())
    assert json.loads(broken.as_json())["ok"] is False
    assert str(broken).startswith("OVER")


def test_both_sides_run_in_turn_and_the_warm_rounds_are_not_measured() -> None:
    seen: list[str] = []
    row = compare("x", 9, lambda: seen.append("desk"), lambda: seen.append("floor"), rounds=3, warm=2)
    assert seen == ["desk", "floor"] * 5
    assert row.ratio == pytest.approx(row.desk / row.floor)


def test_a_statement_the_driver_tells_is_taken_apart_into_text_and_values() -> None:
    statements = pytest.importorskip("tests.bench.intake", reason="the store has not been merged yet")
    base = driver.connect(":memory:", isolation_level=None)
    base.execute("CREATE TABLE t1 (a, b, c, d)")
    heard: list[str] = []
    base.set_trace_callback(heard.append)
    values = (-7, "Lò Thị 'Ánh' 12", b"\x00\xff", None)
    base.execute("INSERT INTO t1 VALUES (?, ?, ?, ?)", values)
    base.set_trace_callback(None)
    sql, parts = statements._prepared(heard[-1])
    assert (sql, parts) == ("INSERT INTO t1 VALUES (?, ?, ?, NULL)", values[:3])
    base.execute(sql, parts)
    assert base.execute("SELECT DISTINCT a, b, c, d FROM t1").fetchall() == [values]
    base.close()
