"""How long does one request take? A client that costs nearly nothing: one kept connection, one at a time."""

import socket
import time
from collections.abc import Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Asked:
    """A request, ready to be sent."""

    method: str
    path: str
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes = b""

    def raw(self) -> bytes:
        headers = {"host": "127.0.0.1", "content-length": str(len(self.body)), **self.headers}
        lines = [
            f"{self.method} {self.path} HTTP/1.1",
            *(f"{name}: {value}" for name, value in headers.items()),
        ]
        return "\r\n".join([*lines, "", ""]).encode() + self.body


def seconds_of(port: int, requests: Sequence[Asked]) -> list[float]:
    """How long each of these took, in order. Raises RuntimeError for an answer that is no success."""
    ready = [asked.raw() for asked in requests]
    with socket.create_connection(("127.0.0.1", port)) as connection:
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        return [_one(connection, raw) for raw in ready]


def _one(connection: socket.socket, raw: bytes) -> float:
    began = time.perf_counter()
    connection.sendall(raw)
    answer = connection.recv(262_144)
    while (end := answer.find(b"\r\n\r\n")) < 0:
        answer += connection.recv(262_144)
    head = answer[:end].lower()
    length = int(head.partition(b"content-length:")[2].partition(b"\r\n")[0])
    while len(answer) < end + 4 + length:
        answer += connection.recv(262_144)
    taken = time.perf_counter() - began
    if not head.startswith((b"http/1.1 200", b"http/1.1 201")):
        raise RuntimeError(f"{raw[:100]!r} was answered {answer[:600]!r}")
    return taken
