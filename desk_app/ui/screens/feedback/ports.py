"""What the feedback screen asks of the rest of the desk."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, Protocol

from desk_app.ui.screens.intake.ports import Printing

if TYPE_CHECKING:
    from desk_app.domain.feedback import FeedbackClass
    from desk_app.domain.feedback_form import FeedbackForm, Scan
    from desk_app.domain.person import Person
    from desk_app.domain.survey import SurveyQuestions
    from desk_app.services.campaigns import Running
    from desk_app.services.conduct_apology import WriteApology
    from desk_app.services.feedback import ReceivedFeedback, ReceiveFeedback, ReferElsewhere
    from desk_app.services.feedback_list import Line
    from desk_app.services.feedback_steps import AnswerFeedback, PublishFeedback, RefuseFeedback, TransferFeedback
    from desk_app.services.feedback_view import Similar, Whole
    from desk_app.services.surveys import FilledSurvey

Submit = Callable[[Callable[..., Any]], "Future[Any]"]


class Picture(Protocol):
    """Pixels as RGB, three bytes each, ``stride`` bytes a line."""

    @property
    def width(self) -> int: ...
    @property
    def height(self) -> int: ...
    @property
    def stride(self) -> int: ...
    @property
    def rgb(self) -> bytes: ...


@dataclass(frozen=True, slots=True)
class FeedbackPorts:
    """One bundle. At once: ``now``, ``new_id``, ``promise`` (days as words: transfer by, answer by; from a stamp of
    sending, "" = now), ``read_card``.

    Through ``submit``: the rest; ``print_papers`` through ``paper_submit``. ``similar`` never tells what another one says;
    ``handlers`` and ``whole`` leave out what this officer may not see. ``attach`` reads a file the officer chose.
    ``view_sender``: a look at a secret sender, sealed under the command id; ``form_of``: a message of the public page.
    """

    now: Callable[[], datetime]
    new_id: Callable[[], str]
    promise: Callable[[str], tuple[str, str]]
    read_card: Callable[[str], Person | None]
    submit: Submit
    paper_submit: Submit
    find: Callable[[str, str], Sequence[Line]]
    form_of: Callable[[str], FeedbackForm]
    counts: Callable[[], Mapping[str, int]]
    whole: Callable[[str], Whole]
    view_sender: Callable[[str, str], Whole]
    by_slip: Callable[[str], Whole]
    handlers: Callable[[FeedbackForm], Sequence[tuple[str, str]]]
    handlers_of: Callable[[str], Sequence[tuple[str, str]]]
    everybody: Callable[[], Sequence[tuple[str, str]]]
    relate: Callable[[str], tuple[str, str, str] | None]
    similar: Callable[[FeedbackForm], Similar | None]
    bodies: Callable[[], Sequence[str]]
    bases: Callable[[str], Sequence[str]]
    attach: Callable[[str], Scan]
    receive: Callable[[ReceiveFeedback], ReceivedFeedback]
    refer: Callable[[ReferElsewhere], str]
    classify: Callable[[str, str, FeedbackClass], str]
    assign: Callable[[str, str, str], str]
    transfer: Callable[[TransferFeedback], str]
    extend: Callable[[str, str, str], str]
    answer: Callable[[AnswerFeedback], str]
    note_reply: Callable[[str, str, str], str]
    refuse: Callable[[RefuseFeedback], str]
    publish: Callable[[PublishFeedback], str]
    preview: Callable[[AnswerFeedback], Picture]
    apologise: Callable[[WriteApology], str]
    save_draft: Callable[[FeedbackForm], None]
    load_draft: Callable[[], FeedbackForm | None]
    print_papers: Callable[[str], Printing]
    print_book: Callable[[], Printing]
    print_board: Callable[[], Printing]
    survey: SurveyQuestions
    campaigns: Callable[[], Sequence[Running]]
    fields: Sequence[tuple[str, str]]
    fill_survey: Callable[[FilledSurvey], None]
    print_survey: Callable[[], Printing]
