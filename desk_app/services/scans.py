"""Scans of a dossier's papers: kept in the encrypted file, named in its chain, sent in chunks after the records.

A scan never holds up a dossier or a receipt: the record goes first, and says by its hash what will follow.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from desk_app.domain.errors import Refused
from desk_app.domain.session import Role
from desk_app.services.desk import Desk, stamp
from desk_app.storage.queries import blobs, dossiers
from sync.protocol.sync_facts import ScanAttached

LIMIT = 20 << 20  # bytes: some forty pages at 200 dpi
_MAGIC = ((b"\xff\xd8\xff", "image/jpeg"), (b"\x89PNG\r\n\x1a\n", "image/png"), (b"%PDF-", "application/pdf"))


@dataclass(frozen=True, slots=True)
class AttachScan:
    """Keep the file at ``path`` as a paper of a dossier. ``document``: its id on the checklist, "" = another paper."""

    id: str
    dossier: str
    document: str
    path: Path


def papers(desk: Desk, dossier: str) -> tuple[tuple[str, str], ...]:
    """Id and name of each paper of the dossier's checklist, in its order; last: another paper. Refuses HS-08."""
    with desk.store.read() as tx:
        found = dossiers.detail(tx, dossier)
    if found is None:
        raise Refused("HS-08")
    procedure = desk.catalogue.procedures.get(found.row.procedure)
    variant = procedure.variant_on(desk.now().date()) if procedure is not None else None
    names = {d.id: d.name for d in variant.documents} if variant is not None else {}
    return (*((m.document, names.get(m.document, m.document)) for m in found.marks), ("", "Giấy khác"))


def attach(desk: Desk, command: AttachScan) -> str:
    """Keep a scan and queue it; answers its hash. The same scan of the same dossier twice is kept once.

    Refuses: HS-08 the dossier is not here, DB-36 not a picture or PDF of at most 20 MB, or the file can't be read.
    """
    desk.officer.require(Role.RECEPTION, Role.SPECIALIST, Role.HEAD)
    data = _read(command.path)
    media = next((kind for magic, kind in _MAGIC if data.startswith(magic)), "")
    if not media:
        raise Refused("DB-36")
    title = dict(papers(desk, command.dossier)).get(command.document, "")
    with desk.store.write(command.id, desk.officer.id) as tx:
        tx.use_line(desk.line_kind)
        sha = tx.put_blob(data, media)
        if not tx.prior:
            blobs.queue(tx, sha)
            tx.append(ScanAttached(command.dossier, command.document, title, sha, len(data), media, stamp(desk.now())))
    desk.wake_sync()
    return sha


def _read(path: Path) -> bytes:
    """The file, or nothing of one that is too large: it is not even read."""
    try:
        return path.read_bytes() if 0 < path.stat().st_size <= LIMIT else b""
    except OSError as error:
        raise Refused("DB-36") from error
