"""Who may open the file: one data key, wrapped once for each officer, for the centre, and for a sheet in a safe.

``keys.json`` beside the database holds slots, never a key. An officer's slot needs the PIN and this machine's secret
together; where the machine keeps no secret a PIN is too short and a passphrase of 12 characters is asked. Wrong tries
are counted in the same file, so that copying the database back does not give them back.
May never happen here: a PIN, a secret or the data key in a log, an error or a ``repr``.
"""

from __future__ import annotations

import os
import secrets
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from json import JSONDecodeError, dumps, loads
from math import ceil
from pathlib import Path
from typing import Any, Protocol

from cryptography.exceptions import InvalidTag

from desk_app.domain.errors import Failed, Refused
from desk_app.domain.text import nfc
from desk_app.storage.wrapping import (
    KEY_BYTES,
    MARK,
    Cost,
    derive,
    new_sheet,
    seal_to_centre,
    sheet_groups,
    sheet_key,
    stretch,
    to_bytes,
    to_text,
    unwrap,
    wrap,
)

PIN_MIN = 4
PASSPHRASE_MIN = 12
FREE_TRIES = 5
_LOCK_MINUTES = (1, 2, 4, 8, 15)


class Clock(Protocol):
    """What time it is; aware."""

    def now_utc(self) -> datetime: ...


@dataclass(frozen=True, slots=True)
class SlotOfficer:
    """An officer who has a slot: what the log-in list shows before the file is open."""

    officer: str
    name: str
    role_text: str
    passphrase: bool = False  # the slot was made where the machine keeps no secret


@dataclass(slots=True, repr=False)
class KeySlots:
    """The slots of one file. Every change is written to a new file and renamed over the old one."""

    path: Path
    clock: Clock
    machine_secret: bytes | None = field(default=None)
    cost: Cost = field(default_factory=Cost)

    # ---- making ----------------------------------------------------------------------------------------------------

    @classmethod
    def create(
        cls, path: Path, *, clock: Clock, machine_secret: bytes | None = None, cost: Cost | None = None
    ) -> tuple[KeySlots, bytes]:
        """A new file without slots, and the fresh data key that the slots are to hold. Never over an existing file."""
        if path.exists():
            raise FileExistsError(path)
        slots = cls(path, clock, machine_secret, cost or Cost())
        slots._write({"p": MARK, "slots": [], "tries": {}})
        return slots, secrets.token_bytes(KEY_BYTES)

    @classmethod
    def open(
        cls, path: Path, *, clock: Clock, machine_secret: bytes | None = None, cost: Cost | None = None
    ) -> KeySlots:
        """The slots of an existing file; raises Failed DL-08 when it can't be read."""
        slots = cls(path, clock, machine_secret, cost or Cost())
        slots._read()
        return slots

    def move(self, path: Path) -> None:
        """Give the file its lasting name, on the disk when this returns. Raises Failed HT-06 when it can't be moved."""
        try:
            self.path.replace(path)
            if os.name == "posix":
                folder = os.open(path.parent, os.O_RDONLY)
                try:
                    os.fsync(folder)
                finally:
                    os.close(folder)
        except OSError as error:
            raise Failed("HT-06") from error
        self.path = path

    def add_officer(self, dek: bytes, officer: str, name: str, role_text: str, pin: str) -> None:
        """Give an officer a slot, or a new one in the place of the old; refuses DN-08 a PIN that is too short."""
        self.check_length(pin)
        self._add(dek, officer, name, role_text, pin, machine=self.machine_secret is not None)

    def check_length(self, pin: str) -> None:
        """Refuses DN-08 a PIN that is too short here, or a passphrase where the machine keeps no secret."""
        least = PIN_MIN if self.machine_secret is not None else PASSPHRASE_MIN
        if len(nfc(pin)) < least:
            raise Refused("DN-08", n=least)

    def _add(self, dek: bytes, officer: str, name: str, role_text: str, pin: str, *, machine: bool) -> None:
        salt = secrets.token_bytes(16)
        slot = {
            "kind": "officer",
            "officer": officer,
            "name": name,
            "role_text": role_text,
            "salt": to_text(salt),
            "m": self.cost.memory_kib,
            "t": self.cost.rounds,
            "lanes": self.cost.lanes,
            "machine": machine,
        }
        slot["box"] = wrap(self._officer_key(slot, pin), dek, officer)
        self._replace(lambda s: s["kind"] == "officer" and s["officer"] == officer, slot)
        self._clear_tries(officer)

    def add_centre(self, dek: bytes, public_key_hex: str) -> None:
        """Seal the data key to the centre's recovery key (X25519, 64 hexadecimal digits)."""
        slot: dict[str, Any] = {"kind": "centre", **seal_to_centre(dek, public_key_hex)}
        self._replace(lambda s: s["kind"] == "centre", slot)

    def add_sheet(self, dek: bytes) -> str:
        """A new recovery sheet, 20 groups of 4 digits to be printed once and locked away; an older sheet opens no more.

        The last digit of each group checks the other three, so that a mistyped group is named.
        """
        groups = new_sheet()
        salt = secrets.token_bytes(16)
        slot = {"kind": "sheet", "salt": to_text(salt), "box": wrap(sheet_key(groups, salt), dek, "sheet")}
        self._replace(lambda s: s["kind"] == "sheet", slot)
        return " ".join(groups)

    # ---- opening ---------------------------------------------------------------------------------------------------

    def officers(self) -> list[SlotOfficer]:
        """Who may sign in here, by name."""
        slots = (s for s in self._read()["slots"] if s["kind"] == "officer")
        found = [SlotOfficer(s["officer"], s["name"], s["role_text"], not s["machine"]) for s in slots]
        return sorted(found, key=lambda o: (o.name, o.officer))

    def passphrases(self) -> frozenset[str]:
        """The officers who unlock with a passphrase in place of a PIN."""
        return frozenset(o.officer for o in self.officers() if o.passphrase)

    def unlock(self, officer: str, pin: str) -> bytes:
        """The data key. Refuses DN-01 with the tries left, DN-02 with the minutes to wait, DN-04 an unknown officer.

        The try is counted on the disk before the PIN is looked at: pulling the plug does not give it back.
        """
        slot = self._slot(officer)
        self._refuse_while_locked(officer)
        tries = self._count_try(officer)
        try:
            dek = unwrap(self._officer_key(slot, pin), slot["box"], officer)
        except InvalidTag:
            if tries >= FREE_TRIES:
                raise Refused("DN-02", n=self._minutes_left(officer)) from None
            raise Refused("DN-01", n=FREE_TRIES - tries) from None
        self._clear_tries(officer)
        self._raise_cost(dek, slot, pin)
        return dek

    def unlock_with_sheet(self, text: str) -> bytes:
        """The data key from the printed sheet. Refuses DN-09 a mistyped group (its place), DN-10 another sheet."""
        groups, wrong = sheet_groups(text)
        if wrong:
            raise Refused("DN-09", n=wrong)
        slot = next((s for s in self._read()["slots"] if s["kind"] == "sheet"), None)
        try:
            if slot is None:
                raise Refused("DN-10")
            return unwrap(sheet_key(groups, to_bytes(slot["salt"])), slot["box"], "sheet")
        except InvalidTag:
            raise Refused("DN-10") from None

    def centre_box(self) -> dict[str, str] | None:
        """The slot for the centre, as it may be kept there too; None when there is none."""
        slot = next((s for s in self._read()["slots"] if s["kind"] == "centre"), None)
        return {k: str(v) for k, v in slot.items() if k != "kind"} if slot else None

    # ---- changing --------------------------------------------------------------------------------------------------

    def change_pin(self, officer: str, old: str, new: str) -> None:
        """Wrap the same data key under a new PIN; the old one must be right."""
        dek = self.unlock(officer, old)
        slot = self._slot(officer)
        self.add_officer(dek, officer, slot["name"], slot["role_text"], new)

    def remove(self, officer: str) -> None:
        """Take an officer's slot away; the data key stays. Refuses DN-13 the last one."""
        self._slot(officer)
        if len(self.officers()) == 1:
            raise Refused("DN-13")
        self._replace(lambda s: s["kind"] == "officer" and s["officer"] == officer, None)

    # ---- keys ------------------------------------------------------------------------------------------------------

    def _officer_key(self, slot: dict[str, Any], pin: str) -> bytes:
        if slot["machine"] and self.machine_secret is None:
            raise Failed("DL-09")  # the machine's key store has lost the secret: sheet or centre
        salt = to_bytes(slot["salt"])
        stretched = stretch(nfc(pin), salt, Cost(slot["m"], slot["t"], slot["lanes"]))
        secret = self.machine_secret if slot["machine"] and self.machine_secret else b""
        return derive(stretched + secret, salt, "officer")

    def _raise_cost(self, dek: bytes, slot: dict[str, Any], pin: str) -> None:
        if (slot["m"], slot["t"]) < (self.cost.memory_kib, self.cost.rounds):
            # A passphrase stays one, also where the machine has got a key store since.
            self._add(dek, slot["officer"], slot["name"], slot["role_text"], pin, machine=slot["machine"])

    # ---- tries -----------------------------------------------------------------------------------------------------

    def _count_try(self, officer: str) -> int:
        data = self._read()
        tries = int(data["tries"].get(officer, {}).get("n", 0)) + 1
        data["tries"][officer] = {"n": tries, "at": self.clock.now_utc().isoformat(timespec="seconds")}
        self._write(data)
        return tries

    def _minutes_left(self, officer: str) -> int:
        """Whole minutes until the next try; 0 = now. A clock set back does not shorten the wait below a full turn."""
        known = self._read()["tries"].get(officer)
        if known is None or known["n"] < FREE_TRIES:
            return 0
        wait = timedelta(minutes=_LOCK_MINUTES[min(known["n"] - FREE_TRIES, len(_LOCK_MINUTES) - 1)])
        passed = self.clock.now_utc() - datetime.fromisoformat(known["at"])
        left = wait - max(passed, timedelta(0))
        return max(0, ceil(left / timedelta(minutes=1)))

    def _refuse_while_locked(self, officer: str) -> None:
        if minutes := self._minutes_left(officer):
            raise Refused("DN-02", n=minutes)

    def _clear_tries(self, officer: str) -> None:
        data = self._read()
        if data["tries"].pop(officer, None) is not None:
            self._write(data)

    # ---- the file --------------------------------------------------------------------------------------------------

    def _slot(self, officer: str) -> dict[str, Any]:
        for slot in self._read()["slots"]:
            if slot["kind"] == "officer" and slot["officer"] == officer:
                return dict(slot)
        raise Refused("DN-04")

    def _replace(self, old: Callable[[dict[str, Any]], bool], new: dict[str, Any] | None) -> None:
        data = self._read()
        data["slots"] = [s for s in data["slots"] if not old(s)] + ([new] if new is not None else [])
        self._write(data)

    def _read(self) -> dict[str, Any]:
        try:
            data = loads(self.path.read_text("utf-8"))
        except (OSError, UnicodeDecodeError, JSONDecodeError) as error:
            raise Failed("DL-08") from error
        if not isinstance(data, dict) or data.get("p") != MARK:
            raise Failed("DL-08")
        return data

    def _write(self, data: dict[str, Any]) -> None:
        fresh = self.path.with_name(self.path.name + ".new")
        try:
            with fresh.open("w", encoding="utf-8") as file:
                file.write(dumps(data, ensure_ascii=False, indent=1, sort_keys=True))
                file.flush()
                os.fsync(file.fileno())
            fresh.replace(self.path)
        except OSError as error:
            raise Failed("HT-06") from error
