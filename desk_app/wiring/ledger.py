"""Sổ sách over the use cases of money: only the tasks that the officer's roles allow."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from pathlib import Path

from desk_app.domain.session import Role
from desk_app.services import remittance, waiting_list
from desk_app.services.desk import Desk
from desk_app.services.ports import Printer
from desk_app.services.second_person import PinCheck
from desk_app.ui.screens.day_close_ports import Submit
from desk_app.ui.screens.ledger import LedgerPage
from desk_app.ui.screens.ledger.confirm import ConfirmPage, ConfirmPorts
from desk_app.ui.screens.ledger.remit import RemitPage, RemitPorts
from desk_app.ui.screens.ledger.screen import Task
from desk_app.wiring.printing import print_due


@dataclass(frozen=True)
class LedgerTools:
    """What the tasks are wired with. Files go to ``folder``, where papers without a printer go too."""

    desk: Desk
    printer: Printer
    check: PinCheck
    submit: Submit
    paper: Submit
    folder: Path


def ledger_page(tools: LedgerTools) -> LedgerPage | None:
    """The tab; None when no task is for this officer."""
    officer = tools.desk.officer

    def may(roles: tuple[Role, ...]) -> bool:
        return bool(officer.roles.intersection(roles))

    tasks: list[Task] = []
    if may(remittance.ROLES):
        tasks.append(Task("remit", "Nộp tiền vào Kho bạc", RemitPage(remit_ports(tools))))
    if may(waiting_list.ROLES):
        tasks.append(Task("confirm", "Chờ lãnh đạo xác nhận", ConfirmPage(confirm_ports(tools))))
    return LedgerPage(tasks) if tasks else None


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
