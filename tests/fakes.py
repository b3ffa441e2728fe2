"""What takes the place of the outside in tests? Fakes that pass the real gateways' contract tests."""

import asyncio
import hashlib
import re
from collections import defaultdict, deque
from collections.abc import AsyncIterator
from contextlib import suppress

from amends.database import bound
from amends.gateways.evidence_files import EvidenceIsAltered, EvidenceIsMissing, EvidenceNameIsMalformed
from amends.gateways.notifier import Message, Outcome, Push, Result
from amends.gateways.notifier.addresses import Refused, refusal

ACCEPTED = Result(Outcome.delivered, "accepted")


class RecordingNotifier:
    """A notifier that keeps what it is sent, answers as told, and can be held up."""

    def __init__(self) -> None:
        self.sent: list[tuple[str, Message]] = []
        self.pushed: list[Push] = []
        self.closed = False
        self._answers: defaultdict[str, deque[Result]] = defaultdict(deque)
        self._held: dict[str, asyncio.Event] = {}
        self._always: dict[str, Result] = {}

    def always(self, address: str, result: Result) -> None:
        """What every send to this address gets from now on, unless another answer was told."""
        self._always[address] = result

    def answer(self, address: str, *results: Result) -> None:
        """What the next sends to this address get, one after the other; then it delivers again."""
        self._answers[address].extend(results)

    def hang(self, address: str) -> asyncio.Event:
        """Let sends to this address wait until the event is set; they come back as ambiguous."""
        return self._held.setdefault(address, asyncio.Event())

    async def send(self, address: str, message: Message) -> Result:
        refused = refusal(address)
        if refused is not None:
            return Result(Outcome.refused, str(refused.why))
        self.sent.append((address, message))
        if address in self._held:
            await self._held[address].wait()
            return Result(Outcome.timeout, "no answer")
        waiting = self._answers[address]
        return waiting.popleft() if waiting else self._always.get(address, ACCEPTED)

    async def push(self, request: Push) -> Result:
        self.pushed.append(request)
        waiting = self._answers[request.endpoint]
        return waiting.popleft() if waiting else ACCEPTED

    async def check(self, address: str) -> Refused | None:
        """By the text alone."""
        return refusal(address)

    async def close(self) -> None:
        self.closed = True


def no_transaction_waits() -> None:
    """Fails inside a transaction of the bound database, if there is one."""
    with suppress(RuntimeError):
        waits = bound().current_transaction.get() is not None
        assert not waits, "a transaction is open while a file is written or erased"


class MemoryEvidenceFiles:
    """Evidence in a dictionary. As object storage may be slow, no transaction may wait for it."""

    def __init__(self) -> None:
        self.kept: dict[str, bytes] = {}
        self.altered: set[str] = set()

    async def keep(self, content: bytes) -> str:
        no_transaction_waits()
        digest = hashlib.sha256(content).hexdigest()
        self.kept[digest] = content
        return digest

    async def fetch(self, sha256: str) -> bytes:
        self._check(sha256)
        if sha256 not in self.kept:
            raise EvidenceIsMissing
        if sha256 in self.altered:
            raise EvidenceIsAltered
        return self.kept[sha256]

    async def erase(self, sha256: str) -> None:
        self._check(sha256)
        no_transaction_waits()
        self.kept.pop(sha256, None)

    async def names(self) -> AsyncIterator[str]:
        for name in sorted(self.kept):
            yield name

    @staticmethod
    def _check(sha256: str) -> None:
        if not re.fullmatch(r"[0-9a-f]{64}", sha256):
            raise EvidenceNameIsMalformed
