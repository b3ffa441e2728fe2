"""Load of hostile cases per member."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from amends.database import run
from amends.rules.case.hostile_words import are_folded
from amends.services.team.members import Act

HOSTILE_WEEK = """
SELECT COUNT(*) AS cases FROM case_file
WHERE owner = :by AND nature IN ('harassment', 'threat') AND opened_at > :since
"""


async def hostile_week(act: Act, case: Mapping[str, Any]) -> int:
    """How many hostile cases their owner got within a week, asked on a hostile one alone (P72)."""
    if case["owner"] != act.by.id or not are_folded(case["nature"]):
        return 0
    rows = await run(HOSTILE_WEEK, by=act.by.id, since=act.now - timedelta(days=7))
    return int(rows[0]["cases"])
