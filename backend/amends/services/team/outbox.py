"""Outbox: an event for other programs is a row for each endpoint, in the transaction of what it tells."""

from datetime import datetime
from uuid import UUID, uuid4

from amends import tables
from amends.database import add, run
from amends.rules.team.events import wants
from amends.rules.vocabulary.events import EventType

IS_HEARD = "EXISTS (SELECT 1 FROM webhook WHERE is_on)"
"""For what is written all the time: whether anybody listens, asked in the statement that writes it."""
LISTENING = "SELECT id, events FROM webhook WHERE is_on"
OF_CASES = "SELECT 'case:' || CAST(number AS VARCHAR(12)) AS subject FROM case_file WHERE id = :root"
OF_FOLLOW_UPS = """
SELECT 'case:' || CAST(c.number AS VARCHAR(12)) AS subject FROM follow_up AS f
JOIN case_file AS c ON c.id = f."case" WHERE f.id = :root
"""
OF_NUDGES = """
SELECT COALESCE('case:' || CAST(c.number AS VARCHAR(12)), 'nudges') AS subject FROM nudge AS n
LEFT JOIN follow_up AS f ON f.id = n.follow_up LEFT JOIN case_file AS c ON c.id = f."case" WHERE n.id = :root
"""
SUBJECTS = {
    "case": OF_CASES,
    "follow_up": OF_FOLLOW_UPS,
    "nudge": OF_NUDGES,
    "problem": "SELECT 'problem:' || CAST(number AS VARCHAR(12)) AS subject FROM problem WHERE id = :root",
    "incident": "SELECT 'incident:' || CAST(number AS VARCHAR(12)) AS subject FROM incident WHERE id = :root",
}
"""What belongs to one case, problem or incident arrives in its order."""
TURN = """
SELECT COALESCE(MAX(turn), 0) + 1 AS turn FROM webhook_delivery
WHERE webhook = :webhook AND subject = :subject
"""
"""Of one subject alone: read from its index, and by nobody else at once, as who changes a case holds it."""


async def put(kind: EventType, of: str, root: UUID, *, about: UUID | None, now: datetime) -> None:
    """Step: an event of the `root`, a row of the table that `of` names, for whoever listens.

    Nothing of its content is copied: `about` is the id of the line or the row that tells it.
    """
    listening = [row["id"] for row in await run(LISTENING) if wants(row["events"], kind)]
    if not listening:
        return
    found = await run(SUBJECTS[of], root=root)
    if found:
        event = uuid4()
        for webhook in listening:
            await write(webhook, event, kind, found[0]["subject"], about=about, now=now)


async def write(
    webhook: UUID, event: UUID, kind: EventType, subject: str, *, about: UUID | None, now: datetime
) -> UUID:
    """Step: one event on its way to one endpoint; its id."""
    delivery = uuid4()
    [last] = await run(TURN, webhook=webhook, subject=subject)
    await add(
        tables.WebhookDelivery,
        id=delivery,
        webhook=webhook,
        event=event,
        kind=kind.value,
        subject=subject,
        about=about,
        at=now,
        turn=last["turn"],
        run_at=now,
    )
    return delivery
