"""A code and its values become words, and the words go to the place the code names.

Texts live in ``resources/messages/vi.json``: ``{"TN-06": {"place": "F", "text": "… {n} …", "tone"?, "title"?}}``.
Place T is a toast, B the banner, F the line under a field, P a panel in the page. A value that is missing shows as "…":
a half sentence with its code is better than none, and a test finds it.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from functools import cache
from typing import Protocol, cast

from desk_app.domain.errors import DeskError
from desk_app.ui.theme import resource
from desk_app.ui.tone import Tone
from desk_app.ui.wording import wording


class Place(Enum):
    TOAST = "T"
    BANNER = "B"
    FIELD = "F"
    PANEL = "P"


_USUAL = {Place.TOAST: Tone.OK, Place.BANNER: Tone.WARN, Place.FIELD: Tone.BAD, Place.PANEL: Tone.WARN}


@dataclass(frozen=True)
class Message:
    """What the officer reads. The code comes last and muted, for the telephone."""

    code: str
    place: Place
    tone: Tone
    text: str
    title: str = ""


class Surface(Protocol):
    """Where a page can put words: every page of the shell is one."""

    def show_toast(self, message: Message) -> None: ...

    def show_banner(self, message: Message) -> None: ...

    def show_field(self, message: Message) -> None: ...

    def show_panel(self, message: Message) -> None: ...


class _Values(dict[str, str]):
    def __missing__(self, _name: str) -> str:
        return "…"


@cache
def _texts(language: str = "vi") -> Mapping[str, Mapping[str, str]]:
    file = resource("messages", f"{language}.json")
    return cast(Mapping[str, Mapping[str, str]], json.loads(file.read_text(encoding="utf-8")))


def message(code: str, **values: object) -> Message:
    """The words of `code`. A code nobody wrote words for is shown as HT-00 with its own code kept."""
    entry = _texts().get(code) or _texts()["HT-00"]
    place = Place(entry["place"])
    tone = Tone(entry["tone"]) if "tone" in entry else _USUAL[place]
    shown = _Values({name: wording(name, value) for name, value in values.items()})
    return Message(code, place, tone, entry["text"].format_map(shown), entry.get("title", "").format_map(shown))


def message_of(error: DeskError) -> Message:
    """The words of an error."""
    return message(error.code, **error.values)


def show(surface: Surface, said: Message) -> None:
    """Put `said` where its code belongs."""
    places = {
        Place.TOAST: surface.show_toast,
        Place.BANNER: surface.show_banner,
        Place.FIELD: surface.show_field,
        Place.PANEL: surface.show_panel,
    }
    places[said.place](said)
