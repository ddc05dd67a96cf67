"""Not taking a request in although its papers may be complete: the rule and the right place are typed, Mẫu số 03 comes out.

What the catalogue itself refuses needs none of this: F9 prints the slip with the catalogue's reason.
Law: Thông tư 01/2018 Mẫu số 03; 61/2018/NĐ-CP Điều 17 (a refusal is written, with its reason).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QRect, Signal
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from desk_app.ui.forms.plan import Do, Plan
from desk_app.ui.screens.intake.visit import At
from desk_app.ui.theme import theme
from desk_app.ui.widgets.action_bar import Action
from desk_app.ui.widgets.card import Card
from desk_app.ui.widgets.field import Field, TextEdit
from desk_app.ui.widgets.key_hint import KeyHint
from desk_app.ui.widgets.label import down, label

if TYPE_CHECKING:
    from desk_app.ui.screens.intake.screen import IntakePage

WIDTH, LONGEST = 460, 600
ASK = "Ghi lý do và căn cứ (điểm, khoản, Điều) trước khi in phiếu từ chối."


class RefusalPanel(Card):
    """Lies over the right side of its parent; ``changed`` at every key."""

    changed = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__("Từ chối tiếp nhận", "ban", padded=False, parent=parent)
        self.add_header(KeyHint([(("Esc",), "đóng")]))
        self.setAutoFillBackground(True)
        self.reason = QPlainTextEdit()
        self.reason.setAccessibleName("Lý do từ chối")
        self.reason.setPlaceholderText("Lý do, ghi điểm, khoản, Điều của văn bản")
        self.reason.setTabChangesFocus(True)
        self.competent = TextEdit("Cơ quan có thẩm quyền", "Tên, địa chỉ cơ quan (nếu có)")
        self.competent.setMaxLength(300)
        say = "Phiếu từ chối ghi lý do này và giao cho công dân. Hồ sơ chưa được nhận, không giữ giấy tờ."
        self.body.addLayout(
            down(
                label(say, "soft", wrap=True), Field("Lý do từ chối, căn cứ pháp lý", self.reason),
                Field("Cơ quan có thẩm quyền giải quyết", self.competent), None, margins=(16, 12, 16, 12), gap=10,
            )
        )  # fmt: skip
        self.reason.textChanged.connect(self.changed)
        self.hide()
        parent.installEventFilter(self)

    def open(self) -> None:
        """Show it empty, ready to type."""
        self.reason.clear()
        self.competent.clear()
        self._place()
        self.show()
        self.raise_()
        self.reason.setFocus()

    def typed(self) -> tuple[str, str]:
        """Reason and competent agency; what is too long for a slip is cut where it is typed."""
        return " ".join(self.reason.toPlainText().split())[:LONGEST], self.competent.text().strip()

    def _place(self) -> None:
        parent = self.parentWidget()
        assert parent is not None
        width = min(theme().px(WIDTH), parent.width() - 24)
        self.setGeometry(QRect(parent.width() - width - 8, 8, width, max(120, parent.height() - 16)))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and self.isVisible():
            self._place()
        return super().eventFilter(watched, event)


class Refusing:
    """Works for one ``IntakePage``."""

    def __init__(self, page: IntakePage) -> None:
        self._page = page
        self.panel = RefusalPanel(page.stack)
        self.panel.changed.connect(page.actions_changed)

    @property
    def is_open(self) -> bool:
        return not self.panel.isHidden()

    def offered(self) -> tuple[Action, ...]:
        """The button in the bar: for a named person, once the papers were looked at and before anything is promised.

        Not on the step of the promise: its bar has no room for a third way out, and Esc leads back here.
        """
        page = self._page
        view, at = page.visit.view(), page.visit.at
        looked = at is At.PAPERS and view.routing is None and view.step.value in ("guide", "accept")
        if page.ports.refuse is None or page.visit.form.person is None or not looked or self.is_open:
            return ()
        return (Action("refuse", "Từ chối tiếp nhận", kind="ghost"),)

    def open(self) -> None:
        self._page.reasons.dismiss()
        self.panel.open()
        self._page.actions_changed.emit()

    def dismiss(self) -> bool:
        """Close; False when nothing was open."""
        was_open = self.is_open
        self.panel.hide()
        if was_open:
            self._page.actions_changed.emit()
        return was_open

    def plan(self) -> Plan:
        """The blue button while the panel is open."""
        why = "" if self.panel.typed()[0] else ASK
        say = (("Bấm F9 để: in ", ""), ("phiếu từ chối tiếp nhận", "b"), (" ghi lý do và nơi có thẩm quyền.", ""))
        return Plan(Do.REFUSE, "In phiếu từ chối", "printer", ((why, ""),) if why else say, why)
