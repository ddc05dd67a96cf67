"""A scan of a paper: named in the dossier's chain, sent in chunks after the records, by the net or by stick."""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from random import Random

import pytest

from desk_app.domain.errors import Refused
from desk_app.services import dossiers, scans
from desk_app.storage.queries import blobs
from desk_app.ui.forms.dossier import event_text
from desk_app.wiring import usb
from desk_app.wiring.blob_store import StoreBlobs
from desk_app.wiring.online import take
from sync.centre.blobs import FolderBlobs
from sync.centre.centre import Centre
from sync.centre.courier import import_bundle
from sync.desk.blobs import BlobSender
from tests.sync.desk import LogLines
from tests.sync.inside import InsideClient, inside
from tests.sync.server import CentreProcess
from tests.sync.test_online import Office

JPEG = b"\xff\xd8\xff" + Random(5).randbytes(1_300_000)


@pytest.fixture(scope="module")
def centre_inside(centre: CentreProcess) -> Iterator[Centre]:
    with inside(centre) as one:
        yield one


class Dossier:
    """A dossier at counter 1 with a file beside it."""

    def __init__(self, office: Office, folder: Path) -> None:
        self.office, self.desk, self.real = office, office.desks[0], office.reals[0]
        self.id = office.accept(0, take(self.desk, "o-1")).dossier
        self.file = folder / "to khai.jpg"
        self.file.write_bytes(JPEG)

    def attach(self, id: str = "c-1", path: Path | None = None) -> str:
        paper = self.desk.store.call(lambda: scans.papers(self.desk, self.id))[0][0]
        command = scans.AttachScan(id, self.id, paper, path or self.file)
        return self.desk.store.call(lambda: scans.attach(self.desk, command))

    def waiting(self) -> blobs.BlobsWaiting:
        def job() -> blobs.BlobsWaiting:
            with self.desk.store.read() as tx:
                return blobs.summary(tx)

        return self.desk.store.call(job)


@pytest.fixture
def dossier(centre: CentreProcess, tmp_path: Path) -> Iterator[Dossier]:
    office = Office(centre, tmp_path)
    office.hand_in(procedure=next(h.id for h in office.desks[0].catalogue.headings if "bản sao từ bản" in h.name))
    yield Dossier(office, tmp_path)
    for real in office.reals:
        real.station.close()


def test_a_scan_goes_after_its_record_and_every_counter_sees_that_it_is_there(
    centre: CentreProcess, centre_inside: Centre, dossier: Dossier
) -> None:
    name = dossier.attach()
    assert name == sha256(JPEG).hexdigest() and dossier.waiting() == blobs.BlobsWaiting(1, len(JPEG), 0)
    assert dossier.attach("c-1") == name  # the same press of the key
    dossier.office.sync()
    assert dossier.waiting().count == 1  # the record is there, the scan follows
    who, line = dossier.real.outbox.identity(), next(x for x in dossier.real.outbox.lines() if x.current)
    assert who is not None
    sender = BlobSender(
        StoreBlobs(dossier.desk.store, dossier.desk.ids), dossier.real.signer, dossier.real.clock, LogLines()
    )
    assert sender(InsideClient(lambda: centre_inside), who, line, lambda: False) is None
    assert dossier.waiting() == blobs.BlobsWaiting(0, 0, 0)
    assert FolderBlobs(centre.data / "blobs").path(who.unit, name).read_bytes() == JPEG
    for n in (0, 1):
        desk = dossier.office.desks[n]
        detail = desk.store.call(lambda d=desk: dossiers.detail(d, dossier.id))  # type: ignore[misc]
        assert any(event_text(e.kind, e.note).startswith("Gắn bản chụp: ") for e in detail.events)


def test_a_scan_goes_by_stick_and_leaves_the_queue_when_the_answer_is_back(
    centre: CentreProcess, centre_inside: Centre, dossier: Dossier, tmp_path: Path
) -> None:
    name = dossier.attach()
    stick = tmp_path / "stick"
    stick.mkdir()
    copied = usb.copy_out(dossier.desk, stick)
    assert len(copied.data) > len(JPEG)
    back_name, back, _manifest = import_bundle(centre_inside, copied.data)
    (stick / back_name).write_bytes(back)
    assert dossier.waiting().count == 1
    usb.read_back(dossier.desk, stick)
    assert dossier.waiting() == blobs.BlobsWaiting(0, 0, 0)
    assert FolderBlobs(centre.data / "blobs").path(dossier.office.unit, name).read_bytes() == JPEG


def test_only_pictures_and_pdf_files_of_a_sensible_size_are_kept(dossier: Dossier, tmp_path: Path) -> None:
    for name, data in (("a.jpg", b"MZ\x90 a program"), ("b.pdf", b""), ("c.png", b"\x89PNG")):
        (tmp_path / name).write_bytes(data)
        with pytest.raises(Refused, match="DB-36"):
            dossier.attach("c-2", tmp_path / name)
    with pytest.raises(Refused, match="DB-36"):
        dossier.attach("c-3", tmp_path / "is not there.jpg")
    big = tmp_path / "big.pdf"
    with big.open("wb") as out:
        out.write(b"%PDF-")
        out.truncate(scans.LIMIT + 1)
    with pytest.raises(Refused, match="DB-36"):
        dossier.attach("c-4", big)
    assert dossier.waiting().count == 0
