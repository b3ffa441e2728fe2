"""Throttling of sign-in attempts by account and by address."""

import hashlib
from collections.abc import Sequence
from datetime import datetime, timedelta

import msgspec

from amends import tables
from amends.database import transaction
from amends.errors import Conflict
from amends.i18n import ngettext

FIRST_DELAY = timedelta(seconds=15)
LONGEST_DELAY = timedelta(minutes=15)
FORGOTTEN_AFTER = timedelta(days=1)


class TooManyTries(Conflict):
    """Too many tries to sign in.

    Its `retry_after` is in seconds.
    """

    status = 429


class Key(msgspec.Struct, frozen=True):
    """What is counted, and how many failures it may have before each further one costs time."""

    hash: str
    free: int

    @classmethod
    def account(cls, email: str) -> "Key":
        """Five failures: nobody mistypes more often without looking."""
        return cls(_hash(f"account\0{email}"), 5)

    @classmethod
    def address(cls, address: str) -> "Key":
        """Twenty failures: a whole office may share one address."""
        return cls(_hash(f"address\0{address}"), 20)


async def reserve(keys: Sequence[Key], *, now: datetime) -> None:
    """Counts a failure before the password is looked at, so that many tries at once are counted too (R-12).

    From the free failures on, the delay doubles from 15 s to 15 min; never a lock for good.
    Raises TooManyTries.
    """
    async with transaction():
        for key in keys:
            await _reserve(key, now)


async def forgive(keys: Sequence[Key], *, now: datetime) -> None:
    """Step: the try succeeded. The account starts again; the address gets only its own try back.

    Otherwise whoever owns one account could guess at others without end.
    """
    failed = tables.FailedSignIn
    account, address = keys
    old = failed.failed_at < now - FORGOTTEN_AFTER
    await failed.delete().where((failed.key_hash == account.hash) | old)
    await failed.update({failed.failures: failed.failures - 1, failed.refused_until: None}).where(
        failed.key_hash == address.hash, failed.failures > 0
    )
    await failed.delete().where(failed.key_hash == address.hash, failed.failures == 0)


async def _reserve(key: Key, now: datetime) -> None:
    failed = tables.FailedSignIn
    fresh = failed(key_hash=key.hash, failures=0, failed_at=now, refused_until=None)
    await failed.insert(fresh).on_conflict(action="DO NOTHING")
    # the update locks the row, so of several tries at once each sees the count of the one before
    rows = (
        await failed.update({failed.failures: failed.failures + 1})
        .where(failed.key_hash == key.hash)
        .returning(failed.failures, failed.failed_at, failed.refused_until)
    )
    row = rows[0]
    if row["refused_until"] and now < row["refused_until"]:
        raise _too_many(row["refused_until"] - now)
    count = 1 if now - row["failed_at"] > FORGOTTEN_AFTER else row["failures"]
    await failed.update(
        {failed.failures: count, failed.failed_at: now, failed.refused_until: _until(count - key.free, now)}
    ).where(failed.key_hash == key.hash)


def _until(excess: int, now: datetime) -> datetime | None:
    """Until when the next try is refused, this many failures after the last free one."""
    if excess < 0:
        return None
    return now + min(LONGEST_DELAY, FIRST_DELAY * (1 << min(excess, 10)))


def _too_many(left: timedelta) -> TooManyTries:
    seconds = int(left.total_seconds()) + 1
    sentence = ngettext(
        "Too many tries. Wait %(count)s second, then try again.",
        "Too many tries. Wait %(count)s seconds, then try again.",
        seconds,
    ) % {"count": seconds}
    return TooManyTries(sentence, retry_after=seconds)


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()
