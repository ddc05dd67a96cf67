"""What must hold after any end of the program, looked at from the journal outwards."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from desk_app.services.desk import Desk
from desk_app.storage.transaction import ReadTx
from sync.protocol.codec import from_body
from sync.protocol.envelope import check_chain
from sync.protocol.facts import (
    DossierReceived,
    DossierSettled,
    Fact,
    GuidanceGiven,
    PaperPrinted,
    ReceiptIssued,
    ResultReturned,
)

Answer = Sequence[str]


def broken_promises(desk: Desk, known: Sequence[Answer], *, rebuild: bool) -> list[str]:
    """The promises that do not hold: ``known`` are the answers that were given, as ``tests.kill.worker`` tells them."""
    broken = [] if not desk.store.report else ["the witness outside knows of more"]
    broken += desk.store.call(lambda: _look(desk, known))
    if rebuild:
        done = desk.store.rebuild()
        broken += [f"table {name} differs from the journal" for name in done.differences]
    return broken


def _look(desk: Desk, known: Sequence[Answer]) -> list[str]:
    with desk.store.read() as tx:
        line = tx.use_line(desk.line_kind)
        records = list(tx.records(line.line))
        broken = [] if check_chain(records) == (line.last_seq, line.head) else ["chain and line differ"]
        facts = [from_body(r.envelope.kind, r.envelope.v, r.envelope.body) for r in records]
        return [*broken, *_numbers(facts), *_lost(facts, known), *_whole(facts), *_half(tx)]


def _numbers(facts: Sequence[Fact]) -> Iterable[str]:
    """Receipts and slips of each series run 1, 2, 3 … without a gap and without a twin.

    A dossier that is done at once prints no slip and takes no number of one (0).
    """
    certified = {f.dossier for f in facts if isinstance(f, DossierSettled) and f.certification_no}
    for f in facts:
        if isinstance(f, DossierReceived) and not f.number and f.dossier not in certified:
            yield f"dossier {f.code} waits without the number of a slip"
    taken = {
        "receipt": [f.number for f in facts if isinstance(f, ReceiptIssued)],
        "acceptance": [f.number for f in facts if isinstance(f, DossierReceived) and f.number],
        "register": [f.entry_no for f in facts if isinstance(f, DossierReceived)],
        "guidance": [f.number for f in facts if isinstance(f, GuidanceGiven)],
        "certification": [f.certification_no for f in facts if isinstance(f, DossierSettled) and f.certification_no],
    }
    for series, numbers in taken.items():
        if numbers != list(range(1, len(numbers) + 1)):
            yield f"numbers of {series} are doubled or skipped: {numbers[-5:]}"
    codes = Counter(f.code for f in facts if isinstance(f, DossierReceived))
    yield from (f"dossier code twice: {code}" for code, times in codes.items() if times > 1)


def _lost(facts: Sequence[Fact], known: Sequence[Answer]) -> Iterable[str]:
    """Every answer that was given stands in the journal."""
    held: dict[str, set[tuple[str, str]]] = {
        "dossier": {(f.dossier, f.code) for f in facts if isinstance(f, DossierReceived)},
        "code": {(f.code, "") for f in facts if isinstance(f, DossierReceived)},
        "receipt": {(f.receipt, str(f.number)) for f in facts if isinstance(f, ReceiptIssued)},
        "guidance": {(f.guidance, f.slip_code) for f in facts if isinstance(f, GuidanceGiven)},
        "settled": {(f.dossier, "") for f in facts if isinstance(f, DossierSettled)},
        "returned": {(f.dossier, "") for f in facts if isinstance(f, ResultReturned)},
        "paper": {(f.paper, str(f.copy)) for f in facts if isinstance(f, PaperPrinted)},
    }
    for kind, id, number in known:
        if (id, number) not in held[kind]:
            yield f"acknowledged and lost: {kind} {id} {number}"


def _whole(facts: Sequence[Fact]) -> Iterable[str]:
    """What one command seals is there together: a copy certified at once has its number and was handed over."""
    settled = {f.dossier for f in facts if isinstance(f, DossierSettled)}
    returned = Counter(f.dossier for f in facts if isinstance(f, ResultReturned))
    for fact in facts:
        if (
            isinstance(fact, DossierReceived)
            and fact.done_at_once
            and not (fact.dossier in settled and returned[fact.dossier] == 1)
        ):
            yield f"half of a command: {fact.code}"
    yield from (f"handed over twice: {dossier}" for dossier, times in returned.items() if times > 1)


def _half(tx: ReadTx) -> Iterable[str]:
    """The file itself is whole."""
    if [tuple(row) for row in tx.rows("PRAGMA quick_check")] != [("ok",)]:
        yield "the file is damaged"
