"""``sync.desk.catalogue.ParcelBook`` over the store: what arrives waits, checked, until it is put into use."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from desk_app.domain.errors import DeskError
from desk_app.services import catalogue_arrival
from desk_app.services.desk import Desk
from sync.protocol.parcels import ParcelOffer


class StoreParcels:
    """Every call is one job on the store thread. ``desk_of``: the desk as it is now, with the catalogue in force."""

    def __init__(self, desk_of: Callable[[], Desk]) -> None:
        self._desk_of = desk_of

    def have(self) -> Mapping[str, int]:
        desk = self._desk_of()
        return desk.store.call(lambda: catalogue_arrival.serials(desk))

    def told(self, at: str, keys: Mapping[str, str]) -> None:
        desk = self._desk_of()
        desk.store.call(lambda: catalogue_arrival.told(desk, at, keys))

    def arrived(self, offer: ParcelOffer, raw: bytes) -> bool:
        desk = self._desk_of()
        try:
            desk.store.call(lambda: catalogue_arrival.keep_waiting(desk, raw))
        except DeskError as error:
            code = error.code
            desk.store.call(lambda: catalogue_arrival.refuse(desk, offer.layer, offer.serial, code))
            return False
        return True

    def to_give(self) -> bytes | None:
        desk = self._desk_of()
        return desk.store.call(lambda: catalogue_arrival.to_give(desk))

    def given(self, raw: bytes) -> None:
        desk = self._desk_of()
        desk.store.call(lambda: catalogue_arrival.given(desk, raw))
