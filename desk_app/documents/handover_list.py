"""Danh sách bàn giao hồ sơ: dossiers (or results) handed from the desk to the settling body."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from desk_app.documents.blocks import Letterhead, Signer, foot_note, head, signatures, title
from desk_app.documents.boxes import Gap
from desk_app.documents.fonts import Face
from desk_app.documents.formats import moment, short_date, two
from desk_app.documents.ink import MM
from desk_app.documents.lines import Lines
from desk_app.documents.marks import Mark
from desk_app.documents.page import A4_LANDSCAPE, Layout, to_pdf
from desk_app.documents.table import Column, Style, table
from desk_app.documents.text import Block, Text

TITLE = "DANH SÁCH BÀN GIAO HỒ SƠ"
COLUMNS = (
    Column("TT", 8, "c"), Column("Mã hồ sơ", 30, "c"), Column("Nội dung hồ sơ", 38), Column("Số lượng (bộ)", 12, "c"),
    Column("Họ tên chủ hồ sơ", 30), Column("Địa chỉ chủ hồ sơ", 30), Column("Số điện thoại", 20),
    Column("Nhận hồ sơ", 17, "c"), Column("Hẹn trả kết quả", 17, "c"), Column("Ngày nhận kết quả", 17, "c"),
    Column("Bên giao\n(Ký tên)", 17, "c"), Column("Bên nhận\n(Ký tên)", 17, "c"), Column("Ghi chú", 14),
)  # fmt: skip
GROUPS = (("Ngày, tháng, năm", 7, 8), ("Trả kết quả", 9, 11))
COMPLETE = "(Thành phần chi tiết của mỗi hồ sơ được bàn giao đầy đủ theo quy định)"


@dataclass(frozen=True)
class HandedDossier:
    """One dossier handed over."""

    dossier_code: str
    content: str
    sets: int
    applicant_name: str
    address: str
    phone: str
    received_on: date
    due_on: date | None
    returned_on: date | None = None
    note: str = ""


@dataclass(frozen=True)
class HandoverList:
    """What the list says."""

    letterhead: Letterhead
    desk_name: str
    settling_agency: str
    at: datetime
    dossiers: tuple[HandedDossier, ...]
    giver_name: str
    taker_name: str
    confirmer_name: str = ""
    copies: int = 2
    marks: tuple[Mark, ...] = ()


def render(data: HandoverList) -> bytes:
    """The copies in one PDF."""
    lines = Lines(A4_LANDSCAPE.text_width)
    rows = [_row(index, dossier) for index, dossier in enumerate(data.dossiers, start=1)]
    style = Style(size=10, side=0.9 * MM, air=1.8, leading=1.18, least=13)
    body: list[Block] = [
        head(data.letterhead, data.at, left=130, width=267),
        title(TITLE, lines.width, marks=data.marks, gap=8),
        lines.field("Cơ quan chủ trì giải quyết:", data.settling_agency),
        lines.text(f"Thời gian bàn giao: {moment(data.at)}"),
        lines.text(f"Tổng số hồ sơ bàn giao: {two(len(data.dossiers))} hồ sơ."),
        Gap(1.5),
        *table(COLUMNS, rows, style, groups=GROUPS),
        Text(COMPLETE, lines.width, size=12, face=Face.ITALIC, align="centre", gap=4),
    ]
    signers = (
        Signer("BÊN GIAO", data.giver_name),
        Signer("BÊN NHẬN", data.taker_name),
        Signer("XÁC NHẬN CỦA TRUNG TÂM", data.confirmer_name),
    )
    layout = Layout(
        A4_LANDSCAPE, TITLE, data.desk_name, body, [signatures(signers, lines.width, free=20)],
        foot_note(data.marks, lines.width), data.marks, code=TITLE, air=0,
    )  # fmt: skip
    return to_pdf(*[layout] * data.copies)


def _row(index: int, dossier: HandedDossier) -> Sequence[str]:
    dates = (dossier.received_on, dossier.due_on, dossier.returned_on)
    received, due, returned = (short_date(day) if day else "" for day in dates)
    return (
        str(index), dossier.dossier_code, dossier.content, str(dossier.sets), dossier.applicant_name, dossier.address,
        dossier.phone, received, due, returned, "", "", dossier.note,
    )  # fmt: skip
