"""Protocol of a notifier: message, outcome and result."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Protocol, runtime_checkable

from amends.errors import Conflict
from amends.gateways.notifier.addresses import Refused

PICTURE = "cid:logo.png"
"""How the HTML of a mail names its picture (RFC 2392)."""


class NotifierIsBusy(Conflict):
    """The address could not be checked just now. Try again in a minute."""


class Outcome(StrEnum):
    """How one send ended."""

    delivered = "delivered"
    """The service accepted the message: at least one exchange with it succeeded."""
    refused = "refused"
    """Our own policy forbids this address: trying again is pointless until the address changes."""
    unreachable = "unreachable"
    """The message did not leave us: no such name, no connection, no free child in time."""
    not_sent = "not_sent"
    """Nothing left us, and no service knows of it: it cannot send this, or offers no login or encryption."""
    rejected = "rejected"
    """The service answered, and said no."""
    gone = "gone"
    """The receiver is no longer there and will not come back: a browser that ended its subscription."""
    timeout = "timeout"
    """Nobody knows: the message was on its way when the time was up. It may arrive."""


@dataclass(frozen=True, slots=True)
class Message:
    """What is to be said. Texts stay out of the repr, because reprs end up in logs."""

    title: str = field(repr=False)
    body: str = field(repr=False)
    html: str | None = field(default=None, repr=False)
    """For mail only; everywhere else the plain body is sent."""
    reference: str = ""
    """Stays the same when a nudge is sent again, so that people and webhooks can drop the repeat."""
    sender: str = ""
    """The name before the sender's address in a mail, unless the target's address names another."""
    message_id: str = ""
    """`word@host`, for mail; the same for a repeat."""
    thread_id: str = ""
    """`word@host`: mails of one thread share it."""
    instance: str = ""
    """For mail: by what we know it when it comes back to us (`Secrets.marks`)."""
    brief: str = field(default="", repr=False)
    """What stands on the screen of a telephone, without links; the body where there is none."""
    opens: str = field(default="", repr=False)
    """The page that a press on it opens."""
    picture: bytes = field(default=b"", repr=False)
    """A small PNG file that the HTML of a mail shows as `PICTURE`: carried along, fetched from nowhere."""


@dataclass(frozen=True, slots=True)
class Push:
    """A request to the push service of a browser, encrypted and signed (`web_push`)."""

    endpoint: str = field(repr=False)
    headers: Mapping[str, str] = field(repr=False)
    content: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Result:
    """How a send ended, in words from a closed list: never a token, an address or an answer's text."""

    outcome: Outcome
    detail: str
    """Fixed lower-case English words and a status code, for the record; `in_words` speaks to people."""
    retry_after: int | None = None
    """Seconds to wait, when the service asked for a pause."""


@runtime_checkable
class Notifier(Protocol):
    """Sends one message to one address. It never raises for what an address or a service does."""

    async def send(self, address: str, message: Message) -> Result:
        """Send the message to the address of a target (an Apprise URL)."""
        ...

    async def push(self, request: Push) -> Result:
        """Hand an encrypted message to a push service, judged like every other way out."""
        ...

    async def check(self, address: str) -> Refused | None:
        """Why nothing can be sent to this address as it is written; None when it can. Nothing is sent.

        Raises NotifierIsBusy.
        """
        ...

    async def close(self) -> None:
        """Let go of every process and socket. A closed notifier starts anew at its next send."""
        ...
