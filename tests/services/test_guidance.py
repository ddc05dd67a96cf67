"""Guidance: once, with everything; where to go; without a name; and again from the slip."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from desk_app.domain.errors import Refused
from desk_app.domain.intake import MarkState
from desk_app.services import intake, papers
from desk_app.services.desk import Desk
from desk_app.services.intake import GiveGuidance
from desk_app.storage.queries import guidance
from desk_app.storage.rows import GuidanceRow
from tests.documents.reading import page_count, text_of
from tests.domain.shipped import CATALOGUE
from tests.services.counter import CARDS, Counter, open_counter


@pytest.fixture(scope="module")
def counter(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Counter]:
    folder: Path = tmp_path_factory.mktemp("desk")
    with open_counter(folder) as found:
        yield found


def printed(counter: Counter, about: str) -> tuple[str, str]:
    """Title and words of the paper that a guidance promised."""
    (row,) = counter.do(papers.due, about)
    out = papers.print_paper(counter.desk, counter.printer, row.paper)
    return out.title, text_of(counter.printer.out[-1][1])


def test_what_is_done_elsewhere_prints_where_to_go(counter: Counter) -> None:
    form = counter.form("noi_khac.ho_chieu")
    done = counter.do(intake.guide, GiveGuidance(form.id, form))
    title, words = printed(counter, done.guidance)
    assert title == "Phiếu hướng dẫn nơi nộp hồ sơ"
    for part in (
        "PHIẾU HƯỚNG DẪN NƠI NỘP HỒ SƠ", "Phòng Quản lý xuất nhập cảnh", "0900 000 006", "(số liệu mẫu)",
        "07 giờ 30", "Căn cước", "Cổng Dịch vụ công quốc gia", "Nguyễn Thị Thu Hà", "Chưa kiểm chứng",
    ):  # fmt: skip
        assert part in words, part


def test_another_procedure_of_this_office_is_a_place_too(counter: Counter) -> None:
    form = counter.form("ho_tich.khai_sinh", so_ngay_tu_khi_sinh=5, yeu_to_nuoc_ngoai=True)
    done = counter.do(intake.guide, GiveGuidance(form.id, form))
    _, words = printed(counter, done.guidance)
    assert "Trung tâm Phục vụ hành chính công xã Hòa Mẫu" in words
    assert CATALOGUE.procedures["ho_tich.khai_sinh_nuoc_ngoai"].name in words


def test_what_the_law_refuses_is_refused_on_the_form_of_the_law(counter: Counter) -> None:
    form = counter.form("chung_thuc.ban_sao", so_trang=1, so_ban=1, ban_chinh_hong=True)
    done = counter.do(intake.guide, GiveGuidance(form.id, form))
    title, words = printed(counter, done.guidance)
    assert title == "Phiếu từ chối tiếp nhận giải quyết hồ sơ" and "lý do cụ thể như sau" in words


@pytest.mark.parametrize(
    "procedure", ["ho_tich.khai_sinh_lai", "ho_tich.khai_sinh_lien_thong", "ho_tich.ket_hon_nuoc_ngoai",
                  "ho_tich.nhan_cha_me_con", "chung_thuc.giao_dich"],
)  # fmt: skip
def test_one_missing_paper_is_one_sheet_for_the_citizen_and_one_for_the_file(counter: Counter, procedure: str) -> None:
    form = counter.looked_at(counter.form(procedure, card=None), bad=1)
    done = counter.do(intake.guide, GiveGuidance(form.id, form))
    _, words = printed(counter, done.guidance)
    assert page_count(counter.printer.out[-1][1]) == 2
    main, *rest = CATALOGUE.procedures[procedure].variants[-1].legal_basis
    assert main.number in words and rest[-1].number not in words


def test_the_text_that_lays_down_the_missing_paper_is_named(counter: Counter) -> None:
    birth = counter.form("ho_tich.khai_sinh", card=None, so_ngay_tu_khi_sinh=5, chung_sinh="giay", da_ket_hon=True)
    told = {}
    for missing in ("to_khai_khai_sinh", ""):
        form = counter.looked_at(replace(birth, id=counter.desk.ids.uuid7()), bad=0 if missing else 1)
        form = form.mark(missing, MarkState.BAD, 1) if missing else form
        done = counter.do(intake.guide, GiveGuidance(form.id, form))
        told[missing] = printed(counter, done.guidance)[1].partition("Căn cứ pháp lý:")[2].partition("Khi nộp lại")[0]
    assert "04/2020/TT-BTP" in told["to_khai_khai_sinh"] and "04/2020/TT-BTP" not in told[""]
    assert all("60/2014/QH13" in said and "123/2015/NĐ-CP" in said for said in told.values())


def test_somebody_without_a_name_is_guided_and_logged_as_guidance(counter: Counter) -> None:
    form = counter.form("ho_tich.khai_tu", card=None, so_ngay_tu_khi_chet=3, giay_bao_tu="co")
    seen = counter.looked_at(form, bad=1)
    done = counter.do(intake.guide, GiveGuidance(seen.id, seen))
    _, words = printed(counter, done.guidance)
    assert "Kính gửi: Ông (Bà)" in words
    row = counter.do(_row, done.guidance)
    assert row is not None and row.citizen == "" and row.name == "" and row.round == 1
    again = counter.form("ho_tich.khai_tu", card=None, so_ngay_tu_khi_chet=3, giay_bao_tu="co")
    again = counter.looked_at(again, bad=1)
    assert counter.do(intake.guide, GiveGuidance(again.id, again)).round == 1  # nobody knows that it is the same


def test_the_slip_reopens_all_that_was_answered_and_the_days_go_on(counter: Counter) -> None:
    counter.clock.local = datetime(2026, 11, 25, 9, 0)
    form = counter.form("ho_tich.khai_sinh", card=CARDS[2], so_ngay_tu_khi_sinh=55, chung_sinh="giay", da_ket_hon=True)
    form = counter.looked_at(form, bad=1)
    done = counter.do(intake.guide, GiveGuidance(form.id, form))
    counter.clock.local += timedelta(days=7)
    back = counter.do(intake.reopen, done.slip_code)
    assert back.person is not None and back.person.name == "Phạm Thị Bưởi"
    assert back.answers["so_ngay_tu_khi_sinh"] == 62, "it is a late registration now"
    assert {k: v for k, v in back.answers.items() if k != "so_ngay_tu_khi_sinh"} == {
        k: v for k, v in form.answers.items() if k != "so_ngay_tu_khi_sinh"
    }
    unseen = [mark for mark in back.marks.values() if mark.state is not MarkState.OK]
    assert not unseen and len(back.marks) == len(form.marks) - 1


def test_a_second_slip_asks_why(counter: Counter) -> None:
    counter.clock.local = datetime(2026, 11, 26, 9, 0)
    form = counter.form("ho_tich.ket_hon", card=CARDS[1], tuoi_nu=24)
    form = counter.looked_at(form, bad=1)
    counter.do(intake.guide, GiveGuidance(form.id, form))
    again = counter.looked_at(counter.form("ho_tich.ket_hon", card=CARDS[1], tuoi_nu=24), bad=1)
    with pytest.raises(Refused) as refused:
        counter.do(intake.guide, GiveGuidance(again.id, again))
    assert refused.value.code == "TN-08"
    done = counter.do(intake.guide, GiveGuidance(again.id, again, "Giấy tờ bị mất sau lần hướng dẫn trước"))
    assert done.round == 2


def test_the_card_says_the_age_so_nobody_asks(counter: Counter) -> None:
    groom = counter.look(counter.form("ho_tich.ket_hon", card=CARDS[1]))
    assert "tuoi_nam" not in [q.id for q in groom.questions] and groom.answers["tuoi_nam"] == 41
    assert "tuoi_nu" in [q.id for q in groom.questions]
    bride = counter.look(counter.form("ho_tich.ket_hon", card=CARDS[0]))
    assert "tuoi_nu" not in [q.id for q in bride.questions]
    nobody = counter.look(counter.form("ho_tich.ket_hon", card=None))
    assert {"tuoi_nam", "tuoi_nu"} <= {q.id for q in nobody.questions}
    corrected = counter.look(counter.form("ho_tich.ket_hon", card=CARDS[1], tuoi_nam=19))
    assert corrected.answers["tuoi_nam"] == 19 and "tuoi_nam" in [q.id for q in corrected.questions]


def test_what_the_card_said_is_in_the_record(counter: Counter) -> None:
    form = counter.looked_at(counter.form("ho_tich.ket_hon", card=CARDS[2], tuoi_nam=60), bad=1)
    done = counter.do(intake.guide, GiveGuidance(form.id, form))
    row = counter.do(_row, done.guidance)
    assert row is not None and row.answers["tuoi_nu"] == 62


def _row(desk: Desk, id: str) -> GuidanceRow | None:
    with desk.store.read() as tx:
        return guidance.get(tx, id)
