"""Colleagues who can be asked about a post."""

from uuid import UUID

from amends.database import run
from amends.rules.follow_up.questions import HERE, Colleague, in_order
from amends.rules.team.read_languages import reads
from amends.services.team import absences, members
from amends.services.team.members import Act

REACHED = "SELECT DISTINCT member FROM target WHERE member IS NOT NULL"
LAST_SEEN = "SELECT member, seen_at FROM session WHERE seen_at > :since ORDER BY seen_at"


async def of_language(act: Act, *, lang: str) -> list[Colleague]:
    """Who can be asked about a post in this language, the one to propose first."""
    away = await absences.away(now=act.now)
    reached = await with_destination()
    seen = {row["member"]: row["seen_at"] for row in await run(LAST_SEEN, since=act.now - HERE)}
    return in_order(
        (
            Colleague(
                id=one.id,
                name=one.name,
                reads_it=reads(one.languages, lang),
                away=one.id in away,
                reached=one.id in reached,
                seen_at=seen.get(one.id),
            )
            for one in await members.everyone()
            if one.id != act.by.id and one.works
        ),
        now=act.now,
    )


async def with_destination() -> frozenset[UUID]:
    """The members who have a destination of their own; all others see what is asked on Today only."""
    return frozenset(row["member"] for row in await run(REACHED))
