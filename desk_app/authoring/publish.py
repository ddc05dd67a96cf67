"""Signs a compiled catalogue, or a layer over it: `python -m desk_app.authoring.publish LAYER FILE SEED OUT`.

Run by the catalogue office on its own machine. SEED is a file of 32 bytes that never leaves it; with a new path one is
made. Version and serial stand in the file itself; what is not newer is refused by every desk.
"""

from __future__ import annotations

import json
import secrets
import sys
from pathlib import Path

from desk_app.domain.catalogue import load_catalogue
from desk_app.domain.condition import DataProblem
from desk_app.domain.errors import DeskError
from desk_app.domain.overlay import overlay_from_json
from sync.protocol.parcel import seal_parcel
from sync.protocol.sign import fingerprint, public_key


def publish(layer: str, data: bytes, seed: bytes) -> bytes:
    """The parcel of ``data``; raises DataProblem or DeskError when no desk could use it."""
    if layer == "national":
        found = load_catalogue(data)
        return seal_parcel(seed, layer, "", found.serial, found.version, data)
    overlay = overlay_from_json(data, layer)
    serial = json.loads(data).get("serial")
    if not isinstance(serial, int) or serial < 1:
        raise DataProblem(("serial",), "số bản phải là số nguyên từ 1")
    return seal_parcel(seed, layer, overlay.unit, serial, overlay.version, data)


def seed_of(file: Path) -> bytes:
    """The seed in a file; a file that is not there yet gets one, readable by its owner only."""
    if not file.exists():
        file.touch(mode=0o600)
        file.write_bytes(secrets.token_bytes(32))
    return file.read_bytes()


def main(argv: list[str]) -> int:
    """0 when the parcel was written, 1 with the reason."""
    if len(argv) != 4:
        sys.stdout.write(f"{__doc__}\n")
        return 1
    layer, source, seed_file, target = argv[0], Path(argv[1]), Path(argv[2]), Path(argv[3])
    seed = seed_of(seed_file)
    try:
        parcel = publish(layer, source.read_bytes(), seed)
    except (DeskError, DataProblem, ValueError, OSError) as problem:
        sys.stdout.write(f"Không ký: {problem}\n")
        return 1
    target.write_bytes(parcel)
    key = public_key(seed)
    sys.stdout.write(f"Đã ký {target.name}: {len(parcel)} byte\nKhóa công khai {key}\nDấu vân tay {fingerprint(key)}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
