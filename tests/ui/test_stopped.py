"""Money is stopped after a restore: the page says why and how many, and the head opens the spare line with a PIN."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desk_app.ui.screens.cash_desk import CashDeskPage
from desk_app.ui.screens.fees import FeesPage
from desk_app.ui.screens.stopped import NO_SPARE, StoppedPage
from desk_app.wiring.feed_store import StoreFeed
from desk_app.wiring.ledger import LedgerTools
from desk_app.wiring.money import cash_desk_page
from desk_app.wiring.spare import has_spare
from sync.desk.feed import FeedReader
from tests.sync.desk import LogLines
from tests.sync.server import CentreProcess, running_centre
from tests.sync.test_real_journal import PASSPHRASE, RealDesk
from tests.ui.gallery_screens import shell_with
from tests.ui.screen_hands import CTRL, ENTER, Hands, cut, words
from tests.ui.test_cash_desk import PaperTray


@pytest.fixture(scope="module")
def centre() -> Iterator[CentreProcess]:
    with running_centre() as process:
        yield process


@dataclass
class Stopped:
    real: RealDesk
    page: CashDeskPage
    hands: Hands


@pytest.fixture
def stopped(look: QApplication, qtbot: QtBot, centre: CentreProcess, tmp_path: Path) -> Iterator[Stopped]:
    """A desk whose folder was put back to an older state, at Thu phí."""
    real = RealDesk(tmp_path, centre.url, centre.code(centre.new_unit()))
    real.work(3)
    real.station.close()
    shutil.copytree(tmp_path / "desk", tmp_path / "older")
    real.open()
    real.work(5)
    real.station.close()
    shutil.rmtree(tmp_path / "desk")
    shutil.move(tmp_path / "older", tmp_path / "desk")
    real.open()
    desk, paper = real.station.sign_in(real.station.logins()[0].id, PASSPHRASE), ThreadPoolExecutor(1)
    slots = real.station.slots
    tools = LedgerTools(
        desk, PaperTray(), slots.unlock, desk.store.submit, paper.submit, tmp_path / "giay",
        passphrases=slots.passphrases,
    )  # fmt: skip
    shell = shell_with("fees", lambda: cash_desk_page(tools))
    qtbot.addWidget(shell)
    page = shell.page("fees")
    assert isinstance(page, CashDeskPage)
    yield Stopped(real, page, Hands(qtbot, shell))
    shell.hide()
    paper.shutdown()
    real.station.close()


def read_feed(real: RealDesk) -> None:
    """What the sync thread does after everything was sent."""
    from desk_app.wiring.enrolment import client_for

    who = real.outbox.identity()
    assert who is not None
    client = client_for(who.centre_url, real.clock.utc, real.clock.ticks_ms)
    line = next(x for x in real.outbox.lines() if x.current)
    reader = FeedReader(StoreFeed(real.store), real.signer, real.clock, LogLines())
    assert reader(client, who, line, lambda: False) is None
    client.close()


def test_the_page_says_what_happened_and_the_head_takes_money_again(centre: CentreProcess, stopped: Stopped) -> None:
    page, hands = stopped.page, stopped.hands
    hands.until(lambda: isinstance(page.current, StoppedPage) and page.current.stopped is not None)
    front = page.current
    assert isinstance(front, StoppedPage)
    assert "thiếu 10 bản ghi" in words(front)
    assert "quyển biên lai giấy" in words(front) or "thu sau" in words(front)
    assert cut(front) == []
    if "DESK_GRAB" in os.environ:
        hands.press(Qt.Key.Key_M, chord=CTRL)
        hands.qtbot.wait(400)
        stopped.hands.shell.grab().save(os.environ["DESK_GRAB"])
    hands.press(Qt.Key.Key_M, chord=CTRL)
    hands.until(front.pin.isVisible)
    hands.qtbot.keyClicks(front.pin, "sai cum mat khau roi")
    hands.press(ENTER)
    hands.until(lambda: "không đúng" in words(front))
    hands.qtbot.keyClicks(front.pin, PASSPHRASE)
    hands.press(ENTER)
    hands.until(lambda: isinstance(page.current, FeesPage))
    assert not has_spare(stopped.real.store)

    assert stopped.real.run() == "ok"  # the centre hears of it and puts another spare line away
    read_feed(stopped.real)
    assert has_spare(stopped.real.store)
    unit = stopped.real.enrolment.unit
    assert centre.rows("SELECT count(*) FROM line WHERE unit = %s AND kind = 'spare'", unit) == [(2,)]


def test_without_a_spare_line_the_key_says_so(stopped: Stopped) -> None:
    store = stopped.real.store

    def lose() -> None:
        with store.write("", "sync") as tx:
            tx.set_setting("sync-spare", "")

    store.call(lose)
    stopped.hands.until(lambda: isinstance(stopped.page.current, StoppedPage) and stopped.page.current.stopped)
    stopped.page.activate()
    front = stopped.page.current
    assert isinstance(front, StoppedPage)
    stopped.hands.until(lambda: front.stopped is not None and not front.stopped.spare)
    said: list[str] = []
    front.toast.connect(lambda text, *_: said.append(text))
    stopped.hands.press(Qt.Key.Key_M, chord=CTRL)
    assert said == [NO_SPARE] and not front.pin.isVisible()
