"""One process that serves: database, key, application, HTTP server, an orderly stop."""

from __future__ import annotations

import asyncio
import gc
import os
import signal
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from sync.centre.blobs import FolderBlobs
from sync.centre.centre import Centre
from sync.centre.database import Db, Embedded, Pool, open_pool
from sync.centre.identity import CentreKey, claim_database, load_key
from sync.centre.log import Log
from sync.centre.routes import AT_ONCE, build_app


@contextmanager
def database(data: Path, url: str | None) -> Iterator[Pool]:
    """A pool on the database at ``url``, or on the embedded one in ``data``."""
    embedded = None if url else Embedded(data)
    try:
        pool = open_pool(url or embedded.url, AT_ONCE)  # type: ignore[union-attr]
        with pool:
            yield pool
    finally:
        if embedded is not None:
            embedded.stop()


@contextmanager
def administration(data: Path, url: str | None) -> Iterator[tuple[Db, CentreKey, int]]:
    """Connection, key and gen for one command beside a running server."""
    with database(data, url) as pool, pool.connection() as db:
        key = load_key(data)
        yield db, key, claim_database(db, key)


def serve(data: Path, url: str | None, host: str, port: int, ready: Callable[[str], None]) -> None:
    """Serve until SIGTERM or Ctrl+C; open requests are answered before the end. ``ready`` gets the address."""
    log = Log()
    # Batches are trees of short-lived objects without cycles: looking for cycles among them took a third of the time.
    gc.collect()
    gc.freeze()
    gc.set_threshold(100_000, 20, 20)
    with database(data, url) as pool:
        key = load_key(data)
        with pool.connection() as db:
            gen = claim_database(db, key)
        centre = Centre(pool, key, gen, log, blobs=FolderBlobs(data / "blobs"))
        asyncio.run(_serve(centre, data if url is None else None, host, port, ready))
        log.event("stopped")


async def _serve(centre: Centre, data: Path | None, host: str, port: int, ready: Callable[[str], None]) -> None:
    from granian.constants import HTTPModes, Interfaces
    from granian.http import HTTP1Settings
    from granian.server.embed import Server

    server = Server(
        build_app(centre, data),
        address=host,
        port=port,
        interface=Interfaces.ASGINL,
        http=HTTPModes.http1,
        websockets=False,
        log_enabled=False,
        http1_settings=HTTP1Settings(header_read_timeout=10_000, max_buffer_size=16_384),
        backpressure=512,
    )
    stopping = asyncio.Event()
    loop = asyncio.get_running_loop()

    def stop(*_: object) -> None:
        loop.call_soon_threadsafe(stopping.set)

    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, stop)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        running = asyncio.create_task(server.serve())
        await asyncio.sleep(0)
    await _listening(host, port, running)
    centre.log.event("serving", port=port, gen=centre.gen, pid=os.getpid())
    ready(f"http://{host}:{port}")
    waiting = asyncio.create_task(stopping.wait())
    await asyncio.wait({running, waiting}, return_when=asyncio.FIRST_COMPLETED)
    waiting.cancel()
    centre.log.event("stopping")
    server.stop()  # type: ignore[no-untyped-call]
    await running


async def _listening(host: str, port: int, running: asyncio.Task[None]) -> None:
    """Return once the port takes connections; raises what the server raised when it could not start."""
    while not running.done():
        try:
            _reader, writer = await asyncio.open_connection(host, port)
        except OSError:
            await asyncio.sleep(0.02)
            continue
        writer.close()
        return
    await running
    raise OSError(f"nothing listens on port {port}")
