"""The citizen's voice between the public page, the centre and a real desk: down, into the book, up, and back to the page."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import psycopg
import pytest

from desk_app.domain.errors import DeskError
from desk_app.domain.feedback import FeedbackClass, Verdict
from desk_app.services import campaigns, feedback, feedback_list, feedback_steps, feedback_view, surveys
from desk_app.services.desk import Desk
from desk_app.services.feedback import ReceiveFeedback, ReferElsewhere
from desk_app.services.feedback_steps import AnswerFeedback, PublishFeedback, RefuseFeedback, TransferFeedback
from desk_app.services.surveys import FilledSurvey
from desk_app.wiring.enrolment import client_for
from desk_app.wiring.feed_store import StoreFeed
from sync.centre.folds import refold
from sync.desk.feed import FeedReader
from tests.sync.desk import LogLines
from tests.sync.server import CentreProcess, Visitor
from tests.sync.test_real_journal import PASSPHRASE, RealDesk
from tests.sync.test_web import HOSTILE
from tests.sync.test_web import feedback as form

BASIS = "khoản 1 Điều 9 Nghị định số 20/2008/NĐ-CP ngày 14/02/2008 của Chính phủ"


class Counter:
    """A real desk with its officer, and how it reads what comes down."""

    def __init__(self, centre: CentreProcess, folder: Path, unit: str, number: int = 1) -> None:
        self.real = RealDesk(folder / str(number), centre.url, centre.code(unit, number))
        self.desk: Desk = self.real.station.sign_in(self.real.station.logins()[0].id, PASSPHRASE)
        self.url = centre.url

    def do(self, job, *rest):  # type: ignore[no-untyped-def]
        return self.real.store.call(lambda: job(self.desk, *rest))

    def sync(self) -> None:
        assert self.real.run() == "ok"
        who = self.real.outbox.identity()
        line = next(x for x in self.real.outbox.lines() if x.current)
        reader = FeedReader(StoreFeed(self.real.store), self.real.signer, self.real.clock, LogLines())
        client = client_for(self.url, self.real.clock.utc, self.real.clock.ticks_ms)
        assert who is not None and reader(client, who, line, lambda: False) is None
        client.close()

    def lines(self, filter_: str = "public") -> tuple[feedback_list.Line, ...]:
        found: tuple[feedback_list.Line, ...] = self.do(feedback_list.lines, filter_, "")
        return found

    def take_in(self, kind: FeedbackClass = FeedbackClass.QUESTION) -> str:
        made = self.do(feedback_list.form_of, self.lines()[0].id)
        made = replace(made, feedback_class=kind)
        id: str = self.do(feedback.receive, ReceiveFeedback(made.id, made)).feedback
        return id


@pytest.fixture
def unit(centre: CentreProcess) -> str:
    return centre.new_unit()


@pytest.fixture
def counter(centre: CentreProcess, tmp_path: Path, unit: str) -> Iterator[Counter]:
    one = Counter(centre, tmp_path, unit)
    yield one
    one.real.station.close()


def send(centre: CentreProcess, unit: str, who: int, **words: str) -> str:
    """Write on the public page; answers the number that was given."""
    page = Visitor(centre.url, who).post("/phan-anh", **form(unit, **words))
    assert page.status_code == 200
    found = re.search(r"so=([0-9]+)", page.text)
    assert found is not None
    return found[1]


def state(centre: CentreProcess, number: str, who: int = 960) -> str:
    return Visitor(centre.url, who).get(f"/phan-anh/tra-cuu?so={number}").text.split("</form>")[-1]


def test_from_the_public_page_into_the_book_answered_and_back_on_the_page(
    centre: CentreProcess, counter: Counter, unit: str
) -> None:
    number = send(centre, unit, 950, noi_dung=HOSTILE, bi_mat="1")
    assert "chờ xã tiếp nhận" in state(centre, number)
    counter.sync()
    (line,) = counter.lines()
    assert (line.public, line.name, line.code) == (True, feedback_view.SECRET, "từ trang công khai")
    about = counter.take_in()
    row = counter.do(feedback_view.whole, about).row
    assert row.secret and row.code and row.sent_public_at
    counter.sync()
    assert row.code in state(centre, number) and "Đang xử lý" in state(centre, number)
    kept = centre.rows("SELECT name, contact, address, content FROM public_feedback WHERE unit = %s", unit)
    assert kept == [("", "", "", "")], "the book has it: the page keeps no word"
    counter.do(feedback_steps.assign, counter.desk.ids.uuid7(), about, counter.desk.officer.id)
    said = AnswerFeedback(counter.desk.ids.uuid7(), about, Verdict.RIGHT, BASIS, "Đã kiểm tra.", done="Đã sửa.")
    counter.do(feedback_steps.answer, said)
    counter.sync()
    assert "Đã trả lời" in state(centre, number) and "Đã kiểm tra" not in state(centre, number)
    words = "Phản ánh về chờ lâu là đúng, đã thêm một quầy."
    counter.do(feedback_steps.publish, PublishFeedback(counter.desk.ids.uuid7(), about, words))
    counter.sync()
    told = state(centre, number)
    assert words in told and "Nguyễn Văn Ý" not in told and "0900" not in told
    listed = Visitor(centre.url, 962).get(f"/phan-anh/ket-qua?xa={unit}").text
    assert words in listed and row.code in listed and "Nguyễn Văn Ý" not in listed
    slip = Visitor(centre.url, 961).get(f"/tra-cuu/{row.slip_code}").text
    assert words in slip and row.code in slip
    assert counter.real.store.rebuild().differences == ()


def test_two_counters_see_it_and_one_takes_it_in(centre: CentreProcess, tmp_path: Path, unit: str) -> None:
    one, two = Counter(centre, tmp_path, unit, 1), Counter(centre, tmp_path, unit, 2)
    send(centre, unit, 951)
    for counter in (one, two):
        counter.sync()
        assert len(counter.lines()) == 1
    about = one.take_in()
    one.sync()
    stale = two.do(feedback_list.form_of, two.lines()[0].id)
    two.sync()
    assert two.lines() == ()
    assert two.do(feedback_view.whole, about).row.sent_public_at
    with pytest.raises(DeskError, match="PA-40"):
        two.do(feedback.receive, ReceiveFeedback(stale.id, replace(stale, feedback_class=FeedbackClass.QUESTION)))
    for counter in (one, two):
        counter.real.station.close()


def test_a_denunciation_sent_by_the_page_is_wiped_at_both_ends(
    centre: CentreProcess, counter: Counter, unit: str
) -> None:
    number = send(centre, unit, 952, noi_dung="Tôi tố cáo CHIMHOANGYEN91")
    counter.sync()
    origin = counter.lines()[0].id
    counter.do(feedback.refer, ReferElsewhere(counter.desk.ids.uuid7(), FeedbackClass.DENUNCIATION, origin=origin))
    counter.sync()
    assert "CHIMHOANGYEN91" not in repr(centre.rows("SELECT * FROM public_feedback"))
    assert "CHIMHOANGYEN91" not in repr(centre.rows("SELECT body FROM outfeed WHERE unit = %s", unit))
    assert "Không thuộc phản ánh, kiến nghị" in state(centre, number)


def test_what_was_sent_up_is_answered_above_and_the_answer_comes_down(
    centre: CentreProcess, counter: Counter, unit: str
) -> None:
    send(centre, unit, 953, noi_dung="Quy định yêu cầu hai bản sao là thừa.")
    counter.sync()
    about = counter.take_in(FeedbackClass.REGULATION)
    counter.do(feedback_steps.transfer, TransferFeedback(counter.desk.ids.uuid7(), about, "Sở Tư pháp", BASIS))
    counter.sync()
    checker, viewer = centre.visitor("checker"), centre.visitor("viewer")
    page = checker.get("/xem/phan-anh").text
    assert "Sở Tư pháp" in page and "hai bản sao là thừa" in page
    assert "hai bản sao là thừa" not in viewer.get("/xem/phan-anh").text, "only who decides reads a citizen's words"
    assert "Nguyễn Văn Ý" not in page
    fields = {"unit": unit, "feedback": about, "tra_loi": "Sở đã bỏ yêu cầu này.", "so": "15/STP"}
    assert viewer.post("/xem/phan-anh", form=viewer.form("/xem/phan-anh"), **fields).status_code == 403
    word = checker.form("/xem/phan-anh")
    assert checker.post("/xem/phan-anh", form=word, **fields).status_code == 303
    assert checker.post("/xem/phan-anh", form=word, **fields).status_code == 409, "answered once"
    counter.sync()
    reply = counter.do(feedback_view.whole, about).level_reply
    assert reply is not None and (reply.text, reply.number) == ("Sở đã bỏ yêu cầu này.", "15/STP")
    counter.do(feedback_steps.note_reply, counter.desk.ids.uuid7(), about, reply.text)
    counter.sync()
    assert "hai bản sao là thừa" not in checker.get("/xem/phan-anh").text


def test_a_campaign_comes_down_with_its_questions_and_its_results_go_up(
    centre: CentreProcess, counter: Counter, unit: str
) -> None:
    checker = centre.visitor("checker")
    today = counter.desk.now().date()
    fields = {
        "viec": "mo", "ten": "Khảo sát quý IV <b>", "tu": str(today), "den": str(today + timedelta(days=20)),
        "chi_tieu": "12", "cau_hoi": "Nhà vệ sinh sạch sẽ\n\n", "xa": unit,
    }  # fmt: skip
    word = checker.form("/xem/khao-sat")
    for wrong in ({"den": "2020-01-01"}, {"chi_tieu": "2"}, {"ten": " "}, {"xa": "00000"}, {"tu": "x"}):
        assert checker.post("/xem/khao-sat", form=word, **{**fields, **wrong}).status_code == 400
    assert checker.post("/xem/khao-sat", form=word, **fields).status_code == 303
    counter.sync()
    (running,) = counter.do(campaigns.running)
    assert (running.title, running.target, running.collected) == ("Khảo sát quý IV <b>", 12, 0)
    own = next(q for q in running.form.questions if q.text == "Nhà vệ sinh sạch sẽ")
    for grade in (5, 5, 4, 4, 2, 1):
        counter.do(surveys.fill, FilledSurvey(running.form, {"overall": grade, own.id: grade}))
    assert counter.do(campaigns.running)[0].collected == 6, "those that wait for their group count for the officer"
    later = Desk(
        **{f: getattr(counter.desk, f) for f in counter.desk.__slots__} | {"clock": _Later(counter.desk.clock)}
    )
    assert counter.real.store.call(lambda: surveys.release(later)) == 6
    counter.sync()
    page = checker.get("/xem/khao-sat").text
    assert "66,7 %" in page and "3,50" in page and "Khảo sát quý IV &lt;b&gt;" in page
    campaign = re.search(r'name="dot" value="([0-9a-f-]+)"', page)
    assert campaign is not None
    assert checker.post("/xem/khao-sat", form=word, viec="ket-thuc", dot=campaign[1]).status_code == 303
    counter.sync()
    assert counter.do(campaigns.running) == ()


def test_folding_every_record_again_gives_the_same_feedback_and_answers(
    centre: CentreProcess, counter: Counter, unit: str
) -> None:
    numbers = [send(centre, unit, 970 + n, noi_dung=f"Việc thứ {n}") for n in range(3)]
    counter.sync()
    abouts = [counter.take_in(FeedbackClass.REGULATION) for _ in numbers]
    counter.do(feedback_steps.transfer, TransferFeedback(counter.desk.ids.uuid7(), abouts[0], "Sở Y tế", BASIS))
    counter.do(feedback_steps.assign, counter.desk.ids.uuid7(), abouts[1], counter.desk.officer.id)
    counter.do(feedback_steps.extend, counter.desk.ids.uuid7(), abouts[1], "Cần xác minh")
    refused = RefuseFeedback(counter.desk.ids.uuid7(), abouts[2], "Ngoài phạm vi", "Tòa án", BASIS)
    counter.do(feedback_steps.refuse, refused)
    counter.sync()
    told = [state(centre, number, 980 + n) for n, number in enumerate(numbers)]
    for words in ("Sở Y tế", "Đang xử lý", "Không tiếp nhận"):  # sent in one second: in no order of their own
        assert sum(words in one for one in told) == 1
    tables = ("SELECT * FROM feedback WHERE unit = %s ORDER BY feedback",
              "SELECT * FROM survey_answer WHERE unit = %s ORDER BY seq",
              "SELECT * FROM public_feedback WHERE unit = %s ORDER BY feedback")  # fmt: skip
    before = [centre.rows(text, unit) for text in tables]
    assert len(before[0]) == 3 and len(before[2]) == 3
    with psycopg.connect(centre.postgresql.url) as db:
        assert refold(db) > 0
    assert [centre.rows(text, unit) for text in tables] == before


class _Later:
    """The machine's clock, a day later."""

    def __init__(self, clock: object) -> None:
        self._clock = clock

    def now_utc(self) -> object:
        return self._clock.now_utc() + timedelta(days=1)  # type: ignore[attr-defined]
