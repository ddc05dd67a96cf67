"""A K80 printer on a socket: takes ESC/POS, keeps the picture it would print, and dies where it is told to."""

from __future__ import annotations

import contextlib
import socket
import struct
import threading

ROW = 72
ASKED = (b"\x10\x04\x01", b"\x10\x04\x04")


class Paper:
    """What the printer's own parser makes of the bytes; its state outlives a broken connection."""

    def __init__(self) -> None:
        self.rows = b""
        self.sheets: list[bytes] = []
        self.asked = 0
        self._rest = b""
        self._picture = 0

    def feed(self, data: bytes) -> None:
        data, self._rest = self._rest + data, b""
        while data:
            if self._picture:
                taken = data[: self._picture]
                self.rows += taken
                self._picture -= len(taken)
                data = data[len(taken) :]
                continue
            step = self._command(data)
            if not step:
                self._rest = data
                return
            data = data[step:]

    def _command(self, data: bytes) -> int:
        if data[:1] not in (b"\x1b", b"\x1d"):
            return 1
        if data[:2] == b"\x1b@":
            self.rows = b""
            return 2
        if data[:3] == b"\x1dv0":
            if len(data) < 8:
                return 0
            width, height = int.from_bytes(data[4:6], "little"), int.from_bytes(data[6:8], "little")
            assert width == ROW or not width * height  # a torn head is completed by zeros: no picture
            self._picture = width * height
            return 8
        if data[:2] == b"\x1dV":
            if len(data) < 4:
                return 0
            self.sheets.append(self.rows)
            self.rows = b""
            return 4
        if data[:2] == b"\x1dr":
            if len(data) < 3:
                return 0
            self.asked += 1
            return 3
        return 0 if len(data) < 3 else 1


class Device:
    """Listens on loopback. ``dies_at``: closes hard after that many bytes of the next connection.

    ``empty``: no paper. ``offline``: its cover is open. ``mute``: answers nothing. ``runs_out``: the paper ends in the
    next sheet. ``taken``: bytes of the last connection.
    """

    def __init__(self) -> None:
        self.paper = Paper()
        self.dies_at: int | None = None
        self.empty = self.offline = self.mute = self.runs_out = False
        self.taken = 0
        self._listen = socket.create_server(("127.0.0.1", 0))
        self.port = int(self._listen.getsockname()[1])
        self._thread = threading.Thread(target=self._serve, daemon=True)
        self._thread.start()

    @property
    def address(self) -> str:
        return f"127.0.0.1:{self.port}"

    def close(self) -> None:
        with contextlib.suppress(OSError):
            self._listen.shutdown(socket.SHUT_RDWR)
        self._listen.close()
        self._thread.join(5)

    def _serve(self) -> None:
        while True:
            try:
                line, _ = self._listen.accept()
            except OSError:
                return
            with line:
                line.settimeout(5)
                with contextlib.suppress(OSError):
                    self._job(line)

    def _job(self, line: socket.socket) -> None:
        self.taken, asked, tail, dies_at = 0, self.paper.asked, b"", self.dies_at
        while True:
            most = 65_536 if dies_at is None else min(65_536, dies_at - self.taken)
            data = line.recv(most) if most else b""
            if not data:
                break
            self.taken += len(data)
            self._at_once(line, tail + data, len(tail))
            tail = (tail + data)[-2:]
            self.paper.feed(data)
            if self.paper.asked > asked and not self.mute:
                asked = self.paper.asked
                line.sendall(b"\x0c" if self.empty or self.runs_out else b"\0")
        if dies_at is not None:
            line.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))

    def _at_once(self, line: socket.socket, data: bytes, seen: int) -> None:
        """Real-time questions are answered wherever they stand, also inside a picture."""
        if self.mute:
            return
        at = 0
        while (at := data.find(b"\x10\x04", at)) >= 0:
            if at + 3 > seen:
                if data[at : at + 3] == ASKED[0]:
                    line.sendall(bytes([0x12 | (0x08 if self.offline else 0)]))
                elif data[at : at + 3] == ASKED[1]:
                    line.sendall(bytes([0x12 | (0x60 if self.empty else 0)]))
            at += 1
