"""A Signer over any mapping of names to text: the operating system's key store at a desk, a dict in a test."""

from __future__ import annotations

import secrets
from collections.abc import MutableMapping, Sequence

from sync.protocol.lockbox import unlock
from sync.protocol.sign import public_key, sign

_FRESH = "sync-key-fresh"


class SeedSigner:
    """Keeps 32-byte seeds as 64 hexadecimal digits: short enough for every key store.

    ``fresh``: where the key for a next line lies until it has one. Of this run of the program alone unless told
    otherwise: in the vault it would be in every copy of the vault, and two copies asking with one key would be given one
    line, and its numbers, twice.
    """

    def __init__(self, vault: MutableMapping[str, str], fresh: MutableMapping[str, str] | None = None) -> None:
        self._vault = vault
        self._next: MutableMapping[str, str] = {} if fresh is None else fresh

    def sign(self, line: int, purpose: str, body: bytes) -> str:
        """Sign for a line. Raises KeyError when its key is not here."""
        return sign(bytes.fromhex(self._vault[_name(line)]), purpose, body)

    def unlock(self, line: int, data: bytes) -> bytes:
        """Open a file written for a line's key. Raises LockboxError, KeyError when its key is not here."""
        return unlock(data, bytes.fromhex(self._vault[_name(line)]))

    def fresh_key(self) -> str:
        return public_key(self._fresh())

    def sign_fresh(self, purpose: str, body: bytes) -> str:
        return sign(self._fresh(), purpose, body)

    def adopt(self, lines: Sequence[int]) -> None:
        seed = self._fresh().hex()
        for line in lines:
            self._vault[_name(line)] = seed
        del self._next[_FRESH]

    def forget_fresh(self) -> None:
        self._next.pop(_FRESH, None)

    def _fresh(self) -> bytes:
        if _FRESH not in self._next:
            self._next[_FRESH] = secrets.token_bytes(32).hex()
        return bytes.fromhex(self._next[_FRESH])


def _name(line: int) -> str:
    return f"sync-key-{line}"
