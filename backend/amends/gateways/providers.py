"""Talking to sign-in providers (OpenID Connect): in a child process behind the guard, a few at a time."""

import asyncio
import json
from collections.abc import Sequence
from typing import Any, Protocol
from weakref import WeakKeyDictionary

import msgspec

from amends.gateways import bounded_child
from amends.gateways.provider_child import SECONDS

_CODE = bounded_child.code_of("amends.gateways.provider_child")
_STARTS_IN = 20
"""Seconds that an interpreter may take to start on a busy machine."""
_AT_A_TIME = 4
_turns: WeakKeyDictionary[asyncio.AbstractEventLoop, asyncio.Semaphore] = WeakKeyDictionary()


class Answer(msgspec.Struct, frozen=True, kw_only=True):
    """What became of it.

    `outcome`: good, issuer (it says it is another), plain (an address without https), private (one inside),
    certificate, status (an error or a redirect), refused (it does not take the code or the client), token
    (none came), slow, or unreachable.
    """

    outcome: str
    told: dict[str, Any] = {}


class Providers(Protocol):
    """Asks a provider what it says of itself, and for the ID token of a code."""

    async def discover(self, issuer: str) -> Answer:
        """Its addresses, if it is the one with this issuer. Raises nothing for what strangers do."""
        ...

    async def exchange(
        self, issuer: str, *, client_id: str, secret: str, code: str, verifier: str, redirect_uri: str
    ) -> Answer:
        """The ID token as `token` and the provider's `keys`; nothing of it is verified yet."""
        ...


class SandboxedProviders:
    """The real one; `allowed` are private servers that may be reached all the same."""

    def __init__(self, allowed: Sequence[str] = (), *, patience: int = 8) -> None:
        """`patience` are the seconds in which a server has to say something."""
        self.allowed, self.patience = tuple(allowed), patience

    async def discover(self, issuer: str) -> Answer:
        """What the child was told."""
        return await self._ask({"issuer": issuer})

    async def exchange(
        self, issuer: str, *, client_id: str, secret: str, code: str, verifier: str, redirect_uri: str
    ) -> Answer:
        """What the child was told, in one go: discovery, token, keys."""
        return await self._ask(
            {
                "issuer": issuer,
                "client_id": client_id,
                "secret": secret,
                "code": code,
                "verifier": verifier,
                "redirect_uri": redirect_uri,
            }
        )

    async def _ask(self, job: dict[str, str]) -> Answer:
        content = json.dumps(job | {"patience": self.patience}).encode()
        async with _turns.setdefault(asyncio.get_running_loop(), asyncio.Semaphore(_AT_A_TIME)):
            said = await bounded_child.run(_CODE, self.allowed, content, seconds=SECONDS + _STARTS_IN)
        return msgspec.json.decode(said, type=Answer) if said else Answer(outcome="slow")
