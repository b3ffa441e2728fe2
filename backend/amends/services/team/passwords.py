"""Password hashing, verification and strength."""

import asyncio
import unicodedata
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from functools import cache
from typing import TypeVar

from argon2 import PasswordHasher
from argon2.exceptions import VerifyMismatchError

from amends.errors import Invalid
from amends.i18n import gettext as _
from amends.services.team.guessed_passwords import folded, is_guessed, variants

SHORTEST, LONGEST = 12, 128
SHORTEST_NAME = 4
HASHER = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)
NOBODYS_HASH = (
    "$argon2id$v=19$m=19456,t=2,p=1$H/8YlsGlQz+mGweT/fLEyQ$eexLQqvNXufKnSEmzr/lrCzPPYe/x6du9HuQ58qWGoo"
)
"""Compared with when there is no such member, so that both answers cost the same (R-10)."""

Result = TypeVar("Result")


class PasswordIsTooWeak(Invalid):
    """Choose another password."""


@cache
def _threads() -> ThreadPoolExecutor:
    """Two threads: fifty people who sign in at once take turns instead of 19 MiB each (R-10)."""
    return ThreadPoolExecutor(2, thread_name_prefix="passwords")


async def _in_a_thread(work: Callable[[], Result]) -> Result:
    """What it refuses is said in the language of who asked, which a thread would not know."""
    here = copy_context()
    return await asyncio.get_running_loop().run_in_executor(_threads(), lambda: here.run(work))


async def hashed(password: str) -> str:
    """The argon2id hash to keep of a password; slow on purpose, so never call it inside a transaction."""
    return await _in_a_thread(lambda: HASHER.hash(_normal(password)))


async def matches(password: str, kept: str | None) -> bool:
    """Whether this is the password behind the hash; without a hash, false after the same work."""
    return await _in_a_thread(lambda: _verified(kept or NOBODYS_HASH, password)) and kept is not None


def is_outdated(kept: str) -> bool:
    """Whether the hash was made with other costs than today's, and should be made again."""
    return HASHER.check_needs_rehash(kept)


def check(password: str, *, names: Iterable[str] = ()) -> None:
    """Refuses a new password that is short, endless, common, or made of the names given (R-11).

    Any character is allowed and none is required. Raises PasswordIsTooWeak.
    """
    if len(password) < SHORTEST:
        raise _weak(_("Use at least %(count)s characters; a few words work well.") % {"count": SHORTEST})
    if len(password) > LONGEST:
        raise _weak(_("Use at most %(count)s characters.") % {"count": LONGEST})
    if len(set(password.casefold())) < 4 or is_guessed(password):
        raise _weak(_("This password is among the first ones attackers try. Choose another one."))
    read = variants(password)
    for name in ("amends", *names):
        word = folded(name)
        if len(word) >= SHORTEST_NAME and any(word in one for one in read):
            raise _weak(_("Do not use the name of the product, the team or yourself in the password."))


async def check_in_thread(password: str, *, names: Iterable[str] = ()) -> None:
    """As `check`, beside the event loop: the list is read at the first one. Raises PasswordIsTooWeak."""
    given = tuple(names)
    await _in_a_thread(lambda: check(password, names=given))


def _verified(kept: str, password: str) -> bool:
    try:
        return HASHER.verify(kept, _normal(password))
    except VerifyMismatchError:
        return False


def _normal(password: str) -> str:
    """The same keys give the same password, however a system composes accents (NIST 800-63B)."""
    return unicodedata.normalize("NFKC", password)


def _weak(sentence: str) -> PasswordIsTooWeak:
    return PasswordIsTooWeak(sentence, fields={"password": sentence})
