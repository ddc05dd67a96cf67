"""The office: officers, profile, catalogue layers, posters, incidents, answers of the centre."""

from __future__ import annotations

from sqlalchemy import Column, Index, Integer, PrimaryKeyConstraint, Table

from desk_app.storage.tables.columns import READ, key, number, words

officer = Table("officer", READ, key("officer"), words("name"), words("roles"), number("active"))

unit_profile = Table("unit_profile", READ, key("unit"), words("profile"), words("at"))

poster = Table(
    "poster",
    READ,
    words("poster_kind"),
    words("subject"),
    number("training"),
    words("posting"),
    words("catalogue"),
    words("content"),
    words("posted_at"),
    words("code"),
    words("officer"),
    PrimaryKeyConstraint("poster_kind", "subject", "training"),
    Index("poster_posting", "posting"),
    sqlite_with_rowid=False,
)

catalogue_layer = Table(
    "catalogue_layer",
    READ,
    key("layer"),
    words("version"),
    number("serial"),
    words("sha256"),
    words("sign_key"),
    words("activated_at"),
    words("officer"),
    sqlite_with_rowid=False,
)

catalogue_key = Table(
    "catalogue_key",
    READ,
    key("layer"),
    words("sign_key"),
    words("named_at"),
    words("officer"),
    sqlite_with_rowid=False,
)

catalogue_mistake = Table(
    "catalogue_mistake",
    READ,
    key("report"),
    words("procedure"),
    words("variant"),
    words("catalogue"),
    words("field"),
    words("text"),
    words("reported_at"),
    words("officer"),
    number("training"),
    Index("catalogue_mistake_procedure", "procedure"),
    sqlite_with_rowid=False,
)

incident = Table(
    "incident",
    READ,
    Column("n", Integer, primary_key=True),
    words("incident"),
    words("code"),
    words("seen"),
    words("at"),
    number("line"),
)

day_match = Table(
    "day_match",
    READ,
    Column("n", Integer, primary_key=True),
    words("match"),
    number("line"),
    words("day"),
    words("matched_at"),
    number("equal"),
    number("records"),
    number("receipts"),
    number("collected_vnd"),
    number("differences"),
    words("answer_sha256"),
    words("through"),
    Index("day_match_id", "match"),
)

erased = Table("erased", READ, key("subject"), sqlite_with_rowid=False)
