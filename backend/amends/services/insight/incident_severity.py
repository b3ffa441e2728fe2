"""Severity of all cases of an incident at once: weighed as by hand, told in one message each."""

import msgspec

from amends import tables
from amends.database import each_apart, run, transaction
from amends.rules.vocabulary import IncidentEntry, Severity
from amends.services.desk.incidents import timeline
from amends.services.team import notices
from amends.services.team.members import Act
from amends.services.workflow import severities

MOST_AT_ONCE = 200
"""Cases that one press weighs: as many as a request can wait for."""

LESS_SEVERE = """
SELECT c.number, c.owner FROM incident_case AS l JOIN case_file AS c ON c.number = l.number
JOIN incident AS i ON i.id = l.incident
WHERE i.number = :number AND l.linked AND c.stage <> 'closed'
AND (c.severity IS NULL OR c.severity > :severity)
ORDER BY c.number LIMIT :most
"""


class Escalated(msgspec.Struct, frozen=True):
    """How many cases were weighed, and whether there are more."""

    cases: int
    has_more: bool


async def escalate(act: Act, number: int, severity: Severity) -> Escalated:
    """Every open case that is less severe becomes so severe, each in a transaction of its own.

    Nobody is told case by case: each owner gets one message. Raises IncidentUnknown, IncidentIsClosed.
    """
    await _must_be_open(number)
    rows = await run(LESS_SEVERE, number=number, severity=severity, most=MOST_AT_ONCE + 1)
    chosen = rows[:MOST_AT_ONCE]

    async def weigh(row: dict[str, object]) -> int:
        await severities.weigh(act, int(str(row["number"])), severity=severity, told_together=True)
        return 1

    weighed = await each_apart([dict(row) for row in chosen], weigh)
    if weighed:
        async with transaction():
            incident = await timeline.take(number)
            told = {"severity": severity.value, "cases": weighed}
            await timeline.record(incident, IncidentEntry.ESCALATED, act, **told)
            for owner in sorted({row["owner"] for row in chosen if row["owner"]}, key=str):
                await notices.give(owner, [incident.id], by=act.by, now=act.now)
    return Escalated(weighed, has_more=len(rows) > MOST_AT_ONCE)


async def _must_be_open(number: int) -> None:
    """Raises IncidentUnknown, IncidentIsClosed."""
    incident: tables.Incident = await timeline.find(number)
    timeline.must_be_open(incident)
