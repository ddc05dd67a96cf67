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
from sync.protocol.messages import H_LINE, H_SIGNATURE
from sync.protocol.sign import PUSH
from sync.protocol.wire import pack
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


def fifty(desk: Desk, other: Desk) -> float:
    """Batches of 50: the whole pusher against a Session that posts ready bytes to the same centre."""
    ready = []
    while len(ready) < 20:
        first = 50 * len(ready) + 1
        records = [r.raw for r in desk.book.records[first - 1 : first + 49]]
        body = pack(
            unit=desk.who.unit, station=desk.who.station, line=desk.line, gen=desk.who.gen, first=first,
            prev=desk.head_at(desk.line, first - 1), records=records,
            subjects=desk.subjects_for(desk.line, first, first + 49),
        ).body  # fmt: skip
        headers = {
            H_LINE: f"{desk.who.unit}/{desk.who.station}/{desk.line}",
            H_SIGNATURE: desk.signer.sign(desk.line, PUSH, body),
        }
        ready.append((body, headers))
    pusher = Pusher(other, other.signer, other.clock, _Fixed(50))
    client = other.client()
    bare_ns, real_ns = [], []
    with requests.Session() as session:
        for body, headers in ready:
            started = time.perf_counter_ns()
            session.post(desk.who.centre_url + "/v1/push", data=body, headers=headers, timeout=30).raise_for_status()
            bare_ns.append(time.perf_counter_ns() - started)
            started = time.perf_counter_ns()
            pushed = pusher.push_next(client, other.who, other.state(), other.acked())
            real_ns.append(time.perf_counter_ns() - started)
            assert pushed is not None and not isinstance(pushed, Trouble)
    client.close()
    return median(real_ns[2:]) / median(bare_ns[2:])


class _Fixed(BatchSize):
    """Batches of about ``records``."""

    def __init__(self, records: int = BATCH) -> None:
        super().__init__()
        self._records = records

    @property
    def journal_bytes(self) -> int:
        return self._records * 640


class _FiveHundred(_Fixed):
    """Counts what went over the wire."""

    sent = 0

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
        one, two = (enrol_desk(centre.url, centre.code(centre.new_unit()), seed=n) for n in (8, 9))
        one.work(1100)
        two.work(1100)
        small = fifty(one, two)
        rss = Path(f"/proc/{centre.pid}/status")
        memory = next((int(x.split()[1]) // 1024 for x in rss.read_text().splitlines() if x.startswith("VmHWM")), 0)
        bare.terminate()
        bare.wait()
        centre.stop()
        centre.postgresql.stop()
    show("sync push of 50 records against ready bytes", small, 1.5, small <= 1.5)
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
