"""Which link in a message lets whom act, on what, and until when? Only its hash is kept."""

import secrets
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from amends import tables
from amends.database import run, transaction
from amends.errors import NotFound
from amends.i18n import gettext as _
from amends.rules.vocabulary import NudgeKind
from amends.services.codes import hash_of

GOOD_FOR = timedelta(days=7)

FIND = """
SELECT l.id, l.follow_up, l.member, f.kind, f.due_at, c.number
FROM message_link l JOIN follow_up f ON f.id = l.follow_up
JOIN case_file c ON c.id = f."case" JOIN member m ON m.id = l.member
WHERE l.token_hash = :token_hash AND l.used_at IS NULL AND l.expires_at > :now
AND f.state = 'due' AND f.generation = l.generation AND c.stage <> 'closed' AND m.disabled_at IS NULL
"""


class LinkIsSpent(NotFound):
    """This link is no longer good."""

    status = 410


async def make(nudges: Iterable[Mapping[str, Any]], *, now: datetime) -> dict[UUID, str]:
    """A fresh token of 256 bits for each follow-up that a member is told of; the team's targets get none."""
    told = {
        one["follow_up"]: one for one in nudges if one["member"] is not None and one["kind"] == NudgeKind.RUNG
    }
    tokens = {follow_up: secrets.token_urlsafe(32) for follow_up in told}
    if told:
        async with transaction():
            await tables.MessageLink.insert(
                *(_row(one, tokens[follow_up], now) for follow_up, one in told.items())
            )
    return tokens


def _row(nudge: Mapping[str, Any], token: str, now: datetime) -> tables.MessageLink:
    return tables.MessageLink(
        id=uuid4(),
        token_hash=hash_of(token),
        follow_up=nudge["follow_up"],
        generation=nudge["generation"],
        member=nudge["member"],
        created_at=now,
        expires_at=now + GOOD_FOR,
    )


async def find(token: str, *, now: datetime) -> dict[str, Any]:
    """What a link is about, without spending it.

    Raises LinkIsSpent, in the same words for a link that never was, was used, is too old, whose member may
    no longer sign in, or whose follow-up was settled or moved.
    """
    rows = await run(FIND, token_hash=hash_of(token), now=now)
    if not rows:
        raise spent()
    return dict(rows[0])


async def spend(token: str, *, now: datetime) -> dict[str, Any]:
    """Step: of several who use a link at once, exactly one gets what it is about. Raises LinkIsSpent."""
    link = tables.MessageLink
    rows = await (
        link.update({link.used_at: now})
        .where((link.token_hash == hash_of(token)) & link.used_at.is_null())
        .returning(link.id)
    )
    if not rows:
        raise spent()
    about = await run(
        FIND.replace("l.used_at IS NULL", "l.used_at = :now"), token_hash=hash_of(token), now=now
    )
    if not about:
        raise spent()
    return dict(about[0])


def spent() -> LinkIsSpent:
    """The one answer for every link that is not good."""
    return LinkIsSpent(_("This link has been used, or is no longer good. Sign in and look at Today instead."))
