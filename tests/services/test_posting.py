"""What hangs on the wall: made from the catalogue, known when it is out of date, never blamed for a new number only."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from desk_app.domain.catalogue import Catalogue
from desk_app.domain.errors import Refused
from desk_app.domain.procedure import Procedure
from desk_app.domain.unit import UnitProfile
from desk_app.services import papers, posting, web_pages
from desk_app.services.desk import Desk
from desk_app.services.paper_data_posters import content_of, poster
from desk_app.services.posting import CURRENT, NEVER, OUTDATED, PostPoster
from tests.documents.reading import code_of, page_count, text_of
from tests.services.counter import Counter, open_counter


@pytest.fixture(scope="module")
def counter(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Counter]:
    folder: Path = tmp_path_factory.mktemp("desk")
    with open_counter(folder) as found:
        yield found


def made(counter: Counter, kind: str, subject: str = "") -> bytes:
    done = counter.do(posting.post, PostPoster(counter.desk.ids.uuid7(), kind, subject))
    (row,) = counter.do(papers.due, done.posting)
    papers.print_paper(counter.desk, counter.printer, row.paper)
    return counter.printer.out[-1][1]


def test_the_posting_of_a_procedure_says_papers_fees_term_and_version(counter: Counter) -> None:
    pdf = made(counter, "procedure", "chung_thuc.ban_sao")
    words = text_of(pdf)
    for part in (
        "Chứng thực bản sao từ bản chính", "2.000815", "2.000 đồng/trang", "tối đa 200.000 đồng/bản",
        counter.desk.catalogue.version, "25/11/2026", "Bản chính",
    ):  # fmt: skip
        assert part in words, part
    assert code_of(pdf).isdecimal() and len(code_of(pdf)) == 20


@pytest.mark.parametrize("field", ["ho_tich", "chung_thuc"])
def test_the_posting_of_a_field_lists_all_its_procedures(counter: Counter, field: str) -> None:
    words = text_of(made(counter, "field", field))
    for heading in counter.desk.catalogue.in_field(field):
        if counter.desk.procedure(heading.id).variant_on(counter.clock.local.date()):
            assert heading.name.split(",")[0][:20] in words, heading.name


def test_the_whole_list_leaves_out_what_is_done_elsewhere(counter: Counter) -> None:
    pdf = made(counter, "list")
    words = text_of(pdf)
    assert page_count(pdf) > 2 and "Chứng thực bản sao" in words and "hộ chiếu phổ thông" not in words


def test_every_procedure_has_a_posting_on_one_or_two_sheets(counter: Counter) -> None:
    profile = counter.do(_profile)
    on = counter.clock.local.date()
    for heading in counter.desk.catalogue.headings:
        if counter.desk.procedure(heading.id).variant_on(on):
            poster(counter.desk.catalogue, profile, "procedure", heading.id, on)


def test_the_list_knows_what_hangs_and_what_was_never_made(counter: Counter) -> None:
    made(counter, "feedback")
    states = {(x.poster_kind, x.subject): x.state for x in counter.do(posting.lines)}
    assert states["feedback", ""] == CURRENT and states["qr", ""] == NEVER
    assert states["procedure", "ho_tich.khai_tu"] == NEVER


def test_only_changed_words_make_a_posting_out_of_date(counter: Counter) -> None:
    made(counter, "procedure", "ho_tich.ket_hon")
    same = replace(counter.desk.catalogue, version="2027.1-new")
    assert _states(counter, same)["ho_tich.ket_hon"] == CURRENT
    changed = replace(same, procedures=Renamed(same, "ho_tich.ket_hon"))
    assert _states(counter, changed)["ho_tich.ket_hon"] == OUTDATED
    desk = replace(counter.desk, catalogue=changed)
    assert counter.desk.store.call(lambda: posting.outdated(desk)) == 1


def test_the_same_command_makes_one_posting(counter: Counter) -> None:
    command = PostPoster(counter.desk.ids.uuid7(), "qr")
    assert counter.do(posting.post, command) == counter.do(posting.post, command)


def test_what_is_not_in_the_catalogue_is_named(counter: Counter) -> None:
    with pytest.raises(Refused) as refused:
        counter.do(posting.post, PostPoster(counter.desk.ids.uuid7(), "procedure", "khong.co"))
    assert refused.value.code == "DM-11"


def test_the_content_does_not_hold_day_or_version(counter: Counter) -> None:
    profile, catalogue = counter.do(_profile), counter.desk.catalogue
    day = counter.clock.local.date()
    first = poster(catalogue, profile, "list", "", day)
    later = poster(replace(catalogue, version="x"), profile, "list", "", day.replace(day=26))
    assert content_of(first) == content_of(later)


class Renamed(Mapping[str, Procedure]):
    """The procedures with one under another name."""

    def __init__(self, catalogue: Catalogue, id: str) -> None:
        self._all, self._id = catalogue.procedures, id

    def __getitem__(self, id: str) -> Procedure:
        found = self._all[id]
        return replace(found, name="Tên mới") if id == self._id else found

    def __iter__(self) -> Iterator[str]:
        return iter(self._all)

    def __len__(self) -> int:
        return len(self._all)


def _states(counter: Counter, catalogue: Catalogue) -> dict[str, str]:
    desk = replace(counter.desk, catalogue=catalogue)
    return {x.subject: x.state for x in counter.desk.store.call(lambda: posting.lines(desk))}


def _profile(desk: Desk) -> UnitProfile:
    with desk.store.read() as tx:
        return desk.profile(tx)


def test_the_pages_for_the_site_link_only_to_each_other_and_hold_no_person(counter: Counter) -> None:
    import re

    pages = counter.do(web_pages.build_pages)
    index = pages["index.html"].decode()
    linked = set(re.findall(r'href="([^"]+)"', index))
    assert linked == set(pages) - {"index.html"} and len(linked) > 140
    for name, page in pages.items():
        text = page.decode()
        assert "http" not in text and "<script" not in text, name
        assert "Nguyễn Thị Thu Hà" not in text
    assert "200.000 đồng/bản" in pages["chung-thuc-ban-sao.html"].decode()
