"""Webhooks: their signature (Standard Webhooks), which addresses they may have, when they rest and end."""

import base64
import hmac
from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from amends.rules.nudge import nudges

PREFIX = "whsec_"
SECRET_BYTES = 32
OVERLAP = timedelta(hours=24)
"""So long after a rotation the secret before it signs too."""
LONGEST_ADDRESS = 500
PATIENCE = timedelta(days=3)
"""An endpoint that took nothing for so long is switched off."""
KEPT_FOR = timedelta(days=30)
"""How long a settled delivery is kept."""
AT_A_TIME = 20
"""So many events go to one endpoint in one turn."""
RESTS = frozenset({"busy", "certificate", "private", "slow", "unreachable"})
"""Outcomes that say something of the endpoint and not of one event: all of its events wait."""


def secret_of(random: bytes) -> str:
    """A secret as its endpoint is told it."""
    return PREFIX + base64.b64encode(random).decode()


def signatures(secrets: Sequence[str], identity: str, at: datetime, body: bytes) -> str:
    """The header: one signature for each secret that counts, separated by spaces."""
    signed = f"{identity}.{int(at.timestamp())}.".encode() + body
    return " ".join("v1," + _signature(secret, signed) for secret in secrets)


def _signature(secret: str, signed: bytes) -> str:
    key = base64.b64decode(secret.removeprefix(PREFIX))
    return base64.b64encode(hmac.digest(key, signed, "sha256")).decode()


def headers(secrets: Sequence[str], identity: str, at: datetime, body: bytes) -> dict[str, str]:
    """What a try carries: the id is that of the event, the time stamp that of the try."""
    return {
        "Content-Type": "application/json",
        "User-Agent": "Amends",
        "webhook-id": identity,
        "webhook-timestamp": str(int(at.timestamp())),
        "webhook-signature": signatures(secrets, identity, at, body),
    }


def is_address(address: str, *, private: Collection[str] = ()) -> bool:
    """An https address without password or fragment; plain http for servers that are `private`."""
    try:
        parts = urlsplit(address)
        place = f"{parts.hostname}:{parts.port or 80}"
    except ValueError:
        return False
    is_plain_and_listed = parts.scheme == "http" and place in private
    is_clean = "@" not in parts.netloc and not parts.fragment and " " not in address and address.isascii()
    is_whole = bool(parts.hostname) and len(address) <= LONGEST_ADDRESS and address.isprintable()
    return (parts.scheme == "https" or is_plain_and_listed) and is_clean and is_whole


def rest_after(failures: int, asked: int | None) -> timedelta:
    """How long an endpoint is left in peace after so many failures in a row, an hour at most by itself."""
    wait = nudges.WAITS[min(failures, len(nudges.WAITS) - 4) - 1]
    return max(wait, nudges.pause(asked or 0))


def has_failed_too_long(failing_since: datetime | None, *, now: datetime) -> bool:
    """Whether an endpoint that took nothing since then is to be switched off."""
    return failing_since is not None and now - failing_since >= PATIENCE
