"""What the bar under the feedback page offers: by what is in front, one sentence and one blue button."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desk_app.domain.feedback import IN_BOOK
from desk_app.domain.feedback_form import Do
from desk_app.ui.forms.feedback import WORK_BAR, bar
from desk_app.ui.run import under_way
from desk_app.ui.widgets.action_bar import Action, Actions

if TYPE_CHECKING:
    from desk_app.ui.screens.feedback.screen import FeedbackPage

_REFER = Action("refer", "Chuyển cơ quan có thẩm quyền", "refer")


def actions_of(page: FeedbackPage) -> Actions:
    """The bar of what is in front: list, form, survey or case."""
    if page.is_list:
        book = Action("book", "In sổ", "print_again")
        board = (Action("board", "In bảng công khai"),) if page.list.filter == "answered" else ()
        return Actions("Bấm F9 để tiếp nhận phản ánh mới, hoặc chọn một dòng rồi Enter.",
                       Action("primary", "Tiếp nhận phản ánh mới", "primary", "message-square-text"),
                       others=(*board, Action("survey", "Phiếu khảo sát"), book))  # fmt: skip
    if page.is_survey:
        return _survey(page)
    return _taking(page) if page.is_taking else _case(page)


def _survey(page: FeedbackPage) -> Actions:
    n = page.survey.answered
    why = "" if n else "Chưa có câu trả lời nào."
    primary = Action("primary", "Ghi phiếu", "primary", "check", why, under_way(page, "survey"))
    blank = Action("blank", "In phiếu trắng", "print_again")
    return Actions(f"Đã trả lời {n} câu. Phiếu không gắn với tên, hồ sơ hay cán bộ.", primary, others=(blank,))


def _taking(page: FeedbackPage) -> Actions:
    taking = page.taking
    words = bar(taking.form, taking.view)
    primary = Action("primary", words.button, "primary", words.icon, words.why_not, taking.busy)
    ready = taking.view.do is Do.RECEIVE
    split = (Action("split", "Ghi và tách tiếp"),) if ready else ()
    refer = (_REFER,) if ready and taking.form.feedback_class in IN_BOOK else ()
    return Actions(words.say, primary, others=(*split, *refer))


def _case(page: FeedbackPage) -> Actions:
    card = page.work_card
    others = [Action("again", "In lại", "print_again")]
    if page.handling.may_view:
        others.append(Action("sender", "Xem người phản ánh"))
    if page.is_preview:
        return Actions("Bản xem trước. Bấm Esc để sửa tiếp.", Action("primary", "Sửa tiếp", "primary", "arrow-left"))
    work = "spoken" if card.is_spoken else card.work
    if work not in WORK_BAR or not page.works:
        return Actions("", Action("primary", "Về danh sách", "primary", "arrow-left"), others=tuple(others))
    if card.offers("transfer") and card.work != "transfer":
        others.append(_REFER)
    if work == "answer":
        others.append(Action("preview", "Xem trước"))
    words = WORK_BAR[work]
    primary = Action("primary", words.button, "primary", words.icon, busy=page.handling.busy)
    return Actions(words.say, primary, others=tuple(others))
