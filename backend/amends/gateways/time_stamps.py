"""Time stamps of an authority (RFC 3161): asked for in a child process that reaches no private address."""

import json
from collections.abc import Sequence
from datetime import datetime
from importlib.util import find_spec
from typing import Protocol

import msgspec

from amends.gateways import bounded_child
from amends.gateways.time_stamp_child import SECONDS

_CODE = bounded_child.code_of("amends.gateways.time_stamp_child")
_STARTS_IN = 20
"""Seconds that an interpreter may take to start on a busy machine."""


class Answered(msgspec.Struct, frozen=True, kw_only=True):
    """What became of one request.

    `outcome`: stamped, untrusted (hash, nonce, signature or certificate does not fit), no_stamp (something
    else came), status (refused), private (an address inside), huge, slow, missing (no library), unreachable.
    `token` is the answer as it came, in base64; `at` is the authority's time.
    """

    outcome: str
    token: str = ""
    at: datetime | None = None
    serial: str = ""
    detail: str = ""


class TimeStamper(Protocol):
    """Gets one time stamp."""

    async def stamp(self, words: str, *, address: str, certificates: str) -> Answered:
        """A time stamp of these words, checked against the certificates. Raises nothing for strangers."""
        ...


class SandboxedTimeStamper:
    """The real one; `allowed` are private servers that may be reached all the same."""

    def __init__(self, allowed: Sequence[str] = (), *, patience: int = 10) -> None:
        """`patience` are the seconds in which the authority has to say something."""
        self.allowed, self.patience = tuple(allowed), patience

    async def stamp(self, words: str, *, address: str, certificates: str) -> Answered:
        """One request, in a child of its own; a child that was killed was slow."""
        job = {"words": words, "address": address, "certificates": certificates, "patience": self.patience}
        content = json.dumps(job).encode()
        answer = await bounded_child.run(_CODE, self.allowed, content, seconds=SECONDS + _STARTS_IN)
        return msgspec.json.decode(answer, type=Answered) if answer else Answered(outcome="slow")


def is_installed() -> bool:
    """Whether the library is there."""
    return find_spec("rfc3161_client") is not None
