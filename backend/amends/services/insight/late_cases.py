"""Cases that wait for an answer past its date, counted as reports are split: by platform, theme and so on."""
# ruff: noqa: S608  (the statements are ours alone; every value is a parameter)

from collections import Counter
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from amends.database import run
from amends.rules.insight.case_facts import Flag
from amends.rules.insight.counted import BITS
from amends.rules.insight.day_figures import Cell, Dimension, standing_cells
from amends.rules.insight.periods import Period

WAITING = f"""
case_file AS c WHERE c.stage <> 'closed' AND c.stage IN ('new', 'acknowledge') AND c.due_at < :now@
    AND c.opened_at >= :since@ AND c.opened_at < :until@
    AND NOT EXISTS (
        SELECT 1 FROM case_fact AS f WHERE f.number = c.number AND (f.flags & {BITS[Flag.ANSWERED]}) <> 0
    )
"""
"""None of them is counted as answered too: so both together are those that were to be answered. That they are
open is said for the index of open cases, of which there are few."""
BY_COLUMNS = f"""
SELECT c.platform, c.severity, c.lang, c.location, COUNT(*) AS late FROM {WAITING} GROUP BY 1, 2, 3, 4
"""
BY_THEME = f"""
SELECT t.theme, COUNT(*) AS late FROM case_theme AS t WHERE t.number IN (SELECT c.number FROM {WAITING})
GROUP BY t.theme
"""


def bounds(period: Period, zone: ZoneInfo) -> tuple[datetime, datetime]:
    """When the first day begins and the last one ends there."""
    since = datetime.combine(period.first, time(), zone)
    return since, datetime.combine(period.last + timedelta(days=1), time(), zone)


async def late_cases(period: Period, *, now: datetime, zone: ZoneInfo) -> Counter[Cell]:
    """How many cases of the period wait past their date as they stand now, in each cell of a report."""
    since, until = bounds(period, zone)
    found: Counter[Cell] = Counter()
    for row in await run(BY_COLUMNS, since=since, until=until, now=now):
        for cell in standing_cells(row["platform"], row["severity"], row["lang"], row["location"]):
            found[cell] += row["late"]
    for row in await run(BY_THEME, since=since, until=until, now=now):
        found[Dimension.THEME, str(row["theme"])] += row["late"]
    return found
