"""SMTP login in UTF-8, where the standard library allows ASCII only.

PLAIN is UTF-8 by its definition (RFC 4616, 2); servers read LOGIN and CRAM-MD5 in the same way.
"""

import hmac
import smtplib
from collections.abc import Callable
from typing import Any


class _Answer(str):
    """What smtplib encodes as ASCII before it is sent."""

    __slots__ = ()

    def encode(self, encoding: str = "utf-8", errors: str = "strict") -> bytes:
        return super().encode("utf-8", errors)


def install() -> None:
    """Patch smtplib for this process."""
    auth = smtplib.SMTP.auth

    def auth_in_utf8(
        self: smtplib.SMTP, mechanism: str, answer: Callable[..., str | None], **options: bool
    ) -> tuple[int, bytes]:
        def encodable(*challenge: bytes) -> str | None:
            words = answer(*challenge)
            return None if words is None else _Answer(words)

        return auth(self, mechanism, encodable, **options)  # type: ignore[arg-type]

    smtplib.SMTP.auth = auth_in_utf8  # type: ignore[method-assign, assignment]
    smtplib.SMTP.auth_cram_md5 = auth_cram_md5  # type: ignore[method-assign, assignment]


def auth_cram_md5(self: smtplib.SMTP, challenge: bytes | None = None) -> str | None:
    """The answer to a challenge (RFC 2195, 2)."""
    if challenge is None:
        return None
    mail: Any = self
    return f"{mail.user} {hmac.HMAC(mail.password.encode(), challenge, 'md5').hexdigest()}"
