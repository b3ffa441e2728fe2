"""Figures by owner, off until a lead switches them on; and who bears much abuse, for leads."""
# ruff: noqa: S608  (the statements are ours alone; every value is a parameter)

from datetime import datetime, timedelta
from uuid import UUID, uuid4

import msgspec

from amends import tables
from amends.database import add, run, transaction
from amends.rules.insight import owners as rules
from amends.rules.insight.case_facts import Flag
from amends.rules.insight.counted import BITS
from amends.rules.insight.owners import Compared, Owned
from amends.rules.insight.periods import Period
from amends.rules.vocabulary import Role
from amends.services.insight import reports
from amends.services.team import audit
from amends.services.team.members import Act, Member


class Switched(msgspec.Struct, frozen=True):
    """Who switched the figures on (empty when they are gone), and when."""

    by: str
    at: datetime


class Burden(msgspec.Struct, frozen=True):
    """How many hostile cases of the last fortnight somebody owns."""

    name: str
    hostile: int


class ByOwner(msgspec.Struct, frozen=True, kw_only=True):
    """What one reader may see: their own figures; those of others only as a lead, where they are switched on.

    `burdened` are those who bear much abuse, for leads, by name; `my_hostile` is the reader's own number.
    """

    switched: Switched | None
    mine: Owned | None
    compared: Compared | None
    owners: list[Owned]
    burdened: list[Burden]
    my_hostile: int


def _some(flag: Flag) -> str:
    return f"SUM(CASE WHEN (f.flags & {BITS[flag]}) <> 0 THEN 1 ELSE 0 END)"


SWITCHED = """
SELECT s.switched_at, m.name FROM owner_figures AS s LEFT JOIN member AS m ON m.id = s.switched_by
"""
OWNED = f"""
SELECT c.owner, m.name, COUNT(*) AS cases, {_some(Flag.ANSWERED)} AS answered,
    {_some(Flag.IN_TERM)} AS in_term
FROM case_fact AS f JOIN case_file AS c ON c.number = f.number JOIN member AS m ON m.id = c.owner
WHERE f.day >= :first AND f.day <= :last AND m.disabled_at IS NULL GROUP BY c.owner, m.name
"""
HOSTILE = f"""
SELECT c.owner, m.name, COUNT(*) AS hostile
FROM case_fact AS f JOIN case_file AS c ON c.number = f.number JOIN member AS m ON m.id = c.owner
WHERE f.day > :since AND (f.flags & {BITS[Flag.HOSTILE]}) <> 0 AND m.disabled_at IS NULL
GROUP BY c.owner, m.name
"""
MEMBERS = "SELECT COUNT(*) AS members FROM member WHERE disabled_at IS NULL AND role <> 'reader'"


async def switched() -> Switched | None:
    """Whether figures by owner are on."""
    rows = await run(SWITCHED)
    return Switched(rows[0]["name"] or "", rows[0]["switched_at"]) if rows else None


async def switch(act: Act, *, on: bool) -> None:
    """Step of a lead, which every member sees with their name and the day."""
    async with transaction():
        was_on = await switched() is not None
        await audit.record_change("owners", {"on": was_on}, {"on": on}, by=act.by, now=act.now)
        if not on:
            await tables.OwnerFigures.delete(force=True)
        elif not was_on:
            values = {"switched_by": act.by.id, "switched_at": act.now}
            await add(tables.OwnerFigures, unless="only", id=uuid4(), **values)


async def seen_by(reader: Member, period: Period, *, now: datetime) -> ByOwner:
    """What a reader may see of a period."""
    is_on, is_lead = await switched(), reader.role.reaches(Role.LEAD)
    shown = await _owned(period) if is_on else []
    lately = await _hostile(now)
    much = [Burden(*one) for one in lately.values() if rules.is_much_abuse(one[1])]
    return ByOwner(
        switched=is_on,
        mine=next((one for one in shown if one.owner == reader.id), None),
        compared=rules.compared(shown, me=reader.id),
        owners=shown if is_lead else [],
        burdened=sorted(much, key=lambda one: one.name.casefold()) if is_lead else [],
        my_hostile=lately.get(reader.id, ("", 0))[1],
    )


async def _owned(period: Period) -> list[Owned]:
    rows = await run(OWNED, first=period.first, last=period.last)
    [team] = await run(MEMBERS)
    owned = [Owned(**row) for row in rows]
    return rules.enough(owned, members=team["members"])


async def _hostile(now: datetime) -> dict[UUID, tuple[str, int]]:
    since = await reports.today(now) - timedelta(days=rules.ABUSE_DAYS)
    return {row["owner"]: (row["name"], row["hostile"]) for row in await run(HOSTILE, since=since)}
