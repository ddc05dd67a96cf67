"""Feedback, satisfaction and causes of lateness against the sealed facts themselves, read one by one and counted by hand.

What is compared is the report of a generated year and a plain walk over the journal: no table, no SQL, no fold.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desk_app.domain.lateness import CAUSES
from desk_app.domain.period import OFFICIAL_CLOSING, Period, Span, period_of
from desk_app.domain.report import Group, Ratio
from desk_app.storage.reports.behind import behind
from desk_app.storage.reports.work import Asked
from desk_app.storage.transaction import ReadTx
from sync.protocol.codec import from_body
from sync.protocol.dossier_facts import ApologyMade, DossierStopped, SupplementCompleted, SupplementRequested
from sync.protocol.facts import DossierReceived, DossierSettled, Fact, GuidanceGiven, ReceiptIssued
from sync.protocol.feedback_facts import (
    FeedbackAnswered,
    FeedbackAssigned,
    FeedbackClassified,
    FeedbackReceived,
    FeedbackRefused,
    FeedbackTransferred,
    SurveyReleased,
)
from sync.protocol.money_facts import ReceiptReplaced, ReceiptVoided
from tests.storage.reports.test_reports import DAYS, NOW, YEAR, counted, figure, look
from tests.storage.year import QUIET, Year

FEW = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.fixture(scope="module")
def facts(year: Year) -> list[Fact]:
    """Every fact of the year in its order."""

    def job(tx: ReadTx) -> list[Fact]:
        envelopes = (r.envelope for r in tx.records(tx.line.line))
        return [from_body(e.kind, e.v, e.body) for e in envelopes]

    return look(year, job)


@dataclass
class Told:
    """One feedback as its facts tell it."""

    came: date
    promised: date
    channel: str
    kind: str = ""
    handler: str = ""
    ended: date | None = None
    how: str = ""


def feedbacks(facts: list[Fact]) -> dict[str, Told]:
    found: dict[str, Told] = {}
    for fact in facts:
        match fact:
            case FeedbackReceived():
                day = date.fromisoformat(fact.received_at[:10])
                found[fact.feedback] = Told(day, date.fromisoformat(fact.answer_by), fact.channel)
            case FeedbackClassified():
                found[fact.feedback].kind = fact.feedback_class
            case FeedbackAssigned():
                found[fact.feedback].handler = fact.handler
            case FeedbackTransferred(feedback=id, transferred_at=at):
                found[id].ended, found[id].how = date.fromisoformat(at[:10]), "sent"
            case FeedbackRefused(feedback=id, refused_at=at):
                found[id].ended, found[id].how = date.fromisoformat(at[:10]), "refused"
            case FeedbackAnswered(feedback=id, answered_at=at, by_agency="") if found[id].how == "":
                one = found[id]
                one.ended = date.fromisoformat(at[:10])
                one.how = "on_time" if one.ended <= one.promised else "late"
    return found


def check_feedback(year: Year, facts: list[Fact], period: Period) -> None:
    first, last = period.first, min(period.last, NOW.date())
    told = feedbacks(facts).values()
    done = Counter(one.how for one in told if one.ended and first <= one.ended <= last)
    still = [one for one in told if one.came <= last and (one.ended is None or one.ended > last)]
    expected = {
        "fb_came": sum(first <= one.came <= last for one in told),
        "fb_opening": sum(one.came < first and (one.ended is None or one.ended >= first) for one in told),
        "fb_on_time": done["on_time"], "fb_late": done["late"], "fb_sent": done["sent"], "fb_refused": done["refused"],
        "fb_open_in_time": sum(one.promised >= last for one in still),
        "fb_open_late": sum(one.promised < last for one in still),
    }  # fmt: skip
    for group in (Group.CLASS, Group.CHANNEL, Group.OFFICER, Group.PROCEDURE):
        table = counted(year, "feedback", period, group)
        assert {id: figure(table, id) for id in expected} == expected, group
        assert table.broken() == ()


def test_feedback_of_the_year_is_what_its_facts_tell(year: Year, facts: list[Fact]) -> None:
    check_feedback(year, facts, YEAR)
    table = counted(year, "feedback", YEAR, Group.CLASS)
    assert figure(table, "fb_came") > 40
    rows = {row.key: row.counted["fb_came"] for row in table.rows}
    assert rows == Counter(one.kind for one in feedbacks(facts).values())
    good, late = figure(table, "fb_on_time"), figure(table, "fb_late")
    assert min(good, late) > 0 and figure(table, "fb_rate") == Ratio(good, good + late)


@FEW
@given(day=DAYS, span=st.sampled_from([s for s in Span if s is not Span.RANGE]), closing=st.sampled_from((0, 14)))
def test_so_is_feedback_of_every_day_week_month_and_quarter(
    year: Year, facts: list[Fact], day: date, span: Span, closing: int
) -> None:
    check_feedback(year, facts, period_of(span, day, closing))


def test_behind_a_figure_of_feedback_stand_its_codes(year: Year) -> None:
    table = counted(year, "feedback", YEAR, Group.CHANNEL)
    for row in table.rows:
        for column in ("fb_came", "fb_late", "fb_open_late", "fb_sent"):
            asked = Asked(YEAR, Group.CHANNEL, NOW)
            found = look(year, lambda tx, c=column, k=row.key, a=asked: behind(tx, a, c, (k,)))
            assert len(found) == row.counted[column]
            assert all(item.ref.startswith("PAKN-") and not item.dossier for item in found)


def test_satisfaction_by_field_question_and_time_is_what_was_answered(year: Year, facts: list[Fact]) -> None:
    answers = [fact for fact in facts if isinstance(fact, SurveyReleased)]
    assert len(answers) > 150
    for period in (YEAR, period_of(Span.QUARTER, date(2026, 5, 1)), period_of(Span.WEEK, date(2026, 6, 3))):
        inside = [a for a in answers if str(period.first) <= a.day <= str(period.last)]
        by_field: dict[str, Counter[int]] = defaultdict(Counter)
        by_question: dict[str, Counter[int]] = defaultdict(Counter)
        for a in inside:
            by_field[a.field][a.score] += 1
            for question, grade in a.answers.items():
                by_question[f"{a.form}|{question}"][int(grade)] += 1
        for group, expected in ((Group.SERVED, by_field), (Group.QUESTION, by_question)):
            table = counted(year, "satisfaction", period, group)
            got = {row.key: Counter({n: row.counted[f"score{n}"] for n in range(1, 6)}) for row in table.rows}
            assert {k: +v for k, v in got.items()} == {k: +v for k, v in expected.items()}
        table = counted(year, "satisfaction", period, Group.TIME)
        satisfied = sum(a.score >= 4 for a in inside)
        assert figure(table, "satisfied") == satisfied
        assert figure(table, "satisfied_rate") == (Ratio(satisfied, len(inside)) if len(inside) >= 5 else None)


def test_a_rate_of_fewer_than_five_answers_is_not_shown(year: Year) -> None:
    rate = counted(year, "satisfaction", YEAR, Group.SERVED).report.column("satisfied_rate")
    one = period_of(Span.DAY, date(2026, 1, 9))
    while not counted(year, "satisfaction", one, Group.SERVED).rows:
        one = one.after()
    table = counted(year, "satisfaction", one, Group.SERVED)
    small = [row for row in table.rows if sum(int(v) for v in row.counted.values()) < 5]
    assert small and all(table.value(row, rate) is None for row in small)


@dataclass
class Late:
    """One dossier as its facts tell it: promised moment, end, cause, whether it waits for its applicant."""

    came: str
    due: str
    settled: str = ""
    closed: str = ""
    cause: str = ""
    waits: bool = False


def dossiers(facts: list[Fact]) -> dict[str, Late]:
    found: dict[str, Late] = {}
    for fact in facts:
        match fact:
            case DossierReceived():
                found[fact.dossier] = Late(fact.received_at, fact.due_at)
            case DossierSettled(dossier=id, settled_at=at):
                found[id].settled, found[id].closed = at, found[id].closed or at
            case DossierStopped(dossier=id, stopped_at=at):
                found[id].closed = found[id].closed or at
            case SupplementRequested(dossier=id) if not found[id].closed:
                found[id].waits = True
            case SupplementCompleted(dossier=id, due_at=due) if not found[id].closed:
                found[id].due, found[id].waits = due, False
            case ApologyMade(dossier=id, cause=cause):
                found[id].cause = cause
    return found


def test_late_dossiers_stand_under_the_cause_of_their_last_apology(year: Year, facts: list[Fact]) -> None:
    table = counted(year, "causes", YEAR, Group.PROCEDURE)
    now = NOW.isoformat()
    expected: Counter[str] = Counter()
    for one in dossiers(facts).values():
        if one.due and ((one.settled > one.due) or (not one.closed and not one.waits and one.due < now)):
            expected[f"cause_{one.cause or 'none'}"] += 1
            expected["settled_late" if one.closed else "still_late"] += 1
    assert {id: figure(table, id) for id in expected} == dict(expected)
    assert expected["cause_none"] > 0 and sum(expected[f"cause_{code}"] > 0 for code in CAUSES) >= 4
    assert table.broken() == ()


@FEW
@given(day=DAYS, span=st.sampled_from((Span.WEEK, Span.MONTH, Span.QUARTER, Span.YEAR)))
def test_as_many_are_late_by_cause_as_the_settlement_report_calls_late(year: Year, day: date, span: Span) -> None:
    period = period_of(span, day, OFFICIAL_CLOSING if span in (Span.QUARTER, Span.YEAR) else 0)
    causes, settlement = (counted(year, report, period, Group.PROCEDURE) for report in ("causes", "settlement"))
    assert figure(causes, "settled_late") == figure(settlement, "late")
    assert figure(causes, "still_late") == figure(settlement, "open_late")


# ---- indices ---------------------------------------------------------------------------------------------------------


def test_every_index_is_the_share_its_facts_give(year: Year, facts: list[Fact]) -> None:
    table = counted(year, "indices", YEAR)
    rows = {row.key: row.counted for row in table.rows}

    def share(id: str) -> tuple[int, int]:
        start = "m" if id in ("days", "slips") else "p"
        return int(rows[id][f"{start}_over"]), int(rows[id][f"{start}_under"])

    told = dossiers(facts).values()
    closed = [one for one in told if one.closed]
    late = [one for one in closed if one.due and one.settled > one.due]
    early = [one for one in closed if one.due and one.settled and one.settled[:10] < one.due[:10]]
    assert share("on_time") == (len(closed) - len(late), len(closed))
    assert share("early") == (len(early), len(closed))
    days = sum((date.fromisoformat(one.closed[:10]) - date.fromisoformat(one.came[:10])).days for one in closed)
    assert share("days") == (days, len(closed))
    guided = Counter(min(fact.round, 2) for fact in facts if isinstance(fact, GuidanceGiven))
    assert share("once") == (guided[1], guided.total()) and share("slips") == (guided.total(), guided[1])
    assert share("online") == (0, len(told))
    issued = sum(isinstance(fact, ReceiptIssued) for fact in facts)
    struck = sum(isinstance(fact, ReceiptVoided | ReceiptReplaced) for fact in facts)
    assert struck > 3 and share("receipts") == (issued - struck, issued)
    now = NOW.isoformat()
    all_late = [*late, *(one for one in told if not one.closed and one.due and not one.waits and one.due < now)]
    sorry = [one for one in all_late if one.cause]
    assert share("sorry") == (len(sorry), len(all_late))
    assert share("named") == (sum(one.cause != "other" for one in sorry), len(sorry))
    answered = Counter(one.how for one in feedbacks(facts).values() if one.ended)
    assert share("feedback") == (answered["on_time"], answered["on_time"] + answered["late"])
    scores = [fact.score for fact in facts if isinstance(fact, SurveyReleased)]
    assert share("satisfied") == (sum(score >= 4 for score in scores), len(scores))
    assert table.foot == (), "indices are no parts of one whole"


def test_behind_an_index_stands_what_was_not_achieved_and_nothing_behind_a_survey(year: Year) -> None:
    table = counted(year, "indices", YEAR)
    missed = table.report.column("missed")
    for row in table.rows:
        asked = Asked(YEAR, Group.INDEX, NOW)
        found = look(year, lambda tx, k=row.key, a=asked: behind(tx, a, "missed", (k,)))
        listed = 0 if row.key in ("days", "slips", "satisfied") else table.value(row, missed)
        assert len(found) == min(int(str(listed)), 500), row.key


def test_an_index_over_nothing_is_a_dash(year: Year) -> None:
    table = counted(year, "indices", period_of(Span.MONTH, date(2026, QUIET[0], 1)))
    rate = table.report.column("rate")
    rows = {row.key: row for row in table.rows}
    for nothing in ("once", "online", "satisfied"):
        assert table.value(rows[nothing], rate) is None
    assert table.value(rows["on_time"], rate) is not None, "what was open before is settled meanwhile"
