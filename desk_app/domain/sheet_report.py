"""What a spreadsheet of an office says beside the catalogue, row by row."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class Verdict(StrEnum):
    """What a row says beside the catalogue."""

    SAME = "same"
    DIFFERS = "differs"
    UNKNOWN = "unknown"
    UNREADABLE = "unreadable"


@dataclass(frozen=True, slots=True)
class ReportLine:
    """One row of the sheet: its number, what it is about, the verdict, the reasons in words."""

    row: int
    name: str
    verdict: Verdict
    reasons: tuple[str, ...] = ()
    procedure: str = ""


@dataclass(frozen=True, slots=True)
class Report:
    """The dry run. ``tariffs``: đồng by setting, where the sheet gives one amount for one unset or other tariff."""

    lines: tuple[ReportLine, ...]
    tariffs: Mapping[str, int]

    def count(self, verdict: Verdict) -> int:
        return sum(line.verdict is verdict for line in self.lines)
