"""Words and choices of the feedback screen: what each class means, what F9 does, how a chip looks. No widget here."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from desk_app.domain.feedback import Channel, FeedbackClass, State
from desk_app.domain.feedback_form import Do, FeedbackForm, FormView
from desk_app.domain.traffic import Light, Nearness
from desk_app.ui.cells import Deadline, Due

STEPS = ("Tiếp nhận", "Phân loại", "Chuyển hoặc xử lý", "Trả lời")
CHANNELS = (
    (Channel.DIRECT.value, "Trực tiếp"),
    (Channel.PHONE.value, "Điện thoại"),
    (Channel.WRITTEN.value, "Văn bản"),
    (Channel.BOX.value, "Hòm thư"),
    (Channel.ELECTRONIC.value, "Điện tử"),
)
CHANNEL_WORDS = dict(CHANNELS)
CLASSES = (
    (FeedbackClass.CONDUCT, "Phản ánh về hành vi", "Chậm trễ, phiền hà, làm không đúng quy định: UBND xã xử lý"),
    (
        FeedbackClass.REGULATION,
        "Phản ánh, kiến nghị về quy định hành chính",
        "Không thuộc thẩm quyền thì chuyển {transfer}",
    ),
    (FeedbackClass.COMPLAINT, "Khiếu nại", "Không thuộc PAKN: in phiếu hướng dẫn nơi nộp đơn"),
    (FeedbackClass.DENUNCIATION, "Tố cáo", "Không thuộc PAKN, không lưu nội dung: in nơi gửi đơn"),
    (FeedbackClass.QUESTION, "Hỏi đáp, góp ý khác", "Trả lời ngay tại quầy nếu được"),
)
CLASS_WORDS = {
    "conduct": "Về hành vi", "regulation": "Về quy định", "question": "Hỏi đáp, góp ý", "": "Chưa phân loại",
}  # fmt: skip
FILTERS = (
    ("open", "Đang xử lý", "clock"),
    ("public", "Từ trang công khai", "inbox"),
    ("overdue", "Quá hạn", "octagon-x"),
    ("transferred", "Đã chuyển", "arrow-right"),
    ("answered", "Đã trả lời", "check"),
    ("information", "Thông tin", "info"),
    ("all", "Tất cả", ""),
)
EMPTY = "Không có phản ánh, kiến nghị đang xử lý. Quét mã trên phiếu tiếp nhận hoặc bấm Ctrl N để tiếp nhận mới."
NOTHING = "Không có phản ánh, kiến nghị ở mục này."
_MISSING = {"name": "họ tên", "address": "địa chỉ", "phone": "điện thoại"}
_DUE = {
    Light.AHEAD: Due.AHEAD, Light.TODAY: Due.TODAY, Light.OVERDUE: Due.OVERDUE, Light.WAITING: Due.WAITING,
    Light.DONE: Due.DONE,
}  # fmt: skip
CHOOSE = "Chọn loại phản ánh và người xử lý."


@dataclass(frozen=True, slots=True)
class Bar:
    """The blue button, the sentence beside it, and why it may not act."""

    button: str
    say: str = ""
    why_not: str = ""
    icon: str = "printer"


def chip(near: Nearness) -> Deadline:
    """The traffic light as a chip."""
    return Deadline(_DUE[near.light], near.text)


def missing_words(missing: Sequence[str]) -> str:
    """ "họ tên, địa chỉ"."""
    return ", ".join(_MISSING[key] for key in missing)


def bar(form: FeedbackForm, view: FormView) -> Bar:
    """What F9 does with the form and says before it."""
    slip = f"**Phiếu tiếp nhận phản ánh, kiến nghị ({3 if form.secret else 2} bản)**"
    match view.do:
        case Do.WRITE:
            return Bar("Giao xử lý và in phiếu", "Ghi đúng lời công dân rồi đọc lại.", "Ghi nội dung phản ánh trước.")
        case Do.CLASSIFY | Do.CHOOSE_HANDLER:
            return Bar("Giao xử lý và in phiếu", CHOOSE, CHOOSE)
        case Do.KEEP:
            lacks = missing_words(view.missing)
            say = f"Thiếu **{lacks}**: hỏi thêm công dân, hoặc bấm F9 để giữ làm thông tin tham khảo."
            return Bar("Giữ làm thông tin", say, icon="archive")
        case Do.REFER_COMPLAINT:
            say = "Khiếu nại không vào sổ phản ánh. Bấm F9 để in **Phiếu hướng dẫn nơi gửi đơn**."
            return Bar("In phiếu hướng dẫn", say)
        case Do.REFER_DENUNCIATION:
            say = "Nội dung đang gõ sẽ bị xóa, không lưu. Bấm F9 để in **Phiếu hướng dẫn nơi gửi đơn**."
            return Bar("Xóa nội dung, in phiếu hướng dẫn", say)
        case Do.RECEIVE:
            if form.handler:
                return Bar("Giao xử lý và in phiếu", f"Bấm F9 để: giao xử lý, in {slip}.")
            return Bar("Tiếp nhận và in phiếu", f"Bấm F9 để: ghi sổ, in {slip}.")


#: What may be done with one that is in the book, by its state: (id, words) of the segment above the work card.
WORK = {
    State.RECEIVED: (),
    State.CLASSIFIED: (("transfer", "Chuyển"), ("assign", "Giao xử lý"), ("refuse", "Không nhận")),
    State.ANSWERING: (
        ("answer", "Trả lời"), ("transfer", "Chuyển"), ("assign", "Giao lại"), ("extend", "Gia hạn"),
        ("refuse", "Không nhận"),
    ),
    State.TRANSFERRED: (("note_reply", "Ghi nhận trả lời"),),
    State.ANSWERED: (("publish", "Công khai"), ("apologise", "Xin lỗi")),
    State.PUBLISHED: (("apologise", "Xin lỗi"),),
    State.NOT_ACCEPTED: (),
    State.INFORMATION: (),
}  # fmt: skip
WORK_BAR = {
    "answer": Bar("In văn bản trả lời", "Bấm F9 để: ghi trả lời, in **Văn bản trả lời (2 bản)** trình ký."),
    "spoken": Bar("Ghi đã trả lời", "Bấm F9 để: ghi sổ câu trả lời tại quầy.", icon="check"),
    "transfer": Bar("Chuyển và in phiếu", "Bấm F9 để: in **Phiếu chuyển** và **Thông báo cho người phản ánh**."),
    "assign": Bar("Giao xử lý", "Bấm F9 để: giao cho người được chọn.", icon="user"),
    "extend": Bar("Gia hạn và in thông báo", "Bấm F9 để: gia hạn một lần, in **Thông báo gia hạn (2 bản)**."),
    "refuse": Bar("Không tiếp nhận, in văn bản", "Bấm F9 để: in **Văn bản không tiếp nhận (2 bản)** nêu nơi cần đến."),
    "apologise": Bar("In thư xin lỗi", "Bấm F9 để: ghi sổ, in **Thư xin lỗi (2 bản)** trình ký. Trễ hẹn: dùng mẫu 04."),
    "note_reply": Bar("Ghi nhận trả lời", "Ghi nội dung cơ quan có thẩm quyền đã trả lời.", icon="check"),
    "publish": Bar("Công khai kết quả", "Nội dung công khai không có tên, địa chỉ, số điện thoại.", icon="check"),
}


def step_of(state: State, work: str) -> int:
    """Which of the four steps a case stands at."""
    if state in (State.ANSWERED, State.PUBLISHED) or work in ("answer", "note_reply", "publish"):
        return 3
    return 2


def basis_draft(citation: str) -> tuple[str, int]:
    """A text of the catalogue put into the field, and where the number of the article is to be typed."""
    return f"Điều  {citation}", len("Điều ")
