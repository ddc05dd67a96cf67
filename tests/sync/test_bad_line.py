"""The worst line an office has, and every place at which a line can break."""

from __future__ import annotations

import socket
import time
from random import Random

from sync.desk.blobs import BlobSender, WaitingBlob
from sync.desk.client import CentreClient
from sync.desk.feed import FeedReader
from sync.desk.push import BatchSize, Pusher
from sync.desk.runner import Runner
from sync.protocol.messages import BATCH_TYPE, H_LINE, H_SIGNATURE
from sync.protocol.sign import PUSH
from tests.sync.desk import Desk
from tests.sync.server import CentreProcess
from tests.sync.slow_line import BYTES_PER_S, FASTER, FastClock, SlowLine
from tests.sync.test_blobs import Folder


def test_records_and_a_scan_get_through_9_6_kbit_that_drops_every_half_minute(
    centre: CentreProcess, desk: Desk
) -> None:
    desk.work(600)  # a slow desk's day
    scan = Random(1).randbytes(50_000)
    folder = Folder(scan)
    clock = FastClock()
    with SlowLine(centre.port) as line:
        steps = (
            FeedReader(desk.news, desk.signer, clock, desk.log),
            BlobSender(folder, desk.signer, clock, desk.log),
        )
        runner = Runner(
            desk, desk.signer, clock, desk.log,
            lambda _who: CentreClient(line.url, clock, connect_s=1, read_s=3), lambda _s: None,
            steps=steps,
        )  # fmt: skip
        for _ in range(200):
            if runner.run_once().state == "ok":
                break
            time.sleep(min(1, runner._pause_ms() / 1000 / FASTER))
        seconds, drops = line.line_seconds, line.drops
    assert desk.acked() == len(desk.book.records) and folder.sent
    assert centre.hashes(desk.who.unit) == [r.h for r in desk.book.records]
    assert drops >= 3  # it did drop, and it was worth playing
    assert line.up <= 3 * (50_000 + 75 * len(desk.book.records)), "two thirds of what went up were thrown away"
    assert line.up <= (seconds + 30) * BYTES_PER_S, "the line carried more than it can"


def test_a_scan_sender_comes_to_chunks_that_fit_between_two_drops(desk: Desk) -> None:
    class Dropping:
        """Every chunk of more than 20,000 bytes meets a drop."""

        at = 0

        def blob(self, _who, _line, body, _signature):  # type: ignore[no-untyped-def]
            from hashlib import sha256

            from sync.desk.trouble import Kind, Trouble
            from sync.protocol.blob import BlobAnswer, decode_part

            part, chunk = decode_part(body)
            if len(chunk) > 20_000:
                return Trouble(Kind.OFFLINE, "DB-01", "dropped")
            self.at += len(chunk)
            return BlobAnswer("", sha256(body).hexdigest(), part.sha256, self.at, self.at == part.size), b""

    folder = Folder(Random(2).randbytes(90_000))
    sender, client = BlobSender(folder, desk.signer, desk.clock, desk.log), Dropping()
    for _ in range(30):
        sender(client, desk.who, desk.state(), lambda: False)  # type: ignore[arg-type]
    assert folder.sent and isinstance(folder.next_blob(), WaitingBlob | None)


def test_a_request_cut_at_every_byte_leaves_nothing_and_is_then_taken_once(centre: CentreProcess, desk: Desk) -> None:
    pusher = Pusher(desk, desk.signer, desk.clock, BatchSize(1, 10))
    packed = pusher._pack(desk.who, desk.state(), 0)
    assert packed is not None
    head = (
        f"POST /v1/push HTTP/1.1\r\nHost: centre\r\nContent-Type: {BATCH_TYPE}\r\n"
        f"{H_LINE}: {desk.who.unit}/{desk.who.station}/{desk.line}\r\n"
        f"{H_SIGNATURE}: {desk.signer.sign(desk.line, PUSH, packed.body)}\r\n"
        f"Content-Length: {len(packed.body)}\r\n\r\n"
    ).encode()
    whole = head + packed.body
    for k in range(len(whole)):
        with socket.create_connection(("127.0.0.1", centre.port)) as line:
            line.sendall(whole[:k])
    deadline = time.monotonic() + 20
    while time.monotonic() < deadline:  # the last cut connections are still being noticed
        with socket.create_connection(("127.0.0.1", centre.port)) as line:
            line.sendall(whole)
            line.settimeout(5)
            answer = line.recv(65_536)
        if answer.startswith(b"HTTP/1.1 200"):
            break
    assert answer.startswith(b"HTTP/1.1 200"), answer[:200]
    assert centre.hashes(desk.who.unit) == [r.h for r in desk.book.records[: packed.header.last]]


def test_an_answer_cut_at_every_byte_never_counts(centre: CentreProcess, desk: Desk) -> None:
    from hashlib import sha256

    from sync.desk.client import _judge
    from sync.desk.trouble import Trouble
    from sync.protocol.messages import PushAck
    from tests.sync.inside import InsideClient, inside

    pusher = Pusher(desk, desk.signer, desk.clock, BatchSize(1, 10))
    packed = pusher._pack(desk.who, desk.state(), 0)
    assert packed is not None
    with inside(centre) as one:
        client = InsideClient(lambda: one)
        signature = desk.signer.sign(desk.line, PUSH, packed.body)
        reply = client.push(desk.who, desk.line, packed.body, signature)
    assert not isinstance(reply, Trouble)
    raw = reply[1]
    for k in range(len(raw)):
        judged = _judge(raw[:k], 200, sha256(packed.body).hexdigest(), PushAck, desk.who.centre_key)
        assert isinstance(judged, Trouble), k
