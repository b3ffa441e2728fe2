"""Planning of news: what is told of a case at once, decided once, as rows."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from amends import tables
from amends.database import locking, run, transaction
from amends.rules.follow_up import news as facts
from amends.rules.nudge import news as rules
from amends.rules.vocabulary import Audience, NewCases, News, NudgeState, Severity, Stage
from amends.services.nudge import targets
from amends.services.nudge.nudges import insert
from amends.services.nudge.nudges.receivers import Receiver, Receivers
from amends.services.team import teams

BATCH = 500
PENDING = """
SELECT f.id, f.generation, f.news, f.owner, c.id AS case_id, c.stage, c.severity
FROM follow_up f JOIN case_file c ON c.id = f."case" WHERE f.news IS NOT NULL LIMIT :most
"""
ANY = "SELECT 1 AS one FROM follow_up WHERE news IS NOT NULL LIMIT 1"
SENDING = f"SELECT DISTINCT target FROM nudge WHERE state = '{NudgeState.SENDING}' AND run_at > :now"  # noqa: S608


@dataclass(frozen=True, slots=True)
class Reach:
    """Who can be told at one instant, what the team's places want, and the targets that are being sent to.

    `told_new` are cases with the targets that were told, or are going to be told, that they are new.
    """

    receivers: Receivers
    team_wants: NewCases
    busy: frozenset[UUID]
    now: datetime
    told_new: frozenset[tuple[UUID, UUID]] = field(default_factory=frozenset)


async def announce(*, now: datetime) -> int:
    """Plans what is to be told at once: how many nudges were made; any number of workers may do so."""
    planned = 0
    while await run(ANY):  # mostly there is none, and nobody is kept from writing for it
        async with transaction():
            rows = await _pending()
            planned += await _plan(rows, now) if rows else 0
        if len(rows) < BATCH:
            break
    return planned


async def is_announced(follow_up: UUID, news: News, *, since: datetime) -> bool:
    """Whether nudges of this news were decided since then, sent or not."""
    nudge = tables.Nudge
    of_it = (nudge.follow_up == follow_up) & (nudge.rung == rules.RUNGS[news])
    return bool(await nudge.exists().where(of_it & (nudge.created_at >= since)))


async def _pending() -> list[Mapping[str, Any]]:
    """Step: another worker takes others; on SQLite there is one writer."""
    return list(await run(f"{PENDING} {locking('f', skipping=True)}", most=BATCH))


async def _plan(rows: list[Mapping[str, Any]], now: datetime) -> int:
    """Step: a nudge to each receiver of what is still true; nothing is told twice."""
    receivers = await Receivers.find(now=now, holidays=await teams.calendar())
    there = Reach(
        receivers,
        await targets.new_cases_of_team(),
        frozenset(row["target"] for row in await run(SENDING, now=now)),
        now,
        await _told_new({row["case_id"] for row in rows if row["stage"] == Stage.NEW}),
    )
    nudges = [nudge for row in rows for nudge in _rows(row, there)]
    planned = await insert.insert_rows(nudges, now)
    owed = tables.FollowUp
    await owed.update({owed.news: None}).where(owed.id.is_in([row["id"] for row in rows]))
    return planned


async def _told_new(cases: set[UUID]) -> frozenset[tuple[UUID, UUID]]:
    """Step: which targets know of these cases that they are new, or soon will."""
    if not cases:
        return frozenset()
    nudge = tables.Nudge
    of_them = nudge.follow_up.case.is_in(list(cases)) & (nudge.rung == rules.NEW)
    rows = await nudge.select(nudge.follow_up.case.as_alias("case_id"), nudge.target).where(of_them)
    return frozenset((row["case_id"], row["target"]) for row in rows)


def _rows(row: Mapping[str, Any], there: Reach) -> Iterator[tuple[Any, ...]]:
    """The nudges about one case; a place that hears of it for two reasons is told once, by the first."""
    told: set[UUID] = set()
    for rung, receiver in _whom(row, there):
        if receiver.target in told:
            continue
        told.add(receiver.target)
        known = replace(receiver, told_at=there.now) if receiver.target in there.busy else receiver
        run_at = _run_at(rung, known, there.now)
        yield insert.row(row["id"], row["generation"], rung, receiver, run_at, there.now, once=there.now)


def _whom(row: Mapping[str, Any], there: Reach) -> Iterator[tuple[int, Receiver]]:
    """Who hears of it, and as what. An S1 that is none any more may still be new to who wants new cases."""
    news, severity, receivers = News(row["news"]), Severity.stored(row["severity"]), there.receivers
    is_true = facts.is_true(news, stage=Stage(row["stage"]), severity=severity)
    if news is News.CAME_BACK:
        yield from ((rules.CAME_BACK, one) for one in receivers.of(Audience.OWNER, owner=row["owner"]))
        return
    if news is News.URGENT and is_true:
        yield from ((rules.URGENT, one) for one in receivers.of_urgent(there.now))
    if row["stage"] == Stage.NEW:
        wanted = receivers.of_new_case(severity, there.team_wants)
        yield from ((rules.NEW, one) for one in wanted if (row["case_id"], one.target) not in there.told_new)


def _run_at(rung: int, receiver: Receiver, now: datetime) -> datetime:
    """When one receiver may hear: an S1 at once, at night too where that is allowed; the rest with others."""
    if rung != rules.URGENT:
        return receiver.not_before(now)
    soon = rules.not_before(now, receiver.told_at)
    if rules.ignores_quiet_hours(rung, receiver.audience):
        return soon
    return max(soon, receiver.not_before(now, urgent=True))
