"""Rows of the use cases as the first and the sync screen show them: Vietnamese words, no rule and no widget."""

from __future__ import annotations

from datetime import datetime, timedelta

from desk_app.domain.calendar import weekday_name
from desk_app.domain.money import format_vnd
from desk_app.domain.traffic import Light, Nearness
from desk_app.services.desk import local_time
from desk_app.services.today import Task, Today
from desk_app.ui.cells import Deadline, Due
from desk_app.ui.screens.sync import QueueRow, SyncView
from desk_app.ui.screens.today import StateLine, TaskRow, TileView, TodayView
from sync.desk.runner import SyncStatus

_DUE = {
    Light.AHEAD: Due.AHEAD,
    Light.TODAY: Due.TODAY,
    Light.OVERDUE: Due.OVERDUE,
    Light.WAITING: Due.WAITING,
    Light.DONE: Due.DONE,
}
_GROUP = {
    "receipts": "Biên lai điện tử",
    "dossiers": "Hồ sơ và diễn biến",
    "guidance": "Phiếu hướng dẫn",
    "feedback": "Phản ánh, kiến nghị",
    "surveys": "Khảo sát hài lòng (ẩn danh)",
    "papers": "Giấy đã in",
    "office": "Thiết lập quầy",
}
_LATE_DAYS_AMBER, _LATE_DAYS_RED = 1, 3


def deadline(near: Nearness) -> Deadline:
    """The chip of a light."""
    return Deadline(_DUE[near.light], near.text)


def today(found: Today, status: SyncStatus, printer: str | None, *, training: bool) -> TodayView:
    """The first screen."""
    t = found.tiles
    tiles = (
        TileView(
            "received",
            "Đã tiếp nhận hôm nay",
            "inbox",
            str(t.received),
            f"{t.done_at_once} hồ sơ trả kết quả ngay" if t.done_at_once else f"{t.guided} phiếu hướng dẫn",
        ),
        TileView(
            "overdue",
            "Quá hạn",
            "octagon-x",
            str(t.overdue),
            "cần văn bản xin lỗi, hẹn lại" if t.overdue else "đúng hẹn cả",
            "bad" if t.overdue else "",
        ),
        TileView(
            "due_today",
            "Đến hạn hôm nay",
            "clock",
            str(t.due_today),
            f"hạn sớm nhất {t.earliest_due[11:16]}" if t.earliest_due else "không có",
            "due" if t.due_today else "",
        ),
        TileView(
            "ready",
            "Chờ trả kết quả",
            "package-check",
            str(t.ready),
            f"{t.ready_over_5_days} hồ sơ đã quá 5 ngày" if t.ready_over_5_days else "chưa có hồ sơ để lâu",
        ),
        TileView("collected", "Đã thu hôm nay", "banknote", format_vnd(t.collected_vnd), f"{t.receipts} biên lai"),
    )
    return TodayView(
        title=f"{weekday_name(found.now.date())}, {found.now:%d/%m/%Y}",
        tiles=tiles,
        tasks=tuple(task_row(x) for x in found.tasks),
        feedback_line=feedback_line(found),
        machine=machine(found, status, printer, training=training),
    )


def feedback_line(found: Today) -> str:
    """How many complaints wait for an answer; "" when none does."""
    if not found.feedback_open:
        return ""
    late = f", {found.feedback_overdue} quá hạn" if found.feedback_overdue else ""
    return f"{found.feedback_open} phản ánh, kiến nghị đang xử lý{late}. Bấm F7 để xem."


def task_row(task: Task) -> TaskRow:
    """One line of "Việc cần làm trước" with the one verb for it."""
    return TaskRow(
        task.row.dossier, deadline(task.near), task.row.code, task.procedure_name, task.row.name, _verb(task)
    )


def _verb(task: Task) -> str:
    if task.near.light in (Light.OVERDUE, Light.TODAY):
        return "Nhắc người giải quyết" if task.row.apologies else "Lập văn bản xin lỗi"
    return "Gọi công dân" if task.near.light is Light.WAITING else "Xem"


def machine(found: Today, status: SyncStatus, printer: str | None, *, training: bool) -> tuple[StateLine, ...]:
    """ "Máy và dữ liệu"."""
    waiting = sum(w.count for w in found.waiting)
    if training:
        net = StateLine("graduation-cap", "train", "Đang tập huấn", "Không gửi gì ra ngoài máy này")
    elif status.state == "ok" and not waiting:
        net = StateLine("cloud", "ok", "Đã gửi hết", _when("Máy cấp trên nhận lúc", status.last_complete_at))
    else:
        title = "Đang gửi" if status.state == "sending" else f"{waiting} mục chờ gửi"
        net = StateLine("cloud-off", "text2", title, "Quầy vẫn làm việc, dữ liệu lưu đủ trên máy này")
    return (
        net,
        *_unfinished(found),
        StateLine("printer", "text2" if printer is None else "ok" if printer else "warn", *_printer(printer)),
        StateLine(
            "book-open",
            "primary",
            f"Danh mục bản {found.catalogue_version.split('-')[0]}",
            f"{found.procedures} thủ tục",
        ),
    )


def _unfinished(found: Today) -> list[StateLine]:
    """Money that still waits for a signature or for the head."""
    lines = []
    if found.unsigned:
        title = f"{found.unsigned} biên lai chờ ký số"
        lines.append(StateLine("clock", "warn", title, "Người nộp mới có giấy xác nhận đã thu. Ký tại Thu phí (F4)"))
    if found.second:
        title = f"{found.second} việc chờ xác nhận"
        lines.append(StateLine("clock", "warn", title, "Lãnh đạo xác nhận tại Thu phí (F4), thẻ Sổ sách"))
    return lines


def _printer(printer: str | None) -> tuple[str, str]:
    if printer is None:
        return "Máy in", "Đang hỏi hệ điều hành"
    return (printer, "Sẵn sàng") if printer else ("Chưa có máy in", "Giấy được lưu thành tệp PDF")


def sync(found: Today, status: SyncStatus, *, training: bool) -> SyncView:
    """The sync screen: what waits, what the network does, when it was last complete."""
    rows = tuple(
        QueueRow(_GROUP.get(w.group, "Việc khác"), str(w.count), _size(w.size_bytes), _note(w.group))
        for w in found.waiting
    )
    waiting = sum(w.count for w in found.waiting)
    title, promise, line = _sentence(status, waiting, training=training)
    return SyncView(
        online=status.state in ("ok", "sending", "busy", "refused"),
        title=title,
        promise=promise,
        last_sent=_last(status, found.last_ack_utc),
        status=line,
        status_code=status.code,
        waiting=waiting,
        queue=rows,
        usb_reason="Chép ra USB chưa có ở bản này.",
        deadline=_deadline(status, found, training=training),
        trying=status.state == "sending",
    )


def _sentence(status: SyncStatus, waiting: int, *, training: bool) -> tuple[str, str, str]:
    calm = "Quầy vẫn làm việc. Dữ liệu lưu đủ trên máy này và tự gửi khi có mạng, không cần bấm gì."
    if training:
        return "Đang tập huấn", "Dữ liệu tập huấn ở lại trên máy này, không gửi đi.", "Không có gì để gửi."
    match status.state:
        case "ok" if not waiting:
            return "Máy chủ cấp trên đã nhận đủ", "Mọi mục đã được máy chủ cấp trên xác nhận.", "Không còn mục nào chờ."
        case "ok":
            return f"{waiting} mục chờ gửi", calm, "Máy sẽ gửi trong ít phút nữa."
        case "sending":
            return (
                "Đang gửi",
                "Đang gửi chưa phải là đã nhận: chờ máy chủ cấp trên xác nhận.",
                f"Còn **{waiting} mục**.",
            )
        case "portal":
            return "Mạng đòi đăng nhập", calm, "Mở trình duyệt để đăng nhập mạng, rồi bấm Thử ngay."
        case "stranger":
            return "Không đúng máy chủ cấp trên", calm, "Chưa gửi gì. Gọi người quản trị kiểm tra mạng của cơ quan."
        case "refused" | "damaged" | "broken":
            return "Cần người quản trị xem", calm, "Máy chủ cấp trên chưa nhận. Bấm Xem chẩn đoán."
        case "unenrolled":
            return "Máy chưa đăng ký", "Đăng ký với máy chủ cấp trên bằng mã một lần.", "Chưa có nơi để gửi."
    return "Không có mạng" if status.code else "Đang chờ gửi", calm, _retry(status)


def _retry(status: SyncStatus) -> str:
    if status.next_try_at is None:
        return "Chưa kết nối được máy chủ cấp trên. Máy tự thử lại."
    at = local_time(status.next_try_at)
    return f"Chưa kết nối được máy chủ cấp trên. Máy tự thử lại lúc **{at:%H:%M:%S}**."


def days_silent(status: SyncStatus, last_ack_utc: str, now: datetime) -> int:
    """Whole days since everything was last acknowledged; 0 when never (nothing to compare with)."""
    last = status.last_complete_at or (datetime.fromisoformat(last_ack_utc) if last_ack_utc else None)
    return max(0, (now.date() - local_time(last).date()).days) if last else 0


def _deadline(status: SyncStatus, found: Today, *, training: bool) -> str:
    if training or not found.waiting:
        return ""
    silent = days_silent(status, found.last_ack_utc, found.now)
    if silent >= _LATE_DAYS_RED:
        return f"**Đã {silent} ngày chưa gửi dữ liệu.** Nối mạng trong hôm nay; quầy vẫn làm việc."
    by = found.now + timedelta(days=1)
    return f"**Nên gửi trước {by:%H:%M, %d/%m}.** Sau 3 ngày chưa gửi, người phụ trách được nhắc; quầy vẫn làm việc."


def _last(status: SyncStatus, last_ack_utc: str) -> str:
    last = status.last_complete_at or (datetime.fromisoformat(last_ack_utc) if last_ack_utc else None)
    return f"{local_time(last):%H:%M, %d/%m}" if last else "chưa lần nào"


def _when(words: str, moment: datetime | None) -> str:
    return f"{words} {local_time(moment):%H:%M, %d/%m}" if moment else ""


def _size(size: int) -> str:
    return f"{size} B" if size < 1024 else f"{size // 1024} KB"


def _note(group: str) -> str:
    return "Gửi trước, hạn hôm nay" if group == "receipts" else ""
