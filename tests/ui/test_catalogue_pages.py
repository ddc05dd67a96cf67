"""Danh mục and Niêm yết over a real desk: reading a signed file changes nothing until F9; what hangs is known."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from desk_app.authoring.publish import publish
from desk_app.services import catalogue_arrival, catalogue_mistakes
from desk_app.services.desk import Desk
from desk_app.ui.screens.catalogue import CataloguePage
from desk_app.ui.screens.posting import PostingPage
from desk_app.ui.screens.tabs import TabbedPage
from desk_app.wiring.catalogue import CatalogueTools, catalogue_tabs
from desk_app.wiring.finding import build_finder
from sync.protocol.facts import UnitProfiled
from sync.protocol.sign import public_key
from tests.domain.shipped import ROOT
from tests.services.counter import Counter, open_counter
from tests.services.test_catalogue_import import HEAD, book

OFFICE = b"o" * 32


@pytest.fixture
def counter(tmp_path: Path) -> Iterator[Counter]:
    with open_counter(tmp_path / "desk") as found:
        found.do(_trust)
        yield found


def _trust(desk: Desk) -> None:
    profile = json.loads((ROOT.parent / "units" / "hoa-mau.json").read_text(encoding="utf-8"))
    with desk.store.write("trust", "setup") as tx:
        tx.use_line(desk.line_kind)
        tx.append(UnitProfiled({**profile, "catalogue_keys": {"national": public_key(OFFICE)}}))


class Pages:
    """The tabs, the files they are given, whether the desk was told to begin anew."""

    def __init__(self, counter: Counter, folder: Path) -> None:
        finder = build_finder(counter.desk.catalogue, counter.desk.store)
        self.anew = 0
        self.folder = folder
        tools = CatalogueTools(
            counter.desk, counter.printer, folder, counter.desk.store.submit, counter.station.on_paper,
            lambda text: [hit.id for hit in finder.find(text, 40)], self._again,
        )  # fmt: skip
        self.tabs = TabbedPage(catalogue_tabs(tools))

    def _again(self) -> None:
        self.anew += 1

    @property
    def catalogue(self) -> CataloguePage:
        page = self.tabs.page("catalogue")
        assert isinstance(page, CataloguePage)
        return page


@pytest.fixture
def pages(counter: Counter, look: QApplication, qtbot: QtBot, tmp_path: Path) -> Pages:
    made = Pages(counter, tmp_path / "papers")
    qtbot.addWidget(made.tabs)
    made.tabs.resize(1180, 640)
    made.tabs.show()
    made.tabs.activate()
    qtbot.waitUntil(lambda: made.catalogue.model.rowCount() > 100, timeout=5000)
    return made


def words(widget: QWidget) -> str:
    return " | ".join(x.text() for x in widget.findChildren(QLabel) if x.isVisibleTo(widget))


def choose(page: CataloguePage, **files: Path) -> None:
    for name, file in files.items():
        object.__setattr__(page._ports, name, lambda _parent, file=file: str(file))


def test_a_signed_file_shows_its_differences_and_f9_puts_it_into_use(
    counter: Counter, pages: Pages, qtbot: QtBot, tmp_path: Path
) -> None:
    whole = json.loads((ROOT / "catalogue.json").read_text(encoding="utf-8"))
    whole["defaults"]["catalogue_serial"], whole["version"] = 2, "2027.2"
    next(p for p in whole["procedures"] if p["id"] == "ho_tich.ket_hon")["name"] = "Đăng ký kết hôn (mới)"
    file = tmp_path / "moi.mcdm"
    file.write_bytes(publish("national", json.dumps(whole).encode(), OFFICE))
    choose(pages.catalogue, pick_file=file)
    pages.catalogue.open_file()
    qtbot.waitUntil(lambda: "Đăng ký kết hôn → Đăng ký kết hôn (mới)" in words(pages.tabs), timeout=8000)
    assert pages.anew == 0
    actions = pages.tabs.bar_actions()
    assert actions is not None and actions.primary is not None and actions.primary.text == "Áp dụng bản 2027.2"
    pages.tabs.primary()
    qtbot.waitUntil(lambda: pages.anew == 1, timeout=8000)
    assert counter.station.refreshed().catalogue.version == "2027.2"


def test_a_file_of_strangers_is_refused_in_words(pages: Pages, qtbot: QtBot, tmp_path: Path) -> None:
    file = tmp_path / "la.mcdm"
    file.write_bytes(publish("national", (ROOT / "catalogue.json").read_bytes(), b"x" * 32))
    choose(pages.catalogue, pick_file=file)
    pages.catalogue.open_file()
    qtbot.waitUntil(lambda: "không do cơ quan quản lý danh mục ký" in words(pages.tabs), timeout=5000)


def test_a_spreadsheet_is_compared_and_its_draft_lies_beside_it(pages: Pages, qtbot: QtBot, tmp_path: Path) -> None:
    file = tmp_path / "danh muc.xlsx"
    file.write_bytes(book(HEAD, (1, "1.004873", "Cấp Giấy xác nhận tình trạng hôn nhân", "5 ngày", 17000)))
    choose(pages.catalogue, pick_sheet=file)
    pages.tabs.on_action("compare")
    qtbot.waitUntil(lambda: "Dòng 2: Cấp Giấy xác nhận" in words(pages.tabs), timeout=5000)
    assert "Chưa thay đổi gì" in words(pages.tabs)
    assert file.with_suffix(".lop-phu-tinh.json").exists()


def test_a_posting_is_printed_and_then_hangs(counter: Counter, pages: Pages, qtbot: QtBot) -> None:
    pages.tabs.open("posting")
    page = pages.tabs.current
    assert isinstance(page, PostingPage)
    qtbot.waitUntil(lambda: page.model.rowCount() > 100, timeout=5000)
    page.table.setFocus()
    pages.tabs.primary()
    qtbot.waitUntil(lambda: bool(counter.printer.out), timeout=8000)
    page.show_filter("hung")
    qtbot.waitUntil(lambda: page.model.rowCount() == 1, timeout=5000)
    pages.tabs.on_action("export")
    qtbot.waitUntil(lambda: (pages.folder / "trang-thu-tuc" / "index.html").exists(), timeout=8000)


def test_ctrl_b_tells_that_a_procedure_is_wrong_and_keeps_out_somebodys_number(
    counter: Counter, pages: Pages, qtbot: QtBot
) -> None:
    page = pages.catalogue
    page.table.setFocus()
    pages.tabs.on_action("mistake")
    qtbot.waitUntil(lambda: "Báo sai sót của danh mục" in words(pages.tabs), timeout=5000)
    form = page._mistake
    assert form is not None
    actions = pages.tabs.bar_actions()
    assert actions is not None and actions.primary is not None and actions.primary.reason
    form._text.setPlainText("Sai số 001085000123")
    pages.tabs.primary()
    qtbot.waitUntil(lambda: "giống số giấy tờ" in words(form), timeout=5000)
    form._text.setPlainText("Thiếu mẫu mới")
    pages.tabs.primary()
    qtbot.waitUntil(lambda: page._mistake is None, timeout=5000)
    (told,) = counter.do(catalogue_mistakes.reported, page._rows[0].id)
    assert told.text == "Thiếu mẫu mới"


def test_what_came_by_sync_is_shown_as_soon_as_the_page_opens(counter: Counter, pages: Pages, qtbot: QtBot) -> None:
    whole = json.loads((ROOT / "catalogue.json").read_text(encoding="utf-8"))
    whole["defaults"]["catalogue_serial"], whole["version"] = 2, "2027.2"
    next(p for p in whole["procedures"] if p["id"] == "ho_tich.ket_hon")["name"] = "Đăng ký kết hôn (mới)"
    counter.do(catalogue_arrival.keep_waiting, publish("national", json.dumps(whole).encode(), OFFICE))
    pages.tabs.open("catalogue")
    qtbot.waitUntil(lambda: "Đăng ký kết hôn (mới)" in words(pages.tabs), timeout=8000)
    pages.tabs.primary()
    qtbot.waitUntil(lambda: pages.anew == 1, timeout=8000)
    assert counter.station.refreshed().catalogue.version == "2027.2"


def test_the_amounts_of_a_spreadsheet_are_taken_over_looked_at_and_then_used(
    counter: Counter, pages: Pages, qtbot: QtBot, tmp_path: Path
) -> None:
    file = tmp_path / "danh muc.xlsx"
    file.write_bytes(book(HEAD, (1, "1.004873", "Cấp Giấy xác nhận tình trạng hôn nhân", "5 ngày", 17000)))
    choose(pages.catalogue, pick_sheet=file)
    pages.tabs.on_action("compare")
    qtbot.waitUntil(lambda: "Dòng 2: Cấp Giấy xác nhận" in words(pages.tabs), timeout=5000)
    actions = pages.tabs.bar_actions()
    assert actions is not None and actions.primary is not None and actions.primary.text.startswith("Đưa 1 mức thu")
    pages.tabs.primary()
    qtbot.waitUntil(lambda: pages.tabs.front_id == "commune", timeout=5000)
    qtbot.waitUntil(lambda: "15.000 đ → 17.000 đ" in words(pages.tabs), timeout=5000)
    assert not counter.station.refreshed().layers, "nothing is used before somebody looked at it"
    pages.tabs.primary()
    qtbot.waitUntil(lambda: pages.anew == 1, timeout=8000)
    (layer,) = counter.station.refreshed().layers
    assert dict(layer.tariffs) == {"fee.ho_tich.xac_nhan_hon_nhan": 17_000}
