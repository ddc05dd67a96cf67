"""Finding a procedure the way officers and citizens call it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk_app.domain.find_procedure import FinderEntry, ProcedureFinder

ENTRIES = [
    FinderEntry("ks", "Đăng ký khai sinh", "Khai sinh", ("làm giấy khai sinh",), "1.001193", "Hộ tịch"),
    FinderEntry("kt", "Đăng ký khai tử", "", ("báo tử", "làm giấy chứng tử"), "1.000656", "Hộ tịch"),
    FinderEntry("kh", "Đăng ký kết hôn", "", ("lấy vợ", "lấy chồng"), "1.000894", "Hộ tịch"),
    FinderEntry("xn", "Cấp Giấy xác nhận tình trạng hôn nhân", "", ("xin giấy độc thân",), "1.004873", "Hộ tịch"),
    FinderEntry("bs", "Chứng thực bản sao từ bản chính", "Chứng thực bản sao", ("sao y",), "2.000815", "Chứng thực"),
    FinderEntry("ck", "Chứng thực chữ ký", "", (), "2.000884", "Chứng thực"),
    FinderEntry(
        "tc", "Trợ cấp xã hội hằng tháng cho người cao tuổi", "", ("xin trợ cấp người già",), "1.001776", "Bảo trợ"
    ),
    FinderEntry("tt", "Đăng ký tạm trú", "", (), "1.004194", "Cư trú"),
]
FINDER = ProcedureFinder(ENTRIES, {"bs": 40, "ks": 25})


def first(query: str) -> str:
    hits = FINDER.find(query)
    return hits[0].id if hits else ""


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("dang ky khai sinh", "ks"), ("đăng ký khai sinh", "ks"), ("dang ky khai sinhs", "ks"),
        ("ddawng kys khai sinh", "ks"),
        ("dkks", "ks"), ("khai tuwr", "kt"), ("xnh", "xn"), ("làm giấy khai sinh", "ks"), ("doc than", "xn"),
        ("xin tro cap nguoi gia", "tc"), ("toi muon xin tro cap cho nguoi gia", "tc"), ("chung thuc ban sao", "bs"),
        ("ban sao chung thuc", "bs"), ("chungthuc", "bs"), ("dang ky khai sihn", "ks"), ("chwng thuc chu ky", "ck"),
        ("1.001193", "ks"), ("001193", "ks"), ("2000815", "bs"), ("lay vo", "kh"), ("sao y", "bs"), ("tam tru", "tt"),
        ("dang5 ky1 tam5 tru1", "tt"),
    ],
)  # fmt: skip
def test_every_way_of_asking_finds_it(query: str, expected: str) -> None:
    assert first(query) == expected


def test_most_used_comes_first_among_equals() -> None:
    assert first("chung thuc") == "bs" and first("c") == "bs" and first("dang ky") == "ks"
    assert FINDER.top_used(3) == ("bs", "ks")


def test_matched_letters_are_marked_in_the_name() -> None:
    hit = FINDER.find("khai si")[0]
    assert [ENTRIES[0].name[a:b] for a, b in hit.spans] == ["khai", "si"]
    initials = FINDER.find("dkks")[0]
    assert [ENTRIES[0].name[a:b] for a, b in initials.spans] == ["Đ", "k", "k", "s"]


def test_nothing_matches_nothing() -> None:
    assert FINDER.find("") == () and FINDER.find("   ") == () and FINDER.find("zzzzqq") == ()


@given(st.text(max_size=200), st.integers(1, 20))
def test_any_text_gives_an_ordered_short_answer_within_the_names(query: str, limit: int) -> None:
    hits = FINDER.find(query, limit)
    names = {entry.id: entry.name for entry in ENTRIES}
    assert len(hits) <= limit and len({hit.id for hit in hits}) == len(hits)
    for hit in hits:
        assert all(0 <= start < end <= len(names[hit.id]) for start, end in hit.spans)


@given(st.sampled_from(ENTRIES), st.data())
def test_a_procedure_is_found_while_its_name_is_being_typed(entry: FinderEntry, data: st.DataObject) -> None:
    typed = entry.name[: data.draw(st.integers(8, len(entry.name)))]
    assert entry.id in {hit.id for hit in FINDER.find(typed)}
