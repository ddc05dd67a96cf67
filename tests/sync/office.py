"""A commune's day in real envelopes, from one seed: for tests and measures of sync."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from random import Random
from uuid import UUID

from sync.protocol.canonical import Value
from sync.protocol.codec import to_body
from sync.protocol.envelope import GENESIS, Envelope, Record, seal
from sync.protocol.facts import (
    DocumentMark,
    DossierReceived,
    Fact,
    GrantAccepted,
    GuidanceGiven,
    LineOpened,
    PaperMade,
    PaperPrinted,
    ReceiptIssued,
    ReceiptItem,
    ResultReturned,
)
from sync.protocol.messages import Grant
from sync.protocol.subject import Subject, make_subject

START = datetime(2026, 11, 25, 0, 30, tzinfo=UTC)
CANARY = "Chim Hoàng Yến"  # part of every person's name: must never show in a log


@dataclass
class Book:
    """One line being written: seals facts in order and keeps the subjects they name."""

    unit: str
    station: str
    line: int
    seed: int = 1
    records: list[Record] = field(default_factory=list)
    subjects: dict[int, list[Subject]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.random = Random(self.seed)
        self.at = START

    @property
    def head(self) -> str:
        return self.records[-1].h if self.records else GENESIS

    def new_id(self) -> str:
        """A UUIDv7 of the book's own clock and chance."""
        ms = int(self.at.timestamp() * 1000)
        bits = (ms << 80) | (7 << 76) | (self.random.getrandbits(12) << 64) | (2 << 62) | self.random.getrandbits(62)
        return str(UUID(int=bits))

    def append(self, *facts: Fact, subjects: Sequence[Subject] = ()) -> list[Record]:
        """Seal ``facts`` as one command; their subjects belong to the first of them."""
        self.at += timedelta(milliseconds=self.random.randrange(20_000, 240_000))
        done = [self._seal(f.KIND, f.V, to_body(f)) for f in facts]
        self.subjects.setdefault(done[0].envelope.seq, []).extend(subjects)
        return done

    def append_body(self, kind: str, body: dict[str, object], v: int = 1) -> Record:
        """Seal anything at all: for kinds of later versions and for poison."""
        return self._seal(kind, v, body)

    def _seal(self, kind: str, v: int, body: dict[str, object]) -> Record:
        at = self.at.strftime("%Y-%m-%dT%H:%M:%S.") + f"{self.at.microsecond // 1000:03d}Z"
        seq = len(self.records) + 1
        record = seal(
            Envelope(
                self.unit, self.station, self.line, seq, self.new_id(), kind, v, at, 420, "cb-hanh", self.head, body
            )  # type: ignore[arg-type]
        )
        self.records.append(record)
        return record

    @staticmethod
    def forge(record: Record, **body: Value) -> Record:
        """A record changed behind the journal's back: its own hash is right, the chain is not."""
        return seal(replace(record.envelope, body={**record.envelope.body, **body}))

    def person(self) -> Subject:
        first = self.random.choice(["Nguyễn Thị Hạnh", "Trần Văn Bình", "Lê Thị Mai", "Phạm Quốc Đạt", "Đỗ Văn Dũng"])
        value = {
            "name": f"{first} {CANARY}",
            "born": f"19{self.random.randrange(50, 99)}-0{self.random.randrange(1, 10)}-{self.random.randrange(10, 28)}",
            "id_number": f"{self.random.randrange(10**11, 10**12)}",
            "address": f"Thôn {self.random.randrange(1, 12)}, xã Hòa Mẫu",
        }
        return make_subject(self.new_id(), "person", self.random.randbytes(16), value)

    def open(self, public_key: str, grants: Sequence[Grant], station_no: int = 1, after_line: int = 0) -> None:
        """The records every line begins with."""
        kind, reason = ("main", "enrolled") if not after_line else ("main", "replaced")
        self.append(
            LineOpened(kind, station_no, public_key, reason, after_line),
            *(
                GrantAccepted(g.grant, g.series_kind, g.form, g.symbol, g.series_id, g.first, g.last, g.period)
                for g in grants
            ),
        )
        self._grants = {g.series_kind: g for g in grants}
        self._used: dict[str, int] = {}
        self._total = 0

    def _number(self, kind: str) -> tuple[Grant, int]:
        grant = self._grants[kind]
        self._used[kind] = number = self._used.get(kind, grant.first - 1) + 1
        return grant, number

    def paper(self, kind: str, about: str) -> tuple[Fact, Fact]:
        paper = self.new_id()
        size = self.random.randrange(19_000, 26_000)
        return PaperMade(paper, kind, about, self.random.randbytes(32).hex(), size), PaperPrinted(paper, 0)

    def receive(self) -> str:
        """A certified copy taken in, paid and printed in one command: six records. Answers the dossier's id."""
        who, dossier = self.person(), self.new_id()
        slips, slip_no = self._number("acceptance_slip")
        block, serial = self._number("dossier")
        serial = block.first + (serial - block.first) % (block.last - block.first + 1)
        day = self.at.strftime("%y%m%d")
        local = (self.at + timedelta(hours=7)).strftime("%Y-%m-%dT%H:%M:%S")
        copies = self.random.randrange(1, 6)
        received = DossierReceived(
            dossier, f"H99.12.12-{day}-{serial:04d}", f"1{self.unit}{self.line % 100:02d}{slip_no:08d}0000",
            slips.symbol, slip_no, "01", slip_no, "2.000815", "ban-sao", "2026.11.1",
            {"copies": copies, "pages": self.random.randrange(1, 14), "for_abroad": False},
            (DocumentMark("original", "ok", originals=1), DocumentMark("copy", "ok", kept=True, copies=copies)),
            who.ref, None, local, 1, "day", local[:10] + "T17:00:00", "2026.1", 2000 * copies,
            grants=(slips.grant, block.grant),
        )  # fmt: skip
        self.append(received, *self.paper("acceptance_slip", dossier), subjects=[who])
        self.pay(dossier, who, 2000 * copies, copies)
        return dossier

    def pay(self, dossier: str, who: Subject, amount: int, copies: int = 1) -> ReceiptIssued:
        grant, number = self._number("receipt")
        self._total += amount
        receipt = self.new_id()
        local = (self.at + timedelta(hours=7)).strftime("%Y-%m-%dT%H:%M:%S")
        item = ReceiptItem("chung-thuc-ban-sao", "fee", "Phí chứng thực bản sao từ bản chính", "226/2016/TT-BTC",
                           copies, amount // copies, amount)  # fmt: skip
        fact = ReceiptIssued(
            receipt, grant.form, grant.symbol, grant.series_id, number, (dossier,), who.ref, (item,), amount, "cash",
            local, self._total, grant.grant,
        )  # fmt: skip
        self.append(fact, *self.paper("receipt", receipt))
        return fact

    def guide(self) -> None:
        slips, number = self._number("guidance_slip")
        local = (self.at + timedelta(hours=7)).strftime("%Y-%m-%dT%H:%M:%S")
        guidance = self.new_id()
        fact = GuidanceGiven(
            guidance, f"2{self.unit}{self.line % 100:02d}{number:08d}0000", slips.symbol, number, local, "1.001193",
            "khai-sinh", "2026.11.1", {"married": True}, (DocumentMark("birth", "bad", 1), DocumentMark("id", "ok")),
            None, grant=slips.grant,
        )  # fmt: skip
        self.append(fact, *self.paper("guidance_slip", guidance))

    def day(self, records: int) -> Iterator[Record]:
        """Work until the line holds at least ``records`` records."""
        while len(self.records) < records:
            start = len(self.records)
            if self.random.random() < 0.25:
                self.guide()
            else:
                dossier = self.receive()
                if self.random.random() < 0.8:
                    local = (self.at + timedelta(hours=7)).strftime("%Y-%m-%dT%H:%M:%S")
                    self.append(ResultReturned(dossier, local, "applicant", checks=("slip_scanned", "signed")))
            yield from self.records[start:]
