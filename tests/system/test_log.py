"""The log holds numbers, enums and ids, and never a person."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from enum import Enum
from pathlib import Path
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from desk_app.system.ids import SystemIds
from desk_app.system.log import WITHHELD, Event, Level, Log, _safe

CANARY = ("Nguyễn Thị Canary", "001099012345", "0912345678", "canary@xa.vn", "CANARY", "Canary-1")


@contextmanager
def _log(folder: Path) -> Iterator[Log]:
    log = Log(folder, lambda: datetime(2026, 11, 25, tzinfo=UTC))
    yield log
    log.close()


def _lines(folder: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (folder / "desk.jsonl").read_text(encoding="utf-8").splitlines()]


def test_a_line_has_time_event_level_and_the_ids(tmp_path: Path) -> None:
    dossier = SystemIds().uuid7()
    with _log(tmp_path / "logs") as log:
        log.event(Event.USE_CASE, dossier=dossier, ms=41, code="TN-06", sealed=True, hash="ab" * 32)
        log.event(Event.INCIDENT, Level.ERROR, seq=7)
    first, second = _lines(tmp_path / "logs")
    assert first["at"] == "2026-11-25T00:00:00.000+00:00"
    assert (first["event"], first["dossier"], first["ms"], first["code"]) == ("use_case", dossier, 41, "TN-06")
    assert (first["sealed"], first["hash"], second["level"]) == (True, "ab" * 32, "ERROR")


def test_no_name_number_or_free_text_gets_in(tmp_path: Path) -> None:
    class Kind(Enum):
        PERSON = "Nguyễn Thị Canary"

    with _log(tmp_path) as log:
        for canary in CANARY:
            log.event(Event.FAILED, what=canary, card=1099012345, phone=912345678, kind=Kind.PERSON)
    text = (tmp_path / "desk.jsonl").read_text(encoding="utf-8")
    assert "anary" not in text
    assert "1099012345" not in text
    assert "912345678" not in text
    assert _lines(tmp_path)[0]["what"] == WITHHELD


def test_a_bug_is_logged_by_type_and_place_only(tmp_path: Path) -> None:
    def fails(name: str) -> None:
        raise ValueError(f"no such person {name}")

    try:
        try:
            fails(CANARY[0])
        except ValueError as cause:
            raise RuntimeError(CANARY[1]) from cause
    except RuntimeError as bug:
        with _log(tmp_path) as log:
            log.bug(bug)
    (line,) = _lines(tmp_path)
    assert [kind for kind, _ in line["frames"]] == ["RuntimeError", "ValueError"]
    assert "test_log.py" in line["frames"][1][1][-1]
    assert CANARY[0] not in str(line)
    assert CANARY[1] not in str(line)


@given(st.one_of(st.text(), st.integers(), st.from_regex(r"\d{9,12}", fullmatch=True)))
def test_whatever_is_given_only_small_numbers_and_ids_come_out(value: str | int) -> None:
    shown = _safe(value)
    assert shown == WITHHELD or (isinstance(shown, int) and abs(shown) < 10**8) or len(str(shown)) in (5, 32, 36, 64)


def test_the_log_stays_within_ten_megabytes_and_a_missing_place_does_not_matter(tmp_path: Path) -> None:
    with _log(tmp_path / "l") as log:
        for number in range(30_000):
            log.event(Event.USE_CASE, seq=number, **{f"hash{place}": "ab" * 32 for place in range(6)})
    assert sum(file.stat().st_size for file in (tmp_path / "l").iterdir()) < 10 * 1024 * 1024
    (tmp_path / "tệp").write_text("")
    with _log(tmp_path / "tệp") as nowhere:
        nowhere.event(Event.STARTED)
