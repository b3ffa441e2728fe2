"""Sealing: everything that the keys of the installation protect, sealed anew with the first one (R-62)."""

from collections import Counter, defaultdict
from datetime import datetime
from typing import Any

import msgspec
from piccolo.columns import Column
from piccolo.table import Table

from amends import tables
from amends.database import transaction
from amends.gateways.secrets import Secrets, SecretUnreadable
from amends.tables.operation import Erasure


class Kind(msgspec.Struct, frozen=True):
    """A table whose `sealed` column holds secrets; each is bound to the id in the column `owner`."""

    name: str
    table: type[Table]
    owner: Column

    @property
    def sealed(self) -> Any:  # noqa: ANN401 - a column of a table that is only known here
        """The column."""
        return self.table.sealed  # type: ignore[attr-defined]


KINDS = (
    Kind("target addresses", tables.Target, tables.Target.id),
    Kind("keys of web push", tables.PushKey, tables.PushKey.id),
    Kind("second factors", tables.SecondFactor, tables.SecondFactor.member),
    Kind("secrets of sign-in providers", tables.Provider, tables.Provider.id),
    Kind("secrets of webhooks", tables.Webhook, tables.Webhook.id),
    Kind("passwords of mailboxes", tables.Mailbox, tables.Mailbox.id),
    Kind("passwords of mail accounts", tables.MailAccount, tables.MailAccount.id),
)
"""The key of web push is sealed anew and stays the same: another would end every subscription."""


class Sealed(msgspec.Struct, frozen=True, kw_only=True):
    """Of one kind: how many secrets the keys open, and how many they do not."""

    kind: str
    opened: int
    unreadable: int


class KeyUse(msgspec.Struct, frozen=True, kw_only=True):
    """What one key seals: how many of each kind, and when the oldest of them was first sealed."""

    counts: dict[str, int]
    oldest: datetime | None


class Standing(msgspec.Struct, frozen=True, kw_only=True):
    """What each key seals, in the order of the keys; what none opens, by kind; and people who were erased."""

    uses: tuple[KeyUse, ...]
    unreadable: dict[str, int]
    erasures: int


async def look(secrets: Secrets) -> Standing:
    """Which secrets each of the keys seals; nothing is changed, and no secret leaves this function."""
    found: dict[int | None, list[tuple[str, datetime | None]]] = defaultdict(list)
    for kind in KINDS:
        for row in await kind.table.select(kind.sealed.as_alias("sealed")):
            place, at = secrets.sealed_by(row["sealed"]) or (None, None)
            found[place].append((kind.name, at))
    return Standing(
        uses=tuple(_use(found[place]) for place in range(secrets.count)),
        unreadable=dict(Counter(name for name, _at in found[None])),
        erasures=await Erasure.count().where(Erasure.of_case.is_null()),
    )


def _use(sealed: list[tuple[str, datetime | None]]) -> KeyUse:
    dates = [at for _name, at in sealed if at]
    return KeyUse(counts=dict(Counter(name for name, _at in sealed)), oldest=min(dates, default=None))


async def rotate(secrets: Secrets) -> list[Sealed]:
    """Seals everything with the first key. What no key opens is left as it is."""
    async with transaction():
        return [await _rotate(kind, secrets) for kind in KINDS]


async def _rotate(kind: Kind, secrets: Secrets) -> Sealed:
    opened = unreadable = 0
    for row in await kind.table.select(kind.owner.as_alias("owner"), kind.sealed.as_alias("sealed")):
        try:
            secrets.open(row["sealed"], of=row["owner"])
        except SecretUnreadable:
            unreadable += 1
            continue
        # One that was changed meanwhile is sealed with the first key already.
        same = (kind.owner == row["owner"]) & (kind.sealed == row["sealed"])
        await kind.table.update({kind.sealed: secrets.rotate(row["sealed"])}).where(same)
        opened += 1
    return Sealed(kind=kind.name, opened=opened, unreadable=unreadable)
