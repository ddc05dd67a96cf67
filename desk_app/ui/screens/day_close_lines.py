"""The words of the closing's cards: the book beside the count, and what should be in order before."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desk_app.domain.money import format_vnd
from desk_app.ui.screens.today import StateLine

if TYPE_CHECKING:
    from desk_app.services.day_close import Book, Readiness


def book_lines(book: Book, counted_vnd: int) -> list[tuple[str, str, bool]]:
    """The comparison, line by line: words, amount, whether it is a sum."""
    ranges = "; ".join(f"từ số {s.first} đến số {s.last}" for s in book.series)
    found = [(f"Biên lai đã lập ({book.count}{', ' + ranges if ranges else ''})", format_vnd(book.issued_vnd), False)]
    if book.undone_vnd:
        numbers = ", ".join(map(str, book.undone))
        found.append((f"Đã thay thế, xóa bỏ (số {numbers})", f"− {format_vnd(-book.undone_vnd)}", False))
    if book.transfers or book.transfer_vnd:
        found.append((f"Chuyển khoản ({book.transfers})", f"− {format_vnd(book.transfer_vnd)}", False))
    if book.expected.later_cash_vnd:
        found.append(("Tiền mặt thuộc sổ ngày sau", format_vnd(book.expected.later_cash_vnd), False))
    if book.expected.float_vnd:
        found.append(("Tiền lẻ để lại", format_vnd(book.expected.float_vnd), False))
    found.append(("Tiền mặt phải có", format_vnd(book.expected.total_vnd), True))
    found.append(("Đếm được", format_vnd(counted_vnd), True))
    return found


def before_lines(ready: Readiness) -> list[StateLine]:
    """Card 3: what should be in order before the book is closed, and what the centre said of the last closed day."""
    good, bad, wait = ("circle-check", "ok"), ("triangle-alert", "warn"), ("clock", "warn")

    def line(fine: bool, title: str, detail: str, otherwise: tuple[str, str] = bad) -> StateLine:
        return StateLine(*(good if fine else otherwise), title, detail)

    unsigned, untaxed = len(ready.unsigned), ready.untaxed
    return [
        line(not ready.gaps, "Số biên lai liên tục", "không thiếu, không trùng" if not ready.gaps else ", ".join(ready.gaps)),
        line(
            not unsigned,
            f"Đã ký số đủ {ready.receipts} biên lai" if not unsigned else f"{unsigned} biên lai chưa ký số",
            f"{ready.reprints} lần in lại" if not unsigned else "cắm thiết bị, bấm Ký lại (TP-12)",
        ),
        line(not ready.drafts, "Không có bản nháp" if not ready.drafts else f"{ready.drafts} bản nháp",
             "mọi hồ sơ đã lưu" if not ready.drafts else "khóa sổ vẫn được"),
        line(not untaxed, "Đã gửi đủ cơ quan thuế" if not untaxed else f"{untaxed} dòng chưa gửi cơ quan thuế",
             "trong hôm nay" if not untaxed else "gửi trong hôm nay (TP-13)", wait),
        line(not ready.waiting, "Không có việc chờ" if not ready.waiting else f"{ready.waiting} việc chờ lãnh đạo",
             "lãnh đạo không phải xác nhận gì" if not ready.waiting else "trình người phụ trách (TP-17)", wait),
        *_answer(ready),
    ]  # fmt: skip


def _answer(ready: Readiness) -> list[StateLine]:
    """The centre counts every closed day again by its own receipts (Z)."""
    found: list[StateLine] = []
    if ready.unanswered:
        days = ", ".join(f"{day:%d/%m}" for day in ready.unanswered[:3])
        found.append(StateLine("clock", "warn", f"Sổ ngày {days} chờ máy chủ khớp", "gửi đi khi có mạng hoặc bằng USB"))
    answer = ready.answer
    if answer is not None and answer.equal:
        found.append(
            StateLine(
                "circle-check",
                "ok",
                f"Máy chủ đã khớp sổ ngày {answer.day:%d/%m}",
                f"{answer.receipts} biên lai, {format_vnd(answer.collected_vnd)}",
            )
        )
    elif answer is not None:
        found.append(
            StateLine(
                "triangle-alert",
                "bad",
                f"Máy chủ chưa khớp sổ ngày {answer.day:%d/%m}",
                f"khác {answer.differences} chỗ: xem Biên bản khớp số",
            )
        )
    return found
