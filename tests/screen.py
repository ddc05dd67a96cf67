"""A real X screen for tests that need windows, focus and an input method."""

from __future__ import annotations

import os
import subprocess
from types import TracebackType


class Screen:
    """One Xvfb; the server chooses a free display itself, so runs side by side do not meet."""

    def __init__(self, width: int, height: int) -> None:
        self._size = f"{width}x{height}x24"
        self.display = ""

    def __enter__(self) -> Screen:
        told, tell = os.pipe()
        self._server = subprocess.Popen(
            ["Xvfb", "-displayfd", str(tell), "-screen", "0", self._size, "-nolisten", "tcp", "-noreset"],
            pass_fds=[tell],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        os.close(tell)
        with os.fdopen(told) as answer:
            number = answer.readline().strip()  # written when the server listens; empty when it died
        if not number:
            raise RuntimeError("Xvfb did not start")
        self.display = f":{number}"
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.terminate()
        self._server.wait(timeout=10)

    def environment(self) -> dict[str, str]:
        """The environment of a program that shows its windows here."""
        inherited = {
            name: value for name, value in os.environ.items() if name not in ("QT_QPA_PLATFORM", "WAYLAND_DISPLAY")
        }
        return {**inherited, "DISPLAY": self.display, "QT_QPA_PLATFORM": "xcb"}
