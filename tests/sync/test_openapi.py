"""The published contract is the running one, and nothing that fits or breaks it makes the centre stumble (5xx = bug)."""

from __future__ import annotations

import json
from random import Random
from typing import Any

import pytest
import requests
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sync.centre.openapi import OPERATIONS, document
from sync.protocol import messages as m
from sync.protocol.canonical import canonical
from sync.protocol.sign import BLOB, CLAIM, DAY, ENROL, FEED, PUSH, SESSION
from tests.sync.desk import Desk, enrol_desk
from tests.sync.server import CentreProcess

PURPOSES = {"enrol": ENROL, "session": SESSION, "push": PUSH, "day": DAY, "feed": FEED, "claim": CLAIM, "blob": BLOB}
_ODD = st.one_of(
    st.none(), st.booleans(), st.integers(-(1 << 70), 1 << 70), st.text(max_size=20),
    st.sampled_from(["", "\0", "x" * 5_000, "\ud7ff", "99999999999999999999", "{}", "-1", "NaN"]),
    st.lists(st.integers(), max_size=3), st.dictionaries(st.text(max_size=5), st.integers(), max_size=3),
)  # fmt: skip


class Speaker:
    """Says anything at all with a right signature: so that the body is really read."""

    def __init__(self, centre: CentreProcess, desk: Desk) -> None:
        self.centre, self.desk, self.session = centre, desk, requests.Session()

    def say(self, path: str, body: bytes, *, signed: bool = True) -> int:
        who, purpose = self.desk.who, PURPOSES[path.rpartition("/")[2]]
        signature = self.desk.signer.sign(self.desk.line, purpose, body) if signed else "00" * 64
        headers = {m.H_LINE: f"{who.unit}/{who.station}/{self.desk.line}", m.H_SIGNATURE: signature}
        return self.session.post(self.centre.url + path, data=body, headers=headers, timeout=20).status_code


@pytest.fixture(scope="module")
def speaker(centre: CentreProcess) -> Speaker:
    return Speaker(centre, enrol_desk(centre.url, centre.code(centre.new_unit())))


def strategy(schema: dict[str, Any], shapes: dict[str, Any]) -> st.SearchStrategy[Any]:
    """Values that fit a schema of the document."""
    if "$ref" in schema:
        return strategy(shapes[schema["$ref"].rpartition("/")[2]], shapes)
    if "anyOf" in schema:
        return st.one_of(st.none(), *(strategy(one, shapes) for one in schema["anyOf"]))
    kind = schema.get("type")
    if kind == "object":
        return st.fixed_dictionaries({n: strategy(s, shapes) for n, s in schema.get("properties", {}).items()})
    if kind == "array":
        return st.lists(strategy(schema["items"], shapes), max_size=2)
    return {"string": st.text(max_size=40), "integer": st.integers(-3, 1 << 62), "boolean": st.booleans()}[str(kind)]


def test_the_document_names_every_way_in(centre: CentreProcess) -> None:
    served = requests.get(centre.url + "/openapi.json", timeout=5).json()
    assert served == json.loads(json.dumps(document()))
    assert {p for p in served["paths"] if p.startswith("/v1/")} == set(OPERATIONS)


@pytest.mark.parametrize("path", OPERATIONS)
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_no_message_makes_the_centre_stumble(speaker: Speaker, path: str, data: st.DataObject) -> None:
    said = document()
    schema = next(iter(said["paths"][path]["post"]["requestBody"]["content"].values()))["schema"]
    who = speaker.desk.who
    if "$ref" not in schema:
        body = data.draw(st.binary(max_size=300))
    else:
        value = data.draw(strategy(schema, said["components"]["schemas"]))
        right = {"p": m.SYNC, "unit": who.unit, "station": who.station, "line": speaker.desk.line, "proto": [1]}
        value |= {name: right[name] for name in right if name in value and data.draw(st.booleans(), label=name)}
        if data.draw(st.booleans(), label="odd"):
            value[data.draw(st.sampled_from(sorted(value)))] = data.draw(_ODD)
        try:
            body = canonical(value)
        except ValueError:
            body = json.dumps(value).encode()
    if path == "/v1/blob":
        part = {"line": speaker.desk.line, "offset": data.draw(st.integers(-2, 9)), "p": m.SYNC, "sha256": "ab" * 32,
                "size": data.draw(st.integers(-1, 1 << 40)), "station": who.station, "unit": who.unit}  # fmt: skip
        body = canonical(part) + b"\n" + body
    assert speaker.say(path, body) < 500
    assert speaker.say(path, body, signed=False) == 401 or path == "/v1/enrol"


def test_no_batch_with_a_byte_changed_makes_it_stumble(speaker: Speaker) -> None:
    from sync.desk.push import BatchSize, Pusher

    desk, chance = speaker.desk, Random(7)
    desk.work(60)
    packed = Pusher(desk, desk.signer, desk.clock, BatchSize(2_000, 100))._pack(desk.who, desk.state(), 0)
    assert packed is not None
    for _ in range(400):
        body = bytearray(packed.body)
        body[chance.randrange(len(body))] = chance.randrange(256)
        assert speaker.say("/v1/push", bytes(body)) < 500
