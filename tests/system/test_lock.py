"""One desk per folder, whoever started it and however it ended."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from desk_app.domain.errors import Refused
from desk_app.system.lock import FolderLock

_HOLD = (
    "import sys, pathlib; from desk_app.system.lock import FolderLock;"
    "lock = FolderLock(pathlib.Path(sys.argv[1])); lock.acquire(); print('held', flush=True); sys.stdin.read()"
)


def _holder(folder: Path) -> subprocess.Popen[str]:
    other = subprocess.Popen(
        [sys.executable, "-c", _HOLD, str(folder)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert other.stdout is not None
    assert other.stdout.readline() == "held\n"
    return other


def test_a_second_desk_is_told_who_has_the_folder_open(data_dir: Path) -> None:
    with _holder(data_dir) as other:
        try:
            with pytest.raises(Refused) as refused:
                FolderLock(data_dir).acquire()
            assert refused.value.code == "HT-02"
            assert refused.value.values["pid"] == str(other.pid)
            assert "@" in str(refused.value.values["holder"])
        finally:
            other.kill()


def test_a_killed_desk_leaves_no_lock(data_dir: Path) -> None:
    with _holder(data_dir) as other:
        other.kill()
        other.wait()
        with FolderLock(data_dir):
            assert str(os.getpid()) in (data_dir / "desk.lock").read_text(encoding="utf-8")


def test_released_means_free_and_taking_twice_is_once(data_dir: Path) -> None:
    first = FolderLock(data_dir)
    first.acquire()
    first.acquire()
    with pytest.raises(Refused):
        FolderLock(data_dir).acquire()
    first.release()
    first.release()
    with FolderLock(data_dir):
        pass
