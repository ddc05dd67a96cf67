"""Step 1 as drawn: the citizen above, the choice of a procedure below, or the list of who waits."""

from __future__ import annotations

from functools import cached_property

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desk_app.ui.screens.intake.drafts import WaitingCard
from desk_app.ui.screens.intake.online import OnlineCard
from desk_app.ui.screens.intake.person_step import PersonCard
from desk_app.ui.screens.intake.ports import IntakePorts
from desk_app.ui.screens.intake.procedure_step import ProcedureCard
from desk_app.ui.watch import unwatched
from desk_app.ui.widgets.label import down
from desk_app.ui.widgets.scroll import ScrollBody


class PersonPage(QWidget):
    """One column of cards; ``show_below("procedures" | "waiting" | "online" | "")`` says what stands under the citizen.

    ``taken(Draft)``: one of who waits. ``online_taken``: one of the online dossiers.
    """

    taken = Signal(object)
    online_taken = Signal(object)

    def __init__(self, ports: IntakePorts, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._ports = ports
        self.card, self.procedures = PersonCard(), ProcedureCard(ports)
        self._gap = QWidget()
        self._column = down(self.card, margins=(16, 12, 16, 12), gap=12)
        for part in (self.procedures, self._gap):
            self._column.addWidget(part, 1)
        self.setLayout(down(ScrollBody(self._column)))
        self.show_below("procedures")

    @cached_property
    def waiting(self) -> WaitingCard:
        """Who waits; built when it is wanted, or ahead."""
        with unwatched():
            waiting = WaitingCard(self._ports)
            waiting.hide()
            self._column.addWidget(waiting, 1)
        waiting.taken.connect(self.taken)
        return waiting

    @cached_property
    def online(self) -> OnlineCard:
        """The online dossiers; built when they are wanted."""
        with unwatched():
            online = OnlineCard()
            online.hide()
            self._column.addWidget(online, 1)
        online.taken.connect(self.online_taken)
        return online

    def show_below(self, part: str) -> None:
        self.procedures.setVisible(part == "procedures")
        if part == "waiting" or "waiting" in self.__dict__:
            self.waiting.setVisible(part == "waiting")
        if part == "online" or "online" in self.__dict__:
            self.online.setVisible(part == "online")
        self._gap.setVisible(not part)
