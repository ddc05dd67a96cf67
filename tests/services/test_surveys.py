"""Answers that lead to nobody: from the tap to the record that leaves, judged as by one who holds key, file and stream."""

from __future__ import annotations

import json
import random
from collections import Counter
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk_app.domain import survey as rules
from desk_app.domain.errors import DeskError
from desk_app.domain.survey import SurveyAnswer
from desk_app.services import surveys
from desk_app.services.surveys import FilledSurvey
from desk_app.storage.lines import TRAINING_SURVEY
from sync.protocol.envelope import Record, check_chain
from tests.services.feedback_desk import HANH, RESOURCES, Office, an_office, everything
from tests.storage.builders import receive

FORM = surveys.forms((RESOURCES / "forms" / "survey.json").read_text(encoding="utf-8"))["counter/1"]


def records(office: Office) -> list[Record]:
    def job() -> list[Record]:
        with office.store.read() as tx:
            line = next(line.line for line in tx.lines() if line.kind == TRAINING_SURVEY)
            return list(tx.records(line))[1:]

    return office.store.call(job)


def rate(office: Office, score: int, reason: str = "", field: str = "", procedure: str = "") -> None:
    office.do(surveys.rate, HANH, score, reason, field, procedure)


def test_nothing_leaves_on_its_day_nor_in_a_group_of_four(tmp_path: Path) -> None:
    with an_office(tmp_path) as office:
        for score in (5, 4, 4, 3):
            rate(office, score)
        office.pass_days(1)
        assert office.do(surveys.release, HANH) == 0
        rate(office, 1)
        assert office.do(surveys.release, HANH) == 0
        office.pass_days(1)
        assert office.do(surveys.release, HANH) == 5
        assert office.do(surveys.waiting, HANH) == 0
        found = office.do(surveys.satisfaction, HANH, "2026-11-01", "2026-11-30")
        assert (found.n, found.satisfied) == (5, 3)
        assert rules.rate_text(found.satisfied, found.n) == "60,00 %"


def test_a_desk_without_survey_line_keeps_them_and_works_on(tmp_path: Path) -> None:
    with an_office(tmp_path, survey_line=False) as office:
        for _ in range(9):
            rate(office, 5)
        office.pass_days(1)
        assert office.do(surveys.release, HANH) == 0
        assert office.do(surveys.waiting, HANH) == 9


def test_a_record_tells_neither_officer_nor_hour_nor_the_day_it_was_given(tmp_path: Path) -> None:
    with an_office(tmp_path) as office:
        for day in range(3):
            for score in (2, 5):
                rate(office, score, "wait" if score == 2 else "")
            office.pass_days(1 if day < 2 else 4)
        office.clock.now += timedelta(hours=3, minutes=7, seconds=11)
        assert office.do(surveys.release, HANH) == 6
        for record in records(office):
            e = record.envelope
            assert (e.actor, e.at) == ("", "2026-11-30T17:00:00.000Z")
            assert e.body["day"] == "2026-11-27"
            assert len(e.id) == 32 and "-" not in e.id
            assert set(e.body) == {
                "form", "day", "score", "answers", "field", "procedure", "on_paper", "opinion",
            }  # fmt: skip
        assert office.store.rebuild().differences == ()


def test_what_fewer_than_five_share_is_taken_off() -> None:
    many = [SurveyAnswer("quick/1", "2026-11-25", 4, {}, "ho_tich", "khai_sinh") for _ in range(5)]
    few = [SurveyAnswer("quick/1", "2026-11-25", 1, {}, "ho_tich", "ket_hon") for _ in range(4)]
    group = rules.release(many + few, [bytes([n]) for n in range(9)])
    assert Counter(a.field for a in group) == {"ho_tich": 9}
    assert Counter(a.procedure for a in group) == {"khai_sinh": 5, "": 4}


def test_answers_cannot_be_matched_to_dossiers_from_file_or_stream(tmp_path: Path) -> None:
    """The best guess of one who knows every dossier's order is no better than chance within a group.

    In each of 200 groups of five, the place at which the n-th citizen's answer leaves must be even over the places:
    chi-square with 16 degrees of freedom stays under 39.25 (p = 0.001). The generator is seeded, so it cannot flake.
    """
    seen: Counter[tuple[int, int]] = Counter()
    dice = random.Random(20261125)
    for _group in range(200):
        answers = [SurveyAnswer("quick/1", "2026-11-25", score, {}) for score in (1, 2, 3, 4, 5)]
        assert rules.releasable(answers, "2026-11-26") == (0, 1, 2, 3, 4)
        released = rules.release(answers, [dice.randbytes(16) for _ in answers])
        for place, answer in enumerate(released):
            seen[answer.score - 1, place] += 1
    chi_square_in_40ths = sum((n - 40) ** 2 for n in (seen[a, b] for a in range(5) for b in range(5)))
    assert chi_square_in_40ths < 39.25 * 40


def test_the_one_who_filled_the_longer_form_waits_for_four_more(tmp_path: Path) -> None:
    """An onlooker saw him fill it: among tapped faces, or as the only one on paper, his answer would be known."""
    with an_office(tmp_path) as office:
        for score in (1, 2, 3, 4, 5):
            rate(office, score)
        office.do(surveys.fill, HANH, FilledSurvey(FORM, {"overall": 2}))
        for _ in range(4):
            office.do(surveys.fill, HANH, FilledSurvey(FORM, {"overall": 5}, on_paper=True))
        office.pass_days(1)
        assert office.do(surveys.release, HANH) == 5
        assert office.do(surveys.waiting, HANH) == 5
        assert {r.envelope.body["form"] for r in records(office)} == {"quick/1"}
        office.do(surveys.fill, HANH, FilledSurvey(FORM, {"overall": 4}, on_paper=True))
        office.pass_days(1)
        assert office.do(surveys.release, HANH) == 5
        assert office.do(surveys.waiting, HANH) == 1, "the one on the screen still waits"


@given(
    st.lists(
        st.tuples(
            st.sampled_from(("quick/1", "counter/1")), st.booleans(), st.sampled_from(("ho_tich", "dat_dai", ""))
        ),
        max_size=40,
    ),
    st.integers(1, 4),
)
def test_whatever_waits_no_released_answer_is_alone_in_anything_it_shows(
    waiting: list[tuple[str, bool, str]], days: int
) -> None:
    answers = [
        SurveyAnswer(form, f"2026-11-{20 + n % days:02d}", 3, {}, field, "", "", paper)
        for n, (form, paper, field) in enumerate(waiting)
    ]
    chosen = rules.releasable(answers, "2026-11-25")
    released = rules.release([answers[at] for at in chosen], [bytes([at]) for at in chosen])
    shown = Counter((a.form, a.on_paper, a.day) for a in released)
    assert all(n >= 5 for n in shown.values())
    fields = Counter((a.form, a.on_paper, a.field) for a in released if a.field)
    assert all(n >= 5 for n in fields.values())


def test_who_knows_every_dossier_and_reads_the_sealed_stream_guesses_no_better_than_chance(tmp_path: Path) -> None:
    """The attacker has the file, the key and the stream; he knows in which order the citizens stood at the counter.

    Each day ten citizens hand something in and answer; he says who gave which of the released answers by every order he
    can see: place in the stream, record id, hash, id of the opinion's subject, and both ends of each. By chance one of
    ten is right (mean 1 a day, variance 1); over 30 days no order may be right more than 30 + 4·√30 ≈ 52 times.
    """
    days, people = 30, 10
    with an_office(tmp_path, seed=11) as office:
        hits: Counter[str] = Counter()
        for day in range(days):
            for n in range(people):
                office.store.call(lambda n=n, day=day: _a_dossier(office, f"d{day}-{n}"))
                office.do(surveys.fill, HANH, FilledSurvey(FORM, {"overall": 1 + n % 5, "opinion": f"{n:02d}"}))
                office.clock.now += timedelta(minutes=7)
            office.pass_days(1)
            assert office.do(surveys.release, HANH) == people
            new = records(office)[-people:]
            said = [office.store.call(lambda r=r: _opinion(office, r)) for r in new]
            views = {
                "place": list(range(people)),
                "id": _ranks([r.envelope.id for r in new]),
                "hash": _ranks([r.h for r in new]),
                "subject": _ranks([str(r.envelope.body["opinion"]["id"]) for r in new]),  # type: ignore[index,call-overload]
            }
            for name, ranks in views.items():
                hits[name] += sum(rank == who for rank, who in zip(ranks, said, strict=True))
                hits[f"{name} backwards"] += sum(
                    people - 1 - rank == who for rank, who in zip(ranks, said, strict=True)
                )
        assert max(hits.values()) <= 52, hits


def test_the_waiting_table_holds_no_order_and_the_release_none_of_the_arrivals(tmp_path: Path) -> None:
    """Rank of arrival against rank in the waiting table, and against rank in the stream, over 60 answers: no trend."""
    with an_office(tmp_path, seed=7) as office:
        for n in range(60):
            filled = FilledSurvey(FORM, {"overall": 1 + n % 5, "opinion": f"{n:02d}"})
            office.do(surveys.fill, HANH, filled)
            office.store.call(lambda n=n: _a_dossier(office, f"d{n}"))

        def keys() -> list[int]:
            with office.store.read() as tx:
                rows = tx.rows("SELECT answer FROM survey_waiting")
            return [int(json.loads(row[0])["opinion"]) for row in rows]

        waiting = office.store.call(keys)
        office.pass_days(1)
        assert office.do(surveys.release, HANH) == 60

        def stream() -> list[int]:
            with office.store.read() as tx:
                rows = tx.rows("SELECT opinion FROM survey_answer ORDER BY n")
                return [int(str((tx.subject(row[0]) or {})["text"])) for row in rows]

        for order in (waiting, office.store.call(stream)):
            assert sorted(order) == list(range(60))
            assert abs(_rank_correlation_percent(order)) < 33  # p = 0.01 at n = 60


def test_nothing_in_the_file_names_a_dossier_beside_an_answer(tmp_path: Path) -> None:
    with an_office(tmp_path) as office:
        code = office.store.call(lambda: _a_dossier(office, "dossier-canary-771"))
        for score in range(1, 6):
            rate(office, score, "wait")
        office.pass_days(1)
        office.do(surveys.release, HANH)

        def survey_rows() -> str:
            with office.store.read() as tx:
                line = next(line.line for line in tx.lines() if line.kind == TRAINING_SURVEY)
                told = [
                    tx.rows("SELECT * FROM survey_answer"),
                    tx.rows("SELECT * FROM survey_waiting"),
                    tx.rows("SELECT * FROM command WHERE line = ?", (line,)),
                    tx.rows("SELECT line, seq, id, kind, at, raw FROM record WHERE line = ? AND seq > 1", (line,)),
                ]
                return repr(told)

        told = office.store.call(survey_rows)
        assert code in everything(office.store)
        for word in (code, "dossier-canary-771", HANH.id, HANH.name, "2026-11-25T09"):
            assert word not in told


def test_the_line_of_surveys_is_a_chain_like_any_other(tmp_path: Path) -> None:
    with an_office(tmp_path) as office:
        for _day in range(2):
            for score in range(1, 7):
                rate(office, min(score, 5))
            office.pass_days(1)
            office.do(surveys.release, HANH)

        def line() -> list[Record]:
            with office.store.read() as tx:
                number = next(line.line for line in tx.lines() if line.kind == TRAINING_SURVEY)
                return list(tx.records(number))

        assert check_chain(office.store.call(line))[0] == 13


def test_clock_set_back_releases_nothing_early(tmp_path: Path) -> None:
    with an_office(tmp_path) as office:
        for _ in range(6):
            rate(office, 4)
        office.pass_days(-3)
        assert office.do(surveys.release, HANH) == 0
        office.pass_days(4)
        assert office.do(surveys.release, HANH) == 6


@pytest.mark.parametrize("score", [0, 6, -1])
def test_a_face_that_is_not_there_is_refused(tmp_path: Path, score: int) -> None:
    with an_office(tmp_path) as office, pytest.raises(DeskError, match="KS-02"):
        rate(office, score)


def test_the_longer_form_takes_only_answers_it_asked_for(tmp_path: Path) -> None:
    assert rules.check(FORM, {"overall": 5, "trips": "more"}) == (5, {"overall": 5, "trips": "more"}, "")
    for typed, code in (
        ({"overall": 6}, "KS-02"), ({"overall": True}, "KS-02"), ({"trips": "9"}, "KS-02"), ({"name": "x"}, "KS-02"),
        ({}, "KS-03"), ({"opinion": "  "}, "KS-03"),
    ):  # fmt: skip
        with pytest.raises(DeskError, match=code):
            rules.check(FORM, typed)  # type: ignore[arg-type]
    _score, _answers, opinion = rules.check(FORM, {"opinion": "=cmd\u202e" + "x" * 900})
    assert len(opinion) <= 500 and "\u202e" not in opinion


def test_a_rate_is_not_shown_below_five_and_needs_no_division_by_zero() -> None:
    assert rules.rate_text(0, 0) == "chưa đủ phiếu"
    assert rules.rate_text(4, 4) == "chưa đủ phiếu"
    assert rules.rate_text(85, 92) == "92,39 %"
    assert rules.rate_text(5, 5) == "100,00 %"


def _ranks(values: list[str]) -> list[int]:
    order = sorted(values)
    return [order.index(value) for value in values]


def _opinion(office: Office, record: Record) -> int:
    with office.store.read() as tx:
        return int(str((tx.subject(record.envelope.body["opinion"]["id"]) or {})["text"]))  # type: ignore[index,call-overload,arg-type]


def _a_dossier(office: Office, dossier: str) -> str:
    with office.store.write(f"c-{dossier}", HANH.id) as tx:
        return receive(tx, office.clock, dossier).code


def _rank_correlation_percent(order: list[int]) -> int:
    n = len(order)
    squares = sum((place - value) ** 2 for place, value in enumerate(order))
    return 100 - 600 * squares // (n * (n * n - 1))
