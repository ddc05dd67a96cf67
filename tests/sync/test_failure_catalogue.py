"""The table of faults stays true: every row has tests that exist, or says why it has none."""

from __future__ import annotations

import ast
import tomllib
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
ROWS = tomllib.loads((Path(__file__).parent / "failure_catalogue.toml").read_text("utf-8"))["row"]


@cache
def names(file: str) -> frozenset[str]:
    """The tests of a file."""
    tree = ast.parse((ROOT / file).read_text("utf-8"))
    return frozenset(node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef))


def test_every_fault_of_the_design_has_its_row() -> None:
    assert [row["n"] for row in ROWS] == list(range(1, 87))


@pytest.mark.parametrize("row", ROWS, ids=lambda row: str(row["n"]))
def test_a_row_names_tests_that_exist_or_a_reason(row: dict[str, object]) -> None:
    tests = row.get("tests", [])
    assert isinstance(tests, list)
    assert bool(tests) != bool(row.get("not_yet"))
    for test in tests:
        file, _, name = test.partition("::")
        assert name in names(file), test
