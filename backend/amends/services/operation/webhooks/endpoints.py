"""Endpoints of webhooks: set up, changed, rotated and removed by admins."""

import secrets as randomness
from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

import msgspec

from amends import tables
from amends.database import transaction
from amends.errors import Conflict, Invalid, NotFound
from amends.gateways.secrets import Secrets
from amends.i18n import gettext as _
from amends.rules.case.plain_lines import plain_line
from amends.rules.operation import webhooks as rules
from amends.rules.vocabulary import NudgeState
from amends.rules.vocabulary.events import EventType
from amends.services.team import audit, members
from amends.services.team.members import Act

MOST = 20
"""Endpoints of one installation."""
CHOSEN = frozenset(EventType) - {EventType.WEBHOOK_TEST}
"""The types that an endpoint may choose; the test reaches everyone."""


class WebhookUnknown(NotFound):
    "Webhook not found."


class WebhookIsOff(Conflict):
    "This webhook is switched off. Switch it on first."


class WebhookIsWrong(Invalid):
    """Something about this webhook is missing or wrong."""


class WebhookShown(msgspec.Struct, frozen=True, kw_only=True):
    """One endpoint; never its secret. Without `events` it hears of everything."""

    id: UUID
    name: str
    url: str
    events: str
    previous_until: datetime | None
    is_on: bool
    ended: str
    failures: int
    failing_since: datetime | None
    paused_until: datetime | None
    succeeded_at: datetime | None
    made_at: datetime


class WebhookFields(msgspec.Struct, frozen=True, kw_only=True):
    """What an admin types."""

    name: str
    url: str
    events: Collection[str]


async def everyone() -> list[WebhookShown]:
    """All of them, by name."""
    table = tables.Webhook
    return [msgspec.convert(row, WebhookShown) for row in await table.select().order_by(table.name)]


async def find(webhook_id: UUID) -> WebhookShown:
    """Raises WebhookUnknown."""
    rows = await tables.Webhook.select().where(tables.Webhook.id == webhook_id)
    if not rows:
        raise WebhookUnknown
    return msgspec.convert(rows[0], WebhookShown)


async def add(
    act: Act, fields: WebhookFields, secrets: Secrets, *, private: Sequence[str]
) -> tuple[UUID, str]:
    """A new one, and its secret, which is told this once. Raises OnlyAdminsMay, WebhookIsWrong."""
    members.only_admins(act.by)
    kept, webhook_id, secret = _checked(fields, private), uuid4(), _new_secret()
    row = tables.Webhook(
        **kept,
        id=webhook_id,
        sealed=secrets.seal(secret, of=webhook_id),
        made_by=act.by.id,
        made_at=act.now,
    )
    async with transaction():
        if await tables.Webhook.count() >= MOST:
            raise WebhookIsWrong(_("There are twenty webhooks already. Remove one first."))
        await _must_be_new(kept["url"], None)
        await tables.Webhook.insert(row)
        await audit.record_change("webhooks", {}, kept, by=act.by, now=act.now)
    return webhook_id, secret


async def change(act: Act, webhook_id: UUID, fields: WebhookFields, *, private: Sequence[str]) -> None:
    """Another name, address or choice. Raises OnlyAdminsMay, WebhookUnknown, WebhookIsWrong."""
    members.only_admins(act.by)
    before, kept = await find(webhook_id), _checked(fields, private)
    was = {name: getattr(before, name) for name in kept}
    async with transaction():
        await _must_be_new(kept["url"], webhook_id)
        await _write(webhook_id, **kept)
        await audit.record_change("webhooks", was, kept, by=act.by, now=act.now)


async def rotate(act: Act, webhook_id: UUID, secrets: Secrets) -> str:
    """A new secret, told this once; the one before signs too for a day.

    Raises OnlyAdminsMay, WebhookUnknown, SecretUnreadable.
    """
    members.only_admins(act.by)
    await find(webhook_id)
    secret = _new_secret()
    async with transaction():
        [before] = await secrets_of(webhook_id, secrets, now=None)
        sealed = secrets.seal(f"{secret} {before}", of=webhook_id)
        await _write(webhook_id, sealed=sealed, previous_until=act.now + rules.OVERLAP)
        await audit.record_change(
            "webhooks", {}, {"secret": "changed", "of": str(webhook_id)}, by=act.by, now=act.now
        )
    return secret


async def switch_on(act: Act, webhook_id: UUID, *, on: bool) -> None:
    """From now on it hears of events, or of none; what was on its way is given up.

    Raises OnlyAdminsMay, WebhookUnknown.
    """
    members.only_admins(act.by)
    before = await find(webhook_id)
    fresh: dict[str, Any] = {"ended": "", "failures": 0, "failing_since": None, "paused_until": None}
    async with transaction():
        await _write(webhook_id, is_on=on, **(fresh if on else {}))
        if not on:
            await give_up_waiting(webhook_id, now=act.now)
        was = {"name": before.name, "is_on": before.is_on}
        await audit.record_change("webhooks", was, was | {"is_on": on}, by=act.by, now=act.now)


async def remove(act: Act, webhook_id: UUID) -> None:
    """It and its deliveries are gone. Raises OnlyAdminsMay, WebhookUnknown."""
    members.only_admins(act.by)
    before = await find(webhook_id)
    async with transaction():
        await tables.Webhook.delete().where(tables.Webhook.id == webhook_id)
        told = {"name": before.name, "url": before.url}
        await audit.record_change("webhooks", told, {}, by=act.by, now=act.now)


async def secrets_of(webhook_id: UUID, secrets: Secrets, *, now: datetime | None) -> list[str]:
    """The secrets that sign at this instant, the newest first; the newest alone where `now` is None.

    Raises WebhookUnknown, SecretUnreadable.
    """
    table = tables.Webhook
    rows = await table.select(table.sealed, table.previous_until).where(table.id == webhook_id)
    if not rows:
        raise WebhookUnknown
    known, until = secrets.open(rows[0]["sealed"], of=webhook_id).split(), rows[0]["previous_until"]
    return known if now is not None and until is not None and until > now else known[:1]


async def give_up_waiting(webhook_id: UUID, *, now: datetime) -> None:
    """Step: what was on its way to an endpoint that is switched off is not sent."""
    delivery = tables.WebhookDelivery
    waiting = delivery.state.is_in([NudgeState.READY, NudgeState.SENDING])
    await delivery.update(
        {delivery.state: NudgeState.DEAD, delivery.outcome: "off", delivery.settled_at: now}
    ).where((delivery.webhook == webhook_id) & waiting)


async def _must_be_new(url: str, webhook_id: UUID | None) -> None:
    """Raises WebhookIsWrong where another one has this address: a form that is sent twice adds it once."""
    table = tables.Webhook
    known = await table.select(table.id).where(table.url == url)
    if any(row["id"] != webhook_id for row in known):
        sentence = _("There is a webhook with this address already.")
        raise WebhookIsWrong(sentence, fields={"url": sentence})


def _new_secret() -> str:
    return rules.secret_of(randomness.token_bytes(rules.SECRET_BYTES))


async def _write(webhook_id: UUID, **values: object) -> None:
    table = tables.Webhook
    columns: dict[Any, Any] = {getattr(table, name): value for name, value in values.items()}
    await table.update(columns).where(table.id == webhook_id)


def _checked(fields: WebhookFields, private: Sequence[str]) -> dict[str, Any]:
    """The columns, with a sentence for each field that is wrong. Raises WebhookIsWrong."""
    name, url = plain_line(fields.name), fields.url.strip()
    events = [one.value for one in EventType if one.value in fields.events and one in CHOSEN]
    wrong = {}
    if not 1 <= len(name) <= 60:
        wrong["name"] = _("Enter a name of 1 to 60 characters.")
    if not rules.is_address(url, private=private):
        wrong["url"] = _("Enter an address that begins with https:// and has no password.")
    if not events:
        wrong["events"] = _("Choose at least one event.")
    if wrong:
        raise WebhookIsWrong(_("Something is missing or wrong. Check the marked fields."), fields=wrong)
    return {"name": name, "url": url, "events": "" if len(events) == len(CHOSEN) else " ".join(events)}
