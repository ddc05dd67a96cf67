"""What version 1 wrote and said, byte for byte: recorded once, never edited, taken by every later desk and centre.

The files of ``v1`` are one office's first hours: the records of its lines, the batches they went in, the messages of
both sides and a stick. To add a version: a folder beside it, made by the released program.
"""

from __future__ import annotations

import json
from hashlib import sha256
from pathlib import Path

import pytest

from sync.centre.reading import read
from sync.protocol import bundle, daymatch, feed, messages
from sync.protocol.codec import from_body
from sync.protocol.envelope import check_chain, open_record
from sync.protocol.facts import Opaque
from sync.protocol.lockbox import unlock
from sync.protocol.messages import decode
from sync.protocol.sign import PUSH, open_answer, verify
from sync.protocol.wire import Sealed, unpack

FOLDER = Path(__file__).parent / "v1"
SHAPES = {
    "enrol-request": messages.EnrolRequest, "enrol-answer": messages.EnrolAnswer,
    "session-request": messages.SessionRequest, "session-answer": messages.SessionAnswer,
    "push-ack": messages.PushAck, "refusal": messages.Refusal, "day-request": daymatch.DayRequest,
    "day-answer": daymatch.DayAnswer, "feed-request": feed.FeedRequest, "feed-page": feed.FeedPage,
}  # fmt: skip
CENTRE_SEED = bytes(range(32))


def test_the_recorded_bytes_were_never_edited() -> None:
    sums = dict(line.split("  ")[::-1] for line in (FOLDER / "SHA256").read_text().splitlines())
    files = {file.name for file in FOLDER.iterdir()} - {"SHA256"}
    assert files == set(sums)
    assert {name: sha256((FOLDER / name).read_bytes()).hexdigest() for name in files} == sums


def test_every_record_is_still_a_fact_and_the_chain_holds() -> None:
    records = [open_record(line) for line in (FOLDER / "records.jsonl").read_bytes().splitlines()]
    assert check_chain(records)[0] == len(records)
    for record in records:
        e = record.envelope
        assert not isinstance(from_body(e.kind, e.v, e.body), Opaque)
        assert read(Sealed(e.seq, record.raw, bytes.fromhex(record.h))).code == ""


def test_the_batch_still_unpacks_to_the_sealed_bytes_and_its_signature_holds() -> None:
    body = (FOLDER / "batch.zst").read_bytes()
    about = json.loads((FOLDER / "batch.json").read_text())
    assert verify(about["key"], PUSH, body, about["signature"])
    assert [s.raw for s in unpack(body).records] == (FOLDER / "records.jsonl").read_bytes().splitlines()


@pytest.mark.parametrize("name", SHAPES)
def test_every_message_can_still_be_read(name: str) -> None:
    raw = (FOLDER / f"{name}.json").read_bytes()
    if name.endswith(("answer", "page", "ack", "refusal")):
        raw_key = json.loads((FOLDER / "batch.json").read_text())["centre_key"]
        assert open_answer(raw_key, raw)
    assert decode(SHAPES[name], raw)


def test_the_stick_can_still_be_opened_by_its_centre() -> None:
    line, parts = bundle.split(unlock((FOLDER / "bundle.age").read_bytes(), CENTRE_SEED), bundle.BundleManifest)
    manifest = decode(bundle.BundleManifest, line)
    assert len(manifest.parts) == len(parts) > 0 and manifest.no == 1
