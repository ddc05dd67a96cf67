"""Pictures of the kit's own screens, to look at beside the mocks: ``python -m tests.ui.gallery_kit OUT``."""

from __future__ import annotations

import sys
from pathlib import Path

from PySide6.QtWidgets import QApplication, QWidget

from desk_app.ui import app as application
from desk_app.ui import theme
from desk_app.ui.cells import Deadline, Due
from desk_app.ui.screen import Screen
from desk_app.ui.screens.login import LoginScreen
from desk_app.ui.screens.sync import QueueRow, SyncPage, SyncView
from desk_app.ui.screens.today import StateLine, TaskRow, TileView, TodayPage, TodayView
from desk_app.ui.shell import NetworkView, PrinterView, Shell
from desk_app.ui.theme import Theme
from tests.ui.kit_page import KitPage

OFFICERS = [
    ("hanh", "Lê Thị Hạnh", "Cán bộ tiếp nhận", "LH"),
    ("minh", "Trần Quang Minh", "Người phụ trách", "TM"),
    ("nga", "Phạm Thị Nga", "Cán bộ tiếp nhận", "PN"),
]

TODAY = TodayView(
    title="Thứ Tư, 25/11/2026",
    tiles=(
        TileView("received", "Đã tiếp nhận hôm nay", "inbox", "18", "5 hồ sơ trả kết quả ngay"),
        TileView("overdue", "Quá hạn", "octagon-x", "1", "đã xin lỗi, hẹn lại 27/11", "bad"),
        TileView("due_today", "Đến hạn hôm nay", "clock", "2", "hạn sớm nhất 16:30", "due"),
        TileView("ready", "Chờ trả kết quả", "package-check", "9", "3 hồ sơ đã quá 5 ngày"),
        TileView("collected", "Đã thu hôm nay", "banknote", "221.000 đ", "14 biên lai, 1 đã thay thế"),
    ),
    tasks=(
        TaskRow("1", Deadline(Due.OVERDUE, "Quá hạn 2 ngày"), "H99.12-261112-0044", "Trợ cấp xã hội hằng tháng",
                "Bùi Thị Sáu", "Nhắc người giải quyết"),
        TaskRow("2", Deadline(Due.TODAY, "Hôm nay, 16:30"), "H99.12-261119-0012", "Xác nhận tình trạng hôn nhân",
                "Đỗ Minh Châu", "Nhắc người giải quyết"),
        TaskRow("3", Deadline(Due.TODAY, "Hôm nay, 17:00"), "H99.12-261119-0031", "Thay đổi, cải chính hộ tịch",
                "Phạm Văn Tuấn", "Lập văn bản xin lỗi"),
        TaskRow("4", Deadline(Due.WAITING, "Chờ bổ sung"), "H99.12-261120-0009", "Đăng ký kết hôn", "Vũ Hải Nam",
                "Gọi công dân"),
        TaskRow("5", Deadline(Due.AHEAD, "Còn 1 ngày"), "H99.12-261120-0017", "Xác nhận tình trạng hôn nhân",
                "Ngô Thị Loan"),
        TaskRow("6", Deadline(Due.AHEAD, "Còn 2 ngày"), "H99.12-261123-0051", "Thay đổi, cải chính hộ tịch",
                "Trịnh Văn Bình"),
    ),
    feedback_line="3 phản ánh, kiến nghị đang xử lý, hạn gần nhất 27/11",
    machine=(
        StateLine("cloud-off", "text2", "Không có mạng từ 08:12", "Quầy vẫn làm việc. 37 mục chờ gửi"),
        StateLine("hard-drive", "ok", "Sao lưu xong", "Thứ Hai 23/11, 17:20, ổ USB “Sao lưu 2”"),
        StateLine("printer", "ok", "2 máy in sẵn sàng", "A4 khay 1 còn giấy · K80"),
        StateLine("book-open", "primary", "Danh mục bản 2026.11-3", "Hiệu lực từ 15/11/2026, 214 thủ tục"),
    ),
)  # fmt: skip

SYNC = SyncView(
    online=False,
    title="Không có mạng từ 08:12 hôm nay",
    promise="Quầy vẫn làm việc. Dữ liệu lưu đủ trên máy này và tự gửi khi có mạng, không cần bấm gì.",
    last_sent="17:42, thứ Hai 23/11",
    status="Chưa kết nối được máy chủ cấp trên. Máy tự thử lại sau **4 phút 10 giây**.",
    status_code="DB-01",
    waiting=37,
    queue=(
        QueueRow("Biên lai điện tử", "14", "3,5 KB", "Gửi trước, hạn hôm nay"),
        QueueRow("Hồ sơ và diễn biến", "18", "9 KB"),
        QueueRow("Phản ánh, kiến nghị", "2", "1 KB"),
        QueueRow("Khảo sát hài lòng (ẩn danh)", "3", "gửi gộp ≥ 5 phiếu", "Chưa đủ 5"),
        QueueRow("Ảnh, bản chụp", "11 tệp", "1,6 MB", "Sau 18:00"),
    ),
    usb=(
        StateLine("circle-check", "ok", "Đã cắm: “USB MỘT CỬA 1”", "Còn trống 12,4 GB, ghi được"),
        StateLine("file-check", "muted", "Gói số 8, 37 mục, khoảng 1,7 MB", "Mã hóa, chỉ máy chủ cấp trên mở được"),
        StateLine("history", "muted", "Gói số 7 đã được xác nhận", "Chép 16/11, máy chủ cấp trên nhận 17/11"),
    ),
    deadline="**Nên gửi trước 17:42, 26/11.** Riêng biên lai gửi cơ quan thuế trong hôm nay. "
    "Sau 3 ngày chưa gửi, người phụ trách được nhắc; quầy vẫn làm việc.",
)


def a_today() -> TodayPage:
    page = TodayPage()
    page.set_view(TODAY)
    page.table.select_row(2)
    return page


def a_sync() -> SyncPage:
    page = SyncPage()
    page.set_view(SYNC)
    return page


def screens() -> tuple[Screen, ...]:
    return (
        Screen("today", "Hôm nay", "house", "today", a_today),
        Screen("intake", "Tiếp nhận", "inbox", "intake", KitPage),
        Screen("fees", "Thu phí", "banknote", "fees", KitPage),
        Screen("dossiers", "Hồ sơ", "folder-clock", "dossiers", KitPage),
        Screen("results", "Trả kết quả", "package-check", "results", KitPage),
        Screen("feedback", "Phản ánh", "message-square-warning", "feedback", KitPage),
        Screen("reports", "Báo cáo", "chart-column", "reports", KitPage),
        Screen("sync", "Đồng bộ", "refresh-cw", "sync", a_sync, bottom=True),
        Screen("admin", "Quản trị", "settings", "admin", KitPage, bottom=True),
    )


def a_shell() -> Shell:
    shell = Shell(screens())
    shell.set_place("Xã Hòa Mẫu", "Một cửa · Quầy 2")
    shell.set_network(NetworkView(online=False, waiting=37))
    shell.set_printer(PrinterView("Sẵn sàng"))
    shell.set_officer("Lê Thị Hạnh")
    return shell


def a_login() -> LoginScreen:
    login = LoginScreen()
    login.set_place("Xã Hòa Mẫu", "Trung tâm Phục vụ hành chính công · Quầy 2")
    login.set_officers(OFFICERS, "hanh")
    return login


def _save(widget: QWidget, file: Path, size: tuple[int, int] = (1366, 696)) -> None:
    widget.resize(*size)
    widget.show()
    QApplication.processEvents()
    QApplication.processEvents()
    widget.grab().save(str(file))
    print(file.name, widget.width(), widget.height())
    widget.close()


def main(out: Path) -> None:
    out.mkdir(parents=True, exist_ok=True)
    app = application.build_application(["gallery"])
    for name, look in (
        ("sang", Theme()),
        ("toi", Theme("dark")),
        ("150", Theme("light", 150)),
        ("200", Theme("light", 200)),
    ):
        theme.apply(app, look)
        login = a_login()
        if name == "sang":
            login.set_locked("Lê Thị Hạnh")
            login.set_training("1234")
            login.set_error("Mã PIN chưa đúng, còn 3 lần nhập.", "DN-01")
        _save(login, out / f"login-{name}.png")
        for page in ("today", "sync", "intake"):
            shell = a_shell()
            shell.open(page)
            shell.resize(1366, 696)
            shell.show()
            _save(shell, out / f"{page}-{name}.png")
            if name == "sang":
                shell = a_shell()
                shell.open(page)
                _save(shell, out / f"{page}-1093x582.png", (1093, 582))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
