"""A procedure as a form: nothing changed changes nothing, what is changed begins on its day, what is wrong is named."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desk_app.domain.catalogue_check import problems
from desk_app.domain.catalogue_draft import Author, Draft, applied, draft_of, new_variant_id
from desk_app.domain.procedure import Confidence, Fixed
from desk_app.domain.procedure_data import procedure_from_data
from tests.domain.shipped import CATALOGUE

TODAY = date(2026, 11, 25)
START = date(2026, 12, 1)
AUTHOR = Author("Nguyễn Thị Hạnh", TODAY)
IDS = sorted(CATALOGUE.procedures)
CONTRACT = "chung_thuc.giao_dich"
COPY = "chung_thuc.ban_sao"


def entry(id: str) -> Any:
    return CATALOGUE.procedures.data(id)


def draft(id: str, start: date = START) -> Draft:
    return draft_of(entry(id), start)


@pytest.mark.parametrize("id", IDS)
def test_opening_a_form_and_changing_nothing_gives_the_very_same_procedure(id: str) -> None:
    form = draft(id)
    assert applied(entry(id), form, AUTHOR) == entry(id)
    assert problems(entry(id), form, AUTHOR) == ()


def test_a_new_fee_begins_on_its_day_and_the_old_one_ends_the_day_before() -> None:
    form = (
        draft(CONTRACT).with_value("fees", 0, "amount", 60_000).with_value("general", 0, "checked", "TT 1/2026/TT-BTC")
    )
    new = procedure_from_data(applied(entry(CONTRACT), form, AUTHOR))
    before, after = new.variant_on(START - timedelta(days=1)), new.variant_on(START)
    assert before is not None and after is not None and before.valid_to == START - timedelta(days=1)
    assert (before.fees[0].calc, after.fees[0].calc) == (Fixed(50_000), Fixed(60_000))
    assert after.id == new_variant_id(entry(CONTRACT), form) == f"{CONTRACT}@xa-20261201"
    seen = after.fees[0].verified
    assert seen is not None and (seen.by, seen.on, seen.document) == (AUTHOR.name, TODAY, "TT 1/2026/TT-BTC")
    assert after.sources[-1].title == "TT 1/2026/TT-BTC"


def test_what_was_changed_without_a_document_is_not_said_to_be_checked() -> None:
    form = draft(CONTRACT).with_value("documents", 0, "note", "Hai bản như nhau.")
    after = procedure_from_data(applied(entry(CONTRACT), form, AUTHOR)).variant_on(START)
    assert after is not None
    assert after.documents[0].confidence is Confidence.KNOWLEDGE and after.documents[1].confidence is Confidence.SEEN
    assert after.confidence is Confidence.SEEN, "only the paper was touched"
    whole = draft(CONTRACT).with_value("general", 0, "competent_agency", "Phó Chủ tịch UBND cấp xã")
    after = procedure_from_data(applied(entry(CONTRACT), whole, AUTHOR)).variant_on(START)
    assert after is not None and after.confidence is Confidence.KNOWLEDGE


def test_name_and_mistakes_are_of_the_procedure_and_make_no_new_version() -> None:
    form = draft(CONTRACT).with_value("general", 0, "name", "Chứng thực hợp đồng")
    new = procedure_from_data(applied(entry(CONTRACT), form, AUTHOR))
    assert new.name == "Chứng thực hợp đồng" and len(new.variants) == len(CATALOGUE.procedures[CONTRACT].variants)


def test_a_second_edit_for_the_same_day_replaces_the_first() -> None:
    first = applied(entry(CONTRACT), draft(CONTRACT).with_value("fees", 0, "amount", 60_000), AUTHOR)
    again = draft_of(first, START).with_value("fees", 0, "amount", 70_000)
    assert problems(first, again, AUTHOR) == ()
    new = procedure_from_data(applied(first, again, AUTHOR))
    assert len(new.variants) == len(CATALOGUE.procedures[CONTRACT].variants) + 1
    assert new.variants[-1].fees[0].calc == Fixed(70_000)


def test_rows_are_added_and_taken_away() -> None:
    form = draft(COPY)
    new_id = form.new_id("documents")
    row = {"id": new_id, "name": "Phiếu yêu cầu", "kind": "nop", "originals": 1, "copies": 0}
    form = form.with_rows("documents", (*form.rows["documents"], row))
    extra = {"fee": form.rows["fees"][0]["id"], "when": {"q": "so_ban", "gt": 9}, "reason": "Hộ nghèo", "basis": "NQ 1"}
    form = form.with_rows("exemptions", (*form.rows["exemptions"], extra))
    assert problems(entry(COPY), form, AUTHOR) == ()
    after = procedure_from_data(applied(entry(COPY), form, AUTHOR)).variant_on(START)
    assert after is not None and after.documents[-1].name == "Phiếu yêu cầu"
    assert after.fees[0].exemptions[-1].reason == "Hộ nghèo"


@pytest.mark.parametrize(
    ("section", "key", "value", "said"),
    [
        ("general", "name", "  ", "Chưa có “Tên thủ tục”"),
        ("documents", "copies", -1, "số âm"),
        ("documents", "copies", "hai", "số nguyên"),
        ("documents", "copies", 51, "Lớn quá"),
        ("documents", "when", {"q": "khong_co", "is": True}, "không có câu hỏi"),
        ("fees", "amount", None, "Chưa có “Mức thu”"),
        ("fees", "amount", -5_000, "số âm"),
        ("fees", "how", "page_bands", "Chưa có"),
        ("fees", "times", "khong_co", "không phải câu hỏi số"),
        ("term", "value", None, "Ghi số ngày"),
        ("term", "cutoff", "ba giờ", "15:00"),
        ("routes", "reason", "", "Chưa có “Lý do”"),
        ("basis", "date", "hôm qua", "ngày/tháng/năm"),
        ("exemptions", "fee", "khong_co", "đã bỏ"),
    ],
)
def test_what_is_wrong_is_said_at_its_field(section: str, key: str, value: object, said: str) -> None:
    form = draft(CONTRACT).with_value(section, 0, key, value)
    found = [p for p in problems(entry(CONTRACT), form, AUTHOR) if p.section == section]
    assert any(said in p.text for p in found), found
    assert found[0].row == 0


def test_bands_with_a_hole_are_named_at_the_band() -> None:
    form = draft(COPY).with_value("bands", 1, "from", 5)
    (found,) = problems(entry(COPY), form, AUTHOR)
    assert (found.section, found.row) == ("bands", 1) and "không hở" in found.text


@pytest.mark.parametrize("start", [date(2026, 11, 24), date(2020, 1, 1)])
def test_a_version_never_begins_in_the_past(start: date) -> None:
    assert "trước hôm nay" in problems(entry(CONTRACT), draft(CONTRACT, start), AUTHOR)[0].text


_VALUES = st.one_of(st.none(), st.text(max_size=30), st.integers(-5, 10**12), st.dates(), st.just({"q": "x", "is": 1}))


@given(st.sampled_from(IDS), st.data())
@settings(max_examples=150, deadline=None)
def test_whatever_is_typed_a_draft_without_problems_is_a_procedure(id: str, data: st.DataObject) -> None:
    form = draft(id)
    section = data.draw(st.sampled_from([s for s, rows in form.rows.items() if rows]))
    row = data.draw(st.integers(0, len(form.rows[section]) - 1))
    key = data.draw(st.sampled_from(sorted(k for k in form.rows[section][row] if k not in ("_raw", "id"))))
    form = form.with_value(section, row, key, data.draw(_VALUES))
    if not problems(entry(id), form, AUTHOR):
        new = procedure_from_data(applied(entry(id), form, AUTHOR))
        was = CATALOGUE.procedures[id].variant_on(TODAY)
        assert new.variant_on(TODAY) == was or (was and new.variant_on(TODAY) is not None)


def test_the_parts_of_a_shared_term_are_changed_with_it_and_must_add_up() -> None:
    id = "nguoi_co_cong.tho_cung"
    form = draft(id).with_value("stages", 1, "value", 20)
    (found,) = problems(entry(id), form, AUTHOR)
    assert found.section == "stages" and "cộng lại là 25" in found.text
    form = form.with_value("term", 0, "value", 25)
    assert problems(entry(id), form, AUTHOR) == ()
    after = procedure_from_data(applied(entry(id), form, AUTHOR)).variant_on(START)
    assert after is not None and [stage.value for stage in after.default_term.stages] == [5, 20]
