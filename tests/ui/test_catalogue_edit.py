"""Sửa danh mục over a real desk, by keys: choose, change, see what is wrong at its field, look at it, put it into use."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from desk_app.domain.procedure import Fixed
from desk_app.ui.screens.catalogue_edit.screen import CHECK, CHOOSE, FORM, CatalogueEditPage
from desk_app.ui.widgets.when_edit import WhenEdit
from desk_app.wiring.catalogue_edit import catalogue_edit_page
from desk_app.wiring.finding import build_finder
from tests.domain.shipped import CATALOGUE
from tests.services.counter import Counter, open_counter

CONTRACT = "chung_thuc.giao_dich"


@pytest.fixture
def counter(tmp_path: Path) -> Iterator[Counter]:
    with open_counter(tmp_path) as found:
        yield found


class Saved:
    """How often the desk was told to begin anew."""

    times = 0

    def __call__(self) -> None:
        self.times += 1


@pytest.fixture
def saved() -> Saved:
    return Saved()


@pytest.fixture
def page(counter: Counter, look: QApplication, qtbot: QtBot, saved: Saved) -> CatalogueEditPage:
    finder = build_finder(counter.desk.catalogue, counter.desk.store)
    made = catalogue_edit_page(
        counter.desk, counter.desk.store.submit, lambda text: [hit.id for hit in finder.find(text, 40)], saved
    )
    qtbot.addWidget(made)
    made.resize(1180, 600)
    made.show()
    made.activate()
    return made


def words(widget: QWidget) -> str:
    return " | ".join(x.text() for x in widget.findChildren(QLabel) if x.isVisibleTo(widget))


def opened(page: CatalogueEditPage, qtbot: QtBot, asked: str = "hop dong giao dich", day: str = "01/12/2026") -> None:
    page.choose.search.setFocus()
    page.choose.search.clear()
    qtbot.keyClicks(page.choose.search, asked)
    page.choose.day.clear()
    qtbot.keyClicks(page.choose.day, day)
    page.primary()
    qtbot.waitUntil(lambda: page.step == FORM, timeout=5000)


def test_a_fee_is_changed_by_keys_and_in_use_after_its_cases_were_looked_at(
    counter: Counter, page: CatalogueEditPage, qtbot: QtBot, saved: Saved
) -> None:
    opened(page, qtbot)
    page.form.choose("fees")
    field = page.form.form.field("amount").editor
    field.setFocus()
    qtbot.keyClick(field, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClicks(field, "60000")
    page.primary()
    qtbot.waitUntil(lambda: page.step == CHECK, timeout=8000)
    said = words(page.check_part)
    assert "50.000 đ → 60.000 đ" in said and "tổng thu" in said
    actions = page.bar_actions()
    assert actions.primary is not None and "ca thử" in actions.primary.reason
    page.primary()
    assert page.step == CHECK, "nothing is saved while a case does not hold"
    button = page.check_part.first_button()
    assert button is not None
    button.setFocus()
    qtbot.keyClick(button, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "đã xác nhận" in _badges(page) or page.bar_actions().primary.reason == "", timeout=8000)  # type: ignore[union-attr]
    page.on_action("accept")
    qtbot.waitUntil(lambda: page.bar_actions().primary.reason == "", timeout=8000)  # type: ignore[union-attr]
    page.primary()
    qtbot.waitUntil(lambda: saved.times == 1, timeout=8000)
    desk = counter.station.refreshed()
    variant = desk.procedure(CONTRACT).variant_on(date(2026, 12, 1))
    assert variant is not None and variant.fees[0].calc == Fixed(60_000)
    assert page.step == CHOOSE


def _badges(page: CatalogueEditPage) -> str:
    from desk_app.ui.widgets.badge import Badge

    return " ".join(badge.text for badge in page.findChildren(Badge))


def test_what_is_wrong_is_said_at_the_field_while_typing_and_keeps_the_edit_out(
    page: CatalogueEditPage, qtbot: QtBot
) -> None:
    opened(page, qtbot)
    page.form.choose("documents")
    copies = page.form.form.field("copies")
    copies.editor.setFocus()
    qtbot.keyClick(copies.editor, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClicks(copies.editor, "hai")
    qtbot.waitUntil(lambda: "số nguyên" in copies.error, timeout=5000)
    assert page.form.sections.model() is not None and "1 lỗi" in _sections(page)
    page.primary()
    qtbot.waitUntil(lambda: page.step == CHECK, timeout=5000)
    assert "1 chỗ phải sửa" in _badges(page)
    button = page.check_part.first_button()
    assert button is not None
    button.press()
    assert page.step == FORM and copies.error


def _sections(page: CatalogueEditPage) -> str:
    model = page.form.sections.model()
    return " ".join(str(model.data(model.index(row, 1))) for row in range(model.rowCount()))


def test_rows_are_added_and_taken_away_by_keys(page: CatalogueEditPage, qtbot: QtBot) -> None:
    opened(page, qtbot)
    page.form.choose("documents")
    count = len(page.form.draft.rows["documents"])
    page.form.add_row()
    qtbot.keyClicks(page.form.form.field("name").editor, "Phieu")
    assert page.form.draft.rows["documents"][-1]["name"] == "Phieu"
    page.form.drop_row()
    assert len(page.form.draft.rows["documents"]) == count


def test_leaving_and_coming_back_keeps_what_was_typed(page: CatalogueEditPage, qtbot: QtBot) -> None:
    opened(page, qtbot)
    name = page.form.form.field("name").editor
    qtbot.keyClicks(name, "moi")
    page.back()
    assert page.step == CHOOSE
    page.primary()
    assert page.step == FORM and str(page.form.draft.one("general")["name"]).startswith("moi")


def test_a_day_in_the_past_is_said_in_words(page: CatalogueEditPage, qtbot: QtBot) -> None:
    opened(page, qtbot, day="24/11/2026")
    page.primary()
    qtbot.waitUntil(lambda: page.step == CHECK, timeout=5000)
    assert "trước hôm nay" in words(page.check_part)


@pytest.mark.parametrize("id", ["chung_thuc.ban_sao", "ho_tich.khai_sinh", "cu_tru.tach_ho"])
def test_a_condition_shown_is_the_condition_given_back(id: str, look: QApplication, qtbot: QtBot) -> None:
    edit = WhenEdit("Khi nào", CATALOGUE.procedures[id].questions)
    qtbot.addWidget(edit)
    data = CATALOGUE.procedures.data(id)
    for variant in data["variants"]:  # type: ignore[attr-defined]
        rows = [*variant.get("documents", ()), *variant.get("fees", ()), *(variant.get("time") or {}).get("cases", ())]
        for row in rows:
            edit.set_value(row.get("when"))
            assert edit.value() == row.get("when")
