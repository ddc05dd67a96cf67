from __future__ import annotations

import re
from itertools import combinations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from desk_app.ui import keys
from desk_app.ui.keys import KEYS


def _one(sequence: str) -> str:
    return QKeySequence(sequence).toString(QKeySequence.SequenceFormat.PortableText)


def test_no_two_keys_that_can_be_live_together_are_the_same() -> None:
    clashes = [
        (one.id, other.id)
        for one, other in combinations(KEYS, 2)
        if keys.meet(one, other) and {_one(s) for s in one.sequences} & {_one(s) for s in other.sequences}
    ]
    assert clashes == []


@pytest.mark.parametrize("key", KEYS, ids=lambda key: key.id)
def test_no_key_disturbs_an_input_method(key: keys.Key) -> None:
    for sequence in key.sequences:
        assert _one(sequence)
        assert not re.fullmatch(r"[A-Za-z0-9]", sequence)
        assert "Shift" not in sequence
        assert not ("Ctrl" in sequence and "Alt" in sequence)
        assert sequence not in {"Alt+Z", "Alt+F4"}


def test_labels_are_what_is_printed_on_keys() -> None:
    assert [keys.label(name) for name in ("primary", "today", "change_procedure", "larger", "smaller", "park")] == [
        "F9",
        "Alt 1",
        "Ctrl G",
        "Ctrl +",
        "Ctrl -",
        "Ctrl + phím cách",
    ]


def test_where_f_keys_do_something_else_the_labels_show_the_twins() -> None:
    keys.use_twins(True)
    try:
        assert [keys.label(name) for name in ("intake", "sync", "primary")] == ["Alt 3", "Alt 9", "F9"]
    finally:
        keys.use_twins(False)


def test_a_key_and_its_twin_act_whatever_has_the_focus_and_only_while_visible(look: QApplication, qtbot: QtBot) -> None:
    window, part = QWidget(), QWidget()
    qtbot.addWidget(window)
    part.setParent(window)
    pressed: list[str] = []
    keys.attach(part, "intake", lambda: pressed.append("intake"))
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    qtbot.keyClick(window, Qt.Key.Key_F3)
    qtbot.keyClick(window, Qt.Key.Key_3, Qt.KeyboardModifier.AltModifier)
    assert pressed == ["intake", "intake"]
    part.hide()
    qtbot.keyClick(window, Qt.Key.Key_F3)
    assert len(pressed) == 2
