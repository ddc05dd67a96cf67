"""A citizen complains at the counter, on the real window with a fresh training folder: logged, handled, answered, public."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit

from desk_app.services import feedback_view
from desk_app.ui.screens.feedback import FeedbackPage
from tests.journeys.desk_driver import DeskDriver


def test_a_complaint_about_behaviour_from_the_first_word_to_the_letter(app: QApplication, tmp_path: Path) -> None:
    with DeskDriver(tmp_path / "data") as desk:
        desk.until(lambda: isinstance(QApplication.focusWidget(), QLineEdit), "no place for a PIN")
        desk.key(Qt.Key.Key_Down)  # the head: he may answer what he is charged with
        desk.sign_in()
        desk.press("feedback")
        desk.wait_for("Tiếp nhận phản ánh mới")
        desk.key(Qt.Key.Key_F9)
        shell = desk.program.counter.shell  # type: ignore[union-attr]
        assert shell is not None
        page = shell.page("feedback")
        assert isinstance(page, FeedbackPage)
        desk.until(lambda: page.form_card.name.hasFocus(), "the name waits for the hand")
        desk.type("Tran Van Khoa")
        page.form_card.phone.setFocus()
        desk.type("0900000245")
        page.form_card.content.setFocus()
        desk.type("Toi phai di lai ba lan vi giay khong co tren bang niem yet")
        page.form_card.address.setFocus()
        desk.type("Thon 6")
        page.class_card.classes.setFocus()
        desk.digit("1")
        desk.until(lambda: page.class_card.handler.count() > 1, "nobody may handle it")
        page.class_card.handler.setFocus()
        desk.key(Qt.Key.Key_Down)
        desk.until(lambda: bool(page.class_card.handler.chosen), "nobody was chosen")
        desk.until(lambda: bool(page.taking.form.handler), "the choice was not taken")
        desk.key(Qt.Key.Key_F9)
        desk.wait_for("PAKN-")
        store = desk.program.counter.desk.store  # type: ignore[union-attr]
        listed = store.call(lambda: feedback_view.find(desk.program.counter.desk, "open", ""))  # type: ignore[union-attr,arg-type]
        assert [(x.row.code[:5], x.row.state) for x in listed] == [("PAKN-", "answering")]
        desk.until(lambda: page.list.model.rowCount() == 1, "the list shows it")
        page.list.table.setFocus()
        desk.key(Qt.Key.Key_Return)
        desk.wait_for("Kết luận: phản ánh là")
        answer_print_and_publish(desk, page)
        found = store.call(lambda: feedback_view.find(desk.program.counter.desk, "answered", ""))  # type: ignore[union-attr,arg-type]
        assert [x.row.state for x in found] == ["published"]
        assert desk.trouble == []


def answer_print_and_publish(desk: DeskDriver, page: FeedbackPage) -> None:
    """The letter looked at, sent to the printer, and its result made public in words that show nobody."""
    page.work_card.findings.setFocus()
    desk.type("Da kiem tra so tiep nhan")
    page.work_card.verdict.parts[0].click()
    page.work_card.basis.edit.setText("khoản 1 Điều 9 Nghị định số 20/2008/NĐ-CP")
    page.on_action("preview")
    desk.until(lambda: page.is_preview, "the letter is shown before it has a number")
    desk.key(Qt.Key.Key_Escape)
    desk.key(Qt.Key.Key_F9)
    desk.until(
        lambda: page.handling.whole is not None and page.handling.whole.row.state == "answered", "it is answered"
    )
    desk.wait_for("Nội dung công khai")
    page.work_card.findings.setFocus()
    desk.type("Phan anh dung, da treo bang niem yet")
    desk.key(Qt.Key.Key_F9)
    desk.until(lambda: page.handling.whole is not None and page.handling.whole.row.state == "published", "it is public")
