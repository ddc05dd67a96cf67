"""Where the data that ships with the program lies: in a checkout, beside an installed package, in a frozen build."""

from __future__ import annotations

import sys
from pathlib import Path


def folder() -> Path:
    """The folder `resources` itself."""
    frozen = getattr(sys, "_MEIPASS", None)
    return (Path(frozen) if frozen else Path(__file__).resolve().parents[2]) / "resources"


def path(*parts: str) -> Path:
    """One file or folder of the resources, e.g. `path("messages", "vi.json")`; not checked to exist."""
    return folder().joinpath(*parts)
