"""Web push: encryption for one browser (RFC 8291), proof of who sends (RFC 8292), address of a target.

The push service of the browser's maker passes the message on and cannot read it.
"""

import binascii
import hashlib
import json
import os
import re
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from amends.errors import Invalid
from amends.gateways.notifier.contract import Message, Push
from amends.rules.team import base64url

SCHEMA = "webpush"
LONGEST_ENDPOINT = 1_000
TITLE, BODY = 150, 600
"""Letters of a notification: four bytes each still fit into the one record that push services take."""
KEPT_FOR = timedelta(days=1)
"""So long a push service keeps a message for a browser that is switched off."""
TOKEN_LIVES = timedelta(hours=12)
CURVE = ec.SECP256R1()
_ADDRESS = re.compile(rf"{SCHEMA}://(?P<key>[A-Za-z0-9_-]+):(?P<auth>[A-Za-z0-9_-]+)@(?P<rest>.+)", re.DOTALL)
_ENDPOINT = re.compile(r"https://[a-z0-9.-]+(?::[0-9]{1,5})?/[!-~]*", re.IGNORECASE)


class SubscriptionIsMalformed(Invalid):
    """The browser gave no usable subscription. Try again, or use another browser."""


@dataclass(frozen=True, slots=True)
class Subscription:
    """Where one browser is reached, and its two keys in base64url. They stay out of the repr."""

    endpoint: str = field(repr=False)
    key: str = field(repr=False)
    auth: str = field(repr=False)

    @property
    def address(self) -> str:
        """As it is sealed with its target."""
        return f"{SCHEMA}://{self.key}:{self.auth}@{self.endpoint.removeprefix('https://')}"

    @property
    def masked(self) -> str:
        """What may be shown of it: whose push service it is."""
        return f"{SCHEMA}://{urlsplit(self.endpoint).netloc.lower()}/…"


def subscription(endpoint: str, key: str, auth: str) -> Subscription:
    """What a browser gave, looked over. Raises SubscriptionIsMalformed."""
    key, auth = key.rstrip("="), auth.rstrip("=")
    try:
        ec.EllipticCurvePublicKey.from_encoded_point(CURVE, base64url.decode(key))
        if (
            not _is_endpoint(endpoint)
            or len(base64url.decode(key)) != 65
            or len(base64url.decode(auth)) != 16
        ):
            raise ValueError
    except (ValueError, binascii.Error):
        raise SubscriptionIsMalformed from None
    return Subscription(endpoint, key, auth)


def _is_endpoint(text: str) -> bool:
    """Raises ValueError for a port that there is not."""
    return len(text) <= LONGEST_ENDPOINT and bool(_ENDPOINT.fullmatch(text)) and urlsplit(text).port != 0


def read(address: str) -> Subscription | None:
    """The subscription in an address; None for the address of anything else."""
    found = _ADDRESS.fullmatch(address)
    return Subscription(f"https://{found['rest']}", found["key"], found["auth"]) if found else None


def new_key() -> str:
    """A fresh private key: every subscription is made for it, and useless without it."""
    key = ec.generate_private_key(CURVE)
    return base64url.encode(key.private_numbers().private_value.to_bytes(32, "big"))


def public_part(key: str) -> str:
    """What browsers subscribe with."""
    return base64url.encode(_point(_private(key).public_key()))


def push(to: Subscription, message: Message, *, key: str, contact: str, now: datetime) -> Push:
    """The request that brings a message to a browser; a later one of the same thread takes its place."""
    told = {
        "title": message.title[:TITLE],
        "body": (message.brief or message.body)[:BODY],
        "tag": message.thread_id,
        "url": message.opens,
    }
    headers = {
        "authorization": _authorization(to.endpoint, key=key, contact=contact, now=now),
        "content-encoding": "aes128gcm",
        "content-type": "application/octet-stream",
        "ttl": str(int(KEPT_FOR.total_seconds())),
        "urgency": "high",
        "topic": hashlib.sha256(message.thread_id.encode()).hexdigest()[:32],
    }
    return Push(to.endpoint, headers, encrypted(json.dumps(told, ensure_ascii=False).encode(), to))


def encrypted(text: bytes, to: Subscription) -> bytes:
    """One record of aes128gcm (RFC 8188, 2), which this browser alone can open (RFC 8291, 3.4)."""
    theirs, ours, salt = base64url.decode(to.key), ec.generate_private_key(CURVE), os.urandom(16)
    shared = ours.exchange(ec.ECDH(), ec.EllipticCurvePublicKey.from_encoded_point(CURVE, theirs))
    point = _point(ours.public_key())
    secret = _derived(base64url.decode(to.auth), b"WebPush: info\0" + theirs + point, shared, 32)
    key = _derived(salt, b"Content-Encoding: aes128gcm\0", secret, 16)
    nonce = _derived(salt, b"Content-Encoding: nonce\0", secret, 12)
    header = salt + (4096).to_bytes(4, "big") + bytes([len(point)]) + point
    return header + AESGCM(key).encrypt(nonce, text + b"\2", None)


def _authorization(endpoint: str, *, key: str, contact: str, now: datetime) -> str:
    """A token (ES256) for the push service of this endpoint alone, good for half a day."""
    where = urlsplit(endpoint)
    claims = {
        "aud": f"{where.scheme}://{where.netloc}",
        "exp": int((now + TOKEN_LIVES).timestamp()),
        "sub": contact,
    }
    signed = f"{_part({'typ': 'JWT', 'alg': 'ES256'})}.{_part(claims)}"
    pair = decode_dss_signature(_private(key).sign(signed.encode(), ec.ECDSA(hashes.SHA256())))
    signature = b"".join(number.to_bytes(32, "big") for number in pair)
    return f"vapid t={signed}.{base64url.encode(signature)}, k={public_part(key)}"


def _part(values: dict[str, object]) -> str:
    return base64url.encode(json.dumps(values, separators=(",", ":")).encode())


def _private(key: str) -> ec.EllipticCurvePrivateKey:
    return ec.derive_private_key(int.from_bytes(base64url.decode(key), "big"), CURVE)


def _point(key: ec.EllipticCurvePublicKey) -> bytes:
    return key.public_bytes(serialization.Encoding.X962, serialization.PublicFormat.UncompressedPoint)


def _derived(salt: bytes, info: bytes, secret: bytes, length: int) -> bytes:
    return HKDF(hashes.SHA256(), length, salt, info).derive(secret)
