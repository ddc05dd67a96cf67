"""Every path of a dossier's life in the real window, over the real use cases: move after move, by its form and F9."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QPlainTextEdit
from pytestqt.qtbot import QtBot

from desk_app.domain.lifecycle import Move, State
from desk_app.ui.forms.life import FORMS
from tests.ui.screen_hands import F9, words
from tests.ui.test_life_panel import Room

_M = Move
#: What is done one after the other, and where the dossier stands at the end. The paper each prints is counted.
PATHS: tuple[tuple[str, tuple[Move, ...], State, int], ...] = (
    ("taken over", (_M.HAND_OVER, _M.TAKE_OVER), State.IN_PROGRESS, 1),
    ("more papers, all there", (_M.HAND_OVER, _M.SUPPLEMENT, _M.COMPLETE), State.IN_PROGRESS, 2),
    ("more papers, never brought", (_M.SUPPLEMENT, _M.EXPIRE), State.STOPPED, 2),
    ("money elsewhere", (_M.HAND_OVER, _M.ASK_PAYMENT, _M.PAID), State.IN_PROGRESS, 1),
    ("withdrawn", (_M.WITHDRAW, _M.AGREE_STOP), State.STOPPED, 1),
    ("withdrawn and gone on with", (_M.HAND_OVER, _M.WITHDRAW, _M.DECLINE_STOP), State.IN_PROGRESS, 1),
    ("handed over by mistake", (_M.HAND_OVER, _M.TAKE_BACK), State.ACCEPTED, 1),
    ("stopped by mistake", (_M.WITHDRAW, _M.AGREE_STOP, _M.TAKE_BACK), State.WITHDRAWAL, 1),
    ("late, with a letter", (_M.APOLOGISE, _M.HAND_OVER), State.IN_PROGRESS, 2),
)


@pytest.fixture
def room(look: QApplication, qtbot: QtBot, tmp_path: Path) -> Iterator[Room]:
    made = Room(tmp_path, qtbot)
    yield made
    made.close()


def act(room: Room, move: Move) -> None:
    """Open the form of the move, fill what it asks for, press F9 and wait until the panel is back."""
    room.choose(FORMS[move].title)
    life = room.page.life
    if life._cause is not None:
        room.hands.digit(1)
    for field in life._fields.values():
        editor = field.editor
        if isinstance(editor, QPlainTextEdit):
            editor.setPlainText("Đơn đề nghị: chưa ký tên.")
        elif not editor.text():  # type: ignore[attr-defined]
            editor.setText("theo đơn ngày 17/11/2026")  # type: ignore[attr-defined]
    room.hands.press(F9)
    room.hands.until(lambda: not life.isVisible())


@pytest.mark.parametrize(("moves", "end", "papers"), [path[1:] for path in PATHS], ids=[path[0] for path in PATHS])
def test_the_path_is_walked_with_its_papers_and_stands_whole_in_the_timeline(
    room: Room, moves: tuple[Move, ...], end: State, papers: int
) -> None:
    one = room.ids[0]
    for move in moves:
        act(room, move)
        room.page.open_dossier(one)
        room.hands.until(lambda: room.page.panel.isVisible() and "Người Ngày 9" in words(room.page.panel))
    room.hands.until(lambda: room.counter.state(one) == end and len(room.tray.papers) >= papers)
    assert len(room.tray.papers) == papers
    kinds = [event.kind for event in room.counter.detail(one).events]
    assert len([kind for kind in kinds if not kind.startswith("paper")]) == len(moves) + 1, kinds
    assert room.counter.desk.store.rebuild().differences == ()


def test_every_move_that_a_panel_can_make_is_on_a_path() -> None:
    walked = {move for _, moves, _, _ in PATHS for move in moves}
    assert walked == set(FORMS) - {Move.CORRECT}, "the correction has a test of its own in test_life_panel"
