"""One episode from one integer: an office whose desks, network, disks and centre misbehave, and what must hold at its end.

The real classes run: session, pusher, runner, feed reader, client rules, the whole centre on a real PostgreSQL; only
HTTP and the desk's file are replaced (``test_outbox_contract`` proves the replaced file equal to the encrypted one).
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field
from itertools import count
from random import Random
from typing import Any

import psycopg

from sync.centre.centre import Centre
from sync.centre.clock import system_clock
from sync.centre.enrol import add_unit, make_code
from sync.centre.feed import tell
from sync.centre.identity import raise_gen
from sync.centre.online import add_online, announce
from sync.desk.feed import FeedReader
from sync.desk.push import BatchSize, Pusher
from sync.desk.runner import Runner, SyncStatus
from sync.desk.trouble import Trouble
from sync.protocol.feed import STATUS, ClaimRequest
from sync.protocol.messages import SYNC, Witness, encode
from sync.protocol.sign import CLAIM
from tests.sync.desk import Desk, enrol_desk
from tests.sync.inside import Fate, InsideClient
from tests.sync.server import SAMPLE_PROFILE

BAD = (Fate.REQUEST_LOST, Fate.ANSWER_LOST, Fate.TWICE, Fate.HTML, Fate.DIES, Fate.CACHED)


_UNITS = count(1)  # offices of this process


class SmallBatches(BatchSize):
    """Of about 2,000 bytes, whatever the network does: the same batches for the same seed."""

    def __init__(self) -> None:
        super().__init__(2_000)

    def answered(self, ms: int) -> None: ...


@dataclass
class Variant:
    """How desk and centre are built; the defaults are the product. ``first_seed``: where the rig begins to look."""

    client: type[InsideClient] = InsideClient
    pusher: type[Pusher] = Pusher
    spoil: Callable[[Desk], None] = lambda desk: None
    centre: Callable[[Centre], AbstractContextManager[None]] = lambda centre: nullcontext()
    silent_restore: bool = False
    bad: tuple[Fate, ...] = BAD
    first_seed: int = 1000


@dataclass
class World:
    """Everything in one episode."""

    centre: Centre
    seed: int
    variant: Variant
    desks: list[Desk] = field(default_factory=list)
    gone: list[Desk] = field(default_factory=list)
    backups: list[tuple[int, Desk]] = field(default_factory=list)
    late: list[psycopg.Connection[Any]] = field(default_factory=list)
    has: dict[str, set[str]] = field(default_factory=dict)
    said: set[str] = field(default_factory=set)
    healed: bool = False
    done: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.random = Random(self.seed)
        self.unit = f"e{next(_UNITS)}"
        with self.centre.pool.connection() as db:
            self.unit = add_unit(db, SAMPLE_PROFILE | {"code": self.unit})
        for number in (1, 2):
            with self.centre.pool.connection() as db:
                code = make_code(db, self.centre.key, self.unit, number, system_clock())
            way = InsideClient(lambda: self.centre)
            desk = enrol_desk("inside:", code, self.seed * 10 + number, way)
            self.variant.spoil(desk)
            self.desks.append(desk)

    def rows(self, statement: str, *args: object) -> list[tuple[Any, ...]]:
        with self.centre.pool.connection() as db:
            cursor = db.execute(statement, args)  # type: ignore[arg-type]
            return cursor.fetchall() if cursor.description else []

    def fate(self) -> Fate:
        return Fate.FINE if self.healed or self.random.random() < 0.6 else self.random.choice(self.variant.bad)

    def client(self) -> InsideClient:
        return self.variant.client(lambda: self.centre, self.fate)

    def run(self, desk: Desk) -> SyncStatus:
        reader = FeedReader(desk.news, desk.signer, desk.clock, desk.log)
        runner = Runner(
            desk, desk.signer, desk.clock, desk.log, lambda _who: self.client(), lambda _s: None, steps=(reader,)
        )
        runner._pusher = self.variant.pusher(desk, desk.signer, desk.clock, SmallBatches())
        return runner.run_once()

    # ---- what may happen ----
    def work(self, desk: Desk) -> None:
        desk.work(len(desk.book.records) + self.random.randrange(1, 12))

    def sync(self, desk: Desk) -> None:
        self.run(desk)

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
        old.open_again()
        self.gone.append(lost)
        self.desks[place] = old

    def clone(self, desk: Desk) -> None:
        """A disk image on a second PC; both work on."""
        if len(self.desks) < 4:
            twin = desk.copy()
            twin.seed = self.random.randrange(1 << 30)
            self.variant.spoil(twin)
            self.desks.append(twin)

    def announced(self, _desk: Desk) -> None:
        """A further version of the catalogue lies ready at the centre."""
        with self.centre.pool.connection() as db:
            row = db.execute("SELECT max(version) FROM announced WHERE unit = %s", (self.unit,)).fetchone()
            version = int(row[0] or 0) + 1 if row else 1
            announce(db, self.unit, "catalogue", version, "0" * 64, 1, system_clock())

    def news(self, _desk: Desk) -> None:
        """The level above says something of a dossier; now and then its transaction takes long."""
        code = f"H{len(self.said)}"
        self.said.add(code)
        body = {"code": code, "state": "done", "note": "", "at": ""}
        db = psycopg.connect(self.centre.pool.conninfo)
        tell(db, self.unit, STATUS, body, system_clock())
        if self.random.random() < 0.5:
            self.late.append(db)
        else:
            db.commit()
            db.close()

    def commit_late(self, _desk: Desk) -> None:
        if self.late:
            db = self.late.pop(self.random.randrange(len(self.late)))
            db.commit()
            db.close()

    def online(self, _desk: Desk) -> None:
        """A citizen hands in a dossier from home."""
        with self.centre.pool.connection() as db:
            add_online(db, self.unit, f"o{len(self.done)}", {"code": "x"}, system_clock())

    def claim(self, desk: Desk) -> None:
        """The officers of all desks that show an online dossier want to take it in."""
        if desk.news.online:
            online = self.random.choice(sorted(desk.news.online))
            for one in [d for d in self.desks if online in d.news.online]:
                self._claim(one, online)

    def _claim_all(self) -> None:
        """The next morning every desk shows every online dossier, and everybody wants them."""
        for online in sorted({id for desk in self.desks for id in desk.news.online}):
            for desk in self.desks:
                self._claim(desk, online)

    def _claim(self, desk: Desk, online: str) -> None:
        for what in ("take", "accept"):
            body = encode(ClaimRequest(SYNC, desk.who.unit, desk.who.station, desk.line, online, what))
            reply = self.client().claim(desk.who, desk.line, body, desk.signer.sign(desk.line, CLAIM, body))
            if isinstance(reply, Trouble) or not reply[0].granted:
                return
        self.has.setdefault(online, set()).add(desk.who.station)

    def centre_restored(self, _desk: Desk) -> None:
        """The centre comes back from a backup: newer records and news of this office are gone, its life number rises."""
        for station, line, mark in self.rows("SELECT station, line, mark FROM line WHERE unit = %s", self.unit):
            kept = self.rows(
                "SELECT DISTINCT mark FROM ack_log WHERE unit = %s AND station = %s AND line = %s AND mark < %s",
                self.unit, station, line, mark,
            )  # fmt: skip
            self._cut(station, line, self.random.choice([0, *(m for (m,) in sorted(kept))]) if mark else 0)
        pos = self.rows("SELECT feed_pos FROM unit WHERE unit = %s", self.unit)[0][0]
        pos = max(0, pos - self.random.randrange(0, 4))
        self.rows("DELETE FROM outfeed WHERE unit = %s AND pos > %s AND kind = 'version'", self.unit, pos)
        self.rows("UPDATE outfeed SET pos = NULL WHERE unit = %s AND pos > %s", self.unit, pos)
        self.rows("UPDATE unit SET feed_pos = %s WHERE unit = %s", pos, self.unit)
        back = "SELECT max((body->>'version')::bigint) FROM outfeed WHERE unit = %s AND kind = 'version'"
        self.rows(f"UPDATE announced SET version = coalesce(({back}), 0) WHERE unit = %s", self.unit, self.unit)
        if not self.variant.silent_restore:
            with self.centre.pool.connection() as db:
                self.centre.gen = raise_gen(db)

    def _cut(self, station: object, line: int, keep: int) -> None:
        where = (self.unit, station, line, keep)
        for table, column in (
            ("record", "seq"),
            ("quarantine", "seq"),
            ("receipt", "seq"),
            ("outfeed", "last"),
            ("ack_log", "mark"),
        ):
            self.rows(f"DELETE FROM {table} WHERE unit = %s AND station = %s AND line = %s AND {column} > %s", *where)
        self.rows(
            "UPDATE line l SET mark = %s, head = coalesce((SELECT encode(h, 'hex') FROM record r WHERE r.unit = l.unit"
            " AND r.station = l.station AND r.line = l.line AND r.seq = %s), (SELECT encode(h, 'hex') FROM quarantine"
            " q WHERE q.unit = l.unit AND q.station = l.station AND q.line = l.line AND q.seq = %s AND q.code <>"
            " 'forked'), %s) WHERE unit = %s AND station = %s AND line = %s",
            keep, keep, keep, "0" * 64, self.unit, station, line,
        )  # fmt: skip

    def step(self) -> None:
        desk = self.random.choice(self.desks)
        happenings = {
            self.work: 30, self.sync: 45, self.poison: 3, self.back_up: 6, self.restore: 5, self.clone: 3,
            self.centre_restored: 3, self.announced: 3, self.news: 6, self.commit_late: 4, self.online: 3, self.claim: 5,
        }  # fmt: skip
        what = self.random.choices(list(happenings), list(happenings.values()))[0]
        self.done.append(what.__name__)
        what(desk)
        for one in self.desks:
            self._see(one)

    def _see(self, desk: Desk) -> None:
        """The witness outside the file is written after every commit and never goes back."""
        seen = {w.line: w.seq for w in desk.witnesses}
        desk.witnesses = tuple(Witness(x.line, max(x.seq, seen.get(x.line, 0)), 0, x.head[:8]) for x in desk.lines())

    def heal(self) -> None:
        """The network is well from now on: every desk that is still there sends until all is said, twice over."""
        self.healed = True
        while self.late:
            self.commit_late(self.desks[0])
        quiet, asked = 0, False
        for _ in range(10):
            before = [(d.lines(), d.news.at) for d in self.desks]
            states = [self.run(desk) for desk in self.desks]
            same = before == [(d.lines(), d.news.at) for d in self.desks]
            quiet = quiet + 1 if same and all(s.state == "ok" and not s.pending for s in states) else 0
            if quiet == 2:
                return
            if quiet == 1 and not asked:
                asked = True
                self._claim_all()


def play(centre: Centre, seed: int, steps: int = 24, variant: Variant | None = None) -> World:
    """Play one episode up to its rest; ``oracle.broken`` judges it."""
    chosen = variant or Variant()
    with chosen.centre(centre):
        world = World(centre, seed, chosen)
        try:
            for _ in range(steps):
                world.step()
            world.heal()
        finally:
            for db in world.late:
                db.close()
    return world


def run_episode(centre: Centre, seed: int, steps: int = 24, variant: Variant | None = None) -> list[str]:
    """Play one episode; answers what broke. Its office is its own."""
    from tests.sync.oracle import broken

    return broken(play(centre, seed, steps, variant))


_FORGET = """
DO $$ DECLARE t text; BEGIN
  FOR t IN SELECT c.table_name FROM information_schema.columns c JOIN information_schema.tables t
    USING (table_schema, table_name) WHERE c.column_name = 'unit' AND c.table_schema = 'public'
    AND t.table_type = 'BASE TABLE' AND c.table_name !~ '_[0-9]+$'
  LOOP EXECUTE format('TRUNCATE %%I CASCADE', t); END LOOP;
END $$
"""


def forget(world: World) -> None:
    """An empty centre for the next episodes; done now and then, since it costs as much as an episode."""
    world.rows(_FORGET)
    world.centre._keys.clear()
