"""The contract byte for byte: what is written today must be written and read alike by every later version."""

from __future__ import annotations

import pytest

from sync.centre.reading import read
from sync.protocol.codec import from_body
from sync.protocol.envelope import open_record
from sync.protocol.facts import REGISTRY
from sync.protocol.messages import decode
from sync.protocol.wire import Sealed
from tests.contract.samples import FACTS, FOLDER, MESSAGES, as_bytes, records


def test_every_record_kind_has_a_sample() -> None:
    assert {fact.KIND for fact in FACTS} == set(REGISTRY)


@pytest.mark.parametrize("name", sorted(as_bytes()))
def test_the_bytes_are_those_of_the_sample(name: str) -> None:
    assert as_bytes()[name] == (FOLDER / name).read_bytes()


def test_no_sample_is_forgotten() -> None:
    assert {file.name for file in FOLDER.glob("*.json")} == set(as_bytes())


@pytest.mark.parametrize("fact", FACTS, ids=lambda fact: fact.KIND)
def test_a_sample_reads_back_as_the_same_fact(fact: object) -> None:
    record = open_record((FOLDER / f"record.{fact.KIND}.json").read_bytes())  # type: ignore[attr-defined]
    assert from_body(record.envelope.kind, record.envelope.v, record.envelope.body) == fact


@pytest.mark.parametrize("name", sorted(MESSAGES))
def test_a_message_reads_back_as_itself(name: str) -> None:
    assert decode(type(MESSAGES[name]), (FOLDER / f"message.{name}.json").read_bytes()) == MESSAGES[name]


@pytest.mark.parametrize("record", records(), ids=lambda r: r.envelope.kind)
def test_the_centre_takes_every_sample(record: object) -> None:
    reading = read(Sealed(record.envelope.seq, record.raw, bytes.fromhex(record.h)))  # type: ignore[attr-defined]
    assert (reading.code, reading.why) == ("", "")
    assert reading.fact == from_body(record.envelope.kind, record.envelope.v, record.envelope.body)  # type: ignore[attr-defined]
