"""Sealed addresses of targets: whether the installation's keys open them, and forgetting what none opens."""

from collections.abc import Mapping
from typing import Any

import msgspec

from amends import tables
from amends.database import transaction
from amends.errors import Conflict
from amends.gateways.secrets import Secrets, SecretUnreadable
from amends.tables.nudge import BROWSERS


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


async def forget(secrets: Secrets) -> list[str]:
    """Removes the targets whose address no key opens, with what was still to go there; their names."""
    target = tables.Target
    names = []
    async with transaction():
        for row in await target.select(target.id, target.name, target.sealed):
            if not _opens(secrets, row):
                await target.delete().where(target.id == row["id"])
                names.append(row["name"])
        names += await _forget_push_key(secrets)
    return names


async def _forget_push_key(secrets: Secrets) -> list[str]:
    """Step: without its key no browser can be reached; the next start makes another. The browsers' names."""
    key, target = tables.PushKey, tables.Target
    if all(_opens(secrets, row) for row in await key.select(key.id, key.sealed)):
        return []
    rows = await target.delete().where(BROWSERS).returning(target.name)
    await key.delete(force=True)
    return [row["name"] for row in rows]


def _opens(secrets: Secrets, row: Mapping[str, Any]) -> bool:
    try:
        secrets.open(row["sealed"], of=row["id"])
    except SecretUnreadable:
        return False
    return True
