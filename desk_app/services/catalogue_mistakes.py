"""An officer tells that the catalogue is wrong somewhere: a short text about a procedure, kept as a fact and sent up.

It is about data and never about a person: a text with a number long enough to be somebody's is not taken.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from desk_app.domain.errors import Refused
from desk_app.domain.text import nfc
from desk_app.services.desk import Desk, stamp
from desk_app.services.dossiers import officer_names
from desk_app.storage.queries import catalogue as catalogue_query
from sync.protocol.catalogue_facts import CatalogueMistakeReported
from sync.protocol.codec import from_body

PARTS: Final = (
    "Tên, lời giải thích", "Giấy tờ", "Phí, lệ phí", "Thời hạn", "Nơi nộp, cơ quan", "Câu hỏi", "Mẫu tờ khai",
    "Căn cứ pháp lý", "Khác",
)  # fmt: skip
MOST: Final = 1_000
_SOMEBODY: Final = re.compile(r"\d(?:[ .-]?\d){8,}")


@dataclass(frozen=True, slots=True)
class ReportMistake:
    """``part``: one of ``PARTS``; ``text``: what is wrong and how it should be."""

    id: str
    procedure: str
    part: str
    text: str


@dataclass(frozen=True, slots=True)
class Mistake:
    """What somebody of the office reported."""

    part: str
    text: str
    at: datetime
    officer: str


def report(desk: Desk, command: ReportMistake) -> CatalogueMistakeReported:
    """Keep it and send it up; the same command twice is once.

    Refuses: TN-52 nothing was written, TN-51 a number that may be a person's, DM-11 there is no such procedure.
    """
    text = " ".join(nfc(command.text).split())
    if not text or len(text) > MOST:
        raise Refused("TN-52", most=MOST)
    if _SOMEBODY.search(text):
        raise Refused("TN-51")
    if command.procedure not in desk.catalogue.procedures:
        raise Refused("DM-11", what=command.procedure)
    with desk.store.write(command.id, desk.officer.id) as tx:
        if tx.prior:
            envelope = tx.prior[0].envelope
            before = from_body(envelope.kind, envelope.v, envelope.body)
            assert isinstance(before, CatalogueMistakeReported)
            return before
        tx.use_line(desk.line_kind)
        now = desk.now()
        variant = desk.procedure(command.procedure).variant_on(now.date())
        fact = CatalogueMistakeReported(
            report=desk.ids.uuid7(),
            procedure=command.procedure,
            variant=variant.id if variant else "",
            catalogue=desk.catalogue.version,
            field=command.part if command.part in PARTS else PARTS[-1],
            text=text,
            reported_at=stamp(now),
        )
        tx.append(fact)
    desk.wake_sync()
    return fact


def reported(desk: Desk, procedure: str) -> tuple[Mistake, ...]:
    """What was reported about a procedure here, the newest first, so that nobody says it twice."""
    names = officer_names(desk)
    with desk.store.read() as tx:
        rows = catalogue_query.mistakes(tx, procedure)
    return tuple(
        Mistake(r.field, r.text, datetime.fromisoformat(r.reported_at), names.get(r.officer, r.officer)) for r in rows
    )
