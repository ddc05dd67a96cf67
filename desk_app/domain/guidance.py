"""What is wrong with a paper and how to cure it: the six reasons of the counter, in the citizen's words.

The reason is printed on the guidance slip, so each comes with its cure; an unsigned paper is not "missing".
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Reason:
    """A reason for *chưa đạt*. ``at_desk``: can be cured at the counter at once (signing)."""

    number: int
    label: str
    cure: str
    at_desk: bool = False
    has_paper: bool = True


REASONS: tuple[Reason, ...] = (
    Reason(1, "Chưa có", "Nộp bổ sung giấy tờ này.", has_paper=False),
    Reason(2, "Chưa ký tên", "Ký, ghi rõ họ tên; ký được tại quầy.", at_desk=True),
    Reason(3, "Sai hoặc thiếu thông tin", "Sửa hoặc ghi đủ thông tin theo giấy tờ gốc."),
    Reason(4, "Hết thời hạn sử dụng", "Nộp giấy tờ còn thời hạn sử dụng."),
    Reason(5, "Không đúng loại bản", "Nộp bản chính hoặc bản sao chứng thực theo cột Loại."),
    Reason(6, "Mờ, rách, không đọc được", "Xin cấp lại hoặc nộp bản đọc được."),
)


def reason(number: int) -> Reason:
    """The reason with this number (1–6). Raises ValueError for another."""
    for found in REASONS:
        if found.number == number:
            return found
    raise ValueError(f"no reason {number}")
