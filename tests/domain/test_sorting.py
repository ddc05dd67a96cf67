"""The order of people in registers and lists."""

from hypothesis import given
from hypothesis import strategies as st

from desk_app.domain.sorting import name_key, text_key


def test_given_name_decides_then_family_then_middle() -> None:
    people = ["Trần Văn Đức", "Lê Thị Dung", "Nguyễn Văn Ân", "Nguyễn An", "Bùi Thị Ăn", "Đặng Văn Dung", "Lê Anh Dung"]
    assert sorted(people, key=name_key) == [
        "Nguyễn An", "Bùi Thị Ăn", "Nguyễn Văn Ân", "Đặng Văn Dung", "Lê Anh Dung", "Lê Thị Dung", "Trần Văn Đức",
    ]  # fmt: skip


def test_tones_follow_the_school_order_after_all_letters() -> None:
    assert sorted(["ma", "má", "mà", "mạ", "mả", "mã", "man"], key=text_key) == [
        "ma",
        "mà",
        "mả",
        "mã",
        "má",
        "mạ",
        "man",
    ]


def test_empty_and_foreign_names_have_a_key() -> None:
    assert name_key("") == ""
    assert name_key("Y Wang") and name_key("Zoë") and name_key("李")


@given(st.text(max_size=40), st.text(max_size=40))
def test_the_key_never_fails(one: str, other: str) -> None:
    assert (name_key(one) <= name_key(other)) or (name_key(other) <= name_key(one))
