"""Paying by bank transfer: the code the payer scans, with the amount and the dossier it is for.

The desk can't see the account off-line: the officer looks and ticks; the receipt is issued only then.
"""

from __future__ import annotations

from dataclasses import dataclass

from desk_app.documents.qr import dark_rows
from desk_app.domain.code import short_dossier_code
from desk_app.domain.errors import Refused
from desk_app.domain.vietqr import BankAccount, plain, transfer_text
from desk_app.services import cashier, money
from desk_app.services.desk import Desk
from desk_app.storage.queries import dossiers


@dataclass(frozen=True, slots=True)
class TransferCode:
    """What is shown: the code's rows ("1" dark), the amount in đồng, the account and the words that come with it."""

    text: str
    rows: tuple[str, ...]
    amount_vnd: int
    account: str
    owner: str
    purpose: str


def code_for(desk: Desk, dossier: str) -> TransferCode:
    """The code for what a dossier owes today. Refuses: TP-40 no account is known, TP-20 nothing is owed, TP-18."""
    with desk.store.read() as tx:
        tx.use_line(desk.line_kind)
        bank = desk.profile(tx).bank
        if bank is None:
            raise Refused("TP-40")
        found = dossiers.detail(tx, dossier)
        amount = money.total(cashier.owed(desk, tx, dossier), required=True)
        if found is None or not amount or found.row.paid_vnd:
            raise Refused("TP-20", dossier=found.row.code if found else "")
    text, purpose = code_of(bank, amount, found.row.code)
    return TransferCode(text, dark_rows(text), amount, bank.account, bank.name, purpose)


def code_of(bank: BankAccount, amount_vnd: int, dossier_code: str) -> tuple[str, str]:
    """The bank's code for the fee of a dossier, and the words that come with the money."""
    purpose = plain(f"LP {short_dossier_code(dossier_code)}")
    return transfer_text(bank, amount_vnd, purpose), purpose
