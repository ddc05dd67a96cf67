"""Packing is the identity on sealed bytes, and costs few bytes a record."""

from __future__ import annotations

from dataclasses import replace

import pytest
import zstandard
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sync.protocol.codes import BAD_LINE
from sync.protocol.envelope import GENESIS, ChainError
from sync.protocol.messages import Grant
from sync.protocol.subject import Subject, make_subject
from sync.protocol.wire import Packed, WireError, pack, unpack
from tests.sync.office import Book

GRANTS = [
    Grant(f"0d6e2f0a-9d0a-4a53-a4a5-2f1c7d1f3b1{n}", kind, form, symbol, n, 1, 99_999_999, period)
    for n, (kind, form, symbol, period) in enumerate(
        [
            ("receipt", "EBL01", "26TAA", "all"),
            ("dossier", "", "H99.12", "day"),
            ("register", "", "01", "year"),
            ("acceptance_slip", "", "TNHS", "year"),
            ("guidance_slip", "", "HDHS", "year"),
        ],
        1,
    )
]


def a_book(seed: int = 1) -> Book:
    book = Book("99012", "7f0c1d2e-3a4b-4c5d-8e6f-001122334455", 1_000_001, seed)
    book.open("ab" * 32, GRANTS)
    return book


def packed(book: Book, first: int = 1, last: int | None = None, subjects: bool = True) -> Packed:
    records = book.records[first - 1 : last]
    beside = [s for r in records for s in book.subjects.get(r.envelope.seq, ())] if subjects else []
    return pack(
        unit=book.unit, station=book.station, line=book.line, gen=1, first=first, prev=records[0].envelope.prev,
        records=[r.raw for r in records], subjects=beside,
    )  # fmt: skip


def test_a_record_costs_at_most_sixty_bytes_in_batches_of_five_hundred() -> None:
    book = a_book()
    list(book.day(2000))
    for first in (501, 1001, 1501):
        whole = packed(book, first, first + 499)
        subjects = [s for seq in range(first, first + 500) for s in book.subjects.get(seq, ())]
        alone = b"\n".join(b"%b %b %b" % (s.id.encode(), s.salt.hex().encode(), s.data) for s in subjects)
        beside = len(zstandard.ZstdCompressor(level=10).compress(alone))
        assert (len(whole.body) - beside) / 500 <= 60


@given(seed=st.integers(0, 10_000), size=st.integers(1, 60), with_subjects=st.booleans())
@settings(max_examples=40, deadline=None)
def test_what_is_packed_comes_out_letter_for_letter(seed: int, size: int, with_subjects: bool) -> None:
    book = a_book(seed)
    list(book.day(size + 7))
    batch = unpack(packed(book, 7, 6 + size, with_subjects).body)
    assert [s.raw for s in batch.records] == [r.raw for r in book.records[6 : 6 + size]]
    assert [s.h.hex() for s in batch.records] == [r.h for r in book.records[6 : 6 + size]]


TEXTS = st.text(st.characters(codec="utf-8", categories=("L", "N", "P", "Z", "S", "Cc")), max_size=30)
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | TEXTS,
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["commit", "id", "tz", "unit", "v", "a"]), inner)
    ),
    max_leaves=8,
)
TRICKS = st.sampled_from(
    [
        {"commit": "", "id": "s-1"},
        {"commit": "ab" * 32, "id": "s-1"},
        {"a": "~#" + "A" * 43},
        {"a": "~-" + "A" * 22},
        {"a": "ab" * 32, "b": "AB" * 32, "c": "ab" * 16},
        {"a": '"tz":420,"unit":"99012","v":1}'},
        {"a": ',"line":1000001,"p":"desk/1","prev":"'},
        {"tz": 1, "unit": "99012", "v": 2},
        {"a": "01a21206-dc44-725e-844f-cb67209f4c83", "b": "01A21206-dc44-725e-844f-cb67209f4c83"},
    ]
)


@given(bodies=st.lists(st.dictionaries(st.sampled_from(list("abcxyz")), VALUES) | TRICKS, min_size=1, max_size=6))
@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_no_content_of_a_record_can_confuse_the_packing(bodies: list[dict[str, object]]) -> None:
    book = a_book()
    for body in bodies:
        book.append_body("some.kind", body)
    beside = [make_subject("s-1", "person", bytes(16), {"name": "~#"})]
    batch = unpack(
        pack(
            unit=book.unit,
            station=book.station,
            line=book.line,
            gen=1,
            first=1,
            prev=GENESIS,
            records=[r.raw for r in book.records],
            subjects=beside,
        ).body
    )
    assert [s.raw for s in batch.records] == [r.raw for r in book.records]
    assert list(batch.subjects) == beside


def test_the_commitment_travels_as_its_subject_only() -> None:
    book = a_book()
    list(book.day(12))
    subject = next(s for many in book.subjects.values() for s in many)
    text = zstandard.ZstdDecompressor().decompress(packed(book).body)
    assert subject.ref.commit.encode() not in text
    assert b'"commit":""' in text


def test_a_subject_is_sent_once_in_a_batch() -> None:
    book = a_book()
    list(book.day(12))
    seq = next(seq for seq, many in book.subjects.items() if many)
    book.subjects[seq] = book.subjects[seq] * 3
    assert len(unpack(packed(book).body).subjects) == sum(len({s.id for s in m}) for m in book.subjects.values())


def test_records_that_do_not_follow_each_other_are_not_packed() -> None:
    book = a_book()
    list(book.day(12))
    del book.records[7]
    with pytest.raises(ChainError) as error:
        packed(book)
    assert error.value.seq == 8


def test_any_changed_line_is_noticed() -> None:
    book = a_book()
    list(book.day(12))
    text = zstandard.ZstdDecompressor().decompress(packed(book).body)
    lines = text.split(b"\n")
    for n in range(1, len(lines)):
        for changed in (lines[n][:-1], lines[n].replace(b"a", b"b", 1), b"", b"[]", b'{"tz":1,"v":1}'):
            if changed == lines[n]:
                continue
            body = zstandard.ZstdCompressor().compress(b"\n".join([*lines[:n], changed, *lines[n + 1 :]]))
            try:
                batch = unpack(body)
            except WireError as error:
                assert error.code is BAD_LINE
            else:  # a subject no record of the batch is bound to by its commitment would be seen at the centre
                assert n > len(book.records)
                assert len(batch.records) == len(book.records)


@given(st.binary(max_size=200))
@settings(max_examples=200, deadline=None)
def test_noise_is_refused_and_nothing_else_happens(noise: bytes) -> None:
    for body in (noise, zstandard.ZstdCompressor().compress(noise)):
        with pytest.raises(WireError):
            unpack(body)


def test_a_subject_says_little_when_shown() -> None:
    subject = make_subject("s-1", "person", bytes(16), {"name": "Nguyễn Thị Hạnh"})
    assert "Hạnh" not in repr(subject)
    assert replace(subject, kind="x") != subject and isinstance(subject, Subject)
