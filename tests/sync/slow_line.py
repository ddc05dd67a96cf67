"""A line of 9.6 kbit/s with three seconds there and back that drops every half minute, on loopback and in less time.

Time runs ``FASTER`` times as fast on both sides of the proxy: what takes a second on the line takes 1/FASTER here, and
the desk's clock counts FASTER milliseconds for each. Bytes, sizes of batches and pauses are those of the real line.
"""

from __future__ import annotations

import socket
import threading
import time
from queue import Queue
from types import TracebackType

from sync.centre.clock import system_clock
from tests.sync.ports import free_port

FASTER = 40
BYTES_PER_S = 1_200  # 9.6 kbit/s
ROUND_TRIP_S = 3
DROPS_EVERY_S = 30
_PIECE = 600


class FastClock:
    """The desk's clock beside the line."""

    def utc(self):  # type: ignore[no-untyped-def]
        return system_clock()

    def ticks_ms(self) -> int:
        return time.monotonic_ns() * FASTER // 1_000_000


class SlowLine:
    """Forwards to ``target``; counts what went over. A context manager with an ``url`` of its own."""

    def __init__(self, target: int) -> None:
        self._target = target
        self._port = free_port()
        self.url = f"http://127.0.0.1:{self._port}"
        self.up = self.down = self.drops = 0
        self._listener = socket.create_server(("127.0.0.1", self._port))
        self._started = time.monotonic()
        self._open: list[socket.socket] = []
        self._thread = threading.Thread(target=self._accept, daemon=True)
        self._dropper = threading.Thread(target=self._drop, daemon=True)
        self._done = threading.Event()

    @property
    def line_seconds(self) -> int:
        """How long it took on the real line."""
        return int((time.monotonic() - self._started) * FASTER)

    def __enter__(self) -> SlowLine:
        self._thread.start()
        self._dropper.start()
        return self

    def __exit__(self, *_: type[BaseException] | BaseException | TracebackType | None) -> None:
        self._done.set()
        self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        self._thread.join(5)

    def _drop(self) -> None:
        while not self._done.wait(DROPS_EVERY_S / FASTER):
            self.drops += 1
            dying, self._open = self._open, []
            for one in dying:
                try:
                    one.shutdown(socket.SHUT_RDWR)
                except OSError:
                    continue

    def _accept(self) -> None:
        while True:
            try:
                near, _ = self._listener.accept()
            except OSError:
                return
            threading.Thread(target=self._serve, args=(near,), daemon=True).start()

    def _serve(self, near: socket.socket) -> None:
        with near, socket.create_connection(("127.0.0.1", self._target)) as far:
            self._open += [near, far]
            time.sleep(ROUND_TRIP_S / FASTER)  # the handshake
            back = threading.Thread(target=self._pump, args=(far, near, False), daemon=True)
            back.start()
            self._pump(near, far, True)
            back.join(5)

    def _pump(self, source: socket.socket, sink: socket.socket, up: bool) -> None:
        """Piece by piece as fast as the line is, each half a round trip after it left."""
        flying: Queue[tuple[float, bytes]] = Queue()
        landing = threading.Thread(target=self._land, args=(flying, sink, up), daemon=True)
        landing.start()
        free_at = 0.0
        try:
            while data := source.recv(1 << 16):
                for start in range(0, len(data), _PIECE):
                    piece = data[start : start + _PIECE]
                    free_at = max(free_at, time.monotonic()) + len(piece) / BYTES_PER_S / FASTER
                    flying.put((free_at + ROUND_TRIP_S / 2 / FASTER, piece))
                time.sleep(max(0.0, free_at - time.monotonic()))  # the sender feels the line, not our memory
        except OSError:
            pass
        flying.put((0.0, b""))
        landing.join(10)
        for one in (source, sink):
            try:
                one.shutdown(socket.SHUT_RDWR)
            except OSError:
                continue

    def _land(self, flying: Queue[tuple[float, bytes]], sink: socket.socket, up: bool) -> None:
        while True:
            due, piece = flying.get()
            if not piece:
                return
            time.sleep(max(0.0, due - time.monotonic()))
            try:
                sink.sendall(piece)
            except OSError:
                return
            if up:
                self.up += len(piece)
            else:
                self.down += len(piece)
