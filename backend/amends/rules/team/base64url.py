"""Base64url without padding (RFC 4648, section 5), as passkeys, providers, web push and cursors have it."""

import base64
import re

_LETTERS = re.compile(r"[A-Za-z0-9_-]*")


def encode(content: bytes) -> str:
    """The bytes as text."""
    return base64.urlsafe_b64encode(content).rstrip(b"=").decode()


def decode(text: str) -> bytes:
    """The bytes of a text. Raises ValueError for any other letter, padding too, and for a text cut short."""
    if not _LETTERS.fullmatch(text):
        raise ValueError("not base64url")
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
