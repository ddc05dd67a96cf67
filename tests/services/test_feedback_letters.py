"""Letters beside an answer: not accepted, a later day, an apology; one letter of many matters; the public page."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from desk_app.domain.errors import DeskError
from desk_app.domain.feedback import Channel, FeedbackClass, Verdict
from desk_app.domain.feedback_form import FeedbackForm
from desk_app.services import (
    conduct_apology,
    feedback,
    feedback_list,
    feedback_public,
    feedback_steps,
    feedback_view,
    papers,
    web_pages,
)
from desk_app.services.conduct_apology import WriteApology
from desk_app.services.feedback import ReceiveFeedback, ReferElsewhere
from desk_app.services.feedback_steps import AnswerFeedback, PublishFeedback, RefuseFeedback
from desk_app.storage.queries import voice
from tests.documents.reading import text_of
from tests.services.feedback_desk import DUNG, HANH, MINH, Office, Paper, a_form, an_office, everything

BASIS = "Điều 7 Nghị định số 20/2008/NĐ-CP ngày 14/02/2008 của Chính phủ"


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    with an_office(tmp_path) as made:
        yield made


def receive(office: Office, form: FeedbackForm | None = None) -> str:
    form = form or a_form(office)
    return office.do(feedback.receive, HANH, ReceiveFeedback(form.id, form)).feedback


def letters(office: Office, about: str) -> list[str]:
    """What is due of it, printed; in one line each, as spaces of a page mean nothing."""
    printer, desk = Paper(), office.desk(HANH)
    for row in office.store.call(lambda: papers.due(desk, about)):
        papers.print_paper(desk, printer, row.paper)
    return [" ".join(text_of(pdf).split()) for _title, pdf in printer.out]


# ---- letters ---------------------------------------------------------------------------------------------------------


def test_not_accepted_is_told_by_a_letter_with_its_number_reason_rule_and_place(office: Office) -> None:
    about = receive(office)
    letters(office, about)
    command = RefuseFeedback(office.id(), about, "Việc đã có bản án", "Tòa án nhân dân khu vực 1", BASIS)
    for _ in range(2):
        office.do(feedback_steps.refuse, MINH, command)
    (letter,) = letters(office, about)
    assert "01/UBND-PAKN" in letter and "V/v không tiếp nhận phản ánh, kiến nghị của ông (bà) Trần Văn Khoa" in letter
    assert "vì: Việc đã có bản án." in letter and "Điều 7 Nghị định số 20/2008/NĐ-CP" in letter
    assert "Tòa án nhân dân khu vực 1" in letter and "PAKN-2026-0001" in letter
    other = receive(office)
    letters(office, other)
    office.do(feedback_steps.answer, MINH, AnswerFeedback(office.id(), other, Verdict.RIGHT, BASIS, "Đã kiểm tra."))
    assert "02/UBND-PAKN" in letters(office, other)[0], "one series for every answer of the office"


def test_a_later_day_is_told_by_a_notice_that_names_both_days(office: Office) -> None:
    about = receive(office)
    letters(office, about)
    first = date.fromisoformat(office.do(feedback_view.whole, MINH, about).row.answer_by)
    office.do(feedback_steps.extend, MINH, office.id(), about, "Cần xác minh ở hai nơi")
    later = date.fromisoformat(office.do(feedback_view.whole, MINH, about).row.answer_by)
    (notice,) = letters(office, about)
    assert "01/TB-UBND" in notice and "Về việc gia hạn trả lời phản ánh, kiến nghị" in notice
    assert "vì: Cần xác minh ở hai nơi." in notice
    for day in (first, later):
        assert f"ngày {day.day:02d} tháng {day.month:02d} năm {day.year}" in notice
    assert office.store.rebuild().differences == ()


def answered(office: Office, form: FeedbackForm | None = None) -> str:
    """One that was found right."""
    about = receive(office, form)
    letters(office, about)
    office.do(feedback_steps.answer, MINH, AnswerFeedback(office.id(), about, Verdict.RIGHT, BASIS, "Đã kiểm tra."))
    letters(office, about)
    return about


def apology(office: Office, about: str, **parts: object) -> WriteApology:
    usual = WriteApology(
        office.id(), about, "Ngày 25/11, cán bộ yêu cầu giấy không có trong quy định.", "Lỗi thuộc về Bộ phận Một cửa.",
        "Cán bộ chưa cập nhật danh mục.", "Đã trả lại giấy và nhận hồ sơ.", date(2026, 12, 1),
    )  # fmt: skip
    return replace(usual, **parts)  # type: ignore[arg-type]


def test_an_apology_for_conduct_says_four_things_has_a_number_and_is_written_once(office: Office) -> None:
    early = receive(office)
    with pytest.raises(DeskError, match="PA-06"):
        office.do(conduct_apology.write, MINH, apology(office, early))
    about = answered(office)
    for part in ("what_happened", "whose_fault", "cause", "corrected"):
        with pytest.raises(DeskError, match="PA-41"):
            office.do(conduct_apology.write, MINH, apology(office, about, **{part: "  "}))
    for day in (date(2026, 11, 25), date(2026, 11, 29)):
        with pytest.raises(DeskError, match="HS-03"):
            office.do(conduct_apology.write, MINH, apology(office, about, new_day=day))
    command = apology(office, about)
    first = office.do(conduct_apology.write, MINH, command)
    assert office.do(conduct_apology.write, MINH, command) == first, "a double press is one letter"
    (letter,) = letters(office, first)
    assert "THƯ XIN LỖI" in letter and "01/PXL-UBND" in letter and "Kính gửi: Ông (Bà) Trần Văn Khoa" in letter
    assert "Cán bộ chưa cập nhật danh mục." in letter and "01 tháng 12 năm 2026" in letter
    with pytest.raises(DeskError, match="PA-42"):
        office.do(conduct_apology.write, MINH, apology(office, about))
    assert office.store.rebuild().differences == ()


def test_the_one_complained_about_writes_no_apology(office: Office) -> None:
    about = answered(office, a_form(office, against=(DUNG.id,)))
    with pytest.raises(DeskError, match="PA-08"):
        office.do(conduct_apology.write, DUNG, apology(office, about))


# ---- before and after an answer --------------------------------------------------------------------------------------


def test_a_letter_is_seen_before_it_has_a_number_and_nothing_is_written(office: Office) -> None:
    about = receive(office, a_form(office, secret=True))
    said = AnswerFeedback(office.id(), about, Verdict.RIGHT, BASIS, "Đã kiểm tra.", done="Đã sửa bảng giá.")
    for wrong, code in (
        ({"findings": " "}, "PA-14"), ({"verdict": None}, "PA-02"), ({"basis": ""}, "PA-01"),
        ({"basis": "Điều 1 Công văn số 12/CV-UBND"}, "PA-05"),
    ):  # fmt: skip
        with pytest.raises(DeskError, match=code):
            office.do(feedback_public.preview, MINH, replace(said, **wrong), 300)
    before = everything(office.store)
    picture = office.do(feedback_public.preview, MINH, said, 300)
    assert (picture.width, len(picture.rgb)) == (300, picture.stride * picture.height)
    assert everything(office.store) == before


def test_what_was_published_hangs_on_the_board_and_stands_on_the_site_without_its_sender(office: Office) -> None:
    for n in range(2):
        about = answered(office, a_form(office, secret=n == 1))
        words = f"Phản ánh đúng, đã treo bảng giá <lần {n}>."
        office.do(feedback_steps.publish, MINH, PublishFeedback(office.id(), about, words))
    answered(office)  # not published: not shown
    printer = Paper()
    feedback_public.print_board(office.desk(HANH), printer)
    board = " ".join(text_of(printer.out[0][1]).split())
    page = office.do(web_pages.build_pages, HANH)["phan-anh.html"].decode()
    for told in (board, page):
        one_line = told.replace(" ", "")  # a code may be broken in its cell
        assert "PAKN-2026-0001" in one_line and "PAKN-2026-0002" in one_line and "PAKN-2026-0003" not in one_line
        assert "đã treo bảng giá" in told
        assert not any(hidden in told for hidden in ("Trần Văn Khoa", "0900 000 245", "Thôn 6"))
    assert "&lt;lần 0&gt;" in page and "phan-anh.html" in office.do(web_pages.build_pages, HANH)["index.html"].decode()
    office.pass_days(100)
    feedback_public.print_board(office.desk(HANH), printer)
    assert "Không có kết quả nào" in text_of(printer.out[1][1])


# ---- one letter, several matters -------------------------------------------------------------------------------------


def test_one_letter_of_three_matters_becomes_three_feedbacks_of_one_origin(office: Office) -> None:
    form = a_form(office, channel=Channel.WRITTEN)
    first = receive(office, form)
    rest = []
    for content, kind in (
        ("Bảng giá không treo.", FeedbackClass.CONDUCT),
        ("Quy định rườm rà.", FeedbackClass.REGULATION),
    ):
        further = form.further(office.id(), first)
        assert (further.name, further.channel, further.content) == (form.name, Channel.WRITTEN, "")
        rest.append(receive(office, replace(further, content=content, feedback_class=kind, handler=MINH.id)))
    whole = office.do(feedback_view.whole, HANH, first)
    assert whole.letter == ("PAKN-2026-0002", "PAKN-2026-0003")
    assert office.do(feedback_view.whole, HANH, rest[1]).letter == ("PAKN-2026-0001", "PAKN-2026-0002")
    assert office.store.rebuild().differences == ()


# ---- from the public page --------------------------------------------------------------------------------------------


def put(office: Office, id: str = "m-1", sent_at: str = "2026-11-20T20:15:00", **body: object) -> None:
    """A message as the feed brings it."""
    told = {"name": "Trần Văn Khoa", "phone": "0900 000 245", "address": "Thôn 6", "content": "Chờ ba lần chưa xong."}

    def job() -> None:
        with office.store.write("", "centre") as tx:
            voice.put_message(tx, id, sent_at, {**told, **body})

    office.store.call(job)


@pytest.fixture
def real(tmp_path: Path) -> Iterator[Office]:
    """As at an enrolled desk: the inbox is not that of a training line."""
    with an_office(tmp_path, training=False) as made:
        yield made


def test_a_message_is_owed_from_the_moment_it_was_sent_and_leaves_the_inbox_once(real: Office) -> None:
    put(real)
    (line,) = real.do(feedback_list.lines, HANH, "open", "")
    assert (line.public, line.code, line.near.text) == (True, "từ trang công khai", "Phân loại trước 26/11/2026")
    assert real.do(feedback_list.counts, HANH)["public"] == 1
    form = real.do(feedback_list.form_of, HANH, line.id)
    assert (form.channel, form.origin, form.name) == (Channel.ELECTRONIC, "m-1", "Trần Văn Khoa")
    about = receive(
        real, replace(form, feedback_class=FeedbackClass.CONDUCT, handler=MINH.id, sent_at="1999-01-01T00:00:00")
    )
    row = real.do(feedback_view.whole, MINH, about).row
    assert row.sent_public_at == "2026-11-20T20:15:00"
    assert row.transfer_by == "2026-12-01", "sent on Friday evening it counts as Monday's; Tuesday is a day off"
    assert real.do(feedback_list.lines, HANH, "public", "") == ()
    with pytest.raises(DeskError, match="PA-40"):
        receive(real, replace(form, id=real.id(), feedback_class=FeedbackClass.CONDUCT, handler=MINH.id))
    put(real)  # the feed is read again from its beginning
    assert real.do(feedback_list.lines, HANH, "public", "") == ()
    assert real.store.rebuild().differences == ()


def test_a_denunciation_by_the_public_page_leaves_no_word(real: Office) -> None:
    put(real, name="Người CHIMHOANGYEN77", content="Tôi tố cáo CHIMHOANGYEN78")
    command = ReferElsewhere(real.id(), FeedbackClass.DENUNCIATION, origin="m-1")
    for _ in range(2):
        real.do(feedback.refer, HANH, command)
    assert "CHIMHOANGYEN" not in everything(real.store)
    assert real.do(feedback_list.lines, HANH, "public", "") == ()


def test_a_message_that_lacks_a_condition_is_kept_as_information(real: Office) -> None:
    put(real, phone="")
    form = replace(real.do(feedback_list.form_of, HANH, "m-1"), feedback_class=FeedbackClass.CONDUCT)
    assert real.do(feedback.receive, HANH, ReceiveFeedback(form.id, form)).code == ""
    assert real.do(feedback_list.lines, HANH, "public", "") == ()


def test_hostile_messages_stay_words_and_a_secret_name_is_not_listed(real: Office) -> None:
    put(real, "m-1", name="=cmd|' /C calc'!A0", content="'; DROP TABLE feedback; --" + "x" * 100_000, secret=True)
    put(real, "m-2", sent_at="2026-11-25T08:00:00", name="\u202eKhoa")
    lines = real.do(feedback_list.lines, HANH, "public", "")
    assert [line.name for line in lines] == [feedback_view.SECRET, "Khoa"]
    form = real.do(feedback_list.form_of, HANH, "m-1")
    assert len(form.content) == 2000 and form.secret
