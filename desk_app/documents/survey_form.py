"""Phiếu khảo sát mức độ hài lòng: A5, no name, no code, nothing that leads to a person."""

from __future__ import annotations

from dataclasses import dataclass

from desk_app.documents.boxes import Gap
from desk_app.documents.fonts import Face
from desk_app.documents.ink import MM
from desk_app.documents.marks import Mark
from desk_app.documents.page import A5, Layout, to_pdf
from desk_app.documents.table import Column, Style, table
from desk_app.documents.text import Block, Text
from desk_app.documents.tick import Choices

TITLE = "PHIẾU KHẢO SÁT MỨC ĐỘ HÀI LÒNG"
PROMISE = "Phiếu này không ghi tên. Ý kiến của Ông/Bà không ảnh hưởng đến việc giải quyết hồ sơ."
ITEMS = (
    "Nơi ngồi chờ, trang thiết bị, niêm yết", "Thủ tục, giấy tờ được công khai đầy đủ, dễ hiểu",
    "Hướng dẫn rõ ràng, một lần", "Thái độ, tác phong của cán bộ tiếp nhận", "Thời gian giải quyết đúng hẹn",
    "Phí, lệ phí đúng niêm yết", "Kết quả chính xác, đầy đủ", "Tiếp nhận, trả lời góp ý", "Mức độ hài lòng chung",
)  # fmt: skip
GRADES = ("Rất không\nhài lòng", "Không\nhài lòng", "Bình\nthường", "Hài\nlòng", "Rất\nhài lòng")
COLUMNS = (
    Column("STT", 9, "c"), Column("Nội dung", 50), *(Column(grade, 13, "c") for grade in GRADES),
)  # fmt: skip
WAYS = ("trực tiếp", "trực tuyến", "bưu chính")
YES_NO = ("Có", "Không")
SIZE = 11


@dataclass(frozen=True)
class SurveyForm:
    """Fields the desk serves; `agency` heads the sheet."""

    agency: str
    fields: tuple[str, ...]
    marks: tuple[Mark, ...] = ()


def render(data: SurveyForm) -> bytes:
    """One blank form."""
    width = A5.text_width

    def choices(label: str, words: tuple[str, ...]) -> Choices:
        return Choices(label, [(word, False) for word in words], width, size=SIZE, leading=1.35)

    rows = [(str(index), item, "", "", "", "", "") for index, item in enumerate(ITEMS, start=1)]
    body: list[Block] = [
        Text(PROMISE, width, size=SIZE, face=Face.ITALIC, align="centre"),
        Text(data.agency, width, size=SIZE, align="centre", gap=5),
        Text(TITLE, width, size=14, face=Face.BOLD, align="centre", gap=3),
        Gap(1.5),
        choices("Lĩnh vực:", data.fields),
        choices("Hình thức nộp:", WAYS),
        Gap(1),
        *table(COLUMNS, rows, Style(size=10, side=1 * MM, air=2.2, leading=1.15)),
        Gap(1.5),
        choices("Số lần đi lại:", ("1", "2", "3", ">3")),
        choices("Có phải nộp thêm khoản tiền ngoài biên lai không:", YES_NO),
        choices("Có bị yêu cầu giấy tờ ngoài quy định không:", YES_NO),
        choices("Nếu trễ hẹn, có nhận được phiếu xin lỗi không:", YES_NO),
        Text("Ý kiến khác: ", width, size=SIZE, leading=1.5, leader=True),
        *(Text("", width, size=SIZE, leading=1.5, leader=True) for _ in range(3)),
    ]
    return to_pdf(Layout(A5, TITLE, data.agency, body, marks=data.marks, air=2))
