"""Bad input at the counter: each is said in plain words with its code, and what was typed stays."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QLineEdit
from pytestqt.qtbot import QtBot

from desk_app.domain.errors import Failed
from desk_app.domain.intake import IntakeForm
from desk_app.ui.screens.intake import Draft, IntakePage, Series
from desk_app.ui.screens.intake.ports import Printing
from desk_app.ui.screens.intake.visit import At
from desk_app.ui.widgets.toast import Toast
from tests.ui.gallery_screens import intake
from tests.ui.screen_desk import HA, NOW, TUAN, FakeDesk
from tests.ui.screen_hands import CTRL, ENTER, ESC, F9, Hands, words

# A reader through Telex: the letters of the name are damaged, one name explains it, or none for sure.
DAMAGED = HA.replace("Nguyễn Thị Thu Hà", "Nguyeenx Thij Thu Haf").replace("Nữ", "Nuwx").replace("xã", "xax")

# A reader that strips every mark: no name is certain.
PLAIN = HA.replace("Nguyễn Thị Thu Hà", "NGUYEN THI THU HA").replace("Nữ", "Nu")


@pytest.fixture
def desk() -> Iterator[FakeDesk]:
    made = FakeDesk()
    yield made
    made.close()


@pytest.fixture
def counter(look: QApplication, qtbot: QtBot, desk: FakeDesk) -> Iterator[tuple[Hands, IntakePage]]:
    shell, page = intake(desk)
    qtbot.addWidget(shell)
    yield Hands(qtbot, shell), page
    shell.hide()


def at_the_fee(hands: Hands, page: IntakePage) -> None:
    hands.digit(4)
    hands.digit(1, 2, 1, 1)
    hands.press(Qt.Key.Key_D, chord=CTRL)
    hands.press(F9)
    assert page.visit.at is At.PROMISE


def test_eleven_digits_are_counted_aloud_and_stay(counter: tuple[Hands, IntakePage]) -> None:
    hands, page = counter
    hands.type("00019100034")
    hands.press(ENTER)
    assert "11 chữ số" in page.person.card.line.error and "TN-06" in page.person.card.line.error
    assert page.person.card.line.edit.text() == "00019100034"


def test_twelve_digits_open_the_form_with_the_number_filled_in(counter: tuple[Hands, IntakePage]) -> None:
    hands, page = counter
    hands.type("000191000345")
    hands.press(ENTER)
    assert page.citizen.typing
    hands.type("H")
    assert page.person.card.typed.fields().number == "000191000345"
    assert page.person.card.typed.fields().name == "H"


def test_a_day_that_no_calendar_has_is_refused_and_a_year_alone_is_fine(counter: tuple[Hands, IntakePage]) -> None:
    hands, page = counter
    hands.press(Qt.Key.Key_N, chord=CTRL)
    hands.type("Y Moan")
    hands.press(ENTER)
    hands.type("000191000345")
    hands.press(ENTER)
    hands.type("31/02/1950")
    hands.press(F9)
    assert "TN-21" in page.person.card.typed.error_of("birth")
    assert page.citizen.typing
    hands.press(Qt.Key.Key_A, chord=CTRL)
    hands.type("1950")
    hands.press(F9)
    person = page.visit.form.person
    assert person is not None and person.birth_year == 1950 and person.birth_date is None


def test_a_passport_an_organisation_and_a_child_can_be_typed(counter: tuple[Hands, IntakePage]) -> None:
    hands, page = counter
    typed = page.person.card.typed
    hands.press(Qt.Key.Key_N, chord=CTRL)
    typed.set_fields(replace(typed.fields(), name="John Smith", id_kind="passport", number="C1234567"))
    hands.press(F9)
    assert page.visit.form.person is not None and page.visit.form.person.id_kind == "passport"
    hands.press(Qt.Key.Key_N, chord=CTRL)
    typed.set_fields(replace(typed.fields(), kind="organisation", name="Hợp tác xã Mẫu", number="0123456789"))
    hands.press(F9)
    assert "TN-43" in typed.error_of("signer")
    typed.set_fields(replace(typed.fields(), signer="Trần Văn A", signer_detail="Giám đốc"))
    hands.press(F9)
    assert page.visit.form.person.kind == "organisation"
    hands.press(Qt.Key.Key_N, chord=CTRL)
    typed.set_fields(replace(typed.fields(), kind="child", name="Bé Na", number="", birth="2020", signer="Lê Thị B"))
    hands.press(F9)
    child = page.visit.form.person
    assert child is not None and child.guardian is not None and child.guardian.name == "Lê Thị B"


def test_a_damaged_scan_proposes_a_name_that_needs_one_key(counter: tuple[Hands, IntakePage], desk: FakeDesk) -> None:
    hands, page = counter
    hands.scan(DAMAGED)
    person = page.visit.form.person
    assert person is not None and person.id_number == "000191000345"
    proposed = page.person.card.known.name.text()
    said = words(page.person)
    if proposed:
        assert "TN-04" in said and person.name == ""
        hands.press(ENTER)
        assert page.visit.form.person is not None and page.visit.form.person.name == proposed
    else:
        assert "TN-13" in said
        page.person.card.known.name.insert("Nguyễn Thị Thu Hà")
        hands.press(ENTER)
        assert page.visit.form.person is not None and page.visit.form.person.name == "Nguyễn Thị Thu Hà"
    assert page.person.procedures.search.box.hasFocus()


def test_a_name_without_marks_takes_only_a_name_of_the_same_letters(counter: tuple[Hands, IntakePage]) -> None:
    hands, page = counter
    hands.scan(PLAIN)
    known = page.person.card.known
    assert page.visit.form.person is not None and page.visit.form.person.name == "" and "TN-13" in words(page.person)
    hands.type("ctbs")
    hands.press(ENTER)
    assert page.visit.form.person.name == ""
    assert "TN-44" in words(page.person) and "NGUYEN THI THU HA" in words(page.person)
    assert (known.name.text(), known.name.hasFocus()) == ("ctbs", True)
    known.name.selectAll()
    known.name.insert("nguyễn thị thu hà")
    hands.press(ENTER)
    assert page.visit.form.person is not None and page.visit.form.person.name == "nguyễn thị thu hà"
    assert "TN-44" not in words(page.person)


def test_a_name_other_than_the_cards_letters_is_for_the_form_by_hand(counter: tuple[Hands, IntakePage]) -> None:
    hands, page = counter
    hands.scan(PLAIN)
    page.person.card.known.name.insert("Trần Thị Mơ")
    hands.press(ENTER)
    assert "TN-44" in words(page.person)
    hands.press(Qt.Key.Key_N, chord=CTRL)
    assert page.person.card.typed.fields().name == "Trần Thị Mơ"
    hands.press(F9)
    person = page.visit.form.person
    assert person is not None and (person.name, page.visit.form.scanned_at) == ("Trần Thị Mơ", "")


def test_a_second_card_asks_in_a_banner_and_nothing_is_lost(counter: tuple[Hands, IntakePage]) -> None:
    hands, page = counter
    hands.scan(HA)
    hands.scan(TUAN)
    shown = hands.shell.banner.shown
    assert shown is not None and shown.code == "TN-03"
    assert page.visit.form.person is not None and page.visit.form.person.id_number == "000191000345"
    hands.press(ESC)
    assert hands.shell.banner.shown is None
    hands.scan(TUAN)
    hands.press(Qt.Key.Key_Space, chord=CTRL)
    assert page.visit.form.person is not None and page.visit.form.person.id_number == "000085000123"
    assert [draft.form.person.id_number for draft in page.parking.waiting if draft.form.person] == ["000191000345"]


def test_parked_intakes_come_back_by_their_digit(counter: tuple[Hands, IntakePage]) -> None:
    hands, page = counter
    hands.scan(HA)
    hands.press(Qt.Key.Key_Space, chord=CTRL)
    hands.scan(TUAN)
    hands.press(Qt.Key.Key_Space, chord=CTRL)
    hands.press(Qt.Key.Key_Space, chord=CTRL)
    assert page.parking.listed
    hands.digit(2)
    assert page.visit.form.person is not None and page.visit.form.person.id_number == "000085000123"
    assert len(page.parking.waiting) == 1


def test_the_tenth_cannot_be_parked_and_says_so(counter: tuple[Hands, IntakePage], desk: FakeDesk) -> None:
    hands, page = counter
    hands.scan(HA)
    page.parking.waiting = tuple(Draft(replace(page.visit.form, id=f"p{n}"), "2026-11-25T08:00:00") for n in range(9))
    hands.press(Qt.Key.Key_Space, chord=CTRL)
    assert page.visit.form.person is not None
    assert any("TN-18" in line for line in hands.shell.toaster.log)


def test_escape_keeps_a_draft_and_says_where(counter: tuple[Hands, IntakePage], desk: FakeDesk) -> None:
    hands, page = counter
    hands.scan(HA)
    hands.digit(4)
    hands.press(ESC, ESC)
    assert any("TN-02" in line for line in hands.shell.toaster.log)
    hands.until(lambda: len(desk.drafts) == 1)
    assert page.visit.form.person is None


def test_every_field_is_saved_as_a_draft_without_asking(counter: tuple[Hands, IntakePage], desk: FakeDesk) -> None:
    hands, _ = counter
    hands.press(Qt.Key.Key_N, chord=CTRL)
    hands.type("Le Van")
    hands.until(lambda: any(d.form.person and d.form.person.name == "Le Van" for d in desk.drafts.values()))


def test_a_draft_from_before_a_crash_is_offered(look: QApplication, qtbot: QtBot, desk: FakeDesk) -> None:
    desk.drafts["old"] = Draft(IntakeForm("old", procedure="ho_tich.ket_hon"), "2026-11-25T08:00:00")
    shell, page = intake(desk)
    qtbot.addWidget(shell)
    hands = Hands(qtbot, shell)
    hands.until(lambda: page.parking.waiting)
    hands.press(Qt.Key.Key_Space, chord=CTRL)
    hands.digit(1)
    assert page.visit.form.id == "old" and page.visit.at is At.PAPERS
    shell.hide()


def test_a_second_guidance_slip_needs_a_reason(counter: tuple[Hands, IntakePage], desk: FakeDesk) -> None:
    hands, page = counter
    for round_no in (1, 2):
        hands.scan(HA)
        hands.digit(4)
        hands.digit(1, 2, 1, 1)
        hands.press(Qt.Key.Key_D, chord=CTRL)
        hands.press(Qt.Key.Key_Minus)
        hands.digit(1)
        if round_no == 1:
            hands.press(F9)
            hands.until(lambda: page.visit.at is At.DONE)
            hands.until(lambda: not page.recorder.resting)
            hands.press(F9)
    hands.until(lambda: page.visit.guided_on)
    assert "TN-08" in words(page.papers) and not page.plan().enabled
    page.papers.reason_box.setFocus()
    hands.type("doi to")
    assert page.plan().enabled
    hands.press(F9)
    hands.until(lambda: len(desk.slips) == 2)
    assert list(desk.slips.values())[1][0].why_again == "doi to"


def test_not_received_here_prints_where_to_go(counter: tuple[Hands, IntakePage], desk: FakeDesk) -> None:
    hands, page = counter
    hands.scan(HA)
    hands.digit(1)
    form = page.visit.form
    page.set_form(form.answer("ban_chinh_hong", True))
    assert "TN-10" in words(page.papers)
    assert page.plan().button == "In phiếu từ chối"
    hands.press(F9)
    hands.until(lambda: len(desk.slips) == 1)


def test_a_request_that_may_not_be_received_is_refused_in_writing_with_the_rule(
    counter: tuple[Hands, IntakePage], desk: FakeDesk
) -> None:
    hands, page = counter
    hands.scan(HA)
    assert "refuse" not in [action.id for action in page.bar_actions().others], "nothing was looked at yet"
    at_the_fee(hands, page)
    assert "refuse" not in [action.id for action in page.bar_actions().others], "that bar is for the promise"
    page.go_to(At.PAPERS)
    assert "refuse" in [action.id for action in page.bar_actions().others]
    page.on_action("refuse")
    assert page.plan().button == "In phiếu từ chối" and not page.plan().enabled
    hands.press(F9)
    assert not desk.refusals and not desk.accepted, "without the rule nothing is recorded"
    hands.press(ESC)
    assert page.visit.at is At.PAPERS and page.plan().button != "In phiếu từ chối"
    page.on_action("refuse")
    hands.type("Diem a khoan 1 Dieu 7")
    assert page.plan().enabled
    hands.press(F9)
    hands.until(lambda: page.visit.at is At.DONE)
    (refusal,) = desk.refusals.values()
    assert refusal.reason == "Diem a khoan 1 Dieu 7" and not desk.accepted
    hands.until(lambda: desk.printed == ["tc1"])
    assert "Đã lập phiếu từ chối tiếp nhận" in words(page.finished)


def test_an_unknown_tariff_lets_the_dossier_in_and_the_fee_wait(
    look: QApplication, qtbot: QtBot, desk: FakeDesk
) -> None:
    desk.profile = replace(desk.profile, tariffs={})
    shell, page = intake(desk)
    qtbot.addWidget(shell)
    hands = Hands(qtbot, shell)
    hands.scan(HA)
    at_the_fee(hands, page)
    assert "TP-18" in words(page.promise)
    assert page.plan().button == "Chỉ tiếp nhận, thu sau"
    hands.press(F9)
    hands.until(lambda: len(desk.accepted) == 1)
    assert not next(iter(desk.accepted.values()))[0].collect
    shell.hide()


def test_stopped_money_only_takes_in(look: QApplication, qtbot: QtBot, desk: FakeDesk) -> None:
    desk.series = Series("26TAA", 0, "Hết số biên lai cấp cho máy này, bấm F10 để xin cấp thêm.")
    shell, page = intake(desk)
    qtbot.addWidget(shell)
    hands = Hands(qtbot, shell)
    hands.until(lambda: page.visit.series)
    hands.scan(HA)
    at_the_fee(hands, page)
    assert page.plan().button == "Chỉ tiếp nhận, thu sau"
    shell.hide()


def test_a_missing_printer_does_not_undo_what_was_recorded(counter: tuple[Hands, IntakePage], desk: FakeDesk) -> None:
    hands, page = counter
    desk.fail_print = Failed("IN-03", printer="HP LaserJet")
    hands.scan(HA)
    hands.digit(1)
    hands.press(Qt.Key.Key_D, chord=CTRL)
    hands.press(F9, F9)
    hands.until(lambda: page.visit.at is At.DONE)
    hands.until(lambda: hands.shell.banner.shown is not None)
    assert hands.shell.banner.shown is not None and hands.shell.banner.shown.code == "IN-03"
    assert "giấy chưa in được" in words(page.finished)
    desk.fail_print = None
    hands.press(Qt.Key.Key_P, chord=CTRL)
    hands.until(lambda: desk.printed)


def test_a_refusal_keeps_everything_that_was_typed(counter: tuple[Hands, IntakePage], desk: FakeDesk) -> None:
    hands, page = counter
    desk.fail_accept = Failed("HT-04")
    hands.scan(HA)
    at_the_fee(hands, page)
    form = page.visit.form
    hands.press(F9)
    hands.until(lambda: hands.shell.banner.shown is not None)
    assert page.visit.form == form and page.visit.at is At.PROMISE
    desk.fail_accept = None
    hands.press(F9)
    hands.until(lambda: len(desk.accepted) == 1)


def test_nobody_at_the_counter_no_dossier(counter: tuple[Hands, IntakePage]) -> None:
    hands, page = counter
    page.person.procedures.setFocus()
    at_the_fee(hands, page)
    assert not page.plan().enabled and "Chưa có công dân" in page.plan().why_not


def test_handing_in_for_somebody_else_swaps_who_is_who(counter: tuple[Hands, IntakePage]) -> None:
    hands, page = counter
    hands.scan(TUAN)
    hands.press(Qt.Key.Key_U, chord=CTRL)
    hands.scan(HA)
    form = page.visit.form
    assert form.person is not None and form.person.id_number == "000191000345"
    assert form.submitter is not None and form.submitter.id_number == "000085000123"


def test_an_open_dossier_of_the_same_procedure_is_said(counter: tuple[Hands, IntakePage], desk: FakeDesk) -> None:
    hands, _ = counter
    desk.same_open = ("H99.12-261120-0017", "2026-11-26T17:00:00")
    hands.scan(HA)
    hands.digit(4)
    hands.until(lambda: hands.shell.banner.shown is not None)
    assert hands.shell.banner.shown is not None and hands.shell.banner.shown.code == "TN-07"


def test_nothing_found_says_what_to_do(counter: tuple[Hands, IntakePage]) -> None:
    hands, page = counter
    hands.scan(HA)
    hands.type("qqqqzzzz")
    hands.until(lambda: "Không thấy thủ tục khớp" in words(page.person))
    assert not page.plan().enabled


def test_all_procedures_can_be_read_by_field(counter: tuple[Hands, IntakePage]) -> None:
    hands, page = counter
    hands.scan(HA)
    hands.press(Qt.Key.Key_Down, chord=CTRL)
    assert len(page.person.procedures.search.hits()) == len(page.ports.catalogue.headings) >= 150


def test_the_clock_of_the_scan_stands_on_the_badge(counter: tuple[Hands, IntakePage]) -> None:
    hands, page = counter
    hands.scan(HA)
    assert page.visit.form.scanned_at == NOW.isoformat()


def test_without_a_printer_the_news_says_plainly_that_a_file_was_saved(
    look: QApplication, qtbot: QtBot, desk: FakeDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(desk, "print_papers", lambda _about: Printing("", 2, ("giấy hẹn",), "Giay-tiep-nhan.pdf"))
    shell, page = intake(desk)
    qtbot.addWidget(shell)
    hands = Hands(qtbot, shell)
    hands.scan(HA)
    hands.type("xnh")
    qtbot.wait(300)
    hands.press(ENTER)
    at_the_fee(hands, page)
    hands.press(F9)
    hands.until(lambda: any("TN-45" in line for line in shell.toaster.log))
    said = shell.toaster.log[-1]
    assert "Không có máy in nên đã lưu tệp PDF." in said and "Đang in" not in said
    assert "Giay-tiep-nhan.pdf" in words(page), "the card that stays names the file"
    shell.hide()


@pytest.mark.parametrize("news", [1, 3])
def test_news_lies_over_no_field_and_no_amount_of_the_fee(
    counter: tuple[Hands, IntakePage], news: int, qtbot: QtBot
) -> None:
    hands, page = counter
    hands.scan(HA)
    hands.type("xnh")
    qtbot.wait(300)
    hands.press(ENTER)
    at_the_fee(hands, page)
    for number in range(news):
        hands.shell.toaster.show(
            f"Đã tiếp nhận hồ sơ H99.12-261125-000{number}. Hẹn trả 16:00, 30/11/2026. Đang in tại HP LaserJet M404.",
            code="TN-01",
        )
    qtbot.wait(60)
    toasts = [toast for toast in hands.shell.findChildren(Toast) if toast.isVisible()]
    assert any(f"261125-000{news - 1}." in toast.text for toast in toasts), "the newest is always seen"
    parts = [part for kind in (QLineEdit, QAbstractButton) for part in page.findChildren(kind) if part.isVisible()]
    parts += [part for part in page.findChildren(QLabel) if part.isVisible() and part.text().endswith("000 đ")]
    assert len(parts) > 5
    for part in parts:
        seen = part.visibleRegion().boundingRect().translated(part.mapTo(hands.shell, QPoint(0, 0)))
        assert not any(toast.geometry().intersects(seen) for toast in toasts), part.accessibleName()
