"""Trả kết quả: slip, card, space, F9. A scan makes a check by itself; a wrong card is said, nothing is handed over."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from desk_app.domain.code import SlipCode, SlipKind, parse_code
from desk_app.domain.errors import DeskError
from desk_app.domain.person import Person
from desk_app.domain.scan import ScanKind, classify
from desk_app.services.cashier import CollectFee
from desk_app.services.results import ReturnResult
from desk_app.ui.forms.dossier import RETURNED, SETTLED, moment_text
from desk_app.ui.forms.result import CHECKS, Claim, Handover, blue_words
from desk_app.ui.run import run, under_way
from desk_app.ui.screen import Page
from desk_app.ui.screens.results.checks import WIDTH, ChecksCard
from desk_app.ui.screens.results.ports import ResultPorts
from desk_app.ui.screens.results.side import SideCard
from desk_app.ui.theme import fix_width
from desk_app.ui.tone import Tone
from desk_app.ui.widgets.action_bar import Action, Actions
from desk_app.ui.widgets.banner import Notice
from desk_app.ui.widgets.card import Card
from desk_app.ui.widgets.empty import EmptyState
from desk_app.ui.widgets.label import across

if TYPE_CHECKING:
    from desk_app.services.cashier import Collected
    from desk_app.services.results import Returned

SILENCE_MS: Final = 20_000
_NOTICES: Final = ("TK-02", "TK-03", "TK-04", "TK-05", "returned")


class ResultsPage(Page):
    """``returned(dossier)`` after a result was handed over."""

    returned = Signal(str)

    def __init__(self, ports: ResultPorts, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.ports = ports
        self.handover: Handover | None = None
        self.finished = False
        self._ids = ("", "")
        self._held = ""
        self.checks, self.side = ChecksCard(), SideCard()
        waiting = Card(padded=False)
        waiting.body.addWidget(EmptyState("package-check", "Quét giấy hẹn để trả kết quả."))
        self._left = QStackedWidget()
        self._left.addWidget(waiting)
        self._left.addWidget(self.checks)
        fix_width(self._left, WIDTH)
        layout = across(self._left, self.side, margins=(16, 12, 16, 12), gap=12)
        layout.setStretch(1, 1)
        self.setLayout(layout)
        self._silence = QTimer(self)
        self._silence.setSingleShot(True)
        self._silence.setInterval(SILENCE_MS)
        self._silence.timeout.connect(self.next_person)
        self.checks.toggled.connect(self._toggle)
        self.side.picked.connect(lambda claim: self.open_claim(claim, lost_slip=True))
        self.side.receiver.ready.connect(self._receiver_ready)
        self.side.faces.answered.connect(self._answered)

    # ---- what the shell asks

    def activate(self) -> None:
        if self.handover is None:
            self.side.setFocus()
        self._enter()

    def on_scan(self, text: str) -> bool:
        if classify(text) is ScanKind.CARD:
            self._on_card(text)
            return True
        code = parse_code(text)
        if isinstance(code, SlipCode) and code.kind is SlipKind.ACCEPTANCE:
            job = partial(self.ports.by_slip, code.digits)
            run(self, self.ports.submit, job, self.open_claim, self._slip_unknown, action="slip")
            return True
        return False

    def on_search(self, text: str) -> bool:
        """No slip: an end of the code, a name, a number."""
        run(self, self.ports.submit, partial(self.ports.find, text), self._found, self.show_error, action="find")
        return True

    def bar_actions(self) -> Actions:
        if self.finished:
            say = "Sau 20 giây không đánh giá, màn hình tự đóng và không ghi gì."
            primary = Action("primary", "Người tiếp theo", "primary", "arrow-right")
            return Actions(say, primary, Action("back", "Bỏ qua khảo sát", "back"))
        if self.handover is None:
            why = "Quét giấy hẹn, hoặc tìm hồ sơ ở ô phía trên."
            return Actions(why, Action("primary", "Trả kết quả", "primary", "package-check", why))
        button, say, why = blue_words(self.handover)
        busy = under_way(self, "return") or under_way(self, "collect")
        primary = Action("primary", button, "primary", "package-check", why or self._blocked(), busy)
        return Actions(say, primary, others=(Action("receiver", "Người nhận thay", "received_for"),))

    def on_action(self, action_id: str) -> None:
        if action_id == "receiver":
            self._other_receiver()
        else:
            super().on_action(action_id)

    def primary(self) -> None:
        if self.finished:
            self.side.faces.finish()
            self.next_person()
        elif self.handover is not None and self.handover.claim.owed_vnd:
            self._collect()
        elif self.handover is not None:
            self._return()

    def back(self) -> None:
        """Esc: close the form of a receiver, skip the survey, leave the dossier, leave the page."""
        if self.finished:
            self.side.faces.finish()
            self.next_person()
        elif self.handover is not None and self.side.receiver.isVisible():
            self._show()
            self._enter()
        elif self.handover is not None or self.side.table.isVisible():
            self.next_person()
        else:
            self.go.emit("today")

    # ---- one handover

    def open_dossier(self, dossier: str) -> None:
        """Come from the list of dossiers: found there, so the slip was not scanned."""
        done = partial(self.open_claim, lost_slip=True)
        run(self, self.ports.submit, partial(self.ports.by_dossier, dossier), done, self.show_error, action="open")

    def open_claim(self, claim: Claim, *, lost_slip: bool = False) -> None:
        """Begin to hand this over; what cannot be handed over is said at once."""
        self._clear()
        self._ids = (self.ports.new_id(), self.ports.new_id())
        self.handover = Handover(claim, lost_slip=lost_slip)
        if not lost_slip:
            self.handover = self.handover.check("slip_scanned", self._clock())
        if claim.state == RETURNED:
            self.say("TK-04", returned_at=moment_text(claim.returned_at), name=claim.name)
        elif claim.state != SETTLED:
            self.say("TK-05", date=f"{claim.due_at[8:10]}/{claim.due_at[5:7]}/{claim.due_at[:4]}")
        elif claim.owed_vnd:
            self.say("TK-03", amount_vnd=claim.owed_vnd)
        self._show()
        self._enter()
        self._use_held()

    def _slip_unknown(self, error: DeskError) -> None:
        self.show_error(error)
        self._use_held()

    def _use_held(self) -> None:
        held, self._held = self._held, ""
        if held:
            self._on_card(held)

    def next_person(self) -> None:
        """Ready for the next citizen."""
        self._clear()
        self.handover = None
        self._show()
        self.setFocus()

    def _clear(self) -> None:
        self._silence.stop()
        self.finished = False
        self.side.faces.reset()
        self.side.receiver.set_person(None)
        for key in _NOTICES:
            self.notice_gone.emit(key)

    def _show(self) -> None:
        self._left.setCurrentIndex(0 if self.handover is None else 1)
        if self.handover is not None:
            self.checks.set_handover(self.handover)
        self.side.open("faces" if self.finished else "begin")
        self.actions_changed.emit()

    def _enter(self) -> None:
        if self.finished:
            self.side.faces.faces.setFocus()
        elif self.handover is not None:
            self.checks.enter(self.handover.next_check or CHECKS[-1])

    def _blocked(self) -> str:
        claim = self.handover.claim if self.handover else None
        if claim is None or claim.state == SETTLED:
            return ""
        return "Hồ sơ này đã trả kết quả." if claim.state == RETURNED else "Hồ sơ chưa có kết quả."

    def _set(self, handover: Handover) -> None:
        self.handover = handover
        self._show()
        self._enter()

    def _toggle(self, name: str) -> None:
        if self.handover is None or self.finished or (name == "slip_scanned" and self.handover.lost_slip):
            return
        self._set(self.handover.toggle(name, self._clock()))

    def _on_card(self, text: str) -> None:
        reading = self.ports.read_card(text)
        number = reading.card.number if reading.card else reading.read.get("number", "")
        if under_way(self, "slip"):
            self._held = text  # the slip's answer is on its way: the card belongs to it
        elif not number:
            self.say("TN-05")
        elif self.handover is None or self.finished:
            if self.finished:
                self.next_person()
            self.on_search(number)
        elif self.side.receiver.isVisible() and reading.card is not None:
            self._receiver_ready(self.side.receiver.with_authority(Person.from_card(reading.card)))
            self._match(number)
        else:
            self._match(number)

    def _match(self, number: str) -> None:
        assert self.handover is not None
        if self.handover.matches(number):
            self.notice_gone.emit("TK-02")
            self._set(self.handover.check("card_matched", self._clock()))
        else:
            self.say("TK-02")

    def _other_receiver(self) -> None:
        if self.handover is None or self.finished:
            return
        self.notice_gone.emit("TK-02")
        self.side.open("receiver")
        self.side.receiver.set_person(self.handover.receiver)
        self.side.receiver.name.setFocus()

    def _receiver_ready(self, person: Person) -> None:
        if self.handover is not None:
            self._set(self.handover.for_receiver(person))

    def _found(self, claims: Sequence[Claim]) -> None:
        if len(claims) == 1:
            self.open_claim(claims[0], lost_slip=True)
        elif claims:
            self.next_person()
            self.side.model.set_rows(claims)
            self.side.open("pick")
            self.side.table.setFocus()
        else:
            self.toast.emit("Không thấy hồ sơ nào khớp. Thử 4 số cuối của mã hoặc họ tên không dấu.", Tone.INFO, "")

    def _clock(self) -> str:
        return f"{self.ports.now():%H:%M:%S}"

    # ---- what is recorded

    def _collect(self) -> None:
        assert self.handover is not None
        job = partial(self.ports.collect, CollectFee(self._ids[0], self.handover.claim.dossier))
        run(self, self.ports.submit, job, self._collected, self._failed, action="collect")
        self.actions_changed.emit()

    def _collected(self, done: Collected) -> None:
        self.say("TP-01", amount_vnd=done.total_vnd, series=done.symbol, number=done.number)
        self.notice_gone.emit("TK-03")
        self._return()

    def _return(self) -> None:
        assert self.handover is not None
        handover = self.handover
        checks = tuple(name for name in CHECKS if name in handover.done)
        command = ReturnResult(self._ids[1], handover.claim.dossier, handover.receiver, checks)
        job = partial(self.ports.return_result, command)
        run(self, self.ports.submit, job, partial(self._returned, handover), self._failed, action="return")
        self.actions_changed.emit()

    def _returned(self, handover: Handover, done: Returned) -> None:
        self.finished = True
        title = f"**Đã trả kết quả lúc {done.returned_at[11:16]}.** Đã ghi Sổ theo dõi hồ sơ."
        self.notice.emit(Notice("returned", Tone.OK, title))
        self._silence.start()
        self._show()
        self._enter()
        self.returned.emit(handover.claim.dossier)

    def _failed(self, error: DeskError) -> None:
        self.actions_changed.emit()
        self.show_error(error)

    def rated_elsewhere(self, score: int, reason: str = "") -> None:
        """The citizen tapped a face on the other screen; this one never shows which."""
        if self.finished:
            self.side.faces.note_elsewhere()
            self._answered(score, reason)

    def _answered(self, score: int, reason: str) -> None:
        self._silence.start()
        job = partial(self.ports.survey, score, reason)
        run(self, self.ports.submit, job, lambda _none: None, self.show_error, action="survey")
