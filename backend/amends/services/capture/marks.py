"""Known posts: the match keys with which a browser marks posts that are cases."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Any

import msgspec

from amends.database import run
from amends.rules.capture import captures, revisits
from amends.rules.vocabulary import FollowUpKind, Stage
from amends.rules.workflow import next_moves
from amends.services.team import reply_rules
from amends.services.team.members import Member

CLOSED_FOR = timedelta(days=90)
MOST = 5_000


class MarkedPost(msgspec.Struct, frozen=True, kw_only=True):
    """A post with its case as a browser shows it; `owner` is a name, `next` the move that is likely next.

    `prepared` when there is something to post: a draft that nothing holds, or the last word of a thread.
    """

    keys: tuple[str, ...]
    number: int
    stage: Stage
    owner: str | None
    mine: bool
    opened_at: datetime
    public_replies: int
    budget: int
    next: str | None
    revisit: bool
    prepared: bool


COLUMNS = """
SELECT post.key, post.external_id, post.url, post.shares_address, c.number, c.stage, c.opened_at,
c.public_replies, c.due_at, c.due_kind, c.look_asked_at, c.looked_at, c.owner, owner.name AS owner_name,
(c.approval IN ('approved', 'ready') AND c.draft <> ''
    AND (c.draft_held_until IS NULL OR c.draft_held_until <= :now))
OR (c.public_replies >= :budget AND c.approval IS NULL AND c.thread_ended_at IS NULL
    AND c.stage IN ('acknowledge', 'contact', 'working', 'waiting', 'resolved')) AS prepared
FROM case_file AS c JOIN post ON post."case" = c.id LEFT JOIN member AS owner ON owner.id = c.owner
"""

MARKED = f"""
SELECT * FROM ({COLUMNS} WHERE c.stage <> 'closed' ORDER BY c.number DESC LIMIT {MOST}) AS open_cases
UNION ALL
SELECT * FROM ({COLUMNS} WHERE c.stage = 'closed' AND c.closed_at >= :since
    ORDER BY c.closed_at DESC LIMIT {MOST}) AS closed_cases
LIMIT {MOST}
"""  # noqa: S608 - the statement is ours alone
"""Open cases by their numbers, then those closed lately: each part is read from an index in its order."""


async def posts(*, by: Member, now: datetime) -> list[MarkedPost]:
    """The posts of open cases and of those closed in the last 90 days, the newest first, 5,000 at most."""
    budget = (await reply_rules.current()).budget
    rows = await run(MARKED, since=now - CLOSED_FOR, now=now, budget=budget)
    return [_marked(row, by, now, budget) for row in rows]


def _marked(row: Mapping[str, Any], by: Member, now: datetime, budget: int) -> MarkedPost:
    stage = Stage(row["stage"])
    kind = FollowUpKind(row["due_kind"]) if row["due_kind"] else None
    asked = revisits.is_asked(row["look_asked_at"], now)
    return MarkedPost(
        keys=_keys(row["key"], row["external_id"] or "", row["url"], bool(row["shares_address"])),
        number=row["number"],
        stage=stage,
        owner=row["owner_name"],
        mine=row["owner"] == by.id,
        opened_at=row["opened_at"],
        public_replies=row["public_replies"],
        budget=budget,
        next=next_moves.next_move(stage, kind, row["due_at"], now),
        revisit=asked or revisits.is_due(kind, row["due_at"], row["looked_at"], now),
        prepared=bool(row["prepared"]),
    )


@lru_cache(maxsize=2 * MOST)
def _keys(key: str, external_id: str, url: str, shared: bool) -> tuple[str, ...]:
    return tuple(captures.marks(key, external_id, url, shared=shared))
