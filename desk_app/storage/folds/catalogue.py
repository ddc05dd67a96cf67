"""Folds of the catalogue at a desk: the version of each layer in force, and what hangs on the wall."""

from __future__ import annotations

from desk_app.storage.folds import paper
from desk_app.storage.folds.context import Folding, Placed
from sync.protocol.catalogue_facts import CatalogueActivated, PosterPosted

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
    db.execute(
        _LAYER,
        (
            fact.layer, fact.version, fact.serial, fact.sha256, fact.key, fact.activated_at, at.envelope.actor,
        ),
    )  # fmt: skip
