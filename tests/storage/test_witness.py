"""A copy of yesterday put back is recognised; a machine that merely crashed is not accused."""

from __future__ import annotations

import shutil
from datetime import timedelta
from pathlib import Path

import pytest

from desk_app.domain.errors import Incident
from desk_app.storage.store import Store
from desk_app.storage.witness import LINE_BYTES, Sight, Witness
from sync.protocol.facts import IncidentRaised
from tests.storage.builders import LINE, FakeClock, a_store, collect, open_line, receive, witness_of


def _visit(store: Store, clock: FakeClock, name: str) -> None:
    def job() -> None:
        with store.write(f"c-{name}", "o1") as tx:
            receive(tx, clock, f"d-{name}")
            collect(tx, clock, f"r-{name}", (f"d-{name}",))

    store.call(job)


def _yesterday_put_back(folder: Path, clock: FakeClock, lost: int = 3) -> Store:
    store = a_store(folder, witness=witness_of(folder), clock=clock)
    open_line(store)
    _visit(store, clock, "kept")
    store.close()
    shutil.copy(folder / "desk.db", folder / "yesterday.db")
    store = a_store(folder, seed=1, witness=witness_of(folder), clock=clock)
    for n in range(lost):
        _visit(store, clock, f"lost-{n}")
    store.close()
    shutil.copy(folder / "yesterday.db", folder / "desk.db")
    return a_store(folder, seed=2, witness=witness_of(folder), clock=clock)


def test_yesterdays_copy_freezes_money_and_is_told_with_numbers(tmp_path: Path) -> None:
    clock = FakeClock()
    store = _yesterday_put_back(tmp_path, clock)
    (found,) = store.report
    assert (found.code, found.line) == ("TP-09", LINE)
    assert found.seen == {"line": LINE, "witness_seq": 16, "witness_number": 4, "database_seq": 10}

    def money() -> None:
        with store.write("c-money", "o1") as tx:
            assert tx.line.state == "frozen"
            collect(tx, clock, "r-new", ())

    with pytest.raises(Incident, match="TP-09"):
        store.call(money)
    store.close()


def test_other_work_goes_on_after_a_restored_copy_and_no_dossier_code_is_given_twice(tmp_path: Path) -> None:
    clock = FakeClock()
    store = _yesterday_put_back(tmp_path, clock)
    codes: list[str] = []

    def job() -> None:
        with store.write("c-after", "o1") as tx:
            tx.append(IncidentRaised("i1", store.report[0].code, store.report[0].seen))
            codes.extend(receive(tx, clock, f"d-after-{n}").code for n in range(2))

    store.call(job)
    # 0001 was kept, 0002 to 0004 were lost with the newer file: at most 6 records, so 6 serials are passed over
    assert [code[-4:] for code in codes] == ["0008", "0009"]
    assert store.rebuild().differences == ()
    store.close()


def test_a_frozen_line_stays_frozen_until_a_new_one_replaces_it(tmp_path: Path) -> None:
    clock = FakeClock()
    _yesterday_put_back(tmp_path, clock).close()
    store = a_store(tmp_path, seed=3, witness=witness_of(tmp_path), clock=clock)
    assert store.report[0].code == "TP-09"
    open_line(store, LINE + 5, after=LINE)
    clock.now += timedelta(hours=1)
    _visit(store, clock, "new")
    store.close()
    store = a_store(tmp_path, seed=4, witness=witness_of(tmp_path), clock=clock)
    assert store.report == ()
    store.close()


def test_a_copy_from_before_the_line_was_opened_is_told(tmp_path: Path) -> None:
    clock = FakeClock()
    store = a_store(tmp_path, witness=witness_of(tmp_path), clock=clock)
    store.close()
    shutil.copy(tmp_path / "desk.db", tmp_path / "empty.db")
    store = a_store(tmp_path, witness=witness_of(tmp_path), clock=clock)
    open_line(store)
    store.close()
    shutil.copy(tmp_path / "empty.db", tmp_path / "desk.db")
    store = a_store(tmp_path, witness=witness_of(tmp_path), clock=clock)
    assert [found.code for found in store.report] == ["DL-16"]
    store.close()


def test_a_crash_between_commit_and_witness_is_no_incident(tmp_path: Path) -> None:
    clock = FakeClock()
    store = a_store(tmp_path, witness=witness_of(tmp_path), clock=clock)
    open_line(store)
    store.close()
    store = a_store(tmp_path, seed=1, clock=clock)  # the witness saw nothing of this
    _visit(store, clock, "unseen")
    store.close()
    store = a_store(tmp_path, seed=2, witness=witness_of(tmp_path), clock=clock)
    assert store.report == ()
    store.close()


def test_one_copy_is_enough_and_a_torn_line_is_passed_over(tmp_path: Path) -> None:
    first, second = tmp_path / "a", tmp_path / "b" / "c"
    witness = Witness(first, second)
    witness.note([Sight(7, 1, 0, "0" * 8)])
    witness.note([Sight(7, 2, 5, "1" * 8)])
    witness.close()
    assert first.read_bytes() == second.read_bytes()
    assert first.stat().st_size == 2 * LINE_BYTES
    second.unlink()
    with first.open("ab") as file:
        file.write(b"0000000000000007 00000000")
    again = Witness(first, second)
    assert again.last() == {7: Sight(7, 2, 5, "1" * 8)}
    again.note([Sight(7, 3, 6, "2" * 8)])
    assert not again.failed
    assert again.last()[7].seq == 3
    again.close()


def test_a_long_witness_is_shortened_to_what_was_seen_last(tmp_path: Path) -> None:
    witness = Witness(tmp_path / "a", tmp_path / "b")
    witness.note(Sight(line, seq, seq, "a" * 8) for seq in range(1, 9000) for line in (1, 2))
    witness.close()
    witness.compact()
    assert (tmp_path / "a").stat().st_size == 2 * LINE_BYTES
    assert witness.last()[2] == Sight(2, 8999, 8999, "a" * 8)
