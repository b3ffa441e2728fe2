"""Opt-outs: a person asked not to be contacted again, by whichever of their accounts."""

from datetime import datetime
from uuid import UUID

from amends.database import run
from amends.rules.vocabulary import FollowUpKind, FollowUpState
from amends.services.case.authors import SAME_PERSON
from amends.services.follow_up import follow_ups

ENDINGS = (FollowUpKind.PUBLIC_ENDING,)
OPT_OUT = f"UPDATE author SET opted_out = TRUE WHERE NOT opted_out AND id IN ({SAME_PERSON})"  # noqa: S608
ENDINGS_OWED = f"""
SELECT c.id FROM follow_up AS f JOIN case_file AS c ON c.id = f."case"
WHERE c.author IN ({SAME_PERSON}) AND f.kind = 'public_ending' AND f.state = 'due'
"""  # noqa: S608 - statements of ours
ASKED = f"SELECT 1 AS asked FROM author AS o WHERE o.opted_out AND o.id IN ({SAME_PERSON}) LIMIT 1"  # noqa: S608


async def opt_out(author: UUID, *, now: datetime) -> None:
    """Step: nothing is written any more to the person of this account, and no ending under their posts.

    It holds for all of their accounts, and for those that are joined to them later (`follow`).
    """
    await run(OPT_OUT, author=author)
    for row in await run(ENDINGS_OWED, author=author):
        await follow_ups.settle(row["id"], ENDINGS, state=FollowUpState.DROPPED, now=now)


async def follow(author: UUID, *, now: datetime) -> None:
    """Step: accounts were joined; what the person asked by one of them holds for all.

    When they part again it goes on for each: better a message too few than one that was not wanted.
    """
    if await run(ASKED, author=author):
        await opt_out(author, now=now)
