"""Trang in thử: every Vietnamese letter, and lengths to lay a ruler on, so that a wrong driver shows before a citizen waits."""

from __future__ import annotations

from datetime import datetime

from desk_app.documents.blocks import title
from desk_app.documents.boxes import Framed, Gap
from desk_app.documents.formats import moment
from desk_app.documents.lines import Lines
from desk_app.documents.marks import Mark
from desk_app.documents.page import A4, Layout, to_pdf
from desk_app.documents.text import Block, Text

_LOWER = "aàáảãạăằắẳẵặâầấẩẫậ bcdđ eèéẻẽẹêềếểễệ ghiìíỉĩị klmn oòóỏõọôồốổỗộơờớởỡợ pqrst uùúủũụưừứửữự vx yỳýỷỹỵ"
_FRAME = "Khung này rộng đúng 165 mm. Ngắn hơn: bỏ chọn thu nhỏ khi in."
_MARK = Mark(("TRANG IN THỬ",))


def render(at: datetime, officer_name: str) -> bytes:
    """One A4 page; the framed line is exactly as wide as the text of every slip: 165 mm."""
    lines = Lines(A4.text_width)
    body: list[Block] = [
        title("TRANG IN THỬ", lines.width, sub="(không phải giấy tờ)", gap=8),
        Gap(4),
        lines.text(f"In lúc {moment(at)}, người in: {officer_name}."),
        Gap(3),
        Text(_LOWER, lines.width, size=14, leading=1.4),
        Text(_LOWER.upper(), lines.width, size=14, leading=1.4),
        lines.text("0123456789 · 1.234.567 đồng · ₫ – — “ ” • …"),
        Gap(4),
        Framed(
            Text(
                "Khung này rộng đúng 165 mm. Ngắn hơn: bỏ chọn thu nhỏ khi in.", lines.width - 20, size=13, leading=1.3
            ),
            lines.width,
        ),
        Gap(4),
        lines.text("Đủ dấu, không ô vuông, khung đúng 165 mm, không mất chữ ở mép: máy in dùng được."),
    ]
    return to_pdf(Layout(A4, "TRANG IN THỬ", "", body, [], None, (_MARK,), code=""))
