"""A day of 300 dossiers through the use cases, whose register, counters and lists add up to what was done."""

from __future__ import annotations

import random
import re
import zipfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from io import BytesIO
from pathlib import Path

import pytest

from desk_app.domain.errors import DeskError
from desk_app.domain.lifecycle import State
from desk_app.domain.session import Role
from desk_app.services import apology, books, handover, life, morning, results, stopping
from desk_app.services.apology import MakeApologies
from desk_app.services.handover import HandOver
from desk_app.services.life import RequestSupplement, SimpleMove
from desk_app.services.results import ReturnResult, SettleDossier
from desk_app.services.stopping import StopDossier
from desk_app.storage.queries import life as life_query
from tests.documents.reading import page_count, text_of
from tests.services.counter_desk import COPIES, FIVE_DAYS, MONDAY, CounterDesk, a_person

N = 300
DAY = date(2026, 11, 9)


@dataclass
class Told:
    """What the script did, counted apart from the program."""

    dossiers: list[str] = field(default_factory=list)
    states: Counter[State] = field(default_factory=Counter)
    at_once: int = 0
    letters: int = 0
    certified: int = 0
    tried_and_refused: int = 0


@pytest.fixture(scope="module")
def day(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[CounterDesk, Told]]:
    counter = CounterDesk(tmp_path_factory.mktemp("day"), MONDAY.replace(hour=7, minute=30))
    told = play(counter, random.Random(6))
    yield counter, told
    counter.close()


def play(counter: CounterDesk, dice: random.Random) -> Told:
    """Morning: everything is taken in. Then each goes its own way; moves that are not allowed are tried as well."""
    told = Told()
    forms = {procedure: counter.form(procedure) for procedure in (FIVE_DAYS, COPIES)}
    going: list[str] = []
    for number in range(N):
        procedure = COPIES if dice.random() < 0.3 else FIVE_DAYS
        person = a_person(f"Nguyễn Văn {number:03}", f"0000850{number:05}")
        form = forms[procedure].__class__(
            **{**{n: getattr(forms[procedure], n) for n in forms[procedure].__slots__}, "person": person}
        )
        done = counter.do(lambda f=form: _accept(counter, f))
        told.dossiers.append(done.dossier)
        if done.certification_no:
            told.at_once += 1
            told.certified = done.certification_no
            told.states[State.RETURNED] += 1
        else:
            going.append(done.dossier)
        counter.later(seconds=80)
    _hand_over(counter, going[:180])
    for dossier in going:
        told.states[_one(counter, dossier, dice, told, handed=dossier in going[:180])] += 1
    return told


def _accept(counter: CounterDesk, form: object) -> object:
    from desk_app.services import intake
    from desk_app.services.intake import AcceptDossier

    return intake.accept(counter.desk, AcceptDossier(counter.command(), form))  # type: ignore[arg-type]


def _hand_over(counter: CounterDesk, dossiers: list[str]) -> None:
    for start in range(0, len(dossiers), 60):
        command = HandOver(
            counter.command(), tuple(dossiers[start : start + 60]), "Phòng Văn hóa – Xã hội", "Hồ Văn Tuấn"
        )
        counter.do(lambda c=command: handover.hand_over(counter.desk, c))


def _one(counter: CounterDesk, dossier: str, dice: random.Random, told: Told, *, handed: bool) -> State:
    desk = counter.desk
    try:  # nothing is returned that has no result
        counter.do(lambda: results.return_result(desk, ReturnResult(counter.command(), dossier, None, results.CHECKS)))
    except DeskError:
        told.tried_and_refused += 1
    if not handed:
        return State.ACCEPTED
    way = dice.choice(("stay", "ask", "ask and complete", "settle", "return", "withdraw", "stop"))
    if way.startswith("ask"):
        ask = RequestSupplement(counter.command(), dossier, ("Đơn: chưa ký.",), "Điều 9")
        counter.do(lambda: life.request_supplement(desk, ask))
        if way == "ask":
            return State.SUPPLEMENT
        counter.do(lambda: life.complete_supplement(desk, SimpleMove(counter.command(), dossier)))
        return State.IN_PROGRESS
    if way in ("settle", "return"):
        counter.do(lambda: results.settle(desk, SettleDossier(counter.command(), dossier)))
        if way == "settle":
            return State.SETTLED
        give = ReturnResult(counter.command(), dossier, None, results.CHECKS)
        counter.do(lambda: results.return_result(desk, give))
        return State.RETURNED
    if way in ("withdraw", "stop"):
        counter.do(lambda: life.ask_withdrawal(desk, SimpleMove(counter.command(), dossier, "không cần nữa")))
        if way == "withdraw":
            return State.WITHDRAWAL
        stop = StopDossier(counter.command(), dossier, "Căn cứ đề nghị dừng của người nộp")
        counter.do(lambda: stopping.stop(desk, stop))
        return State.STOPPED
    return State.IN_PROGRESS


def test_every_dossier_ended_where_the_script_left_it(day: tuple[CounterDesk, Told]) -> None:
    counter, told = day
    assert Counter(State(counter.state(d)) for d in told.dossiers) == told.states
    assert told.tried_and_refused == N - told.at_once
    assert min(told.states.values()) > 5


def test_the_tracking_book_adds_up(day: tuple[CounterDesk, Told]) -> None:
    counter, told = day
    book = counter.do(lambda: books.register(counter.desk, DAY, DAY))
    assert [e.number for e in book.entries] == list(range(1, N + 1))
    assert len({e.dossier_code for e in book.entries}) == N
    returned = sum(e.returned_on is not None for e in book.entries)
    assert returned == told.states[State.RETURNED]
    assert sum(e.struck for e in book.entries) == told.states[State.STOPPED]
    assert sum("Yêu cầu bổ sung" in e.note for e in book.entries) == told.states[State.SUPPLEMENT]
    month = counter.do(lambda: morning.gather(counter.desk)).month
    assert month.early + month.on_day == told.states[State.SETTLED] + told.states[State.RETURNED]
    assert month.rate_percent == 100


def test_the_book_of_one_field_and_of_another_day(day: tuple[CounterDesk, Told]) -> None:
    counter, told = day
    acts = counter.do(lambda: books.register(counter.desk, DAY, DAY, field="chung_thuc"))
    assert len(acts.entries) == told.at_once
    assert counter.do(lambda: books.register(counter.desk, DAY + timedelta(1), DAY + timedelta(30))).entries == ()


def test_the_certification_book_has_every_number_once(day: tuple[CounterDesk, Told]) -> None:
    counter, told = day
    (volume,) = counter.do(lambda: books.certification_volumes(counter.desk))
    assert volume == ("01/2026", told.certified)
    acts = counter.do(lambda: books.certification(counter.desk, volume[0])).acts
    assert [act.number for act in acts] == list(range(1, told.at_once + 1))
    assert sum(act.fee for act in acts) == sum(counter.detail(d).row.paid_vnd for d in told.dossiers)
    pdf = counter.do(lambda: books.certification_pdf(counter.desk, volume[0], with_cover=True))
    assert "SỔ CHỨNG THỰC" in text_of(pdf, 0)


def test_the_printed_book_holds_every_code(day: tuple[CounterDesk, Told]) -> None:
    counter, _ = day
    pdf = counter.do(lambda: books.register_pdf(counter.desk, DAY, DAY, with_cover=True))
    text = re.sub(r"\s", "", text_of(pdf))
    assert page_count(pdf) > 20
    assert all(f"261109-{serial:04}" in text for serial in range(1, N + 1))


def test_the_workbook_says_the_same_and_no_name_becomes_a_formula(day: tuple[CounterDesk, Told]) -> None:
    counter, _ = day
    data = counter.do(lambda: books.register_xlsx(counter.desk, DAY, DAY))
    with zipfile.ZipFile(BytesIO(data)) as file:
        sheet = file.read("xl/worksheets/sheet1.xml").decode()
        texts = file.read("xl/sharedStrings.xml").decode()
    assert sheet.count("<row ") == N + 1 + 4
    assert "<f>" not in sheet
    assert "Nguyễn Văn 299" in texts
    assert "pane " in sheet


def test_a_hostile_name_stays_a_name_in_the_workbook(counter: CounterDesk) -> None:
    counter.take_in(person=a_person('=HYPERLINK("http://x";"y")'))
    data = counter.do(lambda: books.register_xlsx(counter.desk, DAY, DAY))
    with zipfile.ZipFile(BytesIO(data)) as file:
        sheet = file.read("xl/worksheets/sheet1.xml").decode()
        styles = file.read("xl/styles.xml").decode()
        assert "HYPERLINK" in file.read("xl/sharedStrings.xml").decode()
    assert "<f>" not in sheet
    assert "hyperlink" not in sheet
    assert 'quotePrefix="1"' in styles


def test_the_next_mornings_find_what_would_break_and_every_late_one_has_its_letter_in_time(tmp_path: Path) -> None:
    """A month of the morning list: every dossier that is late got its letter before its date."""
    counter = CounterDesk(tmp_path)
    ids = []
    for number in range(12):
        counter.at(MONDAY + timedelta(days=number % 5, minutes=number))
        ids.append(counter.take_in(person=a_person(f"Người {number}", f"0000850{number:05}")).dossier)
    _hand_over(counter, ids[:8])
    settled_on = {d: None if n % 3 else DAY + timedelta(days=6) for n, d in enumerate(ids)}
    letters = {}
    for offset in range(4, 30):
        today = DAY + timedelta(days=offset)
        if not counter.desk.catalogue.calendar.is_working(today):
            continue
        counter.at(datetime(today.year, today.month, today.day, 7, 45))
        for dossier, when in settled_on.items():
            if when == today and counter.state(dossier) in (State.ACCEPTED, State.IN_PROGRESS):
                settle = SettleDossier(counter.command(), dossier)
                counter.do(lambda c=settle: results.settle(counter.desk, c))
        seen = counter.do(lambda: morning.gather(counter.desk))
        for group in seen.at_risk:
            chosen = tuple(t.row.dossier for t in group.tasks)
            command = MakeApologies(counter.command(), chosen, group.usual_cause)
            made = counter.do(lambda c=command: apology.apologise(counter.desk, c))
            assert not made.refused
            letters |= {m.dossier: today for m in made.made}
    late = [d for d, when in settled_on.items() if when is None]
    assert set(letters) >= set(late)
    for dossier in late:
        assert letters[dossier].isoformat() < counter.detail(dossier).row.due_at[:10]
    counter.close()


def test_overdue_without_a_letter_is_an_alarm_until_the_letter_is_made(counter: CounterDesk) -> None:
    one = counter.take_in().dossier
    assert counter.do(lambda: morning.alarm(counter.desk)) is None
    counter.at(datetime(2026, 11, 17, 8, 0))
    told = counter.do(lambda: morning.alarm(counter.desk))
    assert told is not None
    assert (told.code, told.values) == ("HS-13", {"n": 1})
    counter.do(lambda: apology.apologise(counter.as_(Role.SPECIALIST), MakeApologies("a", (one,), "absence")))
    assert counter.do(lambda: morning.alarm(counter.desk)) is None
    counter.at(datetime(2026, 12, 1, 8, 0))  # the second date passed as well
    assert counter.do(lambda: morning.alarm(counter.desk)) is not None


def test_causes_are_where_it_lies_still(counter: CounterDesk) -> None:
    here, sent, taken = (counter.take_in(person=a_person(f"N {i}", f"00008500012{i}")).dossier for i in range(3))
    _hand_over(counter, [sent, taken])
    counter.do(lambda: life.take_over(counter.desk, SimpleMove("t", taken)))
    counter.at(datetime(2026, 11, 13, 8, 0))
    groups = counter.do(lambda: morning.gather(counter.desk)).at_risk
    assert {g.reason: [t.row.dossier for t in g.tasks] for g in groups} == {
        "Chưa chuyển giải quyết": [here],
        "Đã chuyển, bên giải quyết chưa ký nhận": [sent],
        "Đang giải quyết tại Phòng Văn hóa – Xã hội": [taken],
    }


def test_no_list_reads_the_whole_table(counter: CounterDesk) -> None:
    seen: list[str] = []

    def job() -> None:
        with counter.desk.store.read() as tx:
            rows = tx.rows
            tx.rows = lambda sql, values=(): (seen.append((sql, values)), rows(sql, values))[1]  # type: ignore
            now = datetime(2026, 11, 9)
            life_query.to_hand_over(tx)
            life_query.due_between(tx, now, now)
            life_query.overdue_unwritten(tx, now)
            life_query.dated_otherwise(tx, "another")
            life_query.on_time(tx, DAY, DAY)
            life_query.slips_between(tx, "apology_letter", DAY, DAY)
            for sql, values in seen:
                plan = " ".join(str(r[-1]) for r in rows(f"EXPLAIN QUERY PLAN {sql}", values))  # type: ignore[misc]
                assert "SCAN" not in plan, (sql, plan)

    counter.do(job)
