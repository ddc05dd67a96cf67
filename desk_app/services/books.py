"""The two books: Sổ theo dõi hồ sơ of any period (paper and XLSX), Sổ chứng thực of any volume.

Rows are read on the store thread; drawing and writing happen on the caller's, which for a year's book is the paper thread.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime

from desk_app.documents import certification_book, dossier_register, workbook
from desk_app.documents.books import Book
from desk_app.documents.certification_book import Certification, CertificationBook
from desk_app.documents.dossier_register import DossierRegister, RegisterEntry
from desk_app.documents.workbook import Cell, Heading, Workbook
from desk_app.domain.lifecycle import STATE_TEXT, State
from desk_app.services import office
from desk_app.services.desk import Desk
from desk_app.services.handover import settling_agency
from desk_app.services.paper_words import person_of, training_marks
from desk_app.storage.queries import books
from desk_app.storage.queries.books import BookRow
from desk_app.storage.transaction import ReadTx

_HOW = {"desk": "Trực tiếp", "post": "Bưu chính", "online": "Trực tuyến"}
#: How many copies an act made, by the question of its procedure.
_COPIES = ("so_ban", "so_van_ban")

HEADINGS = (
    Heading("TT", 6), Heading("Mã hồ sơ", 24), Heading("Tên TTHC", 40), Heading("Số lượng hồ sơ (bộ)", 9),
    Heading("Tên cá nhân, tổ chức", 28), Heading("Địa chỉ, số điện thoại", 36),
    Heading("Cơ quan chủ trì giải quyết", 26), Heading("Nhận hồ sơ", 12), Heading("Hẹn trả kết quả", 12),
    Heading("Trả kết quả", 12), Heading("Phương thức nhận kết quả", 14), Heading("Ký nhận", 12),
    Heading("Ghi chú", 30),
)  # fmt: skip


def register(desk: Desk, first: date, last: date, *, field: str = "", with_cover: bool = False) -> DossierRegister:
    """The entries of a period, both days included; ``field`` "" = all fields in one book."""
    with desk.store.read() as tx:
        entries = tuple(_entries(desk, tx, first, last, field))
        profile = desk.profile(tx)
        volume = f"{tx.use_line(desk.line_kind).station_no:02d}"
    subject = f"Lĩnh vực: {desk.catalogue.fields.get(field, field)}" if field else "Lĩnh vực: tất cả"
    if (first.month, first.day, last.month, last.day) != (1, 1, 12, 31):
        subject += f" · từ {first:%d/%m/%Y} đến {last:%d/%m/%Y}"
    book = Book(profile.desk_name, subject, volume, first.year, with_cover=with_cover, marks=training_marks(desk))
    return DossierRegister(book, entries)


def register_pdf(desk: Desk, first: date, last: date, *, field: str = "", with_cover: bool = False) -> bytes:
    """The register of a period as it is printed."""
    data = desk.store.call(lambda: register(desk, first, last, field=field, with_cover=with_cover))
    return dossier_register.render(data)


def register_xlsx(desk: Desk, first: date, last: date, *, field: str = "") -> bytes:
    """The same columns and rows as a workbook."""
    data = desk.store.call(lambda: register(desk, first, last, field=field))
    above: tuple[str, ...] = (data.book.agency, dossier_register.TITLE, data.book.subject)
    if desk.training:
        above = (*above, "BẢN TẬP HUẤN: không có giá trị")
    made = Workbook("Sổ theo dõi hồ sơ", above, HEADINGS, data.book.agency, desk.now())
    return workbook.render(made, (_cells(entry) for entry in data.entries))


def certification(
    desk: Desk, volume: str, first: int = 1, last: int = 10**8, *, with_cover: bool = False
) -> CertificationBook:
    """The acts of a volume (``01/2026``) by number."""
    with desk.store.read() as tx:
        acts = tuple(_act(desk, tx, row) for row in books.certifications(tx, volume, first, last))
        profile = desk.profile(tx)
    year = volume.rpartition("/")[2]
    book = Book(
        profile.authority, "Chứng thực", volume.partition("/")[0], int(year) if year.isdigit() else 0,
        with_cover=with_cover, marks=training_marks(desk),
    )  # fmt: skip
    return CertificationBook(book, acts)


def certification_pdf(desk: Desk, volume: str, *, with_cover: bool = False) -> bytes:
    """The volume as it is printed."""
    return certification_book.render(desk.store.call(lambda: certification(desk, volume, with_cover=with_cover)))


def certification_volumes(desk: Desk) -> tuple[tuple[str, int], ...]:
    """Every volume with its last number."""
    with desk.store.read() as tx:
        return books.certification_books(tx)


# ---- inside ----------------------------------------------------------------------------------------------------------


def _entries(desk: Desk, tx: ReadTx, first: date, last: date, field: str) -> Iterator[RegisterEntry]:
    for found in books.register(tx, first, last):
        procedure = desk.catalogue.procedures.get(found.row.procedure)
        if field and (procedure is None or procedure.field != field):
            continue
        yield _entry(desk, tx, found)


def _entry(desk: Desk, tx: ReadTx, found: BookRow) -> RegisterEntry:
    row, person = found.row, person_of(tx, found.applicant)
    contact = "; ".join(part for part in ((person.residence if person else ""), row.phone) if part)
    return RegisterEntry(
        number=found.entry_no,
        dossier_code=row.code,
        procedure_name=desk.procedure_name(row.procedure),
        sets=found.sets,
        applicant_name=row.name,
        contact=contact,
        settling_agency=settling_agency(desk, row),
        received_on=_day(row.received_at) or date.min,
        due_on=_day(row.due_at),
        returned_on=_day(row.returned_at),
        returned_how=_HOW.get(found.result_channel, "") if row.returned_at else "",
        note=_note(found),
        struck=row.state == State.STOPPED,
    )


def _note(found: BookRow) -> str:
    """What the law wants to be seen beside the entry: stopped, waiting, apologised, certified, who came for it."""
    row = found.row
    parts = []
    if row.state in (State.STOPPED, State.SUPPLEMENT, State.WITHDRAWAL, State.PAYMENT):
        parts.append(STATE_TEXT[State(row.state)])
    if row.apologies:
        parts.append(f"Hẹn lại {office.day_text(row.new_day)}")
    if found.certification_no:
        parts.append(f"Số chứng thực {found.certification_no}, quyển {found.certification_book}")
    if found.receiver == "authorised":
        parts.append("Người được ủy quyền nhận")
    return "; ".join(parts)


def _cells(entry: RegisterEntry) -> tuple[Cell, ...]:
    return (
        entry.number, entry.dossier_code, entry.procedure_name, entry.sets, entry.applicant_name, entry.contact,
        entry.settling_agency, entry.received_on, entry.due_on, entry.returned_on, entry.returned_how, "", entry.note,
    )  # fmt: skip


def _act(desk: Desk, tx: ReadTx, found: BookRow) -> Certification:
    """The original's name and who signed are written by hand on the printed line: the desk does not know them."""
    procedure = desk.catalogue.procedures.get(found.row.procedure)
    person = person_of(tx, found.applicant)
    copies = next((int(found.answers[key]) for key in _COPIES if isinstance(found.answers.get(key), int)), 1)
    return Certification(
        number=found.certification_no,
        day=_day(found.row.settled_at) or date.min,
        requester_name=person.name if person else "",
        document_name=(procedure.short_name or procedure.name) if procedure else found.row.procedure,
        signer="",
        copies=copies,
        fee=found.row.paid_vnd,
    )


def _day(stamp: str) -> date | None:
    return datetime.fromisoformat(stamp).date() if stamp else None
