"""The dossiers, slips or receipts behind a figure of a report: the same conditions, on the rows themselves."""

from __future__ import annotations

from dataclasses import dataclass

from desk_app.domain.feedback import CLASS_TEXT
from desk_app.domain.lateness import CAUSES
from desk_app.domain.report import Group
from desk_app.storage.reports import feedback, indices
from desk_app.storage.reports.work import Asked
from desk_app.storage.transaction import ReadTx

LIMIT = 500
_LATE = "due_at <> '' AND settled_at > due_at"
_EARLY = (
    "due_at <> '' AND settled_at <> '' AND settled_at <= due_at AND substr(settled_at, 1, 10) < substr(due_at, 1, 10)"
)
_OPEN_AT_END = "received_at <= :end AND (closed_at = '' OR closed_at > :end)"
_BROKEN = (
    "EXISTS (SELECT 1 FROM promise p WHERE p.dossier = dossier.dossier AND p.due_at < :moment AND p.since <= :end"
    " AND (p.until = '' OR p.until > :end))"
)
_DONE = "closed_at <> '' AND closed_at BETWEEN :first AND :end"
_IN = "received_at BETWEEN :first AND :end"

_ALL_LATE = f"(({_DONE} AND {_LATE}) OR ({_OPEN_AT_END} AND {_BROKEN}))"
_NAMED = ", ".join(f"'{code}'" for code in CAUSES if code != "other")

_DOSSIERS = {
    "online": f"{_IN} AND channel = 2",
    "direct": f"{_IN} AND channel <> 2",
    "opening": "received_at < :first AND (closed_at = '' OR closed_at >= :first)",
    "early": f"{_DONE} AND {_EARLY}",
    "on_time": f"{_DONE} AND NOT ({_EARLY}) AND NOT ({_LATE})",
    "late": f"{_DONE} AND {_LATE}",
    "open_in_time": f"{_OPEN_AT_END} AND NOT ({_BROKEN})",
    "open_late": f"{_OPEN_AT_END} AND {_BROKEN}",
    "not_early": f"{_DONE} AND NOT ({_EARLY})",
    "late_unsorry": f"{_ALL_LATE} AND cause = ''",
    "late_unnamed": f"{_ALL_LATE} AND cause NOT IN ('', {_NAMED})",
}
_CLASS_WORDS = (
    "CASE class " + " ".join(f"WHEN '{kind}' THEN '{words}'" for kind, words in CLASS_TEXT.items()) + " ELSE '' END"
)
_SLIPS = {"guided_first": "g.round = 1", "guided_again": "g.round > 1"}
_RECEIPTS = {"lines": "1", "exempt": "i.exempt_reason <> ''"}


@dataclass(frozen=True, slots=True)
class Behind:
    """One thing behind a figure. ``dossier``: its id when it can be opened; times are local stamps, "" = none."""

    ref: str
    dossier: str
    procedure: str
    at: str
    due_at: str = ""
    settled_at: str = ""
    amount_vnd: int | None = None


def behind(tx: ReadTx, asked: Asked, column: str, keys: tuple[str, ...] | None) -> tuple[Behind, ...]:
    """What a figure counted, the newest first, at most ``LIMIT``. ``keys``: procedures, officers …; None: all rows."""
    if asked.group is Group.INDEX:  # behind a share stands what was not achieved, by the report that counts it
        column = next((index.missed for index in indices.INDICES if (index.id,) == keys), "")
        keys = None
        if not column:
            return ()
    values = {
        "first": asked.first, "end": asked.last + "T99", "training": tx.training, "limit": LIMIT,
        "moment": asked.now.replace(tzinfo=None).isoformat(timespec="seconds") if asked.is_current else asked.last + "T99",
    }  # fmt: skip
    if column in _DOSSIERS:
        sql = (
            "SELECT code, dossier, procedure, received_at, due_at, closed_at, NULL FROM dossier"
            f" WHERE {_DOSSIERS[column]}"
        )
        stamp = "received_at" if column in ("online", "direct") else "closed_at"
    elif column in feedback.WHERE:
        values |= {"last": asked.last}
        sql = (
            f"SELECT code, '', {_CLASS_WORDS}, received_at, answer_by, {feedback.ENDED}, NULL FROM feedback"
            f" WHERE code <> '' AND {feedback.WHERE[column]}"
        )
        stamp = "received_at"
    elif column in _SLIPS:
        sql = (
            "SELECT printf('%02d/%s', g.number, g.symbol), '', g.procedure, g.given_at, '', '', NULL FROM guidance g"
            f" WHERE given_at BETWEEN :first AND :end AND {_SLIPS[column]}"
        )
        stamp = "given_at"
    elif column in _RECEIPTS:
        sql = (
            "SELECT r.symbol || ' ' || r.number, '', i.name, r.issued_at, '', '', i.amount_vnd FROM receipt r"
            " JOIN receipt_item i ON i.receipt = r.receipt"
            f" WHERE r.day BETWEEN :first AND :end AND {_RECEIPTS[column]}"
        )
        stamp = "r.issued_at"
    elif column == "struck":
        sql = (
            "SELECT r.symbol || ' ' || r.number, '', '', r.issued_at, '', '', r.total_vnd FROM receipt r"
            " WHERE r.status <> 'issued' AND (SELECT u.at FROM undo u WHERE u.undo = r.undo) BETWEEN :first AND :end"
        )
        stamp = "r.issued_at"
    else:
        sql = (
            "SELECT r.symbol || ' ' || r.number, '', '', r.issued_at, '', '', r.total_vnd FROM receipt r"
            " WHERE r.day BETWEEN :first AND :end"
        )
        stamp = "r.issued_at"
    one_of, more = _one_of(asked, column, keys, stamp)
    rows = tx.rows(f"{sql} AND training = :training{one_of} ORDER BY 4 DESC, 1 DESC LIMIT :limit", values | more)
    return tuple(Behind(*row) for row in rows)


def _one_of(asked: Asked, column: str, keys: tuple[str, ...] | None, stamp: str) -> tuple[str, dict[str, str]]:
    if keys is None:
        return "", {}
    match asked.group:
        case _ if column in feedback.WHERE:
            field = feedback.KEYS.get(asked.group, "procedure")
        case Group.OFFICER:
            field = "officer"
        case Group.TIME:
            field = f"substr({stamp}, 1, {10 if asked.time_key == 'day' else 7})"
        case Group.KIND:
            field = "i.fee || '|' || i.name"
        case Group.SERIES:
            field = "r.grant_id"
        case _:
            field = "i.fee" if column in _RECEIPTS else "procedure"
    names = {f"k{index}": key for index, key in enumerate(keys)}
    return f" AND {field} IN ({', '.join(f':{name}' for name in names)})", names
