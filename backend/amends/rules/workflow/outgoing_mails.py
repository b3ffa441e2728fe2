"""Private messages by mail: their bytes, their ids, and which connections may be without TLS."""

from collections.abc import Sequence
from datetime import datetime
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, formataddr
from ipaddress import ip_address
from typing import NamedTuple
from uuid import UUID

SECURITIES = ("tls", "starttls", "none")
"""TLS from the first byte (usually port 465), TLS that is asked for first (587), none on this computer."""
MOST_REFERENCES = 20
FOR_GOOD = frozenset({"refused", "account", "file"})
"""What no further try changes: the server refuses, or the account or a file is gone."""


class SentFile(NamedTuple):
    """A file of the case that goes with a mail."""

    name: str
    media_type: str
    content: bytes


class Letter(NamedTuple):
    """All that makes up a mail. Of the same letter the bytes are always the same, so that a second try is
    known by whoever got the first one.

    `answers` are the ids of the messages before it, the oldest first; `mark` says which Amends sent it.
    """

    identity: str
    sender: str
    name: str
    reply_to: str
    to: str
    subject: str
    text: str
    written_at: datetime
    answers: Sequence[str] = ()
    mark: str = ""
    files: Sequence[SentFile] = ()


def identity_of(mail: UUID, sender: str) -> str:
    """The Message-ID of a mail, decided before it is sent; nobody can guess it."""
    return f"<{mail.hex}@{sender.rpartition('@')[2]}>"


def signed(text: str, signature: str) -> str:
    """The words with the signature below a line by which mail programs know it (RFC 3676, 4.3)."""
    return f"{text}\n\n-- \n{signature}" if signature else text


def as_bytes(letter: Letter) -> bytes:
    """The mail as it goes to the server: plain text, and files that go with it."""
    message = EmailMessage(policy=SMTP)
    message["From"] = formataddr((letter.name, letter.sender))
    message["To"] = letter.to
    if letter.reply_to:
        message["Reply-To"] = letter.reply_to
    message["Subject"] = letter.subject
    message["Date"] = format_datetime(letter.written_at)
    message["Message-ID"] = letter.identity
    if letter.answers:
        message["In-Reply-To"] = letter.answers[-1]
        message["References"] = " ".join(letter.answers[-MOST_REFERENCES:])
    if letter.mark:
        message["X-Amends-Instance"] = letter.mark
    message.set_content(letter.text + "\n")
    for one in letter.files:
        main, _slash, sub = one.media_type.partition("/")
        if main == "message":  # a mail within a mail could only be sent as it is, which servers may refuse
            main, sub = "application", "octet-stream"
        message.add_attachment(one.content, maintype=main, subtype=sub, filename=one.name)
    if letter.files:
        message.set_boundary(f"amends-{letter.identity.strip('<>').partition('@')[0]}")
    return message.as_bytes()


def may_be_plain(host: str) -> bool:
    """Whether a server may be spoken to without TLS: only on this computer."""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host.lower() == "localhost"
