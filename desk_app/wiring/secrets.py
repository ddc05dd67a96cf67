"""Where the machine's secret lies: the OS key store of a real desk, a file beside the data of a training office."""

from __future__ import annotations

from pathlib import Path

from desk_app.system.keystore import FileSecrets, Secrets, os_keystore


def secrets_for(folder: Path, *, real: bool) -> Secrets | None:
    """The secrets of a desk; None: no key store here, so officers unlock with passphrases of 12 characters."""
    return os_keystore() if real else FileSecrets(folder)
