"""A sheet is never lost and never printed twice unasked, whatever printer, spooler or mains do."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from desk_app.domain.errors import Failed, Refused
from desk_app.services import paper_queue, papers
from desk_app.services.paper_queue import PaperQueue, QueueState
from desk_app.services.ports import Printed
from desk_app.storage.queries import papers as paper_query
from tests.documents.reading import text_of
from tests.services.money_desk import CashDesk, open_cash_desk


class PowerCut(BaseException):
    """The machine dies here."""


@dataclass
class Spooler:
    """A spooler that does what the test says, and keeps what it was given."""

    states: dict[str, str] = field(default_factory=dict)
    given: list[bytes] = field(default_factory=list)
    refuse: str = ""
    dies: str = ""

    def print_pdf(self, pdf: bytes, *, role: str, media: str, title: str, landscape: bool = False) -> Printed:
        if self.refuse:
            raise Failed(self.refuse, printer="HP")
        if self.dies == "before":
            raise PowerCut
        self.given.append(pdf)
        job = f"HP-{len(self.given)}"
        self.states.setdefault(job, "waiting")
        if self.dies == "after":
            raise PowerCut
        return Printed("HP", job=job)

    def job_state(self, job: str) -> str:
        return self.states.get(job, "unknown")


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[CashDesk]:
    found = open_cash_desk(tmp_path)
    yield found
    found.close()


def a_receipt(desk: CashDesk) -> str:
    return f"fee_receipt:{desk.take(15_000).receipt}"


def state(desk: CashDesk, paper: str) -> tuple[str, int]:
    row = desk.query(paper_query.get, paper)
    return row.state, row.copies


def test_a_sheet_is_followed_until_it_is_out(desk: CashDesk) -> None:
    spooler, paper = Spooler(), a_receipt(desk)
    queue = PaperQueue(spooler)
    papers.print_paper(desk.desk, spooler, paper)
    seen = []
    for told in ("waiting", "printing", "paper_out", "printing", "stopped", "printing"):
        spooler.states["HP-1"] = told
        row = queue.look(desk.desk)[0]
        seen.append((row.state, row.error.code if row.error else ""))
    assert seen == [
        (QueueState.WAITING, ""), (QueueState.PRINTING, ""), (QueueState.PAPER_OUT, "IN-02"),
        (QueueState.PRINTING, ""), (QueueState.STOPPED, "IN-03"), (QueueState.PRINTING, ""),
    ]  # fmt: skip
    spooler.states["HP-1"] = "done"
    assert queue.look(desk.desk) == ()
    assert state(desk, paper) == ("printed", 1)
    assert len(spooler.given) == 1


def test_a_spooler_that_forgets_at_once_means_it_is_out(desk: CashDesk) -> None:
    spooler = Spooler()
    queue = PaperQueue(spooler)
    papers.print_paper(desk.desk, spooler, a_receipt(desk))
    assert len(queue.look(desk.desk)) == 1
    del spooler.states["HP-1"]
    assert queue.look(desk.desk) == ()


def test_a_refused_sheet_stays_due_and_is_printed_unmarked_later(desk: CashDesk) -> None:
    spooler, paper = Spooler(refuse="IN-03"), a_receipt(desk)
    with pytest.raises(Failed, match="IN-03"):
        papers.print_paper(desk.desk, spooler, paper)
    assert PaperQueue(spooler).look(desk.desk) == ()
    assert [p.paper for p in desk.call(papers.due)] == [paper]
    spooler.refuse = ""
    papers.print_paper(desk.desk, spooler, paper)
    assert "BẢN SAO" not in text_of(spooler.given[0])


@pytest.mark.parametrize("dies", ["before", "after"])
@pytest.mark.parametrize("came_out", [True, False])
def test_after_a_crash_the_officer_says_whether_the_paper_came_out(desk: CashDesk, dies: str, came_out: bool) -> None:
    spooler, paper = Spooler(dies=dies), a_receipt(desk)
    with pytest.raises(PowerCut):
        papers.print_paper(desk.desk, spooler, paper)
    spooler.dies, spooler.states = "", {}
    queue = PaperQueue(spooler)  # the next start
    row = queue.look(desk.desk)[0]
    assert (row.state, row.error.code if row.error else "") == (QueueState.UNSURE, "TP-03")
    assert row.error is not None
    assert row.error.values == {"number": "26TAA 1"}
    assert desk.call(papers.due) == ()
    answer = paper_queue.came_out if came_out else paper_queue.did_not_come_out
    desk.call(answer, "answer", paper)
    desk.call(answer, "answer", paper)
    assert queue.look(desk.desk) == ()
    assert state(desk, paper) == ("printed", 1)
    with pytest.raises(Refused, match="IN-09"):
        desk.call(answer, "once more", paper)
    before = len(spooler.given)
    if not came_out:
        papers.print_paper(desk.desk, spooler, paper, paper_queue.LOST)
        assert "(IN LẠI LẦN 1)" in text_of(spooler.given[-1])
    assert len(spooler.given) == before + (not came_out)


def test_a_sheet_of_the_last_run_that_the_spooler_still_has_is_not_asked_about(desk: CashDesk) -> None:
    spooler = Spooler()
    papers.print_paper(desk.desk, spooler, a_receipt(desk))
    assert PaperQueue(spooler).look(desk.desk)[0].state is QueueState.WAITING
    spooler.states["HP-1"] = "done"
    assert PaperQueue(spooler).look(desk.desk) == ()


def test_a_failed_sheet_is_asked_about_and_printed_again_as_a_copy(desk: CashDesk) -> None:
    spooler, paper = Spooler(), a_receipt(desk)
    queue = PaperQueue(spooler)
    papers.print_paper(desk.desk, spooler, paper)
    spooler.states["HP-1"] = "failed"
    row = queue.look(desk.desk)[0]
    assert (row.state, row.error.code if row.error else "") == (QueueState.FAILED, "TP-03")
    desk.call(paper_queue.did_not_come_out, "a", paper)
    papers.print_paper(desk.desk, spooler, paper, "máy in lỗi")
    assert state(desk, paper) == ("printed", 2)
    assert "(IN LẠI LẦN 1)" in text_of(spooler.given[-1])
