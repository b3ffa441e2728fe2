"""HTTP and SMTP servers on the loopback address that receive messages."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session


@dataclass
class Received:
    path: str
    headers: dict[str, str]
    body: bytes


@dataclass
class WebReceiver:
    """Answers by the first word of the path: /ok /hang /endless /500 /401 /429 /redirect."""

    port: int = 0
    received: list[Received] = field(default_factory=list)
    arrived: threading.Event = field(default_factory=threading.Event)
    released: threading.Event = field(default_factory=threading.Event)


STATUS = {"500": 500, "401": 401, "429": 429, "redirect": 307}


class Answers(BaseHTTPRequestHandler):
    """Keeps what is sent, then answers by the first word of the path."""

    receiver: WebReceiver

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        self.receiver.received.append(Received(self.path, dict(self.headers), body))
        way = self.path.split("?")[0].strip("/").split("/")[0]
        if way == "hang":
            self.receiver.arrived.set()
            self.receiver.released.wait(60)
            return
        self.send_response(STATUS.get(way, 200))
        if way == "429":
            self.send_header("Retry-After", "37")
        if way == "redirect":
            self.send_header("Location", f"http://127.0.0.1:{self.receiver.port}/secret")
        self.end_headers()
        self.wfile.write(b"ok")
        if way == "endless":
            self.pour()

    do_GET = do_PUT = do_POST

    def pour(self) -> None:
        """Send until the other side has had enough."""
        try:
            while not self.receiver.released.is_set():
                self.wfile.write(b"x" * 65_536)
        except OSError:
            self.close_connection = True

    def log_message(self, *_: object) -> None:
        """Quiet."""


@contextmanager
def web_receiver() -> Iterator[WebReceiver]:
    receiver = WebReceiver()
    answers = type("Answers", (Answers,), {"receiver": receiver})
    server = ThreadingHTTPServer(("127.0.0.1", 0), answers)
    server.daemon_threads = True
    receiver.port = server.server_port
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    try:
        yield receiver
    finally:
        receiver.released.set()
        server.shutdown()
        thread.join()
        server.server_close()


@dataclass
class MailReceiver:
    """An SMTP server that keeps what it accepts; `answer` is what it says to a message.

    It lets in whoever logs in, but for the password "wrong", and keeps how.
    """

    port: int = 0
    answer: str = "250 kept"
    answer_to_recipient: str = ""
    mails: list[EmailMessage] = field(default_factory=list)
    recipients: list[list[str]] = field(default_factory=list)
    logins: list[LoginPassword] = field(default_factory=list)
    connections: int = 0
    last: SMTP | None = None

    def hang_up(self) -> None:
        """Closes the latest connection, as a server does that has waited for long enough."""
        assert self.last is not None
        self.last.loop.call_soon_threadsafe(self.last.transport.close)

    async def handle_EHLO(
        self, server: SMTP, session: Session, _envelope: Envelope, host_name: str, responses: list[str]
    ) -> list[str]:
        self.connections, self.last, session.host_name = self.connections + 1, server, host_name
        return responses

    def let_in(
        self, _server: SMTP, _session: Session, _envelope: Envelope, _mechanism: str, login: LoginPassword
    ) -> AuthResult:
        self.logins.append(login)
        return AuthResult(success=login.password != b"wrong", handled=False)

    async def handle_RCPT(
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, _options: list[str]
    ) -> str:
        if self.answer_to_recipient:
            return self.answer_to_recipient
        envelope.rcpt_tos.append(address)
        return "250 yes"

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:
        if self.answer.startswith("250"):
            mail = message_from_bytes(envelope.content or b"", policy=policy.default)
            assert isinstance(mail, EmailMessage)
            self.mails.append(mail)
            self.recipients.append(list(envelope.rcpt_tos))
        return self.answer


@contextmanager
def mail_receiver(
    *, has_login: bool = False, without: tuple[str, ...] = (), of: type[MailReceiver] = MailReceiver
) -> Iterator[MailReceiver]:
    """`has_login` offers AUTH `without` these ways, and without encryption: this is the loopback address."""
    receiver = of()
    receiver.port = closed_port()
    login = {"authenticator": receiver.let_in, "auth_require_tls": False} if has_login else {}
    login |= {"auth_exclude_mechanism": without}
    controller = Controller(receiver, hostname="127.0.0.1", port=receiver.port, **login)
    controller.start()
    try:
        yield receiver
    finally:
        controller.stop()


@dataclass
class Trap:
    """Counts whoever connects, on IPv4 and IPv6 loopback."""

    port: int
    visitors: list[object] = field(default_factory=list)


@contextmanager
def trap() -> Iterator[Trap]:
    server = socket.create_server(("::", 0), family=socket.AF_INET6, dualstack_ipv6=True)
    found = Trap(server.getsockname()[1])
    thread = threading.Thread(target=_count_visitors, args=(server, found))
    thread.start()
    try:
        yield found
    finally:
        server.shutdown(socket.SHUT_RDWR)
        server.close()
        thread.join()


def _count_visitors(server: socket.socket, found: Trap) -> None:
    while True:
        try:
            connection, peer = server.accept()
        except OSError:
            return
        found.visitors.append(peer)
        connection.close()


@contextmanager
def dripping() -> Iterator[int]:
    """A port that begins to answer, a byte at a time, and never comes to an end."""
    server, stopped = socket.create_server(("127.0.0.1", 0)), threading.Event()
    thread = threading.Thread(target=_drip, args=(server, stopped))
    thread.start()
    try:
        yield server.getsockname()[1]
    finally:
        stopped.set()
        server.shutdown(socket.SHUT_RDWR)
        server.close()
        thread.join()


def _drip(server: socket.socket, stopped: threading.Event) -> None:
    with suppress(OSError):
        while not stopped.is_set():
            connection, _peer = server.accept()
            with connection, suppress(OSError):
                while not stopped.wait(0.2):
                    connection.send(b"2")


def closed_port() -> int:
    """A port of the loopback address on which nobody listens."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        port: int = server.getsockname()[1]
        return port
