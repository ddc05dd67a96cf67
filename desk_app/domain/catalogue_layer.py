"""The commune's own versions of procedures laid over the national catalogue: one whole catalogue with its own version.

An edition holds only over the very entry it was made from. When the level above changes a procedure, its word holds
and the office's edition is set aside, named, until somebody looks at it again.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Any, Final

from desk_app.domain.overlay import Overlay

JOINT: Final = "+"  # between the national version and that of the layer over it


@dataclass(frozen=True, slots=True)
class Laid:
    """``data``: the compiled catalogue; ``aside``: ids whose edition does not fit the entry of today."""

    version: str
    data: bytes
    aside: tuple[str, ...]


def entry_digest(entry: Mapping[str, Any]) -> str:
    """SHA-256 of an entry in its canonical form, 64 hexadecimal digits."""
    return sha256(_canonical(entry)).hexdigest()


def laid_version(national: str, overlay: Overlay | None) -> str:
    """The version of what a desk works by: ``2026.1-cf90a4b7+xa3``."""
    return f"{national}{JOINT}{overlay.version}" if overlay is not None and overlay.editions else national


def national_version(version: str) -> str:
    """The version of the catalogue under the layer."""
    return version.partition(JOINT)[0]


def lay_editions(national: bytes, overlay: Overlay) -> Laid:
    """The national catalogue, compiled, with the editions of the layer. Raises what ``json.loads`` raises."""
    whole = json.loads(national)
    fitting, aside = _sorted_out(whole["procedures"], overlay)
    version = laid_version(str(whole["version"]), overlay)
    if not fitting:
        return Laid(version, _canonical({**whole, "version": version}), aside)
    whole["procedures"] = [fitting.get(entry["id"], entry) for entry in whole["procedures"]]
    cases = dict(whole.get("cases") or {})
    cases |= {id: list(overlay.editions[id].cases) for id in fitting if overlay.editions[id].cases}
    return Laid(version, _canonical({**whole, "cases": cases, "version": version}), aside)


def _sorted_out(
    entries: Iterable[Mapping[str, Any]], overlay: Overlay
) -> tuple[dict[str, Mapping[str, Any]], tuple[str, ...]]:
    by_id = {entry["id"]: entry for entry in entries}
    fitting = {
        id: edition.entry
        for id, edition in overlay.editions.items()
        if id in by_id and entry_digest(by_id[id]) == edition.base
    }
    return fitting, tuple(id for id in overlay.editions if id not in fitting)


def _canonical(data: object) -> bytes:
    return json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode("utf-8")
