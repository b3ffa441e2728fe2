"""Sealed addresses of targets: whether the installation's keys open them, and sealing with another key."""

from collections.abc import Mapping
from typing import Any

import msgspec

from amends import tables
from amends.database import transaction
from amends.errors import Conflict
from amends.gateways.secrets import Secrets, SecretUnreadable


class KeysDoNotFit(Conflict):
    """None of the stored addresses can be read with these encryption keys."""


class Sealed(msgspec.Struct, frozen=True, kw_only=True):
    """How many addresses the keys open, and the names of the targets whose address they do not."""

    opened: int
    unreadable: tuple[str, ...]


async def look(secrets: Secrets) -> Sealed:
    """What the keys open of everything that is sealed."""
    target = tables.Target
    rows = await target.select(target.id, target.name, target.sealed).order_by(target.created_at)
    unreadable = tuple(row["name"] for row in rows if not _opens(secrets, row))
    return Sealed(opened=len(rows) - len(unreadable), unreadable=unreadable)


async def check(secrets: Secrets) -> None:
    """Raises KeysDoNotFit when something is sealed and nothing of it can be opened."""
    found = await look(secrets)
    if found.unreadable and not found.opened:
        raise KeysDoNotFit(
            f"The encryption keys open none of the {len(found.unreadable)} stored addresses. Bring back "
            "those that sealed them: AMENDS_ENCRYPTION_KEYS, or the file encryption_keys in the data folder. "
            "If they are lost, `amends keys forget` removes these targets."
        )


async def rotate(secrets: Secrets) -> Sealed:
    """Seals every address with the first key. Those that no key opens are left as they are."""
    target = tables.Target
    opened, unreadable = 0, []
    async with transaction():
        for row in await target.select(target.id, target.name, target.sealed):
            if not _opens(secrets, row):
                unreadable.append(row["name"])
                continue
            # One that was changed meanwhile is sealed with the first key already.
            same = (target.id == row["id"]) & (target.sealed == row["sealed"])
            await target.update({target.sealed: secrets.rotate(row["sealed"])}).where(same)
            opened += 1
    return Sealed(opened=opened, unreadable=tuple(unreadable))


async def forget(secrets: Secrets) -> list[str]:
    """Removes the targets whose address no key opens, with what was still to go there; their names."""
    target = tables.Target
    names = []
    async with transaction():
        for row in await target.select(target.id, target.name, target.sealed):
            if not _opens(secrets, row):
                await target.delete().where(target.id == row["id"])
                names.append(row["name"])
    return names


def _opens(secrets: Secrets, row: Mapping[str, Any]) -> bool:
    try:
        secrets.open(row["sealed"], of=row["id"])
    except SecretUnreadable:
        return False
    return True
