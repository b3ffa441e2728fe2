"""Throttling of sign-in attempts by account, by network, and by what is known of either."""

import hashlib
from collections.abc import Sequence
from datetime import datetime, timedelta
from ipaddress import IPv6Address, ip_address, ip_network
from uuid import UUID

import msgspec

from amends import tables
from amends.database import transaction
from amends.errors import Conflict
from amends.i18n import ngettext

FIRST_DELAY = timedelta(seconds=15)
LONGEST_DELAY = timedelta(minutes=15)
FORGOTTEN_AFTER = timedelta(days=1)
KNOWN_FOR = timedelta(days=90)
"""How long a network from which a member signed in is theirs."""


class TooManyTries(Conflict):
    """Too many tries to sign in.

    Its `retry_after` is in seconds.
    """

    status = 429


class Key(msgspec.Struct, frozen=True):
    """What is counted, and how many failures it may have before each further one costs time.

    A `shared` one is not only this member's: one success gives back one try, and does not forget the rest.
    """

    hash: str
    free: int
    shared: bool = False

    @classmethod
    def account(cls, email: str) -> "Key":
        """Five failures of one account from anywhere unknown: nobody mistypes more often without looking."""
        return cls(_hash(f"account\0{email}"), 5)

    @classmethod
    def network(cls, address: str) -> "Key":
        """Twenty failures of any account: a whole office may share one address."""
        return cls(_hash(f"address\0{network_of(address)}"), 20, shared=True)

    @classmethod
    def known_network(cls, email: str, address: str) -> "Key":
        """Five failures of one account from where its member has signed in before."""
        return cls(_hash(f"known\0{email}\0{network_of(address)}"), 5)

    @classmethod
    def known_browser(cls, email: str, browser: str) -> "Key":
        """Five failures of one account in a browser in which its member has signed in before."""
        return cls(_hash(f"browser\0{email}\0{browser}"), 5)

    @classmethod
    def proof(cls, member: UUID) -> "Key":
        """Five failures of a member who is signed in and types the password again."""
        return cls(_hash(f"proof\0{member}"), 5)

    @classmethod
    def code(cls, member: UUID) -> "Key":
        """Five wrong codes of a second factor: a code is good for a minute and a half."""
        return cls(_hash(f"code\0{member}"), 5)


def network_of(address: str) -> str:
    """What one customer of a provider has: an IPv4 address, or the /64 of an IPv6 address."""
    try:
        parsed = ip_address(address)
    except ValueError:
        return address
    if not isinstance(parsed, IPv6Address):
        return str(parsed)
    return str(parsed.ipv4_mapped or ip_network((int(parsed), 64), strict=False))


async def keys_of(
    email: str, member: UUID | None, *, address: str, browser: str, now: datetime
) -> tuple[Key, ...]:
    """What a try to sign in counts against; `browser` is that of a known browser of this member, or empty.

    A known browser, and a known network, have budgets of their own, so that a stranger who fails on purpose
    does not keep the owner of the account out. A guess at an address that does not exist counts as any other.
    """
    if member and browser:
        return (Key.known_browser(email, browser),)
    if member and await _is_known(member, address, now):
        return Key.known_network(email, address), Key.network(address)
    return Key.account(email), Key.network(address)


async def remember_network(member: UUID, address: str, *, now: datetime) -> None:
    """Step: the member has signed in from here; only a hash of where is kept."""
    known = tables.KnownNetwork
    fresh = known(member=member, network_hash=_where(member, address), seen_at=now)
    await known.insert(fresh).on_conflict(
        target=known.network_hash, action="DO UPDATE", values=[known.seen_at]
    )


async def _is_known(member: UUID, address: str, now: datetime) -> bool:
    known = tables.KnownNetwork
    here = (known.network_hash == _where(member, address)) & (known.seen_at >= now - KNOWN_FOR)
    return bool(await known.exists().where(here))


def _where(member: UUID, address: str) -> str:
    return _hash(f"{member}\0{network_of(address)}")


async def reserve(keys: Sequence[Key], *, now: datetime) -> None:
    """Counts a failure before the password is looked at, so that many tries at once are counted too (R-12).

    From the free failures on, the delay doubles from 15 s to 15 min; never a lock for good.
    Raises TooManyTries.
    """
    async with transaction():
        for key in keys:
            await _reserve(key, now)


async def forgive(keys: Sequence[Key], *, now: datetime) -> None:
    """Step: the try succeeded. What is the member's own starts again; what others share gets this try back.

    Otherwise whoever owns one account could guess at others without end.
    """
    failed = tables.FailedSignIn
    await failed.delete().where(failed.failed_at < now - FORGOTTEN_AFTER)
    for key in keys:
        here = failed.key_hash == key.hash
        if key.shared:
            await failed.update({failed.failures: failed.failures - 1, failed.refused_until: None}).where(
                here, failed.failures > 0
            )
            await failed.delete().where(here, failed.failures == 0)
        else:
            await failed.delete().where(here)


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
