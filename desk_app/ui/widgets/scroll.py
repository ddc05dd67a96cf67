"""A page that is taller than the window scrolls; the action bar below it stays."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPoint, QSize, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QFrame, QLayout, QScrollArea, QWidget

TOGETHER = "together"  # property of a widget that is pulled into sight as a whole
LEAST = 120
SETTLED_MS = 30  # what was shown with the same key has found its place by then


class FlatScroll(QScrollArea):
    """Scrolls down only. Told to be flat it is as high as its content: the page around it scrolls instead."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._flat = False
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def set_flat(self, flat: bool) -> None:
        """Flat at large text, where two scrolls in one window are one too many."""
        if flat == self._flat:
            return
        self._flat = flat
        off, needed = Qt.ScrollBarPolicy.ScrollBarAlwaysOff, Qt.ScrollBarPolicy.ScrollBarAsNeeded
        self.setVerticalScrollBarPolicy(off if flat else needed)
        policy = self.sizePolicy()
        policy.setHeightForWidth(flat)
        self.setSizePolicy(policy)
        self.updateGeometry()

    @property
    def inner(self) -> QWidget:
        """What is scrolled."""
        widget = self.widget()
        assert widget is not None
        return widget

    def _content_height(self, width: int) -> int:
        layout = self.inner.layout()
        assert layout is not None
        high = layout.totalHeightForWidth(width) if layout.hasHeightForWidth() else layout.totalSizeHint().height()
        return max(high, layout.totalMinimumSize().height())

    def hasHeightForWidth(self) -> bool:
        return self._flat

    def heightForWidth(self, width: int) -> int:
        return self._content_height(width) if self._flat else super().heightForWidth(width)

    def sizeHint(self) -> QSize:
        hint = super().sizeHint()
        if self._flat:
            return QSize(hint.width(), self._content_height(max(200, self.width())))
        return QSize(hint.width(), min(hint.height(), LEAST))  # it takes what is left; it never makes a page scroll

    def minimumSizeHint(self) -> QSize:
        hint = super().minimumSizeHint()
        return QSize(hint.width(), self.sizeHint().height()) if self._flat else hint

    def event(self, event: QEvent) -> bool:
        done = super().event(event)
        if self._flat and event.type() in (QEvent.Type.LayoutRequest, QEvent.Type.Resize):
            self.updateGeometry()
        return done


class ScrollBody(FlatScroll):
    """`layout` is the page's. The widget with the focus is pulled into sight."""

    def __init__(self, layout: QLayout, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        inner = QWidget()
        self.setWidget(inner)  # before its parts come: each change of parent is told to every widget below
        inner.setLayout(layout)
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._follow)

    def _follow(self, _old: QWidget | None, now: QWidget | None) -> None:
        """Qt does this for Tab only; keys of the desk move the focus too. Once the layout has settled."""
        if now is not None and self.isVisible() and self.inner.isAncestorOf(now):
            QTimer.singleShot(SETTLED_MS, now, lambda: self._pull(now))

    def _pull(self, now: QWidget) -> None:
        if not now.hasFocus():
            return
        group: QWidget | None = now
        while group is not None and group is not self.inner and not group.property(TOGETHER):
            group = group.parentWidget()
        if group is not None and group is not self.inner:  # a box and what it finds: from its upper edge
            self.ensureWidgetVisible(group, 0, 0)
            self.verticalScrollBar().setValue(group.mapTo(self.inner, QPoint(0, -8)).y())
        else:
            self.ensureWidgetVisible(now, 0, 12)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows belong to the page; PgUp and PgDn scroll."""
        if event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            event.ignore()
            return
        super().keyPressEvent(event)

    def minimumSizeHint(self) -> QSize:
        return super().minimumSizeHint() if self._flat else QSize(200, LEAST)
