from __future__ import annotations

import re

import pytest
from PySide6.QtGui import QFontInfo
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from desk_app.ui import theme
from desk_app.ui.theme import SCALES, Theme, next_scale, resource

FULL = "ỄỘẰ ỵ ọ ỷ gjpqy"


def _luminance(hex_color: str) -> float:
    parts = [int(hex_color[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def _contrast(one: str, other: str) -> float:
    high, low = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def test_the_shipped_font_has_every_vietnamese_letter_and_the_dong_sign(look: QApplication) -> None:
    assert theme.font_gaps() == ""
    assert len(set(theme.VIETNAMESE)) == 2 * 93 + 1


def test_a_font_without_vietnamese_letters_is_told_letter_by_letter() -> None:
    assert theme.missing_letters(resource("fonts", "nothing.ttf")) == theme.VIETNAMESE


def test_semi_bold_is_really_drawn_semi_bold(look: QApplication) -> None:
    info = QFontInfo(theme.theme().font(15, bold=True))
    assert (info.family(), info.weight()) == ("Noto Sans", 600)


def test_a_line_has_room_for_stacked_marks_and_tails(look: QApplication) -> None:
    for size in (12, 13, 15, 17, 24, 34):
        box = theme.theme().metrics(size).tightBoundingRect(FULL)
        assert box.height() <= theme.theme().line(size)


@pytest.mark.parametrize("mode", ["light", "dark"])
def test_style_sheet_has_no_name_or_size_left_and_every_picture_exists(mode: theme.Mode) -> None:
    sheet = Theme(mode, 125).stylesheet()
    assert not re.search(r"\$[a-z]|@\d", sheet)
    for path in re.findall(r"url\((.+?)\)", sheet):
        assert resource().joinpath(path).exists()


@pytest.mark.parametrize("mode", ["light", "dark"])
@pytest.mark.parametrize(
    ("ink", "ground"),
    [
        ("text", "surface"), ("text2", "surface"), ("text2", "sunken"), ("text2", "primaryt"), ("muted", "surface"),
        ("muted", "sunken"), ("muted", "bg"), ("onprimary", "primary"), ("primary", "primaryt"), ("ok", "okt"),
        ("ok", "surface"), ("warn", "warnt"), ("bad", "badt"), ("onbad", "bad"), ("train", "traint"),
        ("railtext", "rail"), ("railmut", "rail"), ("railmut", "railsel"), ("white", "trainbar"),
    ],
)  # fmt: skip
def test_words_stand_out_from_their_ground(mode: theme.Mode, ink: str, ground: str) -> None:
    look = Theme(mode)
    assert _contrast(look.color(ink).name(), look.color(ground).name()) >= 4.5


@pytest.mark.parametrize("mode", ["light", "dark"])
@pytest.mark.parametrize("edge", ["control", "focus", "warnb", "bad", "primary", "ok"])
def test_borders_that_mean_something_are_seen(mode: theme.Mode, edge: str) -> None:
    look = Theme(mode)
    assert _contrast(look.color(edge).name(), look.color("surface").name()) >= 3


def test_text_grows_and_shrinks_in_steps_and_stops_at_the_ends() -> None:
    assert [next_scale(100, -1), next_scale(100, 1), next_scale(200, 1), next_scale(150, -1)] == [100, 125, 200, 125]
    assert next_scale(110, 0) in SCALES


def test_a_change_of_size_reaches_widgets_that_are_already_there(look: QApplication, qtbot: QtBot) -> None:
    label = QLabel(FULL)
    qtbot.addWidget(label)
    label.ensurePolished()
    before = label.sizeHint().height()
    theme.apply(look, Theme("light", 200))
    assert label.sizeHint().height() > 1.6 * before


def test_an_unknown_colour_is_a_bug() -> None:
    with pytest.raises(KeyError):
        Theme().color("mauve")
