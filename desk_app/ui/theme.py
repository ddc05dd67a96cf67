"""Colours, type and sizes of every screen, in one place.

Painted widgets ask ``theme()`` each time they paint, so a change of scale or of light and dark needs no bookkeeping:
``apply`` sets a new style sheet, Qt sends ``StyleChange`` to every widget, and layouts ask for their hints again.
A size is written at 100 % (``px(40)``); nothing else in ``ui`` multiplies. Colours are names of
``resources/ui/tokens.json``.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal, cast

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase, QFontMetrics, QGuiApplication, QPalette, QRawFont
from PySide6.QtWidgets import QApplication, QWidget

from desk_app.ui.watch import unwatched

Mode = Literal["light", "dark", "contrast"]

FAMILY = "Noto Sans"
SCALES = (100, 125, 150, 175, 200)
FOLD_AT_PERCENT = 150
MERGE_AT_PERCENT = 175
FRAME_AT_MOST = 160
FOLD_BELOW_WIDTH = 1200

#: Every letter Vietnamese is written with, both cases, and the đồng sign. A font without one is not used.
VIETNAMESE = (
    "".join(
        base + base.upper()
        for base in ("aàáảãạăằắẳẵặâầấẩẫậbcdđeèéẻẽẹêềếểễệfghiìíỉĩịjklmnoòóỏõọôồốổỗộơờớởỡợpqrstuùúủũụưừứửữựvwxyỳýỷỹỵz")
    )
    + "₫"
)


@cache
def resource(*parts: str) -> Path:
    """Path of a file shipped with the program, in a source tree and in a frozen folder alike."""
    return Path(__file__).resolve().parents[2].joinpath("resources", *parts)


@cache
def _tokens() -> Mapping[str, Mapping[str, str]]:
    return cast(Mapping[str, Mapping[str, str]], json.loads(resource("ui", "tokens.json").read_text(encoding="utf-8")))


@dataclass(frozen=True)
class Theme:
    """One look: light or dark, and the size of text in percent (100 to 200)."""

    mode: Mode = "light"
    scale: int = 100

    def px(self, at_100: int) -> int:
        """Pixels for a size given at 100 %."""
        return round(at_100 * self.scale / 100)

    def frame_px(self, at_100: int) -> int:
        """Pixels for the frame around the pages (top bar, action bar): it grows with the text, but not without end."""
        return round(at_100 * min(self.scale, FRAME_AT_MOST) / 100)

    def color(self, name: str) -> QColor:
        """The colour called `name`; an unknown name is a bug and raises."""
        if self.mode == "contrast":
            return _system_color(name)
        return QColor(_tokens()[self.mode][name])

    def font(self, at_100: int = 15, *, bold: bool = False) -> QFont:
        """The screen font at a size of the type scale; only regular and semi-bold exist."""
        font = QFont(FAMILY)
        font.setPixelSize(self.px(at_100))
        font.setWeight(QFont.Weight.DemiBold if bold else QFont.Weight.Normal)
        return font

    def metrics(self, at_100: int = 15, *, bold: bool = False) -> QFontMetrics:
        return QFontMetrics(self.font(at_100, bold=bold))

    def line(self, at_100: int = 15) -> int:
        """Height of one line that never cuts stacked marks (Ệ, Ỗ) or tails (ỵ, g)."""
        return max(round(self.px(at_100) * 1.4), self.metrics(at_100).height())

    def stylesheet(self) -> str:
        """The style sheet with every ``$name`` and ``@size`` replaced."""
        colours = {name: self.color(name).name() for name in _tokens()["light"]}
        drawn = "dark" if self.color("surface").lightness() < 128 else "light"
        names = {**colours, "icons": resource("ui").as_posix(), "mode": drawn}
        text = resource("ui", "app.qss.in").read_text(encoding="utf-8")
        text = re.sub(r"\$([a-z0-9]+)", lambda match: names[match[1]], text)
        text = re.sub(r"\^(\d+)", lambda match: f"{self.frame_px(int(match[1]))}px", text)
        return re.sub(r"@(\d+)", lambda match: f"{self.px(int(match[1]))}px", text)

    @property
    def folds(self) -> bool:
        """True when text is so large that the rail folds and side panels go under one another."""
        return self.scale >= FOLD_AT_PERCENT

    @property
    def merges(self) -> bool:
        """True when step header and citizen strip share one line and the sentence leaves the action bar."""
        return self.scale >= MERGE_AT_PERCENT


_current = Theme()
_system: dict[str, QPalette] = {}  # the palette as the system gave it, before ours
_WIDTH = "width_at_100"
_WIDEST = 16_777_215  # Qt: no limit
_ROLE = QPalette.ColorRole
#: High contrast has no tints: grounds are the system's, all words its text, what is chosen its highlight.
_CONTRAST = {
    **dict.fromkeys(("bg", "rail", "railsel", "sunken", "traint", "trainbar"), _ROLE.Window),
    **dict.fromkeys(("surface", "primaryt", "okt", "warnt", "badt"), _ROLE.Base),
    **dict.fromkeys(("primary", "primaryh", "focus", "gold", "train"), _ROLE.Highlight),
    **dict.fromkeys(("onprimary",), _ROLE.HighlightedText),
    **dict.fromkeys(("bad",), _ROLE.Text),
    **dict.fromkeys(("onbad",), _ROLE.Base),
}


def theme() -> Theme:
    """The look in force."""
    return _current


def apply(app: QApplication, wanted: Theme) -> None:
    """Put `wanted` on every widget, now and for widgets to come."""
    global _current
    _system.setdefault("palette", QPalette(app.palette()))
    _current = wanted
    app.setFont(wanted.font())
    app.setPalette(_palette(wanted))
    with unwatched():
        app.setStyleSheet(wanted.stylesheet())
    for widget in app.allWidgets():
        if (at_100 := widget.property(_WIDTH)) is not None:
            widget.setFixedWidth(wanted.px(at_100))


def fix_width(widget: QWidget, at_100: int) -> None:
    """A width given at 100 % that follows the size of text."""
    widget.setProperty(_WIDTH, at_100)
    widget.setFixedWidth(_current.px(at_100))


def free_width(widget: QWidget) -> None:
    """Take back what ``fix_width`` set: the widget is as wide as its place."""
    widget.setProperty(_WIDTH, None)
    widget.setMinimumWidth(0)
    widget.setMaximumWidth(_WIDEST)


def _system_color(name: str) -> QColor:
    """High contrast: every colour is one of the system's own, so what the officer chose there holds here."""
    palette = _system.get("palette") or QPalette()
    return palette.color(_CONTRAST.get(name, QPalette.ColorRole.WindowText))


def _palette(look: Theme) -> QPalette:
    roles = {
        QPalette.ColorRole.Window: "bg",
        QPalette.ColorRole.WindowText: "text",
        QPalette.ColorRole.Base: "surface",
        QPalette.ColorRole.AlternateBase: "sunken",
        QPalette.ColorRole.Text: "text",
        QPalette.ColorRole.PlaceholderText: "muted",
        QPalette.ColorRole.Button: "surface",
        QPalette.ColorRole.ButtonText: "text",
        QPalette.ColorRole.Highlight: "primary",
        QPalette.ColorRole.HighlightedText: "onprimary",
        QPalette.ColorRole.ToolTipBase: "text",
        QPalette.ColorRole.ToolTipText: "surface",
        QPalette.ColorRole.Link: "primary",
    }
    palette = QPalette()
    for role, name in roles.items():
        palette.setColor(role, look.color(name))
    return palette


def system_mode() -> Mode:
    """Light or dark as the system says; light when it does not say."""
    return "dark" if QGuiApplication.styleHints().colorScheme() == Qt.ColorScheme.Dark else "light"


def next_scale(scale: int, step: int) -> int:
    """The neighbouring size of text, held within 100 to 200 %."""
    nearest = min(range(len(SCALES)), key=lambda index: abs(SCALES[index] - scale))
    return SCALES[max(0, min(len(SCALES) - 1, nearest + step))]


FONT_FILES = ("NotoSans-Regular.ttf", "NotoSans-SemiBold.ttf")


def load_fonts() -> None:
    """Load the screen font; whether it is whole is asked later, with ``font_gaps``, after the first paint."""
    for name in FONT_FILES:
        QFontDatabase.addApplicationFont(str(resource("fonts", name)))


@cache
def font_gaps() -> str:
    """The Vietnamese letters that the screen font lacks.

    An empty answer means all is there. Anything else is shown as IN-06 and nothing is printed: a wrong letter in a
    name is worse than no paper.
    """
    return "".join(missing_letters(resource("fonts", name)) for name in FONT_FILES)


def missing_letters(file: Path) -> str:
    """The Vietnamese letters that the font in `file` cannot draw."""
    raw = QRawFont(str(file), 15)
    if not raw.isValid():
        return VIETNAMESE
    return "".join(letter for letter in VIETNAMESE if not raw.supportsCharacter(ord(letter)))
