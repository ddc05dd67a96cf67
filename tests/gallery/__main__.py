"""`python -m tests.gallery OUT`: every screen built so far as a PNG of 1366 × 768, and a page that shows them all.

The pictures come from the real program on a training folder with real work in it. The window is 1366 × 696, what a
screen of that size leaves it; title bar and task bar are painted around it.
"""

from __future__ import annotations

import html
import sys
import tempfile
from pathlib import Path
from typing import cast

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtWidgets import QApplication

from desk_app.services.results import SettleDossier, settle
from desk_app.ui.keys import find
from desk_app.ui.screens.cash_desk import CashDeskPage
from desk_app.ui.screens.dossiers import DossiersPage
from desk_app.ui.screens.tabs import TabbedPage
from tests.journeys.clock import DeskClock
from tests.journeys.desk_driver import DeskDriver
from tests.journeys.main_job import HA, TUAN, desk_of, rows

WIDTH, HEIGHT, TITLE, TASKS = 1366, 768, 32, 40


class Gallery:
    """Takes pictures of one driver and remembers what they show."""

    def __init__(self, desk: DeskDriver, out: Path) -> None:
        self._desk, self._out = desk, out
        self.shots: list[tuple[str, str]] = []

    def shoot(self, name: str, words: str) -> None:
        """One picture of the window as it stands, composed to a whole screen."""
        counter = self._desk.program.counter
        if counter is not None and counter.shell is not None and not name.startswith("da-"):
            counter.shell.toaster.leave_page()  # an officer takes longer to get here than a message stays
        self._desk.rest(200)
        name = f"{len(self.shots) + 1:02d}-{name}"
        screen = QImage(WIDTH, HEIGHT, QImage.Format.Format_RGB32)
        screen.fill(QColor("#dfe3e8"))
        with QPainter(screen) as painter:
            painter.fillRect(QRect(0, HEIGHT - TASKS, WIDTH, TASKS), QColor("#1f2329"))
            painter.setPen(QColor("#1f2329"))
            font = painter.font()
            font.setPixelSize(13)
            painter.setFont(font)
            title = f"{self._desk.window.windowTitle()} · Một Cửa Desk"
            painter.drawText(QRect(12, 0, 600, TITLE), int(Qt.AlignmentFlag.AlignVCenter), title)
            painter.drawText(QRect(WIDTH - 132, 0, 120, TITLE), int(Qt.AlignmentFlag.AlignCenter), "–    □    ×")
            painter.drawPixmap(0, TITLE, self._desk.window.grab())
        screen.save(str(self._out / f"{name}.png"))
        self.shots.append((name, words))

    def index(self) -> None:
        """The page with all pictures."""
        figures = "\n".join(
            f'<figure><img src="{name}.png" alt="{html.escape(words)}">'
            f"<figcaption>{html.escape(words)}</figcaption></figure>"
            for name, words in self.shots
        )
        page = f"""<!doctype html><html lang="vi"><meta charset="utf-8"><title>Một Cửa Desk: các màn hình</title>
<style>body{{font:16px sans-serif;margin:24px;background:#f4f6f8}}figure{{margin:0 0 32px}}
img{{max-width:100%;border:1px solid #c5ccd3}}figcaption{{padding:6px 0}}</style>
<h1>Một Cửa Desk: các màn hình đã có</h1>
{figures}
</html>
"""
        (self._out / "index.html").write_text(page, encoding="utf-8")


def paint(desk: DeskDriver, gallery: Gallery) -> None:
    """Walk through a morning and take a picture at each stop."""
    gallery.shoot("dang-nhap", "Đăng nhập")
    desk.sign_in()
    gallery.shoot("hom-nay-trong", "Hôm nay, ngày đầu")
    desk.key(Qt.Key.Key_F3)
    gallery.shoot("tiep-nhan-cong-dan", "Tiếp nhận, bước 1: chờ thẻ")
    desk.scan(HA, telex_on=True)
    desk.wait_for("Nguyễn Thị Thu Hà")
    gallery.shoot("tiep-nhan-da-quet", "Tiếp nhận, bước 1: thẻ đã quét")
    desk.type("cthuc")
    desk.rest(300)
    gallery.shoot("tiep-nhan-tim-thu-tuc", "Tiếp nhận: tìm thủ tục vài chữ không dấu")
    desk.ctrl(Qt.Key.Key_A)
    desk.choose_procedure("ctbs", "Chứng thực bản sao từ bản chính")
    desk.answer("12\n", "3\n")
    gallery.shoot("tiep-nhan-thanh-phan", "Tiếp nhận, bước 2: câu hỏi và thành phần hồ sơ")
    desk.ctrl(Qt.Key.Key_D)
    desk.wait_for("Đủ thành phần hồ sơ")
    desk.key(Qt.Key.Key_F9)
    desk.wait_for("42.000 đ")
    gallery.shoot("tiep-nhan-thu-phi", "Tiếp nhận, bước 3: hẹn và thu phí")
    desk.key(Qt.Key.Key_F9)
    desk.wait_for("Đã chứng thực")
    desk.rest(800)
    gallery.shoot("da-chung-thuc", "Đã chứng thực, biên lai đã lập")
    guidance(desk, gallery)
    accepted(desk, gallery)
    others(desk, gallery)


def guidance(desk: DeskDriver, gallery: Gallery) -> None:
    """A birth with a paper missing."""
    desk.key(Qt.Key.Key_F9)
    desk.scan(HA)
    desk.wait_for("Lần thứ 2 đến quầy")
    desk.choose_procedure("dang ky khai sinh", "Đăng ký khai sinh")
    desk.answer("20\n", "1", "2")
    desk.ctrl(Qt.Key.Key_D)
    desk.rest(100)
    desk.key(Qt.Key.Key_Up)
    desk.rest(60)
    desk.type("-")
    desk.digit("1")
    desk.wait_for("giấy tờ chưa đạt")
    gallery.shoot("thieu-giay-to", "Thiếu một giấy: phiếu hướng dẫn")
    desk.key(Qt.Key.Key_F9)
    desk.wait_for("Đã lập phiếu hướng dẫn")
    desk.rest(800)
    gallery.shoot("da-huong-dan", "Đã lập phiếu hướng dẫn")


def accepted(desk: DeskDriver, gallery: Gallery) -> None:
    """Another citizen's dossier with a day to come back."""
    desk.key(Qt.Key.Key_F9)
    desk.scan(TUAN)
    desk.wait_for("Phạm Văn Tuấn")
    desk.choose_procedure("xac nhan hon nhan", "tình trạng hôn nhân")
    for _ in range(12):
        if desk.sees("Còn câu hỏi chưa trả lời"):
            desk.key(Qt.Key.Key_F9)
            desk.rest(60)
            desk.digit("1")
    desk.ctrl(Qt.Key.Key_D)
    desk.wait_for("Đủ thành phần hồ sơ")
    desk.key(Qt.Key.Key_F9)
    desk.rest(300)
    gallery.shoot("hen-tra", "Hẹn trả kết quả qua ngày nghỉ")
    desk.type("0900000112", gap_ms=5)
    desk.key(Qt.Key.Key_F9)
    desk.wait_for("Đã tiếp nhận hồ sơ")
    desk.rest(800)
    gallery.shoot("da-tiep-nhan", "Đã tiếp nhận hồ sơ")


def others(desk: DeskDriver, gallery: Gallery) -> None:
    """The other pages of the rail, with the morning's work in them."""
    use_cases, dossier = desk_of(desk), rows(desk)[-1].dossier
    use_cases.store.call(lambda: settle(use_cases, SettleDossier(use_cases.ids.uuid7(), dossier)))
    counter = desk.program.counter
    assert counter is not None and counter.shell is not None
    counter.shell.banner.clear_all()
    for name, seen in (
        ("today", "57.000 đ"),
        ("fees", "Biên lai hôm nay"),
        ("dossiers", "Tất cả 2"),
        ("results", "Cách làm"),
        ("feedback", "Tiếp nhận phản ánh mới"),
        ("reports", "Tổng số"),
        ("sync", "Đang tập huấn"),
        ("admin", "Máy in"),
    ):
        desk.press(name)
        desk.wait_for(seen)
        desk.rest(300)
        gallery.shoot(name, find(name).does)
        within(desk, gallery, name)
    desk.key(Qt.Key.Key_F12)
    gallery.shoot("khoa", "Màn hình khóa, bản nháp được giữ")


def within(desk: DeskDriver, gallery: Gallery, name: str) -> None:
    """The tabs and forms of a page."""
    counter = desk.program.counter
    assert counter is not None and counter.shell is not None
    page = counter.shell.page(name)
    if isinstance(page, CashDeskPage):
        for tab, words in (("receipts", "Danh sách biên lai"), ("close", "Khóa sổ cuối ngày")):
            page.open(tab)
            desk.rest(700)
            gallery.shoot(f"{name}-{tab}", words)
    elif isinstance(page, TabbedPage):
        for tab, words in (("catalogue", "Danh mục thủ tục"), ("posting", "Niêm yết")):
            page.open(tab)
            desk.rest(700)
            gallery.shoot(f"{name}-{tab}", words)
    elif name == "dossiers":
        cast(DossiersPage, page).show_filter("all")
        desk.rest(700)
        gallery.shoot(f"{name}-all", "Hồ sơ: tất cả, và việc cần làm")
    elif name == "feedback":
        desk.ctrl(Qt.Key.Key_N)
        desk.rest(500)
        gallery.shoot(f"{name}-new", "Phản ánh, kiến nghị mới")


def main() -> int:
    """Paint into the folder given."""
    out = Path(sys.argv[1])
    out.mkdir(parents=True, exist_ok=True)
    application = QApplication(["gallery"])
    application.setQuitOnLastWindowClosed(False)
    with (
        tempfile.TemporaryDirectory(prefix="desk-gallery-") as folder,
        DeskDriver(Path(folder), clock=DeskClock("2026-11-23 09:11")) as desk,
    ):
        gallery = Gallery(desk, out)
        paint(desk, gallery)
        gallery.index()
    print(f"{len(gallery.shots)} pictures: {out / 'index.html'}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
