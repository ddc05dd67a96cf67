"""Hồ sơ, Thu phí and Trả kết quả over the use cases: rows become what the screens ask for, nothing is decided here."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from concurrent.futures import Future
from functools import partial
from pathlib import Path
from typing import Any

from desk_app.domain.errors import DeskError
from desk_app.domain.identity import parse_card
from desk_app.domain.name_lexicon import NameLexicon
from desk_app.services import cashier, dossiers, results, scans, transfer
from desk_app.services.desk import Desk
from desk_app.services.dossiers import Found
from desk_app.services.ports import Printer
from desk_app.ui.forms.result import Claim
from desk_app.ui.screens.dossiers import DossierPorts, Query, Rows
from desk_app.ui.screens.fees import FeePorts, Owed
from desk_app.ui.screens.results import ResultPorts
from desk_app.wiring.feedback import rate
from desk_app.wiring.life import life_ports
from desk_app.wiring.printing import print_due
from desk_app.wiring.series import receipt_series

Submit = Callable[[Callable[..., Any]], "Future[Any]"]


def dossier_ports(
    desk: Desk,
    printer: Printer,
    names: Mapping[str, str],
    submit: Submit,
    paper: Submit,
    folder: Path | None = None,
) -> DossierPorts:
    """What the list of dossiers needs. ``names``: officers' by id."""
    return DossierPorts(
        calendar=desk.catalogue.calendar,
        now=desk.now,
        new_id=desk.ids.uuid7,
        procedure_name=desk.procedure_name,
        officer_name=lambda officer: names.get(officer, ""),
        submit=submit,
        find=lambda query: _rows(desk, query),
        counts=partial(dossiers.counts, desk),
        detail=partial(dossiers.detail, desk),
        settle=partial(results.settle, desk),
        print_papers=partial(print_due, desk, printer),
        paper_submit=paper,
        life=life_ports(desk, printer, folder),
        papers_of=partial(scans.papers, desk),
        attach=partial(_attach, desk),
    )


def _attach(desk: Desk, command: str, dossier: str, paper: str, path: str) -> str:
    return desk.store.call(lambda: scans.attach(desk, scans.AttachScan(command, dossier, paper, Path(path))))


def fee_ports(desk: Desk, printer: Printer, submit: Submit, paper: Submit) -> FeePorts:
    """What the cash desk needs."""
    return FeePorts(
        catalogue_version=desk.catalogue.version,
        now=desk.now,
        new_id=desk.ids.uuid7,
        submit=submit,
        by_slip=lambda digits: _owed(desk, dossiers.by_slip(desk, digits)),
        by_dossier=lambda dossier: _owed(desk, dossiers.by_id(desk, dossier)),
        find=lambda text: tuple(_owed(desk, f) for f in dossiers.owing(desk, text)),
        collect=partial(cashier.collect, desk),
        of_day=partial(cashier.of_day, desk),
        purpose=lambda receipt: getattr(receipt, "purpose", ""),
        state=lambda receipt: getattr(receipt, "state", ""),
        series=partial(receipt_series, desk),
        print_papers=partial(print_due, desk, printer),
        paper_submit=paper,
        transfer_code=partial(transfer.code_for, desk),
    )


def result_ports(desk: Desk, names: NameLexicon, submit: Submit) -> ResultPorts:
    """What handing over needs."""
    return ResultPorts(
        now=desk.now,
        new_id=desk.ids.uuid7,
        read_card=lambda text: parse_card(text, names),
        submit=submit,
        by_slip=lambda digits: _claim(desk, dossiers.by_slip(desk, digits)),
        by_dossier=lambda dossier: _claim(desk, dossiers.by_id(desk, dossier)),
        find=lambda text: tuple(_claim(desk, f) for f in dossiers.look_up(desk, text, first="ready")),
        collect=partial(cashier.collect, desk),
        return_result=partial(results.return_result, desk),
        survey=partial(rate, desk),
    )


def _rows(desk: Desk, query: Query) -> Rows:
    page = dossiers.find(desk, query.text, query.filter, query.after)  # type: ignore[arg-type]
    return Rows(page.rows, page.more)


def _owed(desk: Desk, found: Found) -> Owed:
    row = found.detail.row
    procedure = desk.catalogue.procedures.get(row.procedure)
    variant = procedure.variant_on(desk.now().date()) if procedure is not None else None
    return Owed(
        row.dossier,
        row.code,
        row.name,
        desk.procedure_name(row.procedure),
        _fee(desk, row.dossier),
        variant,
        row.paid_vnd,
    )


def _fee(desk: Desk, dossier: str) -> Any:
    """The fee of today; None when the catalogue no longer says (the screen then takes nothing)."""
    try:
        with desk.store.read() as tx:
            return cashier.owed(desk, tx, dossier)
    except (DeskError, KeyError):
        return None


def _claim(desk: Desk, found: Found) -> Claim:
    detail, row = found.detail, found.detail.row
    return Claim(
        dossier=row.dossier,
        code=row.code,
        name=row.name,
        procedure=desk.procedure_name(row.procedure),
        state=row.state,
        due_at=row.due_at,
        settled_at=row.settled_at,
        returned_at=row.returned_at,
        result=detail.result_no,
        copies=1,
        owed_vnd=row.owed_vnd,
        id_numbers=found.id_numbers,
    )
