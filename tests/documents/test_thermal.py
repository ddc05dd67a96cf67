"""K80: the dots of the page, and a printer that fails at every byte."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from desk_app.documents import thermal, thermal_receipt
from desk_app.domain.errors import Failed
from desk_app.system.escpos import EscposPrinter
from tests.documents.reading import picture_of, text_of
from tests.documents.samples import RECEIPT
from tests.documents.thermal_device import Device, Paper

SLIP = thermal_receipt.render(RECEIPT, given_vnd=20_000, counter="Quầy 2", officer="Lê Thị Hạnh")


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


def test_a_sheet_is_answered_for(device: Device) -> None:
    EscposPrinter("127.0.0.1", device.port).send(thermal.raster(SLIP))
    assert device.paper.sheets == thermal.pictures(SLIP)


def test_a_printer_without_paper_or_away_says_so(device: Device) -> None:
    device.empty = True
    with pytest.raises(Failed, match="IN-02"):
        EscposPrinter("127.0.0.1", device.port).send(thermal.raster(SLIP))
    device.close()
    with pytest.raises(Failed, match="IN-03"):
        EscposPrinter("127.0.0.1", device.port, seconds=2).send(b"x")


def _job(rows: int) -> tuple[bytes, bytes]:
    """A small sheet of known dots, and its job."""
    picture = bytes((n * 37 + n // 72) % 255 + 1 for n in range(rows * thermal.ROW))
    return picture, thermal.WAKE + thermal.RESET + thermal._bands(picture) + thermal.FEED_AND_CUT + thermal.ASK_PAPER


def test_a_printer_that_fails_at_any_byte_is_told_of_and_the_next_sheet_is_whole(device: Device) -> None:
    picture, job = _job(3)
    start = len(thermal.WAKE)
    printer = EscposPrinter("127.0.0.1", device.port, seconds=5)
    for at in (0, 1, start - 1, *range(start, len(job))):
        device.paper.sheets.clear()
        device.dies_at = at
        with pytest.raises(Failed, match=r"IN-0[37]"):
            printer.send(job)
        device.dies_at = None
        printer.send(job)
        assert device.paper.sheets[-1] == picture
        assert len(device.paper.sheets) <= 2


def test_the_parser_of_the_printer_is_whole_again_after_a_job_torn_anywhere() -> None:
    picture, job = _job(60)
    for at in range(0, len(job), 7):
        paper = Paper()
        paper.feed(job[:at])
        paper.feed(job)
        assert paper.sheets[-1] == picture
