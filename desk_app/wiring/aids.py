"""The two helpers over every page: F1 shows the keys, Ctrl+K opens any page or procedure by a few letters."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QWidget

from desk_app.domain.text import fold
from desk_app.ui import keys
from desk_app.ui.shell import Shell
from desk_app.ui.widgets.key_sheet import KeySheet
from desk_app.ui.widgets.palette import Entry, Palette

_PAGES = (
    ("today", "house", "Hôm nay"),
    ("intake", "inbox", "Tiếp nhận"),
    ("fees", "banknote", "Thu phí"),
    ("dossiers", "folder-clock", "Hồ sơ"),
    ("results", "package-check", "Trả kết quả"),
    ("sync", "refresh-cw", "Đồng bộ"),
    ("admin", "settings", "Quản trị"),
)

_LOOKUP = "Màn hình tra cứu cho công dân"


class Aids:
    """``find`` answers procedures as (id, name, field) for the letters typed; ``open_procedure`` starts an intake.

    ``open_lookup`` opens the citizens' window, also by its own key.
    """

    def __init__(
        self,
        window: QWidget,
        shell: Shell,
        find: Callable[[str], Sequence[tuple[str, str, str]]],
        open_procedure: Callable[[str], None],
        open_lookup: Callable[[], None] = lambda: None,
    ) -> None:
        self._shell, self._find, self._open_procedure = shell, find, open_procedure
        self._open_lookup = open_lookup
        keys.attach(shell, "lookup", open_lookup)
        self._sheet = KeySheet(window)
        self._palette = Palette(window)
        shell.help_wanted.connect(self._help)
        shell.palette_wanted.connect(self._show)
        self._palette.searched.connect(self._search)
        self._palette.run_wanted.connect(self._chosen)

    def _help(self) -> None:
        self._sheet.toggle("Các phím của màn hình này", keys.live(self._shell))

    def _show(self) -> None:
        self._palette.open()
        self._search("")

    def _search(self, text: str) -> None:
        wanted = fold(text)
        pages = [
            Entry(f"page:{id}", "Trang", icon, title, "", keys.label(id))
            for id, icon, title in _PAGES
            if not wanted or wanted in fold(title)
        ]
        if not wanted or wanted in fold(_LOOKUP):
            pages.append(Entry("lookup:", "Trang", "search", _LOOKUP, "", keys.label("lookup")))
        found = self._find(text) if wanted else ()
        procedures = [Entry(f"procedure:{id}", "Thủ tục", "inbox", name, field) for id, name, field in found]
        self._palette.set_entries([*pages[:8], *procedures])

    def _chosen(self, id: str) -> None:
        kind, _, what = id.partition(":")
        if kind == "page":
            self._shell.open(what)
        elif kind == "lookup":
            self._open_lookup()
        else:
            self._open_procedure(what)
