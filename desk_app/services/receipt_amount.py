"""The right amount of a receipt: the answers the fee came from are asked again, and the amount is computed, never typed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from desk_app.domain.assessment import usable_answers
from desk_app.domain.errors import Refused
from desk_app.domain.fees import questions_of_fees
from desk_app.domain.procedure import Question
from desk_app.services import receipt_undo
from desk_app.services.desk import Desk
from desk_app.storage.queries import dossiers, receipts
from desk_app.storage.rows import ReceiptRow
from desk_app.storage.transaction import ReadTx
from sync.protocol.facts import Answer

#: Answers that were wrong, by dossier and question.
Corrections = Mapping[str, Mapping[str, Answer]]


@dataclass(frozen=True, slots=True)
class FeeAnswer:
    """A question the fee of a dossier depends on and what was answered when the dossier was taken."""

    dossier: str
    code: str
    question: Question
    answer: Answer


def fee_answers(desk: Desk, receipt: str) -> tuple[FeeAnswer, ...]:
    """What a receipt's amount was computed from, in the order it was asked; none when it has no dossier."""
    with desk.store.read() as tx:
        row = _receipt(tx, receipt)
        return tuple(answer for dossier in row.dossiers for answer in _of_dossier(desk, tx, row, dossier))


def right_amount(desk: Desk, receipt: str, answers: Corrections) -> int:
    """The total in đồng with those answers, by the tariffs of the day of collection.

    Refuses: HS-08 no such receipt, TP-18 a tariff is unknown, TN-09 the procedure was not in force.
    """
    with desk.store.read() as tx:
        items = receipt_undo.corrected_items(desk, tx, _receipt(tx, receipt), answers)
        return sum(item.amount_vnd for item in items)


def _of_dossier(desk: Desk, tx: ReadTx, row: ReceiptRow, dossier: str) -> list[FeeAnswer]:
    found = dossiers.detail(tx, dossier)
    if found is None or found.row.procedure not in desk.catalogue.procedures:
        return []
    procedure = desk.procedure(found.row.procedure)
    variant = procedure.variant_on(date.fromisoformat((row.happened_at or row.issued_at)[:10]))
    if variant is None:
        return []
    wanted, given = questions_of_fees(variant), usable_answers(procedure, found.answers)
    return [
        FeeAnswer(dossier, found.row.code, question, given[question.id])
        for question in procedure.questions
        if question.id in wanted and question.id in given and question.computed is None
    ]


def _receipt(tx: ReadTx, receipt: str) -> ReceiptRow:
    row = receipts.get(tx, receipt)
    if row is None:
        raise Refused("HS-08")
    return row
