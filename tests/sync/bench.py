"""The rows of ``bench sync``: desks and centre against the barest that could carry the same records.

Both sides run in the same rounds, each with a server process of its own on the same PostgreSQL; the bare side is
Requests, zstd, COPY and ON CONFLICT and checks nothing. ``python -m tests.sync.bench URL PORT`` is that side's server.
"""

from __future__ import annotations

import asyncio
import json
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from statistics import median
from uuid import UUID

import psycopg
import requests
import zstandard

from sync.desk.feed import FeedReader
from sync.desk.push import BatchSize, Pusher
from sync.desk.trouble import Trouble
from sync.protocol.messages import H_LINE, H_SIGNATURE
from sync.protocol.sign import PUSH
from sync.protocol.wire import _HEX, LEVEL, _shorten, _subject_line, pack
from tests.bench.measure import Row, count
from tests.sync.desk import Desk, enrol_desk
from tests.sync.evening import memory_mb
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


@contextmanager
def bare_endpoint(url: str) -> Iterator[str]:
    """A process of its own that checks nothing; answers its address."""
    port = free_port()
    bare = subprocess.Popen([sys.executable, "-m", "tests.sync.bench", url, str(port)])
    address = f"http://127.0.0.1:{port}"
    try:
        for _ in range(400):
            try:
                requests.post(address + "/none", timeout=1)
                break
            except requests.ConnectionError:
                time.sleep(0.05)
        yield address
    finally:
        bare.terminate()
        bare.wait()


def first_push(centre: CentreProcess) -> Iterator[Row]:
    """One desk's first push of 10,000 records, both sides in the same rounds; and what it weighs on the wire."""
    times: list[tuple[int, int]] = []
    with bare_endpoint(centre.postgresql.url) as address:
        for round_ in range(ROUNDS):
            desk = enrol_desk(centre.url, centre.code(centre.new_unit()), seed=round_)
            desk.work(RECORDS)
            raws = [r.raw for r in desk.book.records]
            _FiveHundred.sent = 0
            bare_ns = bare_push(address, raws)
            times.append((real_push(desk)[0], bare_ns))
            with psycopg.connect(centre.postgresql.url) as db:
                db.execute("TRUNCATE bare")
    real_ns, bare_ns = sorted(times, key=lambda t: t[0] / t[1])[len(times) // 2]
    yield Row("first push of 10,000 records", real_ns / bare_ns, 2.0, real_ns / 1e6, bare_ns / 1e6, "ms")
    yield count("bytes a record, without its people", 60, (_FiveHundred.sent - people(desk)) / len(raws), "B")


def people(desk: Desk) -> int:
    """Bytes of all subjects of a desk's journal at their compressed size, each once, in batches of 500 records."""
    size = 0
    for first in range(1, len(desk.book.records) + 1, BATCH):
        lines = [_subject_line(s) for s in desk.subjects_for(desk.line, first, first + BATCH - 1)]
        size += len(zstandard.ZstdCompressor(level=LEVEL).compress(b"\n".join(_HEX.sub(_shorten, x) for x in lines)))
    return size


def many_desks(centre: CentreProcess) -> Row:
    """Ready batches of many desks by eight connections, against the same records by COPY into a bare table."""
    desks = [enrol_desk(centre.url, centre.code(centre.new_unit()), seed=90 + n) for n in range(MANY)]
    ready = []
    for desk in desks:
        desk.work(BATCH)
        records = [r.raw for r in desk.book.records]
        body = pack(
            unit=desk.who.unit, station=desk.who.station, line=desk.line, gen=desk.who.gen, first=1,
            prev=desk.head_at(desk.line, 0), records=records,
            subjects=desk.subjects_for(desk.line, 1, len(records)),
        ).body  # fmt: skip
        headers = {
            H_LINE: f"{desk.who.unit}/{desk.who.station}/{desk.line}",
            H_SIGNATURE: desk.signer.sign(desk.line, PUSH, body),
        }
        ready.append((body, headers))
    with ThreadPoolExecutor(8) as pool, requests.Session() as session:
        started = time.perf_counter_ns()
        for answer in pool.map(lambda r: session.post(centre.url + "/v1/push", data=r[0], headers=r[1]), ready):
            answer.raise_for_status()
        real_ns = time.perf_counter_ns() - started
    with psycopg.connect(centre.postgresql.url) as db, db.cursor() as cursor:
        cursor.execute("CREATE TABLE IF NOT EXISTS barest (LIKE record INCLUDING ALL)")
        started = time.perf_counter_ns()
        for desk in desks:
            with cursor.copy(_COPY) as copy:
                copy.set_types(["text", "uuid", "int8", "int8", "text", "text", "timestamptz", "bytea", "bytea"])
                for r in desk.book.records:
                    e = r.envelope
                    at = datetime.fromisoformat(e.at)
                    copy.write_row(
                        (e.unit, UUID(e.station), e.line, e.seq, e.id, e.kind, at, bytes.fromhex(r.h), r.raw)
                    )
            db.commit()
        bare_ns = time.perf_counter_ns() - started
    return Row("many desks against a bare COPY", real_ns / bare_ns, 1 / 0.35, real_ns / 1e6, bare_ns / 1e6, "ms")


_COPY = "COPY barest (unit, station, line, seq, id, kind, at, h, raw) FROM STDIN (FORMAT BINARY)"
MANY = 40


def small_ones(centre: CentreProcess) -> Iterator[Row]:
    """What an officer waits for when little or nothing is new: session, batches, feed, over HTTP."""
    desk = enrol_desk(centre.url, centre.code(centre.new_unit()), seed=7)
    reader = FeedReader(desk.news, desk.signer, desk.clock, desk.log)

    def once() -> float:
        started = time.perf_counter_ns()
        assert desk.runner(steps=(reader,)).run_once().state == "ok"
        return (time.perf_counter_ns() - started) / 1e6

    once()
    yield count("nothing new", 50, median(once() for _ in range(9)), "ms")
    took = []
    for _ in range(5):
        desk.work(len(desk.book.records) + 100)
        took.append(once())
    yield count("100 new records", 100, median(took), "ms")


def rows(folder: Path) -> Iterator[Row]:
    """Every row of the centre; it and the desks share this machine."""
    centre = CentreProcess(folder / "centre")
    centre.start()
    try:
        yield from first_push(centre)
        one, two = (enrol_desk(centre.url, centre.code(centre.new_unit()), seed=n) for n in (8, 9))
        one.work(1100)
        two.work(1100)
        yield count("push of 50 against ready bytes", 1.5, fifty(one, two), "times")
        yield many_desks(centre)
        yield from small_ones(centre)
        yield count("memory of the centre", 150, memory_mb(centre.pid), "MB")
    finally:
        centre.stop()
        centre.postgresql.stop()


if __name__ == "__main__":
    bare_server(sys.argv[1], int(sys.argv[2]))
