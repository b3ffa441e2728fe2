"""Figures of campaigns: what hurt us before, what came of one, and how its times compare."""

from collections import Counter
from datetime import datetime

import msgspec

from amends import tables
from amends.database import run
from amends.rules.insight import campaigns as rules
from amends.rules.insight.case_facts import Flag
from amends.rules.insight.day_figures import Dimension, Figures, total
from amends.rules.insight.periods import Period
from amends.services.insight import reports
from amends.services.insight.kept_facts import fact_of
from amends.services.insight.reports import Line

FACTS = """
SELECT f.number, f.day, f.platform, f.severity, f.lang, f.flags, CAST(f.times AS TEXT) AS times,
c.location
FROM campaign_case AS l JOIN case_file AS c ON c.id = l."case" JOIN case_fact AS f ON f.number = c.number
WHERE l.campaign = :campaign AND l.linked
"""
THEMES = """
SELECT t.theme, COUNT(*) AS cases FROM campaign_case AS l JOIN case_file AS c ON c.id = l."case"
JOIN case_theme AS t ON t.number = c.number WHERE l.campaign = :campaign AND l.linked AND t.given
GROUP BY t.theme ORDER BY cases DESC, t.theme LIMIT 20
"""


class Result(msgspec.Struct, frozen=True, kw_only=True):
    """What came of a campaign: figures of its cases, and of all cases in as many days just before it.

    `themes` are ids with the number of its cases, the most frequent first. `before` is None where nothing had
    been captured by then.
    """

    figures: Figures
    themes: list[tuple[str, int]]
    before: Figures | None
    period_before: Period


async def result(campaign: tables.Campaign, *, now: datetime) -> Result:
    """The figures of its cases, as far as the worker has counted them, beside those of the days before."""
    period = Period(campaign.first, campaign.last)
    told = await reports.report(period, (Dimension.ALL, ""), now=now, zone=await reports.zone())
    rows = await run(FACTS, campaign=campaign.id)
    facts = [fact_of(row, events=(), themes=()) for row in rows]
    return Result(
        figures=total(
            Figures(Counter(one.flags), Counter(), {name: Counter({n: 1}) for name, n in one.times.items()})
            for one in facts
        ),
        themes=[(str(row["theme"]), row["cases"]) for row in await run(THEMES, campaign=campaign.id)],
        before=told.before,
        period_before=period.before(),
    )


async def hurting_themes(*, now: datetime) -> tuple[Period, list[Line]]:
    """The themes of most complaints in the last ninety days, and these days."""
    zone = await reports.zone()
    period = rules.hurting(now.astimezone(zone).date())
    told = await reports.report(period, (Dimension.ALL, ""), now=now, zone=zone)
    found = [line for line in told.lines[Dimension.THEME] if line.flags[Flag.CAPTURED]]
    return period, found[: rules.MOST_THEMES]
