"""A K80 printer on a socket: takes ESC/POS, keeps the picture it would print, and dies where it is told to."""

from __future__ import annotations

import socket
import struct
import threading

ROW = 72


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
    """Listens on loopback. ``dies_at``: closes hard after that many bytes of the next job; ``empty``: no paper."""

    def __init__(self) -> None:
        self.paper = Paper()
        self.dies_at: int | None = None
        self.empty = False
        self._listen = socket.create_server(("127.0.0.1", 0))
        self.port = int(self._listen.getsockname()[1])
        self._thread = threading.Thread(target=self._serve, daemon=True)
        self._thread.start()

    def close(self) -> None:
        self._listen.close()
        self._thread.join(5)

    def _serve(self) -> None:
        while True:
            try:
                line, _ = self._listen.accept()
            except OSError:
                return
            with line:
                self._job(line)

    def _job(self, line: socket.socket) -> None:
        got, asked = 0, self.paper.asked
        while True:
            most = 65_536 if self.dies_at is None else min(65_536, self.dies_at - got)
            data = line.recv(most) if most else b""
            if not data:
                break
            got += len(data)
            self.paper.feed(data)
        if self.dies_at is not None:
            line.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        elif self.paper.asked > asked:
            line.sendall(b"\x0c" if self.empty else b"\0")
