"""Summaries by day, from which every report reads: kept up by triggers of the file, so no fold can forget them.

One description of what a row adds makes both the triggers (one row changes) and the full scan (a rebuild). A rebuild
compares the rows that the triggers kept with those of the scan, like every other read table: that is the proof.

``work_day``: dossiers and guidance slips by day, procedure, officer and channel. ``what``:
received · early, on_time, late (closed on that day; ``days`` = calendar days it took) · due (a promise for that day, or
one that began after its own day) · due_met (the day on which it no longer held, not before ``due``) · guided_first,
guided_again. Overdue at the end of a day is due − due_met up to that day: by the promises as they stood on it, so that
no later supplement, correction or table of days off changes it (see ``folds/promise.py``).
``work_month``: the same by month, for long spans. ``levy_day``: lines of receipts.
``series_day``: numbers of receipts by grant.
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
#: (day, what, days, condition) of everything a dossier adds.
_DOSSIER = (
    ("substr({r}.received_at, 1, 10)", "'received'", "0", "1"),
    ("substr({r}.closed_at, 1, 10)", _HOW, _TOOK, _CLOSED),
)
_BROKEN_FROM = "max(substr({r}.due_at, 1, 10), substr({r}.since, 1, 10))"
_MET = (f"max({_BROKEN_FROM}, substr({{r}}.until, 1, 10))", "'due_met'", "0", "{r}.until <> ''")
_PROMISE = ((_BROKEN_FROM, "'due'", "0", "1"), _MET)
_GUIDANCE = (
    ("substr({r}.given_at, 1, 10)", "CASE WHEN {r}.round = 1 THEN 'guided_first' ELSE 'guided_again' END", "0", "1"),
)  # fmt: skip
_WORK_KEY = "training, day, procedure, what, officer, channel"
_WATCHED = "training, received_at, due_at, settled_at, closed_at, procedure, officer, channel"


def _work_rows(parts: tuple[tuple[str, str, str, str], ...], r: str, source: str, channel: str, sign: str) -> str:
    selects = []
    for day, what, days, condition in parts:
        fields = f"{{r}}.training, {day}, {{r}}.procedure, {what}, {{r}}.officer, {channel}, {sign}1, {sign}({days})"
        selects.append(f"SELECT {fields} {source} WHERE {condition}".format(r=r))
    return " UNION ALL ".join(selects)


def _add_work(parts: tuple[tuple[str, str, str, str], ...], r: str, channel: str, sign: str) -> str:
    """One row of a day and one of its month for each part."""
    out = []
    for day, what, days, condition in parts:
        month = f"substr({day}, 1, 7)"
        for table, name, step in (("work_day", "day", day), ("work_month", "month", month)):
            rows = _work_rows(((step, what, days, condition),), r, "", channel, sign)
            key = _WORK_KEY.replace("day", name)
            out.append(
                f"INSERT INTO {table} ({key}, n, days) {rows}"
                f" ON CONFLICT ({key}) DO UPDATE SET n = n + excluded.n, days = days + excluded.days;"
            )
    return "".join(out)


_CLEAN = "DELETE FROM work_day WHERE training = OLD.training AND procedure = OLD.procedure AND n = 0 AND day IN ({});"
_CLEAN_MONTH = (
    "DELETE FROM work_month WHERE training = OLD.training AND procedure = OLD.procedure AND n = 0 AND month IN ({});"
)
_OLD_MONTHS = ", ".join(f"substr(OLD.{column}, 1, 7)" for column in ("received_at", "closed_at"))
_OLD_DAYS = ", ".join(f"substr(OLD.{column}, 1, 10)" for column in ("received_at", "closed_at"))
_CHANGED = " OR ".join(f"OLD.{name.strip()} <> NEW.{name.strip()}" for name in _WATCHED.split(","))

#: A line of a receipt on the day it was issued, and taken back on the day the receipt was struck.
_LEVY = (
    "SELECT r.training, r.day, i.levy_kind, i.fee, i.name, r.method, {sign}1 AS n, {sign}i.quantity AS quantity,"
    " {sign}i.amount_vnd AS amount_vnd, {sign}(i.exempt_reason <> '') AS exempt_n, 0 AS back_n, 0 AS back_vnd {source}"
)
_LEVY_BACK = (
    "SELECT r.training, substr(u.at, 1, 10) AS day, i.levy_kind, i.fee, i.name, r.method, 0 AS n, 0 AS quantity,"
    " 0 AS amount_vnd, 0 AS exempt_n, {sign}1 AS back_n, {sign}i.amount_vnd AS back_vnd {source}"
)
_LEVY_ADD = (
    f"INSERT INTO levy_day ({_MONEY}, n, quantity, amount_vnd, exempt_n, back_n, back_vnd) {{select}} WHERE {{where}}"
    f" ON CONFLICT ({_MONEY}) DO UPDATE SET n = n + excluded.n, quantity = quantity + excluded.quantity,"
    " amount_vnd = amount_vnd + excluded.amount_vnd, exempt_n = exempt_n + excluded.exempt_n,"
    " back_n = back_n + excluded.back_n, back_vnd = back_vnd + excluded.back_vnd;"
)
_SERIES_ADD = (
    f"INSERT INTO series_day ({_SERIES}, n, first_number, last_number, amount_vnd, struck_n) {{select}}"
    f" ON CONFLICT ({_SERIES}) DO UPDATE SET n = n + excluded.n,"
    " first_number = CASE WHEN excluded.n = 0 OR first_number BETWEEN 1 AND excluded.first_number THEN first_number"
    " ELSE excluded.first_number END, last_number = max(last_number, excluded.last_number),"
    " amount_vnd = amount_vnd + excluded.amount_vnd, struck_n = struck_n + excluded.struck_n;"
)
_STRUCK = "r.status <> 'issued'"


_LEVY_IN = _LEVY_ADD.format(
    select=_LEVY.format(sign="", source="FROM receipt r").replace("i.", "NEW."), where="r.receipt = NEW.receipt"
)
_SERIES_IN = _SERIES_ADD.format(
    select="SELECT NEW.training, NEW.day, NEW.grant_id, NEW.form, NEW.symbol, 1, NEW.number, NEW.number, NEW.total_vnd,"
    " 0 WHERE 1"
)


def _undo_of(r: str, sign: str) -> str:
    """What a struck receipt takes back, as statements of a trigger on ``receipt``."""
    select = _LEVY_BACK.replace("r.training", f"{r}.training").replace("r.method", f"{r}.method")
    source = f"FROM receipt_item i JOIN undo u ON u.undo = {r}.undo"
    levy = _LEVY_ADD.format(
        select=select.format(sign=sign, source=source), where=f"i.receipt = {r}.receipt AND {r}.status <> 'issued'"
    )
    series = _SERIES_ADD.format(
        select=f"SELECT {r}.training, substr(u.at, 1, 10), {r}.grant_id, {r}.form, {r}.symbol, 0, 0, 0, 0, {sign}1"
        f" FROM undo u WHERE u.undo = {r}.undo AND {r}.status <> 'issued'"
    )
    return levy + " " + series


_OLD_UNDO_DAY = "(SELECT substr(at, 1, 10) FROM undo WHERE undo = OLD.undo)"
_CLEAN_MONEY = (
    f"DELETE FROM levy_day WHERE training = OLD.training AND day = {_OLD_UNDO_DAY} AND n = 0 AND back_n = 0;"
    f" DELETE FROM series_day WHERE training = OLD.training AND day = {_OLD_UNDO_DAY} AND n = 0 AND struck_n = 0;"
)
_WORK_CHANGE = (
    f"{_add_work(_DOSSIER, 'OLD', 'OLD.channel', '-')} {_add_work(_DOSSIER, 'NEW', 'NEW.channel', '')}"
    f" {_CLEAN.format(_OLD_DAYS)} {_CLEAN_MONTH.format(_OLD_MONTHS)}"
)
_STRUCK_CHANGE = f"{_undo_of('OLD', '-')} {_undo_of('NEW', '')} {_CLEAN_MONEY}"
_STRUCK_WHEN = "OLD.status <> NEW.status OR OLD.undo <> NEW.undo"

TRIGGERS = (
    f"CREATE TRIGGER work_in AFTER INSERT ON dossier BEGIN {_add_work(_DOSSIER, 'NEW', 'NEW.channel', '')} END",
    f"CREATE TRIGGER work_change AFTER UPDATE OF {_WATCHED} ON dossier WHEN {_CHANGED} BEGIN {_WORK_CHANGE} END",
    f"CREATE TRIGGER promise_in AFTER INSERT ON promise BEGIN {_add_work(_PROMISE, 'NEW', 'NEW.channel', '')} END",
    (
        "CREATE TRIGGER promise_end AFTER UPDATE OF until ON promise WHEN OLD.until = ''"
        f" BEGIN {_add_work((_MET,), 'NEW', 'NEW.channel', '')} END"
    ),
    f"CREATE TRIGGER guidance_in AFTER INSERT ON guidance BEGIN {_add_work(_GUIDANCE, 'NEW', '0', '')} END",
    f"CREATE TRIGGER levy_in AFTER INSERT ON receipt_item BEGIN {_LEVY_IN} END",
    f"CREATE TRIGGER series_in AFTER INSERT ON receipt BEGIN {_SERIES_IN} END",
    f"CREATE TRIGGER struck AFTER UPDATE OF status, undo ON receipt WHEN {_STRUCK_WHEN} BEGIN {_STRUCK_CHANGE} END",
)

_WORK_SCAN = (
    f"INSERT INTO work_day SELECT {_WORK_KEY}, sum(n), sum(days) FROM ("
    "SELECT NULL AS training, NULL AS day, NULL AS procedure, NULL AS what, NULL AS officer, NULL AS channel,"
    f" 0 AS n, 0 AS days WHERE 0 UNION ALL {_work_rows(_DOSSIER, 'd', 'FROM dossier d', 'd.channel', '')}"
    f" UNION ALL {_work_rows(_PROMISE, 'p', 'FROM promise p', 'p.channel', '')}"
    f" UNION ALL {_work_rows(_GUIDANCE, 'g', 'FROM guidance g', '0', '')}) GROUP BY {_WORK_KEY}"
)
_MONTH_SCAN = (
    "INSERT INTO work_month SELECT training, substr(day, 1, 7), procedure, what, officer, channel, sum(n), sum(days)"
    " FROM work_day GROUP BY 1, 2, 3, 4, 5, 6"
)
_LINES = "FROM receipt_item i JOIN receipt r ON r.receipt = i.receipt"
_LEVY_SCAN = (
    f"INSERT INTO levy_day SELECT {_MONEY}, sum(n), sum(quantity), sum(amount_vnd), sum(exempt_n), sum(back_n),"
    f" sum(back_vnd) FROM ({_LEVY.format(sign='', source=_LINES)} UNION ALL"
    f" {_LEVY_BACK.format(sign='', source=_LINES + ' JOIN undo u ON u.undo = r.undo')} WHERE {_STRUCK})"
    f" GROUP BY {_MONEY}"
)
_SERIES_SCAN = (
    f"INSERT INTO series_day SELECT {_SERIES}, sum(n), coalesce(min(nullif(number, 0)), 0), max(number), sum(total_vnd),"
    " sum(struck_n) FROM (SELECT training, day, grant_id, form, symbol, 1 AS n, number, total_vnd, 0 AS struck_n"
    " FROM receipt UNION ALL SELECT r.training, substr(u.at, 1, 10), r.grant_id, r.form, r.symbol, 0, 0, 0, 1"
    f" FROM receipt r JOIN undo u ON u.undo = r.undo WHERE {_STRUCK}) GROUP BY {_SERIES}"
)
#: The same rows from the whole tables.
SCANS = (_WORK_SCAN, _MONTH_SCAN, _LEVY_SCAN, _SERIES_SCAN)


def fill(cursor: Any) -> None:
    """After a rebuild: the summaries from a full scan, then the triggers that keep them."""
    for statement in (*SCANS, *TRIGGERS):
        cursor.execute(statement)
