"""What is wrong, and where: the words an auditor reads."""

from __future__ import annotations


class Wrong(Exception):
    """The first thing that does not hold. ``byte``: place in ``file``, from 0; ``seq``: number of the record, 0 = none."""

    def __init__(self, why: str, *, file: str = "", seq: int = 0, byte: int = 0) -> None:
        super().__init__(why)
        self.why = why
        self.file = file
        self.seq = seq
        self.byte = byte

    def __str__(self) -> str:
        place = f"Tệp {self.file}, " if self.file else ""
        place += f"mục số {self.seq}, " if self.seq else ""
        return f"{place}byte {self.byte}: {self.why}."


def spot(raw: bytes, key: str) -> int:
    """Where the value of ``key`` begins in a record; 0 when it is not there."""
    at = raw.find(f'"{key}":'.encode())
    return at + len(key) + 3 if at >= 0 else 0
