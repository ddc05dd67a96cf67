"""One that is in the book: the step that follows, sent as one command; a refusal goes to its field."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from desk_app.domain.errors import DeskError
from desk_app.domain.feedback import STATE_TEXT, State
from desk_app.services.conduct_apology import WriteApology
from desk_app.services.feedback_steps import AnswerFeedback, PublishFeedback, RefuseFeedback, TransferFeedback
from desk_app.services.feedback_view import Whole
from desk_app.ui import errors
from desk_app.ui.run import run, under_way
from desk_app.ui.tone import Tone

if TYPE_CHECKING:
    from desk_app.ui.screens.feedback.screen import FeedbackPage

_DONE = {
    "answer": "Đã ghi trả lời {code}.",
    "transfer": "Đã chuyển {code}. Đang in phiếu chuyển và thông báo.",
    "assign": "Đã giao xử lý {code}.",
    "extend": "Đã gia hạn {code}. Đang in thông báo gia hạn (2 bản).",
    "refuse": "Đã ghi không tiếp nhận {code}. Đang in văn bản (2 bản).",
    "apologise": "Đã ghi thư xin lỗi. Đang in 2 bản trình ký.",
    "note_reply": "Đã ghi nhận trả lời {code}.",
    "publish": "Đã công khai kết quả {code}.",
}
_PRINTS = frozenset(("answer", "transfer", "extend", "refuse"))


class Handling(QObject):
    """Owns the case in front."""

    def __init__(self, page: FeedbackPage) -> None:
        super().__init__(page)
        self._page, self._ports = page, page.ports
        self.whole: Whole | None = None
        self._command = ""
        self._wanted = ""

    @property
    def busy(self) -> bool:
        return under_way(self._page, "step")

    def show(self, whole: Whole, work: str = "") -> None:
        """Show a case; ``work``: the step to begin with."""
        self.whole, self._command = whole, self._ports.new_id()
        state = State(whole.row.state)
        self._page.case_card.show_case(whole)
        rest = f"{STATE_TEXT[state]}. Không còn việc phải làm."
        question = whole.row.feedback_class == "question"
        self._page.work_card.show_case(state, question=question, work=work, rest=rest)
        if state is State.TRANSFERRED and whole.level_reply is not None:
            number = f" (văn bản số {whole.level_reply.number})" if whole.level_reply.number else ""
            self._page.work_card.fill_reply(f"{whole.level_reply.text}{number}")
        run(self._page, self._ports.submit, partial(self._ports.handlers_of, whole.row.feedback), self._take_people,
            self._page.show_error, action="handlers_of")  # fmt: skip

    def _take_people(self, people: Sequence[tuple[str, str]]) -> None:
        self._page.work_card.set_people(people, "")

    def preview(self) -> None:
        """Show the letter of what is typed; a word that the answer would refuse is told at its field."""
        if self.whole is None:
            return
        self._page.work_card.clear_errors()
        job = partial(self._ports.preview, self._answer())
        run(self._page, self._ports.submit, job, self._page.show_preview, self._failed, action="preview")

    def _answer(self) -> AnswerFeedback:
        assert self.whole is not None
        typed = self._page.work_card.typed()
        return AnswerFeedback(
            self._command, self.whole.row.feedback, typed.verdict, typed.basis, typed.findings, typed.done,
            typed.apology, typed.spoken,
        )  # fmt: skip

    @property
    def may_view(self) -> bool:
        """Whether the sender is hidden and this officer may ask to see him."""
        return self.whole is not None and self.whole.row.secret and self.whole.masked and self.whole.may_view

    def view_sender(self) -> None:
        """Show a secret sender; the look is sealed before anything is shown."""
        if self.whole is not None:
            job = partial(self._ports.view_sender, self._ports.new_id(), self.whole.row.feedback)
            run(self._page, self._ports.submit, job, self._seen, self._page.show_error, action="sender")

    def _seen(self, whole: Whole) -> None:
        if self.whole is not None and whole.row.feedback == self.whole.row.feedback:
            self.whole = whole
            self._page.case_card.show_case(whole)
            self._page.actions_changed.emit()

    def ask_texts(self) -> None:
        """Ctrl I: the legal texts of the catalogue, those of the related procedure first."""
        if self.whole is None:
            return
        job = partial(self._ports.bases, self.whole.row.procedure)
        run(self._page, self._ports.submit, job, self._page.work_card.show_texts, self._page.show_error, action="bases")

    def press(self) -> None:
        """Send the step that stands in the work card."""
        job = self._job()
        if job is None:
            return
        self._page.work_card.clear_errors()
        work = self._page.work_card.work
        run(self._page, self._ports.submit, job, partial(self._done, work), self._failed, action="step")
        self._page.actions_changed.emit()

    def _job(self) -> Callable[[], str] | None:
        if self.whole is None:
            return None
        id_, about, typed = self._command, self.whole.row.feedback, self._page.work_card.typed()
        ports = self._ports
        jobs: dict[str, Callable[[], str]] = {
            "answer": lambda: ports.answer(self._answer()),
            "transfer": lambda: ports.transfer(TransferFeedback(id_, about, typed.agency, typed.basis)),
            "assign": lambda: ports.assign(id_, about, typed.handler),
            "extend": lambda: ports.extend(id_, about, typed.reason),
            "refuse": lambda: ports.refuse(RefuseFeedback(id_, about, typed.reason, typed.agency, typed.basis)),
            "note_reply": lambda: ports.note_reply(id_, about, typed.findings),
            "publish": lambda: ports.publish(PublishFeedback(id_, about, typed.findings)),
            "apologise": lambda: ports.apologise(
                WriteApology(
                    id_,
                    about,
                    typed.letter.what_happened,
                    typed.letter.whose_fault,
                    typed.letter.cause,
                    typed.letter.corrected,
                    typed.letter.new_day,
                )
            ),
        }
        return jobs.get(self._page.work_card.work)

    def _done(self, work: str, code: str) -> None:
        self._page.toast.emit(_DONE[work].format(code=code), Tone.OK, "")
        if self.whole is None:
            return
        if work == "apologise":
            self._page.print_papers(code)  # the letter is a paper of its own
        elif work in _PRINTS:
            self._page.print_papers(self.whole.row.feedback)
        self._page.open_case(self.whole.row.feedback)

    def _failed(self, error: DeskError) -> None:
        message = errors.message_of(error)
        field = self._page.work_card.field_for(error.code)
        if field is not None and field.isVisible():
            field.set_error(message.text, message.code)
            field.setFocus()
        else:
            self._page.show_error(error)
        self._page.actions_changed.emit()
