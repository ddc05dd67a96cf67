"""Giờ, địa chỉ over a real desk: what is typed is shown as a change, what is wrong at its field, F9 puts it into use."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit
from pytestqt.qtbot import QtBot

from desk_app.ui.screens.commune_edit import CommuneEditPage
from desk_app.wiring.catalogue_edit import commune_edit_page
from tests.services.counter import Counter, open_counter


@pytest.fixture
def counter(tmp_path: Path) -> Iterator[Counter]:
    with open_counter(tmp_path / "desk") as found:
        yield found


@pytest.fixture
def page(counter: Counter, look: QApplication, qtbot: QtBot) -> CommuneEditPage:
    made = commune_edit_page(counter.desk, counter.desk.store.submit, lambda: None)
    qtbot.addWidget(made)
    made.resize(1180, 600)
    made.show()
    made.activate()
    qtbot.waitUntil(lambda: made.table.model().rowCount() > 5, timeout=5000)
    return made


def type_over(page: CommuneEditPage, qtbot: QtBot, key: str, text: str) -> None:
    editor = page.form.field(key).editor
    assert isinstance(editor, QLineEdit)
    editor.setFocus()
    qtbot.keyClick(editor, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClicks(editor, text)


def said(page: CommuneEditPage) -> str:
    return " | ".join(x.text() for x in page.findChildren(QLabel) if x.isVisibleTo(page))


def test_a_new_telephone_is_shown_as_a_change_and_used_after_f9(
    counter: Counter, page: CommuneEditPage, qtbot: QtBot, tmp_path: Path
) -> None:
    type_over(page, qtbot, "phone", "0900 123 456")
    qtbot.waitUntil(lambda: "Điện thoại: 0900 000 000 → 0900 123 456" in said(page), timeout=5000)
    page.primary()
    qtbot.waitUntil(lambda: bool(counter.station.refreshed().layers), timeout=8000)
    assert dict(counter.station.refreshed().layers[0].texts) == {"phone": "0900 123 456"}
    object.__setattr__(page._ports, "pick_target", lambda _parent: str(tmp_path / "xa.mcdm"))
    page.on_action("export")
    qtbot.waitUntil(lambda: (tmp_path / "xa.mcdm").exists(), timeout=5000)


def test_a_telephone_that_is_none_is_said_at_its_field_and_f9_waits(page: CommuneEditPage, qtbot: QtBot) -> None:
    type_over(page, qtbot, "phone", "abc")
    qtbot.waitUntil(lambda: "số điện thoại" in page.form.field("phone").error, timeout=5000)
    actions = page.bar_actions()
    assert actions.primary is not None and "1 chỗ phải sửa" in actions.primary.reason
    page.back()
    qtbot.waitUntil(lambda: not page.form.field("phone").error, timeout=5000)


def test_every_agency_and_the_fees_of_the_council_have_their_form(page: CommuneEditPage, qtbot: QtBot) -> None:
    page.table.select_row(1)
    assert page.form.field("tariff_basis") is not None
    page.table.select_row(2)
    qtbot.waitUntil(lambda: page.form.field("hours") is not None, timeout=2000)
