"""Where the sealed spare line waits: its grant beside the desk's settings, its key in the vault under its number."""

from __future__ import annotations

from desk_app.domain.errors import Refused
from desk_app.services import spare
from desk_app.services.desk import Desk
from desk_app.storage.store import Store
from sync.protocol.messages import LineGrant, decode, encode

_GRANT, _KEY = "sync-spare", "sync-spare-key"


def keep_spare(store: Store, grant: LineGrant, public_key: str) -> None:
    """Put a spare line away, sealed, as it came from the centre."""

    def job() -> None:
        with store.write("", "sync") as tx:
            tx.set_setting(_GRANT, encode(grant).decode())
            tx.set_setting(_KEY, public_key)

    store.call(job)


def has_spare(store: Store) -> bool:
    """Whether a spare line lies ready."""
    return bool(store.call(lambda: _kept(store))[0])


def open_spare(desk: Desk) -> None:
    """Break the seal: see ``services.spare``. Refuses also DB-23: no spare line lies here."""
    grant, key = desk.store.call(lambda: _kept(desk.store))
    if not grant:
        raise Refused("DB-23")
    desk.store.call(lambda: spare.open_spare(desk, decode(LineGrant, grant.encode()), key))
    desk.store.call(lambda: _break_seal(desk.store))


def _kept(store: Store) -> tuple[str, str]:
    with store.read() as tx:
        return tx.setting(_GRANT) or "", tx.setting(_KEY) or ""


def _break_seal(store: Store) -> None:
    with store.write("", "sync") as tx:
        tx.set_setting(_GRANT, "")
