"""Sandbox client: a pool of child processes in which Apprise sends the messages.

Research (security.md, 2.3): Apprise by itself posts to private addresses, follows redirects and reads files.
"""

import asyncio
import base64
import re
from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from typing import Any

import structlog

from amends.gateways.notifier.addresses import Refusal, Refused, refusal, schema_of
from amends.gateways.notifier.allowlist import parse_entry
from amends.gateways.notifier.child import Child, ChildFailed
from amends.gateways.notifier.contract import Message, NotifierIsBusy, Outcome, Push, Result
from amends.gateways.notifier.keyed_semaphore import KeyedSemaphore
from amends.gateways.notifier.message_text import outgoing

log = structlog.get_logger()

FURTHER_AFTER = 1.0
"""Seconds after which a message that waits for its server's child gets a further one: starting a child takes
half a second of processor time, in which one that runs sends some hundred mails."""
_SMTP = re.compile(r"[?&;]smtp=([^&;]*)", re.IGNORECASE)


class SandboxedNotifier:
    """Sends through Apprise in sandboxed child processes, started on demand and killed on a timeout.

    `allow` are the operator's private targets (host:port or network); `timeout` is the seconds that one send
    may take before its child is killed; `size` is the most children at a time; `patience` is the seconds that
    it may wait before, for a free child and for its start. Together they must be shorter than a delivery's
    lease. One child serves a server as long as nothing waits for longer than a moment; and one server never
    holds all children: a target that hangs delays only its own messages.
    """

    def __init__(
        self, allow: Sequence[str], *, timeout: float = 20.0, size: int = 2, patience: float = 20.0
    ) -> None:
        for entry in allow:
            parse_entry(entry)
        self._allow = tuple(allow)
        self._timeout = timeout
        self._patience = patience
        self._free = asyncio.Semaphore(max(1, size))
        self._first, self._further = KeyedSemaphore(1), KeyedSemaphore(max(1, size - 2))
        self._has_further = size > 2
        self._idle: dict[Child, str] = {}
        self._busy: set[Child] = set()

    async def send(self, address: str, message: Message) -> Result:
        """Send one message to one address; see `Outcome` for what may come back."""
        refused = refusal(address)
        if refused is not None:
            return Result(Outcome.refused, str(refused.why))
        job = outgoing(message, schema=schema_of(address)) | {"address": address.strip()}
        return await self._sent(server_of(address), job)

    async def push(self, request: Push) -> Result:
        """Hand an encrypted message to a push service; a child judges where it connects, as always."""
        job = {
            "push": request.endpoint,
            "headers": dict(request.headers),
            "content": base64.b64encode(request.content).decode(),
        }
        return await self._sent(server_of(request.endpoint), job)

    async def _sent(self, server: str, job: dict[str, Any]) -> Result:
        try:
            async with self._child(server) as child:
                return await self._ask(child, job)
        except TimeoutError:
            return Result(Outcome.unreachable, "waiting for earlier messages")
        except (ChildFailed, OSError) as error:
            log.error("notifier process could not start", reason=type(error).__name__)
            return Result(Outcome.unreachable, "notifier process failed")

    async def check(self, address: str) -> Refused | None:
        """Asks a child of its own, which ends afterwards: a process that serves pages keeps none."""
        refused = refusal(address)
        if refused is not None:
            return refused
        try:
            async with asyncio.timeout(self._patience):
                answer = await self._checked(address.strip())
        except (TimeoutError, ChildFailed, OSError) as error:
            log.error("target address could not be checked", reason=type(error).__name__)
            raise NotifierIsBusy from None
        return Refused(Refusal(answer["refused"]), answer["word"]) if answer["refused"] else None

    async def _checked(self, address: str) -> dict[str, Any]:
        async with self._free:
            child = await Child.start(self._allow)
            try:
                return await child.ask({"check": True, "address": address}, seconds=self._timeout)
            finally:
                await child.kill()

    async def close(self) -> None:
        """End all children, also those at work: their sends come back as ambiguous."""
        for child in [*self._idle, *self._busy]:
            child.end()
        while self._idle:
            await self._idle.popitem()[0].kill()
        for child in list(self._busy):
            await child.ended()

    @property
    def children(self) -> list[int]:
        """The process ids of the pool, for `doctor` and for measuring."""
        return [child.id for child in [*self._idle, *self._busy]]

    async def _ask(self, child: Child, job: dict[str, Any]) -> Result:
        try:
            answer = await child.ask(job, seconds=self._timeout)
        except TimeoutError:
            return Result(Outcome.timeout, "no answer")
        except ChildFailed:
            return Result(Outcome.timeout, "notifier process ended")
        return Result(Outcome(answer["outcome"]), answer["detail"], answer.get("retry_after"))

    @asynccontextmanager
    async def _child(self, server: str) -> AsyncIterator[Child]:
        """A child for one send. Raises TimeoutError when none gets free in time."""
        async with AsyncExitStack() as held:
            async with asyncio.timeout(self._patience):
                await self._hold_slot(held, server)
                await held.enter_async_context(self._free)
                child = self._idle_child(server) or await Child.start(self._allow)
            self._busy.add(child)
            try:
                yield child
            finally:
                self._busy.discard(child)
                if child.fit:
                    self._idle[child] = server
                else:
                    await child.kill()

    async def _hold_slot(self, held: AsyncExitStack, server: str) -> None:
        """Holds the server's first slot, or one of its further ones when that is not free in a moment."""
        try:
            async with asyncio.timeout(FURTHER_AFTER if self._has_further else None):
                await held.enter_async_context(self._first.held(server))
        except TimeoutError:
            await held.enter_async_context(self._further.held(server))

    def _idle_child(self, server: str) -> Child | None:
        """An idle child that still runs: the one that sent to this server, which may still be connected."""
        self._idle = {child: last for child, last in self._idle.items() if child.fit}
        found = next((child for child, last in self._idle.items() if last == server), None)
        found = found or next(iter(self._idle), None)
        if found is not None:
            del self._idle[found]
        return found


def server_of(address: str) -> str:
    """Which server a message goes to, as far as the address tells: the key by which sends are limited."""
    where = address.partition("://")[2].partition("?")[0].partition("/")[0]
    relay = _SMTP.search(address)
    return f"{schema_of(address)} {relay[1] if relay else where.rpartition('@')[2]}".lower()
