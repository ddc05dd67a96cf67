"""Ed25519 over SHA-256(purpose ‖ body): who said it, and what for.

A signature made for one purpose is worth nothing for another, so an old session can't be replayed as a push. Keys are
32-byte seeds (private) and 64 hexadecimal digits (public); they come in as arguments, none is made or kept here.
"""

from __future__ import annotations

from collections.abc import Mapping
from hashlib import sha256
from typing import Final

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, PublicFormat

from sync.protocol.canonical import CanonicalError, Value, canonical, parse

ENROL: Final = "desk-sync/1 enrol"
SESSION: Final = "desk-sync/1 session"
PUSH: Final = "desk-sync/1 push"
DAY: Final = "desk-sync/1 day"
FEED: Final = "desk-sync/1 feed"
CLAIM: Final = "desk-sync/1 claim"
BLOB: Final = "desk-sync/1 blob"
PARCELS: Final = "desk-sync/1 parcels"
BUNDLE: Final = "desk-sync/1 bundle"
ANSWER: Final = "desk-sync/1 answer"


class SignatureError(ValueError):
    """An answer is not signed by the key we trust, or is no answer at all."""


def public_key(seed: bytes) -> str:
    """The public key of a 32-byte seed, 64 hexadecimal digits."""
    return Ed25519PrivateKey.from_private_bytes(seed).public_key().public_bytes_raw().hex()


def sign(seed: bytes, purpose: str, body: bytes) -> str:
    """The signature of ``body`` for ``purpose``, 128 hexadecimal digits."""
    return Ed25519PrivateKey.from_private_bytes(seed).sign(_digest(purpose, body)).hex()


def verify(key: str, purpose: str, body: bytes, signature: str) -> bool:
    """Whether the owner of ``key`` signed exactly ``body`` for ``purpose``; malformed input is False."""
    if signature != signature.lower():  # one spelling only, so that no changed byte of a sealed header goes unnoticed
        return False
    try:
        Ed25519PublicKey.from_public_bytes(bytes.fromhex(key)).verify(bytes.fromhex(signature), _digest(purpose, body))
    except (InvalidSignature, ValueError):
        return False
    return True


def fingerprint(key: str) -> str:
    """Six groups of four digits that two people compare by telephone: ``4821 0093 …``."""
    digest = sha256(bytes.fromhex(key)).digest()
    return " ".join(f"{int.from_bytes(digest[i : i + 4], 'big') % 10_000:04d}" for i in range(0, 24, 4))


def sign_answer(seed: bytes, answer: Mapping[str, Value]) -> bytes:
    """The canonical bytes of ``answer`` with its signature in the field ``sig``."""
    return canonical({**answer, "sig": sign(seed, ANSWER, canonical(answer))})


def open_answer(key: str, raw: bytes) -> Mapping[str, Value]:
    """The answer without its ``sig``. Raises SignatureError unless ``key`` signed these very bytes."""
    try:
        value = parse(raw)
    except CanonicalError as error:
        raise SignatureError("not an answer of the centre") from error
    if not isinstance(value, Mapping) or not isinstance(signature := value.get("sig"), str):
        raise SignatureError("an answer without a signature")
    answer = {k: v for k, v in value.items() if k != "sig"}
    if not verify(key, ANSWER, canonical(answer), signature):
        raise SignatureError("signed by another key")
    return answer


def ssh_public_key(key: str) -> str:
    """A public key as OpenSSH writes it. Raises ValueError."""
    found = Ed25519PublicKey.from_public_bytes(bytes.fromhex(key))
    return found.public_bytes(Encoding.OpenSSH, PublicFormat.OpenSSH).decode("ascii")


def ssh_private_key(seed: bytes) -> bytes:
    """A private key as OpenSSH keeps it."""
    found = Ed25519PrivateKey.from_private_bytes(seed)
    return found.private_bytes(Encoding.PEM, PrivateFormat.OpenSSH, NoEncryption())


def _digest(purpose: str, body: bytes) -> bytes:
    return sha256(purpose.encode("ascii") + b"\0" + body).digest()
