"""Any sequence of commands keeps numbers without gap or double, whole chains, and tables equal to their facts."""

from __future__ import annotations

import tempfile
from collections import defaultdict
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from desk_app.domain.errors import Refused
from desk_app.storage import trusted
from desk_app.storage.queries import dossiers, receipts
from desk_app.storage.transaction import WriteTx
from sync.protocol.codec import from_body
from sync.protocol.envelope import check_chain
from sync.protocol.facts import DossierReceived, GuidanceGiven, ReceiptIssued, SubjectErased
from tests.storage.builders import (
    LINE,
    FakeClock,
    a_store,
    collect,
    give_back,
    guide,
    open_line,
    person,
    receive,
    settle,
    witness_of,
)

TRAINING = LINE + 1


class Counter(RuleBasedStateMachine):
    """A counter that takes in, collects, guides, settles, returns, crashes, changes the day and trains."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        self.path = Path(self.folder.name)
        self.clock = FakeClock()
        self.starts = 0
        self.commands = 0
        self.received: list[str] = []
        self.settled: list[str] = []
        self.people: list[str] = []
        self.committed: dict[str, tuple[str, ...]] = {}

    @initialize()
    def start(self) -> None:
        self.store = a_store(self.path, witness=witness_of(self.path), clock=self.clock)
        open_line(self.store)
        open_line(self.store, TRAINING, "training")

    def teardown(self) -> None:
        self.store.close()
        self.folder.cleanup()

    def write(self, job: Any, *, line: str = "main", fails: bool = False) -> None:
        self.commands += 1
        command = f"c{self.commands}"

        def work() -> None:
            with self.store.write(command, "o1") as tx:
                tx.use_line(line)
                job(tx)
                hashes = tuple(r.h for r in tx.records(tx.line.line) if r.envelope.seq > before)
                if fails:
                    raise Refused("TN-01")
            self.committed[command] = hashes

        def seq() -> int:
            with self.store.read() as tx:
                return tx.use_line(line).last_seq

        before = self.store.call(seq)
        if fails:
            with pytest.raises(Refused):
                self.store.call(work)
        else:
            self.store.call(work)

    @rule(n=st.integers(1, 3), paid=st.booleans(), line=st.sampled_from(["main", "main", "training"]))
    def visit(self, n: int, paid: bool, line: str) -> None:
        ids = [f"d{len(self.received) + i}" for i in range(n)]

        def job(tx: WriteTx) -> None:
            for id in ids:
                fact = receive(tx, self.clock, id, who=person(f"Nguyễn Thị {id}", f"0460900{len(self.received):05}"))
                self.people.append(fact.applicant.id)
            if paid:
                collect(tx, self.clock, f"r-{ids[0]}", tuple(ids), 15_000 * n)

        late = paid and self.clock.local()[:4] != "2026"  # the series of 2026 ended with its year
        people = len(self.people)
        self.write(job, line=line, fails=late)
        if late:
            del self.people[people:]
        else:
            self.received += ids

    @rule(line=st.sampled_from(["main", "training"]))
    def fails_half_way(self, line: str) -> None:
        def job(tx: WriteTx) -> None:
            receive(tx, self.clock, "never")
            collect(tx, self.clock, "r-never", ("never",))

        self.write(job, line=line, fails=True)

    @rule()
    def guides(self) -> None:
        self.write(lambda tx: guide(tx, self.clock, f"g{self.commands}"))

    @precondition(lambda self: self.received)
    @rule(data=st.data())
    def settles(self, data: st.DataObject) -> None:
        dossier = data.draw(st.sampled_from(self.received))
        self.write(lambda tx: settle(tx, self.clock, dossier))
        self.settled.append(dossier)

    @precondition(lambda self: self.settled)
    @rule(data=st.data())
    def returns(self, data: st.DataObject) -> None:
        dossier = data.draw(st.sampled_from(self.settled))
        self.write(lambda tx: give_back(tx, self.clock, dossier))

    @precondition(lambda self: self.people)
    @rule(data=st.data())
    def erases(self, data: st.DataObject) -> None:
        subject = self.people.pop(data.draw(st.integers(0, len(self.people) - 1)))
        self.write(lambda tx: tx.append(SubjectErased(subject, "13/2023 Điều 16")))

    @precondition(lambda self: self.committed)
    @rule(data=st.data())
    def presses_twice(self, data: st.DataObject) -> None:
        command = data.draw(st.sampled_from(sorted(self.committed)))

        def job() -> None:
            with self.store.write(command, "o1") as tx:
                assert tuple(r.h for r in tx.prior) == self.committed[command]
                with pytest.raises(RuntimeError):
                    tx.append(SubjectErased("x", "y"))

        self.store.call(job)

    @rule(days=st.sampled_from([1, 1, 7, 40]))
    def next_day(self, days: int) -> None:
        self.clock.now += timedelta(days=days)

    @rule()
    def starts_again(self) -> None:
        self.store.close()
        self.starts += 1
        self.store = a_store(self.path, seed=self.starts, witness=witness_of(self.path), clock=self.clock)
        assert self.store.report == ()

    @rule()
    def rebuilds(self) -> None:
        assert self.store.rebuild().differences == ()

    @invariant()
    def chains_numbers_and_totals_are_whole(self) -> None:
        self.store.call(self._check)

    def _check(self) -> None:
        with self.store.read() as tx:
            for kind, line in (("main", LINE), ("training", TRAINING)):
                records = list(tx.records(line))
                assert all(trusted.envelope(r.raw) == r.envelope for r in records)
                assert check_chain(records) == (tx.use_line(kind).last_seq, tx.line.head)
                facts = [from_body(r.envelope.kind, r.envelope.v, r.envelope.body) for r in records]
                assert [trusted.fact(r.envelope) for r in records] == facts
                numbers = _numbers(facts)
                for found in numbers.values():
                    assert found == list(range(1, len(found) + 1))
                taken = [f.total_vnd for f in facts if isinstance(f, ReceiptIssued)]
                assert receipts.series_total(tx, "26TAA", 1) == sum(taken)
                assert dossiers.counts(tx, self.clock.now)["all"] == sum(isinstance(f, DossierReceived) for f in facts)


def _numbers(facts: list[Any]) -> dict[tuple[str, str], list[int]]:
    found: dict[tuple[str, str], list[int]] = defaultdict(list)
    for fact in facts:
        match fact:
            case ReceiptIssued():
                found["receipt", fact.issued_at[:4]].append(fact.number)
            case GuidanceGiven():
                found["guidance", fact.given_at[:4]].append(fact.number)
            case DossierReceived():
                found["code", fact.received_at[:10]].append(int(fact.code[-4:]))
                found["slip", fact.received_at[:4]].append(fact.number)
                found["register", fact.received_at[:4]].append(fact.entry_no)
    return found


TestCounter = Counter.TestCase
TestCounter.settings = settings(
    max_examples=15, stateful_step_count=25, deadline=None, suppress_health_check=list(HealthCheck)
)
