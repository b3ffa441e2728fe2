"""Return to the pool: a case that nobody moved by the end of its ladder loses its owner, once."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from amends import tables
from amends.database import run, transaction
from amends.rules.nudge import news
from amends.rules.nudge import nudges as rules
from amends.rules.vocabulary import Audience, EntryKind, Severity
from amends.services.case import timeline
from amends.services.follow_up import follow_ups
from amends.services.nudge.nudges import insert, ladders
from amends.services.nudge.nudges.ladders import Known

FREE = "UPDATE case_file SET owner = NULL, version = version + 1 WHERE id = :case_id"
OWNER = "SELECT name FROM member WHERE id = :owner"


async def give_back(rows: Iterable[dict[str, Any]], known: Known) -> int:
    """Gives the cases back whose last rung has come, each in its own transaction: how many nudges.

    A case is held before it is looked at again: of several workers one gives it back, and whoever moved,
    took or snoozed it meanwhile was faster.
    """
    planned = 0
    for row in rows:
        if known.step(row).back_to_pool:
            async with transaction():
                await timeline.hold(row["case_id"])
                found = await ladders.still_late(row["id"], now=known.now)
                if found and known.step(found).back_to_pool:
                    planned += await _give_back(found, known)
    return planned


async def _give_back(row: dict[str, Any], known: Known) -> int:
    [former] = await run(OWNER, owner=row["owner"])
    await run(FREE, case_id=row["case_id"])
    await follow_ups.hand_over(row["case_id"], owner=None, now=known.now)
    await timeline.record(
        row["case_id"],
        EntryKind.ASSIGNED,
        now=known.now,
        because="unmoved",
        follow_up=row["kind"],
        before=former["name"],
    )
    return await _tell(row, await _climb_on(row, known), known)


async def _climb_on(row: dict[str, Any], known: Known) -> int:
    """The ladder of what nobody owns begins now; its first rung is what is told here. The generation."""
    now = known.now
    facts = ladders.owed({**row, "owner": None, "climbs_from": now, "rung": 1}, policy=known.policy)
    step = rules.plan(facts, calendars=known.calendars, now=now)
    owed = tables.FollowUp
    [moved] = await (
        owed.update({owed.climbs_from: now, owed.rung: step.rung, owed.next_at: step.next_at})
        .where(owed.id == row["id"])
        .returning(owed.generation)
    )
    return int(moved["generation"])


async def _tell(row: dict[str, Any], generation: int, known: Known) -> int:
    """The former owner and the team hear of it, once."""
    told: dict[UUID, tuple[Any, ...]] = {}
    about = (row["id"], generation, news.GIVEN_BACK)
    for audience in (Audience.OWNER, Audience.TEAM):
        for receiver in known.receivers.of(audience, owner=row["owner"]):
            at = receiver.not_before(known.now, urgent=row["severity"] == Severity.S1)
            told.setdefault(receiver.target, insert.row(*about, receiver, at, known.now))
    return await insert.insert_rows(told.values(), known.now)
