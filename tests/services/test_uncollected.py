"""Results that wait: who is called, and the letter that asks him to come."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest

from desk_app.domain.errors import Refused
from desk_app.services import intake, life, papers, results, uncollected
from desk_app.services.intake import AcceptDossier
from desk_app.services.life import SimpleMove
from desk_app.services.results import ReturnResult, SettleDossier
from tests.documents.reading import text_of
from tests.services.counter_desk import CounterDesk, a_person


@pytest.fixture
def counter(tmp_path: Path) -> Iterator[CounterDesk]:
    made = CounterDesk(tmp_path)
    yield made
    made.close()


def settle(counter: CounterDesk, dossier: str) -> None:
    command = SettleDossier(counter.command(), dossier, "granted", "12/KQ")
    counter.do(lambda: results.settle(counter.desk, command))


def ask(counter: CounterDesk, dossier: str) -> str:
    def job() -> str:
        with counter.desk.store.read() as tx:
            return uncollected.invitation_id(tx, dossier)

    return counter.do(job)


def test_the_longest_wait_is_called_first_by_the_number_of_who_handed_it_in(counter: CounterDesk) -> None:
    first = counter.take_in(person=a_person("Ngô Thị Loan"))
    sent = replace(counter.form(), submitter=replace(a_person("Vũ Văn Con", "000095000128"), phone="0977 000 111"))
    second = counter.do(lambda: intake.accept(counter.desk, AcceptDossier("sent", sent)))
    taken = counter.take_in()
    with pytest.raises(Refused) as nobody:
        counter.do(lambda: uncollected.gather(counter.desk))
    assert nobody.value.code == "HS-21"
    for day, one in ((12, second), (13, first), (13, taken)):
        counter.at(datetime(2026, 11, day, 9, 0))
        settle(counter, one.dossier)
    counter.do(
        lambda: results.return_result(
            counter.desk, ReturnResult(counter.command(), taken.dossier, None, results.CHECKS)
        )
    )
    listed = counter.do(lambda: uncollected.gather(counter.desk)).results
    assert [(r.person_name, r.phone) for r in listed] == [
        ("Vũ Văn Con", "0977 000 111"), ("Ngô Thị Loan", "0912 345 678")
    ]  # fmt: skip
    words = text_of(uncollected.list_pdf(counter.desk))
    assert "Tổng số: 02 kết quả." in words and words.index("0977 000 111") < words.index("0912 345 678")
    few = counter.do(lambda: uncollected.gather(counter.desk, most=1)).results
    assert len(few) == 1


def test_an_invitation_is_kept_and_a_result_made_anew_gets_another_one(counter: CounterDesk) -> None:
    one = counter.take_in(person=a_person("Ngô Thị Loan")).dossier
    with pytest.raises(Refused) as early:
        ask(counter, one)
    assert early.value.code == "HS-22"
    counter.at(datetime(2026, 11, 12, 9, 0))
    settle(counter, one)
    letter = ask(counter, one)
    words = text_of(counter.pdf(letter))
    for part in ("GIẤY MỜI NHẬN KẾT QUẢ", "Ngô Thị Loan", "đã có kết quả từ ngày 12 tháng 11 năm 2026", "07 giờ 30"):
        assert part in words, part
    counter.at(datetime(2026, 11, 20, 9, 0))
    assert counter.pdf(letter) == papers.make(counter.desk, letter)
    counter.do(lambda: life.take_back(counter.desk, SimpleMove("b", one, "nhầm")))
    settle(counter, one)
    assert ask(counter, one) != letter
    assert counter.desk.store.rebuild().differences == ()
