"""The thread that sends: it reports, waits, wakes, stops, and never gives up."""

from __future__ import annotations

import threading

from sync.desk.runner import Runner, SyncStatus
from tests.sync.desk import Desk
from tests.sync.ports import free_port
from tests.sync.proxy import HTML_200, Proxy
from tests.sync.server import CentreProcess


class Watcher:
    """Waits for a status."""

    def __init__(self) -> None:
        self.seen: list[SyncStatus] = []
        self.threads: set[str] = set()
        self._changed = threading.Condition()

    def __call__(self, status: SyncStatus) -> None:
        with self._changed:
            self.seen.append(status)
            self.threads.add(threading.current_thread().name)
            self._changed.notify_all()

    def wait_for(self, state: str, after: int = 0) -> int:
        with self._changed:
            assert self._changed.wait_for(lambda: any(s.state == state for s in self.seen[after:]), 30), self.seen
            return len(self.seen)


def test_a_centre_that_is_absent_and_then_there_gets_everything(centre: CentreProcess, desk: Desk) -> None:
    desk.work(80)
    watcher = Watcher()
    url = [f"http://127.0.0.1:{free_port()}"]
    runner = Runner(
        desk, desk.signer, desk.clock, desk.log, lambda _: desk.client(url[0]), watcher, first_ms=20, idle_ms=60_000
    )
    runner.start()
    try:
        watcher.wait_for("offline")
        url[0] = centre.url
        watcher.wait_for("ok")
        seen = len(watcher.seen)
        desk.work(120)
        runner.wake()
        watcher.wait_for("ok", seen)
    finally:
        runner.stop()
    assert desk.acked() == len(desk.book.records) == len(centre.hashes(desk.who.unit))
    offline = next(s for s in watcher.seen if s.state == "offline")
    assert offline.code == "DB-01" and offline.pending > 80
    assert any(s.next_try_at is not None for s in watcher.seen)
    assert watcher.threads == {"sync"}


def test_a_log_in_page_is_named_and_sending_goes_on_afterwards(centre: CentreProcess, desk: Desk) -> None:
    watcher = Watcher()
    with Proxy(centre.port, HTML_200) as proxy:
        runner = desk.runner(proxy.url, watcher, first_ms=20)
        runner.start()
        try:
            watcher.wait_for("portal")
            watcher.wait_for("ok")
        finally:
            runner.stop()
    assert next(s.code for s in watcher.seen if s.state == "portal") == "DB-02"


def test_refused_records_are_told_and_do_not_stop_the_others(centre: CentreProcess, desk: Desk) -> None:
    desk.book.append_body("receipt.issued", {})
    desk.work(20)
    status = desk.runner().run_once()
    assert (status.state, status.code, status.refused, status.pending) == ("ok", "DB-04", 1, 0)
    assert len(desk.refused) == 1


def test_a_bug_in_the_journal_port_does_not_end_the_thread(centre: CentreProcess, desk: Desk) -> None:
    watcher = Watcher()
    runner = desk.runner("", watcher, first_ms=20)
    real, failing = desk.tokens, [True]

    def tokens(line: int) -> object:
        if failing:
            failing.clear()
            raise ZeroDivisionError
        return real(line)

    desk.tokens = tokens  # type: ignore[assignment,method-assign]
    runner.start()
    try:
        watcher.wait_for("broken")
        watcher.wait_for("ok")
    finally:
        runner.stop()


def test_stopping_ends_the_thread(desk: Desk) -> None:
    runner = desk.runner()
    runner.start()
    runner.stop()
    assert "sync" not in {t.name for t in threading.enumerate() if t.is_alive()}
