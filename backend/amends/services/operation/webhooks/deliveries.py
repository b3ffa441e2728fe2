"""Deliveries of a webhook: what was sent and is waiting, sent again on request, tried out, and forgotten."""

from datetime import datetime
from uuid import UUID, uuid4

import msgspec

from amends import tables
from amends.database import columns_of, convert, run, transaction
from amends.errors import NotFound
from amends.rules.operation import webhooks as rules
from amends.rules.vocabulary import NudgeState
from amends.rules.vocabulary.events import EventType
from amends.services.operation.webhooks import endpoints
from amends.services.team import members, outbox
from amends.services.team.members import Act

SHOWN = 50


class DeliveryUnknown(NotFound):
    "This delivery is being sent, or no longer kept."


class DeliveryShown(msgspec.Struct, frozen=True, kw_only=True):
    """One event on its way to one endpoint; `answer` is how a stranger's answer began."""

    id: UUID
    event: UUID
    kind: EventType
    subject: str
    at: datetime
    state: NudgeState
    run_at: datetime
    attempts: int
    outcome: str
    status: int | None
    answer: str
    settled_at: datetime | None


OF_WEBHOOK = f"""
SELECT {columns_of(DeliveryShown, table="d")} FROM webhook_delivery AS d
WHERE d.webhook = :webhook ORDER BY d.at DESC, d.subject, d.turn DESC LIMIT {SHOWN}
"""  # noqa: S608 - columns and a number of our own


async def deliveries_of(webhook_id: UUID) -> list[DeliveryShown]:
    """The newest of an endpoint, the last first."""
    return [convert(row, DeliveryShown) for row in await run(OF_WEBHOOK, webhook=webhook_id)]


AGAIN = """
UPDATE webhook_delivery SET state = 'ready', run_at = :now, attempts = 0, settled_at = NULL, holder = ''
WHERE id = :delivery AND webhook = :webhook AND state <> 'sending' RETURNING id
"""


async def send_again(act: Act, webhook_id: UUID, delivery_id: UUID) -> None:
    """One event is sent once more, with the same id; an endpoint that has it drops the repeat.

    Raises OnlyAdminsMay, WebhookUnknown, WebhookIsOff, DeliveryUnknown.
    """
    members.only_admins(act.by)
    await _must_be_on(webhook_id)
    async with transaction():
        if not await run(AGAIN, delivery=delivery_id, webhook=webhook_id, now=act.now):
            raise DeliveryUnknown
        await wake(webhook_id)


async def try_out(act: Act, webhook_id: UUID) -> UUID:
    """An event that says nothing, tried once, and at once.

    Raises OnlyAdminsMay, WebhookUnknown, WebhookIsOff.
    """
    members.only_admins(act.by)
    await _must_be_on(webhook_id)
    async with transaction():
        await wake(webhook_id)
        event = uuid4()
        return await outbox.write(
            webhook_id, event, EventType.WEBHOOK_TEST, f"test:{event.hex[:8]}", about=None, now=act.now
        )


async def _must_be_on(webhook_id: UUID) -> None:
    if not (await endpoints.find(webhook_id)).is_on:
        raise endpoints.WebhookIsOff


async def wake(webhook_id: UUID) -> None:
    """Step: an endpoint that rests is tried at once."""
    table = tables.Webhook
    await table.update({table.paused_until: None}).where(table.id == webhook_id)


async def forget_old(*, now: datetime) -> None:
    """Step: deliveries that were settled long ago are forgotten."""
    table = tables.WebhookDelivery
    await table.delete().where(table.settled_at < now - rules.KEPT_FOR)
