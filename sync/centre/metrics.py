"""Counters of this process and a few figures of the database, in the text form Prometheus reads."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from threading import Lock

from sync.centre.database import Db

_FIGURES: Mapping[str, tuple[str, str]] = {
    "desk_centre_open_incidents": (
        "Incidents nobody has settled",
        "SELECT count(*) FROM incident WHERE resolved_by IS NULL",
    ),
    "desk_centre_quarantine": (
        "Records waiting in quarantine",
        "SELECT count(*) FROM quarantine WHERE resolved_by IS NULL",
    ),
    "desk_centre_quarantine_age_seconds": (
        "Age of the oldest record in quarantine",
        "SELECT coalesce(extract(epoch FROM now() - min(got))::bigint, 0) FROM quarantine WHERE resolved_by IS NULL",
    ),
    "desk_centre_desks_silent": (
        "Desks not heard of for 24 hours",
        "SELECT count(*) FROM station WHERE revoked_at IS NULL AND last_contact < now() - interval '24 hours'",
    ),
    "desk_centre_receipt_gaps": (
        "Receipt numbers missing",
        "SELECT coalesce(sum(missing), 0)::bigint FROM receipt_gap",
    ),
}
_BUCKETS_MS = (5, 10, 25, 50, 100, 250, 500, 1000, 2500, 10000)


class Metrics:
    """Counts since the start of the process; safe from several threads."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._records: Counter[str] = Counter()
        self._answers: Counter[tuple[str, int]] = Counter()
        self._buckets: Counter[int] = Counter()
        self._batch_ms = 0
        self._batches = 0
        self._fed = 0
        self.waiting = 0

    def records(self, **counts: int) -> None:
        """Add to accepted, skipped, refused, forked."""
        with self._lock:
            self._records.update(counts)

    def fed(self, events: int) -> None:
        """Events went down to a desk."""
        with self._lock:
            self._fed += events

    def answered(self, path: str, status: int) -> None:
        with self._lock:
            self._answers[(path, status)] += 1

    def batch(self, ms: int) -> None:
        """A push took ``ms`` from body to commit."""
        with self._lock:
            self._batches += 1
            self._batch_ms += ms
            self._buckets.update(b for b in _BUCKETS_MS if ms <= b)

    def text(self, db: Db) -> str:
        """Everything, one metric a line."""
        out: list[str] = []
        with self._lock:
            results = ((f'{{result="{k}"}}', self._records[k]) for k in ("accepted", "skipped", "refused", "forked"))
            _put(out, "desk_centre_records_total", "counter", "Records by what became of them", results)
            answers = ((f'{{path="{p}",status="{s}"}}', n) for (p, s), n in sorted(self._answers.items()))
            _put(out, "desk_centre_answers_total", "counter", "Answers by path and status", answers)
            _put(out, "desk_centre_waiting", "gauge", "Requests waiting for their turn", (("", self.waiting),))
            _put(out, "desk_centre_feed_events_total", "counter", "Events sent down", (("", self._fed),))
            out.append("# TYPE desk_centre_batch_milliseconds histogram")
            out.extend(f'desk_centre_batch_milliseconds_bucket{{le="{b}"}} {self._buckets[b]}' for b in _BUCKETS_MS)
            out.append(f'desk_centre_batch_milliseconds_bucket{{le="+Inf"}} {self._batches}')
            out.append(f"desk_centre_batch_milliseconds_sum {self._batch_ms}")
            out.append(f"desk_centre_batch_milliseconds_count {self._batches}")
        for name, (help_, statement) in _FIGURES.items():
            row = db.execute(statement).fetchone()
            _put(out, name, "gauge", help_, (("", int(row[0]) if row else 0),))
        return "\n".join(out) + "\n"


def _put(out: list[str], name: str, kind: str, help_: str, values: Iterable[tuple[str, int]]) -> None:
    out.append(f"# HELP {name} {help_}")
    out.append(f"# TYPE {name} {kind}")
    out.extend(f"{name}{labels} {value}" for labels, value in values)
