"""``sync.desk.feed.FeedBook`` over the store: a page and its cursor in one transaction, each kind of event by itself.

A kind this program does not know, or a body that does not fit, is passed over; nothing of the feed can stop the desk.
"""

from __future__ import annotations

import json
from base64 import b64decode
from collections.abc import Callable, Mapping
from typing import Any

from desk_app.storage.foreign import ForeignRange, Took, right_people
from desk_app.storage.queries import feed as feed_query
from desk_app.storage.queries import outbox
from desk_app.storage.store import Store
from desk_app.storage.transaction import WriteTx
from desk_app.wiring import voice_feed
from desk_app.wiring.spare import put_away
from desk_app.wiring.sync_store import ACTOR
from sync.protocol import feed
from sync.protocol.facts import FactError, GrantAccepted
from sync.protocol.feed import FeedEvent, FeedPage, RecordsBody
from sync.protocol.messages import Grant, LineGrant, MessageError, from_value
from sync.protocol.wire import WireError, unpack

_GAPS = "feed-gaps"  # lines that lack records before what came; read again once these arrive
Again = bool


class StoreFeed:
    """Applies the feed. ``on_news``: called with the kinds of a page that changed something, on the sync thread."""

    def __init__(self, store: Store, on_news: Callable[[frozenset[str]], None] = lambda _kinds: None) -> None:
        self._store, self._on_news = store, on_news

    def cursor(self) -> tuple[int, int]:
        return self._store.call(self._cursor)

    def _cursor(self) -> tuple[int, int]:
        with self._store.read() as tx:
            remote = outbox.remote(tx)
        return remote.feed_gen, remote.feed_pos

    def apply(self, page: FeedPage) -> bool:
        again = self._store.call(lambda: self._apply(page))
        kinds = frozenset(event.kind for event in page.events)
        if kinds:
            self._on_news(kinds)
        return not again

    def _apply(self, page: FeedPage) -> Again:
        grants = next((e for e in page.events if e.kind == feed.GRANTS), None)
        command = f"feed:{grants.event}" if grants is not None else ""
        with self._store.write(command, ACTOR) as tx:
            again = False
            end = page.next
            for event in page.events:
                if event.kind == feed.GRANTS and event is not grants:
                    end = event.pos - 1  # one command for each grant: the rest of the page comes again
                    break
                again = _APPLY.get(event.kind, _pass_over)(tx, page, event) or again
            outbox.set_feed(tx, page.gen, 0 if again else end)
        return again


def _pass_over(_tx: WriteTx, _page: FeedPage, _event: FeedEvent) -> Again:
    return False


def _records(tx: WriteTx, _page: FeedPage, event: FeedEvent) -> Again:
    found = _read_records(event.body)
    if found is None:
        return False
    gaps = set(json.loads(tx.setting(_GAPS) or "[]"))
    took = tx.receive(found)
    if (took is Took.GAP) == (found.line in gaps):
        return False
    gaps ^= {found.line}
    tx.set_setting(_GAPS, json.dumps(sorted(gaps)))
    return took is Took.ALL  # what was missing is here: what was passed over meanwhile is read again


def _read_records(body: Mapping[str, Any]) -> ForeignRange | None:
    try:
        value = from_value(RecordsBody, body)
        batch = unpack(b64decode(value.batch, validate=True))
    except (MessageError, WireError, ValueError):
        return None
    h, raws = batch.header, [sealed.raw for sealed in batch.records]
    return ForeignRange(
        h.unit, h.station, value.station_no, h.line, value.line_kind, h.first, h.prev, raws,
        right_people(raws, batch.subjects), frozenset(value.aside),
    )  # fmt: skip


def _grants(tx: WriteTx, _page: FeedPage, event: FeedEvent) -> Again:
    given, line = event.body.get("grants"), event.body.get("line")
    if tx.prior or not isinstance(given, list) or tx.use_line("main").line != line:
        return False
    for value in given:
        try:
            g = from_value(Grant, value)
            fact = GrantAccepted(g.grant, g.series_kind, g.form, g.symbol, g.series_id, g.first, g.last, g.period)
        except (MessageError, FactError):
            continue
        tx.append(fact)
    return False


def _spare(tx: WriteTx, _page: FeedPage, event: FeedEvent) -> Again:
    """A sealed spare line after one was opened: put away with the key of the opened one, once, if none lies here."""
    try:
        grant = from_value(LineGrant, event.body.get("spare"))
    except MessageError:
        return False
    opened = event.body.get("line")
    if isinstance(opened, int) and not any(line.line == grant.line for line in tx.lines()):
        put_away(tx, grant, opened)
    return False


def _version(tx: WriteTx, _page: FeedPage, event: FeedEvent) -> Again:
    """Only ever forwards: an older announcement, from an old mirror or a thief, changes nothing."""
    what, version = event.body.get("what"), event.body.get("version")
    if not isinstance(what, str) or not isinstance(version, int) or not what.isalpha():
        return False
    if version > feed_query.announced(tx, what).version:
        tx.set_setting(f"announced-{what}", json.dumps(dict(event.body), sort_keys=True))
    return False


def _online(tx: WriteTx, _page: FeedPage, event: FeedEvent) -> Again:
    body = event.body
    texts = [body.get(name) for name in ("id", "state", "station", "until")]
    inner, number = body.get("body"), body.get("station_no")
    if not all(isinstance(t, str) for t in texts) or not isinstance(inner, Mapping) or not isinstance(number, int):
        return False
    id, state, station, until = texts
    tx.execute(
        "INSERT INTO online VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO UPDATE SET body = excluded.body,"
        " state = excluded.state, station = excluded.station, station_no = excluded.station_no,"
        " until = excluded.until, pos = excluded.pos",
        (id, json.dumps(inner, ensure_ascii=False, sort_keys=True), state, station, number, until, event.pos),
    )
    return False


def _status(tx: WriteTx, page: FeedPage, event: FeedEvent) -> Again:
    """Kept by its own id whether the dossier is known here yet or not; whoever shows the dossier finds it by code."""
    code = event.body.get("code")
    if isinstance(code, str):
        tx.execute(
            "INSERT OR IGNORE INTO upstream VALUES (?, ?, ?, ?, ?)",
            (event.event, code, json.dumps(dict(event.body), ensure_ascii=False), page.gen, event.pos),
        )
    return False


_APPLY: dict[str, Callable[[WriteTx, FeedPage, FeedEvent], Again]] = {
    feed.RECORDS: _records,
    feed.GRANTS: _grants,
    feed.SPARE: _spare,
    feed.VERSION: _version,
    feed.ONLINE: _online,
    feed.STATUS: _status,
    **voice_feed.APPLY,
}
