"""Whatever ends a program in the middle of a command, the file holds the command whole or not at all."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from desk_app.domain.errors import Failed
from desk_app.storage.queries import dossiers
from desk_app.storage.store import Store
from tests.storage.builders import FakeClock, a_store, collect, open_line, receive

ROOT = Path(__file__).resolve().parents[2]
posix = pytest.mark.skipif(sys.platform == "win32", reason="forks and limits of POSIX")


@posix
def test_fifty_kills_lose_double_and_halve_nothing(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "tests.storage.killing", str(tmp_path), "50", "7"],
        cwd=ROOT, capture_output=True, text=True, timeout=280, check=True,
    )  # fmt: skip
    told = json.loads(done.stdout.splitlines()[-1])
    assert told["broken"] == []
    assert told["acknowledged"] >= 50


def _full_disk(store: Store, clock: FakeClock) -> int:
    """Take in dossiers with large scans under a limit of file size; answers how many were taken in before it hit."""
    import resource
    import signal

    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (3 << 20, hard))
    done = 0
    try:
        with pytest.raises(Failed) as error:
            while True:

                def job(n: int = done) -> None:
                    with store.write(f"c{n}", "o1") as tx:
                        receive(tx, clock, f"d{n}")
                        tx.put_blob(bytes([n % 256]) * 200_000 + str(n).encode(), "image/png")
                        collect(tx, clock, f"r{n}", (f"d{n}",))

                store.call(job)
                done += 1
        assert error.value.code in ("HT-04", "HT-06")
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
        signal.signal(signal.SIGXFSZ, signal.SIG_DFL)
    return done


@posix
def test_full_disk_refuses_whole_commands_reading_goes_on_and_so_does_work_afterwards(tmp_path: Path) -> None:
    clock = FakeClock()
    store = a_store(tmp_path, clock=clock)
    open_line(store)
    done = _full_disk(store, clock)
    assert done > 3

    def read() -> int:
        with store.read() as tx:
            return len(dossiers.find(tx, "", now=clock.now))

    assert store.call(read) == min(done, 50)

    def again() -> None:
        with store.write(f"c{done}", "o1") as tx:
            receive(tx, clock, f"d{done}")
            collect(tx, clock, f"r{done}", (f"d{done}",))

    store.call(again)
    assert store.rebuild().differences == ()
    store.close()


@pytest.mark.skipif(
    not hasattr(__import__("os"), "geteuid") or __import__("os").geteuid() != 0, reason="mounts need root"
)
def test_a_disk_that_is_really_full_says_so(tmp_path: Path) -> None:
    disk = tmp_path / "disk"
    disk.mkdir()
    if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=4m", "tmpfs", str(disk)], check=False).returncode:
        pytest.skip("this machine allows no mounts")
    try:
        clock = FakeClock()
        store = a_store(disk, clock=clock)
        open_line(store)
        n = 0
        with pytest.raises(Failed) as error:
            while True:
                n += 1

                def job(n: int = n) -> None:
                    with store.write(f"c{n}", "o1") as tx:
                        receive(tx, clock, f"d{n}")
                        tx.put_blob(bytes([n % 256]) * 100_000 + str(n).encode(), "image/png")

                store.call(job)
        assert error.value.code == "HT-04"
        assert store.call(lambda: _count(store)) == n - 1
        store.close()
        again = a_store(disk, seed=1, clock=clock)
        assert again.call(lambda: _count(again)) == n - 1
        again.close()
    finally:
        subprocess.run(["umount", str(disk)], check=True)


def _count(store: Store) -> int:
    with store.read() as tx:
        row = tx.row("SELECT count(*) FROM dossier")
        return int(row[0])
