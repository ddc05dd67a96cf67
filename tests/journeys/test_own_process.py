"""The program as its user starts it: a process of its own on a real X screen, typed at from outside."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from PIL import Image, ImageGrab, ImageStat

from tests.conftest import require
from tests.documents.reading import text_of
from tests.screen import Screen

CARD = "000191000345||Y Moan|12041991|Nu|Thon 4, xa Hoa Mau, tinh Minh Hoa|01072021"


def until(reached: Callable[[], object], otherwise: str, seconds: float = 60) -> None:
    end = time.monotonic() + seconds
    while not reached():
        assert time.monotonic() < end, otherwise
        time.sleep(0.1)


def test_a_receipt_is_made_with_nothing_but_a_keyboard_on_a_real_screen(xvfb: Screen, data_dir: Path) -> None:
    require("xdotool", "xdotool")
    surroundings = {**xvfb.environment(), "CUPS_SERVER": "localhost:9"}  # no printer: the paper becomes a file

    def xdo(*words: str) -> str:
        done = subprocess.run(["xdotool", *words], env=surroundings, capture_output=True, text=True, check=False)
        return done.stdout

    def press(*keys: str, wait: float = 0.35) -> None:
        for key in keys:
            xdo("key", key)
            time.sleep(wait)

    command = [sys.executable, "-m", "desk_app", "run", "--data", str(data_dir)]
    with subprocess.Popen(command, env=surroundings, stderr=subprocess.PIPE, text=True) as program:
        try:
            until(lambda: xdo("search", "--onlyvisible", "--pid", str(program.pid)), "no window appeared")
            window = xdo("search", "--onlyvisible", "--pid", str(program.pid)).split()[0]
            until(lambda: (data_dir / "keys.json").exists(), "the training office was not made")
            xdo("windowfocus", "--sync", window)
            for _ in range(30):  # a Return before the officers are shown enters nothing: the PIN is typed anew
                press("ctrl+a", wait=0.05)
                xdo("type", "--delay", "20", "1234")
                press("Return", wait=2.0)
                if (data_dir / "place.json").exists():
                    break
            until(lambda: (data_dir / "place.json").exists(), "nobody is signed in")
            time.sleep(1)
            press("F3", wait=1.0)
            xdo("type", "--delay", "4", CARD)
            press("Return", wait=1.5)
            xdo("type", "--delay", "60", "Y Moan")  # a card without marks gives no sure name: typed from the card
            press("Return", wait=1.0)
            xdo("type", "--delay", "60", "ctbs")
            time.sleep(0.5)
            press("Return", wait=1.0)
            xdo("type", "--delay", "60", "12")
            press("Return")
            xdo("type", "--delay", "60", "3")
            press("Return", "ctrl+d", "F9", wait=0.8)
            picture = data_dir / "screen.png"
            ImageGrab.grab(xdisplay=xvfb.display).save(picture)
            press("F9", wait=0.2)
            papers = data_dir / "papers"
            until(lambda: list(papers.glob("*.pdf")), f"no receipt came out; the screen is in {picture}")
            said = text_of(next(papers.glob("*.pdf")).read_bytes())
            ImageGrab.grab(xdisplay=xvfb.display).save(picture)
        finally:
            program.terminate()
            program.wait(20)
    assert "42.000" in said
    with Image.open(picture) as shown:
        assert ImageStat.Stat(shown.convert("L")).stddev[0] > 10, "the screen is not blank"
