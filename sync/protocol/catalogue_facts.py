"""Facts about the catalogue at a desk: which version is in force, what hangs on the wall."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from sync.protocol.facts import Fact, FactError

POSTERS = ("procedure", "field", "list", "feedback", "qr")


@dataclass(frozen=True, slots=True)
class PosterPosted(Fact):
    """A posting was made for the wall. ``poster_kind``: one of ``POSTERS``; ``subject``: its procedure or field, or "".

    ``catalogue``: the version it was made from; ``content``: SHA-256 of what it says, so that a new version which
    changes nothing here makes nothing out of date. ``code``: the digits of its QR.
    """

    KIND: ClassVar[str] = "poster.posted"
    posting: str
    poster_kind: str
    subject: str
    catalogue: str
    content: str
    posted_at: str
    code: str = ""

    def __post_init__(self) -> None:
        if self.poster_kind not in POSTERS:
            raise FactError("poster_kind: not a kind of poster")


@dataclass(frozen=True, slots=True)
class CatalogueActivated(Fact):
    """From now on the desk works by this version. ``serial`` only rises; ``sha256``: of the compiled bytes.

    ``key``: public key of the catalogue office that signed it, 64 hexadecimal digits ("" for the one that came with
    the program). ``layer``: national, province or commune; each layer has its own serial.
    """

    KIND: ClassVar[str] = "catalogue.activated"
    version: str
    serial: int
    sha256: str
    key: str
    activated_at: str
    layer: str = "national"
    previous: str = ""

    def __post_init__(self) -> None:
        if self.serial < 1:
            raise FactError("serial: begins with 1")
        if self.layer not in ("national", "province", "commune"):
            raise FactError("layer: not a layer of the catalogue")


@dataclass(frozen=True, slots=True)
class CatalogueKeyNamed(Fact):
    """From now on this key signs the commune's own layer: the key of the desk at which its head edits.

    ``key``: 64 hexadecimal digits. Higher layers are trusted by the enrolment alone. The last one named holds.
    """

    KIND: ClassVar[str] = "catalogue.key_named"
    key: str
    named_at: str

    def __post_init__(self) -> None:
        if len(self.key) != 64 or any(c not in "0123456789abcdef" for c in self.key):
            raise FactError("key: not a public key")


@dataclass(frozen=True, slots=True)
class CatalogueMistakeReported(Fact):
    """An officer thinks the catalogue is wrong. ``field``: which part, in the words of the screen; ``text``: no person.

    ``catalogue``: the version that was looked at; ``report``: its own id.
    """

    KIND: ClassVar[str] = "catalogue.mistake_reported"
    report: str
    procedure: str
    variant: str
    catalogue: str
    field: str
    text: str
    reported_at: str

    def __post_init__(self) -> None:
        if not self.text.strip() or len(self.text) > 1_000:
            raise FactError("text: 1 to 1000 letters")
