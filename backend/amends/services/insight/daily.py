"""Figures by day: added up again from the cases where these have changed, by the worker."""
# ruff: noqa: S608  (the statements are ours alone; every value is a parameter)

from datetime import date
from uuid import uuid4

from amends.database import locking, run, run_with_rows, transaction
from amends.rules.insight.day_figures import of_day
from amends.services.insight.counting import by_column
from amends.services.insight.kept_facts import columns_of, fact_of

DAYS_A_PART = 1
"""So few at once that no transaction of the worker lasts."""
STALE = "SELECT day FROM stale_day ORDER BY day DESC LIMIT :most"
OF_DAYS = """
SELECT f.number, f.day, f.platform, f.severity, f.lang, f.flags,
    CAST(f.times AS TEXT) AS times, c.location
FROM case_fact AS f LEFT JOIN case_file AS c ON c.number = f.number
WHERE f.day = :day OR f.number IN (SELECT number FROM case_event WHERE day = :day)
"""
THEMES_OF_DAY = """
SELECT number, theme FROM case_theme WHERE number IN (
    SELECT number FROM case_fact WHERE day = :day UNION SELECT number FROM case_event WHERE day = :day
)
"""
EVENTS_OF_DAY = "SELECT number, event FROM case_event WHERE day = :day"


async def add_up_days() -> bool:
    """Adds up the newest days whose cases have changed; whether there may be more."""
    async with transaction():
        days = [row["day"] for row in await run(f"{STALE} {locking(skipping=True)}", most=DAYS_A_PART)]
        for day in days:
            await _add_up(day)
    return len(days) >= DAYS_A_PART


async def _add_up(day: date) -> None:
    themes = by_column(await run(THEMES_OF_DAY, day=day), "number")
    events = by_column(await run(EVENTS_OF_DAY, day=day), "number")
    facts = [
        fact_of(
            row,
            events=[(day, one["event"]) for one in events.get(row["number"], ())],
            themes=[one["theme"] for one in themes.get(row["number"], ())],
        )
        for row in await run(OF_DAYS, day=day)
    ]
    rows = [
        (uuid4(), dimension, value, day, *columns_of(figures))
        for (dimension, value), figures in of_day(day, facts).items()
        if figures.flags or figures.events
    ]
    await run("DELETE FROM day_figure WHERE day = :day", day=day)
    if rows:
        columns = "id, dimension, value, day, flags, events, times"
        await run_with_rows(f"INSERT INTO day_figure ({columns}) VALUES :rows", rows)
    await run("DELETE FROM stale_day WHERE day = :day", day=day)


KEPT = """
SELECT (SELECT COUNT(*) FROM case_fact) AS cases,
    (SELECT COUNT(*) FROM day_figure WHERE dimension = 'all' AND value = '') AS days
"""


async def kept() -> tuple[int, int]:
    """How many cases are counted, and on how many days something happened."""
    [row] = await run(KEPT)
    return row["cases"], row["days"]
