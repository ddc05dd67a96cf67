"""Sổ sách over the use cases of money: only the tasks that the officer's roles allow."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from desk_app.domain.errors import Refused
from desk_app.domain.session import Role
from desk_app.services import dossiers, export, late_receipts, remittance, tax_data, waiting_list
from desk_app.services.desk import Desk
from desk_app.services.dossiers import Found
from desk_app.services.ports import Printer, ReceiptSigner
from desk_app.services.second_person import PinCheck
from desk_app.services.tax_data import MakeTaxData, TaxFiles
from desk_app.system.exports import save
from desk_app.ui.screens.day_close_ports import Submit
from desk_app.ui.screens.ledger.confirm import ConfirmPage, ConfirmPorts
from desk_app.ui.screens.ledger.export import ExportPage, ExportPorts
from desk_app.ui.screens.ledger.kit import SavedFiles
from desk_app.ui.screens.ledger.late import LateDossier, LatePage, LatePorts
from desk_app.ui.screens.ledger.remit import RemitPage, RemitPorts
from desk_app.ui.screens.ledger.screen import Task
from desk_app.ui.screens.ledger.tax import TaxPage, TaxPorts
from desk_app.wiring.printing import print_due
from desk_app.wiring.sync_store import StoreOutbox, StoreVault
from sync.desk.keys import SeedSigner

#: Unlocks the office's digital signature with its PIN (``Station.unlock_signer``).
Unlock = Callable[[str], ReceiptSigner]
Ids = Callable[[], frozenset[str]]


def _no_signature(_pin: str) -> ReceiptSigner:
    raise Refused("TP-34")


@dataclass(frozen=True)
class LedgerTools:
    """What the tasks are wired with. Files go to ``folder``, where papers without a printer go too.

    ``check`` proves an officer by PIN (the key slots), or one of ``passphrases`` by that.
    """

    desk: Desk
    printer: Printer
    check: PinCheck
    submit: Submit
    paper: Submit
    folder: Path
    unlock: Unlock = _no_signature
    passphrases: Ids = frozenset


def ledger_tasks(tools: LedgerTools) -> list[Task]:
    """The tasks that are for this officer; a page is built when it is wanted."""
    officer = tools.desk.officer

    def may(roles: tuple[Role, ...]) -> bool:
        return bool(officer.roles.intersection(roles))

    tasks: list[Task] = []
    if may(remittance.ROLES):
        tasks.append(Task("remit", "Nộp tiền vào Kho bạc", lambda: RemitPage(remit_ports(tools))))
    if may(waiting_list.ROLES):
        tasks.append(Task("confirm", "Chờ lãnh đạo xác nhận", lambda: ConfirmPage(confirm_ports(tools))))
    if may(tax_data.ROLES) and not tools.desk.training:  # training receipts never reach the tax authority
        tasks.append(Task("tax", "Dữ liệu thuế", lambda: TaxPage(tax_ports(tools))))
    if may(export.ROLES):
        tasks.append(Task("export", "Xuất sổ cho kiểm tra", lambda: ExportPage(export_ports(tools))))
    if may(late_receipts.ROLES) and late_receipts.possible(tools.desk):
        tasks.append(Task("late", "Nhập biên lai giấy", lambda: LatePage(late_ports(tools))))
    return tasks


def remit_ports(tools: LedgerTools) -> RemitPorts:
    """What a payment to the treasury needs."""
    desk = tools.desk
    return RemitPorts(
        new_id=desk.ids.uuid7,
        submit=tools.submit,
        paper_submit=tools.paper,
        overview=partial(remittance.overview, desk),
        remit=partial(remittance.remit, desk),
        print_papers=partial(print_due, desk, tools.printer),
    )


def confirm_ports(tools: LedgerTools) -> ConfirmPorts:
    """What the head's confirmation needs; the PIN is proved on the paper thread."""
    desk = tools.desk
    return ConfirmPorts(
        officer=desk.officer.name,
        new_id=desk.ids.uuid7,
        submit=tools.submit,
        paper_submit=tools.paper,
        waiting=partial(waiting_list.waiting, desk),
        confirm=partial(waiting_list.confirm, desk, tools.check),
    )


def tax_ports(tools: LedgerTools) -> TaxPorts:
    """What the tax data needs; the files are written on the paper thread."""
    desk = tools.desk

    def make(command: MakeTaxData) -> SavedFiles:
        return _save_tax(tools, desk.store.call(lambda: tax_data.make(desk, command)))

    def save_again(data: str) -> SavedFiles:
        return _save_tax(tools, desk.store.call(lambda: tax_data.files_of(desk, data)))

    return TaxPorts(
        now=desk.now,
        new_id=desk.ids.uuid7,
        submit=tools.submit,
        paper_submit=tools.paper,
        open_now=partial(tax_data.open_now, desk),
        made=partial(tax_data.made, desk),
        make=make,
        save_again=save_again,
    )


def _save_tax(tools: LedgerTools, files: TaxFiles) -> SavedFiles:
    paths = [
        save(tools.folder, f"{files.name}.{end}", data) for end, data in (("xml", files.xml), ("xlsx", files.xlsx))
    ]
    return SavedFiles(tuple(path.name for path in paths), str(tools.folder), files.rows)


def export_ports(tools: LedgerTools) -> ExportPorts:
    """What the export for the checker needs."""
    return ExportPorts(paper_submit=tools.paper, export=partial(_export, tools))


def _export(tools: LedgerTools, with_signed: bool) -> SavedFiles:
    """Write the export. A desk that trains, or has no key of its line yet, writes one without signature and says so."""
    desk = tools.desk
    identity = StoreOutbox(desk.store, desk.ids).identity()
    centre_key = identity.centre_key if identity else ""

    def job(sign: export.LineSigner | None) -> export.Export:
        return desk.store.call(lambda: export.export(desk, sign=sign, centre_key=centre_key, with_signed=with_signed))

    signed = not desk.training
    try:
        made = job(SeedSigner(StoreVault(desk.store)).sign if signed else None)
    except KeyError:
        signed, made = False, job(None)
    path = save(tools.folder, made.name, made.data)
    return SavedFiles((path.name,), str(path.parent), made.records, signed)


def late_ports(tools: LedgerTools) -> LatePorts:
    """What the entry of hand-written receipts needs."""
    desk = tools.desk

    def told(found: Found) -> LateDossier:
        row = found.detail.row
        return LateDossier(row.dossier, row.code, row.name, desk.procedure_name(row.procedure))

    return LatePorts(
        now=desk.now,
        new_id=desk.ids.uuid7,
        submit=tools.submit,
        book=partial(late_receipts.book, desk),
        find=lambda text: tuple(told(found) for found in dossiers.owing(desk, text)),
        by_slip=lambda digits: told(dossiers.by_slip(desk, digits)),
        owed=partial(late_receipts.owed, desk),
        enter=partial(late_receipts.enter, desk),
    )
