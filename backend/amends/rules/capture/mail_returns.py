"""Returned mails (RFC 3464): which message came back, and what the server says why."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from email.message import Message
from email.parser import HeaderParser
from email.policy import compat32

from amends.rules.case.texts import clean

MOST_PARTS = 20
LONGEST_WHY = 300
LONGEST_HEADERS = 64_000
IDENTITY = re.compile(r"<[^<>\s]{3,248}>")
STATUS = re.compile(r"[245]\.\d{1,3}\.\d{1,3}")


@dataclass(frozen=True, slots=True)
class ReturnedMail:
    """What a delivery status notification says.

    `identity` is the Message-ID of what came back; it may be forged, so that only one that nobody can guess
    proves anything. `status` is an enhanced status code such as 5.1.1, `said` the words of a server.
    """

    identity: str
    status: str
    said: str


def returned_of(message: Message) -> ReturnedMail | None:
    """What came back for good; None for any other mail, also for one that is only late."""
    if message.get_content_type() != "multipart/report":
        return None
    parts = _parts(message)
    failed = next((block for part in parts for block in _blocks(part) if _is_failed(block)), None)
    identity = next((one for part in parts if (one := _identity(part))), "")
    if failed is None or not identity:
        return None
    status, said = str(failed.get("Status") or ""), str(failed.get("Diagnostic-Code") or "")
    found = STATUS.search(status)
    words = clean(said[:4_000].partition(";")[2] or said[:4_000], LONGEST_WHY).text
    return ReturnedMail(identity, found[0] if found else "", " ".join(words.split()))


def _parts(message: Message) -> list[Message]:
    inside = message.get_payload()
    return (
        [one for one in inside[:MOST_PARTS] if isinstance(one, Message)] if isinstance(inside, list) else []
    )


def _blocks(part: Message) -> Iterator[Message]:
    """The groups of fields of a notification, one for each receiver."""
    if part.get_content_type() == "message/delivery-status":
        yield from _parts(part)


def _is_failed(block: Message) -> bool:
    return str(block.get("Action") or "").strip().lower() == "failed"


def _identity(part: Message) -> str:
    """The Message-ID of the mail, or of its header, that a notification gives back."""
    given = part.get_payload()
    if part.get_content_type() == "message/rfc822" and isinstance(given, list) and given:
        original = given[0]
    elif part.get_content_type() in ("text/rfc822-headers", "message/rfc822-headers"):
        text = given if isinstance(given, str) else ""
        original = HeaderParser(policy=compat32).parsestr(text[:LONGEST_HEADERS])
    else:
        return ""
    named = str(original.get("Message-ID") or "") if isinstance(original, Message) else ""
    return next(iter(IDENTITY.findall(named[:4_000])), "")
