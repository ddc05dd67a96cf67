"""The server as a whole: commands, orderly stop, health, load, PostgreSQL in trouble."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import subprocess
import sys
import threading
from pathlib import Path

import psutil
import psycopg
import pytest
import requests

from sync.centre.centre import Answer, Asked, Centre
from sync.centre.database import NewerDatabase, migrate
from sync.centre.identity import CentreKey, WrongKey, claim_database, load_key
from sync.centre.log import Log
from sync.centre.routes import AT_ONCE, IN_QUEUE, _Turn
from sync.desk.push import Pushed
from sync.desk.trouble import Trouble
from sync.protocol.sign import public_key
from tests.sync.desk import Desk, enrol_desk
from tests.sync.ports import free_port
from tests.sync.server import CentreProcess


def command(centre: CentreProcess, *words: str) -> tuple[int, str, str]:
    """``desk-centre`` beside the running server."""
    done = subprocess.run(
        [sys.executable, "-m", "sync.centre.main", *words, "--data", str(centre.data)],
        capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
    return done.returncode, done.stdout, done.stderr


def test_the_commands_add_an_office_give_a_code_and_count(centre: CentreProcess, tmp_path: Path) -> None:
    profile = tmp_path / "unit.json"
    profile.write_text(json.dumps({"code": "55001", "name": "xã Thử"}), "utf-8")
    assert command(centre, "units", "add", str(profile))[:2] == (0, "55001\n")
    code, out, _ = command(centre, "enrol-code", "--unit", "55001", "--station-no", "1")
    assert code == 0
    desk = enrol_desk(centre.url, out.splitlines()[-1])
    desk.work(20)
    desk.push()
    n = len(desk.book.records)
    assert json.loads(command(centre, "count", "--unit", "55001")[1]) == {"count": n, "distinct": n}
    assert command(centre, "revoke", "--unit", "55001", "--station", desk.who.station)[0] == 0
    pushed = desk.push(after=0)
    assert isinstance(pushed, Pushed) and pushed.ack.res.skipped == n


def test_a_wrong_command_says_why_in_one_line(centre: CentreProcess) -> None:
    code, out, err = command(centre, "enrol-code", "--unit", "no-such", "--station-no", "1")
    assert (code, out) == (2, "")
    assert err.count("\n") == 1 and "no-such" in err


def test_a_trial_centre_is_ready_with_one_command(centre_folder: Path) -> None:
    port = free_port()
    words = ["trial", "--data", str(centre_folder / "centre"), "--port", str(port)]
    with (centre_folder / "log").open("w") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "sync.centre.main", *words], stdout=subprocess.PIPE, stderr=log, text=True
        )
    assert process.stdout is not None
    given = json.loads(process.stdout.readline())
    assert process.stdout.readline().startswith("desk-centre http")
    desk = enrol_desk(given["url"], given["code"])
    desk.work(30)
    assert desk.runner().run_once().state == "ok"
    assert requests.get(given["url"] + "/readyz", timeout=5).status_code == 200
    process.send_signal(signal.SIGTERM)
    assert process.wait(20) == 0
    process.stdout.close()
    events = [json.loads(line)["event"] for line in (centre_folder / "log").read_text().splitlines()]
    assert events[-1] == "stopped"


def test_the_page_shows_offices_counters_and_numbers(centre: CentreProcess, desk: Desk) -> None:
    desk.work(30)
    desk.push()
    page = centre.visitor().get("/xem/may")
    assert "Máy chủ cấp trên" in page.text and f"({desk.who.unit})" in page.text and "Quầy 1" in page.text


def test_health_readiness_and_figures(centre: CentreProcess, desk: Desk) -> None:
    desk.work(10)
    desk.push()
    assert requests.get(centre.url + "/healthz", timeout=5).text == "ok\n"
    assert requests.get(centre.url + "/readyz", timeout=5).text == "ready\n"
    figures = requests.get(centre.url + "/metrics", timeout=5).text
    for name in ("records_total", "quarantine", "open_incidents", "desks_silent", "receipt_gaps", "batch_milliseconds"):
        assert f"desk_centre_{name}" in figures


def test_pushing_goes_on_when_connections_to_postgresql_die(centre: CentreProcess, desk: Desk) -> None:
    desk.work(60)
    for after in range(3):
        postmaster = psutil.Process(centre.postgresql._server.get_pid())
        backends = [p for p in postmaster.children() if "postgres: postgres" in " ".join(p.cmdline())]
        for backend in backends[:1]:
            os.kill(backend.pid, signal.SIGKILL)  # PostgreSQL restarts all its processes
        for _ in range(40):
            result = desk.push(after=0)
            if isinstance(result, Pushed):
                break
            assert isinstance(result, Trouble) and result.code in ("DB-10", "DB-01"), (after, result)
            threading.Event().wait(0.1)
        assert isinstance(result, Pushed)
    assert len(centre.hashes(desk.who.unit)) == len(desk.book.records)


def test_two_pushes_of_one_line_at_the_same_time_store_it_once(centre: CentreProcess, desk: Desk) -> None:
    desk.work(300)
    results: list[object] = []
    threads = [threading.Thread(target=lambda: results.append(desk.push(after=0))) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert all(isinstance(r, Pushed) for r in results), results
    assert sum(r.ack.res.accepted for r in results if isinstance(r, Pushed)) == len(desk.book.records)
    assert centre.hashes(desk.who.unit) == [r.h for r in desk.book.records]


def test_beyond_the_queue_a_desk_is_sent_away_with_a_pause() -> None:
    release = threading.Event()

    def slow(asked: Asked) -> Answer:
        release.wait(20)
        return Answer(200, b"")

    async def crowd(turn: _Turn) -> list[Answer]:
        jobs = [asyncio.create_task(turn.run(slow, Asked(b""))) for _ in range(AT_ONCE + IN_QUEUE + 5)]
        await asyncio.sleep(0.2)
        release.set()
        return list(await asyncio.gather(*jobs))

    answers = asyncio.run(crowd(_Turn(_centre_without_database())))
    busy = [a for a in answers if a.status == 429]
    assert len(busy) == 5
    assert all(5 <= a.retry_after <= 60 for a in busy)


def _centre_without_database() -> Centre:
    seed = bytes(32)
    return Centre(None, CentreKey(seed, public_key(seed)), 1, Log())  # type: ignore[arg-type]


def test_a_database_of_a_newer_program_is_left_alone(centre: CentreProcess) -> None:
    with psycopg.connect(centre.postgresql.url, autocommit=True) as db:
        db.execute("CREATE DATABASE newer")
    url = centre.postgresql.url.replace("/postgres?", "/newer?")
    with psycopg.connect(url) as db:
        migrate(db)
        db.execute("INSERT INTO migration (version) VALUES (9999)")
        db.commit()
        with pytest.raises(NewerDatabase):
            migrate(db)


def test_a_database_of_another_centre_is_refused(centre: CentreProcess, tmp_path: Path) -> None:
    with psycopg.connect(centre.postgresql.url) as db, pytest.raises(WrongKey):
        claim_database(db, load_key(tmp_path))


def test_every_key_starts_with_the_office(centre: CentreProcess) -> None:
    """So that the tables can be spread over machines by office (Citus and its like)."""
    rows = centre.rows(
        "SELECT c.conrelid::regclass::text, a.attname FROM pg_constraint c"
        " JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = c.conkey[1]"
        " WHERE c.contype IN ('p', 'u') AND c.connamespace = 'public'::regnamespace"
    )
    tables = {table: column for table, column in rows if not table.startswith("record_")}
    assert {table for table, column in tables.items() if column != "unit"} == {"centre", "migration"}
    assert centre.rows("SELECT 1 FROM pg_constraint WHERE contype = 'f'") == []
    assert centre.rows("SELECT 1 FROM pg_sequences") == []
