"""Facts about sending itself: the day receipt of both sides, and a claimed online dossier."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from sync.protocol.facts import Fact, FactError, _check_vnd


@dataclass(frozen=True, slots=True)
class LineMark:
    """A line was compared up to ``last``, whose record has the hash ``head``."""

    line: int
    last: int
    head: str


@dataclass(frozen=True, slots=True)
class DayMatched(Fact):
    """The centre's signed word about a day: are both sides equal (``answer_sha256``: the kept answer, to the byte).

    ``matched_at``: the centre's time, UTC. ``records``, ``receipts`` and ``collected_vnd`` as this desk counted them;
    ``differences``: places that differ, 0 when ``equal``.
    """

    KIND: ClassVar[str] = "day.matched"
    match: str
    day: str
    matched_at: str
    equal: bool
    records: int
    receipts: int
    collected_vnd: int
    differences: int
    answer_sha256: str
    through: tuple[LineMark, ...]

    def __post_init__(self) -> None:
        _check_vnd("collected_vnd", self.collected_vnd)


@dataclass(frozen=True, slots=True)
class OnlineAccepted(Fact):
    """An online dossier was taken over by this desk under the centre's claim, and became ``dossier``."""

    KIND: ClassVar[str] = "online.accepted"
    online: str
    dossier: str
    accepted_at: str


@dataclass(frozen=True, slots=True)
class ScanAttached(Fact):
    """A picture or PDF of a paper of ``dossier`` lies at this desk and follows in chunks, named by its hash.

    ``document``: the paper's id on the checklist, "" = another one; ``title``: its name there. ``size`` in bytes.
    """

    KIND: ClassVar[str] = "scan.attached"
    dossier: str
    document: str
    title: str
    sha256: str
    size: int
    media_type: str
    attached_at: str

    def __post_init__(self) -> None:
        if len(self.sha256) != 64 or self.size < 1:
            raise FactError("scan.attached: a scan has a hash and a size")
