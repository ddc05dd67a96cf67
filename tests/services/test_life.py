"""A dossier between receipt and result: every path an officer can take, what it refuses, what it prints."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

import pytest

from desk_app.domain.errors import DeskError, Refused
from desk_app.domain.lifecycle import Move, State
from desk_app.domain.session import Role
from desk_app.services import apology, correction, handover, life, moved_dates, papers, results, stopping, visit, why
from desk_app.services.apology import MakeApologies
from desk_app.services.correction import CorrectDossier
from desk_app.services.handover import HandOver
from desk_app.services.life import Moved, RequestSupplement, SimpleMove
from desk_app.services.results import ReturnResult, SettleDossier
from desk_app.services.stopping import RefuseDossier, StopDossier
from desk_app.services.visit import AcceptVisit
from tests.documents.reading import text_of
from tests.services.counter_desk import COPIES, FIVE_DAYS, CounterDesk, a_person

STATUS = "ho_tich.xac_nhan_hon_nhan"  # 15.000 đồng, questions, a paper that stays
TWO_OFFICES = "nguoi_co_cong.tho_cung"  # 24 days: 5 for the commune, 19 above
AGENCY = "Phòng Văn hóa – Xã hội"
NEEDS = ("Đơn đề nghị (bản chính): chưa ký tên. Ký, ghi rõ họ tên.",)
BASIS = "khoản 2 Điều 9 Nghị định 123/2015/NĐ-CP"


def refused(counter: CounterDesk, job: object) -> str:
    with pytest.raises(DeskError) as caught:
        counter.do(job)  # type: ignore[arg-type]
    return caught.value.code


def hand_over(counter: CounterDesk, *dossiers: str, taker: str = "Hồ Văn Tuấn") -> handover.HandedOver:
    command = HandOver(counter.command(), dossiers, AGENCY, taker)
    return counter.do(lambda: handover.hand_over(counter.as_(Role.RECEPTION), command))


def ask(counter: CounterDesk, dossier: str, *, role: Role = Role.RECEPTION, second: str = "") -> Moved:
    command = RequestSupplement(counter.command(), dossier, NEEDS, BASIS, second, date(2026, 12, 31))
    return counter.do(lambda: life.request_supplement(counter.as_(role), command))


def complete(counter: CounterDesk, dossier: str) -> Moved:
    command = SimpleMove(counter.command(), dossier)
    return counter.do(lambda: life.complete_supplement(counter.desk, command))


def settle(counter: CounterDesk, dossier: str, outcome: str = "granted") -> str:
    command = SettleDossier(counter.command(), dossier, outcome, "12/KQ")
    return counter.do(lambda: results.settle(counter.desk, command))


def give(counter: CounterDesk, dossier: str) -> results.Returned:
    command = ReturnResult(counter.command(), dossier, None, results.CHECKS)
    return counter.do(lambda: results.return_result(counter.desk, command))


def test_the_common_path_is_received_handed_over_taken_settled_and_returned(counter: CounterDesk) -> None:
    one = counter.take_in().dossier
    listed = hand_over(counter, one, taker="")
    assert counter.state(one) == State.IN_PROGRESS
    counter.later(hours=1)
    took = SimpleMove(counter.command(), one)
    counter.do(lambda: life.take_over(counter.as_(Role.SPECIALIST), took))
    assert counter.detail(one).row.taken_at
    settle(counter, one)
    give(counter, one)
    found = counter.detail(one)
    assert found.row.state == State.RETURNED
    assert found.row.agency == AGENCY
    assert [e.kind for e in found.events] == [
        "dossier.received", "dossier.handed_over", "dossier.taken_over", "dossier.settled", "result.returned",
    ]  # fmt: skip
    text = text_of(counter.pdf(listed.paper))
    assert "DANH SÁCH BÀN GIAO HỒ SƠ" in text
    assert found.row.code in text.replace("- ", "-").replace(" ", "") or found.row.code[-11:] in text.replace(" ", "")


def test_a_supplement_stops_the_clock_and_the_date_is_computed_anew_from_all_facts(counter: CounterDesk) -> None:
    one = counter.take_in()
    assert one.due_at == "2026-11-16T17:00:00"  # five working days after Monday 9/11
    hand_over(counter, one.dossier)
    counter.at(datetime(2026, 11, 11, 10, 0))  # Wednesday: one day was counted
    slip = ask(counter, one.dossier)
    assert counter.state(one.dossier) == State.SUPPLEMENT
    counter.at(datetime(2026, 11, 16, 10, 0))
    done = complete(counter, one.dossier)
    assert done.due_at == "2026-11-20T17:00:00"  # 17, 18, 19, 20 are days 2 to 5
    assert counter.detail(one.dossier).row.first_due_at == "2026-11-16T17:00:00"
    text = text_of(counter.pdf(slip.paper))
    assert NEEDS[0] in text
    assert f"Lý do: {BASIS}. Nộp bổ sung trước hết ngày 31/12/2026." in text
    assert f"Số: {slip.number_text}" in text


def test_first_request_is_free_the_second_is_the_heads_with_a_reason_a_third_never(counter: CounterDesk) -> None:
    one = counter.take_in().dossier
    hand_over(counter, one)
    ask(counter, one)
    complete(counter, one)
    assert refused(counter, lambda: ask(counter, one)) == "TN-14"
    assert refused(counter, lambda: ask(counter, one, second="phát sinh")) == "TN-14"
    assert refused(counter, lambda: ask(counter, one, role=Role.HEAD)) == "TN-14"
    second = ask(counter, one, role=Role.HEAD, second="Phát sinh khi thẩm tra thực địa")
    assert "Lý do yêu cầu bổ sung lần hai: Phát sinh khi thẩm tra thực địa" in text_of(counter.pdf(second.paper))
    complete(counter, one)
    assert refused(counter, lambda: ask(counter, one, role=Role.HEAD, second="lần ba")) == "TN-15"
    assert counter.detail(one).row.supplements == 2


def test_taking_a_request_back_does_not_give_a_further_one(counter: CounterDesk) -> None:
    one = counter.take_in().dossier
    hand_over(counter, one)
    ask(counter, one)
    back = SimpleMove(counter.command(), one, "in nhầm")
    counter.do(lambda: life.take_back(counter.desk, back))
    assert counter.state(one) == State.IN_PROGRESS
    assert refused(counter, lambda: ask(counter, one)) == "TN-14"


def test_a_slip_that_names_nothing_or_no_rule_is_not_made(counter: CounterDesk) -> None:
    one = counter.take_in().dossier
    hand_over(counter, one)
    for needs, reason in (((), BASIS), ((" ",), BASIS), (NEEDS, " ")):
        command = RequestSupplement(counter.command(), one, needs, reason)
        assert refused(counter, lambda c=command: life.request_supplement(counter.desk, c)) == "HS-16"


def test_the_same_press_twice_makes_one_slip(counter: CounterDesk) -> None:
    one = counter.take_in().dossier
    hand_over(counter, one)
    command = RequestSupplement("once", one, NEEDS, BASIS)
    first = counter.do(lambda: life.request_supplement(counter.desk, command))
    again = counter.do(lambda: life.request_supplement(counter.desk, command))
    assert (again.paper, again.number_text, again.repeated) == (first.paper, first.number_text, True)


def test_withdrawing_is_asked_by_the_citizen_and_decided_by_the_agency(counter: CounterDesk) -> None:
    one = counter.take_in().dossier
    hand_over(counter, one)
    assert refused(counter, lambda: life.ask_withdrawal(counter.desk, SimpleMove("w0", one))) == "HS-10"
    counter.do(lambda: life.ask_withdrawal(counter.as_(Role.RECEPTION), SimpleMove("w1", one, "đã tìm thấy giấy cũ")))
    assert counter.state(one) == State.WITHDRAWAL
    decline = SimpleMove("w2", one, "kết quả đã ký")
    assert refused(counter, lambda: life.decline_withdrawal(counter.as_(Role.RECEPTION), decline)) == "DN-06"
    counter.do(lambda: life.decline_withdrawal(counter.as_(Role.LEADER), decline))
    assert counter.state(one) == State.IN_PROGRESS
    counter.do(lambda: life.ask_withdrawal(counter.as_(Role.RECEPTION), SimpleMove("w3", one, "không cần nữa")))
    ground = "Căn cứ đề nghị dừng của ông Đỗ Văn Dũng, ngày 09/11/2026"
    stop = StopDossier("w4", one, ground, ("Giấy xác nhận khuyết tật, bản chính",), signer="Lê Văn An")
    made = counter.do(lambda: stopping.stop(counter.as_(Role.LEADER), stop))
    assert counter.state(one) == State.STOPPED
    text = text_of(counter.pdf(made.paper))
    for words in ("Về việc dừng giải quyết hồ sơ", ground, "bản chính", "chưa thu", "Lê Văn An"):
        assert words in text
    assert refused(counter, lambda: settle(counter, one)) == "HS-09"


def test_a_dossier_whose_supplement_never_came_is_stopped_by_the_head(counter: CounterDesk) -> None:
    one = counter.take_in().dossier
    hand_over(counter, one)
    ask(counter, one)
    stop = StopDossier("s1", one, "Căn cứ việc hết thời hạn bổ sung ngày 31/12/2026")
    assert refused(counter, lambda: stopping.stop(counter.as_(Role.RECEPTION), stop)) == "DN-06"
    counter.do(lambda: stopping.stop(counter.desk, stop))
    assert counter.state(one) == State.STOPPED


def test_a_request_that_is_not_taken_in_gets_a_slip_with_the_rule_and_the_right_place(counter: CounterDesk) -> None:
    form = counter.form()
    assert refused(counter, lambda: stopping.refuse(counter.desk, RefuseDossier("r0", form, " "))) == "HS-10"
    command = RefuseDossier("r1", form, "Điều 13 Luật Hộ tịch", "UBND xã Tân Mẫu, thôn 1")
    made = counter.do(lambda: stopping.refuse(counter.as_(Role.RECEPTION), command))
    text = text_of(counter.pdf(made.paper))
    for words in ("PHIẾU TỪ CHỐI", "Đỗ Văn Dũng", "Điều 13 Luật Hộ tịch. Cơ quan có thẩm quyền: UBND xã Tân Mẫu"):
        assert words in text
    assert f"Số: {made.number_text}" in text


def test_the_refusal_slip_waits_to_be_printed_under_its_own_number(counter: CounterDesk) -> None:
    command = RefuseDossier("r", counter.form(), "Điều 13 Luật Hộ tịch")
    made = counter.do(lambda: stopping.refuse(counter.as_(Role.RECEPTION), command))
    (row,) = counter.do(lambda: papers.due_with_receipts(counter.desk, made.refusal))
    assert (row.paper, row.state) == (made.paper, "due")
    again = counter.do(lambda: stopping.refuse(counter.as_(Role.RECEPTION), command))
    assert again.repeated and again.refusal == made.refusal


def test_an_apology_is_made_before_the_date_breaks_with_cause_and_second_date_and_only_once(
    counter: CounterDesk,
) -> None:
    one = counter.take_in()
    hand_over(counter, one.dossier)
    early = MakeApologies(counter.command(), (one.dossier,), "verification")
    assert refused(counter, lambda: apology.apologise(counter.desk, early)) == "HS-11"
    counter.at(datetime(2026, 11, 13, 8, 0))  # the working day before Monday 16/11
    for cause, text, code in (("", "", "HS-02"), ("other", " ", "HS-02")):
        wrong = MakeApologies(counter.command(), (one.dossier,), cause, text)
        assert refused(counter, lambda c=wrong: apology.apologise(counter.desk, c)) == code
    saturday = MakeApologies(counter.command(), (one.dossier,), "volume", new_day=date(2026, 11, 21))
    assert refused(counter, lambda: apology.apologise(counter.desk, saturday)) == "HS-03"
    proposal = counter.do(lambda: apology.propose(counter.desk, one.dossier))
    assert (proposal.new_day, proposal.refusal, proposal.made) == (date(2026, 11, 18), None, 0)
    command = MakeApologies("a1", (one.dossier,), "verification", "chờ Công an tỉnh", signer="Lê Văn An")
    made = counter.do(lambda: apology.apologise(counter.desk, command)).made[0]
    text = text_of(counter.pdf(made.paper))
    for words in (
        "VĂN BẢN XIN LỖI", "Cơ quan phối hợp chưa trả lời xác minh: chờ Công an tỉnh.", "ngày 18 tháng 11 năm 2026",
        "17 giờ 00 phút, ngày 16 tháng 11 năm 2026", "Lê Văn An",
    ):  # fmt: skip
        assert words in text, words
    again = MakeApologies(counter.command(), (one.dossier,), "verification")
    assert refused(counter, lambda: apology.apologise(counter.desk, again)) == "HS-04"
    row = counter.detail(one.dossier).row
    assert (row.due_at, row.new_day, row.apologies) == (one.due_at, "2026-11-18", 1)  # the first date stands


def test_a_late_result_counts_as_late_whatever_the_letter_says(counter: CounterDesk) -> None:
    one = counter.take_in()
    hand_over(counter, one.dossier)
    counter.at(datetime(2026, 11, 16, 9, 0))
    command = MakeApologies("a1", (one.dossier,), "outage")
    counter.do(lambda: apology.apologise(counter.desk, command))
    counter.at(datetime(2026, 11, 18, 9, 0))
    settle(counter, one.dossier)
    from desk_app.services import morning

    month = counter.do(lambda: morning.gather(counter.desk)).month
    assert (month.late, month.early, month.rate_percent) == (1, 0, 0)
    back = SimpleMove(counter.command(), one.dossier, "nhầm hồ sơ")
    counter.do(lambda: life.take_back(counter.desk, back))
    assert counter.do(lambda: morning.gather(counter.desk)).month.rate_percent is None


def test_only_the_head_takes_a_return_back_and_says_why(counter: CounterDesk) -> None:
    one = counter.take_in().dossier
    hand_over(counter, one)
    settle(counter, one)
    give(counter, one)
    assert refused(counter, lambda: life.take_back(counter.desk, SimpleMove("b0", one))) == "TK-06"
    for role in (Role.RECEPTION, Role.SPECIALIST, Role.LEADER):
        back = SimpleMove("b1", one, "trả nhầm người")
        assert refused(counter, lambda r=role, b=back: life.take_back(counter.as_(r), b)) == "DN-06"
    counter.do(lambda: life.take_back(counter.desk, SimpleMove("b2", one, "trả nhầm người")))
    found = counter.detail(one)
    assert (found.row.state, found.row.returned_at) == (State.SETTLED, "")
    assert found.events[-1].note["reason"] == "trả nhầm người"
    assert give(counter, one).returned_at


def test_within_fifteen_minutes_the_slip_is_put_right_and_the_wrong_one_is_void_by_number(
    counter: CounterDesk,
) -> None:
    one = counter.take_in()
    wrong = f"acceptance_slip:{one.dossier}"
    counter.pdf(wrong)
    counter.later(minutes=14)
    form = counter.do(lambda: correction.form_of(counter.desk, one.dossier))
    same = CorrectDossier("c0", one.dossier, form)
    assert refused(counter, lambda: correction.correct(counter.desk, same)) == "HS-14"
    right = CorrectDossier("c1", one.dossier, form.__class__(**{**_fields(form), "person": a_person("Đỗ Văn Dụng")}))
    made = counter.do(lambda: correction.correct(counter.as_(Role.RECEPTION), right))
    text = text_of(counter.pdf(made.paper))
    assert "Đỗ Văn Dụng" in text
    assert f"Số: {made.number_text}" in text
    assert made.number_text == "02/TNHS"
    found = counter.detail(one.dossier)
    assert (found.row.name, found.row.due_at, found.number) == ("Đỗ Văn Dụng", one.due_at, 2)
    assert [p.state for p in found.papers if p.paper == wrong] == ["void"]
    with pytest.raises(Refused) as caught:
        papers.print_paper(counter.desk, NoPrinter(), wrong, "xem lại")
    assert caught.value.code == "IN-11"
    assert found.events[-1].note == {"changed": ["applicant"], "reason": "", "void": 1, "number": 2}


class NoPrinter:
    """Nothing may come out."""

    def print_pdf(self, pdf: bytes, **_: object) -> object:
        raise AssertionError("a void paper came out")


def test_an_answer_and_the_number_of_papers_can_be_put_right_while_the_fee_stays(counter: CounterDesk) -> None:
    one = counter.take_in(STATUS)
    was = counter.do(lambda: correction.recorded(counter.desk, one.dossier))
    paper = was.kept[0][0]
    form = was.form.answer("muc_dich", "khac")
    command = CorrectDossier("c1", one.dossier, form, counts={paper: (2, 1)})
    made = counter.do(lambda: correction.correct(counter.desk, command))
    found = counter.detail(one.dossier)
    assert found.answers["muc_dich"] == "khac"
    assert [(m.originals, m.copies) for m in found.marks if m.document == paper] == [(2, 1)]
    assert found.row.paid_vnd == one.total_vnd
    assert "02" in text_of(counter.pdf(made.paper))
    again = CorrectDossier("c2", one.dossier, replace(form, result_channel="post"))
    counter.do(lambda: correction.correct(counter.desk, again))
    found = counter.detail(one.dossier)
    assert [(m.originals, m.copies) for m in found.marks if m.document == paper] == [(2, 1)], "it stays as put right"
    assert found.result_channel == "post"
    assert counter.desk.store.rebuild().differences == ()


def test_an_answer_that_would_change_a_fee_already_taken_is_refused(counter: CounterDesk) -> None:
    one = counter.take_in(STATUS)
    was = counter.do(lambda: correction.recorded(counter.desk, one.dossier))
    form = was.form.answer("dien_uu_tien", "ho_ngheo")
    assert refused(counter, lambda: correction.correct(counter.desk, CorrectDossier("c1", one.dossier, form))) in (
        "HS-15", "HS-43",
    )  # fmt: skip


def test_another_birth_date_is_read_again_where_the_age_decides(counter: CounterDesk) -> None:
    old = replace(a_person(), birth_year=1940)
    one = counter.take_in("bao_tro.huu_tri_xa_hoi", old)
    was = counter.do(lambda: correction.recorded(counter.desk, one.dossier))
    younger = replace(was.form, person=replace(old, birth_year=1942))
    counter.do(lambda: correction.correct(counter.desk, CorrectDossier("c1", one.dossier, younger)))
    assert (was.form.answers["tuoi"], counter.detail(one.dossier).answers["tuoi"]) == (85, 83)


def test_after_fifteen_minutes_a_correction_asks_for_a_reason(counter: CounterDesk) -> None:
    one = counter.take_in()
    counter.later(minutes=16)
    form = counter.do(lambda: correction.form_of(counter.desk, one.dossier))
    changed = form.__class__(**{**_fields(form), "person": a_person("Đỗ Văn Dụng")})
    silent = CorrectDossier("c0", one.dossier, changed)
    assert refused(counter, lambda: correction.correct(counter.desk, silent)) == "HS-10"
    counter.do(lambda: correction.correct(counter.desk, CorrectDossier("c1", one.dossier, changed, "gõ sai dấu")))
    assert counter.detail(one.dossier).row.name == "Đỗ Văn Dụng"


def test_a_correction_can_neither_move_the_receipt_nor_the_time_that_ran(counter: CounterDesk) -> None:
    one = counter.take_in()
    counter.at(datetime(2026, 11, 12, 16, 0))
    form = counter.do(lambda: correction.form_of(counter.desk, one.dossier))
    changed = form.__class__(**{**_fields(form), "person": a_person("Đỗ Văn Dụng")})
    counter.do(lambda: correction.correct(counter.desk, CorrectDossier("c1", one.dossier, changed, "gõ sai dấu")))
    row = counter.detail(one.dossier).row
    assert (row.received_at, row.due_at) == ("2026-11-09T09:00:00", one.due_at)


def test_why_this_date_adds_up_and_prints(counter: CounterDesk) -> None:
    counter.at(datetime(2026, 11, 20, 16, 0))
    one = counter.take_in()
    answer = counter.do(lambda: why.why(counter.desk, one.dossier))
    assert answer.adds_up
    assert answer.total == "Cộng: 5 ngày làm việc"
    assert any("Ngày Văn hóa Việt Nam" in line.what for line in answer.lines if "24/11/2026" in line.when)
    text = text_of(counter.do(lambda: why.why_pdf(counter.desk, one.dossier)))
    assert "CÁCH TÍNH NGÀY TRẢ KẾT QUẢ" in text
    assert answer.result in text


def test_a_new_day_off_lists_the_open_dossiers_it_moves_with_old_and_new_date(counter: CounterDesk) -> None:
    one = counter.take_in()
    later = counter.desk.catalogue.calendar.with_days({date(2026, 11, 12): "Nghỉ bão"}, {}, "2026.2")
    moved = counter.do(lambda: moved_dates.affected(counter.desk, later))
    assert [(a.row.code, a.old_due_at, a.new_due_at) for a in moved] == [
        (one.code, "2026-11-16T17:00:00", "2026-11-17T17:00:00")
    ]
    assert counter.do(lambda: moved_dates.affected(counter.desk)) == ()


def test_one_visit_several_procedures_one_receipt_and_the_papers_together(counter: CounterDesk) -> None:
    forms = (counter.form(FIVE_DAYS), counter.form(COPIES))
    done = counter.do(lambda: visit.accept_visit(counter.desk, AcceptVisit("v1", forms)))
    assert len({d.code for d in done.dossiers}) == 2
    assert done.receipt_no == 1
    assert done.dossiers[1].certification_no == 1
    again = counter.do(lambda: visit.accept_visit(counter.desk, AcceptVisit("v1", forms)))
    assert again.repeated
    assert [d.code for d in again.dossiers] == [d.code for d in done.dossiers]
    first, second = (counter.detail(d.dossier) for d in done.dossiers)
    assert first.applicant == second.applicant
    assert second.row.owed_vnd == 0
    assert second.row.paid_vnd == done.total_vnd


def test_a_visit_with_one_form_that_is_not_complete_takes_in_nothing(counter: CounterDesk) -> None:
    bad = counter.form(COPIES).answer("so_trang", None)
    visit_ = AcceptVisit("v1", (counter.form(FIVE_DAYS), bad))
    assert refused(counter, lambda: visit.accept_visit(counter.desk, visit_)) == "TN-19"
    assert counter.take_in().code.endswith("0001")


def test_the_screen_is_offered_exactly_the_moves_that_are_possible(counter: CounterDesk) -> None:
    one = counter.take_in().dossier

    def offered(role: Role) -> set[Move]:
        return {t.move for t in counter.do(lambda: life.moves(counter.as_(role), one))}

    assert offered(Role.AUDITOR) == offered(Role.TECHNICIAN) == set()
    assert Move.TAKE_OVER not in offered(Role.RECEPTION)
    assert Move.RETURN not in offered(Role.RECEPTION)
    hand_over(counter, one)
    assert {Move.TAKE_OVER, Move.SUPPLEMENT} <= offered(Role.SPECIALIST)
    assert Move.TAKE_BACK in offered(Role.HEAD)
    assert Move.TAKE_BACK not in offered(Role.RECEPTION)


def test_a_rebuild_from_the_journal_finds_every_table_as_it_was(counter: CounterDesk) -> None:
    one = counter.take_in().dossier
    hand_over(counter, one)
    ask(counter, one)
    complete(counter, one)
    settle(counter, one)
    counter.do(lambda: life.take_back(counter.desk, SimpleMove("b", one, "nhầm")))
    assert counter.desk.store.rebuild().differences == ()


def _fields(form: object) -> dict[str, object]:
    return {name: getattr(form, name) for name in form.__slots__}  # type: ignore[attr-defined]


def test_what_is_done_at_once_uses_up_no_number_of_the_slips(counter: CounterDesk) -> None:
    first = counter.take_in()
    copies = counter.take_in(COPIES)
    both = counter.form(), counter.form(COPIES)
    together = counter.do(lambda: visit.accept_visit(counter.desk, AcceptVisit("visit", both)))
    last = counter.take_in()
    slips = [counter.detail(one.dossier).number for one in (first, together.dossiers[0], last)]
    assert slips == [1, 2, 3], "the slips that are printed follow one another"
    at_once = [counter.detail(one.dossier) for one in (copies, together.dossiers[1])]
    assert [(one.number, one.symbol) for one in at_once] == [(0, ""), (0, "")]
    assert [one.entry_no for one in at_once] == [2, 4], "the register counts every dossier"
    assert [one.certification_no for one in at_once] == [1, 2]
    assert counter.desk.store.rebuild().differences == ()
    assert counter.detail(counter.take_in().dossier).number == 4


def test_a_dossier_of_two_offices_says_each_ones_date_on_slip_control_slip_and_in_the_answer_why(
    counter: CounterDesk,
) -> None:
    one = counter.take_in(TWO_OFFICES)
    assert one.due_at == "2026-12-03T17:00:00"
    slip = text_of(counter.pdf(f"acceptance_slip:{one.dossier}"))
    first = "UBND xã Hòa Mẫu: 05 ngày, đến 17 giờ, Thứ Hai ngày 16/11/2026"
    last = "Cơ quan có thẩm quyền: 19 ngày, đến 17 giờ, Thứ Năm ngày 03/12/2026"
    for text in (slip, text_of(counter.pdf(f"control_slip:{one.dossier}.0"))):
        assert "24 ngày" in text
        assert first in text
        assert last in text
    control = text_of(counter.pdf(f"control_slip:{one.dossier}.0"))
    assert "Nhận: UBND xã Hòa Mẫu" in control
    assert "Hạn 16/11/2026" in control
    answer = counter.do(lambda: why.why(counter.desk, one.dossier))
    assert answer.adds_up
    assert f"Chặng 1, {first}" in answer.facts
    counter.at(datetime(2026, 11, 12, 9, 0))
    hand_over(counter, one.dossier)
    assert "Hạn 16/11/2026" in text_of(counter.pdf(f"control_slip:{one.dossier}.1"))
