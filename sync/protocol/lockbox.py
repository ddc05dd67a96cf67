"""Files for one reader only: age, to the Ed25519 key that the reader is known by anyway (as ssh keys are used by age).

age says nothing of who wrote a file: that the signatures inside say. A changed or cut file does not open.
"""

from __future__ import annotations

import pyrage

from sync.protocol.sign import ssh_private_key, ssh_public_key


class LockboxError(ValueError):
    """Not written for this key, changed, or cut."""


def lock(data: bytes, *keys: str) -> bytes:
    """Encrypt for the owners of public ``keys`` (64 hexadecimal digits each). Raises LockboxError for no key at all."""
    try:
        return bytes(pyrage.encrypt(data, [pyrage.ssh.Recipient.from_str(ssh_public_key(key)) for key in keys]))
    except (ValueError, pyrage.RecipientError, pyrage.EncryptError) as error:
        raise LockboxError("no key to write for") from error


def unlock(data: bytes, seed: bytes) -> bytes:
    """Decrypt with a 32-byte seed. Raises LockboxError."""
    try:
        return bytes(pyrage.decrypt(data, [pyrage.ssh.Identity.from_buffer(ssh_private_key(seed))]))
    except (ValueError, pyrage.IdentityError, pyrage.DecryptError) as error:
        raise LockboxError("not for this key, or damaged") from error
