"""Sổ theo dõi hồ sơ (2018: Mẫu số 06; 2025: Mẫu số 07), A4 landscape, kept by field."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from desk_app.documents.books import Book, pages
from desk_app.documents.formats import short_date
from desk_app.documents.page import to_pdf
from desk_app.documents.table import Cell, Column

TITLE = "SỔ THEO DÕI HỒ SƠ"
COLUMNS = (
    Column("TT", 8, "c"), Column("Mã hồ sơ", 30, "c"), Column("Tên TTHC", 38), Column("Số lượng hồ sơ (bộ)", 12, "c"),
    Column("Tên cá nhân, tổ chức", 30), Column("Địa chỉ, số điện thoại", 32), Column("Cơ quan chủ trì giải quyết", 24),
    Column("Nhận hồ sơ", 15, "c"), Column("Hẹn trả kết quả", 15, "c"), Column("Trả kết quả", 15, "c"),
    Column("Phương thức nhận kết quả", 15, "c"), Column("Ký nhận", 15, "c"), Column("Ghi chú", 18),
)  # fmt: skip
GROUPS = (("Ngày, tháng, năm", 7, 11),)
ROW_HEIGHT = 15  # mm, room for a signature


@dataclass(frozen=True)
class RegisterEntry:
    """One dossier. A struck entry stays readable; its reason stands in the note."""

    number: int
    dossier_code: str
    procedure_name: str
    sets: int
    applicant_name: str
    contact: str  # address; telephone
    settling_agency: str
    received_on: date
    due_on: date | None = None
    returned_on: date | None = None
    returned_how: str = ""
    note: str = ""
    struck: bool = False


@dataclass(frozen=True)
class DossierRegister:
    """Entries of one book, in order."""

    book: Book
    entries: tuple[RegisterEntry, ...]


def render(data: DossierRegister) -> bytes:
    """The pages of the register."""
    rows = [_row(entry) for entry in data.entries]
    return to_pdf(*pages(data.book, TITLE, COLUMNS, rows, size=9.5, row_height=ROW_HEIGHT, groups=GROUPS))


def _row(entry: RegisterEntry) -> Sequence[str | Cell]:
    texts = (
        entry.dossier_code, entry.procedure_name, str(entry.sets), entry.applicant_name, entry.contact,
        entry.settling_agency, *(short_date(day) if day else "" for day in (entry.received_on, entry.due_on)),
    )  # fmt: skip
    returned = short_date(entry.returned_on) if entry.returned_on else ""
    cells = [Cell(text, strike=entry.struck) for text in texts]
    return (str(entry.number), *cells, returned, entry.returned_how, "", entry.note)
