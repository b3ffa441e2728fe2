"""HTTP limits of a connection: size and number of headers, time for the head, pace of body and answer."""

import asyncio
from typing import Any

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

CONNECTIONS = 1000
"""Open at once; those beyond get 503. An open page holds one, a browser up to six for a moment."""


class LimitedProtocol(HttpToolsProtocol):
    """Uvicorn's protocol, which by itself waits for ever and keeps as many headers as are sent.

    Uvicorn ends idle connections after an answer (five seconds), though not before the answer was read; this
    ends those that never ask, ask for too much, send too slowly, or do not read what they asked for.
    """

    head_seconds = 15.0
    head_bytes = 48 * 1024
    headers_at_most = 100
    body_seconds = 20.0
    body_bytes = 20 * 1024
    """What has to arrive of a body in `body_seconds`, while the application reads it."""
    answer_seconds = 20.0
    answer_bytes = 20 * 1024
    """What has to be taken of an answer in `answer_seconds`, while some of it waits in our memory."""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """A new connection has to ask for something."""
        self._timer: asyncio.TimerHandle | None = None
        self._in_head, self._received, self._head_size, self._refusal = True, 0, 0, b""
        self._reading: asyncio.TimerHandle | None = None
        super().connection_made(transport)
        transport.set_write_buffer_limits(high=0)  # `pause_writing` tells of all that was not taken at once
        self._wait(self.head_seconds, self._head_is_late)

    def connection_lost(self, exc: Exception | None) -> None:
        """Nothing is waited for any more."""
        self._stop_waiting()
        self._stop_watching()
        super().connection_lost(exc)

    def pause_writing(self) -> None:
        """Some of an answer waits here; from now on it has to be read."""
        super().pause_writing()
        self._watch()

    def resume_writing(self) -> None:
        """All of it has been taken."""
        self._stop_watching()
        super().resume_writing()

    def data_received(self, data: bytes) -> None:
        """Counts before and after parsing: a header without an end is never parsed."""
        self._received += len(data)
        super().data_received(data)
        self._expect_a_request()
        if self._in_head and self._received > self.head_bytes and not self.transport.is_closing():
            self._refuse(b"431 Request Header Fields Too Large")

    def _expect_a_request(self) -> None:
        """Empty lines after an answer begin no request, but have ended Uvicorn's own waiting."""
        is_idle = self.cycle is not None and self.cycle.response_complete and self._timer is None
        if is_idle and self.timeout_keep_alive_task is None and not self.transport.is_closing():
            self._wait(self.head_seconds, self._head_is_late)

    def on_message_begin(self) -> None:
        """Another request on this connection has its own time and size."""
        super().on_message_begin()
        self._in_head, self._head_size = True, 0
        self._wait(self.head_seconds, self._head_is_late)

    def on_header(self, name: bytes, value: bytes) -> None:
        """Raises _TooMany, which the parser answers by ending the connection."""
        super().on_header(name, value)
        self._head_size += len(name) + len(value)
        if len(self.headers) > self.headers_at_most or self._head_size > self.head_bytes:
            self._refusal = b"431 Request Header Fields Too Large"
            raise _TooMany

    def on_headers_complete(self) -> None:
        """From here on a body has to arrive."""
        self._in_head, self._received = False, 0
        super().on_headers_complete()
        self._wait(self.body_seconds, self._body_is_slow)

    def on_message_complete(self) -> None:
        """All of it is here."""
        self._stop_waiting()
        self._received = 0
        super().on_message_complete()

    def send_400_response(self, msg: str) -> None:
        """What the parser refuses, with the reason where it is ours."""
        if self._refusal:
            self._refuse(self._refusal)
        else:
            super().send_400_response(msg)

    def _head_is_late(self) -> None:
        if self._received:
            self._refuse(b"408 Request Timeout")
        else:
            self.transport.close()

    def _body_is_slow(self) -> None:
        if self.flow.read_paused:  # the application is the one that is slow
            self._received = self.body_bytes
        if self._received < self.body_bytes:
            self._refuse(b"408 Request Timeout")
            return
        self._received = 0
        self._wait(self.body_seconds, self._body_is_slow)

    def _answer_is_unread(self) -> None:
        """Closing would wait for ever for whoever does not read."""
        if self._unread - self.transport.get_write_buffer_size() < self.answer_bytes:
            self.transport.abort()
        else:
            self._watch()

    def _watch(self) -> None:
        self._stop_watching()
        self._unread = self.transport.get_write_buffer_size()
        self._reading = self.loop.call_later(self.answer_seconds, self._answer_is_unread)

    def _stop_watching(self) -> None:
        if self._reading is not None:
            self._reading.cancel()
            self._reading = None

    def _refuse(self, status: bytes) -> None:
        self._stop_waiting()
        if self.cycle is None or self.cycle.response_complete:
            self.transport.write(
                b"HTTP/1.1 " + status + b"\r\ncontent-length: 0\r\nconnection: close\r\n\r\n"
            )
        self.transport.close()

    def _wait(self, seconds: float, then: Any) -> None:  # noqa: ANN401 - a method without arguments
        self._stop_waiting()
        self._timer = self.loop.call_later(seconds, then)

    def _stop_waiting(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None


class _TooMany(Exception):
    """More headers than are read."""
