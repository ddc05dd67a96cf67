"""K80: the dots of the page, and a printer that fails at every byte."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

import pytest

from desk_app.documents import thermal, thermal_receipt
from desk_app.documents.marks import receipt_copy, training
from desk_app.documents.thermal_receipt import RollReceipt
from desk_app.system.escpos import EscposPrinter, Outcome, place_of
from tests.documents.reading import picture_of, text_of
from tests.documents.samples import RECEIPT
from tests.documents.thermal_device import Device, Paper

SLIP = thermal_receipt.render(RollReceipt(RECEIPT, "Quầy 2", "Lê Thị Hạnh", given_vnd=20_000))


@pytest.fixture
def device() -> Iterator[Device]:
    made = Device()
    yield made
    made.close()


def test_the_slip_says_what_the_receipt_says() -> None:
    said = " ".join(text_of(SLIP).split())
    for words in (thermal_receipt.BOX, thermal_receipt.FULL, RECEIPT.series, RECEIPT.payer_name, RECEIPT.total_words):
        assert words in said
    assert f"{RECEIPT.check_number[:4]}-{RECEIPT.check_number[4:]}" in said


def test_every_dot_of_the_page_comes_out() -> None:
    paper = Paper()
    paper.feed(thermal.raster(SLIP))
    assert paper.sheets == thermal.pictures(SLIP)
    rows = paper.sheets[0]
    page = picture_of(SLIP, 203).convert("L")
    black = sum(byte.bit_count() for byte in rows)
    expected = sum(page.histogram()[:150]) * (thermal.DOTS / page.width) ** 2
    assert abs(black - expected) < expected * 0.1
    assert 600 < len(rows) // thermal.ROW < 1_600


def test_a_copy_is_marked_above_and_below_and_a_training_slip_says_so() -> None:
    at = datetime(2026, 11, 25, 9, 30)
    said = text_of(thermal_receipt.mark_copy(SLIP, [receipt_copy(1, at, "Lê Thị Hạnh")]))
    assert said.count("BẢN SAO (IN LẠI LẦN 1)") >= 2
    assert RECEIPT.total_words in " ".join(said.split())
    trained = thermal_receipt.render(RollReceipt(replace(RECEIPT, marks=(training(),))))
    assert text_of(trained).count("BẢN TẬP HUẤN") >= 2


def test_the_address_of_a_printer_is_read_or_refused() -> None:
    assert place_of(" 192.168.1.87 ") == ("192.168.1.87", 9100)
    assert place_of("may-in.xa:9101") == ("may-in.xa", 9101)
    for wrong in ("", "192.168.1.87:0", "192.168.1.87:99999", "máy in", "-a", "a b"):
        assert place_of(wrong) is None


def test_a_sheet_is_answered_for(device: Device) -> None:
    assert _printer(device).send(thermal.raster(SLIP)) is Outcome.DONE
    assert device.paper.sheets == thermal.pictures(SLIP)


def test_nothing_is_sent_to_a_printer_without_paper_or_with_its_cover_open(device: Device) -> None:
    device.empty = True
    assert _printer(device).send(thermal.raster(SLIP)) is Outcome.NO_PAPER
    device.empty, device.offline = False, True
    assert _printer(device).send(thermal.raster(SLIP)) is Outcome.NOT_BEGUN
    assert (device.paper.sheets, device.paper.rows) == ([], b"")
    device.close()
    assert _printer(device).send(b"x") is Outcome.NOT_BEGUN


def test_a_sheet_in_which_the_paper_ended_is_not_called_done(device: Device) -> None:
    device.runs_out = True
    assert _printer(device).send(_job(3)[1]) is Outcome.BROKEN_OFF


def test_a_printer_that_says_nothing_is_not_believed(device: Device) -> None:
    device.mute = True
    assert _printer(device, seconds=0.2).send(_job(3)[1]) is Outcome.BROKEN_OFF


def test_a_picture_that_holds_the_bytes_of_a_question_is_not_taken_for_an_answer(device: Device) -> None:
    row = (b"\x10\x04\x01\x10\x04\x04" * 12)[: thermal.ROW]
    job = thermal.RESET + thermal._bands(row * 8) + thermal.FEED_AND_CUT + thermal.ASK_PAPER
    assert _printer(device).send(job) is Outcome.DONE
    assert device.paper.sheets == [row * 8]


def _printer(device: Device, seconds: float = 5) -> EscposPrinter:
    return EscposPrinter("127.0.0.1", device.port, seconds=seconds)


def _job(rows: int) -> tuple[bytes, bytes]:
    """A small sheet of known dots, and its job."""
    picture = bytes((n * 37 + n // 72) % 255 + 1 for n in range(rows * thermal.ROW))
    return picture, thermal.WAKE + thermal.RESET + thermal._bands(picture) + thermal.FEED_AND_CUT + thermal.ASK_PAPER


def test_a_printer_that_fails_at_any_byte_is_told_of_and_the_next_sheet_is_whole(device: Device) -> None:
    picture, job = _job(3)
    printer = _printer(device)
    before = 2048 + 6  # the question that goes before every job
    start = before + len(thermal.WAKE)
    for at in (0, 1, 2048, *range(before - 6, before), before, start - 1, *range(start, before + len(job))):
        device.paper.sheets.clear()
        device.dies_at = at
        told = printer.send(job)
        assert told is (Outcome.NOT_BEGUN if at < before else Outcome.BROKEN_OFF) or at == before
        device.dies_at = None
        assert printer.send(job) is Outcome.DONE
        assert device.paper.sheets[-1] == picture
        assert len(device.paper.sheets) <= 2


def test_the_parser_of_the_printer_is_whole_again_after_a_job_torn_anywhere() -> None:
    picture, job = _job(60)
    for at in range(0, len(job), 7):
        paper = Paper()
        paper.feed(job[:at])
        paper.feed(job)
        assert paper.sheets[-1] == picture
