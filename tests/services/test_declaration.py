"""The declaration the citizen only checks and signs: filled from card and answers, dots for the rest, nothing guessed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from desk_app.documents import declaration_form
from desk_app.domain.errors import Refused
from desk_app.services import declaration
from tests.documents.reading import page_count, text_of
from tests.domain.shipped import CATALOGUE
from tests.services.counter import CARDS, Counter, citizen, open_counter


@pytest.fixture(scope="module")
def counter(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Counter]:
    folder: Path = tmp_path_factory.mktemp("desk")
    with open_counter(folder) as found:
        yield found


@pytest.mark.parametrize("procedure", [p for form in CATALOGUE.forms for p in form.procedures])
def test_every_form_stands_on_one_page_with_the_citizen_filled_in(counter: Counter, procedure: str) -> None:
    form = counter.form(procedure, card=CARDS[1])
    pdf = declaration_form.render(counter.do(declaration.build, form))
    words = " ".join(text_of(pdf).split())
    title = next(form.title for form in CATALOGUE.forms if procedure in form.procedures)
    assert page_count(pdf) == 1
    for part in ("Đỗ Văn Dũng", "Thôn 2, xã Hòa Mẫu", "Căn cước số 000085000127", "UBND xã Hòa Mẫu", title):
        assert part in words, part
    assert "chưa đối chiếu với mẫu gốc" in words


def test_the_groom_stands_in_the_lines_of_the_groom(counter: Counter) -> None:
    groom = text_of(declaration_form.render(counter.do(declaration.build, counter.form("ho_tich.ket_hon", CARDS[1]))))
    assert groom.index("bên nam") < groom.index("Đỗ Văn Dũng")
    bride = text_of(declaration_form.render(counter.do(declaration.build, counter.form("ho_tich.ket_hon", CARDS[0]))))
    assert bride.index("bên nữ") < bride.index("Nguyễn Thị Thu Hà") < bride.index("bên nam")


def test_answers_and_the_one_who_hands_it_in_stand_on_it(counter: Counter) -> None:
    form = counter.form("ho_tich.trich_luc", card=CARDS[0], so_ban_sao=3)
    form = replace(form, submitter=citizen(CARDS[1]))
    words = text_of(declaration_form.render(counter.do(declaration.build, form)))
    assert words.index("Đỗ Văn Dũng") < words.index("Nguyễn Thị Thu Hà")
    assert "Số lượng bản sao yêu cầu cấp: 3" in words


def test_nobody_named_gives_an_empty_form(counter: Counter) -> None:
    words = text_of(declaration_form.render(counter.do(declaration.build, counter.form("ho_tich.khai_tu", None))))
    assert "TỜ KHAI ĐĂNG KÝ KHAI TỬ" in words and "Căn cước số" not in words


def test_it_is_printed_and_leaves_no_record(counter: Counter) -> None:
    def records() -> int:
        with counter.desk.store.read() as tx:
            return int(tx.row("SELECT COUNT(*) FROM record")[0])

    before = counter.desk.store.call(records)
    done = declaration.print_form(counter.desk, counter.printer, counter.form("ho_tich.khai_sinh"))
    assert done.title == "Tờ khai đăng ký khai sinh" and counter.printer.out
    assert counter.desk.store.call(records) == before


def test_a_procedure_without_a_form_says_so(counter: Counter) -> None:
    with pytest.raises(Refused) as refused:
        counter.do(declaration.build, counter.form("chung_thuc.ban_sao"))
    assert refused.value.code == "TN-60"
