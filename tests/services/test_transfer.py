"""Paying by transfer: the code holds the amount of today and what it is for, never a name."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
import zxingcpp

from desk_app.domain.errors import Refused
from desk_app.domain.vietqr import fields, read
from desk_app.services import cashier, papers, transfer
from desk_app.storage.queries import receipts
from tests.documents.reading import picture_of, text_of
from tests.services.money_desk import open_cash_desk
from tests.services.test_receipt_undo import a_copy_dossier

BANK = {"bin": "970403", "account": "0011012345678", "name": "UBND xã Hòa Mẫu"}


def test_the_code_is_for_what_the_dossier_owes(tmp_path: Path) -> None:
    desk = open_cash_desk(tmp_path, profile={"bank": BANK})
    dossier = a_copy_dossier(desk, 3, 2)
    code = desk.call(transfer.code_for, dossier)
    found = read(code.text)
    assert (found["54"], code.amount_vnd) == ("10000", 10_000)
    assert fields(found["62"])["08"] == code.purpose
    assert "Dung" not in code.text
    assert len(code.rows) == len(code.rows[0]) >= 25
    desk.take(10_000, dossiers=(dossier,))
    with pytest.raises(Refused, match="TP-20"):
        desk.call(transfer.code_for, dossier)
    desk.close()


def test_without_an_account_nothing_is_offered(tmp_path: Path) -> None:
    desk = open_cash_desk(tmp_path, profile={"bank": None})
    with pytest.raises(Refused, match="TP-40"):
        desk.call(transfer.code_for, a_copy_dossier(desk, 3, 2))
    desk.close()


def test_the_slip_of_an_unpaid_dossier_can_be_paid_from_home(tmp_path: Path) -> None:
    desk = open_cash_desk(tmp_path, profile={"bank": BANK})
    dossier = a_copy_dossier(desk, 3, 2)
    pdf = papers.make(desk.desk, f"acceptance_slip:{dossier}")
    assert "Nộp bằng chuyển khoản" not in text_of(pdf, 0)
    assert "Nộp bằng chuyển khoản" in text_of(pdf, 1)
    found = {str(code.text) for code in zxingcpp.read_barcodes(picture_of(pdf, 200, 1))}
    (bank_code,) = (text for text in found if not text.isdigit())
    assert read(bank_code)["54"] == "10000"
    desk.close()


def test_what_the_bank_calls_the_transfer_is_noted_with_the_receipt(tmp_path: Path) -> None:
    desk = open_cash_desk(tmp_path, profile={"bank": BANK})
    dossier = a_copy_dossier(desk, 3, 2)
    command = cashier.CollectFee("c-1", dossier, "transfer", " ft26329-123456 ")
    done = desk.call(cashier.collect, command)
    assert desk.call(cashier.collect, command).repeated
    assert desk.query(receipts.transfer_reference, done.receipt) == "FT26329123456"
    (line,) = desk.call(cashier.of_day, date(2026, 11, 25))
    assert line.refs == "Chuyển khoản FT26329123456"
    assert desk.desk.store.rebuild().differences == ()
    desk.close()
