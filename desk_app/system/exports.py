"""Files the officer takes out of the program: one folder, a name of its own for each, nothing replaced."""

from __future__ import annotations

from pathlib import Path

from desk_app.domain.errors import Failed


def save(folder: Path, name: str, data: bytes) -> Path:
    """Write a new file; a name that is taken gets a number. Failed IN-08 (`path`): the folder cannot be written."""
    stem, dot, ending = name.rpartition(".")
    safe = "".join(c if c.isalnum() or c in "-_." else "-" for c in stem).strip(".-")[:80] or "tep"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for number in range(1, 10_000):
            path = folder / (f"{safe}{dot}{ending}" if number == 1 else f"{safe}-{number}{dot}{ending}")
            try:
                with path.open("xb") as out:
                    out.write(data)
            except FileExistsError:
                continue
            return path
    except OSError as cause:
        raise Failed("IN-08", path=str(folder)) from cause
    raise Failed("IN-08", path=str(folder))
