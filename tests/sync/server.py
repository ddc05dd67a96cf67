"""A real centre in its own process over a real PostgreSQL, and a look into its tables."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg
import requests

from sync.centre.accounts import add_account
from sync.centre.clock import system_clock
from sync.centre.database import Embedded
from sync.centre.enrol import add_unit, make_code
from sync.centre.identity import load_key
from tests.sync.ports import free_port

_SAMPLE = Path(__file__).parents[2] / "resources" / "units" / "hoa-mau.json"
SAMPLE_PROFILE: dict[str, Any] = json.loads(_SAMPLE.read_text("utf-8"))


@contextmanager
def open_folder() -> Iterator[Path]:
    """A temporary folder that PostgreSQL's own user may enter where the tests run as root (pytest closes its own)."""
    with tempfile.TemporaryDirectory(prefix="desk-centre-", ignore_cleanup_errors=True) as folder:
        yield Path(folder)


@contextmanager
def running_centre() -> Iterator[CentreProcess]:
    """A centre of its own, empty, running; stopped with its database at the end."""
    with open_folder() as folder:
        process = CentreProcess(folder)
        process.start()
        yield process
        process.stop()
        process.postgresql.stop()


class Visitor:
    """A browser without scripts: keeps its cookie, follows nothing. Each comes from an address of its own."""

    def __init__(self, url: str, number: int = 0) -> None:
        self._url = url
        self.session = requests.Session()
        self.session.headers["X-Forwarded-For"] = f"10.1.{number // 250}.{number % 250 + 1}"

    def get(self, path: str) -> requests.Response:
        return self.session.get(self._url + path, timeout=10, allow_redirects=False)

    def post(self, path: str, **fields: str) -> requests.Response:
        return self.session.post(self._url + path, data=fields, timeout=10, allow_redirects=False)

    def form(self, path: str) -> str:
        """The word that each form of this log-in brings back."""
        found = re.search(r'name="form" value="([^"]+)"', self.get(path).text)
        assert found is not None
        return found[1]


class CentreProcess:
    """``desk-centre serve`` that can be killed and started again on the same port and data."""

    def __init__(self, data: Path) -> None:
        self.data = data
        self.postgresql = Embedded(data)  # held here as well: it outlives a killed server
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.log = data / "log"
        self._process: subprocess.Popen[str] | None = None
        self._units = 10_000
        self._people = 0

    @property
    def pid(self) -> int:
        assert self._process is not None
        return self._process.pid

    def start(self) -> None:
        with self.log.open("a") as log:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "sync.centre.main", "serve", "--data", str(self.data), "--port", str(self.port)],
                stdout=subprocess.PIPE, stderr=log, text=True,
            )  # fmt: skip
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        assert line.startswith("desk-centre http"), self.log.read_text()

    def kill(self) -> None:
        """kill -9."""
        self._end(signal.SIGKILL)

    def stop(self) -> int:
        """SIGTERM; answers the exit code."""
        return self._end(signal.SIGTERM)

    def _end(self, number: int) -> int:
        process, self._process = self._process, None
        if process is None:
            return 0
        os.kill(process.pid, number)
        code = process.wait(20)
        assert process.stdout is not None
        process.stdout.close()
        return code

    def rows(self, statement: str, *args: object) -> list[tuple[Any, ...]]:
        """What PostgreSQL holds."""
        with psycopg.connect(self.postgresql.url) as db:
            cursor = db.execute(statement, args)  # type: ignore[arg-type]
            return cursor.fetchall() if cursor.description else []

    def new_unit(self) -> str:
        """An office of its own for each test: they share the centre and nothing else."""
        self._units += 1
        with psycopg.connect(self.postgresql.url) as db:
            return add_unit(db, SAMPLE_PROFILE | {"code": str(self._units)})

    def code(self, unit: str, station_no: int = 1) -> str:
        with psycopg.connect(self.postgresql.url) as db:
            return make_code(db, load_key(self.data), unit, station_no, system_clock())

    def visitor(self, role: str = "admin", unit: str = "") -> Visitor:
        """Somebody who is logged in on the pages."""
        self._people += 1
        account, password = f"p{self._people}-{role}", f"mat khau {self._people}"
        with psycopg.connect(self.postgresql.url) as db:
            add_account(db, account, "Trần Thị Kiểm", role, password, system_clock(), unit)
        visitor = Visitor(self.url, self._people)
        answer = visitor.post("/dang-nhap", ten=account, mk=password)
        assert answer.status_code == 303, answer.text
        return visitor

    def hashes(self, unit: str) -> list[str]:
        """Hashes of the records of an office, by line and seq."""
        return [h.hex() for (h,) in self.rows("SELECT h FROM record WHERE unit = %s ORDER BY line, seq", unit)]
