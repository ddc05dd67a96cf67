"""A private print server: real CUPS, its own configuration and folders, one virtual printer that keeps its papers.

The printer takes PDF, so what it keeps still has text that can be read. It can run out of paper or vanish, and says so
the way a real driver does (`STATE:` lines and exit codes of the backend).
"""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from types import TracebackType

QUEUE = "quay"
_PROGRAMS = Path("/usr/lib/cups")

_CUPSD = """
LogLevel warn
Listen {address}
Listen {folder}/cups.sock
Browsing No
WebInterface No
DefaultAuthType None
PreserveJobHistory Yes
PreserveJobFiles No
ErrorPolicy stop-printer
<Location />
  Order allow,deny
  Allow localhost
</Location>
<Policy default>
  JobPrivateAccess all
  JobPrivateValues none
  <Limit All>
    Order deny,allow
  </Limit>
</Policy>
"""

_FILES = """
SystemGroup root lpadmin
ServerRoot {folder}/etc
CacheDir {folder}/cache
StateDir {folder}/state
RequestRoot {folder}/spool
TempDir {folder}/spool/tmp
ServerBin {folder}/bin
AccessLog {folder}/access_log
ErrorLog {folder}/error_log
PageLog {folder}/page_log
{user}
"""

_BACKEND = """#!/bin/sh
# The virtual printer: keeps every document, obeys the word in the file `mode`.
if [ $# -eq 0 ]; then echo 'direct desk "Virtual" "Virtual printer of the tests"'; exit 0; fi
box={folder}/papers
while [ "$(cat {folder}/mode)" = paper-out ]; do
  echo 'STATE: +media-empty-error' >&2; sleep 0.1
done
echo 'STATE: -media-empty-error' >&2
if [ "$(cat {folder}/mode)" = gone ]; then
  echo 'STATE: +offline-report' >&2; echo 'ERROR: The printer does not answer.' >&2; exit 4
fi
cat ${{6:--}} > "$box/$1.part"
printf '%s\\n%s\\n%s\\n' "$3" "$4" "$5" > "$box/$1.job"
mv "$box/$1.part" "$box/$1.pdf"
"""

_SIZES = {"A3": (842, 1191), "A4": (595, 842), "A5": (420, 595)}

_PPD = (
    """*PPD-Adobe: "4.3"
*FormatVersion: "4.3"
*FileVersion: "1.0"
*LanguageVersion: English
*LanguageEncoding: ISOLatin1
*PCFileName: "DESK.PPD"
*Manufacturer: "Desk"
*Product: "(Virtual)"
*ModelName: "Desk virtual printer"
*ShortNickName: "Desk virtual printer"
*NickName: "Desk virtual printer"
*PSVersion: "(3010.000) 0"
*LanguageLevel: "3"
*ColorDevice: False
*DefaultColorSpace: Gray
*LandscapeOrientation: Plus90
*cupsVersion: 2.4
*cupsFilter2: "application/vnd.cups-pdf application/pdf 0 -"
*OpenUI *PageSize/Page Size: PickOne
*DefaultPageSize: A4
"""
    + "".join(f'*PageSize {n}/{n}: "<</PageSize[{w} {h}]>>setpagedevice"\n' for n, (w, h) in _SIZES.items())
    + "*CloseUI: *PageSize\n*OpenUI *PageRegion/Page Region: PickOne\n*DefaultPageRegion: A4\n"
    + "".join(f'*PageRegion {n}/{n}: "<</PageSize[{w} {h}]>>setpagedevice"\n' for n, (w, h) in _SIZES.items())
    + "*CloseUI: *PageRegion\n*DefaultImageableArea: A4\n"
    + "".join(f'*ImageableArea {n}/{n}: "0 0 {w} {h}"\n' for n, (w, h) in _SIZES.items())
    + "*DefaultPaperDimension: A4\n"
    + "".join(f'*PaperDimension {n}/{n}: "{w} {h}"\n' for n, (w, h) in _SIZES.items())
)


class PrintServer:
    """One cupsd on loopback. `address` is what `lp -h` takes; `queue` the name of its virtual printer."""

    def __init__(self, folder: Path) -> None:
        # As root the filters run as another user, who must be able to walk to the files; sockets need short paths.
        self._folder = Path(tempfile.mkdtemp(prefix="desk-cups-")) if os.geteuid() == 0 else folder
        self.queue = QUEUE
        self.address = ""

    def __enter__(self) -> PrintServer:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.address = f"localhost:{probe.getsockname()[1]}"
        self._lay_out()
        self._daemon = subprocess.Popen(
            [
                shutil.which("cupsd") or "/usr/sbin/cupsd",
                "-f",
                *("-c", str(self._folder / "etc/cupsd.conf"), "-s", str(self._folder / "etc/cups-files.conf")),
            ],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        self._until(
            lambda: self._tool("lpstat", "-r").returncode == 0 and self._socket.exists(), "cupsd did not answer"
        )
        ppd = self._folder / "etc/virtual.ppd"
        ppd.write_text(_PPD)
        added = self._tool("lpadmin", "-p", QUEUE, "-E", "-v", "desk:/papers", "-P", str(ppd))
        if added.returncode != 0:
            raise RuntimeError(f"no queue: {added.stderr}\n{self.log()}")
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._daemon.terminate()
        self._daemon.wait(timeout=10)
        shutil.rmtree(self._folder, ignore_errors=True)

    def reset(self) -> None:
        """Paper in, printer on, no job left, no paper in the tray."""
        self.set_mode("ready")
        self._tool("cancel", "-a", "-x")
        self.enable()
        self._until(lambda: not self._tool("lpstat", "-o").stdout.strip(), "old jobs stay")
        for paper in (self._folder / "papers").iterdir():
            paper.unlink()

    def set_mode(self, mode: str) -> None:
        """`ready`, `paper-out` (waits for paper) or `gone` (does not answer, the queue stops)."""
        (self._folder / "mode").write_text(mode)

    def enable(self) -> None:
        """Start the queue again, as a person does at the printer's page."""
        self._tool("cupsenable", QUEUE)
        self._tool("cupsaccept", QUEUE)

    def wait_papers(self, count: int = 1) -> list[bytes]:
        """The PDF documents that came out, oldest first, once there are `count`."""
        self._until(lambda: len(self._papers()) >= count, f"{count} papers did not come out")
        return [paper.read_bytes() for paper in self._papers()]

    def settings(self) -> list[str]:
        """Title, copies and options of the last job, as the driver saw them."""
        return max((self._folder / "papers").glob("*.job"), key=lambda p: int(p.stem)).read_text().splitlines()

    def log(self) -> str:
        """What the server complained about."""
        log = self._folder / "error_log"
        return log.read_text(errors="replace") if log.exists() else ""

    @property
    def _socket(self) -> Path:
        return self._folder / "cups.sock"

    def _papers(self) -> list[Path]:
        return sorted((self._folder / "papers").glob("*.pdf"), key=lambda paper: int(paper.stem))

    def _lay_out(self) -> None:
        self._folder.chmod(0o755)
        for name in ("etc/ppd", "etc/ssl", "cache", "state/certs", "spool/tmp", "bin/backend", "papers"):
            (self._folder / name).mkdir(parents=True, exist_ok=True)
        (self._folder / "papers").chmod(0o777)
        for name in ("filter", "daemon", "cgi-bin", "driver", "monitor", "notifier"):
            (self._folder / "bin" / name).symlink_to(_PROGRAMS / name)
        backend = self._folder / "bin/backend/desk"
        backend.write_text(_BACKEND.format(folder=self._folder))
        backend.chmod(0o755)
        self.set_mode("ready")
        root = os.geteuid() == 0
        values = {"folder": self._folder, "address": self.address, "user": "User lp\nGroup lp" if root else ""}
        (self._folder / "etc/cupsd.conf").write_text(_CUPSD.format(**values))
        (self._folder / "etc/cups-files.conf").write_text(_FILES.format(**values))
        if root:
            for name in ("cache", "spool", "spool/tmp"):
                shutil.chown(self._folder / name, "root", "lp")
                (self._folder / name).chmod(0o770)

    def _tool(self, *command: str) -> subprocess.CompletedProcess[str]:
        program = shutil.which(command[0], path=os.environ.get("PATH", "") + ":/usr/sbin") or command[0]
        surroundings = {**os.environ, "LC_ALL": "C.UTF-8", "CUPS_SERVER": self.address}
        return subprocess.run(
            [program, *command[1:]], env=surroundings, capture_output=True, text=True, check=False, timeout=30
        )

    def _until(self, reached: Callable[[], bool], otherwise: str, seconds: float = 20.0) -> None:
        end = time.monotonic() + seconds
        while not reached():
            if time.monotonic() > end:
                raise RuntimeError(f"{otherwise}\n{self.log()[-3000:]}")
            time.sleep(0.05)
