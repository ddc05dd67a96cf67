"""What the centre sent down for feedback and surveys: the public inbox, answers of the level above, campaigns."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from desk_app.storage.transaction import ReadTx, WriteTx


@dataclass(frozen=True, slots=True, repr=False)
class PublicMessage:
    """One message of the public page that no desk has read yet; ``sent_at``: local stamp. Hidden in logs."""

    id: str
    sent_at: str
    name: str
    phone: str
    email: str
    address: str
    content: str
    secret: bool

    def __repr__(self) -> str:
        return f"PublicMessage({self.id}, hidden)"


@dataclass(frozen=True, slots=True)
class LevelReply:
    """What the level above answered to a transferred feedback; ``number``: of its letter, "" = none; ``at``: ISO day."""

    feedback: str
    text: str
    number: str
    at: str


@dataclass(frozen=True, slots=True)
class Campaign:
    """A survey campaign: days (ISO), answers wanted here, the form as data. ``ended``: closed early by the centre."""

    id: str
    title: str
    first: str
    last: str
    target: int
    form: Mapping[str, Any]
    ended: bool


_INBOX = "SELECT id, sent_at, body FROM public_inbox"


def put_message(tx: WriteTx, id: str, sent_at: str, body: Mapping[str, Any]) -> None:
    """Keep a message until it is taken in; one that was taken in before, here or elsewhere, stays away."""
    if tx.row("SELECT 1 FROM feedback_origin WHERE origin = ?", (id,)) is None:
        told = json.dumps(dict(body), ensure_ascii=False, sort_keys=True)
        tx.execute("INSERT OR IGNORE INTO public_inbox VALUES (?, ?, ?)", (id, sent_at, told))


def messages(tx: ReadTx, limit: int = 200) -> tuple[PublicMessage, ...]:
    """Everything that waits, the oldest first. A desk in training has no inbox."""
    if tx.training:
        return ()
    return tuple(_message(row) for row in tx.rows(f"{_INBOX} ORDER BY sent_at, id LIMIT ?", (limit,)))


def message(tx: ReadTx, id: str) -> PublicMessage | None:
    """The one message, while it waits."""
    row = tx.row(f"{_INBOX} WHERE id = ?", (id,))
    return _message(row) if row else None


def count_messages(tx: ReadTx) -> int:
    """How many wait; 0 in training."""
    return 0 if tx.training else int(tx.row("SELECT count(*) FROM public_inbox")[0])


def put_reply(tx: WriteTx, reply: LevelReply, gen: int, pos: int) -> None:
    """Keep the newest answer to a feedback."""
    told = json.dumps({"text": reply.text, "number": reply.number, "at": reply.at}, ensure_ascii=False)
    tx.execute(
        "INSERT INTO level_reply VALUES (?, ?, ?, ?) ON CONFLICT (feedback) DO UPDATE SET body = excluded.body,"
        " gen = excluded.gen, pos = excluded.pos WHERE (excluded.gen, excluded.pos) >= (gen, pos)",
        (reply.feedback, told, gen, pos),
    )


def reply(tx: ReadTx, feedback: str) -> LevelReply | None:
    """What the level above answered, if it did."""
    row = tx.row("SELECT body FROM level_reply WHERE feedback = ?", (feedback,))
    if row is None:
        return None
    body = json.loads(row[0])
    return LevelReply(feedback, str(body["text"]), str(body["number"]), str(body["at"]))


def put_campaign(tx: WriteTx, id: str, first: str, last: str, body: Mapping[str, Any]) -> None:
    """Keep a campaign as it was told last."""
    tx.execute(
        "INSERT OR REPLACE INTO campaign VALUES (?, ?, ?, ?)",
        (id, first, last, json.dumps(dict(body), ensure_ascii=False, sort_keys=True)),
    )


def campaigns(tx: ReadTx, day: str) -> tuple[Campaign, ...]:
    """Campaigns that run on an ISO day, the one that ends first in front."""
    rows = tx.rows(
        "SELECT id, first, last, body FROM campaign WHERE ? BETWEEN first AND last ORDER BY last, id", (day,)
    )
    found = (_campaign(*row) for row in rows)
    return tuple(campaign for campaign in found if not campaign.ended)


def every_campaign(tx: ReadTx) -> tuple[Campaign, ...]:
    """Every campaign this desk was told of, also those that are over."""
    return tuple(_campaign(*row) for row in tx.rows("SELECT id, first, last, body FROM campaign ORDER BY first, id"))


def answers(tx: ReadTx, campaign: Campaign) -> int:
    """How many answers of a campaign's form were released between its days, by every desk known here."""
    row = tx.row(
        "SELECT count(*) FROM survey_answer WHERE training = ? AND form = ? AND day BETWEEN ? AND ?",
        (tx.training, str(campaign.form.get("id", "")), campaign.first, campaign.last),
    )
    return int(row[0])


def _message(row: Any) -> PublicMessage:
    body = json.loads(row[2])
    texts = {key: str(body.get(key, "")) for key in ("name", "phone", "email", "address", "content")}
    return PublicMessage(row[0], row[1], **texts, secret=body.get("secret") is True)


def _campaign(id: str, first: str, last: str, raw: str) -> Campaign:
    body = json.loads(raw)
    form = body.get("form")
    target = body.get("target")
    return Campaign(
        id, str(body.get("title", "")), first, last, target if isinstance(target, int) else 0,
        form if isinstance(form, dict) else {}, body.get("ended") is True,
    )  # fmt: skip
