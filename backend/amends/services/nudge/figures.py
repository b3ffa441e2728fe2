"""Statistics of nudges: what came of those of the last days."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from amends.database import instant, run
from amends.rules.case.platforms import is_review_site
from amends.rules.nudge.figures import ACTS, Told
from amends.rules.nudge.proposals import PERIODS
from amends.rules.team.policies import row_of
from amends.rules.vocabulary import FollowUpKind, Severity

MOST = 10_000
"""So many of the newest nudges are counted: a hundred a day, which no team would bear for long."""

ACTS_NAMED = ", ".join(f"'{act}'" for act in sorted(ACTS))
FIRST_ACT = f"""
(SELECT MIN(e.at) FROM entry AS e WHERE e."case" = f."case" AND e.at > n.sent_at
    AND e.actor NOT IN ('system', 'author') AND e.kind IN ({ACTS_NAMED})
    AND (e.kind <> 'follow_up_rescheduled' OR e.at NOT IN (SELECT made_at FROM policy)))
"""  # noqa: S608 - the words are ours alone
"""Whoever gives the team other times moves dates on many cases, and acts on none."""

TOLD = """
SELECT f.kind, f.occurrence, c.platform, c.severity, {sent}, {acted},
    CAST(f.steps AS TEXT) LIKE '%"chosen"%' AS chosen
FROM (
    SELECT follow_up, generation, rung, MIN(settled_at) AS sent_at FROM nudge
    WHERE settled_at >= :since AND state = 'sent' AND kind = 'rung'
    GROUP BY follow_up, generation, rung ORDER BY sent_at DESC LIMIT :most
) AS n JOIN follow_up AS f ON f.id = n.follow_up JOIN case_file AS c ON c.id = f."case"
"""


async def told(*, now: datetime, most: int = MOST) -> list[Told]:
    """Every rung that was sent in the last 90 days, once for all its places, with the first act after it."""
    text = TOLD.format(sent=instant("n.sent_at", "sent_at"), acted=instant(FIRST_ACT, "acted_at"))
    return [_told(row) for row in await run(text, since=now - max(PERIODS), most=most)]


def _told(row: Mapping[str, Any]) -> Told:
    kind = FollowUpKind(row["kind"])
    on_reviews = is_review_site(row["platform"])
    return Told(
        kind=kind,
        sent_at=row["sent_at"],
        acted_at=row["acted_at"],
        severity=Severity(row["severity"] or Severity.S3),
        row="" if row["chosen"] else row_of(kind, occurrence=row["occurrence"], review_site=on_reviews),
    )
