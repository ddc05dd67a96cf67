"""HTTP ↔ use cases: limits first, then the centre on a worker thread, then signed bytes. No rule lives here."""

from __future__ import annotations

import asyncio
import random
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import psycopg
from psycopg_pool import PoolTimeout
from starlette.applications import Starlette
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from sync.centre.centre import Answer, Asked, Centre
from sync.centre.openapi import document
from sync.centre.refuse import Refused
from sync.centre.web.routes import Web
from sync.protocol.codes import BROKEN, BUSY, CUT_FRAME, TOO_LARGE, UNAVAILABLE, Code
from sync.protocol.messages import CONTENT_TYPE, H_LINE, H_SIGNATURE, MAX_BODY

AT_ONCE = 8  # requests that work in the database at the same time
IN_QUEUE = 64  # further ones that may wait for their turn
READ_SECONDS = 120  # a body over 2G takes its time
_MIN_FREE = 10  # per cent of the disk


class _Turn:
    """At most ``AT_ONCE`` inside and ``IN_QUEUE`` waiting; whoever comes then is sent away with a random pause."""

    def __init__(self, centre: Centre) -> None:
        self._centre = centre
        self._inside = asyncio.Semaphore(AT_ONCE)

    async def run(self, job: Callable[[Asked], Answer], asked: Asked) -> Answer:
        metrics = self._centre.metrics
        if metrics.waiting >= IN_QUEUE:
            return self._centre.refuse(BUSY, asked, retry_after=random.randint(5, 60))
        metrics.waiting += 1
        try:
            await self._inside.acquire()
        finally:
            metrics.waiting -= 1
        try:
            return await asyncio.to_thread(self._guarded, job, asked)
        finally:
            self._inside.release()

    def _guarded(self, job: Callable[[Asked], Answer], asked: Asked) -> Answer:
        centre = self._centre
        try:
            return job(asked)
        except Refused as refused:
            centre.log.event("refused", code=refused.code.word, line=_line(asked))
            return centre.refuse(refused.code, asked, **refused.values)
        except (psycopg.OperationalError, PoolTimeout) as error:
            centre.log.event("unavailable", error=type(error).__name__, line=_line(asked))
            return centre.refuse(UNAVAILABLE, asked, retry_after=random.randint(5, 60))
        except Exception as error:  # noqa: BLE001 - the last net: a bug here may not show the desk a stack trace
            centre.log.event(
                "broken", error=type(error).__name__, line=_line(asked), sql=getattr(error, "sqlstate", None)
            )
            return centre.refuse(BROKEN, asked, retry_after=random.randint(5, 60))


def build_app(centre: Centre, data: Path | None = None) -> Starlette:
    """The ASGI application. ``data``: the folder whose disk must have room, None = a database elsewhere."""
    turn = _Turn(centre)

    def post(path: str, job: Callable[[Asked], Answer]) -> Route:
        async def endpoint(request: Request) -> Response:
            asked = Asked(b"", request.headers.get(H_LINE, ""), request.headers.get(H_SIGNATURE, ""))
            try:
                async with asyncio.timeout(READ_SECONDS):
                    body = await _body(request)
            except (TimeoutError, ClientDisconnect):
                body = None
                code: Code = CUT_FRAME
            else:
                code = TOO_LARGE
            if body is None:
                answer = centre.refuse(code, asked)
            else:
                answer = await turn.run(job, Asked(body, asked.line, asked.signature))
            centre.metrics.answered(path, answer.status)
            headers = {"Retry-After": str(answer.retry_after)} if answer.retry_after else {}
            return Response(answer.body, answer.status, headers | {"Cache-Control": "no-store"}, CONTENT_TYPE)

        return Route(path, endpoint, methods=["POST"])

    def get(path: str, job: Callable[[], Response]) -> Route:
        async def endpoint(_request: Request) -> Response:
            try:
                return await asyncio.to_thread(job)
            except (psycopg.Error, PoolTimeout):
                return PlainTextResponse("database\n", 503)

        return Route(path, endpoint, methods=["GET"])

    def ready() -> Response:
        with centre.pool.connection(timeout=5) as db:
            row = db.execute("SELECT pg_is_in_recovery()").fetchone()
        if row is None or row[0]:
            return PlainTextResponse("read only\n", 503)
        if data is not None:
            disk = shutil.disk_usage(data)
            if disk.free * 100 < disk.total * _MIN_FREE:
                return PlainTextResponse("disk\n", 503)
        return PlainTextResponse("ready\n")

    def metrics() -> Response:
        with centre.pool.connection(timeout=5) as db:
            return PlainTextResponse(centre.metrics.text(db), media_type="text/plain; version=0.0.4")

    return Starlette(
        routes=[
            post("/v1/enrol", centre.enrol),
            post("/v1/session", centre.session),
            post("/v1/push", centre.push),
            post("/v1/day", centre.day),
            post("/v1/feed", centre.feed),
            post("/v1/claim", centre.claim),
            post("/v1/blob", centre.blob),
            post("/v1/parcels", centre.parcels),
            get("/healthz", lambda: PlainTextResponse("ok\n")),
            get("/readyz", ready),
            get("/metrics", metrics),
            get("/openapi.json", lambda: JSONResponse(document())),
            *Web(centre).routes(),
        ]
    )


def _line(asked: Asked) -> str | None:
    """The line a request names, when it has the shape of one: what strangers write is not logged."""
    return asked.line if re.fullmatch(r"[0-9]{1,20}/[0-9a-f-]{36}/[0-9]{1,19}", asked.line) else None


async def _body(request: Request) -> bytes | None:
    """The body, None as soon as it is more than the cap; what a sender announces is believed at once."""
    announced = request.headers.get("content-length", "")
    if announced.isdigit() and int(announced) > MAX_BODY:
        return None
    parts: list[bytes] = []
    size = 0
    async for part in request.stream():
        size += len(part)
        if size > MAX_BODY:
            return None
        parts.append(part)
    return b"".join(parts)
