"""One story that brings forth every paper of a dossier's life; the texts beside it are read once and then kept."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from desk_app.domain.session import Role
from desk_app.services import apology, books, correction, handover, life, stopping, why
from desk_app.services.apology import MakeApologies
from desk_app.services.correction import CorrectDossier
from desk_app.services.handover import HandOver
from desk_app.services.life import RequestSupplement, SimpleMove
from desk_app.services.paper_data_control import control_slip_id
from desk_app.services.stopping import RefuseDossier, StopDossier
from tests.documents.reading import lines_of
from tests.services.counter_desk import COPIES, CounterDesk, a_person

FOLDER = Path(__file__).parent / "golden"
AGENCY = "Phòng Văn hóa – Xã hội"


def papers(folder: Path) -> Iterator[tuple[str, bytes]]:
    """Every paper by name."""
    c = CounterDesk(folder)
    desk = c.as_(Role.RECEPTION)
    try:
        one = c.take_in().dossier
        c.later(minutes=5)
        form = c.do(lambda: correction.form_of(desk, one))
        right = CorrectDossier("c", one, replace(form, person=a_person("Đỗ Văn Dụng")))
        yield "giay-hen-sua", c.pdf(c.do(lambda: correction.correct(desk, right)).paper)
        listed = c.do(lambda: handover.hand_over(desk, HandOver("h", (one,), AGENCY, "Hồ Văn Tuấn")))
        yield "ban-giao", c.pdf(listed.paper)
        c.at(datetime(2026, 11, 11, 10, 0))
        ask = RequestSupplement(
            "s", one, ("Đơn đề nghị (bản chính): chưa ký tên.", "Ảnh 3 × 4: 02 ảnh."), "Điều 10 Thông tư 01/2019",
            answer_by=date(2026, 12, 11),
        )  # fmt: skip
        yield "bo-sung", c.pdf(c.do(lambda: life.request_supplement(desk, ask)).paper)
        c.at(datetime(2026, 11, 16, 10, 0))
        c.do(lambda: life.complete_supplement(desk, SimpleMove("k", one)))
        yield "vi-sao", c.do(lambda: why.why_pdf(desk, one))
        c.at(datetime(2026, 11, 19, 8, 0))
        sorry = MakeApologies("a", (one,), "verification", signer="Lê Văn An")
        yield "xin-loi", c.pdf(c.do(lambda: apology.apologise(desk, sorry)).made[0].paper)
        yield "kiem-soat", c.pdf(c.do(lambda: _control(c, one)))
        c.do(lambda: life.ask_withdrawal(desk, SimpleMove("w", one, "đã tìm thấy giấy cũ")))
        stop = StopDossier("d", one, "Căn cứ đề nghị dừng của ông Đỗ Văn Dụng, ngày 19/11/2026", ("Đơn đề nghị",))
        yield "dung", c.pdf(c.do(lambda: stopping.stop(c.as_(Role.LEADER), stop)).paper)
        refuse = RefuseDossier("r", c.form(), "Điều 13 Luật Hộ tịch", "UBND xã Tân Mẫu, thôn 1, xã Tân Mẫu")
        yield "tu-choi", c.pdf(c.do(lambda: stopping.refuse(desk, refuse)).paper)
        c.take_in(COPIES)
        yield "so-theo-doi", c.do(lambda: books.register_pdf(desk, date(2026, 11, 1), date(2026, 11, 30)))
        yield "so-chung-thuc", c.do(lambda: books.certification_pdf(desk, "01/2026"))
    finally:
        c.close()


def _control(c: CounterDesk, dossier: str) -> str:
    with c.desk.store.read() as tx:
        return control_slip_id(tx, dossier)


if __name__ == "__main__":
    FOLDER.mkdir(exist_ok=True)
    with TemporaryDirectory() as folder:
        for name, pdf in papers(Path(folder)):
            (FOLDER / f"{name}.txt").write_text(lines_of(pdf), encoding="utf-8")
