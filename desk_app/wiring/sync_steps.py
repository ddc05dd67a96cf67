"""What the sync thread does once every record was sent: day receipts, news from above, catalogues, scans; in this order."""

from __future__ import annotations

from collections.abc import Callable

from desk_app.services.ports import Ids
from desk_app.storage.store import Store
from desk_app.wiring.blob_store import StoreBlobs
from desk_app.wiring.day_book import StoreDayBook
from desk_app.wiring.feed_store import StoreFeed
from sync.desk.blobs import BlobSender
from sync.desk.catalogue import CatalogueFetcher, ParcelBook
from sync.desk.daymatch import DayMatcher
from sync.desk.feed import FeedReader
from sync.desk.ports import Clock, Log, Signer
from sync.desk.runner import Step


def steps(
    store: Store,
    ids: Ids,
    signer: Signer,
    clock: Clock,
    log: Log,
    on_news: Callable[[frozenset[str]], None] = lambda _kinds: None,
    parcels: ParcelBook | None = None,
    on_parcel: Callable[[], None] = lambda: None,
) -> tuple[Step, ...]:
    """The steps of one desk. ``on_news``: what kinds of events came down; ``on_parcel``: a catalogue waits.

    Both are told on the sync thread. ``parcels`` None: catalogues do not come by sync.
    """
    fetch = () if parcels is None else (CatalogueFetcher(parcels, signer, clock, log, on_parcel),)
    return (
        DayMatcher(StoreDayBook(store), signer),
        FeedReader(StoreFeed(store, on_news), signer, clock, log),
        *fetch,
        BlobSender(StoreBlobs(store, ids), signer, clock, log),
    )
