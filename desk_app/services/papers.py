"""Papers: built from facts once, kept as PDF for ever, printed, and printed again with a mark over the kept bytes.

A paper's id is ``kind:fact``, so a paper that a crash prevented is found again and never made twice. Everything here
runs on the ``paper`` thread; only the short journal jobs go to the store thread.
"""

from __future__ import annotations

from dataclasses import dataclass

from desk_app.documents import kinds, marks
from desk_app.documents.marks import Mark
from desk_app.domain.errors import DeskError, Refused
from desk_app.services import paper_builders, paper_queue
from desk_app.services.desk import Desk
from desk_app.services.ports import Printed, Printer
from desk_app.storage.queries import dossiers, feedback, guidance, receipts
from desk_app.storage.queries import life as life_query
from desk_app.storage.queries import papers as paper_query
from desk_app.storage.rows import PaperRow
from desk_app.storage.transaction import ReadTx
from sync.protocol.facts import PaperMade, PaperPrinted

_PDF = "application/pdf"
_STRUCK = {"replaced": marks.replaced, "voided": marks.void}
ROLL = "receipt_roll"


@dataclass(frozen=True, slots=True)
class PaperOut:
    """A paper that came out (or was kept as a file): which, where, as which copy (0 = the first)."""

    paper: str
    title: str
    printer: str
    is_file: bool
    copy: int


def paper_id(kind: str, about: str) -> str:
    return f"{kind}:{about}"


def make(desk: Desk, paper: str) -> bytes:
    """The PDF of a paper; made and sealed the first time, the kept bytes ever after.

    Refuses: IN-09 there is no fact behind that id.
    """
    kept = desk.store.call(lambda: _kept(desk, paper))
    if kept is not None:
        return kept
    kind, about = paper.split(":", 1)
    data = desk.store.call(lambda: _data(desk, kind, about))
    pdf = kinds.KINDS[kind].render(data)
    desk.store.call(lambda: _seal(desk, paper, kind, about, pdf))
    return pdf


def print_paper(desk: Desk, printer: Printer, paper: str, reason: str = "") -> PaperOut:
    """Print a paper. What came out before comes out again with its copy mark and needs a ``reason``.

    The number of a receipt never changes by printing; one that was taken back says so across the sheet.

    Refuses: IN-10 a reprint without reason, IN-11 another paper stands in its place; raises IN-02 … IN-04.
    """
    pdf = make(desk, paper)
    row, label, status = desk.store.call(lambda: _row(desk, paper))
    kind = kinds.KINDS[row.kind]
    if row.state == "void":
        raise Refused("IN-11")
    copy = row.copies
    if copy and not reason.strip():
        raise Refused("IN-10")
    laid = _marks(desk, kind, copy, status)
    if laid:
        pdf = kind.mark(pdf, laid)
    title = f"{kind.title} {label}"
    desk.store.call(lambda: paper_queue.begin(desk, paper, copy))
    try:
        out = printer.print_pdf(pdf, role=kind.role, media=kind.media, title=title, landscape=kind.landscape)
    except DeskError:
        desk.store.call(lambda: paper_queue.forget(desk, paper))
        raise
    desk.store.call(lambda: _printed(desk, paper, copy, reason, out))
    desk.wake_sync()
    return PaperOut(paper, kind.title, out.where, out.is_file, copy)


def _marks(desk: Desk, kind: kinds.PaperKind, copy: int, status: str) -> list[Mark]:
    """What is laid over the kept page: a copy, a receipt that another one replaces or that was voided."""
    at, who = desk.now(), desk.officer.name
    found: list[Mark] = []
    if copy:
        found.append((marks.receipt_copy if kind.is_receipt else marks.reprint)(copy, at, who))
    if kind.is_receipt and status in _STRUCK:
        found.append(_STRUCK[status](at, who))
    return found


def due(desk: Desk, about: str | None = None) -> tuple[PaperRow, ...]:
    """Papers that a fact promised and that did not come out yet, oldest first; of one fact, or of all."""
    with desk.store.read() as tx:
        unsure = paper_queue.noted(tx)  # at the printer when the machine died: asked about, never printed again unasked
        rows = (p for p in _unprinted(tx) if p.paper not in unsure)
        return tuple(p for p in rows if about is None or p.about == about)


def due_with_receipts(desk: Desk, about: str) -> tuple[PaperRow, ...]:
    """Papers not yet out of a dossier or guidance slip, of the receipts that paid for it and of its later slips."""
    with desk.store.read() as tx:
        ids = set(_abouts(tx, about))
        return tuple(p for p in _unprinted(tx) if p.about in ids)


def again(desk: Desk, about: str) -> tuple[PaperRow, ...]:
    """Every paper of a dossier or guidance slip and of its receipts, for printing once more.

    The short form of a receipt is not among them: who asks again gets the whole one.
    """
    with desk.store.read() as tx:
        found = (p for i in _abouts(tx, about) for p in paper_query.of(tx, i))
        return tuple(p for p in found if p.state != "void" and p.kind != ROLL)


def _unprinted(tx: ReadTx) -> tuple[PaperRow, ...]:
    """What did not come out; a receipt whose short form came out of the roll is not waited for."""
    out = (p for p in paper_query.unprinted(tx) if p.kind != ROLL)
    return tuple(p for p in out if p.kind != "fee_receipt" or not _on_roll(tx, p.about))


def _on_roll(tx: ReadTx, receipt: str) -> bool:
    row = paper_query.get(tx, paper_id(ROLL, receipt))
    return row is not None and row.copies > 0


def of(desk: Desk, about: str) -> tuple[PaperRow, ...]:
    """Every paper of a dossier, guidance or receipt."""
    with desk.store.read() as tx:
        return tuple(paper_query.of(tx, about))


def title_of(kind: str) -> str:
    """What a kind of paper is called."""
    return kinds.KINDS[kind].title


def pdf_of(desk: Desk, paper: str) -> tuple[str, bytes]:
    """Title and PDF of a paper, to look at."""
    return kinds.KINDS[paper.split(":", 1)[0]].title, make(desk, paper)


def _abouts(tx: ReadTx, about: str) -> list[str]:
    """What the papers of a dossier (or guidance slip) are about: itself, its receipts, the slips of its life."""
    later = (slip.slip for slip in life_query.slips_of(tx, about))
    return [about, *(r.receipt for r in receipts.of_dossier(tx, about)), *later]


# ---- jobs on the store thread ----------------------------------------------------------------------------------------


def _kept(desk: Desk, paper: str) -> bytes | None:
    with desk.store.read() as tx:
        row = paper_query.get(tx, paper)
        return tx.blob(row.sha256) if row is not None and row.sha256 else None


def _data(desk: Desk, kind: str, about: str) -> object:
    with desk.store.read() as tx:
        return paper_builders.build(desk, tx, kind, about)


def _seal(desk: Desk, paper: str, kind: str, about: str, pdf: bytes) -> None:
    with desk.store.write(f"make:{paper}", desk.officer.id) as tx:
        if tx.prior:
            return
        tx.use_line(desk.line_kind)
        sha = tx.put_blob(pdf, _PDF)
        tx.append(PaperMade(paper, kind, about, sha, len(pdf)))


def _row(desk: Desk, paper: str) -> tuple[PaperRow, str, str]:
    """A paper, the number it is known by at the printer (never a name), and what became of its receipt."""
    with desk.store.read() as tx:
        row = paper_query.get(tx, paper)
        if row is None:
            raise Refused("IN-09")
        receipt = receipts.get(tx, row.about)
        return row, _label(tx, row.about), receipt.status if receipt else ""


def _label(tx: ReadTx, about: str) -> str:
    if (dossier := dossiers.get(tx, about.partition(".")[0])) is not None:
        return dossier.code
    if (receipt := receipts.get(tx, about)) is not None:
        return f"{receipt.symbol}-{receipt.number}"
    if (found := feedback.get(tx, about)) is not None:
        return found.code
    slip = guidance.get(tx, about) or life_query.slip(tx, about)
    return f"{slip.number:02d}-{slip.symbol}" if slip is not None and slip.number else ""


def _printed(desk: Desk, paper: str, copy: int, reason: str, out: Printed) -> None:
    """The spooler has it: a fact; how the sheet fares is followed by the queue."""
    with desk.store.write(desk.ids.uuid7(), desk.officer.id) as tx:
        tx.use_line(desk.line_kind)
        tx.append(PaperPrinted(paper, copy, reason.strip()))
        paper_queue.handed(tx, paper, copy, desk.now(), out)
