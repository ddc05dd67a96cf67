"""Taking one in: each key makes a new form; drafts only when it may be kept; F9 seals, keeps or refers."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QFileDialog

from desk_app.domain.errors import DeskError
from desk_app.domain.feedback import IN_BOOK, FeedbackClass
from desk_app.domain.feedback_form import Do, FeedbackForm, FormView, Scan, look
from desk_app.services.feedback import ReceivedFeedback, ReceiveFeedback, ReferElsewhere
from desk_app.services.feedback_view import Similar
from desk_app.ui.run import run, under_way
from desk_app.ui.tone import Tone

if TYPE_CHECKING:
    from collections.abc import Sequence

    from desk_app.ui.screens.feedback.class_card import ClassCard
    from desk_app.ui.screens.feedback.form_card import FormCard
    from desk_app.ui.screens.feedback.screen import FeedbackPage

DRAFT_MS: Final = 250
SIMILAR_MS: Final = 600
LEAST_WORDS: Final = 25


class Taking(QObject):
    """Owns the form of the page."""

    def __init__(self, page: FeedbackPage) -> None:
        super().__init__(page)
        self._page, self._ports = page, page.ports
        self.form = FeedbackForm(self._ports.new_id())
        self.similar: Similar | None = None
        self._then_transfer = self._then_split = False
        self._draft, self._like = QTimer(self), QTimer(self)
        for timer, ms, slot in ((self._draft, DRAFT_MS, self.save_now), (self._like, SIMILAR_MS, self._ask_similar)):
            timer.setSingleShot(True)
            timer.setInterval(ms)
            timer.timeout.connect(slot)

    def follow_form(self, card: FormCard) -> None:
        """The card of the words stands."""
        card.changed.connect(self.set_form)
        card.relate_wanted.connect(self.relate)
        card.attach_wanted.connect(self.attach)
        card.similar_wanted.connect(self.open_similar)

    def follow_class(self, card: ClassCard) -> None:
        """The card of the kinds stands."""
        card.classed.connect(self.classify)
        card.handler_chosen.connect(lambda id_: self.set_form(replace(self.form, handler=id_)))

    @property
    def view(self) -> FormView:
        return look(self.form)

    @property
    def busy(self) -> bool:
        return under_way(self._page, "receive") or under_way(self._page, "refer")

    def begin(self, form: FeedbackForm | None = None) -> None:
        """A new form, or one that was begun."""
        self.form = form or FeedbackForm(self._ports.new_id())
        self.similar = None
        self.show()
        self._ask_people()

    def set_form(self, form: FeedbackForm) -> None:
        """Take the next form, show it, keep it when it may be kept."""
        people = (form.against, form.dossier) != (self.form.against, self.form.dossier)
        if people and form.handler in form.barred:
            form = replace(form, handler="")
        said = form.content != self.form.content
        self.form = form
        self._draft.start()
        if said:
            self._like.start()
        if people:
            self._ask_people()
        self.show()

    def show(self) -> None:
        view = self.view
        asked = view.missing if self.form.content and self.form.feedback_class in IN_BOOK else ()
        self._page.form_card.show_form(self.form, "số cấp khi bấm F9", asked)
        self._page.form_card.show_similar(self.similar)
        self._page.class_card.show_form(self.form, self._ports.promise(self.form.sent_at)[0])
        self._page.show_taking()

    # ---- one thing after another

    def classify(self, kind: FeedbackClass) -> None:
        """Say what it is; a denunciation loses its draft in the same moment."""
        self.set_form(replace(self.form, feedback_class=kind))
        if kind is FeedbackClass.DENUNCIATION:
            self.save_now()
        elif kind is FeedbackClass.CONDUCT and not self.form.handler:
            self._page.class_card.handler.setFocus()

    def relate(self, text: str) -> None:
        """Look for the related dossier."""
        if not text.strip():
            self.set_form(replace(self.form, dossier="", dossier_code="", procedure=""))
            return
        run(self._page, self._ports.submit, partial(self._ports.relate, text), self._related, self._page.show_error,
            action="relate")  # fmt: skip

    def _related(self, found: tuple[str, str, str] | None) -> None:
        if found is None:
            self._page.toast.emit("Không thấy đúng một hồ sơ khớp. Gõ đủ mã hoặc quét giấy hẹn.", Tone.WARN, "TN-05")
            found = ("", "", "")
        dossier, code, procedure = found
        self.set_form(replace(self.form, dossier=dossier, dossier_code=code, procedure=procedure))

    def attach(self) -> None:
        """Choose a picture or PDF and keep it."""
        path, _kind = QFileDialog.getOpenFileName(
            self._page, "Gắn bản chụp", "", "Ảnh và PDF (*.jpg *.jpeg *.png *.pdf)"
        )
        if path:
            self.attach_file(path)

    def attach_file(self, path: str) -> None:
        run(self._page, self._ports.submit, partial(self._ports.attach, path), self._attached, self._page.show_error,
            action="attach")  # fmt: skip

    def _attached(self, scan: Scan) -> None:
        self.set_form(replace(self.form, scans=(*self.form.scans, scan)))

    def open_similar(self) -> None:
        if self.similar is not None:
            self._page.open_case(self.similar.feedback)

    def scan_card(self, text: str) -> bool:
        """A card fills name, number and address; the citizen adds the telephone number."""
        person = self._ports.read_card(text)
        if person is None:
            return False
        self.set_form(replace(self.form, name=person.name, id_number=person.id_number, address=person.residence))
        self._page.form_card.enter()
        return True

    # ---- F9

    def press(self, *, then_transfer: bool = False, then_split: bool = False) -> None:
        """Do what the blue button says. ``then_split``: the same letter tells of a further matter, its form follows."""
        do, form = self.view.do, self.form
        if do in (Do.RECEIVE, Do.KEEP):
            self._then_transfer, self._then_split = then_transfer, then_split
            self._draft.stop()
            command = ReceiveFeedback(form.id, form)
            run(self._page, self._ports.submit, partial(self._ports.receive, command), self._received, self._failed,
                action="receive")  # fmt: skip
        elif do in (Do.REFER_COMPLAINT, Do.REFER_DENUNCIATION) and form.feedback_class is not None:
            self._draft.stop()
            referred = ReferElsewhere(self._ports.new_id(), form.feedback_class, sealed=form.sheets > 0, draft=form.id,
                                     origin=form.origin)  # fmt: skip
            run(self._page, self._ports.submit, partial(self._ports.refer, referred), self._referred, self._failed,
                action="refer")  # fmt: skip
        self._page.actions_changed.emit()

    def _received(self, done: ReceivedFeedback) -> None:
        if not done.code:
            self._page.toast.emit("Đã giữ làm thông tin tham khảo, không vào sổ phản ánh.", Tone.OK, "PA-04")
            self.begin()
            self._page.show_list()
            return
        sheets = 3 if self.form.secret else 2
        self._page.toast.emit(f"Đã tiếp nhận {done.code}. Đang in phiếu tiếp nhận ({sheets} bản).", Tone.OK, "")
        self._page.print_papers(done.feedback)
        if self._then_split:
            self.begin(self.form.further(self._ports.new_id(), self.form.letter or done.feedback))
            self._page.form_card.content.setFocus()
            return
        self.begin()
        if self._then_transfer:
            self._page.open_case(done.feedback, "transfer")
        else:
            self._page.show_list()

    def _referred(self, about: str) -> None:
        self.begin()  # the words go from the screen too
        self._page.print_papers(about)
        self._page.toast.emit("Đã in phiếu hướng dẫn nơi gửi đơn. Không lưu nội dung.", Tone.OK, "PA-03")
        self._page.show_list()

    def _failed(self, error: DeskError) -> None:
        self._page.show_error(error)
        self._page.actions_changed.emit()

    # ---- drafts and hints

    def save_now(self) -> None:
        """Keep the form, or take away what was kept of it."""
        self._draft.stop()
        if self.form.is_blank:
            return
        job = partial(self._ports.save_draft, self.form)
        note = "Đã tự lưu nháp" if self.form.may_keep else ""
        done = partial(self._noted, note)
        if not run(self._page, self._ports.submit, job, done, self._page.show_error, action="draft"):
            self._draft.start()

    def _noted(self, note: str, _none: object) -> None:
        self._page.note_draft(note)

    def _ask_similar(self) -> None:
        if len(self.form.content) < LEAST_WORDS or self.form.feedback_class is FeedbackClass.DENUNCIATION:
            self._take_similar(None)
            return
        run(self._page, self._ports.submit, partial(self._ports.similar, self.form), self._take_similar,
            self._page.show_error, action="similar")  # fmt: skip

    def _take_similar(self, similar: Similar | None) -> None:
        self.similar = similar
        self._page.form_card.show_similar(similar)

    def _ask_people(self) -> None:
        asked = (self.form.against, self.form.dossier)
        job, done = partial(self._ports.handlers, self.form), partial(self._take_people, asked)
        run(self._page, self._ports.submit, job, done, self._page.show_error, action="handlers")

    def _take_people(self, asked: tuple[tuple[str, ...], str], people: Sequence[tuple[str, str]]) -> None:
        if asked != (self.form.against, self.form.dossier):
            self._ask_people()  # the form went on while the answer was on its way
            return
        self._page.class_card.set_handlers(people, self.form.handler)
