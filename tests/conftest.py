"""What every test may rely on: no screen needed, folders of its own, a real screen and a real print server on demand.

In CI a missing program is a failure, never a skip: a green run has run everything. Elsewhere the skip says what to
install.
"""

from __future__ import annotations

import os
import sys

if sys.platform.startswith("linux") and not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
    # Qt aborts the process, without an exception, when it finds no screen: set before anything imports it.
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from tests.printserver import PrintServer
from tests.screen import Screen

# A machine that does ten things at once is slow, not wrong. (In CI the library's own profile says the same.)
settings.register_profile("busy", deadline=None)
if not os.environ.get("CI"):
    settings.load_profile("busy")


def require(program: str, package: str) -> None:
    """Fail in CI, skip elsewhere, when `program` of Debian's `package` is not on this machine."""
    if shutil.which(program, path=os.environ.get("PATH", "") + os.pathsep + "/usr/sbin"):
        return
    words = f"{program} is missing: install the system package {package} (bootstrap.py test does it as root)"
    if os.environ.get("CI"):
        pytest.fail(words)
    pytest.skip(words)


@pytest.fixture
def data_dir(tmp_path: Path) -> Path:
    """An empty data folder of a desk, with a space and Vietnamese letters in its path."""
    folder = tmp_path / "Dữ liệu quầy"
    folder.mkdir()
    return folder


@pytest.fixture(scope="session")
def xvfb() -> Iterator[Screen]:
    """A real X screen of 1366 × 768 on a display number nobody else has."""
    require("Xvfb", "xvfb")
    with Screen(1366, 768) as screen:
        yield screen


@pytest.fixture(scope="session")
def cups(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PrintServer]:
    """A private CUPS on loopback with a virtual printer whose papers can be read."""
    require("cupsd", "cups")
    require("lp", "cups-client")
    with PrintServer(tmp_path_factory.mktemp("cups")) as server:
        yield server


@pytest.fixture
def printer(cups: PrintServer) -> PrintServer:
    """The private print server, emptied and with its printer ready."""
    cups.reset()
    return cups
