"""Phản ánh, kiến nghị from the first word to the notice board, on the real file."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from desk_app.domain.errors import DeskError
from desk_app.domain.feedback import FeedbackClass, Verdict
from desk_app.domain.feedback_form import FeedbackForm
from desk_app.services import feedback, feedback_choices, feedback_steps, feedback_view, papers
from desk_app.services.feedback import ReceiveFeedback, ReferElsewhere
from desk_app.services.feedback_steps import AnswerFeedback, PublishFeedback, RefuseFeedback, TransferFeedback
from tests.documents.reading import text_of
from tests.services.feedback_desk import DUNG, HANH, LAN, MINH, Office, Paper, a_form, an_office, everything

BASIS = "điểm d khoản 1 Điều 9 Nghị định số 20/2008/NĐ-CP ngày 14/02/2008 của Chính phủ"


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    with an_office(tmp_path) as made:
        yield made


def receive(office: Office, form: FeedbackForm | None = None) -> str:
    form = form or a_form(office)
    return office.do(feedback.receive, HANH, ReceiveFeedback(form.id, form)).feedback


def print_all(office: Office, about: str) -> list[str]:
    desk, paper = office.desk(), Paper()
    for row in office.store.call(lambda: papers.due(desk, about)):
        papers.print_paper(desk, paper, row.paper)
    return [text_of(pdf) for _title, pdf in paper.out]


def test_one_press_gives_number_class_handler_and_slip(office: Office) -> None:
    form = a_form(office)
    done = office.do(feedback.receive, HANH, ReceiveFeedback(form.id, form))
    assert done.code == "PAKN-2026-0001"
    whole = office.do(feedback_view.whole, MINH, done.feedback)
    assert (whole.row.state, whole.handler_name) == ("answering", "Trần Văn Minh")
    assert (whole.row.transfer_by, whole.row.answer_by) == ("2026-12-02", "2026-12-16")
    assert whole.near.text == "Trả lời trước 16/12/2026"
    (slip,) = print_all(office, done.feedback)
    assert "PHIẾU TIẾP NHẬN PHẢN ÁNH, KIẾN NGHỊ" in slip
    assert "Trần Văn Khoa" in slip
    assert "01/PTN-PAKN" in slip


def test_a_second_press_of_the_same_key_gives_the_first_answer(office: Office) -> None:
    form = a_form(office)
    first = office.do(feedback.receive, HANH, ReceiveFeedback(form.id, form))
    again = office.do(feedback.receive, HANH, ReceiveFeedback(form.id, form))
    assert again == replace(first, repeated=True)
    assert len(office.do(feedback_view.find, HANH, "all", "")) == 1


@pytest.mark.parametrize("field", ["name", "address", "phone"])
def test_without_name_address_or_phone_it_is_kept_as_information_without_number(office: Office, field: str) -> None:
    form = a_form(office, **{field: "  "})
    done = office.do(feedback.receive, HANH, ReceiveFeedback(form.id, form))
    assert done.code == ""
    whole = office.do(feedback_view.whole, MINH, done.feedback)
    assert (whole.row.state, whole.row.missing) == ("information", (field,))
    assert office.do(feedback_view.counts, HANH)["open"] == 0
    assert receive(office) and office.do(feedback_view.find, HANH, "open", "")[0].row.code == "PAKN-2026-0001"


def test_who_is_complained_about_or_took_the_dossier_cannot_be_charged(office: Office) -> None:
    form = a_form(office, against=(DUNG.id,), handler=DUNG.id)
    with pytest.raises(DeskError, match="PA-08"):
        office.do(feedback.receive, HANH, ReceiveFeedback(form.id, form))
    assert DUNG.id not in dict(office.do(feedback_choices.handlers, HANH, form))
    about = receive(office, a_form(office, against=(DUNG.id,)))
    with pytest.raises(DeskError, match="PA-08"):
        office.do(feedback_steps.assign, HANH, office.id(), about, DUNG.id)


def test_an_officer_complained_about_sees_neither_name_nor_words_and_cannot_act(office: Office) -> None:
    about = receive(office, a_form(office, against=(MINH.id,), handler=LAN.id))
    seen = office.do(feedback_view.whole, MINH, about)
    assert "trợ cấp" not in seen.content
    assert seen.name == feedback_view.SECRET
    command = AnswerFeedback(office.id(), about, Verdict.WRONG, BASIS, "Không có sai sót")
    with pytest.raises(DeskError, match="PA-08"):
        office.do(feedback_steps.answer, MINH, command)
    with pytest.raises(DeskError, match="PA-08"):
        office.do(feedback_steps.transfer, MINH, TransferFeedback(office.id(), about, "Sở Y tế", BASIS))


def test_a_secret_sender_is_seen_by_the_handler_and_heads_only_and_each_look_is_a_fact(office: Office) -> None:
    about = receive(office, a_form(office, secret=True, handler=LAN.id))
    for officer in (HANH, DUNG, LAN, MINH):  # nobody sees him by opening the case
        whole = office.do(feedback_view.whole, officer, about)
        assert (whole.name, whole.phone, whole.masked) == (feedback_view.SECRET, feedback_view.SECRET, True)
    for officer in (HANH, DUNG):
        with pytest.raises(DeskError, match="PA-43"):
            office.do(feedback_view.view_sender, officer, office.id(), about)
    press = office.id()
    for _ in range(2):  # a double press is one look
        assert office.do(feedback_view.view_sender, LAN, press, about).name == "Trần Văn Khoa"
    assert office.do(feedback_view.view_sender, MINH, office.id(), about).phone == "0900 000 245"
    looks = [e for e in office.do(feedback_view.whole, HANH, about).events if e.kind == "feedback.sender_viewed"]
    assert [e.actor for e in looks] == [LAN.id, MINH.id]
    listed = office.do(feedback_view.find, MINH, "all", "")
    assert [row.name for row in listed] == [feedback_view.SECRET]
    assert office.do(feedback_view.find, MINH, "all", "khoa") == ()


def test_a_regulation_is_transferred_with_slip_and_notice_that_hide_a_secret_sender(office: Office) -> None:
    form = a_form(office, feedback_class=FeedbackClass.REGULATION, handler="", secret=True)
    about = receive(office, form)
    whole = office.do(feedback_view.whole, HANH, about)
    assert whole.near.text == "Chuyển trước 02/12/2026"
    print_all(office, about)
    office.do(
        feedback_steps.transfer, HANH, TransferFeedback(office.id(), about, "Văn phòng UBND tỉnh Minh Họa", BASIS)
    )
    slip, notice = print_all(office, about)
    assert "PHIẾU CHUYỂN" in slip and "Văn phòng UBND tỉnh Minh Họa" in slip
    assert "01/PC-UBND" in slip and "01/TB-UBND" in notice
    assert "Trần Văn Khoa" not in slip and "Thôn 6" not in slip
    assert "Trần Văn Khoa" in notice
    office.do(feedback_steps.note_reply, HANH, office.id(), about, "Sở Tư pháp đã trả lời tại công văn 15.")
    assert office.do(feedback_view.whole, HANH, about).row.state == "answered"


def test_an_answer_needs_basis_conclusion_words_and_the_one_who_was_charged(office: Office) -> None:
    about = receive(office, a_form(office, handler=LAN.id))
    said = {"id": office.id(), "feedback": about, "findings": "Đã kiểm tra hồ sơ."}
    for code, values, officer in (
        ("PA-01", {"verdict": Verdict.RIGHT, "basis": ""}, LAN),
        ("PA-01", {"verdict": Verdict.RIGHT, "basis": "Nghị định 20/2008/NĐ-CP"}, LAN),
        ("PA-05", {"verdict": Verdict.RIGHT, "basis": "Điều 3 Công văn số 123/UBND-VP"}, LAN),
        ("PA-02", {"verdict": None, "basis": BASIS}, LAN),
        ("PA-14", {"verdict": Verdict.RIGHT, "basis": BASIS, "findings": " "}, LAN),
        ("PA-15", {"verdict": Verdict.RIGHT, "basis": BASIS}, DUNG),
    ):
        with pytest.raises(DeskError, match=code):
            office.do(feedback_steps.answer, officer, AnswerFeedback(**{**said, **values}))  # type: ignore[arg-type]
    command = AnswerFeedback(
        office.id(), about, Verdict.PARTLY, BASIS, "Đã kiểm tra hồ sơ.", "Đã hướng dẫn lại ngày 26/11/2026.",
        "UBND xã xin lỗi Ông (Bà) về việc yêu cầu bổ sung nhiều lần.",
    )  # fmt: skip
    office.do(feedback_steps.answer, LAN, command)
    letter = print_all(office, about)[-1]
    assert "điểm d khoản 1 Điều 9 Nghị định số 20/2008/NĐ-CP" in " ".join(letter.split())
    assert "đúng một phần" in letter
    assert "01/UBND-PAKN" in letter
    assert office.do(feedback_view.whole, MINH, about).row.due_key == ""


def test_a_question_is_answered_by_word_of_mouth_without_letter_or_basis(office: Office) -> None:
    about = receive(office, a_form(office, feedback_class=FeedbackClass.QUESTION, handler=""))
    office.do(feedback_steps.assign, HANH, office.id(), about, LAN.id)
    command = AnswerFeedback(office.id(), about, None, "", "Đã hướng dẫn nộp tại quầy 2.", spoken=True)
    office.do(feedback_steps.answer, HANH, command)
    assert office.do(feedback_view.whole, HANH, about).row.state == "answered"
    assert len(print_all(office, about)) == 1  # the receipt slip alone


def test_publication_refuses_words_that_show_who_asked(office: Office) -> None:
    about = receive(office)
    office.do(feedback_steps.answer, MINH, AnswerFeedback(office.id(), about, Verdict.RIGHT, BASIS, "Đã kiểm tra."))
    for words in ("Ông TRAN VAN KHOA phản ánh đúng", "Người gọi 0900000245 phản ánh đúng"):
        with pytest.raises(DeskError, match="PA-16"):
            office.do(feedback_steps.publish, MINH, PublishFeedback(office.id(), about, words))
    office.do(feedback_steps.publish, MINH, PublishFeedback(office.id(), about, "Một công dân phản ánh đúng, đã sửa."))
    assert office.do(feedback_view.whole, MINH, about).row.state == "published"


def test_what_does_not_follow_is_refused_and_an_extension_is_given_once(office: Office) -> None:
    about = receive(office)
    with pytest.raises(DeskError, match="PA-06"):
        office.do(feedback_steps.publish, MINH, PublishFeedback(office.id(), about, "Đã xong"))
    office.do(feedback_steps.extend, MINH, office.id(), about, "Cần xác minh thêm")
    assert (
        office.do(feedback_view.whole, MINH, about).row.answer_by == "2027-01-06"
    )  # the days off of 2027 are not announced yet
    with pytest.raises(DeskError, match="PA-12"):
        office.do(feedback_steps.extend, MINH, office.id(), about, "Lần nữa")
    command = RefuseFeedback(office.id(), about, "Việc do Tòa án giải quyết", "")
    with pytest.raises(DeskError, match="PA-11"):
        office.do(feedback_steps.refuse, MINH, command)
    command = replace(command, refer_to="Tòa án nhân dân khu vực 1")
    with pytest.raises(DeskError, match="PA-01"):
        office.do(feedback_steps.refuse, MINH, command)
    office.do(feedback_steps.refuse, MINH, replace(command, basis=BASIS))
    with pytest.raises(DeskError, match="PA-06"):
        office.do(feedback_steps.assign, MINH, office.id(), about, LAN.id)


def test_the_light_turns_before_and_after_the_day(office: Office) -> None:
    about = receive(office)

    def light() -> str:
        return office.do(feedback_view.whole, MINH, about).near.light.value

    assert light() == "ahead"
    office.pass_days(20)
    assert light() == "today"  # the day before already warns
    office.pass_days(2)
    assert light() == "overdue"
    assert office.do(feedback_view.counts, HANH)["overdue"] == 1


def test_a_denunciation_leaves_no_word_anywhere_on_the_machine(office: Office, tmp_path: Path) -> None:
    canary = "CHIMHOANGYEN7741"
    form = a_form(office, name=f"Người {canary}", content=f"Tôi tố cáo việc {canary}", feedback_class=None)
    office.do(feedback_view.save_draft, HANH, form)
    chosen = replace(form, feedback_class=FeedbackClass.DENUNCIATION)
    office.do(feedback_view.save_draft, HANH, chosen)
    with pytest.raises(DeskError, match="PA-09"):
        office.do(feedback.receive, HANH, ReceiveFeedback(form.id, chosen))
    about = office.do(
        feedback.refer, HANH, ReferElsewhere(office.id(), FeedbackClass.DENUNCIATION, sealed=True, draft=form.id)
    )
    (paper,) = print_all(office, about)
    assert "Tố cáo" in paper and canary not in paper
    assert canary not in everything(office.store)
    assert office.do(feedback_view.find, MINH, "all", "") == ()


def test_a_draft_typed_under_another_class_goes_when_it_turns_out_to_be_a_denunciation(office: Office) -> None:
    canary = "CHIMHOANGYEN7742"
    form = a_form(office, content=canary * 3)
    office.do(feedback_view.save_draft, HANH, form)
    assert canary in everything(office.store)
    office.do(feedback_view.save_draft, HANH, replace(form, feedback_class=FeedbackClass.DENUNCIATION))
    assert canary not in everything(office.store)


def test_a_draft_comes_back_after_a_crash_and_goes_when_it_is_received(office: Office) -> None:
    form = a_form(office, secret=True, against=(DUNG.id,))
    office.do(feedback_view.save_draft, HANH, form)
    assert office.do(feedback_view.load_draft, HANH) == form
    receive(office, form)
    assert office.do(feedback_view.load_draft, HANH) is None


def test_the_same_matter_told_again_without_marks_is_hinted_at(office: Office) -> None:
    receive(office)
    again = a_form(
        office,
        content="toi nop ho so tro cap thang 10 bi yeu cau bo sung giay xac nhan noi cu tru hai lan, rat phien",
    )
    found = office.do(feedback_view.similar, HANH, again)
    assert found is not None and found.code == "PAKN-2026-0001"
    other = a_form(office, content="Đường thôn 6 hư hỏng nặng, đèn chiếu sáng không hoạt động từ tháng trước.")
    assert office.do(feedback_view.similar, HANH, other) is None


HOSTILE = (
    "'; DROP TABLE feedback; --", "<script>alert(1)</script>", '=cmd|"/c calc"!A1', "\u202eđảo ngược\u200b",
    "dòng 1\r\ndòng 2\x00\x07", "a\u0300" * 50,
)  # fmt: skip


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_kept_as_words_and_printed(office: Office, text: str) -> None:
    about = receive(office, a_form(office, content=f"Nội dung {text}", name=f"A {text}"))
    whole = office.do(feedback_view.whole, MINH, about)
    assert "\u202e" not in whole.content and "\x00" not in whole.content
    assert whole.content.startswith("Nội dung")
    assert len(print_all(office, about)) == 1
    assert office.store.rebuild().differences == ()


def test_a_megabyte_of_paste_is_cut_and_a_hundred_in_a_minute_stay_quick_to_list(office: Office) -> None:
    about = receive(office, a_form(office, content="dài quá " * 150_000))
    assert len(office.do(feedback_view.whole, MINH, about).content) <= 2_000
    for n in range(100):
        receive(office, a_form(office, content=f"Phản ánh thứ {n} từ một địa chỉ, cùng một nội dung lặp lại."))
    assert office.do(feedback_view.counts, HANH)["open"] == 101
    assert office.do(feedback_view.similar, HANH, a_form(office, content="cùng một nội dung lặp lại")) is not None
    assert office.store.rebuild().differences == ()


def test_an_erased_sender_is_gone_from_the_lists(office: Office) -> None:
    from sync.protocol.facts import SubjectErased

    about = receive(office)
    row = office.do(feedback_view.whole, MINH, about).row

    def erase() -> None:
        with office.store.write(office.id(), MINH.id) as tx:
            tx.append(SubjectErased(row.person, "91/2025/QH15"))

    office.store.call(erase)
    assert "Trần Văn Khoa" not in everything(office.store)
    assert office.do(feedback_view.find, MINH, "all", "")[0].name == "(không ghi tên)"


def test_scans_are_pictures_or_pdf_of_five_megabytes_at_most(office: Office) -> None:
    scan = office.do(feedback_choices.keep_scan, HANH, b"%PDF-1.7 x")
    assert (scan.media_type, scan.size_bytes) == ("application/pdf", 10)
    for data in (b"MZ\x90\x00", b"", b"\x89PNG\r\n\x1a\n" + bytes(6_000_000)):
        with pytest.raises(DeskError, match="PA-18"):
            office.do(feedback_choices.keep_scan, HANH, data)
