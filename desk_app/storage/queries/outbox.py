"""The journal as outbox: what the centre has not acknowledged, and the marks that move when it has.

A mark moves only in the transaction that keeps the signed acknowledgement. Who checks signature and batch is
``sync.desk``; here the mark must fit the chain.
"""

from __future__ import annotations

from dataclasses import dataclass

from desk_app.domain.errors import Incident
from desk_app.storage.lines import LineState
from desk_app.storage.transaction import ReadTx, WriteTx
from sync.protocol.envelope import GENESIS
from sync.protocol.subject import Subject

#: Group on the sync screen by the first word of a kind; anything else is "office".
GROUPS = {
    "receipt": "receipts",
    "dossier": "dossiers",
    "result": "dossiers",
    "guidance": "guidance",
    "paper": "papers",
    "feedback": "feedback",
    "survey": "surveys",
}


_FORKED = "sync-forked"


@dataclass(frozen=True, slots=True)
class Waiting:
    """One group of records that wait: how many, how many bytes, when the oldest was sealed (UTC)."""

    group: str
    count: int
    size_bytes: int
    oldest: str


@dataclass(frozen=True, slots=True)
class Remote:
    """The centre's life number and how far its feed was read."""

    gen: int
    feed_gen: int
    feed_pos: int


def lines(tx: ReadTx) -> tuple[LineState, ...]:
    """The lines this desk writes, the oldest first."""
    return tx.lines()


def pending(tx: ReadTx, line: int, after_seq: int, max_bytes: int) -> list[bytes]:
    """Sealed records after ``after_seq`` in order, at most ``max_bytes`` together but always one when there is one."""
    found: list[bytes] = []
    size = 0
    for (raw,) in tx.iterate("SELECT raw FROM record WHERE line = ? AND seq > ? ORDER BY seq", (line, after_seq)):
        size += len(raw) + 1
        if found and size > max_bytes:
            break
        found.append(bytes(raw))
    return found


def subjects_for(tx: ReadTx, line: int, first: int, last: int) -> list[Subject]:
    """The subjects that records ``first`` … ``last`` are the first on their line to name; erased ones are left out."""
    rows = tx.rows(
        "SELECT DISTINCT s.id, s.kind, s.salt, s.data FROM subject_use u JOIN subject s ON s.id = u.subject"
        " WHERE u.line = ? AND u.seq BETWEEN ? AND ? AND NOT EXISTS"
        " (SELECT 1 FROM subject_use e WHERE e.subject = u.subject AND e.line = u.line AND e.seq < ?) ORDER BY u.seq",
        (line, first, last, first),
    )
    return [Subject(row[0], row[1], bytes(row[2]), bytes(row[3])) for row in rows]


def summary(tx: ReadTx) -> tuple[Waiting, ...]:
    """What waits for the centre, per group; lines of training never leave."""
    found: dict[str, Waiting] = {}
    beside = forked(tx)
    rows = [
        row
        for line in lines(tx)
        if not line.training
        for row in tx.rows(
            "SELECT kind, count(*), sum(length(raw)), min(at) FROM record WHERE line = ? AND seq > ? GROUP BY kind",
            (line.line, max(line.acked_seq, beside.get(line.line, 0))),
        )
    ]
    for kind, count, size, oldest in rows:
        group = GROUPS.get(kind.partition(".")[0], "office")
        known = found.get(group, Waiting(group, 0, 0, oldest))
        found[group] = Waiting(group, known.count + count, known.size_bytes + size, min(known.oldest, oldest))
    return tuple(sorted(found.values(), key=lambda w: w.group))


def waiting_count(tx: ReadTx) -> int:
    """How many records wait: quick enough to be asked after every command."""
    beside = forked(tx)
    return sum(
        line.last_seq - max(line.acked_seq, min(line.last_seq, beside.get(line.line, 0)))
        for line in lines(tx)
        if not line.training
    )


def forked(tx: ReadTx) -> dict[int, int]:
    """Lines that forked, each with the seq up to which the centre keeps its records beside another's."""
    kept = (part.partition(":") for part in (tx.setting(_FORKED) or "").split(",") if part)
    return {int(line): int(upto or 0) for line, _, upto in kept}


def note_forked(tx: WriteTx, line: int, upto: int) -> None:
    """The centre holds the records of ``line`` up to ``upto`` beside others: they are sent, and no mark moves."""
    known = forked(tx)
    known[line] = max(known.get(line, 0), upto)
    tx.set_setting(_FORKED, ",".join(f"{line}:{upto}" for line, upto in sorted(known.items())))


def last_ack(tx: ReadTx) -> str | None:
    """When the centre last acknowledged something (UTC); None: never."""
    row = tx.row("SELECT max(got) FROM ack")
    return row[0] if row else None


def remote(tx: ReadTx) -> Remote:
    row = tx.row("SELECT gen, feed_gen, feed_pos FROM remote")
    assert row is not None
    return Remote(*row)


def mark_acked(tx: WriteTx, line: int, mark: int, mark_head: str, batch: str, ack: bytes, got: str) -> None:
    """Keep a signed acknowledgement and move the mark; an older one leaves the mark where it is.

    Raises Incident DB-16 when the centre's head at ``mark`` is not that of our record: the line forked.
    """
    row = tx.row("SELECT h FROM record WHERE line = ? AND seq = ?", (line, mark))
    if (row[0] if row else GENESIS) != mark_head or (row is None and mark):
        raise Incident("DB-16", line=line, seq=mark)
    tx.execute("INSERT OR IGNORE INTO ack VALUES (?, ?, ?, ?, ?)", (line, mark, batch, ack, got))
    tx.execute(
        "UPDATE line SET acked_seq = ?, acked_head = ? WHERE line = ? AND acked_seq < ?", (mark, mark_head, line, mark)
    )


def begin_gen(tx: WriteTx, gen: int) -> bool:
    """The centre began another life: every mark and the feed start anew, here and now. False: nothing changed."""
    if remote(tx).gen == gen:
        return False
    tx.execute("UPDATE remote SET gen = ?, feed_gen = ?, feed_pos = 0", (gen, gen))
    tx.execute("UPDATE line SET acked_seq = 0, acked_head = ?, gen = ? WHERE ours = 1", (GENESIS, gen))
    tx.set_setting(_FORKED, "")
    return True


def set_tokens(tx: WriteTx, line: int, token: str, next_token: str) -> None:
    """The session token in force and the one proposed next, so that a lost answer can be asked for again."""
    tx.execute("UPDATE line SET token = ?, next_token = ? WHERE line = ?", (token, next_token, line))


def set_feed(tx: WriteTx, gen: int, pos: int) -> None:
    """How far the centre's feed was read."""
    tx.execute("UPDATE remote SET feed_gen = ?, feed_pos = ?", (gen, pos))
