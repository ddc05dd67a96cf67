"""Step 1 as drawn: the citizen above, the choice of a procedure below, or the list of who waits."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from desk_app.ui.screens.intake.drafts import WaitingCard
from desk_app.ui.screens.intake.person_step import PersonCard
from desk_app.ui.screens.intake.ports import IntakePorts
from desk_app.ui.screens.intake.procedure_step import ProcedureCard
from desk_app.ui.widgets.label import down
from desk_app.ui.widgets.scroll import ScrollBody


class PersonPage(QWidget):
    """One column of cards; ``show_below("procedures" | "waiting" | "")`` says what stands under the citizen."""

    def __init__(self, ports: IntakePorts, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.card, self.procedures, self.waiting = PersonCard(), ProcedureCard(ports), WaitingCard(ports)
        self._gap = QWidget()
        layout = down(self.card, margins=(16, 12, 16, 12), gap=12)
        for part in (self.procedures, self.waiting, self._gap):
            layout.addWidget(part, 1)
        self.setLayout(down(ScrollBody(layout)))
        self.show_below("procedures")

    def show_below(self, part: str) -> None:
        self.procedures.setVisible(part == "procedures")
        self.waiting.setVisible(part == "waiting")
        self._gap.setVisible(not part)
