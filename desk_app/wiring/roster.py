"""Who may sign in here and where we are, read without opening or loading anything heavy: for the first paint.

``keys.json`` holds names and roles beside the wrapped keys; ``place.json`` the office's name as last shown. Neither is
trusted for anything but the log-in's looks.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

KEYS = "keys.json"
PLACE = "place.json"


@dataclass(frozen=True, slots=True)
class Roster:
    """Officers as (id, name, role), the office and the counter; empty when there is nothing yet.

    ``passphrases``: ids of officers who unlock with a passphrase, because the machine keeps no secret.
    """

    officers: tuple[tuple[str, str, str], ...] = ()
    unit: str = ""
    desk: str = ""
    passphrases: frozenset[str] = frozenset()


def read_roster(folder: Path) -> Roster:
    """What the log-in shows at once; a file that can't be read gives an empty list, the real reader says why."""
    slots = _read(folder / KEYS).get("slots")
    place = _read(folder / PLACE)
    known = [
        s for s in (slots if isinstance(slots, list) else []) if isinstance(s, dict) and s.get("kind") == "officer"
    ]
    officers = tuple((str(s.get("officer", "")), str(s.get("name", "")), str(s.get("role_text", ""))) for s in known)
    passphrases = frozenset(str(s.get("officer", "")) for s in known if s.get("machine") is False)
    return Roster(officers, str(place.get("unit", "")), str(place.get("desk", "")), passphrases)


def keep_place(folder: Path, unit: str, desk: str) -> None:
    """Remember the office's name for the next log-in; a full disk is no reason to stop."""
    wanted = json.dumps({"unit": unit, "desk": desk}, ensure_ascii=False)
    file = folder / PLACE
    try:
        if not file.exists() or file.read_text(encoding="utf-8") != wanted:
            file.write_text(wanted, encoding="utf-8")
    except OSError:
        return


def initials(name: str) -> str:
    """Two letters for a tile: first of the family name, first of the given name."""
    words = name.split()
    return (words[0][:1] + (words[-1][:1] if len(words) > 1 else "")).upper() if words else "?"


def _read(file: Path) -> dict[str, object]:
    try:
        found = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}
