"""How the data key is wrapped: by a stretched PIN, by the centre's public key, by the digits of a sheet.

Only ChaCha20-Poly1305, X25519, HKDF-SHA256 and argon2id, each as its library gives it. Who may unwrap, and how often,
is ``keys.py``.
"""

from __future__ import annotations

import secrets
from base64 import b64decode, b64encode
from dataclasses import dataclass
from time import perf_counter

from argon2.low_level import Type, hash_secret_raw
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

KEY_BYTES = 32
SHEET_GROUPS = 20
SHEET_DIGITS = 4
MARK = "desk-keys/1"


@dataclass(frozen=True, slots=True)
class Cost:
    """How dear one try is: argon2id memory in KiB, rounds, lanes. Stored with each slot, so it may rise later."""

    memory_kib: int = 64 * 1024
    rounds: int = 3
    lanes: int = 4


def stretch(pin: str, salt: bytes, cost: Cost) -> bytes:
    """32 bytes from a PIN, at the cost it was given."""
    return hash_secret_raw(pin.encode(), salt, cost.rounds, cost.memory_kib, cost.lanes, KEY_BYTES, Type.ID)


def new_sheet() -> list[str]:
    """20 groups of 4 digits; the last digit of each checks the other three and its place."""
    return [group(secrets.randbelow(1000), place) for place in range(SHEET_GROUPS)]


def sheet_groups(text: str) -> tuple[list[str], int]:
    """The groups of a typed sheet and the place (1 …) of the first wrong one, 0 when all are right."""
    digits = "".join(c for c in text if c in "0123456789")
    groups = [digits[i : i + SHEET_DIGITS] for i in range(0, len(digits), SHEET_DIGITS)]
    for place in range(max(SHEET_GROUPS, len(groups))):
        if place >= min(len(groups), SHEET_GROUPS) or groups[place] != group(int(groups[place][:3]), place):
            return groups, place + 1
    return groups, 0


def seal_to_centre(dek: bytes, public_key_hex: str) -> dict[str, str]:
    """A box that only the holder of the centre's recovery key can open."""
    mine = X25519PrivateKey.generate()
    shared = mine.exchange(X25519PublicKey.from_public_bytes(bytes.fromhex(public_key_hex)))
    public = mine.public_key().public_bytes_raw()
    key = derive(shared, public + bytes.fromhex(public_key_hex), "centre")
    return {"public": public_key_hex, "ephemeral": public.hex(), "box": wrap(key, dek, "centre")}


def calibrated(least_ms: int = 250, *, most_kib: int = 256 * 1024) -> Cost:
    """A cost at which one try takes at least ``least_ms`` on this machine: rounds first, then memory."""
    cost = Cost()
    while True:
        start = perf_counter()
        stretch("0" * 6, b"0" * 16, cost)
        if (perf_counter() - start) * 1000 >= least_ms or (cost.rounds >= 12 and cost.memory_kib >= most_kib):
            return cost
        if cost.rounds < 12:
            cost = Cost(cost.memory_kib, cost.rounds + 1, cost.lanes)
        else:
            cost = Cost(cost.memory_kib * 2, 3, cost.lanes)


def open_centre_box(box: dict[str, str], private_key_hex: str) -> bytes:
    """The data key from the centre's slot, by whoever holds the recovery key. Raises InvalidTag for another key."""
    mine = X25519PrivateKey.from_private_bytes(bytes.fromhex(private_key_hex))
    ephemeral = bytes.fromhex(box["ephemeral"])
    shared = mine.exchange(X25519PublicKey.from_public_bytes(ephemeral))
    return unwrap(derive(shared, ephemeral + bytes.fromhex(box["public"]), "centre"), box["box"], "centre")


def derive(material: bytes, salt: bytes, use: str) -> bytes:
    return HKDF(SHA256(), KEY_BYTES, salt, f"{MARK} {use}".encode()).derive(material)


def wrap(key: bytes, dek: bytes, bound: str) -> str:
    nonce = secrets.token_bytes(12)
    return to_text(nonce + ChaCha20Poly1305(key).encrypt(nonce, dek, bound.encode()))


def unwrap(key: bytes, box: str, bound: str) -> bytes:
    data = to_bytes(box)
    return ChaCha20Poly1305(key).decrypt(data[:12], data[12:], bound.encode())


def sheet_key(groups: list[str], salt: bytes) -> bytes:
    # 20 × 3 free digits are 199 bits: nothing has to be stretched.
    return derive("".join(g[:3] for g in groups).encode(), salt, "sheet")


def group(number: int, place: int) -> str:
    check = (sum(int(c) * w for c, w in zip(f"{number:03}", (3, 7, 9), strict=True)) + place) % 10
    return f"{number:03}{check}"


def to_text(data: bytes) -> str:
    return b64encode(data).decode("ascii")


def to_bytes(text: str) -> bytes:
    return b64decode(text)
