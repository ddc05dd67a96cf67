"""Papers: built from facts once, kept as PDF with their frozen data, printed, and printed again with a mark.

A paper's id is ``kind:fact``, so a paper that a crash prevented is found again and never made twice. Everything here
runs on the ``paper`` thread; only the short journal jobs go to the store thread.
"""

from __future__ import annotations

from dataclasses import dataclass

from desk_app.documents import frozen, marks
from desk_app.domain.errors import Refused
from desk_app.services import paper_data
from desk_app.services.desk import Desk
from desk_app.services.ports import Printer
from desk_app.storage.queries import papers as paper_query
from desk_app.storage.queries import receipts
from desk_app.storage.rows import PaperRow
from desk_app.storage.transaction import ReadTx
from sync.protocol.facts import PaperMade, PaperPrinted

_PDF = "application/pdf"
_DATA = "application/vnd.mot-cua.paper+json"


@dataclass(frozen=True, slots=True)
class PaperOut:
    """A paper that came out (or was kept as a file): which, where, as which copy (0 = the first)."""

    paper: str
    title: str
    printer: str
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
    pdf = frozen.render(kind, data)
    desk.store.call(lambda: _seal(desk, paper, kind, about, data, pdf))
    return pdf


def print_paper(desk: Desk, printer: Printer, paper: str, reason: str = "") -> PaperOut:
    """Print a paper. What came out before comes out again with its copy mark and needs a ``reason``.

    The number of a receipt never changes by printing. Refuses: IN-10 a reprint without reason; raises IN-02 … IN-04.
    """
    pdf = make(desk, paper)
    row, data = desk.store.call(lambda: _row(desk, paper))
    kind = frozen.KINDS[row.kind]
    copy = row.copies
    if copy:
        if not reason.strip():
            raise Refused("IN-10")
        mark = marks.receipt_copy if kind.is_receipt else marks.reprint
        pdf = frozen.render(row.kind, data, mark(copy, desk.now(), desk.officer.name))
    where = printer.print_pdf(pdf, role=kind.role, media=kind.media, title=kind.title, landscape=kind.landscape)
    desk.store.call(lambda: _printed(desk, paper, copy, reason))
    desk.wake_sync()
    return PaperOut(paper, kind.title, where, copy)


def due(desk: Desk, about: str | None = None) -> tuple[PaperRow, ...]:
    """Papers that a fact promised and that did not come out yet, oldest first; of one fact, or of all."""
    with desk.store.read() as tx:
        return tuple(p for p in paper_query.unprinted(tx) if about is None or p.about == about)


def due_with_receipts(desk: Desk, about: str) -> tuple[PaperRow, ...]:
    """Papers not yet out of a dossier or guidance slip and of the receipts that paid for it."""
    with desk.store.read() as tx:
        ids = {about, *(r.receipt for r in receipts.of_dossier(tx, about))}
        return tuple(p for p in paper_query.unprinted(tx) if p.about in ids)


def of(desk: Desk, about: str) -> tuple[PaperRow, ...]:
    """Every paper of a dossier, guidance or receipt."""
    with desk.store.read() as tx:
        return tuple(paper_query.of(tx, about))


def pdf_of(desk: Desk, paper: str) -> tuple[str, bytes]:
    """Title and PDF of a paper, to look at."""
    return frozen.KINDS[paper.split(":", 1)[0]].title, make(desk, paper)


# ---- jobs on the store thread ----------------------------------------------------------------------------------------


def _kept(desk: Desk, paper: str) -> bytes | None:
    with desk.store.read() as tx:
        row = paper_query.get(tx, paper)
        return tx.blob(row.sha256) if row is not None and row.sha256 else None


def _data(desk: Desk, kind: str, about: str) -> bytes:
    with desk.store.read() as tx:
        return frozen.freeze(paper_data.build(desk, tx, kind, about))


def _seal(desk: Desk, paper: str, kind: str, about: str, data: bytes, pdf: bytes) -> None:
    with desk.store.write(f"make:{paper}", desk.officer.id) as tx:
        if tx.prior:
            return
        tx.use_line(desk.line_kind)
        sha = tx.put_blob(pdf, _PDF)
        tx.set_setting(_data_key(paper), tx.put_blob(data, _DATA))
        tx.append(PaperMade(paper, kind, about, sha, len(pdf)))


def _row(desk: Desk, paper: str) -> tuple[PaperRow, bytes]:
    with desk.store.read() as tx:
        row = paper_query.get(tx, paper)
        if row is None:
            raise Refused("IN-09")
        return row, _frozen(tx, paper)


def _frozen(tx: ReadTx, paper: str) -> bytes:
    sha = tx.setting(_data_key(paper))
    data = tx.blob(sha) if sha else None
    if data is None:
        raise Refused("IN-09")
    return data


def _printed(desk: Desk, paper: str, copy: int, reason: str) -> None:
    with desk.store.write(desk.ids.uuid7(), desk.officer.id) as tx:
        tx.use_line(desk.line_kind)
        tx.append(PaperPrinted(paper, copy, reason.strip()))


def _data_key(paper: str) -> str:
    return f"paper-data:{paper}"
