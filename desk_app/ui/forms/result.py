"""Handing a result over: the four checks, what F9 does and why it may not (design/ui.md §4.8)."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Final

from desk_app.domain.money import format_vnd
from desk_app.domain.person import Person

#: The checks in their order, as the service knows them.
CHECKS: Final = ("slip_scanned", "card_matched", "papers_given", "signed")
REQUIRED: Final = CHECKS[:3]
REASONS: Final = (
    ("slow", "Chờ lâu"),
    ("again", "Phải đi lại nhiều lần"),
    ("manner", "Thái độ phục vụ"),
    ("other", "Lý do khác"),
)


@dataclass(frozen=True, slots=True, repr=False)
class Claim:
    """A dossier whose result may be handed over. ``id_numbers``: applicant and submitter; ``copies``: of the result.

    ``state`` is the national code (9: the result is here, 10: handed over); ``result``: its number or name.
    """

    dossier: str
    code: str
    name: str
    procedure: str
    state: int
    due_at: str
    settled_at: str
    returned_at: str = ""
    result: str = ""
    copies: int = 1
    owed_vnd: int = 0
    id_numbers: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Handover:
    """What was checked so far: check → local time ``15:50:41``. ``lost_slip``: found by card or by name instead."""

    claim: Claim
    done: dict[str, str] = field(default_factory=dict)
    lost_slip: bool = False
    receiver: Person | None = None

    def check(self, name: str, at: str) -> Handover:
        """The handover with one check made."""
        return replace(self, done={**self.done, name: at})

    def toggle(self, name: str, at: str) -> Handover:
        """The space bar: made, and again not made."""
        if name in self.done:
            return replace(self, done={k: v for k, v in self.done.items() if k != name})
        return self.check(name, at)

    def for_receiver(self, person: Person | None) -> Handover:
        """Somebody else takes it: the card to compare is another one."""
        return replace(self, receiver=person, done={k: v for k, v in self.done.items() if k != "card_matched"})

    def matches(self, number: str) -> bool:
        """Whether a card is that of who may take the result."""
        if self.receiver is not None:
            return number == self.receiver.id_number
        return number in self.claim.id_numbers

    @property
    def missing(self) -> tuple[str, ...]:
        """Checks that F9 still waits for."""
        needed = REQUIRED[1:] if self.lost_slip else REQUIRED
        return tuple(name for name in needed if name not in self.done)

    @property
    def next_check(self) -> str:
        """The first check that is not made, "" when all are."""
        names = CHECKS[1:] if self.lost_slip else CHECKS
        return next((name for name in names if name not in self.done), "")


def check_words(handover: Handover, name: str) -> tuple[str, str]:
    """Title and line of a check as it stands."""
    claim, at = handover.claim, handover.done.get(name, "")
    if name == "slip_scanned":
        if handover.lost_slip:
            return "Mất giấy hẹn", "tìm bằng thẻ căn cước hoặc họ tên"
        return "Quét mã trên giấy hẹn", f"{at}, đúng hồ sơ, chưa trả lần nào" if at else "chưa quét"
    if name == "card_matched":
        who = "người nhận thay" if handover.receiver else "người nộp"
        title = f"Đối chiếu thẻ căn cước{' người nhận thay' if handover.receiver else ''}"
        return title, f"{at}, số định danh trùng {who}" if at else "quét thẻ, máy tự so số định danh"
    if name == "papers_given":
        return f"Giao {claim.copies} bản chính kết quả", claim.result or "đúng kết quả của hồ sơ này"
    return "Đề nghị công dân kiểm tra và ký nhận", "Họ tên, ngày sinh, số định danh; ký Sổ theo dõi hoặc liên 1"


def blue_words(handover: Handover) -> tuple[str, str, str]:
    """Button, sentence and why not ("" = it may) of the page."""
    n = len(handover.missing)
    why = f"Còn {n} bước chưa kiểm tra ở bên trái." if n else ""
    owed = handover.claim.owed_vnd
    if owed:
        money = format_vnd(owed).replace(" ", "\u00a0")
        say = f"Bấm F9 để: lập biên lai {money}, ghi **đã trả kết quả** vào Sổ theo dõi hồ sơ."
        return f"Thu {money} rồi trả", why or say, why
    to = handover.receiver.name if handover.receiver else handover.claim.name
    return "Trả kết quả", why or f"Bấm F9 để: ghi **đã trả kết quả** cho {to} vào Sổ theo dõi hồ sơ.", why
