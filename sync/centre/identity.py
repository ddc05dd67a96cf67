"""Who this centre is: its Ed25519 seed in the data folder, its life number ``gen`` in the database."""

from __future__ import annotations

import hmac
import os
import secrets
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from sync.centre.database import Db
from sync.protocol.sign import public_key


class WrongKey(RuntimeError):
    """The key in the data folder is not the one desks of this database have pinned."""


@dataclass(frozen=True, slots=True)
class CentreKey:
    """The private seed (never shown) and the public key that desks pin."""

    seed: bytes
    public: str

    def __repr__(self) -> str:
        return f"CentreKey({self.public[:8]}…)"

    def hide(self, text: str) -> bytes:
        """A keyed hash, for codes and tokens at rest."""
        return hmac.digest(self.seed, text.encode("utf-8"), sha256)


def load_key(data: Path) -> CentreKey:
    """The centre's key in ``data``; made at the first call, readable by the owner only."""
    file = data / "centre-key.hex"
    if not file.exists():
        data.mkdir(parents=True, exist_ok=True)
        temporary = file.with_suffix(f".{os.getpid()}")
        descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w", encoding="ascii") as out:
            out.write(secrets.token_bytes(32).hex())
            out.flush()
            os.fsync(out.fileno())
        try:
            os.link(temporary, file)  # the first process wins, the others read its key
        except FileExistsError:
            pass
        except OSError:
            temporary.replace(file)
        temporary.unlink(missing_ok=True)
    seed = bytes.fromhex(file.read_text("ascii").strip())
    return CentreKey(seed, public_key(seed))


def claim_database(db: Db, key: CentreKey) -> int:
    """Tie database and key together at the first start; answers ``gen``. Raises WrongKey."""
    db.execute("INSERT INTO centre (key) VALUES (%s) ON CONFLICT DO NOTHING", (key.public,))
    row = db.execute("SELECT key, gen FROM centre").fetchone()
    db.commit()
    if row is None or row[0] != key.public:
        raise WrongKey("centre-key.hex does not belong to this database")
    return int(row[1])


def raise_gen(db: Db) -> int:
    """After a restore from a backup: desks forget their marks and offer everything again. Answers the new ``gen``."""
    row = db.execute("UPDATE centre SET gen = gen + 1 RETURNING gen").fetchone()
    db.commit()
    if row is None:
        raise WrongKey("no centre in this database")
    return int(row[0])
