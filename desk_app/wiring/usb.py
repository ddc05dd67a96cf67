"""The way by stick at this desk: copy everything that waits, print the slip, read what came back, show where it stands."""

from __future__ import annotations

import time
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QFileDialog

from desk_app.documents import usb_slip
from desk_app.domain.errors import DeskError, Failed, Refused
from desk_app.services import office
from desk_app.services.desk import Desk, local_time
from desk_app.services.paper_words import desk_letterhead
from desk_app.services.ports import Printer
from desk_app.storage.queries import daymatch, sticks
from desk_app.ui.run import run
from desk_app.ui.screens.sync import SyncPage, SyncView
from desk_app.ui.screens.today import StateLine
from desk_app.wiring.blob_store import StoreBlobs
from desk_app.wiring.courier_store import StoreCourier
from desk_app.wiring.day_book import StoreDayBook
from desk_app.wiring.feed_store import StoreFeed
from desk_app.wiring.parcel_store import StoreParcels
from desk_app.wiring.sync_store import StoreOutbox, StoreVault, SyncClock
from sync.desk import stick
from sync.desk.courier import Copied, Courier, NotAReturn, ReadBack
from sync.desk.keys import SeedSigner
from sync.protocol.bundle import check_digits
from sync.protocol.lockbox import LockboxError

_MB = 1 << 20


@dataclass(frozen=True, slots=True)
class StickState:
    """What the sync page says of sticks and of the last day receipt; None: there was none yet."""

    newest: sticks.StickRow | None
    unanswered: int
    matched: daymatch.DayMatchRow | None = None


def courier(desk: Desk) -> Courier:
    """The courier of this desk over its store."""
    store = desk.store
    clock = SyncClock(desk.clock.now_utc, lambda: time.monotonic_ns() // 1_000_000)
    return Courier(
        StoreOutbox(store, desk.ids), SeedSigner(StoreVault(store)), clock, StoreCourier(store), StoreDayBook(store),
        StoreFeed(store), StoreBlobs(store, desk.ids), StoreParcels(lambda: desk),
    )  # fmt: skip


def copy_out(desk: Desk, folder: Path) -> Copied:
    """Write everything that waits to a stick; whole and read again when this returns.

    Refuses: DB-32 nothing waits, DB-30 not enrolled. Fails: DB-26 no room, DB-27 pulled out or not writable.
    """
    try:
        copied = courier(desk).pack(desk.store.call(lambda: _counter(desk)))
    except LockboxError as error:
        raise Refused("DB-30") from error
    if copied is None:
        raise Refused("DB-32")
    try:
        stick.put(folder, copied.name, copied.data)
    except stick.NoRoom as full:
        raise Failed("DB-26", need=-(-full.need // _MB), free=full.free // _MB) from full
    except OSError as error:
        raise Failed("DB-27") from error
    return copied


def read_back(desk: Desk, folder: Path) -> ReadBack:
    """Read every return for this desk on a stick. Refuses: DB-29 there is none, DB-28 damaged or another desk's."""
    try:
        files = stick.found(folder, "TRALOI")
        datas = [stick.get(file) for file in files]
    except OSError as error:
        raise Failed("DB-27") from error
    if not datas:
        raise Refused("DB-29")
    done: list[ReadBack] = []
    for data in datas:
        try:
            done.append(courier(desk).read(data))
        except NotAReturn:
            continue  # one of another desk may lie beside ours
    if not done:
        raise Refused("DB-28")
    return ReadBack(
        done[-1].no, sum(d.records for d in done), sum(d.refused for d in done), sum(d.days for d in done),
        sum(d.events for d in done),
    )  # fmt: skip


def slip(desk: Desk, copied: Copied) -> bytes:
    """The paper that goes with the stick."""
    return desk.store.call(lambda: usb_slip.render(_slip(desk, copied)))


def _slip(desk: Desk, copied: Copied) -> usb_slip.UsbSlip:
    with desk.store.read() as tx:
        profile = desk.profile(tx)
        return usb_slip.UsbSlip(
            desk_letterhead(profile), profile.desk_name, office.station_title(tx), copied.no, copied.name,
            copied.records, copied.receipts, check_digits(copied.data), desk.now(), desk.officer.name,
        )  # fmt: skip


def state(desk: Desk) -> StickState:
    """Where the sticks stand; on the store thread."""
    with desk.store.read() as tx:
        return StickState(sticks.newest(tx), sticks.unanswered(tx), daymatch.newest(tx))


def lines(found: StickState) -> tuple[StateLine, ...]:
    """The card "Gửi bằng USB" in words."""
    if found.newest is None:
        return (StateLine("usb", "text2", "Chưa chép lần nào", "Dùng khi mất mạng lâu; dữ liệu trên USB được mã hóa"),)
    last = found.newest
    copied = StateLine(
        "usb",
        "text2",
        f"USB số {last.no}: {last.records} mục",
        f"Chép lúc {_when(last.made_at)}, số kiểm tra {last.digits}",
    )
    if last.answered_at:
        return (copied, StateLine("package-check", "ok", "Đã đọc phản hồi", _when(last.answered_at)))
    return (
        copied,
        StateLine("clock", "warn", f"Chờ phản hồi của {found.unanswered} USB", "Mang USB về rồi bấm Đọc phản hồi"),
    )


def shown(view: SyncView, found: StickState) -> SyncView:
    """The page's view with the card of the stick and, where nothing presses, the last day receipt."""
    said = view.deadline
    if not said and found.matched is not None:
        day = datetime.fromisoformat(found.matched.day)
        what = "đã khớp" if found.matched.equal else f"chưa khớp ({found.matched.differences} chỗ)"
        said = f"**Số ngày {day:%d/%m/%Y} {what}** với máy chủ cấp trên, trả lời lúc {_when(found.matched.matched_at)}."
    return replace(view, usb=lines(found), deadline=said)


def wire(
    page: SyncPage,
    desk: Callable[[], Desk],
    submit: Callable[..., Future[Any]],
    printer: Printer,
    done: Callable[[], object],
    choose: Callable[[SyncPage], str] = lambda page: QFileDialog.getExistingDirectory(page, "Chọn USB"),
) -> None:
    """Connect the two buttons of the page; files and papers are made on the ``submit`` thread, never on the ui's."""

    def ask(job: Callable[[Desk, Path], object]) -> None:
        folder = choose(page)
        if folder:
            one = desk()
            run(page, submit, lambda: job(one, Path(folder)), lambda _x: done(), failed, action="usb")

    def failed(error: DeskError) -> None:
        page.show_error(error)
        done()

    def out(one: Desk, folder: Path) -> None:
        copied = copy_out(one, folder)
        printer.print_pdf(slip(one, copied), role="slip", media="A5", title=f"USB {copied.no}", landscape=True)

    page.usb_wanted.connect(lambda: ask(out))
    page.answer_wanted.connect(lambda: ask(read_back))


def _counter(desk: Desk) -> int:
    with desk.store.read() as tx:
        return tx.line.station_no


def _when(utc: str) -> str:
    local = local_time(datetime.fromisoformat(utc))
    return f"{local:%H:%M %d/%m/%Y}"
