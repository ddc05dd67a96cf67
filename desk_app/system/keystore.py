"""The operating system's key store: secrets that a copied disk does not give away.

Windows has one; a bare Linux session often has none, and then some library offers a plain file in its place. A store
that keeps secrets in the clear, or nowhere, is worse than none: `os_keystore` answers None and the caller asks for a
passphrase at start.
"""

from __future__ import annotations

import secrets
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Final, Protocol

from desk_app.domain.errors import Failed

if TYPE_CHECKING:
    from keyring.backend import KeyringBackend

SERVICE: Final = "MotCuaDesk"
# Named one by one: a new plug-in found on the machine is not trusted by itself.
_REAL: Final = frozenset(
    f"keyring.backends.{name}" for name in ("Windows", "macOS", "SecretService", "libsecret", "kwallet")
)


class Secrets(Protocol):
    """A place for small secrets, by name."""

    def get(self, name: str) -> bytes | None:
        """The secret, or None when there is none of that name."""

    def set(self, name: str, secret: bytes) -> None:
        """Keep the secret; replaces one of the same name."""

    def delete(self, name: str) -> None:
        """Forget it; nothing happens when there is none."""


class OsSecrets:
    """Secrets in the key store of the operating system. Failed HT-08: the store is locked or does not answer."""

    def __init__(self, backend: KeyringBackend, service: str = SERVICE) -> None:
        self._backend = backend
        self._service = service

    def get(self, name: str) -> bytes | None:
        from keyring.errors import KeyringError

        try:
            kept = self._backend.get_password(self._service, name)
        except (KeyringError, OSError) as cause:
            raise Failed("HT-08") from cause
        return None if kept is None else bytes.fromhex(kept)

    def set(self, name: str, secret: bytes) -> None:
        from keyring.errors import KeyringError

        try:
            self._backend.set_password(self._service, name, secret.hex())
        except (KeyringError, OSError) as cause:
            raise Failed("HT-08") from cause

    def delete(self, name: str) -> None:
        from keyring.errors import KeyringError, PasswordDeleteError

        try:
            self._backend.delete_password(self._service, name)
        except PasswordDeleteError:
            return
        except (KeyringError, OSError) as cause:
            raise Failed("HT-08") from cause


class FileSecrets:
    """Secrets in files that only this user may read: for training and development, where nothing is worth stealing."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def get(self, name: str) -> bytes | None:
        file = self._folder / f"{name}.secret"
        return bytes.fromhex(file.read_text(encoding="ascii")) if file.exists() else None

    def set(self, name: str, secret: bytes) -> None:
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        half = self._folder / f"{name}.new"
        half.touch(mode=0o600)
        half.write_text(secret.hex(), encoding="ascii")
        half.replace(self._folder / f"{name}.secret")

    def delete(self, name: str) -> None:
        (self._folder / f"{name}.secret").unlink(missing_ok=True)


def os_keystore(service: str = SERVICE) -> OsSecrets | None:
    """The key store of this machine if it is a real one and works, else None.

    Proven by keeping and reading back a random secret: a store that is there but locked, or that forgets, is none.
    Takes up to a second: not for the ui thread.
    """
    import keyring

    for backend in _offered(keyring.get_keyring()):
        store = OsSecrets(backend, service)
        name, secret = f"probe-{secrets.token_hex(4)}", secrets.token_bytes(32)
        with suppress(Failed, ValueError, RuntimeError):
            store.set(name, secret)
            kept = store.get(name)
            store.delete(name)
            if kept == secret and store.get(name) is None:
                return store
    return None


def _offered(backend: KeyringBackend) -> list[KeyringBackend]:
    """The trusted stores behind what the library chose; it may have chained several."""
    chained = (
        getattr(backend, "backends", None) if type(backend).__module__ == "keyring.backends.chainer" else [backend]
    )
    return [one for one in chained or [] if type(one).__module__ in _REAL]
