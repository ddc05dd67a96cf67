"""The moves of a dossier as a form: which fields each asks for, and what was typed as the command it stands for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from desk_app.domain.lifecycle import Move

#: The causes of a delay in the order of their keys, as ``domain.lateness.CAUSES`` stores them.
CAUSES: tuple[tuple[str, str], ...] = (
    ("verification", "Cơ quan phối hợp chưa trả lời"),
    ("volume", "Hồ sơ tăng đột biến"),
    ("outage", "Mất điện hoặc mất mạng"),
    ("absence", "Người giải quyết vắng mặt"),
    ("other", "Khác"),
)


@dataclass(frozen=True, slots=True)
class Asked:
    """One field. ``kind``: line, lines (several, one a line), cause, or choice out of ``options`` (value, words)."""

    id: str
    label: str
    kind: str = "line"
    needed: bool = True
    options: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class MoveForm:
    """A move as the panel shows it. ``button``: the blue one; ``say``: a sentence above the fields."""

    move: Move
    title: str
    button: str
    fields: tuple[Asked, ...] = ()
    say: str = ""
    prints: bool = False


_REASON = Asked("text", "Lý do")
FORMS: Mapping[Move, MoveForm] = {
    form.move: form
    for form in (
        MoveForm(
            Move.APOLOGISE, "Văn bản xin lỗi và hẹn lại", "In văn bản xin lỗi",
            (
                Asked("cause", "Nguyên nhân chậm", "cause"),
                Asked("text", "Nói rõ thêm (bắt buộc khi chọn Khác)", needed=False),
                Asked("day", "Ngày hẹn lại"),
                Asked("signer", "Người ký (nếu biết)", needed=False),
            ),
            prints=True,
        ),
        MoveForm(
            Move.HAND_OVER, "Chuyển giải quyết", "Ghi và in danh sách",
            (Asked("agency", "Cơ quan giải quyết"), Asked("taker", "Người nhận (nếu biết)", needed=False)), prints=True,
        ),
        MoveForm(Move.TAKE_OVER, "Nhận để giải quyết", "Ghi nhận", (Asked("text", "Người ký nhận", needed=False),)),
        MoveForm(
            Move.SUPPLEMENT, "Yêu cầu bổ sung", "In phiếu yêu cầu bổ sung",
            (
                Asked("needs", "Nội dung cần bổ sung, mỗi dòng một việc", "lines"),
                Asked("text", "Lý do, kèm căn cứ (điểm, khoản, điều)"),
                Asked("second", "Lý do yêu cầu lần hai (người phụ trách)", needed=False),
            ),
            say="Hỏi một lần cho đủ. Thời hạn tạm dừng từ hôm nay.", prints=True,
        ),
        MoveForm(
            Move.COMPLETE, "Đã bổ sung đủ", "Ghi đã bổ sung đủ", (),
            "Mọi giấy tờ đã yêu cầu đều có. Thời hạn tính tiếp, ngày trả được tính lại.",
        ),
        MoveForm(
            Move.ASK_PAYMENT, "Yêu cầu nghĩa vụ tài chính", "Ghi nhận", (Asked("text", "Khoản phải nộp, nơi nộp"),),
            "Thời hạn tạm dừng đến khi công dân nộp xong.",
        ),
        MoveForm(Move.PAID, "Đã nộp nghĩa vụ tài chính", "Ghi nhận", (Asked("text", "Số chứng từ"),)),
        MoveForm(
            Move.WITHDRAW, "Công dân xin rút hồ sơ", "Ghi nhận",
            (Asked("text", "Lý do ghi trong đơn đề nghị"),), "Cần đơn đề nghị bằng văn bản của người nộp.",
        ),
        MoveForm(Move.DECLINE_STOP, "Giải quyết tiếp", "Giải quyết tiếp", (_REASON,)),
        MoveForm(
            Move.AGREE_STOP, "Dừng giải quyết", "In thông báo dừng",
            (
                Asked("text", "Căn cứ (đề nghị của …, ngày …)"),
                Asked("back", "Giấy tờ trả lại, mỗi dòng một giấy", "lines", needed=False),
                Asked("signer", "Người ký (nếu biết)", needed=False),
            ),
            prints=True,
        ),
        MoveForm(
            Move.EXPIRE, "Hết hạn bổ sung, dừng", "In thông báo dừng",
            (
                Asked("text", "Căn cứ (hết thời hạn bổ sung ngày …)"),
                Asked("back", "Giấy tờ trả lại, mỗi dòng một giấy", "lines", needed=False),
                Asked("signer", "Người ký (nếu biết)", needed=False),
            ),
            prints=True,
        ),
        MoveForm(
            Move.CORRECT, "Sửa và in lại giấy hẹn", "Sửa và in lại",
            (Asked("text", "Lý do (không cần trong 15 phút đầu)", needed=False),),
            "Giấy hẹn cũ hết giá trị theo số; giấy mới có số mới. Thu lại giấy cũ.", prints=True,
        ),
        MoveForm(
            Move.TAKE_BACK, "Hủy ghi nhận, về bước trước", "Hủy ghi nhận", (_REASON,),
            "Bước đã ghi vẫn còn trong diễn biến, kèm lý do và tên người hủy.",
        ),
    )
}  # fmt: skip


def read_day(text: str, default: date) -> date | None:
    """``18/11/2026``, ``18.11.26``, ``18112026`` or ``18/11`` (of the default's year); None when it is no day."""
    parts = [p for p in "".join(c if c.isdigit() else " " for c in text).split() if p]
    if len(parts) == 1 and len(parts[0]) in (6, 8):
        parts = [parts[0][:2], parts[0][2:4], parts[0][4:]]
    if len(parts) == 2:
        parts.append(str(default.year))
    if len(parts) != 3:
        return None
    year = int(parts[2])
    try:
        return date(year + 2000 if year < 100 else year, int(parts[1]), int(parts[0]))
    except ValueError:
        return None


def life_event_text(kind: str, note: Mapping[str, object]) -> str:
    """A step between receipt and result in words; "" for a kind that is not one."""
    number = f" số {note.get('number')}/{note.get('symbol')}" if note.get("number") else ""
    words = {
        "dossier.handed_over": f"Chuyển giải quyết: {note.get('agency', '')}",
        "dossier.taken_over": f"Đã nhận để giải quyết{_by(note.get('taker'))}",
        "supplement.requested": f"Yêu cầu bổ sung lần {note.get('round', 1)}, phiếu{number}",
        "supplement.completed": f"Đã bổ sung đủ{_until(note.get('due_at'))}",
        "payment.requested": f"Yêu cầu nộp: {note.get('what', '')}",
        "payment.fulfilled": f"Đã nộp nghĩa vụ tài chính{_until(note.get('due_at'))}",
        "withdrawal.asked": "Công dân xin rút hồ sơ",
        "withdrawal.declined": f"Giải quyết tiếp: {note.get('reason', '')}",
        "dossier.stopped": f"Dừng giải quyết, thông báo{number}",
        "apology.made": f"Xin lỗi, hẹn lại {_day(note.get('new_day'))}, văn bản{number}",
        "dossier.corrected": f"Sửa hồ sơ, giấy hẹn số {note.get('void')} hết giá trị, giấy mới số {note.get('number')}",
        "dossier.taken_back": f"Hủy ghi nhận: {note.get('reason', '')}",
        "scan.attached": f"Gắn bản chụp: {note.get('title') or 'giấy khác'}",
        "due.moved": f"Lịch nghỉ đổi{_until(note.get('due_at'))}",
        "paper.printed": f"In lại lần {note.get('copy', 1)}",
    }
    return words.get(kind, "")


def _by(name: object) -> str:
    return f": {name}" if name else ""


def _until(stamp: object) -> str:
    return f", hẹn trả {_day(stamp)}" if stamp else ""


def _day(stamp: object) -> str:
    text = str(stamp or "")
    return f"{text[8:10]}/{text[5:7]}/{text[:4]}" if text else ""
