"""Where a desk keeps its data, settings, logs and papers, and where it must not.

A real desk has one folder for the whole machine, since several officers work at it; training and development stay in
the user's own folder; a folder named on the command line holds everything, so that it can be carried or thrown away
whole. The journal needs memory shared with its file and one writer: a network share or a folder that a cloud service
copies would tear it, so these are refused before anything is opened.
"""

from __future__ import annotations

import os
import re
import sys
from dataclasses import dataclass
from enum import Enum
from pathlib import Path

from desk_app.domain.errors import Failed, Refused

_NAME = "MotCuaDesk"
_REMOTE_TYPES = frozenset(
    ("nfs", "nfs4", "cifs", "smbfs", "smb3", "ncpfs", "afs", "ceph", "glusterfs", "lustre", "beegfs", "davfs")
)
_REMOTE_FUSE = frozenset(
    ("davfs2", "sshfs", "rclone", "gvfsd-fuse", "glusterfs", "ceph", "s3fs", "onedriver", "google-drive-ocamlfuse")
)
_CLOUD = re.compile(
    r"onedrive( ?- ?.+)?|dropbox( \(.+\))?|google ?drive|my drive|drive của tôi|icloud ?drive|nextcloud|owncloud"
    r"|box sync|megasync|pcloud ?drive|syncthing|resilio sync",
    re.IGNORECASE,
)
_DRIVE_REMOTE = 4


class Use(Enum):
    """What the desk is opened for."""

    REAL = "real"
    TRAINING = "training"
    DEVELOPMENT = "development"


@dataclass(frozen=True)
class Places:
    """The folders of one desk. `settings` is a file."""

    data: Path
    settings: Path
    logs: Path
    papers: Path


def places(use: Use, data: Path | None = None) -> Places:
    """The folders for `use`; with `data` all of them inside that folder. Nothing is made or checked."""
    if data is not None:
        whole = data.expanduser().absolute()
        return Places(whole, whole / "settings.toml", whole / "logs", whole / "papers")
    import platformdirs  # only here: with --data, and before the first paint, its dozen files are not needed

    name = _NAME if use is Use.REAL else f"{_NAME}-{use.value}"
    site, user = platformdirs.site_data_path(name, False), platformdirs.user_data_path(name, False)
    return Places(
        data=site if use is Use.REAL else user,
        settings=platformdirs.user_config_path(name, False) / "settings.toml",
        logs=platformdirs.user_log_path(name, False),
        papers=platformdirs.user_documents_path() / "Mot Cua Desk",
    )


def prepare(folder: Path, *, shared: bool = False) -> Path:
    """Make the data folder if needed and make sure that it can be written and lies on a disk of this machine.

    `shared`: the desk's group may use it too (a real desk). Refused: DL-07 network or cloud folder. Failed: HT-07 it
    cannot be made or written.
    """
    refuse_remote(folder)
    probe = folder / f".probe-{os.getpid()}"
    try:
        folder.mkdir(mode=0o770 if shared else 0o700, parents=True, exist_ok=True)
        probe.write_bytes(b"")
        probe.unlink()
    except OSError as cause:
        raise Failed("HT-07", path=str(folder)) from cause
    return folder


def refuse_remote(folder: Path, mounts: str | None = None) -> None:
    """Refuse (DL-07) a folder on a network share or inside a cloud service's folder; links are followed.

    `mounts` is the text of /proc/mounts, read from the system when not given.
    """
    for place in {folder.absolute(), folder.resolve()}:
        cloud = next((part for part in place.parts if _CLOUD.fullmatch(part)), None)
        if cloud or _in_onedrive(place):
            raise Refused("DL-07", path=str(folder), where=cloud or "OneDrive")
        share = _windows_share(place) if sys.platform == "win32" else _remote_mount(place, mounts)
        if share:
            raise Refused("DL-07", path=str(folder), where=share)


def _in_onedrive(place: Path) -> bool:
    """Windows names the synchronised folders in the environment, whatever they are called on the disk."""
    roots = (os.environ.get(name, "") for name in ("OneDrive", "OneDriveConsumer", "OneDriveCommercial"))
    return any(root and place.is_relative_to(root) for root in roots)


def _remote_mount(place: Path, mounts: str | None) -> str:
    """The network file system that holds `place`, or nothing."""
    if mounts is None:
        table = Path("/proc/mounts")
        mounts = table.read_text(encoding="utf-8", errors="surrogateescape") if table.exists() else ""
    best, kind, source = Path(), "", ""
    for line in mounts.splitlines():
        fields = [re.sub(r"\\([0-7]{3})", lambda octal: chr(int(octal[1], 8)), field) for field in line.split(" ")]
        if len(fields) < 3:
            continue
        point = Path(fields[1])
        # A later line lies over an earlier one at the same place.
        if place.is_relative_to(point) and len(point.parts) >= len(best.parts):
            best, kind, source = point, fields[2], fields[0]
    remote = kind in _REMOTE_TYPES or kind.removeprefix("fuse.") in _REMOTE_FUSE
    return (source or kind) if remote else ""


def _windows_share(place: Path) -> str:
    if place.drive.startswith("\\\\"):
        return place.drive
    if sys.platform == "win32":
        import ctypes

        if ctypes.windll.kernel32.GetDriveTypeW(place.anchor) == _DRIVE_REMOTE:
            return place.drive
    return ""
