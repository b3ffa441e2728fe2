"""A push service on the loopback address and the browser behind it: checks who sends, opens what comes."""

import base64
import json
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import http_ece
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature

from amends.gateways.notifier.web_push import Subscription


def text(content: bytes) -> str:
    return base64.urlsafe_b64encode(content).rstrip(b"=").decode()


def content(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


@dataclass
class Browser:
    """What a browser has for itself: a key pair and a secret. `http_ece`, which is not ours, opens."""

    key: ec.EllipticCurvePrivateKey = field(default_factory=lambda: ec.generate_private_key(ec.SECP256R1()))
    auth: bytes = b"sixteen bytes: 1"

    def subscription(self, endpoint: str) -> Subscription:
        point = self.key.public_key().public_bytes(
            serialization.Encoding.X962, serialization.PublicFormat.UncompressedPoint
        )
        return Subscription(endpoint, text(point), text(self.auth))

    def opened(self, body: bytes) -> dict[str, Any]:
        plain = http_ece.decrypt(body, private_key=self.key, auth_secret=self.auth, version="aes128gcm")
        told: dict[str, Any] = json.loads(plain)
        return told


@dataclass
class PushService:
    """Answers with the number in the first part of the path; 201 for a subscription that is alive."""

    port: int = 0
    received: list[tuple[dict[str, str], bytes]] = field(default_factory=list)


class Answers(BaseHTTPRequestHandler):
    service: PushService

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.service.received.append(({name.lower(): value for name, value in self.headers.items()}, body))
        self.send_response(int(self.path.split("/")[1]))
        if self.path.startswith("/429"):
            self.send_header("Retry-After", "37")
        self.end_headers()

    def log_message(self, *_: object) -> None:
        """Quiet."""


@contextmanager
def push_service(encryption: ssl.SSLContext | None = None) -> Iterator[PushService]:
    service = PushService()
    server = ThreadingHTTPServer(("127.0.0.1", 0), type("Answers", (Answers,), {"service": service}))
    if encryption:
        server.socket = encryption.wrap_socket(server.socket, server_side=True)
    server.daemon_threads = True
    service.port = server.server_port
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    try:
        yield service
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def claims_of(authorization: str) -> tuple[dict[str, Any], str]:
    """What the sender claims, and the key of whose it is. Raises InvalidSignature."""
    scheme, _space, rest = authorization.partition(" ")
    assert scheme == "vapid"
    token, key = (part.partition("=")[2] for part in rest.split(", "))
    signed, _dot, signature = token.rpartition(".")
    numbers = content(signature)
    pair = encode_dss_signature(int.from_bytes(numbers[:32], "big"), int.from_bytes(numbers[32:], "big"))
    public = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), content(key))
    public.verify(pair, signed.encode(), ec.ECDSA(hashes.SHA256()))
    head, claims = (json.loads(content(part)) for part in signed.split("."))
    assert head == {"typ": "JWT", "alg": "ES256"}
    return claims, key
