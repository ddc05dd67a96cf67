"""A bad network on loopback: each connection gets the next fault of a script, then all is well again."""

from __future__ import annotations

import socket
import threading
from collections import deque
from dataclasses import dataclass
from types import TracebackType

from tests.sync.ports import free_port


@dataclass(frozen=True)
class Fault:
    """``request_bytes``/``answer_bytes``: cut the connection after so many bytes in that direction.

    ``say``: answer this instead of the centre. ``twice``: the centre gets the request a second time after its answer.
    """

    request_bytes: int | None = None
    answer_bytes: int | None = None
    say: bytes | None = None
    twice: bool = False


HTML_200 = Fault(
    say=b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 24\r\n"
    b"Connection: close\r\n\r\n<html>log in now</html>\n"
)
LOGIN_302 = Fault(
    say=b"HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:9/login\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
)


class Proxy:
    """Forwards to ``target``; a context manager with an ``url`` of its own."""

    def __init__(self, target: int, *script: Fault) -> None:
        self._target = target
        self.script = deque(script)
        self.seen = 0
        self._port = free_port()
        self.url = f"http://127.0.0.1:{self._port}"
        self._listener = socket.create_server(("127.0.0.1", self._port))
        self._thread = threading.Thread(target=self._accept, daemon=True)

    def __enter__(self) -> Proxy:
        self._thread.start()
        return self

    def __exit__(self, *_: type[BaseException] | BaseException | TracebackType | None) -> None:
        self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        self._thread.join(5)

    def _accept(self) -> None:
        while True:
            try:
                near, _ = self._listener.accept()
            except OSError:
                return
            self.seen += 1
            fault = self.script.popleft() if self.script else Fault()
            threading.Thread(target=self._serve, args=(near, fault), daemon=True).start()

    def _serve(self, near: socket.socket, fault: Fault) -> None:
        with near:
            if fault.say is not None:
                _read_request(near)
                near.sendall(fault.say)
                return
            try:
                while request := _read_request(near):
                    answer = b""
                    for _ in range(2 if fault.twice else 1):
                        with socket.create_connection(("127.0.0.1", self._target)) as far:
                            far.sendall(request[: fault.request_bytes])
                            if fault.request_bytes is not None and fault.request_bytes < len(request):
                                return
                            answer = _read_request(far)
                    near.sendall(answer[: fault.answer_bytes])
                    if fault.answer_bytes is not None and fault.answer_bytes < len(answer):
                        return
            except OSError:
                return


def _read_request(near: socket.socket) -> bytes:
    """One whole request, or answer, with its Content-Length; b"" at the end."""
    data = b""
    while b"\r\n\r\n" not in data:
        part = near.recv(65_536)
        if not part:
            return data
        data += part
    head, _, body = data.partition(b"\r\n\r\n")
    length = next((int(h.split(b":")[1]) for h in head.split(b"\r\n") if h.lower().startswith(b"content-length:")), 0)
    while len(body) < length:
        part = near.recv(65_536)
        if not part:
            break
        body += part
    return head + b"\r\n\r\n" + body
