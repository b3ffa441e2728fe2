"""Statistics of promises kept."""

from datetime import datetime

from amends.database import run
from amends.rules.follow_up.promises import Record

KEPT = """
SELECT
  COUNT(CASE WHEN state = 'done' AND settled_at <= due_at THEN 1 END) AS kept,
  COUNT(CASE WHEN state = 'done' AND settled_at > due_at THEN 1 END) AS late,
  COUNT(CASE WHEN state = 'dropped' THEN 1 END) AS broken,
  COUNT(CASE WHEN state = 'due' THEN 1 END) AS open
FROM follow_up WHERE kind = 'promise' AND due_at > :since AND due_at <= :now
"""


async def record(*, since: datetime, now: datetime) -> Record:
    """What became of the promises that came due since then.

    A case that is closed with a promise still open has broken it, whatever the reason: that is how the person
    who was promised something sees it.
    """
    [row] = await run(KEPT, since=since, now=now)
    return Record(kept=row["kept"], late=row["late"], broken=row["broken"], open=row["open"])
