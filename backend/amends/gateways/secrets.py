"""Encryption of secrets at rest with the installation's keys, each bound to its row."""

import hashlib
import hmac
import json
from collections.abc import Sequence
from datetime import UTC, datetime
from uuid import UUID

from cryptography.fernet import Fernet, InvalidToken, MultiFernet

from amends.errors import Conflict, Invalid


class SecretUnreadable(Conflict):
    """A stored secret cannot be read with the keys of this installation. Enter it again."""


class EncryptionKeyIsMalformed(Invalid):
    """An encryption key is 32 random bytes in URL-safe base64: 44 characters."""


def new_key() -> str:
    """A fresh key: 32 random bytes in URL-safe base64."""
    return Fernet.generate_key().decode("ascii")


class Secrets:
    """Seals and opens texts. The first key encrypts; all decrypt, so that keys can be replaced (R-62).

    Raises EncryptionKeyIsMalformed when there is no key or one is not a key.
    """

    def __init__(self, keys: Sequence[str]) -> None:
        try:
            self._each = tuple(Fernet(key) for key in keys)
            self._fernet = MultiFernet(self._each)
        except ValueError:
            raise EncryptionKeyIsMalformed from None
        self._keys = tuple(keys)

    def __repr__(self) -> str:
        return "Secrets(…)"

    def seal(self, plain: str, *, of: UUID) -> str:
        """The text encrypted for the row with this id, in URL-safe ASCII."""
        # Fernet has no associated data: the row's id inside betrays a copy in another row.
        payload = json.dumps([str(of), plain])
        return self._fernet.encrypt(payload.encode("ascii")).decode("ascii")

    def open(self, sealed: str, *, of: UUID) -> str:
        """The text of this row. Raises SecretUnreadable: other keys, changed bytes, another row."""
        try:
            owner, plain = json.loads(self._fernet.decrypt(sealed.encode("utf-8")))
        except (InvalidToken, ValueError):
            raise SecretUnreadable from None
        if owner != str(of):
            raise SecretUnreadable
        return str(plain)

    @property
    def count(self) -> int:
        """How many keys there are."""
        return len(self._keys)

    def sealed_by(self, sealed: str) -> tuple[int, datetime] | None:
        """Which key opens it, 0 for the first one, and when it was sealed first; None where none does."""
        token = sealed.encode("utf-8")
        for place, key in enumerate(self._each):
            try:
                key.decrypt(token)
                return place, datetime.fromtimestamp(key.extract_timestamp(token), UTC)
            except InvalidToken:
                continue
        return None

    def digests(self, plain: str) -> tuple[str, ...]:
        """A hash of a text by each key, the first key first: who has no key learns nothing from it (R-95)."""
        keys = (hmac.digest(key.encode(), b"amends erased accounts", "sha256") for key in self._keys)
        return tuple(hmac.new(key, plain.encode(), hashlib.sha256).hexdigest() for key in keys)

    def marks(self) -> tuple[str, ...]:
        """By what mails of this installation are known when they come back; the first one goes into new ones.

        Nobody who has no such mail can make one up, nor tell from it which installation it is.
        """
        keys = (hmac.digest(key.encode(), b"amends own mails", "sha256") for key in self._keys)
        return tuple(key.hex()[:32] for key in keys)

    def rotate(self, sealed: str) -> str:
        """The same secret encrypted anew with the first key. Raises SecretUnreadable."""
        try:
            return self._fernet.rotate(sealed.encode("utf-8")).decode("ascii")
        except (InvalidToken, ValueError):
            raise SecretUnreadable from None
