"""Numbers of cases: each is given once, and nobody waits for another to open a case."""

from amends.database import bound, run
from amends.services.team import counters

NAME = "case"
NEXT = "SELECT NEXTVAL('case_number') AS value"
LAST = """
SELECT COALESCE(MAX(number), 0) AS value
FROM (SELECT number FROM case_file UNION ALL SELECT number FROM removed_case) AS given
"""
CONTINUE = f"""
SELECT SETVAL(
    'case_number', GREATEST(last_value - CASE WHEN is_called THEN 0 ELSE 1 END, ({LAST})) + 1, false
)
FROM case_number
"""  # noqa: S608 - the statements are ours alone


def has_sequence() -> bool:
    """PostgreSQL gives numbers by a sequence; SQLite, where one writes at a time, by a row."""
    return bound().engine_type == "postgres"


async def next_number() -> int:
    """Step: the number of a new case.

    On PostgreSQL a number that was taken for nothing is missing: a row that everybody counts up would make
    each capture wait until the one before it is on the disk.
    """
    if not has_sequence():
        return await counters.next_number(NAME)
    rows = await run(NEXT)
    return int(rows[0]["value"])


async def go_on_from_the_last() -> None:
    """Step: numbers go on behind the last case, after rows came from elsewhere."""
    if has_sequence():
        await run(CONTINUE)
    else:
        rows = await run(LAST)
        await counters.raise_to({NAME: int(rows[0]["value"])})
