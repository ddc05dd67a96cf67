"""Trang in thử: every Vietnamese letter, and lengths to lay a ruler on, so that a wrong driver shows before a citizen waits."""

from __future__ import annotations

from datetime import datetime

from desk_app.documents.blocks import title
from desk_app.documents.boxes import Framed, Gap
from desk_app.documents.formats import moment
from desk_app.documents.lines import Lines
from desk_app.documents.marks import Mark
from desk_app.documents.page import A4, Layout, Paper, to_pdf
from desk_app.documents.text import Block, Text
from desk_app.documents.thermal_receipt import ROLL

_LOWER = "aàáảãạăằắẳẵặâầấẩẫậ bcdđ eèéẻẽẹêềếểễệ ghiìíỉĩị klmn oòóỏõọôồốổỗộơờớởỡợ pqrst uùúủũụưừứửữự vx yỳýỷỹỵ"
_MARK = Mark(("TRANG IN THỬ",))


def render(at: datetime, officer_name: str, paper: Paper = A4) -> bytes:
    """One page; the framed line is exactly as wide as the text of every paper on that sheet: 165 mm on an A4."""
    lines = Lines(paper.text_width)
    wide = f"{paper.width - paper.left - paper.right:g} mm"
    frame = f"Khung này rộng đúng {wide}. Ngắn hơn: bỏ chọn thu nhỏ khi in."
    body: list[Block] = [
        title("TRANG IN THỬ", lines.width, sub="(không phải giấy tờ)", gap=8),
        Gap(4),
        lines.text(f"In lúc {moment(at)}, người in: {officer_name}."),
        Gap(3),
        Text(_LOWER, lines.width, size=14, leading=1.4),
        Text(_LOWER.upper(), lines.width, size=14, leading=1.4),
        lines.text("0123456789 · 1.234.567 đồng · ₫ – — “ ” • …"),
        Gap(4),
        Framed(Text(frame, lines.width - 20, size=13, leading=1.3), lines.width),
        Gap(4),
        lines.text(f"Đủ dấu, không ô vuông, khung đúng {wide}, không mất chữ ở mép: máy in dùng được."),
    ]
    return to_pdf(Layout(paper, "TRANG IN THỬ", "", body, [], None, (_MARK,), code=""))


def render_roll(at: datetime, officer_name: str) -> bytes:
    """The same for a K80 roll; the framed line is 68 mm, the text of every short receipt."""
    lines = Lines(ROLL.text_width, 10.5, 1.25)
    body: list[Block] = [
        title("TRANG IN THỬ", lines.width, sub="(không phải giấy tờ)", gap=2),
        lines.text(f"In lúc {moment(at)}, người in: {officer_name}."),
        Gap(1),
        lines.text(_LOWER),
        lines.text(_LOWER.upper()),
        lines.text("0123456789 · 1.234.567 đồng · ₫ – — “ ” • …"),
        Gap(1),
        Framed(Text("Khung rộng đúng 68 mm.", lines.width - 10, size=11, leading=1.3), lines.width),
        Gap(1),
        lines.text("Đủ dấu, không ô vuông, không mất chữ ở mép, giấy tự cắt: máy in dùng được."),
    ]
    return to_pdf(Layout(ROLL, "TRANG IN THỬ", "", body, marks=(), air=0))
