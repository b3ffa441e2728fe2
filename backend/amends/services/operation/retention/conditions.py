"""Conditions, in SQL, under which a closed case goes: its period is over, and nothing holds it."""
# ruff: noqa: S608  (the statements are ours alone; every value is a parameter)

from datetime import UTC, datetime
from typing import Any

import msgspec

from amends.rules.operation.retention import Term
from amends.rules.vocabulary import Nature, Outcome, Stance

NEVER = datetime(1970, 1, 1, tzinfo=UTC)
"""Before it no case was closed."""


class Limits(msgspec.Struct, frozen=True, kw_only=True):
    """Before which instant a case was closed whose period is over; None where it is kept for ever."""

    now: datetime
    ended: datetime | None = None
    silence: datetime | None = None
    refused: datetime | None = None
    threat: datetime | None = None
    drafts: datetime | None = None

    @property
    def values(self) -> dict[str, Any]:
        """The parameters of the statements here."""
        terms = {name: getattr(self, name) or NEVER for name in ("ended", "silence", "refused", "threat")}
        return terms | {"merged": self.now}


HELD = """
WITH RECURSIVE held (id) AS (
    SELECT h."case" FROM legal_hold AS h WHERE h.lifted_at IS NULL AND h."case" IS NOT NULL
    UNION SELECT theirs.id FROM legal_hold AS h JOIN author AS a ON a.person = h.person
    JOIN case_file AS theirs ON theirs.author = a.id WHERE h.lifted_at IS NULL
    UNION SELECT post."case" FROM legal_hold AS h JOIN author AS a ON a.person = h.person
    JOIN capture ON capture.author = a.id JOIN post ON post.id = capture.post WHERE h.lifted_at IS NULL
    UNION SELECT other.id FROM held JOIN case_file AS one ON one.id = held.id
    JOIN case_file AS other ON other.id = one.duplicate_of OR other.duplicate_of = one.id
)
"""
"""Cases under legal hold: by themselves, by whoever wrote in them, or by one that they were merged with."""
CASES = """
case_file AS c LEFT JOIN case_file AS kept ON kept.id = c.duplicate_of
"""
TERM = f"""
CASE WHEN kept.id IS NOT NULL THEN '{Term.MERGED}'
WHEN c.outcome = '{Outcome.REFERRED}' OR c.nature = '{Nature.THREAT}' OR EXISTS (
    SELECT 1 FROM threat WHERE threat."case" = c.id AND threat.withdrawn_at IS NULL) THEN '{Term.THREAT}'
WHEN c.outcome IN ('{Outcome.NOT_OURS}', '{Outcome.DUPLICATE}') THEN '{Term.REFUSED}'
WHEN c.outcome = '{Outcome.LET_GO}' AND c.stance = '{Stance.WATCH_IN_SILENCE}' THEN '{Term.SILENCE}'
ELSE '{Term.ENDED}' END
"""
"""Which period a closed case has: see `rules.operation.retention.Term`."""
OVER = f"""
c.stage = 'closed' AND c.outcome <> 'erased' AND (kept.id IS NULL OR kept.outcome = 'erased')
AND ({" OR ".join(f"(({TERM}) = '{term}' AND c.closed_at < :{term})" for term in Term)})
"""
"""Whether the period of a case is over."""
IS_HELD = "c.id IN (SELECT id FROM held)"
OWES = """
(EXISTS (SELECT 1 FROM follow_up AS f WHERE f."case" = c.id AND f.state = 'due')
OR EXISTS (SELECT 1 FROM remedy AS r WHERE r."case" = c.id AND r.state = 'accepted')
OR EXISTS (SELECT 1 FROM incident_case AS l JOIN incident AS i ON i.id = l.incident
    WHERE l.number = c.number AND l.linked AND i.state = 'open'))
"""
"""Whether something is still due on a case, a remedy is to be delivered, or its incident is open."""
GOES = f"{OVER} AND NOT {IS_HELD} AND NOT {OWES}"
"""Whether a case goes: the one condition of the list, of the preview and of the erasure itself."""
