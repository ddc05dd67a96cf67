"""One station at work on one data folder: lock, keys, store, catalogue, printer, paper thread. No Qt here.

The window, the command line and the tests that kill processes all start a station the same way.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path
from typing import TypeVar

from desk_app.domain.catalogue import Catalogue, load_catalogue
from desk_app.domain.errors import Refused
from desk_app.domain.session import Officer, Role
from desk_app.services import catalogue_arrival, catalogue_delivery, setup
from desk_app.services.desk import Desk
from desk_app.services.ports import Clock, Ids
from desk_app.storage.keys import KeySlots
from desk_app.storage.queries import officers
from desk_app.storage.store import Store
from desk_app.storage.witness import Witness
from desk_app.system import resources
from desk_app.system.clock import SystemClock
from desk_app.system.ids import SystemIds
from desk_app.system.keystore import Secrets
from desk_app.system.lock import FolderLock
from desk_app.system.signing import PdfSigner

T = TypeVar("T")

DATABASE = "desk.db"
KEYS, BEGUN = "keys.json", "keys.begun.json"
LEFT = (DATABASE, f"{DATABASE}-wal", f"{DATABASE}-shm", "witness.log")
ASIDE = "do-dang-"
SECRET = "machine"
SIGNING_KEY = "chung-thu-so.p12"


@dataclass(frozen=True, slots=True)
class Login:
    """An officer as the log-in shows him, before anything is decrypted."""

    id: str
    name: str
    role_text: str


class Station:
    """Everything that lives as long as the program: opened once, closed once.

    ``secrets``: where the machine's secret lies; None: no key store, officers have passphrases instead of PINs.
    """

    def __init__(
        self,
        folder: Path,
        *,
        training: bool,
        clock: Clock | None = None,
        ids: Ids | None = None,
        secrets: Secrets | None = None,
        witness_folder: Path | None = None,
    ) -> None:
        self.folder = folder
        self._witness_folder = witness_folder
        self.training = training
        self.clock: Clock = clock or SystemClock()
        self.ids: Ids = ids or SystemIds()
        self._secrets = secrets
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._lock = FolderLock(folder)
        self._lock.acquire()
        self.slots = KeySlots(folder / KEYS, self.clock, self._machine_secret())
        self.store: Store | None = None
        self._catalogue: Catalogue | None = None
        self._shipped = b""
        self._used: Catalogue | None = None
        self._paper = ThreadPoolExecutor(1, thread_name_prefix="paper")
        self.desk: Desk | None = None
        self.wake_sync: Callable[[], None] = lambda: None
        self.signer: PdfSigner | None = None

    @property
    def is_new(self) -> bool:
        """Whether nobody was ever registered here."""
        return not (self.folder / KEYS).exists()

    def logins(self) -> tuple[Login, ...]:
        return tuple(Login(o.officer, o.name, o.role_text) for o in self.slots.officers())

    @property
    def catalogue(self) -> Catalogue:
        if self._catalogue is None:
            self._shipped = resources.path("catalogue", "catalogue.json").read_bytes()
            self._catalogue = load_catalogue(self._shipped)
        return self._catalogue

    def begin_file(self) -> bytes:
        """Begin a new file: fresh keys under a name of their own, until ``finish_file``. Answers the data key.

        What a start that was cut off left behind has no key any more: it is put into a folder beside, never deleted.
        """
        if self.store is not None:  # an attempt of this run that failed
            self.store.close()
            self.store = None
        left = [path for path in (BEGUN, *LEFT) if (self.folder / path).exists()]
        if left:
            aside = self.folder / f"{ASIDE}{self.clock.now_utc():%Y%m%d-%H%M%S}"
            aside.mkdir(exist_ok=True)
            for name in left:
                (self.folder / name).replace(aside / name)
            if self.training:  # nothing of it ever counted: no incident on a newcomer's first screen
                self._second_witness().unlink(missing_ok=True)
        self.slots, dek = KeySlots.create(
            self.folder / BEGUN, clock=self.clock, machine_secret=self.slots.machine_secret
        )
        return dek

    def finish_file(self) -> None:
        """All that makes a station is in the file: from now on this folder is one."""
        self.slots.move(self.folder / KEYS)

    def begin_training(self) -> None:
        """Make the training office: its key, its two officers (PIN 1234), its line and numbers."""
        dek = self.begin_file()
        for officer in setup.TRAINING_OFFICERS:
            text = Officer(officer.id, officer.name, frozenset(officer.roles)).role_text
            self.slots.add_officer(dek, officer.id, officer.name, text, setup.TRAINING_PIN)
        profile = json.loads(resources.path("units", "hoa-mau.json").read_text(encoding="utf-8"))
        store = self.open_store(dek)
        line = setup.training_line(self.ids, profile)
        store.call(
            lambda: setup.open_station(
                store, line, profile, setup.training_grants(), setup.TRAINING_OFFICERS, "begin-training"
            )
        )
        survey = setup.training_survey_line(line)
        store.call(lambda: setup.open_survey_line(store, survey, "begin-training-survey"))
        self.finish_file()

    def sign_in(self, officer_id: str, pin: str) -> Desk:
        """Unlock with an officer's PIN and open the file if it is not open yet.

        Refuses: DN-01 wrong PIN, DN-02 locked for some minutes, DN-04 the officer is not active here.
        """
        dek = self.slots.unlock(officer_id, pin)
        store = self.store or self.open_store(dek)
        officer = store.call(lambda: self._officer(store, officer_id))
        desk = Desk(
            store=store,
            clock=self.clock,
            ids=self.ids,
            catalogue=self.catalogue,
            officer=officer,
            training=self.training,
            line_kind="training" if self.training else "main",
            wake_sync=lambda: self.wake_sync(),
            signer=lambda: self.signer,
        )
        self.desk = desk
        refreshed = self.refreshed()
        if store.call(lambda: catalogue_arrival.take_overnight(refreshed)):
            return self.refreshed()
        return refreshed

    def refreshed(self) -> Desk:
        """The desk of who is signed in, by the catalogue that is in force now."""
        desk = self.desk
        assert desk is not None
        shipped = self.catalogue
        found = desk.store.call(lambda: catalogue_delivery.in_force(desk, self._shipped, shipped, self._used))
        self._used = found.catalogue
        self.desk = replace(desk, catalogue=found.catalogue, layers=found.layers)
        return self.desk

    def unlock_signer(self, pin: str) -> PdfSigner:
        """Unlock the office's key file in the data folder. On the paper thread. Raises TP-34 no file, TP-35 the PIN."""
        self.signer = PdfSigner.from_pkcs12(self.folder / SIGNING_KEY, pin)
        return self.signer

    def on_paper(self, job: Callable[[], T]) -> Future[T]:
        """Run a job on the paper thread."""
        return self._paper.submit(job)

    def close(self) -> None:
        """Finish what was handed over, close the file, let the folder go."""
        self._paper.shutdown(wait=True)
        if self.store is not None:
            self.store.close()
            self.store = None
        self._lock.release()

    # ---- inside ----------------------------------------------------------------------------------------------------

    def open_store(self, dek: bytes) -> Store:
        """Open (or make) the file with its data key."""
        witness = Witness(self.folder / "witness.log", self._second_witness())
        self.store = Store.open(self.folder / DATABASE, dek, clock=self.clock, ids=self.ids, witness=witness)
        return self.store

    def _second_witness(self) -> Path:
        """Outside the data folder, so that a folder restored as a whole is noticed too."""
        folder = self._witness_folder or self.folder
        folder.mkdir(parents=True, exist_ok=True)
        name = sha256(str(self.folder.resolve()).encode()).hexdigest()[:12]
        return folder / f"witness-{name}.log"

    def _officer(self, store: Store, officer_id: str) -> Officer:
        with store.read() as tx:
            row = officers.get(tx, officer_id)
        if row is None or not row.active:
            raise Refused("DN-04")
        return Officer(row.officer, row.name, frozenset(Role(r) for r in row.roles))

    def _machine_secret(self) -> bytes | None:
        if self._secrets is None:
            return None
        kept = self._secrets.get(SECRET)
        if kept is None:
            kept = self.ids.random_bytes(32)
            self._secrets.set(SECRET, kept)
        return kept
