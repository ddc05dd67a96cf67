"""What a restored copy cannot know: the last record of every line, kept outside the database.

After each commit one line of 64 bytes is appended to two files before the command is answered, and flushed to the disk
right after the answer (a power cut in between only leaves the witness behind the database, which accuses nobody). At
the next start a witness ahead of the database shows that an older copy was put back: the line is frozen for money.
May never happen here: personal data, a number of a person, an overwritten line.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from zlib import crc32

LINE_BYTES = 64
_COMPACT_BYTES = 1 << 20


@dataclass(frozen=True, slots=True, order=True)
class Sight:
    """What was seen last on a line: its seq, its last receipt number (0 = none), 8 digits of its head."""

    line: int
    seq: int
    number: int
    head8: str


@dataclass(frozen=True, slots=True)
class Finding:
    """What does not agree with the witness. ``code`` of the messages; numbers for IncidentRaised.

    TP-09: the database is older than the witness or another branch of it (the line is frozen). DL-16: the line is
    missing altogether.
    """

    code: str
    line: int
    witness_seq: int
    witness_number: int
    database_seq: int

    @property
    def seen(self) -> Mapping[str, int]:
        """What an incident record may tell."""
        return {
            "line": self.line,
            "witness_seq": self.witness_seq,
            "witness_number": self.witness_number,
            "database_seq": self.database_seq,
        }


class Witness:
    """Two append-only files, best in folders of two disks. A damaged or missing copy is no alarm: one is enough."""

    def __init__(self, first: Path, second: Path) -> None:
        self._paths = (first, second)
        self._files: list[int] = []
        self._dirty = False
        self.failed = False

    def last(self) -> dict[int, Sight]:
        """The furthest sight of every line over both copies; torn and foreign lines are passed over."""
        found: dict[int, Sight] = {}
        for path in self._paths:
            for sight in _read(path):
                known = found.get(sight.line)
                if known is None or sight.seq >= known.seq:
                    found[sight.line] = sight
        return found

    def note(self, sights: Iterable[Sight]) -> None:
        """Append after a commit; ``sync`` follows. One copy is enough; ``failed``: not even one was written."""
        data = b"".join(_line(sight) for sight in sights)
        if not self._files:
            self._open()
        written = 0
        for file in self._files:
            with suppress(OSError):
                written += os.write(file, data) == len(data)
        self._dirty = True
        self.failed = written == 0

    def sync(self) -> None:
        """Flush what was noted since the last time to the disk."""
        if not self._dirty:
            return
        self._dirty = False
        flushed = 0
        for file in self._files:
            with suppress(OSError):
                _flush(file)
                flushed += 1
        self.failed = self.failed or flushed == 0

    def compact(self) -> None:
        """Keep the last sight of each line when a copy has grown past 1 MiB; by a new file and a rename."""
        sights = self.last()
        for path in self._paths:
            if not path.exists() or path.stat().st_size <= _COMPACT_BYTES:
                continue
            fresh = path.with_suffix(".new")
            with fresh.open("wb") as file:
                file.writelines(_line(sight) for sight in sorted(sights.values()))
                file.flush()
                os.fsync(file.fileno())
            fresh.replace(path)

    def close(self) -> None:
        self.sync()
        for file in self._files:
            os.close(file)
        self._files = []

    def _open(self) -> None:
        for path in self._paths:
            with suppress(OSError):
                path.parent.mkdir(parents=True, exist_ok=True)
                flags = os.O_WRONLY | os.O_CREAT | os.O_APPEND | getattr(os, "O_BINARY", 0)
                file = os.open(path, flags, 0o660)
                self._files.append(file)
                torn = os.fstat(file).st_size % LINE_BYTES
                if torn:  # a power cut inside a line: fill it, so that the next one starts at its place
                    os.write(file, b"\n" * (LINE_BYTES - torn))


#: fdatasync where the system has it: the file's length is flushed too, its times need not be.
_flush = getattr(os, "fdatasync", os.fsync)


def _line(sight: Sight) -> bytes:
    text = f"{sight.line:016d} {sight.seq:012d} {sight.number:010d} {sight.head8}"
    return f"{text} {crc32(text.encode()):08x}".ljust(LINE_BYTES - 1).encode() + b"\n"


def _read(path: Path) -> Iterable[Sight]:
    try:
        data = path.read_bytes()
    except OSError:
        return
    for start in range(0, len(data) - LINE_BYTES + 1, LINE_BYTES):
        parts = data[start : start + LINE_BYTES].decode("ascii", "replace").split()
        if len(parts) == 5 and f"{crc32(' '.join(parts[:4]).encode()):08x}" == parts[4]:
            yield Sight(int(parts[0]), int(parts[1]), int(parts[2]), parts[3])
