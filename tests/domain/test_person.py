"""Who applies: kept without loss, shown to nobody."""

import json
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk_app.domain.identity import parse_card
from desk_app.domain.person import Person

AN = Person(
    "Nguyễn Văn An", "cccd", "046090001234", date(1990, 2, 1), gender="Nam", residence="Thôn Đông", phone="0900"
)

PEOPLE = st.recursive(
    st.builds(
        Person,
        name=st.text("Nguyễn ăẩđ", min_size=1),
        id_kind=st.sampled_from(["cccd", "cmnd", "passport", "tax", "none"]),
        id_number=st.text("0123456789", max_size=12),
        birth_date=st.none() | st.dates(),
        gender=st.sampled_from(["Nam", "Nữ", ""]),
        cannot_sign=st.booleans(),
        witnesses=st.lists(st.text("abc", min_size=1), max_size=2).map(tuple),
        kind=st.sampled_from(["person", "organisation"]),
        representative=st.none() | st.just("Lê Thị Hạnh"),
    ),
    lambda inner: st.builds(replace, inner, guardian=inner, acting_for=st.none() | inner),
    max_leaves=3,
)


@given(PEOPLE)
def test_what_is_kept_is_json_and_comes_back_equal(person: Person) -> None:
    from desk_app.domain.text import nfc

    kept = person.to_subject()
    back = Person.from_subject(json.loads(json.dumps(kept)))
    assert back.to_subject() == kept and nfc(back.name) == nfc(person.name)
    assert all(value not in (None, "", (), []) for value in kept.values())


def test_absent_fields_leave_no_key() -> None:
    assert Person("Trần An").to_subject() == {"name": "Trần An"}
    assert Person("Trần An", birth_year=1950).to_subject() == {"name": "Trần An", "birth_year": 1950}
    assert AN.to_subject()["birth_date"] == "1990-02-01" and "birth_year" not in AN.to_subject()


def test_nothing_of_a_person_is_printed() -> None:
    child = Person("Nguyễn Bé", guardian=AN)
    for shown in (repr(AN), str(AN), f"{child}", repr([child])):
        assert "Nguyễn" not in shown and "0460" not in shown


def test_a_later_version_may_add_keys_but_not_wrong_values() -> None:
    assert Person.from_subject({"name": "An", "later": 1}) == Person("An")
    for kept in ({"name": 1}, {}, {"name": "An", "id_kind": "visa"}, {"name": "An", "birth_date": "31/02"}):
        with pytest.raises(ValueError):
            Person.from_subject(kept)


def test_a_card_becomes_a_person() -> None:
    card = parse_card("046090001234|191234567|Nguyễn Văn An|01021990|Nam|Thôn Đông, Huế|10052021").card
    assert card is not None
    assert Person.from_card(card, phone="0900").old_number == "191234567"


def test_who_signs_and_who_needs_a_guardian() -> None:
    child = Person("Nguyễn Bé", birth_date=date(2008, 11, 25), guardian=AN, relation="cha")
    assert child.signer() == "Nguyễn Văn An"
    assert child.needs_guardian_on(date(2026, 11, 24)) and not child.needs_guardian_on(date(2026, 11, 25))
    firm = Person("Hợp tác xã", "tax", "0123456789", kind="organisation", representative="Lê Hạnh")
    assert firm.signer() == "Lê Hạnh" and not firm.needs_guardian_on(date(2026, 1, 1))
    assert Person("A", birth_year=1950).age_on(date(2026, 1, 1)) == 75 and Person("A").age_on(date(2026, 1, 1)) is None
