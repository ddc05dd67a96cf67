"""The journal for an auditor: sealed records as they are, acknowledgements, public keys. No personal data unless asked.

A zip of ``manifest.json`` (lines, last record, head), ``manifest.sig``, ``line-N.jsonl``, ``acks-N.jsonl`` and, when asked
for, ``signed/SHA.pdf`` and ``subjects.jsonl``. ``receipt-check`` reads it and trusts nothing of this program.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from desk_app.domain.session import Role
from desk_app.services.desk import Desk, stamp
from desk_app.storage.queries import journal
from desk_app.storage.transaction import ReadTx
from sync.protocol.canonical import Value, canonical

FORMAT = "mot-cua-receipts/1"
ROLES = (Role.HEAD, Role.AUDITOR, Role.CASHIER, Role.LEADER, Role.TECHNICIAN)
PURPOSE = "desk/1 export"

#: Signs bytes with the key of a line (line, purpose, body) → hexadecimal digits; KeyError: its key is not here.
LineSigner = Callable[[int, str, bytes], str]


@dataclass(frozen=True, slots=True)
class Export:
    """An export and its name without folder."""

    name: str
    data: bytes
    records: int


def export(desk: Desk, *, sign: LineSigner | None = None, centre_key: str = "", with_signed: bool = False) -> Export:
    """All records of the line written now. On the store thread; reading only.

    ``sign`` None: the manifest stays unsigned (training). ``with_signed``: the signed receipts too; they hold names.
    """
    desk.officer.require(*ROLES)
    out = io.BytesIO()
    now = desk.now()
    with desk.store.read() as tx, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as box:
        line = tx.use_line(desk.line_kind)
        _put(box, f"line-{line.line}.jsonl", b"\n".join(r.raw for r in tx.records(line.line)) + b"\n", now)
        acks = journal.acks(tx, line.line)
        if acks:
            _put(box, f"acks-{line.line}.jsonl", b"\n".join(raw for _, raw in acks) + b"\n", now)
        manifest = _manifest(desk, tx, now, centre_key, [mark for mark, _ in acks])
        _put(box, "manifest.json", manifest, now)
        if sign is not None:
            _put(box, "manifest.sig", sign(line.line, PURPOSE, manifest).encode("ascii"), now)
        if with_signed:
            for sha, data in journal.signed_receipts(tx, line.line):
                _put(box, f"signed/{sha}.pdf", data, now)
        records = line.last_seq
    return Export(f"so-bien-lai-{line.line}-{now:%Y%m%d-%H%M}.zip", out.getvalue(), records)


def _manifest(desk: Desk, tx: ReadTx, now: datetime, centre_key: str, marks: list[int]) -> bytes:
    line = tx.line
    row: dict[str, Value] = {
        "line": line.line,
        "kind": line.kind,
        "last": line.last_seq,
        "head": line.head,
        "marks": sorted(set(marks)),
    }
    return canonical(
        {
            "format": FORMAT,
            "unit": line.unit,
            "station": line.station,
            "made_at": stamp(now),
            "made_by": desk.officer.id,
            "centre_key": centre_key,
            "lines": [row],
        }
    )


def _put(box: zipfile.ZipFile, name: str, data: bytes, now: datetime) -> None:
    """One member with the desk's own time: the same journal gives the same bytes."""
    info = zipfile.ZipInfo(name, (now.year, now.month, now.day, now.hour, now.minute, now.second // 2 * 2))
    info.compress_type = zipfile.ZIP_DEFLATED
    info.external_attr = 0o600 << 16
    box.writestr(info, data)
