"""The real centre without HTTP, in this process: for many episodes over a network that a test decides about."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from enum import Enum
from hashlib import sha256
from typing import Any

import psycopg

from sync.centre.blobs import FolderBlobs
from sync.centre.centre import Answer, Asked, Centre
from sync.centre.database import open_pool
from sync.centre.identity import claim_database, load_key
from sync.centre.log import Log
from sync.centre.refuse import Refused
from sync.desk.client import CentreClient, _judge
from sync.desk.trouble import Kind, Trouble
from sync.protocol.messages import H_LINE, H_SIGNATURE
from tests.sync.desk import TestClock
from tests.sync.server import CentreProcess


class Died(Exception):
    """The process of the centre ended at this very place."""


@contextmanager
def dying(centre: Centre) -> Iterator[None]:
    """The next transaction of ``centre`` does all its work and is never committed."""
    transact = centre._transact

    def doomed(job: Callable[[Any], Any]) -> Any:
        def killed(db: Any) -> Any:
            job(db)
            raise Died

        return transact(killed)

    centre._transact = doomed  # type: ignore[method-assign,assignment]
    try:
        yield
    finally:
        del centre._transact


class Fate(Enum):
    """What becomes of one request."""

    FINE = "fine"
    REQUEST_LOST = "request lost"
    ANSWER_LOST = "answer lost"
    TWICE = "twice"
    HTML = "html"
    DIES = "the centre dies before its commit"
    CACHED = "a proxy repeats its last answer"


class Silent(Log):
    """Keeps what would be logged."""

    def __init__(self) -> None:
        super().__init__()
        self.lines: list[dict[str, Any]] = []

    def event(self, event: str, **values: int | str | None) -> None:
        self.lines.append({"event": event, **values})


@contextmanager
def inside(process: CentreProcess, kind: type[Centre] = Centre, quick: bool = False) -> Iterator[Centre]:
    """A second centre on the database of ``process``, in this process. ``quick``: nothing is flushed to the disk."""
    if quick:
        with psycopg.connect(process.postgresql.url, autocommit=True) as db:
            db.execute("ALTER SYSTEM SET fsync = off")
            db.execute("ALTER SYSTEM SET full_page_writes = off")
            db.execute("SELECT pg_reload_conf()")
    pool = open_pool(process.postgresql.url, 4)
    with pool:
        key = load_key(process.data)
        with pool.connection() as db:
            gen = claim_database(db, key)
        yield kind(pool, key, gen, Silent(), blobs=FolderBlobs(process.data / "blobs"))


class InsideClient(CentreClient):
    """The desk's client whose network is a function: every request meets the fate that ``fate`` gives it."""

    def __init__(self, centre: Callable[[], Centre], fate: Callable[[], Fate] = lambda: Fate.FINE) -> None:
        super().__init__("inside:", TestClock())
        self._centre, self._fate = centre, fate
        self._last: dict[str, Answer] = {}

    def _ask(self, path: str, body: bytes, headers: dict[str, str], shape: Any, key: str | None) -> Any:
        fate = self._fate()
        if fate is Fate.REQUEST_LOST:
            return Trouble(Kind.OFFLINE, "DB-01", "lost")
        if fate is Fate.HTML:
            return Trouble(Kind.PORTAL, "DB-02", "200 text/html")
        if fate is Fate.DIES:
            return self._dying(path, body, headers, shape, key)
        if fate is Fate.CACHED and path in self._last:
            answer = self._last[path]
            return self._judged(answer, body, shape, key)
        answer = self._last[path] = self._say(path, body, headers)
        if fate is Fate.TWICE:
            answer = self._say(path, body, headers)
        if fate is Fate.ANSWER_LOST:
            return Trouble(Kind.OFFLINE, "DB-01", "lost")
        return self._judged(answer, body, shape, key)

    def _judged(self, answer: Answer, body: bytes, shape: Any, key: str | None) -> Any:
        return _judge(answer.body, answer.status, sha256(body).hexdigest(), shape, key)

    def _dying(self, path: str, body: bytes, headers: dict[str, str], shape: Any, key: str | None) -> Any:
        """Everything is done and nothing is committed; no answer comes."""
        try:
            with dying(self._centre()):
                self._say(path, body, headers)
        except Died:
            pass
        return Trouble(Kind.OFFLINE, "DB-01", "lost")

    def _say(self, path: str, body: bytes, headers: dict[str, str]) -> Answer:
        centre = self._centre()
        asked = Asked(body, headers.get(H_LINE, ""), headers.get(H_SIGNATURE, ""))
        try:
            return getattr(centre, path.rpartition("/")[2])(asked)  # type: ignore[no-any-return]
        except Refused as refused:
            return centre.refuse(refused.code, asked, **refused.values)
