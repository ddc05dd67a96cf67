"""Summaries by day, from which every report reads: kept up by triggers of the file, so no fold can forget them.

One description of what a row adds makes both the triggers (one row changes) and the full scan (a rebuild). A rebuild
compares the rows that the triggers kept with those of the scan, like every other read table: that is the proof.

``work_day``: dossiers and guidance slips by day, procedure, officer and channel. ``what``:
received · early, on_time, late (closed on that day; ``days`` = calendar days it took) · due (promised for that day, the
clock running) · due_met (the later of promised and closed day) · guided_first, guided_again. Overdue at the end of a day
is due − due_met up to that day. ``levy_day``: lines of receipts. ``series_day``: numbers of receipts by grant.
"""

from __future__ import annotations

from typing import Any

_MONEY = "training, day, levy_kind, fee, name, method"
_SERIES = "training, day, grant_id, form, symbol"

#: Closed = a result is at the desk, or it was stopped or withdrawn (counted as on time, law-and-forms §11.2). Early is a
#: day before the promised one or more; late is after the promised moment.
_CLOSED = "{r}.closed_at <> ''"
_HOW = (
    "CASE WHEN {r}.due_at = '' OR {r}.settled_at = '' THEN 'on_time' WHEN {r}.settled_at > {r}.due_at THEN 'late'"
    " WHEN substr({r}.settled_at, 1, 10) < substr({r}.due_at, 1, 10) THEN 'early' ELSE 'on_time' END"
)
_TOOK = "CAST(julianday(substr({r}.closed_at, 1, 10)) - julianday(substr({r}.received_at, 1, 10)) AS INTEGER)"
#: A dossier that waits for a supplement or a payment elsewhere has no promise to break.
_PROMISED = "{r}.due_at <> '' AND {r}.state NOT IN (5, 6)"

#: (day, what, days, condition) of everything a dossier adds.
_DOSSIER = (
    ("substr({r}.received_at, 1, 10)", "'received'", "0", "1"),
    ("substr({r}.due_at, 1, 10)", "'due'", "0", _PROMISED),
    ("substr({r}.closed_at, 1, 10)", _HOW, _TOOK, _CLOSED),
    (
        "max(substr({r}.due_at, 1, 10), substr({r}.closed_at, 1, 10))",
        "'due_met'",
        "0",
        f"{_CLOSED} AND {_PROMISED}",
    ),
)
_GUIDANCE = (
    ("substr({r}.given_at, 1, 10)", "CASE WHEN {r}.round = 1 THEN 'guided_first' ELSE 'guided_again' END", "0", "1"),
)  # fmt: skip
_WORK_KEY = "training, day, procedure, what, officer, channel"
_WATCHED = "training, received_at, due_at, settled_at, closed_at, state, procedure, officer, channel"


def _work_rows(parts: tuple[tuple[str, str, str, str], ...], r: str, source: str, channel: str, sign: str) -> str:
    selects = []
    for day, what, days, condition in parts:
        fields = f"{{r}}.training, {day}, {{r}}.procedure, {what}, {{r}}.officer, {channel}, {sign}1, {sign}({days})"
        selects.append(f"SELECT {fields} {source} WHERE {condition}".format(r=r))
    return " UNION ALL ".join(selects)


def _add_work(parts: tuple[tuple[str, str, str, str], ...], r: str, channel: str, sign: str) -> str:
    names = "training, day, procedure, what, officer, channel, n, days"
    return "".join(
        f"INSERT INTO work_day ({names}) {_work_rows((part,), r, '', channel, sign)}"
        f" ON CONFLICT ({_WORK_KEY}) DO UPDATE SET n = n + excluded.n, days = days + excluded.days;"
        for part in parts
    )


_CLEAN = "DELETE FROM work_day WHERE training = OLD.training AND procedure = OLD.procedure AND n = 0 AND day IN ({});"
_OLD_DAYS = ", ".join(f"substr(OLD.{column}, 1, 10)" for column in ("received_at", "due_at", "closed_at"))
_CHANGED = " OR ".join(f"OLD.{name.strip()} <> NEW.{name.strip()}" for name in _WATCHED.split(","))

_LEVY_FIELDS = (
    "r.training, r.day, {i}.levy_kind, {i}.fee, {i}.name, r.method, 1, {i}.quantity, {i}.amount_vnd,"
    " {i}.exempt_reason <> ''"
)

_LEVY_BACK = (
    "r.training, r.day, i.levy_kind, i.fee, i.name, r.method, -1, -i.quantity, -i.amount_vnd, -(i.exempt_reason <> '')"
)

TRIGGERS = (
    f"CREATE TRIGGER work_in AFTER INSERT ON dossier BEGIN {_add_work(_DOSSIER, 'NEW', 'NEW.channel', '')} END",
    (
        f"CREATE TRIGGER work_change AFTER UPDATE OF {_WATCHED} ON dossier WHEN {_CHANGED} BEGIN"
        f" {_add_work(_DOSSIER, 'OLD', 'OLD.channel', '-')} {_add_work(_DOSSIER, 'NEW', 'NEW.channel', '')}"
        f" {_CLEAN.format(_OLD_DAYS)} END"
    ),
    f"CREATE TRIGGER guidance_in AFTER INSERT ON guidance BEGIN {_add_work(_GUIDANCE, 'NEW', '0', '')} END",
    (
        "CREATE TRIGGER levy_in AFTER INSERT ON receipt_item BEGIN"
        f" INSERT INTO levy_day ({_MONEY}, n, quantity, amount_vnd, exempt_n)"
        f" SELECT {_LEVY_FIELDS.format(i='NEW')} FROM receipt r WHERE r.receipt = NEW.receipt"
        f" ON CONFLICT ({_MONEY}) DO UPDATE SET n = n + 1, quantity = quantity + excluded.quantity,"
        " amount_vnd = amount_vnd + excluded.amount_vnd, exempt_n = exempt_n + excluded.exempt_n; END"
    ),
    (
        "CREATE TRIGGER series_in AFTER INSERT ON receipt BEGIN"
        f" INSERT INTO series_day ({_SERIES}, n, first_number, last_number, amount_vnd)"
        " SELECT NEW.training, NEW.day, NEW.grant_id, NEW.form, NEW.symbol, 1, NEW.number, NEW.number, NEW.total_vnd"
        f" WHERE 1 ON CONFLICT ({_SERIES}) DO UPDATE SET n = n + 1,"
        " first_number = min(first_number, excluded.first_number),"
        " last_number = max(last_number, excluded.last_number), amount_vnd = amount_vnd + excluded.amount_vnd; END"
    ),
    (
        # a receipt that was voided or replaced brings nothing any more; its number stays used
        "CREATE TRIGGER levy_back AFTER UPDATE OF status ON receipt"
        " WHEN OLD.status = 'issued' AND NEW.status <> 'issued' BEGIN"
        f" INSERT INTO levy_day ({_MONEY}, n, quantity, amount_vnd, exempt_n) SELECT {_LEVY_BACK}"
        " FROM receipt_item i JOIN receipt r ON r.receipt = i.receipt WHERE i.receipt = OLD.receipt"
        f" ON CONFLICT ({_MONEY}) DO UPDATE SET n = n + excluded.n, quantity = quantity + excluded.quantity,"
        " amount_vnd = amount_vnd + excluded.amount_vnd, exempt_n = exempt_n + excluded.exempt_n;"
        " DELETE FROM levy_day WHERE training = OLD.training AND day = OLD.day AND n = 0;"
        " UPDATE series_day SET amount_vnd = amount_vnd - OLD.total_vnd WHERE training = OLD.training AND day = OLD.day"
        " AND grant_id = OLD.grant_id AND form = OLD.form AND symbol = OLD.symbol; END"
    ),
)

#: The same rows from the whole tables.
SCANS = (
    (
        f"INSERT INTO work_day SELECT training, day, procedure, what, officer, channel, sum(n), sum(days) FROM ("
        f"SELECT NULL AS training, NULL AS day, NULL AS procedure, NULL AS what, NULL AS officer, NULL AS channel,"
        f" 0 AS n, 0 AS days WHERE 0 UNION ALL {_work_rows(_DOSSIER, 'd', 'FROM dossier d', 'd.channel', '')}"
        f" UNION ALL {_work_rows(_GUIDANCE, 'g', 'FROM guidance g', '0', '')}) GROUP BY {_WORK_KEY}"
    ),
    (
        f"INSERT INTO levy_day SELECT {_MONEY}, sum(n), sum(quantity), sum(amount_vnd), sum(exempt_n) FROM ("
        "SELECT r.training, r.day, i.levy_kind, i.fee, i.name, r.method, 1 AS n, i.quantity, i.amount_vnd,"
        " i.exempt_reason <> '' AS exempt_n FROM receipt_item i JOIN receipt r ON r.receipt = i.receipt"
        " WHERE r.status = 'issued')"
        f" GROUP BY {_MONEY}"
    ),
    (
        f"INSERT INTO series_day SELECT {_SERIES}, count(*), min(number), max(number),"
        " sum(CASE WHEN status = 'issued' THEN total_vnd ELSE 0 END) FROM receipt"
        f" GROUP BY {_SERIES}"
    ),
)


def fill(cursor: Any) -> None:
    """After a rebuild: the summaries from a full scan, then the triggers that keep them."""
    for statement in (*SCANS, *TRIGGERS):
        cursor.execute(statement)
