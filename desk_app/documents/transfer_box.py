"""What an unpaid fee may be paid with: the bank's own code (VietQR), and the same in words for who types it."""

from __future__ import annotations

from dataclasses import dataclass

from desk_app.documents.boxes import Beside, Framed, Stack
from desk_app.documents.formats import money
from desk_app.documents.ink import MM, Ink
from desk_app.documents.qr import draw_qr
from desk_app.documents.text import Block, Text, bold

SIDE = 26.0  # mm: modules of a code for an amount and a purpose stay above 0.4 mm
LATER = "Biên lai được lập ngay khi Bộ phận một cửa thấy tiền vào tài khoản."


@dataclass(frozen=True)
class TransferBox:
    """``code``: the text of the bank's code; ``amount`` in đồng; account, its owner and the words that come with it."""

    code: str
    amount: int
    account: str
    owner: str
    purpose: str


class _BankCode:
    """The code as a block."""

    __slots__ = ("_code", "height")

    def __init__(self, code: str) -> None:
        self._code = code
        self.height = SIDE * MM

    def draw(self, ink: Ink, x: float, top: float) -> None:
        """Draw it; a bank's code has letters in it by its own standard."""
        draw_qr(ink, self._code, x, top, SIDE * MM, digits_only=False)

    def split(self, room: float) -> None:
        """A code is not cut."""


def transfer_box(data: TransferBox, width: float, size: float) -> Block:
    """The code at the left, the words at its right, in a frame."""
    wide = width - (SIDE + 5) * MM
    lines = (
        (bold("Nộp bằng chuyển khoản: "), "quét mã bằng ứng dụng ngân hàng."),
        ("Số tiền: ", bold(money(data.amount)), f". Nội dung: {data.purpose}"),
        (f"Tài khoản: {data.account}, {data.owner}",),
        (LATER,),
    )
    words = Stack([Text(line, wide, size=size, leading=1.15) for line in lines])
    return Framed(Beside([(0, _BankCode(data.code)), (SIDE * MM, words)], middle=True), width, pad=0, side=1 * MM)
