"""Known posts: the match keys with which a browser marks posts that are cases."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Any

import msgspec

from amends.database import read
from amends.rules.capture import captures, rechecks
from amends.rules.vocabulary import Stage
from amends.rules.workflow.guards import CaseFacts
from amends.services.case import next_steps
from amends.services.case.holds import ON_HOLD
from amends.services.case.next_steps import Viewer
from amends.services.team import reply_rules
from amends.services.team.members import Act

CLOSED_FOR = timedelta(days=90)
MOST = 5_000


class MarkedPost(msgspec.Struct, frozen=True, kw_only=True):
    """A post with its case as a browser shows it; `owner` is a name, `next` its next step.

    While its draft waits to be read, `reader` is the name of who reads it, None where any lead does, and
    `read_until` when it is to be read.
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
    reader: str | None
    read_until: datetime | None
    revisit: bool
    prepared: bool


COLUMNS = f"""
SELECT post.key, post.external_id, post.url, post.shares_address, {next_steps.columns()},
{next_steps.READER} AS reader_name,
c.number, c.opened_at, c.look_asked_at, c.looked_at, owner.name AS owner_name,
NOT {ON_HOLD.format(number="c.number")} AND ((c.approval IN ('approved', 'ready') AND c.draft <> ''
    AND (c.draft_held_until IS NULL OR c.draft_held_until <= :now))
OR (c.public_replies >= :budget AND c.approval IS NULL AND c.thread_ended_at IS NULL
    AND c.stage IN ('acknowledge', 'contact', 'working', 'waiting', 'resolved'))) AS prepared
FROM case_file AS c JOIN post ON post."case" = c.id LEFT JOIN member AS owner ON owner.id = c.owner
LEFT JOIN author ON author.id = c.author
"""  # noqa: S608 - the statement is ours alone

MARKED = f"""
SELECT * FROM ({COLUMNS} WHERE c.stage <> 'closed' ORDER BY c.number DESC LIMIT {MOST}) AS open_cases
UNION ALL
SELECT * FROM ({COLUMNS} WHERE c.stage = 'closed' AND c.closed_at >= :since
    ORDER BY c.closed_at DESC LIMIT {MOST}) AS closed_cases
LIMIT {MOST}
"""  # noqa: S608 - the statement is ours alone
"""Open cases by their numbers, then those closed lately: each part is read from an index in its order."""


async def posts(act: Act) -> list[MarkedPost]:
    """The posts of open cases and of those closed in the last 90 days, the newest first, 5,000 at most."""
    budget = (await reply_rules.current()).budget
    rows = await read(_with_facts, MARKED, since=act.now - CLOSED_FOR, now=act.now, budget=budget)
    viewer = await next_steps.viewer(act, (facts for _row, facts in rows))
    return [_marked(row, facts, viewer, act.now, budget) for row, facts in rows]


def _with_facts(row: Mapping[str, Any]) -> tuple[Mapping[str, Any], CaseFacts]:
    return row, next_steps.facts_of_row(row)


def _marked(
    row: Mapping[str, Any], facts: CaseFacts, viewer: Viewer, now: datetime, budget: int
) -> MarkedPost:
    asked = rechecks.is_asked(row["look_asked_at"], now)
    return MarkedPost(
        keys=_keys(row["key"], row["external_id"] or "", row["url"], bool(row["shares_address"])),
        number=row["number"],
        stage=facts.stage,
        owner=row["owner_name"],
        mine=facts.owner == viewer.mover.id,
        opened_at=row["opened_at"],
        public_replies=row["public_replies"],
        budget=budget,
        next=viewer.step(facts, now=now).named,
        reader=row["reader_name"],
        read_until=facts.read_until,
        revisit=asked or rechecks.is_due(facts.due_kind, facts.due_at, row["looked_at"], now),
        prepared=bool(row["prepared"]),
    )


@lru_cache(maxsize=2 * MOST)
def _keys(key: str, external_id: str, url: str, shared: bool) -> tuple[str, ...]:
    return tuple(captures.marks(key, external_id, url, shared=shared))
