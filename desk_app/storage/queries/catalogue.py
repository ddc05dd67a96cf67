"""What hangs on the wall, and which version of each layer of the catalogue is in force."""

from __future__ import annotations

from dataclasses import dataclass

from desk_app.storage.transaction import ReadTx


@dataclass(frozen=True, slots=True)
class PosterRow:
    """The last posting of one kind and subject."""

    poster_kind: str
    subject: str
    posting: str
    catalogue: str
    content: str
    posted_at: str
    code: str
    officer: str


@dataclass(frozen=True, slots=True)
class LayerRow:
    """The version of a layer in force; ``sha256``: of the blob with its bytes."""

    layer: str
    version: str
    serial: int
    sha256: str
    sign_key: str
    activated_at: str
    officer: str


_POSTER = "SELECT poster_kind, subject, posting, catalogue, content, posted_at, code, officer FROM poster "
_LAYER = "SELECT layer, version, serial, sha256, sign_key, activated_at, officer FROM catalogue_layer "


def posters(tx: ReadTx) -> tuple[PosterRow, ...]:
    """Every posting that hangs, the oldest first."""
    rows = tx.rows(f"{_POSTER}WHERE training = ? ORDER BY posted_at, poster_kind, subject", (tx.training,))
    return tuple(PosterRow(*row) for row in rows)


def poster(tx: ReadTx, posting: str) -> PosterRow | None:
    row = tx.row(f"{_POSTER}WHERE posting = ?", (posting,))
    return PosterRow(*row) if row else None


def layers(tx: ReadTx) -> dict[str, LayerRow]:
    """The version in force of every layer that was ever activated here."""
    return {row[0]: LayerRow(*row) for row in tx.rows(f"{_LAYER}ORDER BY layer", ())}


@dataclass(frozen=True, slots=True)
class MistakeRow:
    """What somebody of the office said is wrong with a procedure."""

    report: str
    procedure: str
    field: str
    text: str
    reported_at: str
    officer: str


def named_keys(tx: ReadTx) -> dict[str, str]:
    """Public key by layer, as the office's head named it (only ever the commune's own layer)."""
    return {str(row[0]): str(row[1]) for row in tx.rows("SELECT layer, sign_key FROM catalogue_key", ())}


def mistakes(tx: ReadTx, procedure: str) -> tuple[MistakeRow, ...]:
    """What was reported about a procedure, the newest first."""
    sql = (
        "SELECT report, procedure, field, text, reported_at, officer FROM catalogue_mistake"
        " WHERE procedure = ? AND training = ? ORDER BY reported_at DESC, report"
    )
    return tuple(MistakeRow(*row) for row in tx.rows(sql, (procedure, tx.training)))
