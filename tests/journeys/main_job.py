"""The main job of the counter in steps, so that a good and a bad network can share them."""

from __future__ import annotations

from dataclasses import dataclass, field

from PySide6.QtCore import Qt

from desk_app.services import papers
from desk_app.services.desk import Desk
from desk_app.storage.queries import dossiers, outbox, receipts
from desk_app.storage.rows import DossierRow, ReceiptRow
from sync.protocol.envelope import Record, check_chain
from tests.journeys.clock import DeskClock
from tests.journeys.desk_driver import DeskDriver

HA = "000191000345|012345678|Nguyễn Thị Thu Hà|12041991|Nữ|Thôn 4, xã Hòa Mẫu, tỉnh Minh Họa|01072021"
TUAN = "000085000123||Phạm Văn Tuấn|03021985|Nam|Thôn 2, xã Hòa Mẫu, tỉnh Minh Họa|01072021"
MONDAY = "2026-11-23 08:40"
MONDAY_LATE = "2026-11-23 15:10"  # Tuesday 24/11/2026 is a holiday; after 15:00 "the same day" is the next working day
DUE = "2026-11-25T17:00:00"


@dataclass
class Journal:
    """What the desk wrote on its real line."""

    records: list[Record]
    subjects: set[str] = field(default_factory=set)

    @property
    def hashes(self) -> list[str]:
        return [record.h for record in self.records]


def desk_of(driver: DeskDriver) -> Desk:
    """The use cases behind the window, for looking and for work that has no screen."""
    counter = driver.program.counter
    assert counter is not None and counter.desk is not None
    return counter.desk


def certify(driver: DeskDriver, card: str = HA, *, printing: str = "Đang in tại") -> None:
    """Three copies of a diploma of twelve pages: from the card to the receipt."""
    driver.key(Qt.Key.Key_F3)
    driver.scan(card, telex_on=True)
    driver.wait_for("Nguyễn Thị Thu Hà", "12/04/1991", "Thôn 4, xã Hòa Mẫu, tỉnh Minh Họa")
    driver.choose_procedure("chung thuc ban sao", "Chứng thực bản sao từ bản chính")
    driver.answer("12\n", "3\n")
    driver.ctrl(Qt.Key.Key_D)
    driver.wait_for("Đủ thành phần hồ sơ")
    driver.key(Qt.Key.Key_F9)
    driver.wait_for("42.000 đ", "3 bản × (2 trang × 2.000 đ + 10 trang × 1.000 đ)")
    driver.key(Qt.Key.Key_F9)
    driver.wait_for("Đã chứng thực", "42.000 đ")
    driver.wait_for(printing)


def birth_without_a_paper(driver: DeskDriver) -> None:
    """The citizen asks to register a birth and the hospital's paper is missing: one guidance slip."""
    driver.rest(700)  # the pause in which a second press does nothing
    driver.key(Qt.Key.Key_F9)
    driver.scan(HA)
    driver.wait_for("Nguyễn Thị Thu Hà", "Lần thứ 2 đến quầy")
    driver.choose_procedure("dang ky khai sinh", "Đăng ký khai sinh")
    driver.answer("20\n", "1", "2")
    driver.ctrl(Qt.Key.Key_D)
    driver.wait_for("Giấy chứng sinh, đạt")
    driver.until(lambda: _walk_to(driver, "Giấy chứng sinh"), "the row cannot be reached", 3000)
    driver.type("-")
    driver.digit("1")
    driver.wait_for("1 giấy tờ chưa đạt")
    driver.key(Qt.Key.Key_F9)
    driver.wait_for("Đã lập phiếu hướng dẫn", "Đang in tại")


def come_back(driver: DeskDriver, slip_code: str) -> None:
    """The slip is scanned, the missing paper is here now: taken in, with a day that jumps over the holiday."""
    driver.rest(700)
    driver.key(Qt.Key.Key_F9)
    driver.scan(slip_code)
    driver.wait_for("Thành phần hồ sơ", "Đăng ký khai sinh", "1 chưa xem")
    driver.key(Qt.Key.Key_F9)
    driver.until(lambda: "Giấy chứng sinh" in driver.focus_name, "F9 did not go to the paper that was missing", 3000)
    driver.key(Qt.Key.Key_Space)
    driver.wait_for("Đủ thành phần hồ sơ")
    driver.key(Qt.Key.Key_F9)
    driver.wait_for("25/11/2026", "17:00")
    driver.type("0900000112", gap_ms=5)
    driver.key(Qt.Key.Key_F9)
    driver.wait_for("Đã tiếp nhận hồ sơ", "17:00, Thứ Tư, 25/11/2026")
    driver.wait_for("Đang in tại")


def hand_over(driver: DeskDriver, dossier: str) -> None:
    """The result comes (Hồ sơ), and the citizen takes it with slip and card (Trả kết quả)."""
    row = next(row for row in rows(driver) if row.dossier == dossier)
    driver.key(Qt.Key.Key_F5)
    driver.wait_for("Số văn bản kết quả")
    driver.key(Qt.Key.Key_Return)
    driver.type("01/2026")
    driver.key(Qt.Key.Key_F9)
    driver.wait_for("Chờ công dân đến nhận kết quả")
    driver.key(Qt.Key.Key_F6)
    driver.scan(row.slip_code)
    driver.wait_for(row.code)
    driver.scan(HA)
    driver.wait_for("trùng người nộp")
    driver.key(Qt.Key.Key_Space)
    driver.wait_for("ghi đã trả kết quả cho")
    driver.key(Qt.Key.Key_F9)
    driver.wait_for("Đã trả kết quả")
    assert next(row for row in rows(driver) if row.dossier == dossier).returned_at


def main_job(driver: DeskDriver, clock: DeskClock) -> None:
    """All of it."""
    certify(driver)
    clock.set(MONDAY_LATE)
    birth_without_a_paper(driver)
    come_back(driver, slip_of(driver))
    clock.set("2026-11-25 16:00")
    hand_over(driver, rows(driver)[-1].dossier)


def _walk_to(driver: DeskDriver, name: str) -> bool:
    """Move up the checklist until the row of that name has the keyboard."""
    if name in driver.focus_name:
        return True
    driver.key(Qt.Key.Key_Up)
    driver.rest(40)
    return name in driver.focus_name


# ---- looking ---------------------------------------------------------------------------------------------------------


def rows(driver: DeskDriver) -> list[DossierRow]:
    """The dossiers of the desk, oldest first."""
    desk = desk_of(driver)

    def look() -> list[DossierRow]:
        with desk.store.read() as tx:
            ids = [id for (id,) in tx.rows("SELECT dossier FROM dossier ORDER BY n")]
            return [row for row in (dossiers.get(tx, id) for id in ids) if row is not None]

    return desk.store.call(look)


def receipts_of(driver: DeskDriver, dossier: str) -> tuple[ReceiptRow, ...]:
    desk = desk_of(driver)

    def look() -> tuple[ReceiptRow, ...]:
        with desk.store.read() as tx:
            return receipts.of_dossier(tx, dossier)

    return desk.store.call(look)


def slip_of(driver: DeskDriver) -> str:
    """The digits under the code of the newest guidance slip."""
    desk = desk_of(driver)

    def look() -> str:
        with desk.store.read() as tx:
            return str(tx.row("SELECT slip_code FROM guidance ORDER BY n DESC LIMIT 1")[0])

    return desk.store.call(look)


def kept_pdf(driver: DeskDriver, paper: str) -> bytes:
    """The PDF that lies in the file."""
    return papers.pdf_of(desk_of(driver), paper)[1]


def journal(driver: DeskDriver) -> Journal:
    """All records of this desk's own lines, line by line, each chain checked from its first link."""
    desk = desk_of(driver)

    def look() -> Journal:
        with desk.store.read() as tx:
            records: list[Record] = []
            for line in sorted(outbox.lines(tx), key=lambda line: line.line):
                if line.ours and line.last_seq:
                    chain = list(tx.records(line.line))
                    assert check_chain(chain) == (line.last_seq, line.head)
                    records += chain
            return Journal(records, {id for (id,) in tx.rows("SELECT id FROM subject")})

    return desk.store.call(look)
