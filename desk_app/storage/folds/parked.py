"""Facts of other stations that came before their dossier: they wait, and are folded when it appears.

(A centre restored from a backup offers lines in another order than they were written in.)
"""

from __future__ import annotations

from collections.abc import Iterator

from desk_app.storage import trusted
from desk_app.storage.folds.context import Folding, Placed
from sync.protocol.facts import DossierReceived, Fact, ReceiptIssued


def waits(db: Folding, at: Placed, fact: Fact) -> bool:
    """Whether ``fact`` must wait for its dossier; what a receipt pays for waits, the receipt itself does not."""
    if isinstance(fact, DossierReceived):
        return False
    if isinstance(fact, ReceiptIssued):
        for dossier in fact.dossiers:
            if not _known(db, dossier):
                db.execute("INSERT OR IGNORE INTO parked VALUES (?, ?)", (dossier, at.pos))
        return False
    dossier = getattr(fact, "dossier", "")
    if not dossier or not isinstance(dossier, str) or _known(db, dossier):
        return False
    db.execute("INSERT OR IGNORE INTO parked VALUES (?, ?)", (dossier, at.pos))
    return True


def release(db: Folding, dossier: str) -> Iterator[tuple[Placed, Fact]]:
    """What waited for ``dossier``, in the order it came."""
    rows = db.execute(
        "SELECT r.pos, CAST(r.raw AS BLOB) FROM parked p JOIN record r ON r.pos = p.pos WHERE p.dossier = ? ORDER BY p.pos",
        (dossier,),
    ).fetchall()
    db.execute("DELETE FROM parked WHERE dossier = ?", (dossier,))
    for pos, raw in rows:
        e = trusted.envelope(bytes(raw))
        yield Placed(pos, e, 0, ours=False), trusted.fact(e)


def _known(db: Folding, dossier: str) -> bool:
    return db.execute("SELECT 1 FROM dossier WHERE dossier = ?", (dossier,)).fetchone() is not None
