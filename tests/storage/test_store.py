"""The file: encrypted, whole, refused when it is not ours or newer; one thread, one transaction, our own errors."""

from __future__ import annotations

import threading
from pathlib import Path
from unicodedata import normalize

import pytest
from sqlcipher3 import dbapi2 as driver

from desk_app.domain.errors import DeskError, Failed, Incident, Refused
from desk_app.storage import backup, drafts
from desk_app.storage.connection import connect
from desk_app.storage.migrations import KEPT_VERSION, MIGRATIONS
from desk_app.storage.numbers import NumberError
from desk_app.storage.queries import dossiers, receipts
from desk_app.storage.store import Store
from desk_app.storage.tables import READ
from desk_app.storage.transaction import WriteTx
from sync.protocol.envelope import open_record
from sync.protocol.facts import Opaque, ReceiptIssued, ReceiptItem, SubjectErased
from sync.protocol.subject import commitment
from tests.storage.builders import KEY, LINE, FakeClock, FakeIds, a_store, collect, open_line, person, receive


def _write(store: Store, command: str, job: object) -> None:
    def work() -> None:
        with store.write(command, "o1") as tx:
            job(tx)  # type: ignore[operator]

    store.call(work)


def _bytes(folder: Path) -> bytes:
    return b"".join(path.read_bytes() for path in sorted(folder.glob("desk.db*")))


def test_file_and_log_hold_no_plain_text(tmp_path: Path) -> None:
    store = a_store(tmp_path)
    open_line(store)
    _write(store, "c1", lambda tx: receive(tx, FakeClock(), "d-canary", who=person("Canaria Kim Yến", "099887766554")))
    for data in (_bytes(tmp_path),):
        assert not any(word in data for word in (b"Canaria", b"canaria", b"099887766554", b"d-canary", b"dossier"))
    store.close()
    data = _bytes(tmp_path)
    assert data[:16] != b"SQLite format 3\x00"
    assert b"Canaria" not in data
    with pytest.raises(driver.DatabaseError):
        driver.connect(str(tmp_path / "desk.db")).execute("SELECT * FROM sqlite_master")


def test_wrong_key_plain_file_and_rubbish_are_refused_untouched(tmp_path: Path) -> None:
    a_store(tmp_path).close()
    before = (tmp_path / "desk.db").read_bytes()
    with pytest.raises(Failed, match="DL-01"):
        Store.open(tmp_path / "desk.db", bytes(32), clock=FakeClock(), ids=FakeIds())
    assert (tmp_path / "desk.db").read_bytes() == before
    plain = tmp_path / "plain.db"
    driver.connect(str(plain)).execute("CREATE TABLE t (x)")
    rubbish = tmp_path / "rubbish.db"
    rubbish.write_bytes(b"rubbish" * 1000)
    for path in (plain, rubbish):
        kept = path.read_bytes()
        with pytest.raises(Failed, match="DL-01"):
            Store.open(path, KEY, clock=FakeClock(), ids=FakeIds())
        assert path.read_bytes() == kept


def test_newer_file_is_refused_and_not_one_byte_changes(tmp_path: Path) -> None:
    a_store(tmp_path).close()
    path = tmp_path / "desk.db"
    connection = connect(path, KEY)
    connection.execute(f"PRAGMA user_version = {KEPT_VERSION + 1}")
    connection.close()
    before = path.read_bytes()
    with pytest.raises(DeskError, match="HT-10"):
        a_store(tmp_path)
    assert path.read_bytes() == before


class NextVersion(Store):
    """A program one version on."""

    migrations = (*MIGRATIONS, ("ALTER TABLE draft ADD COLUMN title TEXT", "CREATE TABLE extra (x INTEGER)"))


class BrokenVersion(Store):
    """A program whose migration fails after its first statement."""

    migrations = (*MIGRATIONS, ("CREATE TABLE extra (x INTEGER)", "INSERT INTO nowhere VALUES (1)"))


def test_a_migration_keeps_a_backup_of_the_version_before_and_the_old_program_is_refused(tmp_path: Path) -> None:
    store = a_store(tmp_path)
    open_line(store)
    store.close()
    path = tmp_path / "desk.db"
    NextVersion.open(path, KEY, clock=FakeClock(), ids=FakeIds(1)).close()
    (copy,) = tmp_path.glob(f"desk.v{KEPT_VERSION}.*.backup")
    assert backup.check(copy, KEY) == (8, 0)
    with pytest.raises(DeskError, match="HT-10"):
        a_store(tmp_path)
    NextVersion.open(path, KEY, clock=FakeClock(), ids=FakeIds(2)).close()


def test_a_migration_that_fails_leaves_the_file_as_it_was(tmp_path: Path) -> None:
    store = a_store(tmp_path)
    open_line(store)
    store.close()
    with pytest.raises(DeskError):
        BrokenVersion.open(tmp_path / "desk.db", KEY, clock=FakeClock(), ids=FakeIds(1))
    store = a_store(tmp_path, seed=2)
    assert store.rebuild().records == 8
    store.close()


def test_a_damaged_page_is_told_and_never_read_as_data(tmp_path: Path) -> None:
    store = a_store(tmp_path)
    open_line(store)
    for n in range(40):
        _write(store, f"c{n}", lambda tx, n=n: receive(tx, FakeClock(), f"d{n}"))
    store.close()
    path = tmp_path / "desk.db"
    data = bytearray(path.read_bytes())
    for page in range(3, len(data) // 4096):
        data[page * 4096 + 100] ^= 1
    path.write_bytes(data)
    with pytest.raises(DeskError) as error:
        damaged = a_store(tmp_path)
        try:
            damaged.rebuild()
        finally:
            damaged.close()
    assert error.value.code in ("DL-02", "DL-01", "HT-06")


def test_two_processes_worth_of_connections_wait_for_each_other_and_share_one_chain(tmp_path: Path) -> None:
    first, second = a_store(tmp_path), a_store(tmp_path, seed=1)
    open_line(first)

    def fill(store: Store, name: str) -> None:
        for n in range(20):
            _write(store, f"{name}{n}", lambda tx, n=n: receive(tx, FakeClock(), f"{name}-{n}"))

    threads = [threading.Thread(target=fill, args=pair) for pair in ((first, "a"), (second, "b"))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    def codes() -> list[str]:
        with first.read() as tx:
            return [row.code[-4:] for row in dossiers.find(tx, "", now=FakeClock().now)]

    assert first.call(codes) == [f"{n:04}" for n in range(40, 0, -1)]
    second.close()
    assert first.rebuild().differences == ()
    first.close()


def test_only_the_store_thread_may_touch_the_file(tmp_path: Path) -> None:
    store = a_store(tmp_path)
    with pytest.raises(RuntimeError), store.read():
        pass
    with pytest.raises(RuntimeError), store.write("c", "o"):
        pass
    assert store.submit(lambda: store.call(lambda: 7)).result() == 7
    store.close()


def test_nothing_is_written_outside_its_transaction(tmp_path: Path) -> None:
    store = a_store(tmp_path)
    kept: list[WriteTx] = []
    _write(store, "", kept.append)
    with pytest.raises(AttributeError):
        store.call(lambda: kept[0].set_setting("late", "1"))

    def nested() -> None:
        with store.write("", "o"), store.write("", "o"):
            pass

    with pytest.raises(RuntimeError):
        store.call(nested)
    _write(store, "", lambda tx: tx.set_setting("then", "1"))
    store.close()


def test_same_command_answers_with_what_it_did_and_appends_nothing(tmp_path: Path) -> None:
    clock = FakeClock()
    store = a_store(tmp_path, clock=clock)
    open_line(store)
    hashes: list[str] = []

    def press() -> str:
        with store.write("pressed-twice", "o1") as tx:
            if not tx.prior:
                receive(tx, clock, "d1")
                collect(tx, clock, "r1", ("d1",))
                return "new"
            hashes.extend(r.h for r in tx.prior)
            assert [r.envelope.kind for r in tx.prior] == ["dossier.received", "receipt.issued"]
            with pytest.raises(RuntimeError):
                tx.append(SubjectErased("s", "b"))
            return "again"

    assert [store.call(press), store.call(press)] == ["new", "again"]
    store.close()
    store = a_store(tmp_path, seed=1, clock=clock)
    assert store.call(press) == "again"
    assert hashes[:2] == hashes[2:]
    store.close()


def test_a_number_can_neither_be_skipped_nor_used_twice_nor_leave_its_grant(tmp_path: Path) -> None:
    clock = FakeClock()
    store = a_store(tmp_path, clock=clock)
    open_line(store)

    def skips(tx: WriteTx) -> None:
        tx.take_number("receipt", clock.day())
        collect(tx, clock, "r1", ())

    with pytest.raises(NumberError):
        _write(store, "c1", skips)

    def wrong_total(tx: WriteTx) -> None:
        n = tx.take_number("receipt", clock.day())
        items = (ReceiptItem("f", "fee", "x", "y", 1, 5, 5),)
        ref = tx.put_subject("person", person())
        tx.append(
            ReceiptIssued("r", n.form, n.symbol, 1, n.number, (), ref, items, 5, "cash", clock.local(), 99, n.grant)
        )

    with pytest.raises(NumberError):
        _write(store, "c2", wrong_total)
    for n in range(40):
        _write(store, f"ok{n}", lambda tx, n=n: collect(tx, clock, f"r{n}", ()))

    def next_grant(tx: WriteTx) -> None:
        taken = tx.take_number("receipt", clock.day())
        assert (taken.number, taken.grant, taken.left) == (41, f"{LINE}-1", 100_000 - 41)

    _write(store, "c3", next_grant)
    with pytest.raises(Refused, match="DL-13"):
        _write(store, "c4", lambda tx: tx.take_number("petition", clock.day()))
    store.close()


def test_running_out_of_receipt_numbers_stops_money_only(tmp_path: Path) -> None:
    clock = FakeClock()
    store = a_store(tmp_path, clock=clock)
    open_line(store)
    with pytest.raises(Refused, match="TP-08") as error:
        _spend_all(store, clock)
    assert error.value.values == {"series": "26TAA", "n": 0}
    _write(store, "c1", lambda tx: receive(tx, clock, "d1"))
    store.close()


def _spend_all(store: Store, clock: FakeClock) -> None:
    def job() -> None:
        with store.write("x", "o1") as tx:
            tx.execute("UPDATE grant_ SET last = 1 WHERE series_kind = 'receipt' AND first = 1")
            tx.execute("DELETE FROM grant_ WHERE series_kind = 'receipt' AND first > 1")
            collect(tx, clock, "r1", ())
            collect(tx, clock, "r2", ())

    store.call(job)


def test_subjects_stand_beside_the_chain_and_erasing_one_keeps_it_whole(tmp_path: Path) -> None:
    clock = FakeClock()
    store = a_store(tmp_path, clock=clock)
    open_line(store)
    kept: list[object] = []

    def intake(tx: WriteTx) -> None:
        fact = receive(tx, clock, "d1")
        kept.append(fact.applicant)
        row = tx.row("SELECT salt, data FROM subject WHERE id = ?", (fact.applicant.id,))
        assert fact.applicant.commit == commitment(row[0], row[1])
        assert "Dũng" not in "".join(r.raw.decode() for r in tx.records(LINE))

    _write(store, "c1", intake)
    _write(store, "c2", lambda tx: tx.append(SubjectErased(kept[0].id, "Điều 16")))  # type: ignore[attr-defined]

    def look() -> None:
        with store.read() as tx:
            assert tx.subject(kept[0].id) is None  # type: ignore[attr-defined]
            assert dossiers.find(tx, "dung", now=clock.now) == ()
            row = dossiers.get(tx, "d1")
            assert row is not None
            assert (row.name, row.phone, row.id_number) == ("", "", "")

    store.call(look)
    assert store.rebuild().differences == ()
    store.close()


def test_a_kind_of_a_newer_program_is_kept_and_passed_on(tmp_path: Path) -> None:
    store = a_store(tmp_path)
    open_line(store)
    _write(store, "c1", lambda tx: tx.append(Opaque("future.thing", 3, {"x": [1, "hai"]})))

    def look() -> dict[str, object]:
        with store.read() as tx:
            raw = tx.row("SELECT raw FROM record WHERE kind = 'future.thing'")[0]
            return dict(open_record(bytes(raw)).envelope.body)

    assert store.call(look) == {"x": [1, "hai"]}
    assert store.rebuild().differences == ()
    store.close()


def test_decomposed_text_is_composed_before_it_is_shown_so_a_rebuild_changes_nothing(tmp_path: Path) -> None:
    clock = FakeClock()
    store = a_store(tmp_path, clock=clock)
    open_line(store)
    name = normalize("NFD", "Đỗ Thị Hường")

    def job(tx: WriteTx) -> None:
        receive(tx, clock, normalize("NFD", "hồ-sơ-1"), who=person(name), procedure=normalize("NFD", "thủ tục"))
        row = dossiers.get(tx, "hồ-sơ-1")
        assert row is not None
        assert (row.name, row.procedure) == ("Đỗ Thị Hường", "thủ tục")

    _write(store, "c1", job)
    assert store.rebuild().differences == ()
    store.close()


def test_a_changed_record_is_found_by_a_rebuild_which_then_changes_nothing(tmp_path: Path) -> None:
    store = a_store(tmp_path)
    open_line(store)
    _write(store, "", lambda tx: tx.execute("UPDATE record SET raw = replace(raw, '26TAA', '26TAB') WHERE seq = 3"))
    with pytest.raises(Incident, match="DL-05") as error:
        store.rebuild()
    assert error.value.values["seq"] == 3

    def grants() -> int:
        with store.read() as tx:
            return int(tx.row("SELECT count(*) FROM grant_")[0])

    assert store.call(grants) == 7
    store.close()


def test_tampered_read_tables_show_at_a_rebuild_and_are_right_afterwards(tmp_path: Path) -> None:
    clock = FakeClock()
    store = a_store(tmp_path, clock=clock)
    open_line(store)
    _write(store, "c1", lambda tx: (receive(tx, clock, "d1"), collect(tx, clock, "r1", ("d1",))))
    _write(store, "", lambda tx: tx.execute("UPDATE receipt SET total_vnd = 1"))
    seen: list[tuple[int, int]] = []
    assert store.rebuild(lambda done, total: seen.append((done, total))).differences == ("receipt",)
    assert seen[-1][0] == seen[-1][1] > 0
    assert store.rebuild().differences == ()
    store.close()


def test_another_fold_version_rebuilds_at_opening(tmp_path: Path) -> None:
    store = a_store(tmp_path)
    open_line(store)
    _write(store, "c1", lambda tx: receive(tx, FakeClock(), "d1"))
    _write(store, "", lambda tx: (tx.set_setting("fold_version", "0"), tx.execute("DELETE FROM dossier_event")))
    store.close()
    store = a_store(tmp_path, seed=1)

    def events() -> int:
        with store.read() as tx:
            return int(tx.row("SELECT count(*) FROM dossier_event")[0])

    assert store.call(events) == 1
    store.close()


def test_every_field_typed_survives_a_crash_and_nine_can_be_parked(tmp_path: Path) -> None:
    store = a_store(tmp_path)
    for text in ("Đ", "Đỗ", "Đỗ Văn"):
        _write(store, "", lambda tx, text=text: drafts.save(tx, "f1", "intake", {"name": text}, "2026-11-25T10:00:00"))
    store._disconnect()  # the process ends here: nothing is closed in order
    store = a_store(tmp_path)

    def park_all(tx: WriteTx) -> None:
        found = drafts.load(tx, "f1")
        assert found is not None
        assert found.data == {"name": "Đỗ Văn"}
        for n in range(2, 11):
            drafts.save(tx, f"f{n}", "intake", {}, "2026-11-25T10:00:01")
        assert [drafts.park(tx, f"f{n}") for n in range(1, 10)] == list(range(1, 10))
        with pytest.raises(Refused, match="TN-18"):
            drafts.park(tx, "f10")
        drafts.take_up(tx, "f4")
        drafts.drop(tx, "f4")
        assert drafts.park(tx, "f10") == 4
        assert [d.parked_no for d in drafts.all(tx)] == [1, 2, 3, 4, 5, 6, 7, 8, 9]

    _write(store, "", park_all)
    store.close()


def test_backup_is_whole_checked_and_opens_as_a_desk(tmp_path: Path) -> None:
    clock = FakeClock()
    store = a_store(tmp_path, clock=clock)
    open_line(store)
    _write(store, "c1", lambda tx: receive(tx, clock, "d1"))
    made = store.backup(tmp_path / "copy.db")
    assert (made.records, made.subjects) == (9, 1)
    with pytest.raises(FileExistsError):
        store.backup(tmp_path / "copy.db")
    store.close()
    (tmp_path / "new").mkdir()
    backup.restore(tmp_path / "copy.db", tmp_path / "new" / "desk.db", KEY)
    again = a_store(tmp_path / "new", clock=clock)
    assert again.rebuild().differences == ()
    again.close()
    assert not list(tmp_path.glob("*.part*"))


def test_blobs_and_settings_stay(tmp_path: Path) -> None:
    store = a_store(tmp_path)

    def job(tx: WriteTx) -> None:
        sha = tx.put_blob(b"%PDF", "application/pdf")
        assert tx.put_blob(b"%PDF", "application/pdf") == sha
        assert tx.blob(sha) == b"%PDF"
        tx.set_setting("scanner", "usb")
        tx.set_setting("scanner", "serial")
        assert tx.setting("scanner") == "serial"
        assert tx.setting("none") is None

    _write(store, "", job)
    store.close()


def test_training_money_is_no_money(tmp_path: Path) -> None:
    clock = FakeClock()
    store = a_store(tmp_path, clock=clock)
    open_line(store)
    open_line(store, LINE + 1, "training")

    def job(tx: WriteTx) -> None:
        tx.use_line("training")
        receive(tx, clock, "d1")
        collect(tx, clock, "r1", ("d1",))

    _write(store, "c1", job)

    def look() -> None:
        with store.read() as tx:
            assert receipts.totals(tx, clock.day()).count == 0
            assert dossiers.counts(tx, clock.now)["all"] == 0
            tx.use_line("training")
            assert receipts.totals(tx, clock.day()).total_vnd == 15_000

    store.call(look)
    store.close()


def test_no_two_read_indexes_have_one_name() -> None:
    names = [str(index.name) for table in READ.tables.values() for index in table.indexes]
    assert len(names) == len(set(names))
