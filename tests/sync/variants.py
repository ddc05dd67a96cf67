"""Desks and centres that are wrong in one way each: only for tests of the rig, which must catch every one of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import replace
from hashlib import sha256
from itertools import count
from typing import Any

from sync.centre import centre as centre_module
from sync.centre import feed, ingest, session
from sync.centre.centre import Centre
from sync.desk.client import _judge
from sync.desk.ports import Identity, LineState
from sync.desk.push import Pushed, Pusher
from sync.desk.trouble import Kind, Trouble
from sync.protocol.canonical import parse
from sync.protocol.messages import PushAck, Result
from sync.protocol.wire import Packed, unpack
from tests.sync import episode
from tests.sync.desk import Desk
from tests.sync.episode import Variant
from tests.sync.inside import Died, Fate, InsideClient
from tests.sync.news import NewsBook

# ---- wrong on the way ----------------------------------------------------------------------------------------------


class HtmlIsOk(InsideClient):
    """Takes any answer with status 200 for a yes."""

    def push(self, who: Identity, line: int, body: bytes, signature: str) -> Any:
        reply = super().push(who, line, body, signature)
        if isinstance(reply, Trouble) and reply.kind is Kind.PORTAL:
            header = unpack(body).header
            return PushAck("", sha256(body).hexdigest(), who.gen, header.last, header.head, Result(0, 0)), b"<html>"
        return reply


class CachedIsOk(InsideClient):
    """Takes the signed answer to another question for the answer to this one."""

    def _judged(self, answer: Any, body: bytes, shape: Any, key: str | None) -> Any:
        value = parse(answer.body)
        named = value.get("request") or value.get("batch") if isinstance(value, dict) else ""
        return _judge(answer.body, answer.status, str(named), shape, key)


class CommitsLater(InsideClient):
    """Its centre answers first and commits afterwards: now and then it never gets to it."""

    def _dying(self, path: str, body: bytes, headers: dict[str, str], shape: Any, key: str | None) -> Any:
        made: list[Any] = []
        centre = self._centre()
        transact = centre._transact

        def killed(job: Callable[[Any], Any], db: Any) -> Any:
            made.append(job(db))
            raise Died

        def doomed(job: Callable[[Any], Any]) -> Any:
            try:
                return transact(lambda db: killed(job, db))
            except Died:
                return made[-1]

        centre._transact = doomed  # type: ignore[method-assign,assignment]
        try:
            answer = self._say(path, body, headers)
        finally:
            del centre._transact
        return self._judged(answer, body, shape, key)


# ---- wrong at the desk ---------------------------------------------------------------------------------------------


class MarkBeforeAnswer(Pusher):
    """Moves the mark when the batch leaves (an outbox emptied on send)."""

    def push_next(self, client: Any, who: Identity, state: LineState, after: int) -> Any:
        packed = self._pack(who, state, after)
        if packed is not None:
            self._outbox.mark_acked(state.line, packed.header.last, packed.header.head, b"", who.gen)
        return super().push_next(client, who, state, after)


class PoisonBlocks(Pusher):
    """Stops at a record the centre put aside."""

    def _acked(self, who: Identity, line: int, packed: Packed, ack: PushAck, raw: bytes) -> Pushed | Trouble:
        if ack.res.refused:
            return Trouble(Kind.REFUSED, "DB-04", "refused")
        return super()._acked(who, line, packed, ack, raw)


class SkipsFirst(Pusher):
    """Begins one record too late after every batch."""

    def push_next(self, client: Any, who: Identity, state: LineState, after: int) -> Any:
        return super().push_next(client, who, state, after + 1 if after else 0)


def people_sent_once(desk: Desk) -> None:
    """Sends who is named in a batch with its first try only."""
    sent: set[str] = set()

    def once(line: int, first: int, last: int) -> Any:
        found = [s for s in Desk.subjects_for(desk, line, first, last) if s.id not in sent]
        sent.update(s.id for s in found)
        return found

    desk.subjects_for = once  # type: ignore[method-assign]


def trusts_own_mark(desk: Desk) -> None:
    """Keeps its marks when the centre begins another life (cht-core #8093)."""

    def reset(gen: int) -> None:
        desk.who = replace(desk.who, gen=gen)
        desk.news.begin(gen)

    desk.reset_marks = reset  # type: ignore[method-assign]


def trusts_own_cursor(desk: Desk) -> None:
    """Forgets its marks with another life of the centre, and reads the feed on from where it was."""
    desk.news.begin = lambda gen: setattr(desk.news, "at", (gen, desk.news.at[1]))  # type: ignore[method-assign]


def forgets_new_line(desk: Desk) -> None:
    """Does not write the line it is given, and goes on with the old one."""
    desk.add_line = lambda grant, public_key: None  # type: ignore[method-assign]


def token_never_rotates(desk: Desk) -> None:
    """Shows a fresh token each time and keeps none."""
    desk.set_tokens = lambda line, tokens: None  # type: ignore[method-assign]


def no_witness(desk: Desk) -> None:
    """Nothing outside the file remembers what was written."""
    desk.witness = lambda: ()  # type: ignore[method-assign]


def frozen_forgets(desk: Desk) -> None:
    """A restored copy that has been written past its witness no longer says that it is one."""
    desk.open_again = lambda: None  # type: ignore[method-assign]


class AnyVersion(NewsBook):
    """Takes an older catalogue for a newer one."""

    def announced(self, version: int) -> None:
        if version != self.version:
            self.version = version
            self.shown.append(version)


def reads_by(book: type[NewsBook]) -> Callable[[Desk], None]:
    def spoil(desk: Desk) -> None:
        desk.news.__class__ = book

    return spoil


# ---- wrong at the centre -------------------------------------------------------------------------------------------


def replaced(module: Any, name: str, by: Callable[[Any], Any]) -> Callable[[Centre], AbstractContextManager[None]]:
    """A centre whose function ``name`` is ``by(the right one)``."""

    @contextmanager
    def wrong(_centre: Centre) -> Iterator[None]:
        right = getattr(module, name)
        setattr(module, name, by(right))
        try:
            yield
        finally:
            setattr(module, name, right)

    return wrong


def number_is_enough(sort: Callable[..., Any]) -> Callable[..., Any]:
    """Takes any record of a known number for the same record."""

    def wrong(*args: Any) -> Any:
        found = sort(*args)
        found.skipped += len(found.forked)
        found.forked.clear()
        return found

    return wrong


def last_one_wins(write: Callable[..., Any]) -> Callable[..., Any]:
    """Keeps nothing of a record that stands at another's place."""

    def wrong(db: Any, key: Any, found: Any, *rest: Any) -> Any:
        return write(db, key, replace(found, forked=[]), *rest)

    return wrong


def refused_are_dropped(write: Callable[..., Any]) -> Callable[..., Any]:
    """Acknowledges a record that breaks a rule and keeps it nowhere."""

    def wrong(db: Any, key: Any, found: Any, *rest: Any) -> Any:
        return write(db, key, replace(found, refused=[]), *rest)

    return wrong


def half_a_batch(write: Callable[..., Any]) -> Callable[..., Any]:
    """Stores the first half and acknowledges the whole."""

    def wrong(db: Any, key: Any, found: Any, *rest: Any) -> Any:
        return write(db, key, replace(found, new=found.new[: (len(found.new) + 1) // 2]), *rest)

    return wrong


def told_too_early(tell_records: Callable[..., Any]) -> Callable[..., Any]:
    """Tells the other counters of a batch only when it is large."""

    def wrong(db: Any, unit: str, station: Any, line: int, first: int, last: int, at: Any) -> Any:
        if last - first > 3:
            tell_records(db, unit, station, line, first, last, at)

    return wrong


def position_at_insert(_tell: Callable[..., Any]) -> Callable[..., Any]:
    """Gives an event its place when it is written, not when it is committed (a bigserial as cursor)."""
    places = count(1_000)

    def wrong(db: Any, unit: str, kind: str, body: Any, at: Any, target: Any = None) -> None:
        _tell(db, unit, kind, body, at, target)
        pos = next(places)
        db.execute("UPDATE outfeed SET pos = %s WHERE unit = %s AND pos IS NULL AND kind = %s", (pos, unit, kind))

    return wrong


def highest_place(_sequence: Callable[..., Any]) -> Callable[..., Any]:
    """The end of the feed is the highest place that can be seen."""

    def wrong(db: Any, unit: str) -> int:
        _sequence(db, unit)
        row = db.execute("SELECT coalesce(max(pos), 0) FROM outfeed WHERE unit = %s", (unit,)).fetchone()
        db.execute("UPDATE unit SET feed_pos = %s WHERE unit = %s", (row[0], unit))
        return int(row[0])

    return wrong


@contextmanager
def cursor_by_id(centre: Centre) -> Iterator[None]:
    with replaced(episode, "tell", position_at_insert)(centre), replaced(feed, "sequence", highest_place)(centre):
        yield


def claimed_twice(claim: Callable[..., Any]) -> Callable[..., Any]:
    """Gives an online dossier to whoever asks last."""

    def wrong(db: Any, body: bytes, request: Any, at: Any) -> Any:
        db.execute("UPDATE online SET state = 'open' WHERE unit = %s AND id = %s", (request.unit, request.online))
        return claim(db, body, request, at)

    return wrong


def line_at_every_ask(_new_line: Callable[..., Any]) -> Callable[..., Any]:
    """Gives a further line for the same question when its first answer was lost."""

    def wrong(db: Any, request: Any, station: Any, *rest: Any) -> Any:
        db.execute(
            "UPDATE line SET public_key = upper(public_key) WHERE unit = %s AND public_key = %s AND station = %s",
            (request.unit, request.next_key, station),
        )
        return _new_line(db, request, station, *rest)

    return wrong


def nobody_is_told(_new_line: Callable[..., Any]) -> Callable[..., Any]:
    """Gives a new line and writes down nowhere why."""

    def wrong(db: Any, request: Any, station: Any, *rest: Any) -> Any:
        given = _new_line(db, request, station, *rest)
        db.execute("DELETE FROM incident WHERE unit = %s AND line = %s", (request.unit, request.line))
        return given

    return wrong


VARIANTS: dict[str, Variant] = {
    "html_is_ok": Variant(client=HtmlIsOk, bad=(Fate.HTML, Fate.REQUEST_LOST)),
    "cached_answer_is_ok": Variant(client=CachedIsOk, first_seed=1015),
    "answer_before_commit": Variant(client=CommitsLater),
    "mark_before_answer": Variant(pusher=MarkBeforeAnswer),
    "poison_blocks": Variant(pusher=PoisonBlocks, first_seed=1030),
    "skips_a_record": Variant(pusher=SkipsFirst),
    "people_sent_once": Variant(spoil=people_sent_once),
    "trust_own_mark": Variant(spoil=trusts_own_mark),
    "trust_own_cursor": Variant(spoil=trusts_own_cursor),
    "line_not_changed": Variant(spoil=forgets_new_line),
    "token_never_rotates": Variant(spoil=token_never_rotates),
    "no_witness": Variant(spoil=no_witness, first_seed=1018),
    "frozen_forgets": Variant(spoil=frozen_forgets, first_seed=7),
    "older_catalogue_taken": Variant(spoil=reads_by(AnyVersion), first_seed=1075),
    "restored_in_silence": Variant(silent_restore=True),
    "number_is_enough": Variant(centre=replaced(ingest, "_sort", number_is_enough)),
    "last_one_wins": Variant(centre=replaced(ingest, "_write", last_one_wins)),
    "refused_are_dropped": Variant(centre=replaced(ingest, "_write", refused_are_dropped)),
    "half_a_batch": Variant(centre=replaced(ingest, "_write", half_a_batch)),
    "small_batches_not_told": Variant(centre=replaced(ingest, "tell_records", told_too_early)),
    "cursor_by_id": Variant(centre=cursor_by_id),
    "claimed_twice": Variant(centre=replaced(centre_module, "claim", claimed_twice)),
    "line_at_every_ask": Variant(centre=replaced(session, "_new_line", line_at_every_ask), first_seed=1045),
    "nobody_is_told": Variant(centre=replaced(session, "_new_line", nobody_is_told)),
}
