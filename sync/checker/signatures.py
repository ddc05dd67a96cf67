"""The only cryptography beyond hashes: Ed25519 over SHA-256(purpose ‖ 0 ‖ body), as the published protocol says."""

from __future__ import annotations

import json
from hashlib import sha256
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

EXPORT = "desk/1 export"
ANSWER = "desk-sync/1 answer"


def signed_by(key: str, purpose: str, body: bytes, signature: str) -> bool:
    """Whether the owner of ``key`` (hex) signed ``body``."""
    try:
        digest = sha256(purpose.encode("ascii") + b"\0" + body).digest()
        Ed25519PublicKey.from_public_bytes(bytes.fromhex(key)).verify(bytes.fromhex(signature), digest)
    except (InvalidSignature, ValueError):
        return False
    return True


def open_answer(key: str, raw: bytes) -> dict[str, Any] | None:
    """An acknowledgement of the centre without its signature; None when ``key`` did not sign it."""
    try:
        value = json.loads(raw)
    except ValueError:
        return None
    if not isinstance(value, dict) or not isinstance(signature := value.pop("sig", None), str):
        return None
    body = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
    return value if signed_by(key, ANSWER, body, signature) else None
