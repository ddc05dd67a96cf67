"""Thu phí with its tabs over the use cases of money."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from desk_app.domain.session import Role
from desk_app.services import cashier, day_close, receipt_amount, receipt_undo, second_person, signing
from desk_app.services.desk import Desk
from desk_app.services.ports import Printer
from desk_app.services.second_person import PinCheck
from desk_app.ui.screen import Page
from desk_app.ui.screens.cash_desk import CashDeskPage
from desk_app.ui.screens.day_close import DayClosePage
from desk_app.ui.screens.day_close_ports import DayClosePorts, Person, Submit
from desk_app.ui.screens.fees import FeesPage
from desk_app.ui.screens.ledger import LedgerPage
from desk_app.ui.screens.receipts import ReceiptPorts, ReceiptsPage
from desk_app.ui.screens.stopped import StoppedPage
from desk_app.ui.screens.undo_panel import ReceiptLine
from desk_app.wiring import lists
from desk_app.wiring.ledger import Ids, LedgerTools, Unlock, ledger_tasks
from desk_app.wiring.paper_watch import answer, jobs_of, unsure
from desk_app.wiring.printing import print_due
from desk_app.wiring.spare import stopped_ports


def cash_desk_page(tools: LedgerTools) -> CashDeskPage:
    """The page of the rail, with the tabs of the officer's roles."""
    desk, printer, submit, paper = tools.desk, tools.printer, tools.submit, tools.paper
    roles = desk.officer.roles
    builders: dict[str, Callable[[], Page]] = {}
    if roles.intersection(cashier.ROLES):
        builders["fees"] = lambda: FeesPage(lists.fee_ports(desk, printer, submit, paper))
    builders["receipts"] = lambda: ReceiptsPage(
        receipt_ports(desk, printer, tools.check, submit, paper, tools.unlock, tools.passphrases)
    )
    if roles.intersection(day_close.ROLES):
        builders["close"] = lambda: DayClosePage(
            close_ports(desk, printer, tools.check, submit, paper, tools.passphrases)
        )
    if tasks := ledger_tasks(tools):
        builders["ledger"] = lambda: LedgerPage(tasks)
    return CashDeskPage(
        builders, lambda: StoppedPage(stopped_ports(desk, tools.check, submit, paper, tools.passphrases))
    )


def close_ports(
    desk: Desk, printer: Printer, check: PinCheck, submit: Submit, paper: Submit, passphrases: Ids = frozenset
) -> DayClosePorts:
    """What the closing needs."""
    return DayClosePorts(
        officer=desk.officer.name,
        new_id=desk.ids.uuid7,
        submit=submit,
        paper_submit=paper,
        readiness=partial(day_close.readiness, desk),
        book=partial(day_close.book, desk),
        close=partial(day_close.close, desk),
        receivers=_people(desk, day_close.RECEIVERS, passphrases),
        prove=partial(second_person.prove, desk, check),
        print_papers=partial(print_due, desk, printer),
        reasons=tuple(day_close.REASONS.items()),
    )


def receipt_ports(
    desk: Desk,
    printer: Printer,
    check: PinCheck,
    submit: Submit,
    paper: Submit,
    unlock: Unlock,
    passphrases: Ids = frozenset,
) -> ReceiptPorts:
    """What the list of receipts needs."""
    return ReceiptPorts(
        now=desk.now,
        new_id=desk.ids.uuid7,
        submit=submit,
        paper_submit=paper,
        of_day=lambda day: tuple(_line(r) for r in cashier.of_day(desk, day)),
        by_code=lambda digits: _line(cashier.by_code(desk, digits)),
        seconds=_people(desk, second_person.ROLES, passphrases),
        prove=partial(second_person.prove, desk, check),
        note_error=partial(receipt_undo.note_error, desk),
        replace=partial(receipt_undo.replace_receipt, desk),
        void=partial(receipt_undo.void_receipt, desk),
        fee_answers=partial(receipt_amount.fee_answers, desk),
        right_amount=partial(receipt_amount.right_amount, desk),
        print_papers=partial(print_due, desk, printer),
        unsure=partial(unsure, desk, jobs_of(printer)),
        answer=partial(answer, desk, printer),
        sign=partial(_sign, desk, unlock),
        may_undo=bool(desk.officer.roles.intersection(receipt_undo.ROLES)),
    )


def _sign(desk: Desk, unlock: Unlock, pin: str) -> int:
    """Unlock and sign what waits; answers how many. Raises what stopped it."""
    done, error = signing.sign_waiting(desk, unlock(pin))
    if error is not None:
        raise error
    return done


def _people(desk: Desk, roles: tuple[Role, ...], passphrases: Ids) -> Callable[[], tuple[Person, ...]]:
    def people() -> tuple[Person, ...]:
        typed = passphrases()
        return tuple(Person(o.officer, o.name, o.officer in typed) for o in second_person.candidates(desk, roles))

    return people


def _line(r: cashier.ReceiptLine) -> ReceiptLine:
    return ReceiptLine(
        r.receipt, r.symbol, str(r.number) if r.electronic else f"{r.number:07d}", r.issued_at[11:16], r.name,
        r.purpose, r.total_vnd, r.state, r.electronic, r.alive, r.refs,
    )  # fmt: skip
