"""Severity of a case: what its change means for what is owed, and who is told."""

from datetime import datetime

from amends import tables
from amends.database import run, transaction
from amends.rules.follow_up import news
from amends.rules.follow_up.severity_changes import Weighing
from amends.rules.vocabulary import EntryKind, Severity, Stage
from amends.rules.workflow.moves import STAGE_FOLLOW_UPS
from amends.services.case import timeline
from amends.services.case.access import must_be_open, take
from amends.services.follow_up import follow_ups
from amends.services.follow_up.follow_ups import Moved
from amends.services.team.members import Act

MADE = """
SELECT DISTINCT kind FROM follow_up
WHERE "case" = :case_id AND (state = 'due' OR created_at >= :since)
"""


async def weigh(
    act: Act,
    number: int,
    *,
    severity: Severity | None,
    later: bool = False,
    version: int | None = None,
    told_together: bool = False,
) -> None:
    """Weighs the case anew; None takes it back.

    Raised, what its stage owes is counted anew and comes nearer; an S1 is told at once. Lowered, its dates
    stay unless the member says that they may come `later`. Promises and chosen dates stay.
    `version` is the one that the member saw; `told_together` where one message is about many cases.
    Raises CaseUnknown, CaseChanged, CaseIsClosed.
    """
    async with transaction():
        case = await take(number, by=act.by, version=version)
        must_be_open(case)
        weighing = between(case.severity, severity)
        await tables.Case.update({tables.Case.severity: severity}).where(tables.Case.id == case.id)
        case.severity = severity
        moved = await adopt(case, weighing, later=later, told_together=told_together, now=act.now)
        await follow_ups.refresh(case.id)
        await timeline.record(
            case.id,
            EntryKind.SEVERITY_SET,
            by=act.by,
            now=act.now,
            before=weighing.before,
            severity=severity,
            moved=moved or None,
        )


def between(before: str | None, after: str | None) -> Weighing:
    """The change from one stored severity to another."""
    return Weighing(Severity.stored(before), Severity.stored(after))


async def adopt(
    case: tables.Case,
    weighing: Weighing,
    *,
    later: bool = False,
    told_together: bool = False,
    now: datetime,
) -> list[Moved]:
    """Step: what a case owes at its new severity, and who hears of it; the dates that moved."""
    told = news.of_weighing(weighing.before, weighing.after)
    moved = []
    if weighing.raised or (weighing.lowered and later):
        moved = await follow_ups.weigh_anew(case, weighing, now=now)
    if weighing.raised:
        await _owe_the_rest(case, now=now)
    if told and not told_together:
        await follow_ups.tell(case.id, told)
    return moved


async def _owe_the_rest(case: tables.Case, *, now: datetime) -> None:
    """Step: what the stage owes at this severity and did not owe before, from when the stage began."""
    made = {row["kind"] for row in await run(MADE, case_id=case.id, since=case.moved_at)}
    for kind in STAGE_FOLLOW_UPS[Stage(case.stage)]:
        if kind not in made:
            await follow_ups.make(case, kind, start=case.moved_at, now=now)
