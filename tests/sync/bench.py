"""``python -m tests.sync.bench``: one desk's first push of 10,000 records against a bare endpoint that checks nothing.

Prints one JSON object a line: name, ratio, limit, ok and the figures behind it. Both sides run in the same rounds, each
with a server process of its own on the same PostgreSQL; the bare side is Requests, zstd, COPY and ON CONFLICT.
"""

from __future__ import annotations

import asyncio
import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

import psycopg
import requests
import zstandard

from sync.desk.push import BatchSize, Pusher
from sync.desk.trouble import Trouble
from tests.sync.desk import Desk, enrol_desk
from tests.sync.ports import free_port
from tests.sync.server import CentreProcess

RECORDS = 10_000
BATCH = 500
ROUNDS = 3


def bare_server(url: str, port: int) -> None:
    """JSON lines in zstd → temp table → record table; nothing is verified."""
    from granian.constants import HTTPModes, Interfaces
    from granian.server.embed import Server
    from psycopg_pool import ConnectionPool
    from starlette.applications import Starlette
    from starlette.requests import Request
    from starlette.responses import JSONResponse, Response
    from starlette.routing import Route

    pool = ConnectionPool(url, min_size=1, max_size=4, open=True)
    with pool.connection() as db:
        db.execute(
            "CREATE TABLE IF NOT EXISTS bare (unit text, station text, line bigint, seq bigint, raw bytea,"
            " PRIMARY KEY (unit, station, line, seq))"
        )

    def store(body: bytes) -> None:
        lines = zstandard.ZstdDecompressor().decompress(body).split(b"\n")
        with pool.connection() as db, db.cursor() as cursor:
            cursor.execute("CREATE TEMP TABLE staging (LIKE bare) ON COMMIT DROP")
            with cursor.copy("COPY staging FROM STDIN (FORMAT BINARY)") as copy:
                copy.set_types(["text", "text", "int8", "int8", "bytea"])
                for line in lines:
                    e = json.loads(line)
                    copy.write_row((e["unit"], e["station"], e["line"], e["seq"], line))
            cursor.execute("INSERT INTO bare SELECT * FROM staging ON CONFLICT DO NOTHING")

    async def push(request: Request) -> Response:
        await asyncio.to_thread(store, await request.body())
        return JSONResponse({"ok": True})

    async def serve() -> None:
        app = Starlette(routes=[Route("/push", push, methods=["POST"])])
        server = Server(
            app, port=port, interface=Interfaces.ASGINL, http=HTTPModes.http1, websockets=False, log_enabled=False
        )
        await server.serve()

    asyncio.run(serve())


def bare_push(url: str, raws: list[bytes]) -> int:
    """Nanoseconds for all records."""
    started = time.perf_counter_ns()
    with requests.Session() as session:
        for n in range(0, len(raws), BATCH):
            body = zstandard.ZstdCompressor(level=10).compress(b"\n".join(raws[n : n + BATCH]))
            session.post(url + "/push", data=body, timeout=30).raise_for_status()
    return time.perf_counter_ns() - started


def real_push(desk: Desk) -> tuple[int, int]:
    """Nanoseconds and bytes on the wire for all records."""
    size = _FiveHundred()
    pusher = Pusher(desk, desk.signer, desk.clock, size)
    client = desk.client()
    started = time.perf_counter_ns()
    while (pushed := pusher.push_next(client, desk.who, desk.state(), desk.acked())) is not None:
        assert not isinstance(pushed, Trouble), pushed
    took = time.perf_counter_ns() - started
    client.close()
    return took, size.sent


class _FiveHundred(BatchSize):
    """Batches of about 500 records."""

    sent = 0

    @property
    def journal_bytes(self) -> int:
        return BATCH * 640

    def packed(self, journal_bytes: int, wire_bytes: int) -> None:
        _FiveHundred.sent += wire_bytes


def main() -> None:
    if len(sys.argv) == 3:
        bare_server(sys.argv[1], int(sys.argv[2]))
        return
    with tempfile.TemporaryDirectory() as folder:
        centre = CentreProcess(Path(folder))
        centre.start()
        port = free_port()
        bare = subprocess.Popen([sys.executable, "-m", "tests.sync.bench", centre.postgresql.url, str(port)])
        while True:
            try:
                requests.post(f"http://127.0.0.1:{port}/none", timeout=1)
                break
            except requests.ConnectionError:
                time.sleep(0.05)
        ratios, real_rates, bare_rates, wire = [], [], [], 0
        for round_ in range(ROUNDS):
            desk = enrol_desk(centre.url, centre.code(centre.new_unit()), seed=round_)
            desk.work(RECORDS)
            raws = [r.raw for r in desk.book.records]
            _FiveHundred.sent = 0
            bare_ns = bare_push(f"http://127.0.0.1:{port}", raws)
            real_ns, wire = real_push(desk)
            ratios.append(bare_ns / real_ns)
            real_rates.append(len(raws) * 10**9 // real_ns)
            bare_rates.append(len(raws) * 10**9 // bare_ns)
            with psycopg.connect(centre.postgresql.url) as db:
                db.execute("TRUNCATE bare")
        rss = Path(f"/proc/{centre.pid}/status")
        memory = next((int(x.split()[1]) // 1024 for x in rss.read_text().splitlines() if x.startswith("VmHWM")), 0)
        bare.terminate()
        bare.wait()
        centre.stop()
        centre.postgresql.stop()
    ratio = median(ratios)
    show(
        "sync first push against a bare endpoint",
        ratio,
        0.5,
        ratio >= 0.5,
        real=median(real_rates),
        bare=median(bare_rates),
    )
    per = wire / RECORDS
    show("sync bytes a record, subjects included", per, 75, per <= 75)
    show("sync memory of the centre, MB", memory, 150, memory <= 150)


def show(name: str, ratio: float, limit: float, ok: bool, **more: float) -> None:
    print(json.dumps({"name": name, "ratio": round(ratio, 3), "limit": limit, "ok": ok, **more}))


if __name__ == "__main__":
    main()
