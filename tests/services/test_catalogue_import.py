"""The office's spreadsheet against the catalogue: every row has a verdict, nothing is changed, bombs stay outside."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Iterator, Sequence
from io import BytesIO
from pathlib import Path

import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st

from desk_app.authoring.spreadsheet import SheetError, read_sheet
from desk_app.domain.errors import Refused
from desk_app.domain.overlay import overlay_from_json
from desk_app.domain.sheet_report import Report, Verdict
from desk_app.services.catalogue_import import draft_layer, dry_run
from tests.services.counter import Counter, open_counter

HEAD = ("STT", "Mã TTHC", "Tên thủ tục hành chính", "Thời hạn giải quyết", "Phí, lệ phí")


def book(*rows: Sequence[object]) -> bytes:
    out = BytesIO()
    file = xlsxwriter.Workbook(out)
    sheet = file.add_worksheet("Danh mục")
    for number, row in enumerate(rows):
        for column, value in enumerate(row):
            sheet.write(number, column, value)
    file.close()
    return out.getvalue()


@pytest.fixture(scope="module")
def counter(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Counter]:
    folder: Path = tmp_path_factory.mktemp("desk")
    with open_counter(folder) as found:
        yield found


def report(counter: Counter, *rows: Sequence[object]) -> Report:
    return counter.do(dry_run, book(("UBND XÃ HÒA MẪU",), ("Danh mục năm 2026",), HEAD, *rows))


def test_each_row_has_its_verdict(counter: Counter) -> None:
    done = report(
        counter,
        (1, "2.000815", "Chứng thực bản sao từ bản chính", "Trong ngày", ""),
        (2, "1.004873", "Cấp Giấy xác nhận tình trạng hôn nhân", "03 ngày làm việc", 17000),
        (3, "", "Thủ tục không có thật", "5 ngày", ""),
        (4, "1.001193", "Đăng ký khai sinh", "khi nào xong", "tùy"),
        (5, "1.001193", "Đăng ký khai sinh", "Trong ngày", ""),
        ("", "", "", "", ""),
    )
    verdicts = [line.verdict for line in done.lines]
    assert verdicts == [
        Verdict.SAME, Verdict.DIFFERS, Verdict.UNKNOWN, Verdict.UNREADABLE, Verdict.UNREADABLE,
    ]  # fmt: skip
    assert done.lines[0].row == 4, "the number of the row as the office sees it"
    assert "trùng thủ tục với dòng 7" in done.lines[4].reasons[0]
    assert done.tariffs == {"fee.ho_tich.xac_nhan_hon_nhan": 17_000}


def test_the_draft_is_a_layer_that_can_be_signed(counter: Counter) -> None:
    done = report(counter, (1, "1.004873", "", "3 ngày làm việc", "17.000 đồng/trường hợp"))
    layer = overlay_from_json(draft_layer(done, "MH-1", 1, "Nghị quyết (mẫu)"), "province")
    assert layer.tariffs == {"fee.ho_tich.xac_nhan_hon_nhan": 17_000}
    assert json.loads(draft_layer(done, "MH-1", 1, "x"))["serial"] == 1


def test_a_sheet_without_headings_is_named(counter: Counter) -> None:
    with pytest.raises(Refused) as refused:
        counter.do(dry_run, book(("a", "b"), ("c", "d")))
    assert refused.value.code == "DM-19"


@pytest.mark.parametrize("data", [b"", b"PK", b"x" * 100, b"\xd0\xcf\x11\xe0" * 300, b"y" * 10_000_001])
def test_what_is_no_workbook_is_refused(data: bytes) -> None:
    with pytest.raises(SheetError):
        read_sheet(data)


def test_a_bomb_and_entities_are_refused_before_they_open() -> None:
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("xl/workbook.xml", b"0" * 61_000_000)
    with pytest.raises(SheetError, match="quá lớn"):
        read_sheet(out.getvalue())
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as file:
        file.writestr("xl/workbook.xml", b'<!DOCTYPE x [<!ENTITY a "b">]><workbook/>')
    with pytest.raises(SheetError, match="khai báo"):
        read_sheet(out.getvalue())


@given(
    st.lists(
        st.lists(st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs")), max_size=12), max_size=5),
        max_size=6,
    )
)
@settings(max_examples=40, deadline=None)
def test_any_text_in_cells_comes_back_clean(rows: list[list[str]]) -> None:
    safe = [[cell if not cell.startswith(("=", "{=")) else "x" for cell in row] for row in rows]
    found = read_sheet(book(*safe))
    assert all(cell == " ".join(cell.split()) for row in found for cell in row.cells)
