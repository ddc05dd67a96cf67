"""How many receipts a second ``receipt-check`` follows: ``python -m tests.bench.checker [COUNT]``. Signatures apart."""

from __future__ import annotations

import sys
import tempfile
import time
from pathlib import Path

from sync.checker.check import check_file
from sync.protocol.codec import to_body
from sync.protocol.envelope import GENESIS, Envelope, seal
from sync.protocol.facts import Fact, GrantAccepted, LineOpened, ReceiptIssued, ReceiptItem
from sync.protocol.subject import SubjectRef

WHO = SubjectRef("01a21201-29d8-77a4-8b10-c6046237656b", "5a" * 32)


def write(file: Path, count: int) -> None:
    """A line of ``count`` receipts."""
    head, seq = GENESIS, 0
    with file.open("wb") as out:

        def append(fact: Fact) -> None:
            nonlocal head, seq
            seq += 1
            record = seal(
                Envelope("99012", "7f0c1d2e-3a4b-4c5d-8e6f-001122334455", 1_000_001, seq, f"id-{seq}", fact.KIND,
                         fact.V, "2026-11-25T03:40:22.123Z", 420, "cb-hanh", head, to_body(fact))
            )  # fmt: skip
            head = record.h
            out.write(record.raw + b"\n")

        append(LineOpened("main", 1, "ab" * 32, "enrolled"))
        append(GrantAccepted("g", "receipt", "EBL01", "26TAA", 1, 1, 99_999_999, "all"))
        item = ReceiptItem("chung-thuc", "fee", "Phí chứng thực bản sao từ bản chính", "226/2016/TT-BTC", 3, 2000, 6000)
        for n in range(1, count + 1):
            append(ReceiptIssued(f"r-{n}", "EBL01", "26TAA", 1, n, (f"d-{n}",), WHO, (item,), 6000, "cash",
                                 "2026-11-25T10:42:00", 6000 * n, "g"))  # fmt: skip


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "line.jsonl"
        write(file, count)
        seconds = []
        for _ in range(3):
            start = time.process_time()  # its own time: others share the machine
            assert check_file(file).receipts == count
            seconds.append(time.process_time() - start)
    print(f"{count} receipts, {count / min(seconds):,.0f} a second of processor time (best of {len(seconds)})")


if __name__ == "__main__":
    main()
