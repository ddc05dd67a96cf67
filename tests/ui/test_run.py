from __future__ import annotations

import logging
import threading
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from functools import partial

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import delete

from desk_app.domain.errors import DeskError, Refused
from desk_app.ui import run as bridge
from desk_app.ui.run import run


@pytest.fixture
def worker() -> Iterator[ThreadPoolExecutor]:
    with ThreadPoolExecutor(1) as pool:
        yield pool


@pytest.fixture
def owner(qtbot: QtBot) -> QWidget:
    widget = QWidget()
    qtbot.addWidget(widget)
    return widget


class Answers:
    def __init__(self) -> None:
        self.done: list[object] = []
        self.failed: list[DeskError] = []
        self.threads: list[int] = []

    def on_done(self, result: object) -> None:
        self.done.append(result)
        self.threads.append(threading.get_ident())

    def on_failed(self, error: DeskError) -> None:
        self.failed.append(error)
        self.threads.append(threading.get_ident())


def test_the_job_runs_elsewhere_and_its_answer_comes_back_here(
    owner: QWidget, worker: ThreadPoolExecutor, qtbot: QtBot
) -> None:
    answers, here = Answers(), threading.get_ident()
    assert run(owner, worker.submit, threading.get_ident, answers.on_done, answers.on_failed)
    qtbot.waitUntil(lambda: bool(answers.done))
    assert answers.done != [here]
    assert answers.threads == [here]


def test_an_answer_never_comes_before_run_has_returned(owner: QWidget, qtbot: QtBot) -> None:
    def at_once(job: object) -> Future[int]:
        future: Future[int] = Future()
        future.set_result(7)
        return future

    answers = Answers()
    run(owner, at_once, lambda: 7, answers.on_done, answers.on_failed)
    assert answers.done == []
    qtbot.waitUntil(lambda: answers.done == [7])


def test_a_second_press_while_the_first_is_under_way_is_refused(
    owner: QWidget, worker: ThreadPoolExecutor, qtbot: QtBot
) -> None:
    gate, calls, answers = threading.Event(), [], Answers()

    def job() -> int:
        gate.wait(10)
        calls.append(1)
        return len(calls)

    assert run(owner, worker.submit, job, answers.on_done, answers.on_failed, action="accept")
    assert not run(owner, worker.submit, job, answers.on_done, answers.on_failed, action="accept")
    assert bridge.under_way(owner, "accept")
    gate.set()
    qtbot.waitUntil(lambda: answers.done == [1])
    assert run(owner, worker.submit, job, answers.on_done, answers.on_failed, action="accept")
    qtbot.waitUntil(lambda: answers.done == [1, 2])


def test_partial_jobs_of_one_service_are_one_action(owner: QWidget, worker: ThreadPoolExecutor, qtbot: QtBot) -> None:
    gate, answers = threading.Event(), Answers()

    def job(number: int) -> int:
        gate.wait(10)
        return number

    assert run(owner, worker.submit, partial(job, 1), answers.on_done, answers.on_failed)
    assert not run(owner, worker.submit, partial(job, 2), answers.on_done, answers.on_failed)
    gate.set()
    qtbot.waitUntil(lambda: answers.done == [1])


def test_two_pages_do_not_stand_in_each_others_way(owner: QWidget, worker: ThreadPoolExecutor, qtbot: QtBot) -> None:
    other, answers = QWidget(), Answers()
    qtbot.addWidget(other)
    assert run(owner, worker.submit, lambda: 1, answers.on_done, answers.on_failed, action="save")
    assert run(other, worker.submit, lambda: 2, answers.on_done, answers.on_failed, action="save")
    qtbot.waitUntil(lambda: sorted(map(str, answers.done)) == ["1", "2"])


def test_when_the_owner_is_gone_the_answer_is_dropped_and_the_work_is_not(
    owner: QWidget, worker: ThreadPoolExecutor, qtbot: QtBot
) -> None:
    gate, worked, answers = threading.Event(), [], Answers()

    def job() -> None:
        gate.wait(10)
        worked.append(1)

    gone = QWidget()
    run(gone, worker.submit, job, answers.on_done, answers.on_failed)
    delete(gone)
    gate.set()
    later = Answers()
    run(owner, worker.submit, lambda: 2, later.on_done, later.on_failed)
    qtbot.waitUntil(lambda: later.done == [2])
    assert (worked, answers.done, answers.failed) == ([1], [], [])


def test_a_refusal_arrives_with_its_code_and_values(owner: QWidget, worker: ThreadPoolExecutor, qtbot: QtBot) -> None:
    def job() -> None:
        raise Refused("TN-06", n=11)

    answers = Answers()
    run(owner, worker.submit, job, answers.on_done, answers.on_failed)
    qtbot.waitUntil(lambda: bool(answers.failed))
    assert (answers.failed[0].code, answers.failed[0].values) == ("TN-06", {"n": 11})


def test_a_bug_becomes_ht_00_and_its_words_stay_out_of_the_log(
    owner: QWidget, worker: ThreadPoolExecutor, qtbot: QtBot, caplog: pytest.LogCaptureFixture
) -> None:
    def job() -> None:
        raise ValueError("Nguyễn Thị Thu Hà")

    answers = Answers()
    with caplog.at_level(logging.ERROR):
        run(owner, worker.submit, job, answers.on_done, answers.on_failed)
        qtbot.waitUntil(lambda: bool(answers.failed))
    assert answers.failed[0].code == "HT-00"
    assert "ValueError" in caplog.text
    assert "job:" in caplog.text
    assert "Nguyễn" not in caplog.text


def test_a_worker_that_is_closed_is_told_like_any_failure(owner: QWidget, qtbot: QtBot) -> None:
    closed = ThreadPoolExecutor(1)
    closed.shutdown()
    answers = Answers()
    assert run(owner, closed.submit, lambda: 1, answers.on_done, answers.on_failed)
    qtbot.waitUntil(lambda: bool(answers.failed))
    assert answers.failed[0].code == "HT-00"
