"""The commands for measuring from outside: each a process, each with one JSON object at its end."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

from tests.sync.server import CentreProcess


def run(folder: Path, *args: str) -> dict[str, object]:
    done = subprocess.run(
        [sys.executable, "-m", "desk_app.wiring.desk_sync", *args, "--data", str(folder / "desk")],
        capture_output=True, text=True, timeout=120, env=os.environ | {"DESK_SYNC_PASSPHRASE": "mot hai ba bon nam"},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return dict(json.loads(done.stdout.splitlines()[-1]))


def test_load_push_and_count_say_what_they_did(centre: CentreProcess, tmp_path: Path) -> None:
    unit = centre.new_unit()
    facts = [{"kind": "paper.printed", "body": {"paper": f"p-{n}", "copy": 0, "reason": ""}} for n in range(250)]
    file = tmp_path / "facts.jsonl"
    file.write_text("\n".join(map(json.dumps, facts)), encoding="utf-8")
    loaded = run(tmp_path, "load", str(file), "--url", centre.url, "--code", centre.code(unit))
    assert loaded["records"] == 250 and isinstance(loaded["seconds"], float)
    pushed = run(tmp_path, "push")
    counted = run(tmp_path, "count")
    assert pushed["records"] == counted["count"] == counted["distinct"] == len(centre.hashes(unit)) > 250
    assert run(tmp_path, "push")["records"] == 0
