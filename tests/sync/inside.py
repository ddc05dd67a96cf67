"""The real centre without HTTP, in this process: for many episodes over a network that a test decides about."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from enum import Enum
from hashlib import sha256
from typing import Any

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


class Fate(Enum):
    """What becomes of one request."""

    FINE = "fine"
    REQUEST_LOST = "request lost"
    ANSWER_LOST = "answer lost"
    TWICE = "twice"
    HTML = "html"


class Silent(Log):
    """Keeps what would be logged."""

    def __init__(self) -> None:
        super().__init__()
        self.lines: list[dict[str, Any]] = []

    def event(self, event: str, **values: int | str | None) -> None:
        self.lines.append({"event": event, **values})


@contextmanager
def inside(process: CentreProcess) -> Iterator[Centre]:
    """A second centre on the database of ``process``, in this process."""
    pool = open_pool(process.postgresql.url, 4)
    with pool:
        key = load_key(process.data)
        with pool.connection() as db:
            gen = claim_database(db, key)
        yield Centre(pool, key, gen, Silent(), blobs=FolderBlobs(process.data / "blobs"))


class InsideClient(CentreClient):
    """The desk's client whose network is a function: every request meets the fate that ``fate`` gives it."""

    def __init__(self, centre: Callable[[], Centre], fate: Callable[[], Fate] = lambda: Fate.FINE) -> None:
        super().__init__("inside:", TestClock())
        self._centre, self._fate = centre, fate

    def _ask(self, path: str, body: bytes, headers: dict[str, str], shape: Any, key: str | None) -> Any:
        fate = self._fate()
        if fate is Fate.REQUEST_LOST:
            return Trouble(Kind.OFFLINE, "DB-01", "lost")
        if fate is Fate.HTML:
            return Trouble(Kind.PORTAL, "DB-02", "200 text/html")
        answer = self._say(path, body, headers)
        if fate is Fate.TWICE:
            answer = self._say(path, body, headers)
        if fate is Fate.ANSWER_LOST:
            return Trouble(Kind.OFFLINE, "DB-01", "lost")
        return _judge(answer.body, answer.status, sha256(body).hexdigest(), shape, key)

    def _say(self, path: str, body: bytes, headers: dict[str, str]) -> Answer:
        centre = self._centre()
        asked = Asked(body, headers.get(H_LINE, ""), headers.get(H_SIGNATURE, ""))
        try:
            return getattr(centre, path.rpartition("/")[2])(asked)  # type: ignore[no-any-return]
        except Refused as refused:
            return centre.refuse(refused.code, asked, **refused.values)
