"""What goes wrong at a counter: a clear message with its code, everything typed kept, nothing lost or doubled."""

from __future__ import annotations

import re
import resource
import subprocess
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from hashlib import sha256
from itertools import count
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QLineEdit

from desk_app.services import papers
from desk_app.storage.connection import connect
from desk_app.system.settings import Printers, Settings, save
from tests.journeys.clock import DeskClock
from tests.journeys.desk_driver import DeskDriver
from tests.journeys.main_job import HA, MONDAY, TUAN, desk_of, journal, rows
from tests.printserver import PrintServer

CODE = re.compile(r"\b[A-Z]{2}-\d{2}\b")


@pytest.fixture(scope="module")
def counter(qapp: QApplication, tmp_path_factory: pytest.TempPathFactory) -> Iterator[DeskDriver]:
    """One training desk for all that is typed wrongly."""
    qapp.setQuitOnLastWindowClosed(False)
    with DeskDriver(tmp_path_factory.mktemp("desk"), clock=DeskClock(MONDAY)) as driver:
        driver.sign_in()
        yield driver


@pytest.fixture
def desk(counter: DeskDriver) -> Iterator[DeskDriver]:
    """The intake, ready for the next citizen."""
    counter.key(Qt.Key.Key_F3)
    for _ in range(8):
        counter.rest(80)
        if counter.sees("Bước 1 trên 3") and "Số định danh" in counter.words() and not counter.sees("Họ và tên"):
            break
        counter.key(Qt.Key.Key_Escape)
        if not counter.sees("Tiếp nhận", "Bước"):
            counter.key(Qt.Key.Key_F3)
    yield counter


def a_card(counting: count[int] = count()) -> str:  # noqa: B008  one count for the whole module
    """A card nobody has shown yet: the same card again within two seconds is the same scan."""
    return HA.replace("000191000345", f"0001910{next(counting):05d}")


def typed(desk: DeskDriver, name: str) -> str:
    """What stands in the field of that name."""
    found = [e for e in desk.window.findChildren(QLineEdit) if e.isVisible() and e.accessibleName() == name]
    assert found, name
    return found[0].text()


def by_hand(desk: DeskDriver, name: str, number: str, birth: str) -> None:
    """The form for somebody without a card, and F9."""
    desk.ctrl(Qt.Key.Key_N)
    desk.wait_for("Họ và tên", "Số giấy tờ", "Ngày sinh")
    for text in (name, number, birth):
        if len(text) > 200:
            QGuiApplication.clipboard().setText(text)
            desk.ctrl(Qt.Key.Key_V)
        else:
            desk.type(text, gap_ms=45)
        desk.key(Qt.Key.Key_Return)
        desk.rest(40)
    desk.key(Qt.Key.Key_F9)
    desk.rest(80)


def refused(desk: DeskDriver, about: str) -> str:
    """The sentence that says what is wrong; it has a code and no hole in it."""
    lines = [line for line in desk.words().splitlines() if CODE.search(line) and about in line]
    assert lines, f"nothing on screen about {about!r}:\n{desk.words()}"
    assert all("…" not in line for line in lines), lines
    return lines[0]


@pytest.mark.parametrize(
    ("birth", "about"), [("31/02/1990", "31/02"), ("00/13/1990", ""), ("mai", "")], ids=["31 Feb", "month 13", "a word"]
)
def test_a_birth_date_that_does_not_exist_is_named_and_stays_as_typed(desk: DeskDriver, birth: str, about: str) -> None:
    by_hand(desk, "Nguyễn Thị Mận", "000191000345", birth)
    refused(desk, about)
    assert typed(desk, "Ngày sinh") == birth
    assert typed(desk, "Họ và tên") == "Nguyễn Thị Mận"
    assert desk.focus_name == "Ngày sinh"


def test_a_number_of_eleven_digits_is_counted_and_stays_as_typed(desk: DeskDriver) -> None:
    by_hand(desk, "Nguyễn Thị Mận", "00019100034", "12/04/1991")
    assert "11 chữ số" in refused(desk, "12")
    assert typed(desk, "Số giấy tờ") == "00019100034"


def test_a_year_alone_is_a_birth_date(desk: DeskDriver) -> None:
    by_hand(desk, "Nguyễn Thị Mận", "000191000345", "1991")
    desk.wait_for("Nguyễn Thị Mận", "Tìm thủ tục", "1991")


def test_a_name_of_ten_thousand_letters_is_refused_and_not_cut(desk: DeskDriver) -> None:
    name = "Nguyễn " * 1429
    by_hand(desk, name.strip(), "000191000345", "1991")
    assert "10000 chữ" in refused(desk, "Nhập lại")
    assert typed(desk, "Họ và tên") == name.strip()[:10_000]


def test_a_name_with_a_sign_that_is_no_letter_is_refused_and_stays_as_typed(desk: DeskDriver) -> None:
    by_hand(desk, "Mận 🙂", "000191000345", "1991")
    assert "TN-22" in refused(desk, "🙂")
    assert typed(desk, "Họ và tên") == "Mận 🙂"


def test_a_name_of_letters_and_marks_apart_is_the_same_name(desk: DeskDriver) -> None:
    by_hand(desk, unicodedata.normalize("NFD", "Nguyễn Thị Mận"), "000191000345", "1991")
    desk.wait_for("Nguyễn Thị Mận", "Tìm thủ tục")
    assert unicodedata.is_normalized("NFC", desk.words())


@pytest.mark.parametrize(
    "scan",
    [
        "000191000345|Nguyễn Thị Thu Hà|12041991",
        "00019100034||Nguyễn Thị Thu Hà|12041991|Nữ|Thôn 4|01072021",
        "000191000345||Nguyễn Thị Thu Hà|31021991|Nữ|Thôn 4|01072021",
        "https://vi-du.vn/abc?x=000191000345",
        "||||||||||||||||",
    ],
    ids=["too short", "eleven digits", "31 Feb", "an address", "bars"],
)
def test_a_code_that_is_no_card_is_named_and_nothing_of_it_is_typed_anywhere(desk: DeskDriver, scan: str) -> None:
    before = journal(desk).hashes
    desk.scan(scan)
    desk.rest(200)
    words = desk.words()
    assert CODE.search(words), words
    assert "https" not in words
    assert "||" not in words
    assert journal(desk).hashes == before


def test_a_card_that_is_read_twice_is_one_citizen(desk: DeskDriver) -> None:
    card = a_card()
    desk.scan(card)
    desk.scan(card)
    desk.wait_for("Nguyễn Thị Thu Hà")
    assert not desk.sees("TN-03")
    assert desk.focus_name == "Tìm thủ tục"


def test_another_card_in_the_middle_asks_before_anything_is_given_up(desk: DeskDriver) -> None:
    desk.scan(a_card())
    desk.wait_for("Nguyễn Thị Thu Hà")
    desk.scan(TUAN)
    desk.wait_for("TN-03", "Nguyễn Thị Thu Hà")
    desk.key(Qt.Key.Key_Escape)
    desk.rest(80)
    assert desk.sees("Nguyễn Thị Thu Hà")
    assert not desk.sees("TN-03")


def test_enter_held_down_answers_nothing_by_itself(desk: DeskDriver) -> None:
    before = journal(desk).hashes
    desk.scan(a_card())
    desk.choose_procedure("ctbs", "Chứng thực bản sao từ bản chính")
    desk.key(Qt.Key.Key_Return, held=40)
    desk.wait_for("Bước 2 trên 3")
    assert journal(desk).hashes == before


@pytest.mark.parametrize("way", ["held", "pressed fifty times"])
def test_f9_held_or_hammered_records_one_dossier(desk: DeskDriver, way: str) -> None:
    before = len(rows(desk))
    desk.scan(a_card())
    desk.choose_procedure("ctbs", "Chứng thực bản sao từ bản chính")
    desk.answer("12\n", "3\n")
    desk.ctrl(Qt.Key.Key_D)
    desk.wait_for("Đủ thành phần hồ sơ")
    desk.key(Qt.Key.Key_F9)
    desk.wait_for("42.000 đ")
    if way == "held":
        desk.key(Qt.Key.Key_F9, held=50)
    else:
        for _ in range(50):
            desk.key(Qt.Key.Key_F9)
    desk.until(lambda: len(rows(desk)) > before, "nothing was recorded")
    desk.rest(300)
    assert len(rows(desk)) == before + 1


# ---- the machine -----------------------------------------------------------------------------------------------------


def to_the_last_key(desk: DeskDriver, letters: str = "ctbs") -> None:
    """A complete intake; only F9 is left."""
    desk.key(Qt.Key.Key_F3)
    desk.scan(a_card())
    desk.wait_for("Nguyễn Thị Thu Hà")
    desk.choose_procedure(letters, "Chứng thực bản sao từ bản chính")
    desk.answer("12\n", "3\n")
    desk.ctrl(Qt.Key.Key_D)
    desk.wait_for("Đủ thành phần hồ sơ")
    desk.key(Qt.Key.Key_F9)
    desk.wait_for("42.000 đ")


def due(desk: DeskDriver) -> int:
    use_cases = desk_of(desk)
    return len(use_cases.store.call(lambda: papers.due(use_cases)))


def test_a_printer_that_is_gone_keeps_the_paper_until_it_is_back(
    app: QApplication, printer: PrintServer, data_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CUPS_SERVER", printer.address)
    save(data_dir / "settings.toml", Settings(printers=Printers("may-in-cu", "may-in-cu")))
    with DeskDriver(data_dir, clock=DeskClock(MONDAY)) as desk:
        desk.sign_in()
        to_the_last_key(desk)
        desk.key(Qt.Key.Key_F9)
        desk.wait_for("Đã chứng thực", "IN-03", "may-in-cu")
        assert len(rows(desk)) == 1
        assert due(desk) == 1
        save(data_dir / "settings.toml", Settings(printers=Printers(printer.queue, printer.queue)))
        desk.rest(700)
        desk.ctrl(Qt.Key.Key_P)
        printer.wait_papers(1)
        desk.until(lambda: due(desk) == 0, "the paper is still due")


def test_a_folder_for_pdf_files_that_cannot_be_written_loses_no_paper(
    app: QApplication, data_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CUPS_SERVER", "localhost:9")
    (data_dir / "papers").write_text("a file where the folder should be, so that root cannot write either")
    with DeskDriver(data_dir, clock=DeskClock(MONDAY)) as desk:
        desk.sign_in()
        to_the_last_key(desk)
        desk.key(Qt.Key.Key_F9)
        desk.wait_for("Đã chứng thực", "IN-08")
        assert due(desk) == 1
        (data_dir / "papers").unlink()
        desk.rest(700)
        desk.ctrl(Qt.Key.Key_P)
        desk.until(lambda: len(list((data_dir / "papers").glob("*.pdf"))) == 1, "no PDF file appears")
        desk.until(lambda: due(desk) == 0, "the paper is still due")


@pytest.fixture
def small_disk(data_dir: Path) -> Iterator[tuple[Path, bool]]:
    """A data folder on a disk of its own where this user may mount one; the flag says whether it is."""
    command = ["mount", "-t", "tmpfs", "-o", "size=24m", "tmpfs", str(data_dir)]
    mounted = subprocess.run(command, capture_output=True, check=False).returncode == 0
    yield data_dir, mounted
    if mounted:
        subprocess.run(["umount", "-l", str(data_dir)], check=True)


@contextmanager
def full_disk(folder: Path, *, own: bool) -> Iterator[None]:
    """Not a byte left on the disk; without a disk of its own the kernel lets no file of this process grow."""
    ballast = folder / "ballast"
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    try:
        if own:
            with ballast.open("wb", buffering=0) as file, suppress(OSError):
                for size in (1 << 20, 1 << 12, 1):
                    with suppress(OSError):
                        while file.write(b"0" * size) == size:
                            pass
        else:
            smallest = min(p.stat().st_size for p in folder.rglob("desk.db-wal"))
            resource.setrlimit(resource.RLIMIT_FSIZE, (smallest, hard))
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
        ballast.unlink(missing_ok=True)


def test_a_full_disk_is_said_and_the_same_key_works_once_there_is_room(
    app: QApplication, small_disk: tuple[Path, bool]
) -> None:
    folder, own = small_disk
    with DeskDriver(folder, clock=DeskClock(MONDAY)) as desk:
        desk.sign_in()
        to_the_last_key(desk)
        desk.rest(600)
        before = journal(desk).hashes
        with full_disk(folder, own=own):
            desk.key(Qt.Key.Key_F9)
            desk.wait_for("Ổ đĩa đã đầy" if own else "chưa ghi được dữ liệu", "còn nguyên")
        assert journal(desk).hashes == before
        assert desk.sees("42.000 đ", "Nguyễn Thị Thu Hà"), "everything typed is still there"
        desk.key(Qt.Key.Key_F9)
        desk.wait_for("Đã chứng thực")
        assert len(rows(desk)) == 1


def test_a_file_of_a_newer_program_is_refused_and_not_touched(app: QApplication, data_dir: Path) -> None:
    with DeskDriver(data_dir, clock=DeskClock(MONDAY)) as desk:
        desk.sign_in()
        slots = desk.program.counter.station.slots if desk.program.counter else None
        assert slots is not None
        key = slots.unlock("tap-huan-1", "1234")
    file = data_dir / "desk.db"
    bare = connect(file, key)
    bare.execute("PRAGMA user_version = 9999")
    bare.close()
    before = sha256(file.read_bytes()).digest()
    with DeskDriver(data_dir, clock=DeskClock(MONDAY)) as desk:
        desk.type("1234", gap_ms=5)
        desk.key(Qt.Key.Key_Return)
        desk.wait_for("HT-10", "Cập nhật phần mềm")
    assert sha256(file.read_bytes()).digest() == before


def test_a_second_window_on_the_same_folder_says_so_and_the_first_works_on(app: QApplication, data_dir: Path) -> None:
    with DeskDriver(data_dir, clock=DeskClock(MONDAY)) as first:
        first.sign_in()
        with DeskDriver(data_dir, clock=DeskClock(MONDAY), loaded=False) as second:
            second.wait_for("HT-02", "đang mở ở một cửa sổ khác")
        first.window.activateWindow()
        first.rest(100)
        to_the_last_key(first)
        first.key(Qt.Key.Key_F9)
        first.wait_for("Đã chứng thực")
