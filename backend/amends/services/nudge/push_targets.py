"""Browsers as targets: the key of this installation, subscriptions, and what is sent to them."""

from datetime import datetime
from urllib.parse import urlsplit
from uuid import UUID, uuid4

from amends import tables
from amends.database import add, hold, run, transaction
from amends.gateways.notifier import Message, Notifier, Outcome, Push, Result, web_push
from amends.gateways.notifier.web_push import Subscription
from amends.gateways.secrets import Secrets, SecretUnreadable
from amends.rules.nudge.nudges import FAILURES
from amends.rules.vocabulary.audit import AuditKind
from amends.services.nudge import targets
from amends.services.team import codes
from amends.services.team.members import Act

ENDED = Result(Outcome.gone, "subscription ended")
NO_KEY = Result(Outcome.not_sent, "no key for web push")


async def ensure_key(secrets: Secrets, *, now: datetime) -> str:
    """The public key of this installation, made and sealed at the first start; of several starts, once."""
    key_id, key = uuid4(), web_push.new_key()
    async with transaction():
        await add(
            tables.PushKey,
            unless="only",
            id=key_id,
            sealed=secrets.seal(key, of=key_id),
            public=web_push.public_part(key),
            created_at=now,
        )
    return await public_key()


async def public_key() -> str:
    """What browsers subscribe with; nothing before the first start."""
    rows = await tables.PushKey.select(tables.PushKey.public)
    return str(rows[0]["public"]) if rows else ""


async def subscribe(act: Act, subscription: Subscription, *, name: str, token: str, secrets: Secrets) -> UUID:
    """The member's browser is reached from now on, in the session of this token; one that is known, anew.

    What it got for another member ends: whoever is at a shared browser would read it. Raises TargetRefused.
    """
    target = tables.Target
    async with transaction():
        await hold(subscription.endpoint)
        holders = await _holders(subscription, secrets)
        for target_id in (one for one, member in holders.items() if member != act.by.id):
            await end(target_id, secrets, now=act.now)
        known = next((one for one, member in holders.items() if member == act.by.id), None)
        target_id = known or await targets.insert(
            subscription.address,
            masked=subscription.masked,
            member=act.by.id,
            name=name,
            position=1,
            now=act.now,
            secrets=secrets,
        )
        if known is None:
            added = AuditKind.TARGET_ADDED
            await targets.note(added, act.by.id, name, subscription.masked, by=act.by, now=act.now)
        session = tables.Session
        rows = await session.select(session.id).where(session.token_hash == codes.hash_of(token))
        await target.update(
            {
                target.sealed: secrets.seal(subscription.address, of=target_id),
                target.session: rows[0]["id"] if rows else None,
                target.failures: 0,
                target.gone_at: None,
                target.paused_until: None,
            }
        ).where(target.id == target_id)
    return target_id


async def _holders(subscription: Subscription, secrets: Secrets) -> dict[UUID, UUID]:
    """The targets that are this browser, with their members. Each of its push service is opened for that."""
    target, found = tables.Target, {}
    alike = target.masked == subscription.masked[: targets.LONGEST_MASK]
    for row in await target.select(target.id, target.sealed, target.member).where(alike):
        try:
            kept = web_push.read(secrets.open(row["sealed"], of=row["id"]))
        except SecretUnreadable:
            continue
        if kept and kept.endpoint == subscription.endpoint:
            found[row["id"]] = row["member"]
    return found


async def deliver(
    address: str, message: Message, notifier: Notifier, secrets: Secrets, *, now: datetime, base_url: str
) -> Result | None:
    """Sends to a browser; None where the address is that of something else."""
    to = web_push.read(address)
    if to is None:
        return ENDED if address.startswith(f"{web_push.SCHEMA}:") else None
    key = await _private_key(secrets)
    if key is None:
        return NO_KEY
    return await notifier.push(signed(to, message, key, now=now, base_url=base_url))


def signed(to: Subscription, message: Message, key: str, *, now: datetime, base_url: str) -> Push:
    """The request, with whom a push service may turn to: the address of this installation."""
    where = urlsplit(base_url)
    contact = base_url if where.scheme == "https" else f"mailto:amends@{where.hostname}"
    return web_push.push(to, message, key=key, contact=contact, now=now)


async def _private_key(secrets: Secrets) -> str | None:
    rows = await tables.PushKey.select(tables.PushKey.id, tables.PushKey.sealed)
    try:
        return secrets.open(rows[0]["sealed"], of=rows[0]["id"]) if rows else None
    except SecretUnreadable:
        return None


END = """
UPDATE target SET gone_at = :now, sealed = :sealed, failures = :failures
WHERE id = :target_id AND gone_at IS NULL
"""


async def end(target_id: UUID, secrets: Secrets, *, now: datetime) -> None:
    """Step: the browser tells its member nothing any more: its address is forgotten, each page says so."""
    sealed = secrets.seal(f"{web_push.SCHEMA}:ended", of=target_id)
    await run(END, target_id=target_id, now=now, sealed=sealed, failures=FAILURES)
