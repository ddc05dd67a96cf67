"""The desk: every port a use case needs, in one frozen bundle that is passed in and never global."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta, timezone
from functools import lru_cache

from desk_app.domain.catalogue import Catalogue
from desk_app.domain.errors import Failed
from desk_app.domain.overlay import Overlay, lay_over
from desk_app.domain.procedure import Procedure
from desk_app.domain.session import Officer
from desk_app.domain.unit import UnitProfile, read_profile
from desk_app.services.ports import Clock, Ids, ReceiptSigner
from desk_app.storage.queries import profile as profile_query
from desk_app.storage.store import Store
from desk_app.storage.transaction import ReadTx

VIETNAM = timezone(timedelta(hours=7))  # fixed: the PC's own zone and its zone data are not trusted


@dataclass(frozen=True, slots=True)
class Desk:
    """One station at work. ``officer`` is who signed in; ``training``: nothing printed here has any value.

    ``signer``: the office's digital signature while it is unlocked, else None.
    ``layers``: what province and commune lay over the catalogue and the office's profile.
    """

    store: Store
    clock: Clock
    ids: Ids
    catalogue: Catalogue
    officer: Officer
    training: bool
    line_kind: str
    wake_sync: Callable[[], None] = lambda: None
    signer: Callable[[], ReceiptSigner | None] = lambda: None
    layers: tuple[Overlay, ...] = ()

    def signed_in(self, officer: Officer) -> Desk:
        return replace(self, officer=officer)

    def now(self) -> datetime:
        """Local time of Vietnam, naive, whole seconds: what is printed and counted with."""
        return local_time(self.clock.now_utc())

    def profile(self, tx: ReadTx) -> UnitProfile:
        """The office as of now, with its layers. Refuses DL-10 when the profile cannot be read."""
        found = profile_query.unit(tx)
        if found is None:
            raise Failed("DL-10", key="profile")
        return lay_over(profile_of(found), self.layers)

    def procedure_name(self, procedure_id: str) -> str:
        """Its name, or the id when it has left the catalogue."""
        found = self.catalogue.procedures.get(procedure_id)
        return found.name if found is not None else procedure_id

    def procedure(self, procedure_id: str) -> Procedure:
        """A procedure of the catalogue in use. Raises KeyError for an unknown id."""
        return self.catalogue.procedures[procedure_id]


@lru_cache(maxsize=4)
def profile_of(text: str) -> UnitProfile:
    """The same text is the same office: read once, not with every intake."""
    return read_profile(json.loads(text))


def local_time(moment: datetime) -> datetime:
    """Vietnam's local time of an aware moment, naive, whole seconds."""
    return moment.astimezone(VIETNAM).replace(tzinfo=None, microsecond=0)


def stamp(local: datetime) -> str:
    """A local time as facts hold it: ``2026-11-25T10:40:00``."""
    return local.isoformat(timespec="seconds")


def utc(local: datetime) -> datetime:
    return local.replace(tzinfo=VIETNAM).astimezone(UTC)
