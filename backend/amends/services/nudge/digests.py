"""Planning and contents of digests."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

from amends import tables
from amends.database import each_apart, queue, run, transaction
from amends.gateways.notifier import Message
from amends.rules.nudge import digests as rules
from amends.rules.team.wall_clocks import end_of_day
from amends.rules.vocabulary import Audience, FollowUpKind, NudgeKind, Role
from amends.rules.workflow.next_step import Step
from amends.services.case import anchors, erasures_ahead, next_steps
from amends.services.follow_up import active, due_cases
from amends.services.nudge import digest_messages, target_health
from amends.services.nudge.digest_messages import Digest, Week
from amends.services.team import absences, members, teams
from amends.services.team.members import Act, Member

MOST = 200
"""So many follow-ups are read for one digest; what does not fit is counted on Today."""

OWED = f"""
SELECT c.number, c.title, {next_steps.columns("case_")}, f.kind, f.words, f.starts_at, f.due_at, f.rung,
CASE WHEN f.owner = :owner THEN '' ELSE o.name END AS owner,
EXISTS (SELECT 1 FROM nudge n WHERE n.follow_up = f.id AND n.generation = f.generation
    AND n.member = :owner AND n.state = 'sent' AND n.settled_at > :lately) AS told
FROM follow_up f JOIN case_file c ON c.id = f."case" LEFT JOIN member o ON o.id = f.owner
LEFT JOIN author ON author.id = c.author
WHERE {active.condition()} AND (f.owner = :owner OR f.rung >= 4) AND f.due_at < :horizon
ORDER BY f.due_at, c.number LIMIT :most
"""  # noqa: S608 - a statement of ours
WON = """
SELECT number, title FROM case_file
WHERE outcome = 'won_back' AND owner = :owner AND closed_at >= :since ORDER BY closed_at DESC LIMIT 1
"""
WHEN = ("digest_at", "zone", "quiet_week_ends", "digested_on")
"""What says of a member whether their hour has come."""
TEAM_LIMIT = 100_000
WEEK = f"""
WITH {due_cases.asked(mine=False)},
late AS ({due_cases.due(due_cases.OVERDUE, mine=False, limit=TEAM_LIMIT)})
SELECT
  (SELECT COUNT(*) FROM late) AS overdue,
  (SELECT COUNT(*) FROM late JOIN case_file AS c ON c.id = late.id WHERE c.owner IS NULL) AS unowned,
  (SELECT COUNT(*) FROM case_file WHERE opened_at >= :since) AS opened,
  (SELECT COUNT(*) FROM case_file WHERE stage = 'closed' AND closed_at >= :since) AS closed,
  (SELECT COUNT(*) FROM case_file WHERE outcome = 'won_back' AND closed_at >= :since) AS won_back
"""  # noqa: S608 - a statement of ours


async def plan(*, now: datetime) -> int:
    """Decides the digests whose hour has come, each once a day; how many. Nothing to say: nothing is sent.

    One that cannot be decided stops no other one; what it raised is raised at the end.
    """
    calendar, away = await teams.calendar(), await absences.away(now=now)

    async def decide(row: dict[str, Any]) -> int:
        if not rules.is_due(**{name: row[name] for name in WHEN}, calendar=calendar, now=now):
            return 0
        member = await members.find(row["id"])
        day = now.astimezone(ZoneInfo(member.zone)).date()
        content = None if member.id in away else await content_of(member, now=now)
        async with transaction():
            await tables.Member.update({tables.Member.digested_on: day}).where(tables.Member.id == member.id)
            return await _insert(member, day.isoformat(), now) if content else 0

    works = tables.Member.disabled_at.is_null() & (tables.Member.role != Role.READER)
    who = works & tables.Member.digest_at.is_not_null()
    return await each_apart(await tables.Member.select("id", *WHEN).where(who), decide)


async def _insert(member: Member, day: str, now: datetime) -> int:
    """Step: one nudge to the member's first target, unless it was decided; without a target there is none."""
    target = tables.Target
    rows = (
        await target.select(target.id, target.masked, target.failures)
        .where(target.member == member.id)
        .order_by(target.position)
        .order_by(target.created_at)
    )
    if not rows:
        return 0
    nudge = tables.Nudge(
        id=uuid4(),
        kind=NudgeKind.DIGEST,
        key=f"digest:{member.id}:{day}",
        audience=Audience.OWNER,
        member=member.id,
        target=target_health.reached(rows[0], rows)["id"],
        run_at=now,
        created_at=now,
    )
    made = await tables.Nudge.insert(nudge).on_conflict(action="DO NOTHING").returning(tables.Nudge.id)
    await queue.announce([row["id"] for row in made])
    return len(made)


async def content_of(member: Member, *, now: datetime) -> Digest | None:
    """What a member's digest would say at this instant; None when there is nothing to say."""
    midnight = end_of_day(now, member.zone)
    lately, horizon = now - rules.LATELY, now + timedelta(days=8)
    rows = await run(OWED, now=now, owner=member.id, lately=lately, horizon=horizon, most=MOST)
    known = [next_steps.facts_of_row(row, "case_") for row in rows]
    viewer = await next_steps.viewer(Act(member, now), known)
    steps = [viewer.step(facts, now=now) for facts in known]
    owed = [_owed(row, step) for row, step in zip(rows, steps, strict=True)]
    sections = rules.sorted_out(owed, now=now, midnight=midnight)
    week = await _week(now, midnight, member.zone) if _hears_of_the_week(member, now) else None
    if not sections and week is None:
        return None
    won: Sequence[Mapping[str, Any]] = await run(WON, owner=member.id, since=now - rules.A_WEEK)
    return Digest(
        sections=sections,
        told=sum(one.told for one in owed),
        win=(won[0]["number"], won[0]["title"]) if won else None,
        week=week,
        language=member.language,
        zone=member.zone,
    )


async def message(member_id: UUID, *, key: str, base_url: str, now: datetime) -> Message | None:
    """The digest as it leaves, with what is true now; None when nothing is any more."""
    content = await content_of(await members.find(member_id), now=now)
    if content is None:
        return None
    return digest_messages.message(content, reference=key.replace(":", "-"), base_url=base_url, now=now)


def _owed(row: Mapping[str, Any], step: Step) -> rules.Owed:
    return rules.Owed(
        number=row["number"],
        title=row["title"],
        kind=FollowUpKind(row["kind"]),
        starts_at=row["starts_at"],
        due_at=row["due_at"],
        rung=row["rung"],
        owner=row["owner"] or "",
        told=bool(row["told"]),
        step=str(step.do) if step.kind == row["kind"] else "",
        words=row["words"] or "",
    )


def _hears_of_the_week(member: Member, now: datetime) -> bool:
    return (
        member.digest_weekly and member.role.reaches(Role.LEAD) and rules.is_weekly(zone=member.zone, now=now)
    )


async def _week(now: datetime, midnight: datetime, zone: str) -> Week:
    rows = await run(WEEK, now=now, midnight=midnight, since=now - rules.A_WEEK)
    anchor = await anchors.last()
    counts = {name: int(count) for name, count in dict(rows[0]).items()}
    leaving = await erasures_ahead.ahead()
    return Week(
        **counts,
        anchor=anchor.hash if anchor else "",
        leaving=leaving.count,
        leaving_on=leaving.first.astimezone(ZoneInfo(zone)).date() if leaving.first else None,
    )
