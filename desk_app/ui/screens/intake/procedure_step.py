"""Which procedure: a few letters without marks, a digit for the most used, or field by field."""

from __future__ import annotations

from functools import cached_property

from PySide6.QtCore import QEvent, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from desk_app.domain.catalogue import Heading
from desk_app.domain.text import nfc
from desk_app.ui import keys
from desk_app.ui.forms.brief import Brief, brief
from desk_app.ui.screens.intake.ports import IntakePorts
from desk_app.ui.theme import theme
from desk_app.ui.widgets.card import Card
from desk_app.ui.widgets.hits import Hit
from desk_app.ui.widgets.key_hint import KeyHint
from desk_app.ui.widgets.scroll import TOGETHER
from desk_app.ui.widgets.search_list import SearchList

_LONGEST_SHOWN = 40
_SHOWN = 8
READ_MS, READ_AT_ONCE = 30, 4
LEAST = 150  # px at 100 %: box and two rows
LOW = 330  # px at 100 %: less has no room for hits and favourites


class ProcedureCard(Card):
    """``chosen(id)`` when a procedure is taken; ``selection_changed`` whenever the blue button may change."""

    chosen = Signal(str)
    selection_changed = Signal()

    def __init__(self, ports: IntakePorts, parent: QWidget | None = None) -> None:
        super().__init__("Chọn thủ tục", padded=False, parent=parent)
        self._ports = ports
        self._facts: dict[str, Brief] = {}
        self.add_header(
            KeyHint(
                [(("↑", "↓"), "gõ không dấu, chữ đầu cũng được"), ((keys.label("browse"),), "xem theo lĩnh vực")],
                before=True,
            )
        )
        self.search = SearchList(
            "Tìm thủ tục",
            "Gõ vài chữ không dấu: bs, xnh, khai sinh…",
            "thủ tục",
            "Dùng nhiều ở quầy này (bấm số khi ô trên còn trống)",
        )
        self.search.view.setMinimumHeight(0)
        self.search.view.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Ignored)
        self._usual: tuple[str, ...] = ()
        self._shown: tuple[str, ...] = ()
        self.body.setSpacing(0)
        self.body.addWidget(self.search)
        self.search.searched.connect(self.look_up)
        self.search.chosen.connect(self.chosen)
        self.search.browse_wanted.connect(self.browse)
        self.search.current_changed.connect(lambda _id: self.selection_changed.emit())
        self.setFocusProxy(self.search)
        self._unread = list(self._headings)
        self._reader = QTimer(self)  # terms and fees of the whole catalogue, a few at a time while nobody waits
        self._reader.setInterval(READ_MS)
        self._reader.timeout.connect(self._read_ahead)
        self._reader.start()
        self._keep_room()
        self.refresh()

    def refresh(self) -> None:
        """Ask again which procedures this desk takes most, and empty the box."""
        self._usual = tuple(id_ for id_ in self._ports.top_used(9) if id_ in self._headings)
        self._show_usual()
        self.search.clear()
        self._show_usual()
        self.selection_changed.emit()

    @property
    def selected(self) -> str:
        """Id of the selected procedure, "" when none is."""
        return self.search.current_id()

    def take(self) -> None:
        """Take the selected procedure, after searching for what was typed last."""
        self.search.take_current()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._show_usual()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "search"):
            self._keep_room()

    def _keep_room(self) -> None:
        """Large text: the page scrolls, but two rows of what was found are never squeezed away."""
        self.setMinimumHeight(theme().px(LEAST) if theme().folds else 0)
        self.head.setHidden(theme().folds)
        self.setProperty(TOGETHER, theme().folds)

    def _show_usual(self) -> None:
        """In a low window the favourites give way to what was found; in the empty box their digits always work."""
        low = self.height() < theme().px(LOW) and bool(self.search.box.text().strip())
        shown = () if low else self._usual
        if shown != self._shown:
            self._shown = shown
            self.search.set_usual([(id_, self._headings[id_].short_name) for id_ in shown])

    def look_up(self, typed: str) -> None:
        """Show what the letters find."""
        query = typed.strip()
        self._show_usual()
        if not query:
            self.search.set_hits(())
            self.selection_changed.emit()
            return
        shown = query if len(query) <= _LONGEST_SHOWN else f"{query[:_LONGEST_SHOWN]}…"
        nothing = f"Không thấy thủ tục khớp “{shown}”. Gõ ít chữ hơn, hoặc xem theo lĩnh vực ({keys.label('browse')})."
        found = [hit for hit in self._ports.find(query) if hit.id in self._headings]
        self.search.set_hits([self._hit(hit.id, hit.spans) for hit in found[:_SHOWN]], nothing)
        self.selection_changed.emit()

    def browse(self) -> None:
        """All procedures, field by field."""
        order = {field: place for place, field in enumerate(self._ports.catalogue.fields)}
        headings = sorted(self._headings.values(), key=lambda h: (order.get(h.field, len(order)), h.name))
        self.search.clear()
        self.search.set_hits([self._hit(heading.id, ()) for heading in headings])
        self.selection_changed.emit()

    def _hit(self, id_: str, spans: tuple[tuple[int, int], ...]) -> Hit:
        heading, facts = self._headings[id_], self._brief(id_)
        marks = tuple(place for start, end in spans for place in range(start, end))
        return Hit(id_, nfc(heading.name), marks, (heading.field_name, facts.term, facts.fee))

    def _read_ahead(self) -> None:
        for id_ in self._unread[:READ_AT_ONCE]:
            self._brief(id_)
        del self._unread[:READ_AT_ONCE]
        if not self._unread:
            self._reader.stop()

    def _brief(self, id_: str) -> Brief:
        if id_ not in self._facts:
            procedure = self._ports.catalogue.procedures[id_]
            self._facts[id_] = brief(procedure, self._ports.profile, self._ports.now().date())
        return self._facts[id_]

    @cached_property
    def _headings(self) -> dict[str, Heading]:
        return {heading.id: heading for heading in self._ports.catalogue.headings}
