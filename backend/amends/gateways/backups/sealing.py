"""Sealing of a stream with a passphrase: scrypt, then AES-256-GCM in chunks of 1 MiB.

Number and last-chunk mark are in each nonce and the head is associated data (the STREAM construction), so
that chunks cannot be cut off, repeated or put in another order without being noticed.
"""

import os
from pathlib import Path
from typing import BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

from amends.errors import Invalid

MAGIC = b"amends-sealed-1\n"
SALT, PREFIX, TAG = 16, 7, 16
HEAD = len(MAGIC) + SALT + PREFIX
CHUNK = 1 << 20
COST = 1 << 17
"""Of scrypt: 128 MiB and about a third of a second. Fixed: a file does not say how much it may cost."""


class PassphraseIsMissing(Invalid):
    "This backup is encrypted: its passphrase is needed."


class PassphraseDoesNotFit(Invalid):
    "The passphrase is another one, or the file was damaged."


def is_sealed(path: Path) -> bool:
    """Whether the file says that it is encrypted."""
    with path.open("rb") as file:
        return file.read(len(MAGIC)) == MAGIC


def _cipher(passphrase: str, salt: bytes) -> AESGCM:
    return AESGCM(Scrypt(salt=salt, length=32, n=COST, r=8, p=1).derive(passphrase.encode()))


def _nonce(prefix: bytes, number: int, *, last: bool) -> bytes:
    return prefix + number.to_bytes(4, "big") + (b"\1" if last else b"\0")


class SealedWriter:
    """Takes bytes and writes them encrypted; `close` writes the last chunk, without which nothing opens."""

    def __init__(self, target: BinaryIO, passphrase: str) -> None:
        salt, self._prefix = os.urandom(SALT), os.urandom(PREFIX)
        self._head = MAGIC + salt + self._prefix
        self._target, self._cipher = target, _cipher(passphrase, salt)
        self._number, self._waiting = 0, bytearray()
        target.write(self._head)

    def write(self, content: bytes) -> int:
        """Keeps back what may be the last chunk."""
        self._waiting += content
        while len(self._waiting) > CHUNK:
            self._seal(bytes(self._waiting[:CHUNK]), last=False)
            del self._waiting[:CHUNK]
        return len(content)

    def tell(self) -> int:
        """How many bytes were taken, as a tar asks of what it writes into."""
        return self._number * CHUNK + len(self._waiting)

    def close(self) -> None:
        """The rest, marked as the last."""
        self._seal(bytes(self._waiting), last=True)

    def _seal(self, chunk: bytes, *, last: bool) -> None:
        nonce = _nonce(self._prefix, self._number, last=last)
        self._target.write(self._cipher.encrypt(nonce, chunk, self._head))
        self._number += 1


class OpenedReader:
    """Reads what was sealed. Raises PassphraseDoesNotFit at the first byte that was altered."""

    def __init__(self, source: BinaryIO, passphrase: str) -> None:
        self._head = source.read(HEAD)
        if len(self._head) < HEAD:
            raise PassphraseDoesNotFit
        self._source, self._cipher = source, _cipher(passphrase, self._head[len(MAGIC) : -PREFIX])
        self._number, self._plain, self._is_over = 0, b"", False
        self._following = source.read(CHUNK + TAG)

    def read(self, size: int) -> bytes:
        """At most so many bytes; none at the end, which was marked as the end."""
        if not self._plain and not self._is_over:
            self._plain = self._next()
        piece, self._plain = self._plain[:size], self._plain[size:]
        return piece

    def _next(self) -> bytes:
        chunk, self._following = self._following, self._source.read(CHUNK + TAG)
        self._is_over = not self._following
        nonce = _nonce(self._head[-PREFIX:], self._number, last=self._is_over)
        self._number += 1
        try:
            return self._cipher.decrypt(nonce, chunk, self._head)
        except InvalidTag:
            raise PassphraseDoesNotFit from None
