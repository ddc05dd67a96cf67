"""The life of a dossier as one table: its states, and every move with who may make it, its paper and the clock.

National status codes and moves T1–T15: law-and-forms §5 (61/2018/NĐ-CP, Thông tư 03/2025/TT-VPCP). "Overdue" is computed
and "apologised" is a flag with a second date: neither is a state. ``desk-app lifecycle`` draws this table.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import IntEnum, StrEnum

from desk_app.domain.session import Role


class State(IntEnum):
    """Where a dossier stands; 1–10 are the national codes, the others are the desk's own and never leave it."""

    DRAFT = 0
    REGISTERED = 1
    ACCEPTED = 2
    NOT_ACCEPTED = 3
    IN_PROGRESS = 4
    SUPPLEMENT = 5
    PAYMENT = 6
    WITHDRAWAL = 7
    STOPPED = 8
    SETTLED = 9
    RETURNED = 10
    GUIDED = 20


class Move(StrEnum):
    """What can be done with a dossier; the values are stored in facts and never reused."""

    GUIDE = "guide"
    RECEIVE = "receive"
    ASK_BEFORE = "ask_before"
    REFUSE = "refuse"
    HAND_OVER = "hand_over"
    TAKE_OVER = "take_over"
    SUPPLEMENT = "supplement"
    COMPLETE = "complete"
    EXPIRE = "expire"
    ASK_PAYMENT = "ask_payment"
    PAID = "paid"
    APOLOGISE = "apologise"
    SETTLE = "settle"
    SETTLE_REFUSED = "settle_refused"
    RETURN = "return"
    WITHDRAW = "withdraw"
    AGREE_STOP = "agree_stop"
    DECLINE_STOP = "decline_stop"
    CORRECT = "correct"
    TAKE_BACK = "take_back"


class Clock(StrEnum):
    """What a move does to the time that is promised."""

    NONE = "none"
    STARTS = "starts"
    RUNS = "runs"
    PAUSES = "pauses"
    RESUMES = "resumes"
    STOPS = "stops"
    SECOND_DATE = "second_date"


STATE_TEXT: Mapping[State, str] = {
    State.DRAFT: "Nháp",
    State.GUIDED: "Đã hướng dẫn",
    State.REGISTERED: "Mới đăng ký",
    State.ACCEPTED: "Được tiếp nhận",
    State.NOT_ACCEPTED: "Không được tiếp nhận",
    State.IN_PROGRESS: "Đang xử lý",
    State.SUPPLEMENT: "Yêu cầu bổ sung giấy tờ",
    State.PAYMENT: "Yêu cầu thực hiện nghĩa vụ tài chính",
    State.WITHDRAWAL: "Công dân yêu cầu rút hồ sơ",
    State.STOPPED: "Dừng xử lý",
    State.SETTLED: "Đã xử lý xong",
    State.RETURNED: "Đã trả kết quả",
}
CLOCK_TEXT: Mapping[Clock, str] = {
    Clock.NONE: "không đổi", Clock.STARTS: "bắt đầu tính", Clock.RUNS: "vẫn tính", Clock.PAUSES: "tạm dừng",
    Clock.RESUMES: "tính tiếp", Clock.STOPS: "kết thúc", Clock.SECOND_DATE: "hẹn lại, hạn đầu giữ nguyên",
}  # fmt: skip
OPEN = frozenset({State.ACCEPTED, State.IN_PROGRESS, State.SUPPLEMENT, State.PAYMENT, State.WITHDRAWAL})
_BEFORE_RESULT = frozenset({State.ACCEPTED, State.IN_PROGRESS, State.SUPPLEMENT, State.PAYMENT})
_DESK = frozenset({Role.RECEPTION, Role.HEAD})
_SETTLING = frozenset({Role.SPECIALIST, Role.LEADER})


@dataclass(frozen=True, slots=True)
class Transition:
    """One move: whence, whither (None: stays, those of ``BACK`` go to the state before), who, paper, clock, sentence."""

    number: str
    move: Move
    text: str
    sources: frozenset[State]
    target: State | None
    roles: frozenset[Role]
    paper: str
    clock: Clock


def _t(
    number: str, move: Move, text: str, sources: Collection[State], target: State | None, roles: Collection[Role],
    paper: str, clock: Clock,
) -> Transition:  # fmt: skip
    return Transition(number, move, text, frozenset(sources), target, frozenset(roles), paper, clock)


_S, _C = State, Clock
TRANSITIONS: tuple[Transition, ...] = (
    _t("T1", Move.GUIDE, "Hướng dẫn", {_S.DRAFT}, _S.GUIDED, _DESK, "guidance_slip", _C.NONE),
    _t("T2", Move.RECEIVE, "Tiếp nhận", {_S.DRAFT, _S.REGISTERED}, _S.ACCEPTED, _DESK, "acceptance_slip", _C.STARTS),
    _t("T3", Move.ASK_BEFORE, "Yêu cầu bổ sung trước khi tiếp nhận", {_S.REGISTERED}, _S.SUPPLEMENT, _DESK,
       "supplement_slip", _C.NONE),
    _t("T4", Move.REFUSE, "Từ chối tiếp nhận", {_S.DRAFT, _S.REGISTERED}, _S.NOT_ACCEPTED, _DESK, "refusal_slip",
       _C.NONE),
    _t("T5", Move.HAND_OVER, "Chuyển giải quyết", {_S.ACCEPTED, _S.IN_PROGRESS}, _S.IN_PROGRESS,
       _DESK | {Role.SPECIALIST}, "handover_list", _C.RUNS),
    _t("T5", Move.TAKE_OVER, "Nhận để giải quyết", {_S.IN_PROGRESS}, _S.IN_PROGRESS, _DESK | _SETTLING, "", _C.RUNS),
    _t("T6", Move.SUPPLEMENT, "Yêu cầu bổ sung", {_S.ACCEPTED, _S.IN_PROGRESS}, _S.SUPPLEMENT, _DESK | _SETTLING,
       "supplement_slip", _C.PAUSES),
    _t("T7", Move.COMPLETE, "Đã bổ sung đủ", {_S.SUPPLEMENT}, _S.IN_PROGRESS, _DESK, "", _C.RESUMES),
    _t("T8", Move.EXPIRE, "Hết hạn bổ sung, dừng", {_S.SUPPLEMENT}, _S.STOPPED, {Role.LEADER, Role.HEAD}, "stop_notice",
       _C.STOPS),
    _t("T9", Move.ASK_PAYMENT, "Yêu cầu nghĩa vụ tài chính", {_S.IN_PROGRESS}, _S.PAYMENT, _DESK | _SETTLING, "",
       _C.PAUSES),
    _t("T9", Move.PAID, "Đã thực hiện nghĩa vụ tài chính", {_S.PAYMENT}, _S.IN_PROGRESS, _DESK | {Role.CASHIER}, "",
       _C.RESUMES),
    _t("T10", Move.APOLOGISE, "Xin lỗi và hẹn lại", {_S.ACCEPTED, _S.IN_PROGRESS}, None, _DESK | _SETTLING,
       "apology_letter", _C.SECOND_DATE),
    _t("T11", Move.SETTLE, "Có kết quả", {_S.ACCEPTED, _S.IN_PROGRESS}, _S.SETTLED, _DESK | _SETTLING, "", _C.STOPS),
    _t("T12", Move.SETTLE_REFUSED, "Kết quả là từ chối, có lý do", {_S.ACCEPTED, _S.IN_PROGRESS}, _S.SETTLED,
       _DESK | _SETTLING, "", _C.STOPS),
    _t("T13", Move.RETURN, "Trả kết quả", {_S.SETTLED}, _S.RETURNED, _DESK, "", _C.NONE),
    _t("T14", Move.WITHDRAW, "Công dân xin rút hồ sơ", _BEFORE_RESULT, _S.WITHDRAWAL, _DESK, "", _C.RUNS),
    _t("T14", Move.AGREE_STOP, "Đồng ý dừng giải quyết", {_S.WITHDRAWAL}, _S.STOPPED, {Role.LEADER, Role.HEAD},
       "stop_notice", _C.STOPS),
    _t("T14", Move.DECLINE_STOP, "Giải quyết tiếp", {_S.WITHDRAWAL}, None, {Role.LEADER, Role.HEAD}, "", _C.RUNS),
    _t("T15", Move.TAKE_BACK, "Hủy ghi nhận, về bước trước",
       {_S.IN_PROGRESS, _S.SUPPLEMENT, _S.PAYMENT, _S.WITHDRAWAL, _S.STOPPED, _S.SETTLED, _S.RETURNED}, None,
       {Role.HEAD}, "", _C.NONE),
    _t("T15", Move.CORRECT, "Sửa thông tin, in lại giấy hẹn", OPEN | {_S.SETTLED}, None, _DESK, "acceptance_slip",
       _C.NONE),
)  # fmt: skip
#: Moves that lead to the state the dossier had before, whichever that was.
BACK = frozenset({Move.TAKE_BACK, Move.DECLINE_STOP})
BY_MOVE: Mapping[Move, Transition] = {one.move: one for one in TRANSITIONS}


def allowed(state: State, roles: Collection[Role]) -> tuple[Transition, ...]:
    """The moves an officer with these roles may make from ``state``, in the order of the law's table."""
    held = frozenset(roles)
    return tuple(one for one in TRANSITIONS if state in one.sources and one.roles & held)


def drawing() -> str:
    """The machine in Graphviz dot: states with their national code, moves with roles, paper and clock."""
    from desk_app.domain.session import ROLE_TEXT

    lines = ["digraph lifecycle {", "  rankdir=LR; node [shape=box, style=rounded];"]
    for state in State:
        code = f"\\n{state.value}" if state.value in range(1, 11) else ""
        lines.append(f'  s{state.value} [label="{STATE_TEXT[state]}{code}"];')
    for one in TRANSITIONS:
        who = ", ".join(ROLE_TEXT[role] for role in Role if role in one.roles)
        paper = f"\\n{one.paper}" if one.paper else ""
        label = f"{one.number} {one.text}\\n{who}{paper}\\nthời hạn: {CLOCK_TEXT[one.clock]}"
        for source in sorted(one.sources):
            target = source if one.target is None and one.move not in BACK else one.target
            if target is not None:
                lines.append(f'  s{source.value} -> s{target.value} [label="{label}"];')
    return "\n".join([*lines, "}", ""])


def listing() -> str:
    """The machine as lines of text: one move a line."""
    from desk_app.domain.session import ROLE_TEXT

    lines = []
    for one in TRANSITIONS:
        sources = ", ".join(STATE_TEXT[state] for state in sorted(one.sources))
        target = STATE_TEXT[one.target] if one.target is not None else "(trạng thái trước)"
        target = "(không đổi)" if one.target is None and one.move not in BACK else target
        who = ", ".join(ROLE_TEXT[role] for role in Role if role in one.roles)
        lines.append(
            f"{one.number:>3}  {one.text}: {sources} → {target}\n     ai: {who}; giấy: {one.paper or 'không'}; "
            f"thời hạn: {CLOCK_TEXT[one.clock]}"
        )
    return "\n".join(lines) + "\n"
