"""Watching for waves by the worker: of all posts, each platform, theme and text; told to who is on duty."""
# ruff: noqa: S608  (the statements are ours alone; every value is a parameter)

import json
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, NamedTuple
from uuid import UUID, uuid4

from amends import tables
from amends.database import add, instant, run, transaction
from amends.rules.capture import account_dates
from amends.rules.insight import wave_facts
from amends.rules.insight import waves as rules
from amends.rules.insight.wave_facts import WavePost
from amends.rules.insight.waves import HOURS, WEEK, WEEKS, Facts, Growth, Past
from amends.rules.vocabulary import CustomerStatus
from amends.services.desk.concerns import LATELY, WHO, posts_of
from amends.services.team import absences, counters, members, notices, reply_rules

WRITTEN = """COALESCE((
    SELECT MIN(CASE WHEN capture.posted_approximately THEN NULL ELSE capture.posted_at END)
    FROM post JOIN capture ON capture.post = post.id WHERE post."case" = c.id
), c.opened_at)"""
"""When a case's post was written, where the site says so exactly: old posts captured today are no wave."""
SIGHTS = f"""
SELECT c.number, c.platform, {WHO} AS who, {WRITTEN} AS at FROM case_file AS c
JOIN author ON author.id = c.author WHERE {LATELY}
"""
TEXT_READ = 2_000
"""So much of each post is read for the addresses that it names."""
WINDOWS = [(hours, week) for hours in HOURS for week in range(WEEKS + 1)]
KINDS = {
    "all": ("'all'", ""),
    "platform": ("'platform:' || s.platform", ""),
    "theme": (
        "'theme:' || CAST(t.theme AS VARCHAR(36))",
        "JOIN case_theme AS t ON t.number = s.number AND t.given",
    ),
    "text": (
        "'text:' || CAST(n.text_group AS VARCHAR(36))",
        "JOIN case_text AS t ON t.number = s.number JOIN near_text AS n ON n.id = t.text",
    ),
}
"""How each kind of scope is called, and what it joins to the posts."""
COLUMNS = ", ".join(
    f"COUNT(DISTINCT CASE WHEN s.at > :begin_{hours}_{week} AND s.at <= :end_{week} THEN s.who END)"
    f" AS people_{hours}_{week}"
    for hours, week in WINDOWS
)
LATEST = f"COUNT(DISTINCT CASE WHEN s.at > :begin_{HOURS[-1]}_0 THEN s.who END)"
COUNTED = f"""
SELECT {{name}} AS scope, {COLUMNS} FROM ({SIGHTS}) AS s {{joined}} GROUP BY 1 HAVING {LATEST} >= {rules.MORE}
"""


class Over(NamedTuple):
    """A wave that has ended: from its beginning until it was last over its line, and a day later."""

    began_at: datetime
    seen_at: datetime
    ended_at: datetime


SEEN, HOUR = "waves:seen", "waves:hour"
"""Counters: the changes up to which a look was taken, and in which hour since 1970."""


async def look(*, now: datetime) -> int:
    """Begins, keeps up and ends waves; whoever is on duty is told at the beginning and at each doubling.

    It reads five weeks, and so only where a case was counted since the last look, once an hour (the weeks
    that are compared move on), and where a wave may end. How many are over their line; 0 without a look.
    """
    marks = await counters.read("waves")
    reached = {SEEN: marks.get("changes", 0), HOUR: int(now.timestamp()) // 3600}
    is_new = marks.get("seen", -1) < reached[SEEN] or marks.get("hour", -1) < reached[HOUR]
    if not is_new and not await _one_may_end(now):
        return 0
    found = await _grown(now)
    async with transaction():
        await counters.raise_to(reached)  # another worker waits here, and sees what this one began
        await _keep_all(found, now)
    return len(found)


async def _one_may_end(now: datetime) -> bool:
    table = tables.Wave
    may_end = table.ended_at.is_null() & (table.seen_at <= now - rules.ENDS_AFTER)
    return bool(await table.exists().where(may_end))


async def _keep_all(found: Mapping[str, Growth], now: datetime) -> None:
    """Step: the waves as they are now, and the end of those that are over."""
    known = {row["scope"]: row for row in await tables.Wave.select().where(tables.Wave.ended_at.is_null())}
    for scope, grown in found.items():
        await _keep(scope, grown, known.get(scope), now)
    for scope, row in known.items():
        if scope not in found and rules.has_ended(row["seen_at"], now):
            await tables.Wave.update({tables.Wave.ended_at: now}).where(tables.Wave.id == row["id"])


async def _grown(now: datetime) -> dict[str, Growth]:
    """The scopes in which more people than usual have written, with the window that shows it most."""
    values: dict[str, Any] = {"since": now - (WEEKS + 1) * WEEK}
    for hours, week in WINDOWS:
        values[f"end_{week}"] = now - week * WEEK
        values[f"begin_{hours}_{week}"] = now - week * WEEK - timedelta(hours=hours)
    stormy = await _stormy(now)
    weeks = await _weeks_known(now)
    found: dict[str, Growth] = {}
    for name, joined in KINDS.values():
        for row in await run(COUNTED.format(name=name, joined=joined), **values):
            past = stormy.get(row["scope"], ())
            seen = [
                _growth(row, hours, weeks, past, now) for hours in HOURS if _is_looked_at(hours, past, now)
            ]
            if grown := rules.strongest(seen):
                found[row["scope"]] = grown
    return found


def _is_looked_at(hours: int, past: Sequence[Over], now: datetime) -> bool:
    return rules.is_looked_at(now - timedelta(hours=hours), (one.seen_at for one in past))


def _growth(
    row: Mapping[str, Any],
    hours: int,
    weeks: int,
    past: Sequence[Over],
    now: datetime,
) -> Growth:
    waves = [(one.began_at, one.ended_at) for one in past]
    before = [
        Past(
            row[f"people_{hours}_{week}"],
            rules.overlaps(now - week * WEEK - timedelta(hours=hours), now - week * WEEK, waves),
        )
        for week in range(1, weeks + 1)
    ]
    return rules.growth(hours, row[f"people_{hours}_0"], before)


async def _stormy(now: datetime) -> dict[str, list[Over]]:
    """The waves of each scope that are over."""
    table = tables.Wave
    rows = await table.select(table.scope, table.began_at, table.seen_at, table.ended_at).where(
        table.ended_at.is_not_null() & (table.ended_at > now - (WEEKS + 2) * WEEK)
    )
    found: dict[str, list[Over]] = {}
    for row in rows:
        found.setdefault(row["scope"], []).append(Over(row["began_at"], row["seen_at"], row["ended_at"]))
    return found


async def _weeks_known(now: datetime) -> int:
    """How many of the weeks before can be compared: none before the first case."""
    [row] = await run(f"SELECT {instant('MIN(opened_at)', 'first')} FROM case_file")
    return max(0, min(WEEKS, (now - row["first"]) // WEEK)) if row["first"] else 0


async def _keep(scope: str, grown: Growth, known: Mapping[str, Any] | None, now: datetime) -> None:
    """Step: one wave as it is now; those on duty are told where it is new, or twice what they heard of."""
    facts = await _facts(scope, known, grown, now)
    table = tables.Wave
    values: dict[str, Any] = {
        "seen_at": now,
        "hours": grown.hours,
        "people": grown.people,
        "usual": grown.usual,
        "line": grown.line,
        "weeks": grown.weeks,
        "verdict": rules.verdict(facts),
        "facts": {name: getattr(facts, name) for name in Facts.__slots__},
    }
    if known is None:
        wave = uuid4()
        await add(table, id=wave, scope=scope, began_at=now, told_people=grown.people, **values)
        await _tell(wave, now)
        return
    if rules.is_told_again(grown.people, told=known["told_people"]):
        values |= {"told_people": grown.people, "doublings": known["doublings"] + 1}
        await _tell(known["id"], now)
    columns = {getattr(table, name): value for name, value in values.items()}
    await table.update(columns).where(table.id == known["id"])


FOUND = f"""
SELECT s.number, s.who, {{at}}, s.platform, {{first_seen}}, c.customer_status, n.text_group,
    SUBSTR(k.text, 1, {TEXT_READ}) AS text, CAST(k.metrics AS TEXT) AS metrics, author.account_since
FROM ({SIGHTS} AND {{where}}) AS s JOIN case_file AS c ON c.number = s.number
JOIN author ON author.id = c.author
LEFT JOIN case_text AS t ON t.number = s.number LEFT JOIN near_text AS n ON n.id = t.text
LEFT JOIN capture AS k ON k.id = (
    SELECT capture.id FROM post JOIN capture ON capture.post = post.id
    WHERE post."case" = c.id ORDER BY capture.received_at, capture.id LIMIT 1
)
WHERE s.at > :begin ORDER BY s.at DESC LIMIT 5000
"""


async def _facts(scope: str, known: Mapping[str, Any] | None, grown: Growth, now: datetime) -> Facts:
    where, values = posts_of(scope)
    begin = now - timedelta(hours=grown.hours)
    since = now - (WEEKS + 1) * WEEK
    instants = {"at": instant("s.at", "at"), "first_seen": instant("author.first_seen_at", "first_seen_at")}
    rows = await run(FOUND.format(where=where, **instants), since=since, begin=begin, **values)
    answering = await reply_rules.current()
    addresses = [*answering.places.values(), *(one.url for one in answering.own_accounts)]
    return wave_facts.facts_of(
        [_post(row) for row in rows],
        begin=begin,
        now=now,
        ours=wave_facts.own_links(addresses),
        doublings=known["doublings"] if known else 0,
    )


def _post(row: Mapping[str, Any]) -> WavePost:
    return WavePost(
        who=str(row["who"]),
        at=row["at"],
        platform=row["platform"],
        group=str(row["text_group"]) if row["text_group"] else None,
        first_seen_at=row["first_seen_at"],
        customer=CustomerStatus(row["customer_status"]),
        text=row["text"] or "",
        metrics=json.loads(row["metrics"] or "{}"),
        since=account_dates.span(row["account_since"]) if row["account_since"] else None,
    )


async def _tell(wave: UUID, now: datetime) -> None:
    """Step: a notice for whoever is to hear of it."""
    for member in sorted(await listeners(now=now), key=str):
        await notices.give(member, [wave], by=None, now=now)


async def listeners(*, now: datetime) -> frozenset[UUID]:
    """Who hears of a wave: those on duty; where nobody is, the leads."""
    return await absences.on_duty(now=now) or frozenset(one.id for one in await members.leads())
