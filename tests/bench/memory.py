"""Memory of the desk after a long day: 300 dossiers taken in, with their receipts made."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from tests.bench.measure import Row, count

DOSSIERS = 300


def rows(folder: Path) -> Iterator[Row]:
    """The process's own highest resident memory, as the kernel counts it, in a process of its own."""
    command = [sys.executable, "-m", "tests.bench.memory", str(folder / "memory")]
    said = subprocess.run(command, check=True, capture_output=True, text=True)
    yield count(f"memory after {DOSSIERS} dossiers", 250, int(said.stdout) / 1024, "MB")


def desk_side(folder: Path) -> None:
    """The parts of a running desk in one process: Qt, the store, the papers, and 300 dossiers through them."""
    from PySide6.QtWidgets import QApplication

    from desk_app.ui.shell import Shell  # noqa: F401  a desk has its window loaded all day
    from tests.bench.counter import Counter
    from tests.bench.receipt import desk_side as receipt

    application = QApplication([])
    counter = Counter(folder)
    for number in range(DOSSIERS):
        counter.accept(counter.command(number))
        receipt()
        application.processEvents()
    counter.close()


def peak_kb() -> int:
    """The highest resident memory of this process so far, in kilobytes."""
    status = Path("/proc/self/status").read_text()
    return int(status.split("VmHWM:")[1].split()[0])


if __name__ == "__main__":
    desk_side(Path(sys.argv[1]))
    print(peak_kb())
