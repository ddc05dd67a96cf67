"""System packages on Debian: which are missing, and how they get there.

Qt's wheels bring Qt, not the libraries of the window system. On Debian as root the missing ones are installed; for
anybody else the exact command is said. On other systems nothing is checked: Windows needs none.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterable

from words import Stop, tell

# Without these the window, or even the off-screen one, does not open. "a|b": Debian 13 renamed it for 64-bit time.
WINDOW = (
    "fontconfig",
    "libdbus-1-3",
    "libegl1",
    "libfontconfig1",
    "libgl1",
    "libglib2.0-0t64|libglib2.0-0",
    "libx11-xcb1",
    "libxcb-cursor0",
    "libxcb-icccm4",
    "libxcb-image0",
    "libxcb-keysyms1",
    "libxcb-randr0",
    "libxcb-render-util0",
    "libxcb-shape0",
    "libxcb-xkb1",
    "libxkbcommon-x11-0",
    "libxkbcommon0",
)
# Printing goes through them; the desk opens without and saves papers as files.
PRINTING = ("cups-client",)
# Real windows, a real print server, readers of PDF and a browser for the tests.
TESTING = ("chromium", "cups", "cups-filters", "poppler-utils", "xdotool", "xvfb")
# A full font and the kernel's trace, for the floors of the budgets.
MEASURING = ("fonts-liberation2", "strace")
VENV = ("python3-venv",)

_ENGLISH_FAILED = "apt-get could not install the packages; read its words above, then run this command again"


def ensure(packages: Iterable[str], *, needed: bool = True) -> None:
    """Install what is missing as root on Debian; else stop with the command to type, or only say it if not `needed`."""
    if not shutil.which("dpkg-query"):
        return
    absent = missing(packages)
    if not absent:
        return
    if sys.platform != "win32" and os.geteuid() == 0:
        _install(absent)
        return
    command = "sudo apt-get install --no-install-recommends " + " ".join(absent)
    vietnamese = f"Máy thiếu gói hệ thống: {', '.join(absent)}. Nhờ người quản trị chạy lệnh: {command}"
    english = f"system packages are missing; run: {command}"
    if needed:
        raise Stop(vietnamese, english)
    tell(vietnamese + " (chưa in được; phần mềm vẫn chạy).", english + " (the desk runs, printing does not)")


def missing(packages: Iterable[str]) -> list[str]:
    """The packages that dpkg does not know as installed; of alternatives the one this system's archive has."""
    wanted = [entry.split("|") for entry in packages]
    names = [name for alternatives in wanted for name in alternatives]
    shown = subprocess.run(
        ["dpkg-query", "--show", "--showformat=${Package} ${db:Status-Status}\n", *names],
        capture_output=True,
        text=True,
        check=False,
    )
    installed = {line.split()[0] for line in shown.stdout.splitlines() if line.endswith(" installed")}
    return [_offered(alternatives) for alternatives in wanted if not installed.intersection(alternatives)]


def _offered(alternatives: list[str]) -> str:
    for name in alternatives[:-1]:
        known = subprocess.run(["apt-cache", "show", name], capture_output=True, check=False)
        if known.returncode == 0:
            return name
    return alternatives[-1]


def _install(packages: list[str]) -> None:
    tell(f"Đang cài {len(packages)} gói hệ thống…", "installing system packages: " + " ".join(packages))
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive", "LC_ALL": "C.UTF-8"}
    install = ["apt-get", "install", "--yes", "--no-install-recommends", *packages]
    for command in (["apt-get", "update"], install):
        done = subprocess.run(
            command, env=environment, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False
        )
        if done.returncode != 0 and command is install:
            tell(done.stderr.strip()[-2000:] or done.stdout.strip()[-2000:], "the last words of apt-get")
            raise Stop("Chưa cài được gói hệ thống. Kiểm tra mạng rồi chạy lại lệnh này.", _ENGLISH_FAILED)
