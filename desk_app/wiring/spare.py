"""Where the sealed spare line waits: its grant beside the desk's settings, its key in the vault under its number."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from desk_app.domain.errors import Refused
from desk_app.services import spare
from desk_app.services.desk import Desk
from desk_app.services.second_person import PinCheck
from desk_app.storage.store import Store
from desk_app.storage.transaction import WriteTx
from desk_app.ui.screens.day_close_ports import Person, Submit
from desk_app.ui.screens.stopped import StoppedPorts
from sync.protocol.messages import LineGrant, decode, encode
from sync.protocol.sign import public_key

_GRANT, _KEY = "sync-spare", "sync-spare-key"


def keep_spare(store: Store, grant: LineGrant, key: str) -> None:
    """Put a spare line away, sealed, as it came from the centre."""

    def job() -> None:
        with store.write("", "sync") as tx:
            tx.set_setting(_GRANT, encode(grant).decode())
            tx.set_setting(_KEY, key)

    store.call(job)


def put_away(tx: WriteTx, grant: LineGrant, opened: int) -> None:
    """The spare line that follows the opened one, with the same key; inside the transaction that read of it."""
    seed = tx.setting(f"sync-key-{opened}") or ""
    if seed:
        tx.set_setting(f"sync-key-{grant.line}", seed)
        tx.set_setting(_GRANT, encode(grant).decode())
        tx.set_setting(_KEY, public_key(bytes.fromhex(seed)))


def has_spare(store: Store) -> bool:
    """Whether a spare line lies ready."""
    return bool(store.call(lambda: _kept(store))[0])


def open_spare(desk: Desk) -> None:
    """Break the seal: see ``services.spare``. Refuses also DB-23: no spare line lies here."""
    grant, key = desk.store.call(lambda: _kept(desk.store))
    if not grant:
        raise Refused("DB-23")
    desk.store.call(lambda: spare.open_spare(desk, decode(LineGrant, grant.encode()), key))


def open_by_head(desk: Desk, check: PinCheck, officer: str, pin: str) -> None:
    """The head decides at this desk, whoever is signed in: proved by PIN, and named in the incident.

    Off the store thread. Refuses: DN-01 wrong PIN, DN-02 locked, and as ``open_spare``.
    """
    check(officer, pin)
    open_spare(desk.signed_in(desk.store.call(lambda: spare.head(desk, officer))))


def _kept(store: Store) -> tuple[str, str]:
    with store.read() as tx:
        kept, key = tx.setting(_GRANT) or "", tx.setting(_KEY) or ""
        opened = bool(kept) and any(x.line == decode(LineGrant, kept.encode()).line for x in tx.lines())
    return ("" if opened else kept), key


def stopped_ports(
    desk: Desk, check: PinCheck, submit: Submit, paper: Submit, passphrases: Callable[[], frozenset[str]] = frozenset
) -> StoppedPorts:
    """What the page of stopped money needs."""
    return StoppedPorts(
        submit=submit,
        paper_submit=paper,
        look=lambda: spare.look(desk, has_spare=bool(_kept(desk.store)[0])),
        heads=lambda: tuple(Person(o.officer, o.name, o.officer in passphrases()) for o in spare.heads(desk)),
        open_spare=partial(open_by_head, desk, check),
        sync=desk.wake_sync,
    )
