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
