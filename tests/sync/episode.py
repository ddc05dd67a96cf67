"""One episode from one integer: an office whose desks, network, disks and centre misbehave, and what must hold at its end.

The real classes run: session, pusher, runner, client rules, the whole centre on a real PostgreSQL; only HTTP and the
desk's file are replaced. A variant swaps one class for one that is wrong in one way; the rig must catch it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from hashlib import sha256
from random import Random
from typing import Any

from sync.centre.centre import Centre
from sync.centre.identity import raise_gen
from sync.desk.ports import Identity, LineState
from sync.desk.push import Pushed, Pusher
from sync.desk.runner import Runner
from sync.desk.trouble import Kind, Trouble
from sync.protocol.envelope import check_chain
from sync.protocol.messages import PushAck, Result, Witness
from sync.protocol.wire import Packed
from tests.sync.desk import Desk, enrol_desk
from tests.sync.inside import Fate, InsideClient
from tests.sync.server import CentreProcess

BAD = (Fate.REQUEST_LOST, Fate.ANSWER_LOST, Fate.TWICE, Fate.HTML)


@dataclass
class Variant:
    """How the desk is built; the defaults are the product."""

    client: type[InsideClient] = InsideClient
    pusher: type[Pusher] = Pusher
    spoil: Callable[[Desk], None] = lambda desk: None
    forgets_on_restart: bool = False


@dataclass
class World:
    """Everything in one episode."""

    process: CentreProcess
    centre: Centre
    seed: int
    variant: Variant
    desks: list[Desk] = field(default_factory=list)
    gone: list[Desk] = field(default_factory=list)
    backups: list[tuple[int, Desk]] = field(default_factory=list)
    healed: bool = False
    done: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.random = Random(self.seed)
        self.unit = self.process.new_unit()
        for number in (1, 2):
            desk = enrol_desk(self.process.url, self.process.code(self.unit, number), seed=self.seed * 10 + number)
            desk.who = replace(desk.who, gen=self.centre.gen)
            self.variant.spoil(desk)
            self.desks.append(desk)

    def fate(self) -> Fate:
        return Fate.FINE if self.healed or self.random.random() < 0.6 else self.random.choice(BAD)

    def runner(self, desk: Desk) -> Runner:
        client = lambda _who: self.variant.client(lambda: self.centre, self.fate)  # noqa: E731
        runner = Runner(desk, desk.signer, desk.clock, desk.log, client, lambda _s: None)
        runner._pusher = self.variant.pusher(desk, desk.signer, desk.clock)
        runner._pusher.size.wire_bytes = 2_000
        return runner

    # ---- what may happen ----
    def work(self, desk: Desk) -> None:
        desk.work(len(desk.book.records) + self.random.randrange(1, 12))
        desk.witnesses = tuple(
            Witness(x.line, max(x.seq, self._seen(desk, x.line)), 0, x.head[:8]) for x in desk.lines()
        )

    def _seen(self, desk: Desk, line: int) -> int:
        return max((w.seq for w in desk.witnesses if w.line == line), default=0)

    def sync(self, desk: Desk) -> None:
        self.runner(desk).run_once()

    def poison(self, desk: Desk) -> None:
        desk.book.append_body("receipt.issued", {"total_vnd": 1})

    def back_up(self, desk: Desk) -> None:
        self.backups.append((self.desks.index(desk), desk.copy()))

    def restore(self, _desk: Desk) -> None:
        """An older copy takes the place of the desk; the witness outside the copy stays."""
        if not self.backups:
            return
        place, old = self.backups.pop(self.random.randrange(len(self.backups)))
        lost = self.desks[place]
        old.witnesses = lost.witnesses
        old.seed = self.random.randrange(1 << 30)
        self.variant.spoil(old)
        self.gone.append(lost)
        self.desks[place] = old

    def clone(self, desk: Desk) -> None:
        """A disk image on a second PC; both work on."""
        if len(self.desks) < 4:
            twin = desk.copy()
            twin.seed = self.random.randrange(1 << 30)
            self.variant.spoil(twin)
            self.desks.append(twin)

    def centre_restored(self, _desk: Desk) -> None:
        """The centre comes back from a backup: newer records of this office are gone, its life number rises."""
        cut = self.random.randrange(1, 40)
        rows = self.process.rows("SELECT station, line, mark FROM line WHERE unit = %s AND mark > 0", self.unit)
        for station, line, mark in rows:
            keep = max(0, mark - cut)
            where = (self.unit, station, line)
            for table in ("record", "quarantine", "receipt"):
                self.process.rows(
                    f"DELETE FROM {table} WHERE unit = %s AND station = %s AND line = %s AND seq > %s", *where, keep
                )
            self.process.rows(
                "UPDATE line l SET mark = %s, head = coalesce((SELECT encode(h, 'hex') FROM record r WHERE r.unit = l.unit"
                " AND r.station = l.station AND r.line = l.line AND r.seq = %s), (SELECT encode(h, 'hex') FROM quarantine"
                " q WHERE q.unit = l.unit AND q.station = l.station AND q.line = l.line AND q.seq = %s AND q.code <>"
                " 'forked'), %s) WHERE unit = %s AND station = %s AND line = %s",
                keep, keep, keep, "0" * 64, *where,
            )  # fmt: skip
        with self.centre.pool.connection() as db:
            self.centre.gen = raise_gen(db)

    def step(self) -> None:
        desk = self.random.choice(self.desks)
        what = self.random.choices(
            (self.work, self.sync, self.poison, self.back_up, self.restore, self.clone, self.centre_restored),
            (30, 45, 3, 6, 5, 3, 3),
        )[0]
        self.done.append(what.__name__)
        what(desk)

    # ---- what must hold ----
    def heal(self) -> None:
        """The network is well from now on: every desk that is still there sends until all is said."""
        self.healed = True
        for _ in range(6):
            for desk in self.desks:
                self.runner(desk).run_once()

    def broken(self) -> list[str]:
        """Every promise that does not hold; none is the only right answer."""
        found: list[str] = []
        held = {h for (h,) in self.process.rows("SELECT h FROM record WHERE unit = %s", self.unit)}
        aside = {h for (h,) in self.process.rows("SELECT h FROM quarantine WHERE unit = %s", self.unit)}
        for n, desk in enumerate(self.desks):
            status = self.runner(desk).run_once()
            if status.state != "ok" or status.pending:
                found.append(f"desk {n} never came to rest: {status.state} {status.code}, {status.pending} pending")
            for number, line in desk._lines.items():
                missing = [r.envelope.seq for r in line.book.records if bytes.fromhex(r.h) not in held | aside]
                if missing:
                    found.append(f"desk {n} line {number}: lost {missing[:3]}, mark {line.acked}")
        for n, desk in enumerate(self.gone):
            for number, line in desk._lines.items():
                lost = [r for r in line.book.records[: line.acked] if bytes.fromhex(r.h) not in held | aside]
                if lost and "centre_restored" not in self.done:
                    found.append(f"gone desk {n} line {number}: acknowledged and lost")
        found += self._chains()
        return found

    def _chains(self) -> list[str]:
        from sync.protocol.envelope import ChainError, open_record

        found = []
        for station, line, mark in self.process.rows("SELECT station, line, mark FROM line WHERE unit = %s", self.unit):
            rows = self.process.rows(
                "SELECT seq, raw, '' FROM record WHERE unit = %s AND station = %s AND line = %s UNION ALL"
                " SELECT seq, raw, code FROM quarantine WHERE unit = %s AND station = %s AND line = %s AND code <>"
                " 'forked' ORDER BY 1",
                self.unit, station, line, self.unit, station, line,
            )  # fmt: skip
            if [row[0] for row in rows] != list(range(1, mark + 1)):
                found.append(f"line {line}: a gap or a double below the mark {mark}")
                continue
            try:
                check_chain(open_record(row[1]) for row in rows)
            except ChainError as error:
                found.append(f"line {line}: {error}")
        return found


def run_episode(
    process: CentreProcess, centre: Centre, seed: int, steps: int = 24, variant: Variant | None = None
) -> list[str]:
    """Play one episode; answers what broke."""
    world = World(process, centre, seed, variant or Variant())
    for _ in range(steps):
        world.step()
    world.heal()
    return world.broken()


# ---- wrong in one way each: only for tests of the rig -------------------------------------------------------------


class HtmlIsOk(InsideClient):
    """Takes any answer with status 200 for a yes."""

    def push(self, who: Identity, line: int, body: bytes, signature: str) -> Any:
        reply = super().push(who, line, body, signature)
        if isinstance(reply, Trouble) and reply.kind is Kind.PORTAL:
            return self._invented(who, body)
        return reply

    def _invented(self, who: Identity, body: bytes) -> tuple[PushAck, bytes]:
        from sync.protocol.wire import unpack

        header = unpack(body).header
        return PushAck("", sha256(body).hexdigest(), who.gen, header.last, header.head, Result(0, 0)), b"<html>"


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


def trusts_own_mark(desk: Desk) -> None:
    """Keeps its marks when the centre begins another life (cht-core #8093)."""

    def reset(gen: int) -> None:
        desk.who = replace(desk.who, gen=gen)

    desk.reset_marks = reset  # type: ignore[method-assign]


def forgets_new_line(desk: Desk) -> None:
    """Does not write the line it is given, and goes on with the old one."""
    desk.add_line = lambda grant, public_key: None  # type: ignore[method-assign]


def token_never_rotates(desk: Desk) -> None:
    """Shows a fresh token each time and keeps none."""
    desk.set_tokens = lambda line, tokens: None  # type: ignore[method-assign]


def by_key_alone(sort: Callable[..., Any]) -> Callable[..., Any]:
    """A centre that takes any record of a known number for the same record."""

    def wrong(*args: Any) -> Any:
        found = sort(*args)
        found.skipped += len(found.forked)
        found.forked.clear()
        return found

    return wrong


VARIANTS: dict[str, Variant] = {
    "html_is_ok": Variant(client=HtmlIsOk),
    "mark_before_answer": Variant(pusher=MarkBeforeAnswer),
    "poison_blocks": Variant(pusher=PoisonBlocks),
    "skips_a_record": Variant(pusher=SkipsFirst),
    "trust_own_mark": Variant(spoil=trusts_own_mark),
    "line_not_changed": Variant(spoil=forgets_new_line),
    "token_never_rotates": Variant(spoil=token_never_rotates),
}
