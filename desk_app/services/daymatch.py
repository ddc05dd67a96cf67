"""The day receipt of both sides at this desk: ask for it, count for it, keep the centre's signed answer."""

from __future__ import annotations

import json

from desk_app.services.desk import Desk
from desk_app.storage.lines import LineState
from desk_app.storage.queries import daymatch
from desk_app.storage.store import Store
from desk_app.storage.transaction import ReadTx, WriteTx
from sync.protocol.daymatch import DayAnswer, DayLine, DayRequest, KindSum, blocks
from sync.protocol.messages import SYNC, encode
from sync.protocol.sync_facts import DayMatched, LineMark

_WANTED = "day-match-wanted"
_JSON = "application/json"


def ask(desk: Desk, day: str) -> None:
    """Ask for the receipt of ``day`` (``2026-11-25``) with the next sending; asked twice is asked once."""
    with desk.store.write("", desk.officer.id) as tx:
        want(tx, day, desk.ids.uuid7())
    desk.wake_sync()


def want(tx: WriteTx, day: str, match: str) -> None:
    """``ask`` within the transaction that closes the day; ``match``: the id its receipt will have."""
    known = wanted(tx)
    if day not in known:
        tx.set_setting(_WANTED, json.dumps({**known, day: match}))


def wanted(tx: ReadTx) -> dict[str, str]:
    """Days that wait for the centre's word, each with the id of its receipt, oldest first."""
    found: dict[str, str] = json.loads(tx.setting(_WANTED) or "{}")
    return dict(sorted(found.items()))


def count(tx: ReadTx, day: str, line: int, made_at: str) -> DayRequest | None:
    """What this desk holds since the last receipt that was equal. None when ``day`` is not asked for."""
    match = wanted(tx).get(day)
    if match is None:
        return None
    ours = [state for state in tx.lines() if not (state.training or state.anonymous)]  # surveys are counted by nobody
    done = daymatch.matched_up_to(tx)
    counted = [_count_line(tx, state, done.get(state.line, 0) + 1) for state in ours]
    who = next(state for state in ours if state.line == line)
    return DayRequest(
        SYNC, who.unit, who.station, line, match, day, made_at, tuple(x for x in counted if x is not None)
    )


def _count_line(tx: ReadTx, state: LineState, first: int) -> DayLine | None:
    if first > state.last_seq:
        return None
    sums = daymatch.counts(tx, state.line, first, state.last_seq)
    hashes = daymatch.hashes(tx, state.line, first, state.last_seq)
    return DayLine(
        state.line,
        first,
        state.last_seq,
        state.head,
        blocks(hashes, first),
        tuple(KindSum(s.kind, s.count, s.sum_vnd) for s in sums),
    )


def keep(store: Store, request: DayRequest, answer: DayAnswer, raw: bytes, id_of_actor: str) -> None:
    """Seal the answer as a fact of this desk, its bytes beside it; the day waits no longer."""
    with store.write(f"day-match:{request.match}:{answer.request}", id_of_actor) as tx:
        if tx.prior:
            return
        tx.put_blob(encode(request), _JSON)
        sha = tx.put_blob(raw, _JSON)
        issued = [s for line in request.lines for s in line.sums if s.kind == "receipt.issued"]
        tx.append(
            DayMatched(
                request.match,
                request.day,
                answer.server_time,
                answer.equal,
                sum(s.count for line in request.lines for s in line.sums),
                sum(s.count for s in issued),
                sum(s.sum_vnd for s in issued),
                len(answer.differs),
                sha,
                tuple(LineMark(line.line, line.last, line.head) for line in request.lines),
            )
        )
        tx.set_setting(_WANTED, json.dumps({d: m for d, m in wanted(tx).items() if d != request.day}))
