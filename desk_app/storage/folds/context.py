"""What every fold is given: the record's place, the cursor, the people it names, counters collected until the end."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, NamedTuple
from unicodedata import normalize

from desk_app.storage.search_key import fold as fold_text
from sync.protocol.envelope import Envelope
from sync.protocol.subject import SubjectRef

_ENCODER = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"))
_COUNT = (
    "INSERT INTO counter (day, what, training, n) VALUES (?, ?, ?, ?)"
    " ON CONFLICT (day, what, training) DO UPDATE SET n = n + excluded.n"
)


@dataclass(frozen=True, slots=True)
class Placed:
    """A sealed record and its place in the order of arrival; ``training``: 1 when a training line wrote it.

    ``ours``: a line of this desk wrote it; else its papers, numbers and cash are another counter's business.
    """

    pos: int
    envelope: Envelope
    training: int
    ours: bool = True

    @property
    def local(self) -> str:
        """When it was sealed, in local time without offset, to the second."""
        at = datetime.fromisoformat(self.envelope.at.removesuffix("Z")) + timedelta(minutes=self.envelope.tz)
        return at.isoformat(timespec="seconds")


@dataclass(frozen=True, slots=True)
class Person:
    """The fields of a subject that lists are searched by; all empty when the subject was erased or is not here."""

    name: str = ""
    birth_year: int | None = None
    phone: str = ""
    id_number: str = ""

    @property
    def name_key(self) -> str:
        return fold_text(self.name)


NOBODY = Person()
_FOREIGN = "foreign"


_INDEX = "INSERT INTO dossier_search (rowid, search_key) VALUES (?, ?)"
_UNINDEX = "INSERT INTO dossier_search (dossier_search, rowid, search_key) VALUES ('delete', ?, ?)"


class Grant(NamedTuple):
    """A range of numbers as it was granted; never changed afterwards. ``accepted``: local day it came to its line."""

    grant: str
    line: int
    series_kind: str
    form: str
    symbol: str
    series_id: int
    first: int
    last: int
    period: str
    accepted: str


_GRANT = "SELECT grant_id, line, series_kind, form, symbol, series_id, first, last, period, accepted FROM grant_ "
_USED = "SELECT last_number, last_seq FROM series_use WHERE grant_id = ? AND period_key = ?"
_USE = (
    "INSERT INTO series_use VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (grant_id, period_key) DO UPDATE SET"
    " last_number = excluded.last_number, last_seq = excluded.last_seq, used = used + excluded.used,"
    " total_vnd = total_vnd + excluded.total_vnd"
)


_PROCEDURE = "INSERT INTO procedure_use VALUES (?, ?) ON CONFLICT (procedure) DO UPDATE SET n = n + excluded.n"
EVENT = "INSERT OR IGNORE INTO dossier_event VALUES (?, ?, ?, ?, ?, ?)"
_BATCH = 2000


class Folding:
    """One run of folds inside one transaction. What it has read of grants it keeps: nobody else can write meanwhile."""

    __slots__ = (
        "_bulk", "_counts", "_granted", "_grants", "_kinds", "_later", "_many", "_people", "_procedures", "_undo",
        "_used", "_uses", "execute",
    )  # fmt: skip

    def __init__(self, cursor: Any, kinds: dict[int, str], *, bulk: bool = False) -> None:
        self.execute: Callable[..., Any] = cursor.execute
        self._many: Callable[..., Any] = cursor.executemany
        self._bulk = bulk  # a rebuild writes what no fold reads in batches, and the search index at its end
        self._later: dict[str, list[tuple[Any, ...]]] = {}
        self._uses: dict[tuple[str, str], tuple[int, int, int, int]] = {}
        self._procedures: dict[str, int] = {}
        self._undo: list[Callable[[], object]] | None = None
        self._kinds = kinds
        self._people: dict[str, Person] = {}
        self._counts: dict[tuple[str, str, int], int] = {}
        self._grants: dict[str, Grant] = {}
        self._granted: dict[int, list[Grant]] = {}
        self._used: dict[tuple[str, str], tuple[int, int]] = {}

    def training(self, line: int) -> int:
        """1 when ``line`` is a training line. ``kinds`` is the store's memory of lines and never changes for a line."""
        return int(self._kind(line).startswith("training"))

    def ours(self, line: int) -> bool:
        """Whether this desk writes ``line``."""
        return self._kind(line) != _FOREIGN

    def _kind(self, line: int) -> str:
        kind = self._kinds.get(line)
        if kind is None:
            row = self.execute("SELECT kind, ours FROM line WHERE line = ?", (line,)).fetchone()
            kind = self._kinds[line] = "main" if row is None else row[0] if row[1] else _FOREIGN
        return kind

    def grant(self, grant: str) -> Grant | None:
        known = self._grants.get(grant)
        if known is None:
            row = self.execute(f"{_GRANT}WHERE grant_id = ?", (grant,)).fetchone()
            if row is None:
                return None
            known = self._grants[grant] = Grant(*row)
        return known

    def grants(self, line: int, series_kind: str) -> list[Grant]:
        """The grants of a line for one series, in the order in which they are used up."""
        if line not in self._granted:
            sql = f"{_GRANT}WHERE line = ? ORDER BY series_kind, series_id, first"
            self._granted[line] = [Grant(*row) for row in self.execute(sql, (line,)).fetchall()]
            self._grants.update((grant.grant, grant) for grant in self._granted[line])
        return [grant for grant in self._granted[line] if grant.series_kind == series_kind]

    def add_grant(self, grant: Grant) -> None:
        self.execute("INSERT OR IGNORE INTO grant_ VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", grant)
        self._granted.pop(grant.line, None)

    def last_use(self, key: tuple[str, str]) -> tuple[int, int] | None:
        """The last number used of (grant, period) and the seq of the record that used it; None: untouched."""
        if key not in self._used:
            row = self.execute(_USED, key).fetchone()
            if row is None:
                return None
            self._used[key] = row
        return self._used[key]

    def use(self, key: tuple[str, str], number: int, seq: int, amount_vnd: int) -> None:
        """Note a number as used."""
        self._keep(self._used, key, (number, seq))
        if self._bulk:
            _, _, used, total = self._uses.get(key, (0, 0, 0, 0))
            self._keep(self._uses, key, (number, seq, used + 1, total + amount_vnd))
        else:
            self.execute(_USE, (*key, number, seq, 1, amount_vnd))

    def use_procedure(self, procedure: str) -> None:
        """One more dossier or slip of this procedure."""
        self._keep(self._procedures, procedure, self._procedures.get(procedure, 0) + 1)

    def guard(self) -> None:
        """From here on what is collected can be taken back; nothing collected is written meanwhile."""
        self._undo = []

    def release(self, *, done: bool) -> None:
        """The end of ``guard``; not ``done``: everything collected since is taken back."""
        for take_back in reversed(self._undo or ()) if not done else ():
            take_back()
        self._undo = None

    def _keep(self, kept: dict[Any, Any], key: Any, value: Any) -> None:
        if self._undo is not None:
            before = kept.get(key)
            self._undo.append(lambda: kept.pop(key) if before is None else kept.__setitem__(key, before))
        kept[key] = value

    def later(self, sql: str, values: tuple[Any, ...]) -> None:
        """Write a row that no fold ever reads: at once, in a rebuild with many others."""
        if not self._bulk:
            self.execute(sql, values)
            return
        rows = self._later.setdefault(sql, [])
        rows.append(values)
        if self._undo is not None:
            self._undo.append(rows.pop)
        elif len(rows) >= _BATCH:
            self._many(sql, rows)
            rows.clear()

    def know(self, subject: str, value: Mapping[str, Any]) -> None:
        """Remember a subject that was put in this very transaction."""
        self._people[subject] = _person(value)

    def forget(self, subject: str) -> None:
        self._people[subject] = NOBODY

    def person(self, ref: SubjectRef | None) -> Person:
        if ref is None:
            return NOBODY
        known = self._people.get(ref.id)
        if known is None:
            row = self.execute("SELECT data FROM subject WHERE id = ?", (ref.id,)).fetchone()
            known = _person(json.loads(row[0])["value"]) if row else NOBODY
            if len(self._people) > 256:
                self._people.clear()
            self._people[ref.id] = known
        return known

    def index(self, n: int, key: str, *, old: str | None = None) -> None:
        """Make dossier ``n`` found by the words of ``key`` instead of those of ``old``."""
        if self._bulk:
            return
        if old is not None:
            self.execute(_UNINDEX, (n, old))
        self.execute(_INDEX, (n, key))

    def count(self, day: str, what: str, training: int, n: int = 1) -> None:
        """Add to a counter of ``day`` ("" = of all days)."""
        key = (day, what, training)
        self._keep(self._counts, key, self._counts.get(key, 0) + n)

    def flush(self) -> None:
        """Write what was collected; called once before the transaction ends."""
        self._many(_COUNT, [(*key, n) for key, n in self._counts.items()])
        self._many(_PROCEDURE, list(self._procedures.items()))
        self._many(_USE, [(*key, *use) for key, use in self._uses.items()])
        for sql, rows in self._later.items():
            self._many(sql, rows)
        for kept in (self._counts, self._procedures, self._uses, self._later):
            kept.clear()

    def event(self, dossier: str, at: Placed, kind: str, when: str, note: Mapping[str, Any]) -> None:
        """One step of a dossier's timeline."""
        self.later(EVENT, (dossier, at.pos, when, kind, at.envelope.actor, dump(note)))


def dump(value: Any) -> str:
    """JSON for a read table: sorted, so that a rebuild gives the same text."""
    return _ENCODER.encode(value)


def _person(value: Mapping[str, Any]) -> Person:
    born = str(value.get("birth_date") or value.get("birth_year") or "")[:4]
    return Person(
        name=normalize("NFC", str(value.get("name", ""))),
        birth_year=int(born) if born.isdigit() else None,
        phone="".join(c for c in str(value.get("phone", "")) if c.isdigit() or c == "+"),
        id_number=str(value.get("id_number", "")),
    )
