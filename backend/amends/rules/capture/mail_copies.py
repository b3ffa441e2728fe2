"""Mails without their original: a plain message written from the words that are kept of it."""

from datetime import datetime
from email.errors import HeaderParseError
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime

NOTE = "Amends-Redacted"
"""A header that says: no original, but the words of its sender without the name of somebody erased."""


def written_from(*, sender: str, name: str, subject: str, text: str, came_at: datetime) -> bytes:
    """The message as bytes, without files; dated by when it came in. Hostile values stay one line."""
    message = EmailMessage(policy=SMTP)
    message["From"] = _mailbox(name, sender)
    message["Subject"] = _line(subject)
    message["Date"] = format_datetime(came_at)
    message[NOTE] = "yes"
    message.set_content(text)
    return message.as_bytes()


def _mailbox(name: str, sender: str) -> Address | str:
    try:
        return Address(display_name=_line(name), addr_spec=sender)
    except (ValueError, IndexError, AttributeError, HeaderParseError):  # no address of the form user@host
        return _line(name)


def _line(value: str) -> str:
    return " ".join(value.split())
