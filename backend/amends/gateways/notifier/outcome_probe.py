"""Outcome probe: patches socket, requests and smtplib to record why a send failed."""

import email.utils
import smtplib
import socket
import ssl
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import requests

from amends.gateways.notifier.contract import Outcome

MOST_READ = 256 * 1024
"""Bytes of an answer that are read at most; a receiver cannot fill our memory."""
LONGEST_PAUSE = 24 * 3600


SERVICE_FAILED = "service failed"
NO_ENCRYPTION, NO_LOGIN = "server without encryption", "server without this login"
NOT_SENT = frozenset({SERVICE_FAILED, NO_ENCRYPTION, NO_LOGIN})
"""Failures of which no service knows anything: they are no refusal."""


@dataclass(slots=True)
class OutcomeProbe:
    """What was recorded during one send."""

    refusals: list[str] = field(default_factory=list)
    status: int = 0
    retry_after: int | None = None
    smtp: int = 0
    failure: str = ""
    under_way: bool = False
    """The message had left us, and no answer came."""
    asked: bool = False
    """A request or a mail was begun, so that only its own answer counts."""
    accepted: int = 0
    """Requests and mails to which the service said yes."""
    heard: bool = False
    """Something came back over another connection."""

    def reset(self) -> None:
        """Forget the send before."""
        self.refusals.clear()
        self.status = self.smtp = 0
        self.retry_after, self.failure, self.under_way = None, "", False
        self.asked, self.accepted, self.heard = False, 0, False

    def forget_answers(self) -> None:
        """Forget what a mail connection said that the server had closed before this mail."""
        self.smtp, self.failure = 0, ""

    @property
    def has_left(self) -> bool:
        """Whether at least one exchange succeeded: services say yes to what they never send."""
        return self.accepted > 0 or (self.heard and not self.asked)

    def verdict(self) -> dict[str, Any]:
        """Outcome, words and pause of a send that Apprise calls failed."""
        if self.refusals:
            suspect = any(words != "private address" for words in self.refusals)
            return {"outcome": Outcome.refused, "detail": self.refusals[0], "suspect": suspect}
        if self.under_way:
            return {"outcome": Outcome.timeout, "detail": self.failure or "no answer"}
        if self.status:
            words = f"http {self.status}"
            return {"outcome": Outcome.rejected, "detail": words, "retry_after": self.retry_after}
        if self.smtp:
            return {"outcome": Outcome.rejected, "detail": f"smtp {self.smtp}"}
        if self.failure in NOT_SENT:
            return {"outcome": Outcome.not_sent, "detail": self.failure}
        if self.failure:
            return {"outcome": Outcome.unreachable, "detail": self.failure}
        if not self.has_left:
            return {"outcome": Outcome.not_sent, "detail": "nothing was sent"}
        return {"outcome": Outcome.rejected, "detail": "not accepted"}


def install(probe: OutcomeProbe) -> None:
    """Patch the libraries, so that the probe records every connection, request and SMTP reply."""
    _patch_sockets(probe)
    _patch_requests(probe)
    _patch_smtp(probe)


def _patch_sockets(probe: OutcomeProbe) -> None:
    connect, look_up, shake_hands = socket.socket.connect, socket.getaddrinfo, ssl.SSLSocket.do_handshake

    def recording_connect(self: socket.socket, address: object) -> None:
        try:
            connect(self, address)  # type: ignore[arg-type]
        except BlockingIOError:
            raise
        except OSError as error:
            probe.failure = _words(error)
            raise
        probe.failure = ""

    def recording_look_up(*arguments: object, **options: object) -> object:
        try:
            return look_up(*arguments, **options)  # type: ignore[arg-type]
        except OSError:
            probe.failure = "name not found"
            raise

    def recording_handshake(self: ssl.SSLSocket, block: bool = False) -> None:
        try:
            shake_hands(self, block)
        except (ssl.SSLError, ConnectionError):
            probe.failure = "no trusted encryption"
            raise

    _patch_receiving(probe, socket.socket)
    _patch_receiving(probe, ssl.SSLSocket)
    socket.socket.connect = recording_connect  # type: ignore[method-assign, assignment]
    socket.getaddrinfo = recording_look_up  # type: ignore[assignment]
    ssl.SSLSocket.do_handshake = recording_handshake  # type: ignore[method-assign]


def _patch_receiving(probe: OutcomeProbe, kind: type[socket.socket]) -> None:
    receive, receive_into = kind.recv, kind.recv_into

    def recording_receive(self: socket.socket, *arguments: Any) -> bytes:  # noqa: ANN401
        got: bytes = receive(self, *arguments)
        probe.heard |= bool(got)
        return got

    def recording_receive_into(self: socket.socket, *arguments: Any) -> int:  # noqa: ANN401
        got: int = receive_into(self, *arguments)
        probe.heard |= got > 0
        return got

    kind.recv, kind.recv_into = recording_receive, recording_receive_into  # type: ignore[method-assign, assignment]


def _patch_requests(probe: OutcomeProbe) -> None:
    send = requests.Session.send

    def recording_send(
        self: requests.Session, request: requests.PreparedRequest, **options: object
    ) -> requests.Response:
        # No redirect, whatever the address asks for; and no more of the answer than we have room for.
        options |= {"allow_redirects": False, "stream": True}
        probe.under_way, probe.asked = False, True
        try:
            response = send(self, request, **options)
            _read_some(response)
        except requests.RequestException as error:
            # The sockets recorded a failure if the connection never stood; otherwise the request had left.
            probe.under_way = not probe.failure and not isinstance(error, requests.ConnectTimeout)
            probe.failure = probe.failure or _lost(error)
            raise
        if response.status_code >= 300:
            probe.status = response.status_code
            probe.retry_after = pause_asked(response.headers)
        else:
            probe.accepted += 1
        return response

    requests.Session.send = recording_send  # type: ignore[method-assign]


def _read_some(response: requests.Response) -> None:
    """Read the beginning of the body and let the connection go."""
    kept = b""
    for part in response.iter_content(16_384):
        kept += part
        if len(kept) >= MOST_READ:
            break
    response.close()
    response._content = kept[:MOST_READ]
    response._content_consumed = True


def _lost(error: requests.RequestException) -> str:
    return "no answer" if isinstance(error, requests.Timeout) else "connection lost"


def _patch_smtp(probe: OutcomeProbe) -> None:
    reply, data = smtplib.SMTP.getreply, smtplib.SMTP.data

    def recording_reply(self: smtplib.SMTP) -> tuple[int, bytes]:
        probe.asked = True
        try:
            code, text = reply(self)
        except (OSError, smtplib.SMTPException):
            probe.failure = "connection lost"
            raise
        if code >= 400:
            probe.smtp = code
        return code, text

    def recording_message(self: smtplib.SMTP, msg: bytes) -> tuple[int, bytes]:
        probe.under_way = True
        try:
            answer = data(self, msg)
        except smtplib.SMTPResponseException:
            probe.under_way = False
            raise
        probe.under_way = False
        probe.accepted += 200 <= answer[0] < 300
        return answer

    for method, words in (("starttls", NO_ENCRYPTION), ("login", NO_LOGIN)):
        setattr(smtplib.SMTP, method, _noting_what_is_missing(probe, getattr(smtplib.SMTP, method), words))
    smtplib.SMTP.getreply = recording_reply  # type: ignore[method-assign]
    smtplib.SMTP.data = recording_message  # type: ignore[method-assign, assignment]


def _noting_what_is_missing(
    probe: OutcomeProbe, method: Callable[..., object], words: str
) -> Callable[..., object]:
    """The method of a mail connection; what the server does not offer is recorded."""

    def recording(self: smtplib.SMTP, *arguments: object, **options: object) -> object:
        try:
            return method(self, *arguments, **options)
        except smtplib.SMTPException as error:
            if not isinstance(error, smtplib.SMTPResponseException | smtplib.SMTPServerDisconnected):
                probe.failure = words
            raise

    return recording


def pause_asked(headers: Mapping[str, str]) -> int | None:
    """Seconds that a Retry-After header asks for, as a number, or a date counted from the answer's own."""
    asked = str(headers.get("Retry-After", "")).strip()
    if asked.isascii() and asked.isdigit():
        return min(int(asked[:9]), LONGEST_PAUSE)
    try:
        until = email.utils.parsedate_to_datetime(asked)
        pause = until - email.utils.parsedate_to_datetime(headers.get("Date", ""))
    except (TypeError, ValueError):
        return None
    return max(0, min(int(pause.total_seconds()), LONGEST_PAUSE))


def _words(error: OSError) -> str:
    if isinstance(error, ConnectionRefusedError):
        return "connection refused"
    if isinstance(error, TimeoutError):
        return "no answer"
    return "no way there"
