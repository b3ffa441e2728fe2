"""SQL of forgotten cases: open ones of which nobody hears, or that are late beyond any term."""
# ruff: noqa: S608  (the statements are ours alone; every value is a parameter)

from datetime import datetime
from typing import Any

from amends.rules.nudge.nudges import LAST_RUNG
from amends.rules.team.policies import longest
from amends.services.follow_up import active
from amends.services.follow_up.due_cases import AWAKE, CASES, OPEN
from amends.services.team import policies

GONE = """
SELECT id FROM member WHERE disabled_at IS NOT NULL
UNION SELECT member FROM absence WHERE deputy IS NULL AND begins_at <= :now@ AND ends_at > :now@
"""
UNHEARD = "NOT EXISTS (SELECT 1 FROM nudge AS n WHERE n.follow_up = f.id AND n.state = 'sent')"

FORGOTTEN = f"""
SELECT c.id AS id FROM {CASES} WHERE c.{OPEN} AND {AWAKE} AND c.owner IN ({GONE})
UNION SELECT c.id FROM {CASES} WHERE c.{OPEN} AND {AWAKE} AND c.due_at < :long_ago@
UNION SELECT f."case" FROM follow_up AS f
    WHERE f.rung >= {LAST_RUNG} AND {active.looked_up(now=":now@", also=f"c.{OPEN}")} AND {UNHEARD}
"""
"""Those whose owner is gone, or away without a deputy; those that are late by more than the longest term; and
those whose ladder has ended without one message that left. `values` gives what it names besides `now`."""


async def values(now: datetime) -> dict[str, Any]:
    """What `FORGOTTEN` asks by, besides the instant itself."""
    return {"long_ago": now - longest(await policies.current())}
