"""What a screen is for the shell: a descriptor in a tuple, and a page that answers a few calls.

To add a screen: one file in ``screens`` with a ``Page``, and one ``Screen`` line where the program is wired.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desk_app.domain.errors import DeskError
from desk_app.ui import errors
from desk_app.ui.errors import Message
from desk_app.ui.tone import Tone
from desk_app.ui.watch import nest
from desk_app.ui.widgets.action_bar import Actions
from desk_app.ui.widgets.banner import Notice


@dataclass(frozen=True)
class Screen:
    """A page of the rail. `key` is an id of ``keys.KEYS``; no roles means everyone; `bottom` is the foot group."""

    id: str
    title: str
    icon: str
    key: str
    build: Callable[[], Page]
    roles: frozenset[str] = frozenset()
    bottom: bool = False

    def is_for(self, role: str) -> bool:
        return not self.roles or role in self.roles


class Page(QWidget):
    """Base of every page. Signals go up to the shell; the shell's calls come down.

    ``actions_changed``: ask ``bar_actions()`` again · ``go(screen_id)``: open another page ·
    ``toast(text, tone, code)`` · ``notice(Notice)`` and ``notice_gone(key)``: the banner.
    """

    actions_changed = Signal()
    go = Signal(str)
    toast = Signal(str, object, str)
    notice = Signal(object)
    notice_gone = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent if parent is not None else nest())
        self.setObjectName("page")

    def activate(self) -> None:
        """The page comes to the front: refresh and put the focus on the first unanswered thing."""

    def build_more(self) -> bool:
        """Build a part that is not needed yet, while nobody waits; False when all of it stands."""
        return False

    def can_leave(self) -> bool:
        """False keeps the page in front; nothing typed is ever lost either way."""
        return True

    def on_scan(self, text: str) -> bool:
        """A scan arrived while this page is in front; True when the page took it."""
        del text
        return False

    def on_search(self, text: str) -> bool:
        """Enter in the search field while this page is in front; True when the page took it."""
        del text
        return False

    def primary(self) -> None:
        """F9 on a page that draws its own blue button; the bar's button does not come here."""

    def back(self) -> None:
        """Esc on a page without an action bar."""

    def bar_actions(self) -> Actions | None:
        """Content of the action bar; None hides the bar."""
        return None

    def on_action(self, action_id: str) -> None:
        """A button of the action bar was pressed: ``primary``, ``back`` or an id of the page's own."""
        {"primary": self.primary, "back": self.back}.get(action_id, lambda: None)()

    def on_notice_action(self, key: str) -> None:
        """The button of a banner this page raised was pressed."""

    def show_error(self, error: DeskError) -> None:
        """Say what went wrong where its code belongs."""
        errors.show(self, errors.message_of(error))

    def say(self, code: str, **values: object) -> None:
        """Say something with a code of the message file."""
        errors.show(self, errors.message(code, **values))

    def show_toast(self, message: Message) -> None:
        self.toast.emit(message.text, message.tone, message.code)

    def show_banner(self, message: Message) -> None:
        self.notice.emit(Notice(message.code, message.tone, message.text, message.title, message.code))

    def show_field(self, message: Message) -> None:
        """Under its field on pages that know which; elsewhere a toast that says it."""
        self.toast.emit(message.text, Tone.WARN, message.code)

    def show_panel(self, message: Message) -> None:
        """In a panel on pages that have one; elsewhere the banner."""
        self.show_banner(message)
