"""Putting a station to work: the facts that open its line, and the training office that needs no centre.

Before enrolment there are only local training lines (decisions §Design 8): series ``TAPHUAN`` cannot be confused with
any the law's patterns give, nothing of it counts, and every paper carries the watermark.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from desk_app.domain.session import Role
from desk_app.domain.unit import read_profile
from desk_app.services.ports import Ids
from desk_app.storage.store import Store
from sync.protocol.canonical import Value
from sync.protocol.facts import GrantAccepted, OfficerRegistered, UnitProfiled

TRAINING_LINE = 1
TRAINING_SURVEY_LINE = 2
TRAINING_SYMBOL = "TAPHUAN"
_EVER = 99_999_999


@dataclass(frozen=True, slots=True)
class NewLine:
    """A line as granted: number, kind (main, training …), whose it is and the key that signs it (hex)."""

    line: int
    kind: str
    unit: str
    station: str
    station_no: int
    public_key: str
    reason: str = "enrolled"
    after_line: int = 0


@dataclass(frozen=True, slots=True)
class NewOfficer:
    """Somebody who may sign in here from now on."""

    id: str
    name: str
    roles: tuple[Role, ...]


def open_station(
    store: Store,
    line: NewLine,
    profile: Mapping[str, Value],
    grants: Iterable[GrantAccepted],
    officers: Iterable[NewOfficer],
    command_id: str,
) -> None:
    """Open ``line`` and seal on it who the office is, which numbers it may use and who works here; all or nothing.

    Refuses: DL-10 the profile lacks something.
    """
    read_profile(profile)
    with store.write(command_id, "setup") as tx:
        if tx.prior:
            return
        tx.open_line(
            line=line.line,
            unit=line.unit,
            station=line.station,
            kind=line.kind,
            public_key_hex=line.public_key,
            station_no=line.station_no,
            reason=line.reason,
            after_line=line.after_line,
        )
        tx.append(UnitProfiled(profile))
        for grant in grants:
            tx.append(grant)
        for officer in officers:
            tx.append(OfficerRegistered(officer.id, officer.name, tuple(r.value for r in officer.roles)))


def open_survey_line(store: Store, line: NewLine, command_id: str) -> None:
    """Open the line on which anonymous answers are released; without it they wait where they are."""
    with store.write(command_id, "setup") as tx:
        if tx.prior:
            return
        tx.open_line(
            line=line.line,
            unit=line.unit,
            station=line.station,
            kind=line.kind,
            public_key_hex=line.public_key,
            station_no=line.station_no,
            reason=line.reason,
        )


def training_survey_line(main: NewLine) -> NewLine:
    """Beside the training line, for answers given while practising; never sent."""
    return replace(main, line=TRAINING_SURVEY_LINE, kind="training-survey")


def training_line(ids: Ids, profile: Mapping[str, Value]) -> NewLine:
    """The local line of the training office; it has no signing key and is never sent."""
    return NewLine(
        line=TRAINING_LINE,
        kind="training",
        unit=str(profile["code"]),
        station=ids.uuid7(),
        station_no=1,
        public_key="0" * 64,
        reason="training",
    )


def training_grants() -> tuple[GrantAccepted, ...]:
    """Numbers for training: from 1, without end, under a symbol that no lawful series can have."""
    return (
        GrantAccepted("t-receipt", "receipt", "EBL01", TRAINING_SYMBOL, 999, 1, 9_999, "year"),
        GrantAccepted("t-dossier", "dossier", "", "", 0, 1, 9999, "day"),
        GrantAccepted("t-acceptance", "acceptance_slip", "", "TNHS", 0, 1, _EVER, "year"),
        GrantAccepted("t-guidance", "guidance_slip", "", "HDHS", 0, 1, _EVER, "year"),
        GrantAccepted("t-register", "register", "", "01", 0, 1, _EVER, "year"),
        GrantAccepted("t-error-notice", "error_notice", "", "TBSS", 0, 1, _EVER, "year"),
        GrantAccepted("t-void-minutes", "void_minutes", "", "BBXB", 0, 1, _EVER, "year"),
        GrantAccepted("t-certification", "certification", "", "01", 0, 1, _EVER, "year"),
        GrantAccepted("t-apology", "apology", "", "PXL-UBND", 0, 1, _EVER, "year"),
        GrantAccepted("t-stop", "stop_notice", "", "TB-UBND", 0, 1, _EVER, "year"),
        GrantAccepted("t-feedback", "feedback_slip", "", "PTN-PAKN", 0, 1, _EVER, "year"),
        GrantAccepted("t-transfer", "feedback_transfer", "", "PC-UBND", 0, 1, _EVER, "year"),
        GrantAccepted("t-reply", "feedback_reply", "", "UBND-PAKN", 0, 1, _EVER, "year"),
    )


TRAINING_OFFICERS = (
    NewOfficer("tap-huan-1", "Lê Thị Hạnh", (Role.RECEPTION, Role.CASHIER)),
    NewOfficer("tap-huan-2", "Trần Văn Minh", (Role.HEAD, Role.RECEPTION, Role.CASHIER)),
)
TRAINING_PIN = "1234"

#: Invented cards for practising without a scanner; numbers starting 000 are nobody's.
TRAINING_CARDS = (
    "000191000345||Nguyễn Thị Thu Hà|12041991|Nữ|Thôn 4, xã Hòa Mẫu, tỉnh Minh Họa|15082022",
    "000085000127|000123456|Đỗ Văn Dũng|03091985|Nam|Thôn 2, xã Hòa Mẫu, tỉnh Minh Họa|20072021",
    "000164000561||Phạm Thị Bưởi|01011964|Nữ|Thôn 1, xã Hòa Mẫu, tỉnh Minh Họa|11032023",
)
