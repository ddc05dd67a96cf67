"""One citizen, two procedures, one receipt: the whole program with a fresh training folder, by keyboard only."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from desk_app.storage.queries import papers
from tests.journeys.clock import DeskClock
from tests.journeys.desk_driver import DeskDriver
from tests.journeys.main_job import HA, MONDAY, receipts_of, rows


def marital_status(driver: DeskDriver) -> None:
    """Up to step 3 of a certificate that costs 15.000 đồng."""
    driver.choose_procedure("xac nhan tinh trang hon nhan", "Giấy xác nhận tình trạng hôn nhân")
    while driver.sees("Còn câu hỏi chưa trả lời"):
        driver.key(Qt.Key.Key_F9)
        driver.digit("1")
    driver.ctrl(Qt.Key.Key_D)
    driver.wait_for("Đủ thành phần hồ sơ")
    driver.key(Qt.Key.Key_F9)
    driver.wait_for("Hẹn trả lúc", "15.000 đ")


def test_two_procedures_of_one_visit_are_taken_in_with_one_key_one_receipt_and_one_print(
    app: QApplication, tmp_path: Path
) -> None:
    with DeskDriver(tmp_path / "data", clock=DeskClock(MONDAY)) as desk:
        desk.sign_in()
        desk.key(Qt.Key.Key_F3)
        desk.scan(HA)
        desk.wait_for("Nguyễn Thị Thu Hà", "12/04/1991")
        marital_status(desk)
        desk.press("another")
        desk.wait_for("Nguyễn Thị Thu Hà", "Chọn thủ tục")
        desk.choose_procedure("chung thuc ban sao", "Chứng thực bản sao từ bản chính")
        desk.answer("12\n", "3\n")
        desk.ctrl(Qt.Key.Key_D)
        desk.key(Qt.Key.Key_F9)
        desk.wait_for("Cùng lượt này:", "Tiếp nhận 2 hồ sơ, thu 57.000 đ và in")
        desk.key(Qt.Key.Key_F9)
        desk.wait_for("Đã tiếp nhận 2 hồ sơ", "57.000 đ")
        desk.wait_for("lưu tệp PDF")
        first, second = sorted(rows(desk), key=lambda row: row.code)
        assert (first.procedure, second.procedure) == ("ho_tich.xac_nhan_hon_nhan", "chung_thuc.ban_sao")
        assert (first.paid_vnd, second.paid_vnd) == (15_000, 42_000)
        (receipt,) = receipts_of(desk, first.dossier)
        assert receipts_of(desk, second.dossier) == (receipt,)
        assert receipt.total_vnd == 57_000
        counter = desk.program.counter
        assert counter is not None and counter.desk is not None
        store = counter.desk.store

        def printed() -> list[str]:
            with store.read() as tx:
                about = (first.dossier, second.dossier, receipt.receipt)
                return [paper.kind for one in about for paper in papers.of(tx, one) if paper.copies == 1]

        assert store.call(printed) == ["acceptance_slip", "fee_receipt"], "the papers of the visit came out once each"
        assert desk.trouble == []
