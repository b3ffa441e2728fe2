"""Mails for tests: as customers, programs and review sites write them."""

from email.message import EmailMessage
from itertools import count

from amends.rules.capture.mail_messages import Mail, read_mail

_mails = count(1)


class DirectReader:
    """Reads a mail without a child process, which takes a while to start."""

    async def read(self, content: bytes) -> Mail:
        return read_mail(content)


def mail(text: str = "It is still broken.", **headers: str) -> bytes:
    """A mail of Dana's, a new one each time; `files` is a list of (name, type, bytes)."""
    message = EmailMessage()
    given = {
        "From": "Dana <dana@example.com>",
        "To": "help@bakers.example",
        "Subject": "My cake",
        "Date": "Mon, 04 May 2026 09:00:00 +0200",
        "Message-ID": f"<{next(_mails)}@mail.example>",
    } | {name.replace("_", "-"): value for name, value in headers.items()}
    for name, value in given.items():
        if value:
            message[name] = value
    message.set_content(text)
    return message.as_bytes()


def with_files(text: str, *files: tuple[str, str, bytes], **headers: str) -> bytes:
    """The same with files, each a name, a type and bytes."""
    from email import message_from_bytes
    from email.policy import default

    message = message_from_bytes(mail(text, **headers), policy=default)
    for name, kind, content in files:
        main, _slash, sub = kind.partition("/")
        message.add_attachment(content, maintype=main, subtype=sub, filename=name)
    return message.as_bytes()


def returned_mail(
    identity: str,
    *,
    action: str = "failed",
    kind: str = "message/rfc822",
    said: str = "550 5.1.1 <gone@example.com>: no such user",
) -> bytes:
    """What Postfix writes of a mail with this Message-ID that it could not deliver."""
    original = f"From: help@bakers.example\r\nMessage-ID: {identity}\r\nSubject: Your cake\r\n"
    whole = f"{original}\r\nWe bake a new one.\r\n" if kind == "message/rfc822" else original
    folded = said.replace("\n", "\r\n ")
    return f"""From: MAILER-DAEMON@mx.example
To: help@bakers.example
Subject: Undelivered Mail Returned to Sender
Date: Mon, 04 May 2026 09:00:00 +0200
Message-ID: <{next(_mails)}@mx.example>
Auto-Submitted: auto-replied
Return-Path: <>
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="edge"

--edge
Content-Type: text/plain

This is the mail system at host mx.example. I'm sorry.

--edge
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example

Final-Recipient: rfc822; gone@example.com
Action: {action}
Status: 5.1.1
Diagnostic-Code: smtp; {folded}

--edge
Content-Type: {kind}

{whole}
--edge--
""".encode()
