"""What the feed brings for feedback and surveys, put where the screens find it; a body that does not fit is passed over."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any

from desk_app.domain.errors import DeskError
from desk_app.domain.survey import read_form
from desk_app.storage.queries import voice
from desk_app.storage.queries.voice import LevelReply
from desk_app.storage.transaction import WriteTx
from sync.protocol import feed
from sync.protocol.feed import FeedEvent, FeedPage

_TITLE, _TEXT, _ID = 200, 4_000, 64


def public_message(tx: WriteTx, _page: FeedPage, event: FeedEvent) -> bool:
    """Somebody wrote on the public page."""
    id, sent_at = _word(event.body, "id"), _local(event.body.get("at"))
    if id and sent_at:
        voice.put_message(tx, id, sent_at, event.body)
    return False


def reply(tx: WriteTx, page: FeedPage, event: FeedEvent) -> bool:
    """The level above answered a feedback that was transferred to it."""
    feedback, text = _word(event.body, "feedback"), _text(event.body, "text", _TEXT)
    day = _local(event.body.get("at"))
    if feedback and text and day:
        told = LevelReply(feedback, text, _text(event.body, "number", 80), day[:10])
        voice.put_reply(tx, told, page.gen, event.pos)
    return False


def campaign(tx: WriteTx, _page: FeedPage, event: FeedEvent) -> bool:
    """A campaign begins, changes or ends; its form is kept only when this program can ask it."""
    id, form = _word(event.body, "id"), event.body.get("form")
    days = [_day(event.body.get(name)) for name in ("first", "last")]
    if not id or not all(days) or not isinstance(form, Mapping):
        return False
    try:
        read_form(form)
    except DeskError:
        return False
    body = {**event.body, "title": _text(event.body, "title", _TITLE)}
    voice.put_campaign(tx, id, days[0], days[1], body)
    return False


#: Kind of event → what is done with it.
APPLY: dict[str, Callable[[WriteTx, FeedPage, FeedEvent], bool]] = {
    feed.PUBLIC: public_message,
    feed.REPLY: reply,
    feed.CAMPAIGN: campaign,
}


def _word(body: Mapping[str, Any], name: str) -> str:
    value = body.get(name)
    return value if isinstance(value, str) and 0 < len(value) <= _ID else ""


def _text(body: Mapping[str, Any], name: str, most: int) -> str:
    value = body.get(name)
    return value.strip()[:most] if isinstance(value, str) else ""


def _local(value: object) -> str:
    """A local stamp without offset, to the second; "" for what is none."""
    try:
        at = datetime.fromisoformat(str(value))
    except ValueError:
        return ""
    return at.isoformat(timespec="seconds") if at.tzinfo is None else ""


def _day(value: object) -> str:
    try:
        return date.fromisoformat(str(value)).isoformat()
    except ValueError:
        return ""
