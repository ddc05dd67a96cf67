"""A K80 printer chosen for receipts: the payer gets the short form at once, the whole receipt on asking."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from desk_app.documents import ruler_page
from desk_app.domain.errors import Failed
from desk_app.services import cashier, paper_queue, papers
from desk_app.services.desk import Desk
from desk_app.services.paper_queue import PaperQueue, QueueState
from desk_app.system.printing import JobState, Media, Printer
from desk_app.system.settings import Printers
from desk_app.system.signing import PdfSigner
from desk_app.wiring.printing import NETWORK, RolePrinter, print_due
from tests.documents.reading import text_of
from tests.documents.thermal_device import Device
from tests.services.certificates import PIN, office_key
from tests.services.money_desk import CashDesk, open_cash_desk


class Laser:
    """The spooler of a machine with one A4 printer; keeps what it was given."""

    def __init__(self) -> None:
        self.given: list[tuple[str, bytes]] = []
        self.raw: list[tuple[str, bytes]] = []

    def printers(self) -> tuple[Printer, ...]:
        return ()

    def print_pdf(
        self, pdf: bytes, *, printer: str, media: Media, copies: int = 1, title: str, landscape: bool = False
    ) -> str:
        del media, copies, title, landscape
        self.given.append((printer, pdf))
        return f"{printer}-{len(self.given)}"

    def print_raw(self, job: bytes, *, printer: str, title: str) -> str:
        del title
        self.raw.append((printer, job))
        return f"{printer}-raw-{len(self.raw)}"

    def job_state(self, job: str) -> JobState:
        del job
        return JobState.DONE

    def cancel(self, job: str) -> None:
        del job


@dataclass
class Counter:
    cash: CashDesk
    desk: Desk
    device: Device
    laser: Laser
    printers: list[Printers]
    printer: RolePrinter

    def queue(self) -> tuple[paper_queue.QueueRow, ...]:
        return PaperQueue(self.printer).look(self.desk)

    def until(self, reached: Callable[[], object]) -> None:
        end = time.monotonic() + 15
        while not reached():
            assert time.monotonic() < end
            time.sleep(0.02)

    def due(self) -> list[str]:
        return [p.paper for p in self.cash.call(papers.due)]


@pytest.fixture
def counter(tmp_path: Path) -> Iterator[Counter]:
    cash, device, laser = open_cash_desk(tmp_path), Device(), Laser()
    office_key(tmp_path / "key.p12")
    signer = PdfSigner.from_pkcs12(tmp_path / "key.p12", PIN)
    chosen = [Printers(slip_a4="HP", receipt_a5="HP", roll_k80=f"{NETWORK}{device.address}")]
    printer = RolePrinter(laser, lambda: chosen[0], tmp_path / "papers")
    yield Counter(cash, replace(cash.desk, signer=lambda: signer), device, laser, chosen, printer)
    device.close()
    cash.close()


def test_the_payer_gets_the_short_form_and_nothing_waits_to_be_printed(counter: Counter) -> None:
    receipt = counter.cash.take(15_000).receipt
    assert counter.due() == [f"fee_receipt:{receipt}"]
    out = print_due(counter.desk, counter.printer, receipt)
    assert (out.sheets, out.papers) == (1, ("Bản rút gọn của biên lai",))
    counter.until(lambda: counter.queue() == ())
    assert len(counter.device.paper.sheets) == 1
    assert counter.laser.given == []
    assert counter.due() == []
    day = counter.cash.desk.now().date()
    (line,) = counter.cash.desk.store.call(lambda: cashier.of_day(counter.cash.desk, day))
    assert line.state == "Đã in"


def test_who_asks_again_gets_the_whole_receipt_as_its_first_print(counter: Counter) -> None:
    receipt = counter.cash.take(15_000).receipt
    print_due(counter.desk, counter.printer, receipt)
    counter.until(lambda: counter.queue() == ())
    print_due(counter.desk, counter.printer, receipt)
    (whole,) = counter.laser.given
    assert "BẢN SAO" not in text_of(whole[1])
    print_due(counter.desk, counter.printer, receipt)
    assert "BẢN SAO (IN LẠI" in text_of(counter.laser.given[1][1])
    assert len(counter.device.paper.sheets) == 1


def test_a_roll_that_ended_is_told_of_and_what_waits_comes_out_afterwards(counter: Counter) -> None:
    counter.device.empty = True
    print_due(counter.desk, counter.printer, counter.cash.take(15_000).receipt)
    counter.until(lambda: counter.queue()[0].state is QueueState.PAPER_OUT)
    (row,) = counter.queue()
    assert row.error is not None
    assert (row.error.code, row.error.values["paper"]) == ("IN-02", "K80")
    print_due(counter.desk, counter.printer, counter.cash.take(20_000).receipt)
    assert len(counter.queue()) == 2
    counter.device.empty = False
    counter.until(lambda: counter.queue() == ())
    assert len(counter.device.paper.sheets) == 2


def test_a_sheet_that_broke_off_is_asked_about_and_comes_again_as_a_marked_copy(counter: Counter) -> None:
    counter.device.dies_at = 9_000
    receipt = counter.cash.take(15_000).receipt
    print_due(counter.desk, counter.printer, receipt)
    counter.until(lambda: counter.queue()[0].state is QueueState.FAILED)
    (row,) = counter.queue()
    assert row.error is not None
    assert row.error.code == "TP-03"
    counter.device.dies_at = None
    paper = f"{papers.ROLL}:{receipt}"
    counter.cash.call(paper_queue.did_not_come_out, "answer", paper)
    papers.print_paper(counter.desk, counter.printer, paper, paper_queue.LOST)
    counter.until(lambda: counter.queue() == ())
    plain = counter.cash.take(15_000).receipt
    print_due(counter.desk, counter.printer, plain)
    counter.until(lambda: len(counter.device.paper.sheets) == 2)
    marked, first = counter.device.paper.sheets
    assert len(marked) > len(first)  # the two strips that say it is a copy


def test_without_the_offices_signature_a_confirmation_comes_out_of_the_other_printer(counter: Counter) -> None:
    receipt = counter.cash.take(15_000).receipt
    out = print_due(counter.cash.desk, counter.printer, receipt)
    assert out.papers == ("Giấy xác nhận đã thu (chưa phải biên lai)",)
    assert counter.device.paper.sheets == []
    assert counter.due() == [f"fee_receipt:{receipt}"]


def test_a_printer_on_a_cable_gets_the_same_dots_through_the_spooler(counter: Counter) -> None:
    counter.printers[0] = replace(counter.printers[0], roll_k80="POS-80")
    print_due(counter.desk, counter.printer, counter.cash.take(15_000).receipt)
    ((name, job),) = counter.laser.raw
    counter.device.paper.feed(job)
    assert name == "POS-80"
    assert len(counter.device.paper.sheets) == 1


def test_a_test_page_has_every_letter(counter: Counter) -> None:
    pdf = ruler_page.render_roll(counter.desk.now(), "Lê Thị Hạnh")
    assert "Khung rộng đúng 68 mm." in text_of(pdf)
    printed = counter.printer.print_pdf(pdf, role="roll", media="K80", title="Trang in thử")
    counter.until(lambda: counter.printer.job_state(printed.job) == "done")
    counter.printers[0] = Printers()
    with pytest.raises(Failed, match="IN-03"):
        counter.printer.print_pdf(pdf, role="roll", media="K80", title="Trang in thử")
