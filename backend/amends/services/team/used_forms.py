"""Idempotency keys of forms: what is sent twice happens once, and is answered the same way."""

import hashlib
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from uuid import UUID

import msgspec

from amends import tables
from amends.database import add, again_if_broken_off, transaction

KEPT_FOR = timedelta(days=3)
"""Nobody sends a form again from a page that has been open over a long weekend."""


class SentForm(msgspec.Struct, frozen=True, kw_only=True):
    """One form as it was sent, and by whom: `sender` is a member's id, or a link's own secret.

    `action` is the address that it was sent to, `content` the digest of what was typed: with other words an
    old form is a new one.
    """

    key: str
    sender: str
    action: str
    content: str
    member: UUID | None

    @property
    def key_hash(self) -> str:
        """Its name in the table. No secret of a link can be read from it."""
        parts = "\0".join((self.sender, self.action, self.key, self.content))
        return hashlib.sha256(parts.encode()).hexdigest()


async def once(form: SentForm, command: Callable[[], Awaitable[str | None]], *, now: datetime) -> str | None:
    """Runs the command of a form in the transaction that remembers the form; returns where its answer leads.

    Of two that are sent at once, the second waits for the first and is answered like it. A command that
    returns None leads nowhere, and is not remembered. When it raises, nothing is. What the database broke off
    runs again.
    """
    return await again_if_broken_off(lambda: _once(form, command, now=now))


async def _once(form: SentForm, command: Callable[[], Awaitable[str | None]], *, now: datetime) -> str | None:
    table = tables.UsedForm
    async with transaction():
        row = {"key_hash": form.key_hash, "member": form.member, "used_at": now}
        if not await add(table, unless="key_hash", location="", **row):
            used = await table.select(table.location).where(table.key_hash == form.key_hash).first()
            return str(used["location"]) if used else None
        location = await command()
        if location is None:
            await table.delete().where(table.key_hash == form.key_hash)
        else:
            await table.update({table.location: location}).where(table.key_hash == form.key_hash)
        return location


async def forget_old(*, now: datetime) -> None:
    """Step: drops the forms that were sent days ago."""
    await tables.UsedForm.delete().where(tables.UsedForm.used_at < now - KEPT_FOR)
