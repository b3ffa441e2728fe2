"""Webhooks: events are carried to one endpoint in a child process that reaches no private address."""

import base64
import json
from collections.abc import Mapping, Sequence
from typing import NamedTuple, Protocol

import msgspec

from amends.gateways import bounded_child
from amends.gateways.webhook_child import EACH, SECONDS

_CODE = bounded_child.code_of("amends.gateways.webhook_child")
_STARTS_IN = 15
"""Seconds that an interpreter may take to start on a busy machine."""


class Outgoing(NamedTuple):
    """One event as it leaves."""

    headers: Mapping[str, str]
    body: bytes


class Answered(msgspec.Struct, frozen=True, kw_only=True):
    """What became of one event.

    `outcome`: delivered (any 2xx), gone (410), busy (429, 503), redirect, status (any other), private (an
    address inside), certificate, slow, or unreachable. `answer` is how a stranger's answer began.
    """

    outcome: str
    status: int | None = None
    retry_after: int | None = None
    answer: str = ""


class WebhookCarrier(Protocol):
    """Carries events to one endpoint, in their order."""

    async def carry(self, address: str, events: Sequence[Outgoing]) -> list[Answered]:
        """One answer for each event up to the first that was not taken. Raises nothing for strangers."""
        ...


class SandboxedWebhookCarrier:
    """The real one; `allowed` are private servers that may be reached all the same."""

    def __init__(self, allowed: Sequence[str] = (), *, each: float = EACH) -> None:
        """`each` is the number of seconds that one event may take."""
        self.allowed, self.each = tuple(allowed), each

    async def carry(self, address: str, events: Sequence[Outgoing]) -> list[Answered]:
        """What the child was told; a child that was killed has sent nobody knows how many."""
        requests = [
            {"headers": dict(one.headers), "body": base64.b64encode(one.body).decode()} for one in events
        ]
        content = json.dumps({"address": address, "each": self.each, "requests": requests}).encode()
        seconds = SECONDS + EACH + _STARTS_IN
        said = await bounded_child.run(_CODE, self.allowed, content, seconds=seconds)
        if not said:
            return [Answered(outcome="slow")] * len(events)
        return msgspec.json.decode(said, type=list[Answered])
