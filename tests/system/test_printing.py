"""Papers through a real print server: what comes out, and what the officer hears when it does not."""

from __future__ import annotations

import io
import time
from collections.abc import Callable
from pathlib import Path

import pypdfium2
import pytest
from reportlab.pdfgen import canvas

from desk_app.domain.errors import Failed
from desk_app.system.cups import CupsSpooler
from desk_app.system.printing import (
    FolderPrinter,
    JobState,
    Printer,
    PrinterState,
    complaint,
    looks_virtual,
    suggested,
)
from tests.printserver import PrintServer

A5_LANDSCAPE = (595, 420)
A4 = (595, 842)


def _paper(size: tuple[int, int], words: str = "BIEN LAI 00027") -> bytes:
    out = io.BytesIO()
    page = canvas.Canvas(out, pagesize=size, invariant=1)
    page.drawString(40, 40, words)
    page.rect(20, 20, size[0] - 40, size[1] - 40)
    page.save()
    return out.getvalue()


def _until(job: Callable[[], JobState], wanted: JobState) -> None:
    end = time.monotonic() + 15
    while (state := job()) is not wanted:
        assert time.monotonic() < end, f"still {state}"
        time.sleep(0.05)


def _spool(server: PrintServer) -> CupsSpooler:
    return CupsSpooler(server.address)


def test_a_landscape_receipt_comes_out_on_a5_at_its_true_size(printer: PrintServer) -> None:
    spool = _spool(printer)
    job = spool.print_pdf(_paper(A5_LANDSCAPE), printer=printer.queue, media="A5", title="BL-00027", landscape=True)
    (paper,) = printer.wait_papers()
    page = pypdfium2.PdfDocument(paper)[0]
    assert sorted(round(side) for side in page.get_size()) == [420, 595]
    assert "BIEN LAI 00027" in page.get_textpage().get_text_bounded()
    # The frame was drawn 20 points from each edge; turned, but neither shrunk nor moved.
    ink = page.render(scale=1, grayscale=True).to_pil().point(lambda level: 255 - level).getbbox()
    assert ink is not None
    assert [round(v) for v in ink] == pytest.approx([20, 20, page.get_width() - 20, page.get_height() - 20], abs=2)
    _until(lambda: spool.job_state(job), JobState.DONE)


def test_title_copies_and_medium_reach_the_driver(printer: PrintServer) -> None:
    _spool(printer).print_pdf(_paper(A4), printer=printer.queue, media="A4", copies=2, title="GTN-12")
    (paper,) = printer.wait_papers()
    title, copies, options = printer.settings()
    assert (title, copies) == ("GTN-12", "2")
    assert "media=A4" in options.split()
    assert len(pypdfium2.PdfDocument(paper)) >= 1


def test_bytes_in_the_printers_own_language_arrive_unchanged(printer: PrintServer) -> None:
    job = b"\x00\x1b@\x1dv0\x00H\x00\x01\x00" + bytes(range(72)) + b"\x1dVB\x03"
    _spool(printer).print_raw(job, printer=printer.queue, title="BL-00027")
    assert printer.wait_papers() == [job]
    with pytest.raises(Failed, match="IN-03"):
        _spool(printer).print_raw(job, printer="khong-co", title="BL-00027")


def test_paper_out_is_seen_and_the_job_goes_on_by_itself(printer: PrintServer) -> None:
    spool = _spool(printer)
    printer.set_mode("paper-out")
    job = spool.print_pdf(_paper(A4), printer=printer.queue, media="A4", title="A")
    behind = spool.print_pdf(_paper(A4), printer=printer.queue, media="A4", title="B")
    _until(lambda: spool.job_state(job), JobState.PAPER_OUT)
    assert spool.job_state(behind) is JobState.PAPER_OUT
    (found,) = spool.printers()
    assert found.state is PrinterState.PAPER_OUT
    told = complaint(found.state, printer=found.name, media="A4")
    assert told is not None
    assert (told.code, told.values) == ("IN-02", {"printer": printer.queue, "paper": "A4"})
    printer.set_mode("ready")
    assert len(printer.wait_papers(2)) == 2
    _until(lambda: spool.job_state(behind), JobState.DONE)


def test_a_printer_that_does_not_answer_keeps_the_paper_and_is_told(printer: PrintServer) -> None:
    spool = _spool(printer)
    printer.set_mode("gone")
    job = spool.print_pdf(_paper(A4), printer=printer.queue, media="A4", title="A")
    _until(lambda: spool.job_state(job), JobState.STOPPED)
    told = complaint(spool.job_state(job), printer=printer.queue, media="A4")
    assert told is not None
    assert told.code == "IN-03"
    assert spool.printers()[0].state is PrinterState.STOPPED
    printer.set_mode("ready")
    printer.enable()
    assert len(printer.wait_papers()) == 1


def test_a_cancelled_paper_does_not_come_out(printer: PrintServer) -> None:
    spool = _spool(printer)
    printer.set_mode("paper-out")
    job = spool.print_pdf(_paper(A4), printer=printer.queue, media="A4", title="A")
    spool.cancel(job)
    _until(lambda: spool.job_state(job), JobState.FAILED)
    spool.cancel(job)
    printer.set_mode("ready")
    kept = spool.print_pdf(_paper(A4), printer=printer.queue, media="A4", title="B")
    _until(lambda: spool.job_state(kept), JobState.DONE)
    assert len(printer.wait_papers()) == 1


def test_a_damaged_paper_is_failed_not_done(printer: PrintServer) -> None:
    spool = _spool(printer)
    job = spool.print_pdf(b"%PDF-1.4 broken", printer=printer.queue, media="A4", title="A")
    _until(lambda: spool.job_state(job), JobState.FAILED)


@pytest.mark.parametrize("name", ["khong-co", ""])
def test_an_unknown_printer_is_never_replaced_by_another(printer: PrintServer, name: str) -> None:
    with pytest.raises(Failed) as failed:
        _spool(printer).print_pdf(_paper(A4), printer=name, media="A4", title="A")
    assert (failed.value.code, failed.value.values["printer"]) == ("IN-03", name)


def test_without_a_spooler_there_are_no_printers_and_printing_says_so() -> None:
    nowhere = CupsSpooler("localhost:1")
    assert nowhere.printers() == ()
    assert nowhere.job_state("quay-1") is JobState.UNKNOWN
    with pytest.raises(Failed) as failed:
        nowhere.print_pdf(_paper(A4), printer="quay", media="A4", title="A")
    assert failed.value.code in ("IN-03", "IN-07")


def test_the_queue_is_listed_and_a_forgotten_job_is_unknown(printer: PrintServer) -> None:
    (found,) = _spool(printer).printers()
    assert found == Printer(printer.queue, PrinterState.READY, is_virtual=False, is_default=False)
    assert _spool(printer).job_state(f"{printer.queue}-99999") is JobState.UNKNOWN


def test_only_a_pdf_reaches_the_spooler(printer: PrintServer) -> None:
    for bad in (b"", b"hello"):
        with pytest.raises(ValueError, match="PDF"):
            _spool(printer).print_pdf(bad, printer=printer.queue, media="A4", title="A")


def test_a_printer_that_makes_files_is_never_proposed() -> None:
    def queue(name: str, *, default: bool = False) -> Printer:
        return Printer(name, PrinterState.READY, looks_virtual(name), default)

    pdf, laser, other = queue("Microsoft Print to PDF", default=True), queue("HP LaserJet"), queue("Canon LBP")
    assert suggested((pdf,)) is None
    assert suggested((pdf, laser)) == laser
    assert suggested((laser, other)) is None
    assert suggested((laser, queue("Brother", default=True))) == queue("Brother", default=True)
    assert looks_virtual("Máy ảo", "cups-pdf:/")
    assert looks_virtual("Fax")


def test_papers_kept_as_files_never_replace_one_another(tmp_path: Path) -> None:
    folder = FolderPrinter(tmp_path / "Giấy đã in")
    names = [folder.print_pdf(_paper(A4), printer="", media="A4", title="Biên lai 26TAA/00027") for _ in range(2)]
    assert names == ["Biên-lai-26TAA-00027.pdf", "Biên-lai-26TAA-00027-2.pdf"]
    assert all((tmp_path / "Giấy đã in" / name).read_bytes() == _paper(A4) for name in names)
    assert folder.job_state(names[0]) is JobState.DONE
    assert folder.job_state("x.pdf") is JobState.UNKNOWN
    assert folder.print_pdf(_paper(A4), printer="", media="A4", title="../..") == "giay.pdf"


def test_a_folder_that_cannot_be_written_is_told_with_its_path(tmp_path: Path) -> None:
    (tmp_path / "tệp").write_text("")
    with pytest.raises(Failed) as failed:
        FolderPrinter(tmp_path / "tệp").print_pdf(_paper(A4), printer="", media="A4", title="A")
    assert (failed.value.code, failed.value.values["path"]) == ("IN-08", str(tmp_path / "tệp"))
