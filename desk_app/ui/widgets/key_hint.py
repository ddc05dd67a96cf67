"""Key caps with the word of what they do: ↑ ↓ chọn · ⏎ mở."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from desk_app.ui.theme import theme
from desk_app.ui.widgets.paint import cap_width, paint_cap, paint_line

CAP_GAP, WORD_GAP, GROUP_GAP = 3, 4, 10


class KeyHint(QWidget):
    """`parts` are (caps, word): ``KeyHint([(("↑", "↓"), "chọn"), (("⏎",), "mở")])``; `before` puts the word first."""

    def __init__(
        self, parts: Sequence[tuple[tuple[str, ...], str]], *, before: bool = False, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._parts, self._before = tuple(parts), before
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(", ".join(f"{' '.join(caps)} {word}" for caps, word in self._parts))

    def _word_width(self, word: str) -> int:
        return theme().metrics(13).horizontalAdvance(word)

    def _part_width(self, caps: tuple[str, ...], word: str) -> int:
        look = theme()
        return sum(cap_width(cap) + look.px(CAP_GAP) for cap in caps) + self._word_width(word) + look.px(WORD_GAP)

    def sizeHint(self) -> QSize:
        look = theme()
        width = sum(self._part_width(caps, word) + look.px(GROUP_GAP) for caps, word in self._parts)
        return QSize(max(0, width - look.px(GROUP_GAP)), look.px(24))

    def minimumSizeHint(self) -> QSize:
        """Without room a hint is left out whole; it repeats what F1 shows."""
        return QSize(0, theme().px(24))

    def paintEvent(self, _event: QPaintEvent) -> None:
        look, x = theme(), 0
        with QPainter(self) as painter:
            for caps, word in self._parts:
                if x + self._part_width(caps, word) > self.width() + 1:
                    return
                if self._before:
                    x = self._paint_word(painter, x, word)
                for cap in caps:
                    x += paint_cap(painter, x, self.height() / 2, cap, look.color("text2"), look.color("control"))
                    x += look.px(CAP_GAP)
                if not self._before:
                    x = self._paint_word(painter, x, word)
                x += look.px(GROUP_GAP)

    def _paint_word(self, painter: QPainter, x: int, word: str) -> int:
        look, width = theme(), self._word_width(word)
        x += 0 if self._before else look.px(WORD_GAP)
        paint_line(painter, QRectF(x, 0, width + 2, self.height()), word, look.font(13), look.color("muted"))
        return x + width + (look.px(WORD_GAP) if self._before else 0)
