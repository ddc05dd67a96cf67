"""`python -m tests.bench [--json] [ROW …]`: measure and print; exit 1 when a budget is broken or a row cannot run."""

from __future__ import annotations

import argparse
import importlib
import json
import sys
import tempfile
import traceback
from pathlib import Path

ROWS = ("start", "intake", "issue", "receipt", "papers", "handlers", "memory", "search", "sync")


def main() -> int:
    """Measure the named rows, all of them by default."""
    parser = argparse.ArgumentParser(prog="bench")
    parser.add_argument("--json", action="store_true", help="one JSON object a line")
    parser.add_argument("rows", nargs="*", metavar="ROW", help=", ".join(ROWS))
    chosen = parser.parse_args()
    kept = True
    for name in chosen.rows or ROWS:
        with tempfile.TemporaryDirectory(prefix="desk-bench-") as folder:
            try:
                for row in importlib.import_module(f"tests.bench.{name}").rows(Path(folder)):
                    print(row.as_json() if chosen.json else row, flush=True)
                    kept = kept and row.ok
            except Exception as broken:  # noqa: BLE001  one broken row must not hide the others
                traceback.print_exc()
                print(json.dumps({"name": name, "ok": False, "why": type(broken).__name__}), flush=True)
                kept = False
    return 0 if kept else 1


if __name__ == "__main__":
    sys.exit(main())
