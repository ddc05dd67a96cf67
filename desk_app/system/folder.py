"""A folder of files written as a whole: beside the old one first, then in its place."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from pathlib import Path

from desk_app.domain.errors import Failed


def replace_folder(folder: Path, files: Mapping[str, bytes]) -> Path:
    """Lay ``files`` as ``folder``; an older one goes only when all is written. Fails: DM-14 the disk does not take it."""
    beside, old = folder.with_name(f"{folder.name}.new"), folder.with_name(f"{folder.name}.old")
    try:
        shutil.rmtree(beside, ignore_errors=True)
        shutil.rmtree(old, ignore_errors=True)
        beside.mkdir(parents=True)
        for name, data in files.items():
            (beside / name).write_bytes(data)
        if folder.exists():
            folder.rename(old)
        beside.rename(folder)
        shutil.rmtree(old, ignore_errors=True)
    except OSError as problem:
        shutil.rmtree(beside, ignore_errors=True)
        if old.exists() and not folder.exists():
            old.rename(folder)
        raise Failed("DM-14", folder=folder.name) from problem
    return folder


def replace_file(file: Path, data: bytes) -> Path:
    """Write a file in one rename. Fails: DM-14 the disk does not take it."""
    beside = file.with_name(f"{file.name}.new")
    try:
        beside.write_bytes(data)
        beside.replace(file)
    except OSError as problem:
        beside.unlink(missing_ok=True)
        raise Failed("DM-14", folder=file.parent.name) from problem
    return file
