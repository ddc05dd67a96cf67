"""What a broken desk, a broken line or a thief may send, and what the centre makes of it."""

from __future__ import annotations

import io
from dataclasses import replace

import pytest
import requests
import zstandard

from sync.desk.push import Pushed, wants_earlier
from sync.desk.trouble import Kind, Trouble
from sync.protocol import codes
from sync.protocol.envelope import seal
from sync.protocol.facts import SubjectErased
from sync.protocol.messages import BATCH_TYPE, H_LINE, H_SIGNATURE, MAX_BODY
from sync.protocol.sign import PUSH, SESSION, open_answer
from sync.protocol.subject import make_subject
from sync.protocol.wire import pack
from tests.sync.desk import Desk, enrol_desk
from tests.sync.office import CANARY
from tests.sync.server import CentreProcess


def send(desk: Desk, body: bytes, signature: str | None = None, line: str = "") -> tuple[int, str]:
    """Anything at all to /v1/push; answers status and error word, both proven by the centre's signature."""
    response = requests.post(
        desk.who.centre_url + "/v1/push",
        data=body,
        headers={
            H_LINE: line or f"{desk.who.unit}/{desk.who.station}/{desk.line}",
            H_SIGNATURE: desk.signer.sign(desk.line, PUSH, body) if signature is None else signature,
            "Content-Type": BATCH_TYPE,
        },
        timeout=20,
    )
    answer = open_answer(desk.who.centre_key, response.content)
    return response.status_code, str(answer.get("error", ""))


def whole_batch(desk: Desk) -> bytes:
    raws = [r.raw for r in desk.book.records]
    subjects = [s for many in desk.book.subjects.values() for s in many]
    return pack(
        unit=desk.who.unit, station=desk.who.station, line=desk.line, gen=desk.who.gen, first=1, prev="0" * 64,
        records=raws, subjects=subjects,
    ).body  # fmt: skip


def test_a_wrong_a_missing_and_a_foreign_signature_are_refused(centre: CentreProcess, desk: Desk) -> None:
    desk.work(10)
    body = whole_batch(desk)
    other = enrol_desk(centre.url, centre.code(centre.new_unit()))
    for signature in (
        "",
        "zz",
        "00" * 64,
        desk.signer.sign(desk.line, PUSH, body + b"x"),
        desk.signer.sign(desk.line, SESSION, body),
        other.signer.sign(other.line, PUSH, body),
    ):
        assert send(desk, body, signature) == (401, "bad-signature")
    for line in ("x", f"{desk.who.unit}/{desk.who.station}/1", f"{desk.who.unit}/not-a-uuid/1", "a/b/c/d"):
        assert send(desk, body, None, line) == (401, "bad-signature")
    assert centre.hashes(desk.who.unit) == []


def test_a_batch_of_another_line_than_the_one_that_signed_is_refused(centre: CentreProcess, desk: Desk) -> None:
    desk.work(10)
    other = enrol_desk(centre.url, centre.code(centre.new_unit()))
    other.work(10)
    assert send(desk, whole_batch(other)) == (400, "bad-request")
    assert centre.hashes(other.who.unit) == []


def test_a_half_cut_frame_is_never_taken_for_a_whole_one(centre: CentreProcess, desk: Desk) -> None:
    desk.work(200)
    body = whole_batch(desk)
    for k in (0, 1, 5, len(body) // 2, len(body) - 5, len(body) - 1):
        assert send(desk, body[:k]) == (400, "cut-frame")
    assert send(desk, body + b"more") == (400, "cut-frame")
    assert send(desk, b"not a frame at all") == (400, "cut-frame")
    assert centre.hashes(desk.who.unit) == []


def test_a_bomb_is_refused_before_it_is_unpacked(desk: Desk) -> None:
    pieces = io.BytesIO()
    with zstandard.ZstdCompressor(level=19).stream_writer(pieces, size=1 << 30, closefd=False) as writer:
        zeros = bytes(1 << 20)
        for _ in range(1 << 10):
            writer.write(zeros)
    bomb = pieces.getvalue()
    assert len(bomb) < 200_000
    assert send(desk, bomb) == (413, "too-large")
    unsized = zstandard.ZstdCompressor(level=3, write_content_size=False).compress(bytes(1 << 24))
    assert send(desk, unsized) == (400, "cut-frame")


def test_a_body_over_the_limit_is_refused(desk: Desk) -> None:
    assert send(desk, bytes(MAX_BODY + 1)) == (413, "too-large")


def test_a_replayed_batch_changes_nothing(centre: CentreProcess, desk: Desk) -> None:
    desk.work(20)
    body = whole_batch(desk)
    assert send(desk, body) == (200, "")
    assert send(desk, body) == (200, "")
    assert len(centre.hashes(desk.who.unit)) == len(desk.book.records)


def test_a_gap_is_answered_with_the_mark(centre: CentreProcess, desk: Desk) -> None:
    desk.work(30)
    result = desk.push(after=10)
    assert isinstance(result, Trouble) and result.refusal is not None
    assert result.refusal.error == "gap" and wants_earlier(result) == 0
    assert centre.hashes(desk.who.unit) == []


def test_a_forked_record_is_kept_beside_the_first_and_told(centre: CentreProcess, desk: Desk) -> None:
    desk.work(20)
    twin = desk.copy()
    assert isinstance(desk.push(), Pushed)
    first_hashes = centre.hashes(desk.who.unit)
    at = len(twin.book.records) - 4
    del twin.book.records[at:]
    twin.work(at + 8)
    pushed = twin.push(after=at)
    assert isinstance(pushed, Pushed)
    assert pushed.ack.res.forked[0] == at + 1 and pushed.ack.res.accepted == 0
    assert twin.acked() == 0
    assert centre.hashes(desk.who.unit) == first_hashes
    kept = centre.rows("SELECT raw, code FROM quarantine WHERE unit = %s ORDER BY seq", desk.who.unit)
    assert kept == [(r.raw, "forked") for r in twin.book.records[at:]]
    assert centre.rows("SELECT code FROM incident WHERE unit = %s", desk.who.unit) == [("forked",)]


POISON: list[tuple[str, dict[str, object], str]] = [
    ("receipt.issued", {"receipt": "r-1"}, codes.NOT_A_FACT),
    ("dossier.settled", {"dossier": 7, "settled_at": "x", "outcome": "granted"}, codes.NOT_A_FACT),
    ("line.opened", {"line_kind": "main", "station_no": 1, "public_key": "00", "reason": "x"}, codes.NOT_OPENED),
    ("kind with spaces", {}, codes.BAD_FIELD),
    ("nul\0kind", {}, codes.BAD_FIELD),
    ("paper.made", {"paper": "\0", "paper_kind": "x", "about": "", "sha256": "", "size_bytes": "9"}, codes.NOT_A_FACT),
]


@pytest.mark.parametrize(("kind", "body", "code"), POISON)
def test_a_record_that_breaks_a_rule_waits_in_quarantine_and_the_line_goes_on(
    centre: CentreProcess, desk: Desk, kind: str, body: dict[str, object], code: str
) -> None:
    desk.work(10)
    poison = desk.book.append_body(kind, body)
    desk.work(30)
    pushed = desk.push()
    assert isinstance(pushed, Pushed), pushed
    assert [(r.seq, r.code) for r in pushed.ack.res.refused] == [(poison.envelope.seq, code)]
    assert desk.acked() == len(desk.book.records)
    rows = centre.rows("SELECT seq, raw, code FROM quarantine WHERE unit = %s", desk.who.unit)
    assert rows == [(poison.envelope.seq, poison.raw, code)]
    again = desk.push(after=0)
    assert isinstance(again, Pushed) and len(again.ack.res.refused) == 1
    assert len(centre.hashes(desk.who.unit)) == len(desk.book.records) - 1


def test_kinds_and_fields_of_a_later_version_are_stored(centre: CentreProcess, desk: Desk) -> None:
    desk.book.append_body("dossier.dreamt", {"dossier": "d", "deep": [{"x": 1}]})
    desk.book.append_body("subject.erased", {"subject": "s-1", "basis": "b", "newer": True}, 1)
    pushed = desk.push()
    assert isinstance(pushed, Pushed) and pushed.ack.res.refused == ()


def test_a_number_outside_the_grant_or_used_twice_waits_in_quarantine(centre: CentreProcess, desk: Desk) -> None:
    desk.work(20)
    who = desk.book.person()
    first = desk.book.pay("d-1", who, 9_000)
    desk.book.subjects[len(desk.book.records) - 2] = [who]
    twice = desk.book.append(replace(first, receipt="r-twice"))[0]
    outside = desk.book.append(replace(first, receipt="r-outside", number=88_000_000))[0]
    foreign = desk.book.append(replace(first, receipt="r-foreign", symbol="25XXX"))[0]
    training = desk.book.append(replace(first, receipt="r-training", training=True))[0]
    pushed = desk.push()
    assert isinstance(pushed, Pushed)
    assert [(r.seq, r.code) for r in pushed.ack.res.refused] == [
        (twice.envelope.seq, codes.NUMBER_TWICE),
        (outside.envelope.seq, codes.OUTSIDE_GRANT),
        (foreign.envelope.seq, codes.OUTSIDE_GRANT),
    ]
    assert training.h in centre.hashes(desk.who.unit)
    assert centre.rows("SELECT code FROM incident WHERE unit = %s", desk.who.unit) == [(codes.NUMBER_TWICE,)]


def test_a_missing_number_shows_in_the_gap_finder(centre: CentreProcess, desk: Desk) -> None:
    desk.work(60)
    desk.book._used["receipt"] += 3
    desk.work(90)
    desk.push()
    assert centre.rows("SELECT missing FROM receipt_gap WHERE unit = %s", desk.who.unit) == [(3,)]


def test_a_subject_with_other_bytes_than_promised_is_put_aside(centre: CentreProcess, desk: Desk) -> None:
    desk.work(40)
    seq = next(seq for seq, many in desk.book.subjects.items() if many)
    right = desk.book.subjects[seq][0]
    desk.book.subjects[seq] = [make_subject(right.id, "person", right.salt, {"name": "somebody else"})]
    pushed = desk.push()
    assert isinstance(pushed, Pushed)
    assert pushed.ack.res.wanted == (right.id,)
    assert centre.rows("SELECT id, code FROM quarantine_subject WHERE unit = %s", desk.who.unit) == [
        (right.id, codes.COMMITMENT)
    ]
    desk.book.subjects[seq] = [right]
    mended = desk.push(after=0)
    assert isinstance(mended, Pushed) and mended.ack.res.wanted == ()


def test_an_erased_person_is_gone_and_does_not_come_back(centre: CentreProcess, desk: Desk) -> None:
    desk.work(40)
    desk.push()
    subject = next(many[0] for many in desk.book.subjects.values() if many)
    desk.book.append(SubjectErased(subject.id, "NĐ 13/2023"))
    assert isinstance(desk.push(), Pushed)
    assert isinstance(desk.push(after=0), Pushed)  # the old batch, with the person still in it
    assert centre.rows("SELECT 1 FROM subject WHERE unit = %s AND id = %s", desk.who.unit, subject.id) == []
    assert len(centre.hashes(desk.who.unit)) == len(desk.book.records)


def test_a_damaged_journal_is_told_and_not_sent(centre: CentreProcess, desk: Desk) -> None:
    desk.work(20)
    broken = desk.book.records[10]
    desk.book.records[10] = seal(replace(broken.envelope, actor="somebody"))
    result = desk.push()
    assert isinstance(result, Trouble) and (result.kind, result.code) == (Kind.DAMAGED, "DB-14")
    assert centre.hashes(desk.who.unit) == []


def test_no_name_of_a_person_reaches_the_log_or_the_metrics(centre: CentreProcess, desk: Desk) -> None:
    desk.work(40)
    desk.book.append_body("receipt.issued", {"payer": CANARY, CANARY.encode().hex(): 1})
    desk.push()
    requests.post(centre.url + "/v1/push", data=CANARY.encode(), headers={H_LINE: "Chim/Hoang/Yen"}, timeout=5)
    seen = centre.log.read_text() + requests.get(centre.url + "/metrics", timeout=5).text
    seen += centre.visitor().get("/xem/may").text
    assert "push" in seen
    assert "Chim" not in seen
