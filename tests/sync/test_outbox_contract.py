"""The desk of the episodes keeps its journal in memory: for sync it is the same thing as the encrypted file."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from random import Random

import pytest

from desk_app.wiring.feed_store import StoreFeed
from sync.centre.centre import Centre
from sync.desk.feed import FeedReader
from sync.desk.ports import Outbox, Tokens
from sync.desk.runner import Runner
from sync.protocol.messages import RefusedRecord
from sync.protocol.wire import pack, unpack
from tests.sync.desk import Desk, LogLines, enrol_desk
from tests.sync.inside import Fate, InsideClient, inside
from tests.sync.server import CentreProcess
from tests.sync.test_real_journal import RealDesk


@pytest.fixture(scope="module")
def centre_inside(centre: CentreProcess) -> Iterator[Centre]:
    with inside(centre) as one:
        yield one


@pytest.fixture
def pair(centre: CentreProcess, tmp_path: Path) -> Iterator[tuple[Desk, RealDesk]]:
    memory = enrol_desk(centre.url, centre.code(centre.new_unit()))
    real = RealDesk(tmp_path, centre.url, centre.code(centre.new_unit()))
    real.work(12)
    while len(memory.book.records) < real.outbox.lines()[0].seq:
        memory.book.append_body("paper.printed", {"paper": f"p-{len(memory.book.records)}", "copy": 0, "reason": ""})
    yield memory, real
    real.station.close()


def line_of(outbox: Outbox) -> int:
    return next(x.line for x in outbox.lines() if x.current)


def shape(outbox: Outbox) -> object:
    """What sync may know of an outbox, without hashes and numbers of lines."""
    states = [x for x in outbox.lines() if not x.beside]
    line = line_of(outbox)
    return (
        [(x.seq, x.acked_seq, x.current) for x in states],
        outbox.tokens(line),
        [outbox.head_at(line, seq) == "" for seq in (0, 1, states[-1].seq, states[-1].seq + 1)],
        [len(outbox.pending(line, after, 1)) for after in (0, states[-1].seq - 1, states[-1].seq)],
        len(outbox.pending(line, 0, 1 << 30)),
    )


def acked(outbox: Outbox, mark: int) -> None:
    line = line_of(outbox)
    outbox.mark_acked(line, mark, outbox.head_at(line, mark), b"signed", 1)


MOVES = (
    lambda o, n: acked(o, n),
    lambda o, n: o.set_tokens(line_of(o), Tokens("a" * n, "b")),
    lambda o, n: o.note_trouble(line_of(o), [RefusedRecord(n, "bad", "why")], ()),
    lambda o, n: o.note_trouble(line_of(o), (), (n,)),
    lambda o, n: o.reset_marks(n),
)


@pytest.mark.parametrize("seed", range(6))
def test_both_outboxes_answer_alike_whatever_happened(pair: tuple[Desk, RealDesk], seed: int) -> None:
    memory, real = pair
    for outbox in (memory, real.outbox):
        outbox.set_tokens(line_of(outbox), Tokens("enrolled"))
    chance, mark = Random(seed), 0
    for _ in range(12):
        move = chance.choice(MOVES)
        number = chance.randrange(1, 12)
        if move is MOVES[0]:
            number = mark = max(mark, number)
        if move is MOVES[4]:
            number, mark = 2 + chance.randrange(1 << 20), 0
        before = real.outbox.lines()[0].seq
        move(memory, number)
        move(real.outbox, number)
        for _ in range(real.outbox.lines()[0].seq - before):  # the encrypted file writes its own incident of a fork
            memory.book.append_body("paper.printed", {"paper": "p", "copy": 0, "reason": ""})
        assert shape(memory) == shape(real.outbox)


def test_a_line_that_was_replaced_and_forked_is_offered_once(
    centre_inside: Centre, pair: tuple[Desk, RealDesk]
) -> None:
    """Both outboxes: offered whole, then left alone; offered again to a centre of another life."""
    memory, real = pair
    for outbox, grant in ((memory, memory.enrolment.spare), (real.outbox, real.enrolment.spare)):
        assert grant is not None
        old = line_of(outbox)
        last = next(x.seq for x in outbox.lines() if x.line == old)
        outbox.add_line(grant, "0" * 64)
        assert old in [x.line for x in outbox.lines()]
        outbox.note_trouble(old, (), (1, last))
        last = next((x.seq for x in outbox.lines() if x.line == old), last)
        assert old not in [x.line for x in outbox.lines()]
        outbox.reset_marks(77)
        assert old in [x.line for x in outbox.lines()]


def test_batches_of_both_outboxes_are_packed_and_read_alike(pair: tuple[Desk, RealDesk]) -> None:
    for one, outbox in ((pair[0], pair[0]), (pair[1], pair[1].outbox)):
        who = outbox.identity()
        assert who is not None, one
        line = line_of(outbox)
        raws = outbox.pending(line, 0, 1 << 20)
        packed = pack(
            unit=who.unit, station=who.station, line=line, gen=who.gen, first=1, prev=outbox.head_at(line, 0),
            records=raws, subjects=outbox.subjects_for(line, 1, len(raws)),
        )  # fmt: skip
        assert [s.raw for s in unpack(packed.body).records] == list(raws)


def test_both_desks_reach_the_same_end_over_the_same_bad_network(
    centre_inside: Centre, pair: tuple[Desk, RealDesk]
) -> None:
    memory, real = pair
    ends = []
    for outbox, signer, clock, news in (
        (memory, memory.signer, memory.clock, memory.news),
        (real.outbox, real.signer, real.clock, StoreFeed(real.store)),
    ):
        chance = Random(3)

        def fate(chance: Random = chance) -> Fate:
            return chance.choice(tuple(Fate)) if chance.random() < 0.4 else Fate.FINE

        steps = (FeedReader(news, signer, clock, LogLines()),)
        states = []
        for _ in range(8):
            client = InsideClient(lambda: centre_inside, fate)
            runner = Runner(
                outbox, signer, clock, LogLines(), lambda _who, c=client: c, lambda _s: None, steps=steps
            )  # fmt: skip
            states.append(runner.run_once().state)
        end = [x.seq == x.acked_seq for x in outbox.lines()]
        ends.append((states[-1], all(end)))
    assert ends[0] == ends[1]
