"""The real window at work until it is killed: ``python -m tests.kill.window FOLDER ROUND STATE``.

It drives itself with real key events. First it looks at what the run before left: every code that stood on the screen
is in the journal, papers that did not come out are offered, and so is the draft with all that was typed. STATE is a file
with what the parent heard.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton

from desk_app.services import drafts, papers
from tests.journeys.clock import DeskClock
from tests.journeys.desk_driver import DeskDriver
from tests.journeys.main_job import desk_of
from tests.kill.promises import broken_promises

NAMES = ("Nguyễn Văn An", "Trần Thị Bình", "Lê Văn Cường", "Phạm Thị Dung", "Đỗ Văn Hùng", "Vũ Thị Lan")


def say(*words: str) -> None:
    """Tell the parent."""
    print(json.dumps(words), flush=True)


def main(folder: Path, round_no: int, state: dict[str, list[str]]) -> None:
    """Look, then take in one person after another."""
    QApplication(["desk"])
    with DeskDriver(folder, clock=DeskClock(f"2026-11-23 08:{10 + round_no:02d}")) as desk:
        desk.sign_in()
        use_cases = desk_of(desk)
        known = [["code", code, ""] for code in state["codes"]]
        broken = broken_promises(use_cases, known, rebuild=True)
        if use_cases.store.call(lambda: papers.due(use_cases)):
            print_what_is_left(desk)
        say("found", *broken)
        desk.key(Qt.Key.Key_F3)
        if state["typed"]:
            take_up(desk, *state["typed"])
        else:
            desk.scan(card(round_no, 0))
            fill(desk, *typed_of(card(round_no, 0)))
        number = 0
        while True:
            record(desk)
            number += 1
            desk.rest(700)
            desk.scan(card(round_no, number))
            fill(desk, *typed_of(card(round_no, number)))


def card(round_no: int, number: int) -> str:
    """The card of somebody who was never here before."""
    name = NAMES[(round_no + number) % len(NAMES)]
    return f"0001910{round_no:02d}{number:03d}||{name}|12041991|Nam|Thôn 4, xã Hòa Mẫu, tỉnh Minh Họa|01072021"


def typed_of(text: str) -> tuple[str, str]:
    """Number and name of a card."""
    parts = text.split("|")
    return parts[0], parts[2]


def fill(desk: DeskDriver, number: str, name: str) -> None:
    """Choose and answer; once the draft lies in the file the parent hears what was typed."""
    desk.wait_for(name)
    desk.choose_procedure("ctbs", "Chứng thực bản sao từ bản chính")
    desk.answer("12\n", "3\n")
    use_cases = desk_of(desk)

    def saved() -> bool:
        """By the number: an older draft may bear the same name."""
        forms = [draft.form for draft in use_cases.store.call(lambda: drafts.load_all(use_cases))]
        mine = [form for form in forms if form.person is not None and form.person.id_number == number]
        return any({"so_trang": 12, "so_ban": 3}.items() <= form.answers.items() for form in mine)

    desk.until(saved, "the draft was not saved")
    say("typed", number, name)


def take_up(desk: DeskDriver, number: str, name: str) -> None:
    """The draft from before the crash is offered; with two keys everything typed is there again."""
    desk.wait_for(f"Có bản nháp của {name}")
    desk.key(Qt.Key.Key_Space, Qt.KeyboardModifier.ControlModifier)
    desk.wait_for("Nháp và hồ sơ tạm gác", name)
    desk.key(Qt.Key.Key_Return)
    desk.wait_for(name, f"{number[:3]}••••••{number[-3:]}", "Chứng thực bản sao từ bản chính", "12", "3")
    say("taken", number, name)


def record(desk: DeskDriver) -> None:
    """To the end; the parent hears the code that stands on the screen."""
    desk.ctrl(Qt.Key.Key_D)
    desk.wait_for("Đủ thành phần hồ sơ")
    desk.key(Qt.Key.Key_F9)
    desk.wait_for("42.000 đ")
    say("pressing")
    desk.key(Qt.Key.Key_F9)
    desk.until(lambda: code_shown(desk).startswith("H99."), "no code on the screen")
    say("code", code_shown(desk))


def code_shown(desk: DeskDriver) -> str:
    """What stands under "Mã hồ sơ"; before the record it says when the code will be given."""
    words = desk.words().splitlines()
    return words[words.index("Mã hồ sơ") + 1] if "Mã hồ sơ" in words else ""


def print_what_is_left(desk: DeskDriver) -> None:
    """The banner offers the papers of before; its button prints them. One that broke off in print is asked about first."""
    desk.until(lambda: desk.sees("đã lập nhưng chưa in") or desk.sees("Giấy đã ra chưa?"), "no paper was offered")
    if desk.sees("Giấy đã ra chưa?"):
        press(desk, "Trả lời")
        desk.wait_for("Biên lai hôm nay")
        while desk.sees("Giấy đã ra chưa?"):
            desk.rest(300)
            desk.digit("2")
        say("printed")
    if desk.sees("đã lập nhưng chưa in"):
        press(desk, "In các tờ này")
        say("printed")
    use_cases = desk_of(desk)
    desk.until(lambda: not use_cases.store.call(lambda: papers.due(use_cases)), "papers were not printed")


def press(desk: DeskDriver, words: str) -> None:
    """The button with these words."""
    button = next(b for b in desk.window.findChildren(QPushButton) if b.text() == words and b.isVisible())
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), json.loads(Path(sys.argv[3]).read_text(encoding="utf-8")))
