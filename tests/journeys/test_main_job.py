"""The main job of the counter on the real window, without a network and then with one."""

from __future__ import annotations

import re
import threading
from pathlib import Path

import pytest
from PIL import Image, ImageChops, ImageFilter, ImageStat
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from desk_app.wiring.station import SIGNING_KEY
from tests.documents.reading import code_of, page_count, picture_of, text_of
from tests.journeys.clock import DeskClock
from tests.journeys.conftest import PIN, enrol_folder, use_printer
from tests.journeys.desk_driver import DeskDriver
from tests.journeys.main_job import (
    DUE,
    MONDAY,
    MONDAY_LATE,
    birth_without_a_paper,
    certify,
    come_back,
    hand_over,
    journal,
    kept_pdf,
    main_job,
    receipts_of,
    rows,
    slip_of,
)
from tests.printserver import PrintServer
from tests.services.certificates import PIN as CERTIFICATE_PIN
from tests.services.certificates import office_key
from tests.sync.proxy import Fault, Proxy
from tests.sync.server import CentreProcess


def unlock_office_key(desk: DeskDriver) -> None:
    """The office's digital signature is plugged in: receipts come out signed, not as confirmations."""
    counter = desk.program.counter
    assert counter is not None
    station = counter.station
    office_key(station.folder / SIGNING_KEY)
    station.on_paper(lambda: station.unlock_signer(CERTIFICATE_PIN)).result()


def test_the_main_job_without_a_network_reaches_the_centre_once_it_is_there(
    app: QApplication,
    centre: CentreProcess,
    printer: PrintServer,
    data_dir: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    clock = DeskClock(MONDAY)
    enrolled = enrol_folder(centre, data_dir, clock)
    use_printer(data_dir, printer, monkeypatch)
    centre.stop()
    try:
        with DeskDriver(data_dir, real=True, clock=clock, secrets=enrolled.secrets) as desk:
            desk.sign_in(PIN)
            unlock_office_key(desk)

            certify(desk)
            copy = rows(desk)[0]
            (receipt,) = receipts_of(desk, copy.dossier)
            assert receipt.total_vnd == 42_000
            kept = kept_pdf(desk, f"fee_receipt:{receipt.receipt}")
            (printed,) = printer.wait_papers(1)
            _same_paper(kept, printed)
            said = text_of(kept)
            assert "Nguyễn Thị Thu Hà" in said
            assert "42.000" in said
            assert "Ký bởi:" in said
            assert "Bốn mươi hai nghìn đồng" in said
            assert receipt.symbol in said

            clock.set(MONDAY_LATE)
            birth_without_a_paper(desk)
            slip = printer.wait_papers(2)[-1]
            codes = [code_of(slip, page) for page in range(page_count(slip))]
            assert set(codes) - {""} == {slip_of(desk)}
            asked = text_of(slip, 0)
            assert asked.count("Chưa có. ") == 1, "it names just the one paper"
            assert re.search(r"Giấy chứng sinh (\(.*?\) )?Bản chính.{0,12} Chưa có\.", asked), asked

            come_back(desk, slip_of(desk))
            birth = rows(desk)[1]
            assert birth.due_at == DUE
            promise = printer.wait_papers(3)[-1]
            assert "ngày 25 tháng 11 năm 2026" in text_of(promise)
            assert birth.code in text_of(promise)

            clock.set("2026-11-25 16:00")
            hand_over(desk, birth.dossier)
            before = journal(desk)
            assert centre.hashes(enrolled.unit) == []
            desk.key(Qt.Key.Key_F10)
            desk.wait_for("mục chờ gửi")

            centre.start()
            desk.ctrl(Qt.Key.Key_R)
            desk.wait_for("Máy chủ cấp trên đã nhận đủ")

            after = journal(desk)
            assert set(before.hashes) <= set(after.hashes)
            assert centre.hashes(enrolled.unit) == after.hashes
            assert _subjects_at(centre, enrolled.unit) == after.subjects
            assert centre.rows("SELECT number, amount FROM receipt WHERE unit = %s", enrolled.unit) == [
                (receipt.number, 42_000)
            ]
            assert threading.get_ident() not in desk.threads, "SQL ran on the thread of the window"
            assert desk.threads
    finally:
        centre.stop()
        centre.start()


def test_a_centre_that_does_not_answer_and_then_answers_twice_gets_everything_once(
    app: QApplication,
    centre: CentreProcess,
    printer: PrintServer,
    data_dir: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    clock = DeskClock(MONDAY)
    with Proxy(centre.port) as network:
        enrolled = enrol_folder(centre, data_dir, clock, through=network.url)
        use_printer(data_dir, printer, monkeypatch)
        network.script.extend([Fault(answer_bytes=0)] * 4 + [Fault(twice=True)] * 40)
        with DeskDriver(data_dir, real=True, clock=clock, secrets=enrolled.secrets) as desk:
            desk.sign_in(PIN)
            main_job(desk, clock)
            desk.key(Qt.Key.Key_F10)

            def again() -> bool:
                if desk.sees("Máy chủ cấp trên đã nhận đủ"):
                    return True
                desk.ctrl(Qt.Key.Key_R)
                desk.rest(300)
                return False

            desk.until(again, "never received")
            assert centre.rows("SELECT line, seq, why FROM quarantine WHERE unit = %s", enrolled.unit) == []
            assert centre.hashes(enrolled.unit) == journal(desk).hashes
            assert _subjects_at(centre, enrolled.unit) == journal(desk).subjects
            assert network.seen > 5


def _same_paper(kept: bytes, printed: bytes) -> None:
    """What came out of the printer is what lies in the file, letter by letter and dot by dot."""
    assert text_of(printed) == text_of(kept)
    left = picture_of(kept, 60)
    turned = [picture_of(printed, 60).rotate(angle, expand=True).resize(left.size) for angle in (0, 90, 180, 270)]
    right, *others = sorted(turned, key=lambda page: _apart(left, page))
    assert _apart(left, right) < 2.5, "the page in the tray does not look like the kept one"
    assert all(_apart(left, other) > 2 * _apart(left, right) for other in others), "the comparison cannot tell"


def _apart(one: Image.Image, other: Image.Image) -> float:
    """Mean difference of grey levels, of 255, with the edges of letters softened."""
    soft = ImageFilter.GaussianBlur(2)
    return float(ImageStat.Stat(ImageChops.difference(one.filter(soft), other.filter(soft))).mean[0])


def _subjects_at(centre: CentreProcess, unit: str) -> set[str]:
    return {id for (id,) in centre.rows("SELECT id FROM subject WHERE unit = %s", unit)}
