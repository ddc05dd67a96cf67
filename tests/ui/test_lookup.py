"""The look-up screen: reads the catalogue, takes a list home, knows nobody."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desk_app.domain.unit import UnitProfile
from desk_app.services import intake, lookup, papers
from desk_app.services.intake import AcceptDossier
from desk_app.services.lookup import TakeList
from desk_app.ui import keys
from desk_app.ui.screen import Page, Screen
from desk_app.ui.screens.lookup import LookupPorts, LookupWindow
from desk_app.ui.shell import Shell
from desk_app.wiring.aids import Aids
from desk_app.wiring.catalogue import CatalogueTools
from desk_app.wiring.finding import build_finder
from desk_app.wiring.lookup import lookup_window
from tests.documents.reading import text_of
from tests.services.counter import CARDS, Counter, open_counter


@pytest.fixture(scope="module")
def counter(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Counter]:
    folder: Path = tmp_path_factory.mktemp("desk")
    with open_counter(folder) as found:
        form = found.looked_at(found.form("chung_thuc.chu_ky", card=CARDS[0]))
        found.do(intake.accept, AcceptDossier(form.id, form))
        yield found


@pytest.fixture
def window(counter: Counter, look: QApplication, qtbot: QtBot, tmp_path: Path) -> LookupWindow:
    finder = build_finder(counter.desk.catalogue, counter.desk.store)
    tools = CatalogueTools(
        counter.desk, counter.printer, tmp_path, counter.desk.store.submit, counter.station.on_paper,
        lambda text: [hit.id for hit in finder.find(text, 40)], lambda: None,
    )  # fmt: skip
    made = lookup_window(tools, finder.top_used, counter.desk.store.call(lambda: _profile(counter)))
    qtbot.addWidget(made)
    made.show()
    return made


def _profile(counter: Counter) -> UnitProfile:
    with counter.desk.store.read() as tx:
        return counter.desk.profile(tx)


def words(widget: LookupWindow) -> str:
    from PySide6.QtWidgets import QLabel

    return " | ".join(x.text() for x in widget.findChildren(QLabel) if x.isVisibleTo(widget))


def test_a_list_taken_home_is_guidance_without_a_name_and_opens_the_case(counter: Counter) -> None:
    done = counter.do(lookup.take_list, TakeList(counter.desk.ids.uuid7(), "ho_tich.khai_sinh"))
    (row,) = counter.do(papers.due, done.guidance)
    papers.print_paper(counter.desk, counter.printer, row.paper)
    pdf = counter.printer.out[-1][1]
    said = text_of(pdf)
    assert "Cần chuẩn bị" in said and "Chỉ khi" in said and "Chưa xem" not in said
    assert done.slip_code in text_of(pdf).replace(" ", "")
    back = counter.do(intake.reopen, done.slip_code)
    assert back.person is None and back.procedure == "ho_tich.khai_sinh" and not back.marks


def test_the_same_command_is_one_list(counter: Counter) -> None:
    command = TakeList(counter.desk.ids.uuid7(), "ho_tich.khai_tu")
    first, second = counter.do(lookup.take_list, command), counter.do(lookup.take_list, command)
    assert first.guidance == second.guidance and second.repeated


def test_every_procedure_can_be_read(counter: Counter) -> None:
    for heading in counter.desk.catalogue.headings:
        if counter.desk.procedure(heading.id).variant_on(counter.clock.local.date()):
            reading = counter.do(lookup.read, heading.id)
            assert reading.name and reading.facts


def test_a_citizen_finds_reads_and_prints(counter: Counter, window: LookupWindow, qtbot: QtBot) -> None:
    assert len(window.titles()) == 8
    qtbot.keyClicks(window.box, "giay khai sinh")
    qtbot.waitUntil(lambda: "Đăng ký khai sinh" in window.titles(), timeout=3000)
    window.open("ho_tich.khai_sinh")
    qtbot.waitUntil(lambda: "Giấy tờ cần chuẩn bị" in words(window), timeout=3000)
    assert "Tờ khai đăng ký khai sinh" in words(window)
    qtbot.mouseClick(window._take, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: "Mời Ông/Bà nhận giấy" in words(window), timeout=5000)
    window.start_over()
    assert not window.box.text()


def test_no_name_number_or_dossier_can_be_found_there(counter: Counter, window: LookupWindow, qtbot: QtBot) -> None:
    for asked in ("Nguyen Thi Thu Ha", "000191000345", "H99.12", "0001"):
        window.box.clear()
        qtbot.keyClicks(window.box, asked)
        qtbot.wait(200)
        assert "Thu Hà" not in words(window) and "000191" not in " ".join(window.titles())
    reachable: list[Any] = [getattr(window._ports, f.name) for f in fields(LookupPorts)]
    assert not any(hasattr(port, "store") for port in reachable)


def test_alt_2_opens_it_from_anywhere_and_f1_says_so(look: QApplication, qtbot: QtBot) -> None:
    shell = Shell((Screen("today", "Hôm nay", "house", "today", Page),))
    qtbot.addWidget(shell)
    opened: list[str] = []
    Aids(shell, shell, lambda _text: (), lambda _id: None, lambda: opened.append("lookup"))
    with qtbot.waitActive(shell):
        shell.show()
        shell.activateWindow()
    assert "Màn hình tra cứu cho công dân" in [key.does for key in keys.live(shell)]
    qtbot.keyClick(shell, Qt.Key.Key_2, Qt.KeyboardModifier.AltModifier)
    assert opened == ["lookup"]
