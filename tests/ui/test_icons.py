from __future__ import annotations

import re
from pathlib import Path

from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desk_app.ui import icons
from desk_app.ui.theme import resource

CODE = Path(__file__).resolve().parents[2] / "desk_app"
#: Named by the design for screens of the next steps; kept so that a screen needs no new file.
LATER = {
    "angry",
    "archive",
    "arrow-left",
    "badge-check",
    "ban",
    "banknote",
    "book-open",
    "calendar-days",
    "chart-column",
    "chevron-down",
    "circle-x",
    "file-check",
    "file-text",
    "folder-clock",
    "frown",
    "hard-drive",
    "history",
    "house",
    "id-card",
    "keyboard",
    "laugh",
    "meh",
    "message-square-text",
    "message-square-warning",
    "package-check",
    "paperclip",
    "phone",
    "receipt-text",
    "refresh-cw",
    "scan-line",
    "settings",
    "smile",
    "usb",
    "users",
}


def _named_in_code() -> set[str]:
    words = set()
    for file in CODE.rglob("*.py"):
        words |= set(re.findall(r'"([a-z0-9-]+)"', file.read_text(encoding="utf-8")))
    return words


def test_an_icon_is_sharp_at_every_pixel_ratio(look: QApplication) -> None:
    plain, fine = icons.pixmap("house", 20, "text"), icons.pixmap("house", 20, "text", ratio=2)
    assert (plain.width(), fine.width(), fine.devicePixelRatio()) == (20, 40, 2)


def test_an_icon_takes_the_colour_of_the_theme(look: QApplication) -> None:
    image = icons.pixmap("check", 24, "ok", stroke=3).toImage()
    seen = {
        image.pixelColor(x, y).name() for x in range(24) for y in range(24) if image.pixelColor(x, y).alpha() == 255
    }
    assert seen == {"#1b6b4a"}


def test_the_same_icon_is_drawn_once(look: QApplication) -> None:
    assert icons.pixmap("x", 16, "bad") is icons.pixmap("x", 16, "bad")


def test_no_icon_file_lies_unused_and_the_licence_is_beside_them() -> None:
    files = {file.stem for file in resource("icons").glob("*.svg")}
    assert files - _named_in_code() - LATER == set()
    assert "ISC" in resource("icons", "LICENSE").read_text(encoding="utf-8")


def test_an_icon_label_changes_its_picture(look: QApplication, qtbot: QtBot) -> None:
    label = icons.IconLabel("cloud-off", 20, "text2")
    qtbot.addWidget(label)
    before = label.grab().toImage()
    label.set_icon("cloud", "ok")
    assert label.grab().toImage() != before
