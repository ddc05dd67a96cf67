"""The blue button in words: what F9 will do, said before it does it (design/ui.md §4.2–4.4).

Pure: the same form and view give the same words. A plan that cannot run says why; nothing is ever silently off.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from desk_app.domain.fees import FeeQuote
from desk_app.domain.intake import IntakeForm, IntakeView, MarkState, Step
from desk_app.domain.money import format_vnd

Pieces = tuple[tuple[str, str], ...]
SLIP = "Giấy tiếp nhận hồ sơ và hẹn trả kết quả (2 liên)"


class Do(Enum):
    """What the blue button runs."""

    NOTHING = "nothing"
    CHOOSE = "choose"
    TO_QUESTION = "to_question"
    TO_PAPER = "to_paper"
    GUIDE = "guide"
    GO_ON = "go_on"
    ACCEPT = "accept"
    ACCEPT_ONLY = "accept_only"
    NEXT_PERSON = "next_person"
    REFUSE = "refuse"


@dataclass(frozen=True, slots=True)
class Plan:
    """One blue button. ``say``: pieces of the sentence with their weight ("", "b" bold, "bad" bold and red)."""

    do: Do
    button: str
    icon: str
    say: Pieces
    why_not: str = ""

    @property
    def enabled(self) -> bool:
        return not self.why_not

    @property
    def sentence(self) -> str:
        """The sentence without weights."""
        return "".join(text for text, _ in self.say)


def choosing(selected: bool) -> Plan:
    """Step 1: a procedure is selected in the list, or not yet."""
    if not selected:
        why = "Chọn một thủ tục trước."
        return Plan(Do.CHOOSE, "Chọn thủ tục", "arrow-right", ((why, ""),), why)
    say = "Bấm F9 hoặc Enter để: mở thành phần hồ sơ của thủ tục đang chọn."
    return Plan(Do.CHOOSE, "Chọn thủ tục", "arrow-right", ((say, ""),))


def checking(view: IntakeView, *, reason_missing: bool = False) -> Plan:
    """Step 2. ``reason_missing``: a second guidance slip is due and its reason is not written yet."""
    match view.step:
        case Step.ASK:
            return _ask(view)
        case Step.LOOK:
            return _look(view)
        case Step.GUIDE | Step.REFER:
            return _guide(view, reason_missing=reason_missing)
        case Step.ACCEPT:
            return _go_on(view)
        case Step.BROKEN:
            why = "Danh mục của thủ tục này thiếu dữ liệu nên chưa tiếp nhận được."
            return Plan(Do.NOTHING, "Tiếp tục: hẹn và thu phí", "arrow-right", ((why, ""),), why)
        case _:
            return choosing(selected=False)


def _ask(view: IntakeView) -> Plan:
    text = view.open_question.text if view.open_question else ""
    say = (("Hỏi công dân: ", ""), (text, "b"), (" Bấm F9 để: đến câu hỏi này.", ""))
    return Plan(Do.TO_QUESTION, "Còn câu hỏi chưa trả lời", "arrow-right", say)


def _look(view: IntakeView) -> Plan:
    n = view.count(MarkState.UNSEEN)
    say = "Bấm F9 để: đến giấy tờ chưa xem. Phím cách là Đạt, phím - là Chưa đạt."
    return Plan(Do.TO_PAPER, f"Còn {n} giấy chưa xem", "arrow-right", ((say, ""),))


def _guide(view: IntakeView, *, reason_missing: bool) -> Plan:
    why = "Ghi lý do hướng dẫn lần hai trước khi in phiếu." if reason_missing else ""
    if view.routing is not None:
        if view.routing.refuses:
            say: Pieces = (("Không tiếp nhận được trường hợp này", "bad"), (". Bấm F9 để: in ", ""))
            say += (("phiếu từ chối tiếp nhận", "b"), (" ghi rõ lý do.", ""))
            return Plan(Do.GUIDE, "In phiếu từ chối", "printer", say, why)
        say = (("Không tiếp nhận tại đây", "bad"), (". Bấm F9 để: in ", ""), ("1 phiếu hướng dẫn", "b"))
        return Plan(Do.GUIDE, "In phiếu hướng dẫn nơi nộp", "printer", (*say, (" ghi nơi nộp và lý do.", "")), why)
    n = len(view.missing)
    how = "cách hoàn thiện" if n == 1 else f"cách hoàn thiện cả {n}"
    say = (
        ("Chưa tiếp nhận được", "bad"),
        (f": {n} giấy tờ chưa đạt. Bấm F9 để: in ", ""),
        ("1 phiếu hướng dẫn", "b"),
        (f" ghi đủ thành phần hồ sơ và {how}.", ""),
    )
    return Plan(Do.GUIDE, "In phiếu hướng dẫn", "printer", say, why)


def _go_on(view: IntakeView) -> Plan:
    if view.rows:
        say = "Đủ thành phần hồ sơ. Bấm F9 để: xem ngày hẹn trả và khoản thu."
    else:
        say = "Thủ tục này không yêu cầu nộp giấy tờ. Bấm F9 để tiếp tục."
    return Plan(Do.GO_ON, "Tiếp tục: hẹn và thu phí", "arrow-right", ((say, ""),))


def total_due(fee: FeeQuote | None) -> int | None:
    """What is to be paid in đồng; None while a tariff is not set."""
    return 0 if fee is None else fee.total_vnd


def change_due(form: IntakeForm, total: int | None) -> int | None:
    """What goes back to the citizen; None when nothing was typed or it is too little."""
    if form.cash_given_vnd is None or total is None or form.cash_given_vnd < total:
        return None
    return form.cash_given_vnd - total


def promising(
    form: IntakeForm,
    view: IntakeView,
    *,
    transfer_seen: bool = False,
    money_stopped: str = "",
    others: int = 0,
    at_once: bool = False,
) -> Plan:
    """Step 3. ``money_stopped``: why no money can be taken at this desk now, "" = it can.

    ``others``: forms of the same visit that are taken in together with this one; ``view`` then has the fee of all, and
    ``at_once`` says that one of them is settled while the citizen waits.
    """
    total = total_due(view.fee)
    at_once = at_once or view.done_at_once
    button = _visit_text(others + 1, total or 0) if others else _accept_text(view, total or 0)
    if form.person is None:
        why = "Chưa có công dân. Quét thẻ căn cước, hoặc bấm Esc rồi Ctrl N để nhập tay."
        return Plan(Do.ACCEPT, "Tiếp nhận", "printer", ((why, ""),), why)
    if total is None or (total and money_stopped):
        return _later_only(money_stopped, at_once=at_once)
    if total and form.method == "transfer" and not transfer_seen:
        why = "Chờ báo có: đánh dấu “Đã thấy tiền vào tài khoản” khi tiền đã vào."
        return Plan(Do.ACCEPT, "Chờ báo có", "hourglass", ((why, ""),), why)
    if total and form.method == "cash" and form.cash_given_vnd is not None and form.cash_given_vnd < total:
        why = "Tiền nhận chưa đủ số phải thu. Nhập lại hoặc để trống."
        return Plan(Do.ACCEPT, button, "printer", ((why, ""),), why)
    return Plan(Do.ACCEPT, button, "printer", _visit_say(others + 1, total) if others else _accept_say(view, total))


def _later_only(money_stopped: str, *, at_once: bool) -> Plan:
    if at_once:
        why = money_stopped or "Chưa có mức thu nên chưa chứng thực được. Báo người phụ trách nhập mức thu."
        return Plan(Do.ACCEPT, "Chứng thực, thu phí và in biên lai", "printer", ((why, ""),), why)
    say = (("Chưa thu được phí lúc này", "b"), (". Bấm F9 để: cấp mã hồ sơ, in ", ""), (SLIP, "b"), ("; thu sau.", ""))
    return Plan(Do.ACCEPT_ONLY, "Chỉ tiếp nhận, thu sau", "printer", say)


def _visit_text(count: int, total: int) -> str:
    return f"Tiếp nhận {count} hồ sơ" + (f", thu {_nbsp(format_vnd(total))}" if total else "") + " và in"


def _visit_say(count: int, total: int) -> Pieces:
    bill = f"lập một biên lai {_nbsp(format_vnd(total))}" if total else "không thu phí, lệ phí"
    say = f"Bấm F9 để: cấp mã {count} hồ sơ của cùng người, {bill}, "
    return ((say, ""), ("in giấy tờ của cả lượt", "b"), (".", ""))


def _accept_text(view: IntakeView, total: int) -> str:
    money = _nbsp(format_vnd(total))
    if view.done_at_once:
        return f"Chứng thực, thu {money} và in biên lai" if total else "Chứng thực và ghi sổ"
    return f"Tiếp nhận, thu {money} và in" if total else "Tiếp nhận và in giấy hẹn"


def _accept_say(view: IntakeView, total: int) -> Pieces:
    money = _nbsp(format_vnd(total))
    if view.done_at_once:
        bill = f"lập biên lai {money}, " if total else ""
        end = " Không in giấy hẹn: trả kết quả ngay." if total else " Trả kết quả ngay."
        return (("Bấm F9 để: cấp mã hồ sơ và ", ""), ("số chứng thực", "b"), (f", {bill}ghi sổ.{end}", ""))
    if total:
        say = f"Bấm F9 để: cấp mã hồ sơ, lập biên lai {money}, in "
        return ((say, ""), (SLIP, "b"), (", biên lai.", ""))
    return (("Bấm F9 để: cấp mã hồ sơ, in ", ""), (SLIP, "b"), (". Không thu phí, lệ phí.", ""))


def next_person() -> Plan:
    """After it is done: the next one in the queue."""
    say = "Bấm F9 hoặc quét thẻ tiếp theo để: tiếp nhận người mới."
    return Plan(Do.NEXT_PERSON, "Người tiếp theo", "arrow-right", ((say, ""),))


def back_to_held(count: int) -> Plan:
    """After a slip in the midst of a visit: back to what was complete before it."""
    say = (("Còn ", ""), (f"{count} hồ sơ", "b"), (" của người này chưa tiếp nhận. Bấm F9 để: về hồ sơ đó.", ""))
    return Plan(Do.NEXT_PERSON, "Về hồ sơ đang giữ", "arrow-right", say)


def _nbsp(text: str) -> str:
    return text.replace(" ", "\u00a0")
