"""Folds of the catalogue at a desk: the version of each layer in force, and what hangs on the wall."""

from __future__ import annotations

from desk_app.storage.folds import paper
from desk_app.storage.folds.context import Folding, Placed
from sync.protocol.catalogue_facts import (
    CatalogueActivated,
    CatalogueKeyNamed,
    CatalogueMistakeReported,
    PosterPosted,
)

_POSTER = (
    "INSERT INTO poster VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (poster_kind, subject, training) DO UPDATE SET"
    " posting = excluded.posting, catalogue = excluded.catalogue, content = excluded.content,"
    " posted_at = excluded.posted_at, code = excluded.code, officer = excluded.officer"
)
_LAYER = (
    "INSERT INTO catalogue_layer VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (layer) DO UPDATE SET"
    " version = excluded.version, serial = excluded.serial, sha256 = excluded.sha256, sign_key = excluded.sign_key,"
    " activated_at = excluded.activated_at, officer = excluded.officer WHERE excluded.serial > serial"
)


def posted(db: Folding, at: Placed, fact: PosterPosted) -> None:
    db.execute(
        _POSTER,
        (
            fact.poster_kind, fact.subject, at.training, fact.posting, fact.catalogue, fact.content, fact.posted_at,
            fact.code, at.envelope.actor,
        ),
    )  # fmt: skip
    paper.due(db, at, f"{fact.poster_kind}_poster", fact.posting)


def activated(db: Folding, at: Placed, fact: CatalogueActivated) -> None:
    """What another counter put into use says nothing about this one: its bytes are not here."""
    if not at.ours:
        return
    db.execute(
        _LAYER,
        (
            fact.layer, fact.version, fact.serial, fact.sha256, fact.key, fact.activated_at, at.envelope.actor,
        ),
    )  # fmt: skip


def key_named(db: Folding, at: Placed, fact: CatalogueKeyNamed) -> None:
    """The last one holds, whichever counter of the office named it."""
    row = ("commune", fact.key, fact.named_at, at.envelope.actor)
    db.execute(
        "INSERT INTO catalogue_key VALUES (?, ?, ?, ?) ON CONFLICT (layer) DO UPDATE SET sign_key = excluded.sign_key,"
        " named_at = excluded.named_at, officer = excluded.officer WHERE excluded.named_at >= named_at",
        row,
    )


def mistake(db: Folding, at: Placed, fact: CatalogueMistakeReported) -> None:
    """Kept with who said it, so that nobody reports the same thing twice."""
    db.execute(
        "INSERT OR IGNORE INTO catalogue_mistake VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            fact.report, fact.procedure, fact.variant, fact.catalogue, fact.field, fact.text, fact.reported_at,
            at.envelope.actor, at.training,
        ),
    )  # fmt: skip
