"""Single-use action links of messages; only their hashes are kept."""

import secrets
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from amends import tables
from amends.database import add, run
from amends.errors import NotFound
from amends.i18n import gettext as _
from amends.rules.vocabulary import NudgeKind
from amends.services.follow_up import active
from amends.services.team.codes import hash_of

GOOD_FOR = timedelta(days=7)

FIND = f"""
SELECT l.id, l.follow_up, l.member, f.kind, f.due_at, c.number
FROM message_link l JOIN follow_up f ON f.id = l.follow_up
JOIN case_file c ON c.id = f."case" JOIN member m ON m.id = l.member
WHERE l.token_hash = :token_hash AND l.used_at IS NULL AND l.expires_at > :now
AND f.state = 'due' AND f.generation = l.generation AND {active.goes_on()} AND m.disabled_at IS NULL
"""  # noqa: S608 - a statement of ours

KNOWN = """
SELECT l.used_at, l.expires_at, c.number FROM message_link l JOIN follow_up f ON f.id = l.follow_up
JOIN case_file c ON c.id = f."case" JOIN member m ON m.id = l.member
WHERE l.token_hash = :token_hash AND m.disabled_at IS NULL
"""


class LinkIsSpent(NotFound):
    "This link is no longer valid."

    status = 410


async def make(nudges: Iterable[Mapping[str, Any]], *, now: datetime) -> dict[UUID, str]:
    """A fresh token of 256 bits for each follow-up that a member is told of; the team's targets get none."""
    told = {
        one["follow_up"]: one for one in nudges if one["member"] is not None and one["kind"] == NudgeKind.RUNG
    }
    tokens = {follow_up: secrets.token_urlsafe(32) for follow_up in told}
    for follow_up, one in told.items():
        await add(
            tables.MessageLink,
            id=uuid4(),
            token_hash=hash_of(tokens[follow_up]),
            follow_up=follow_up,
            generation=one["generation"],
            member=one["member"],
            created_at=now,
            expires_at=now + GOOD_FOR,
        )
    return tokens


async def find(token: str, *, now: datetime) -> dict[str, Any]:
    """What a link is about, without spending it. Raises LinkIsSpent."""
    rows = await run(FIND, token_hash=hash_of(token), now=now)
    if not rows:
        raise await _spent(token, now=now)
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
        raise await _spent(token, now=now)
    about = await run(
        FIND.replace("l.used_at IS NULL", "l.used_at = :now"), token_hash=hash_of(token), now=now
    )
    if not about:
        raise await _spent(token, now=now, by_now=True)
    return dict(about[0])


async def _spent(token: str, *, now: datetime, by_now: bool = False) -> LinkIsSpent:
    """Why a link is not good, for whoever holds it: it was used, is too old, or the case has gone on.

    Who guesses, and a member who may no longer sign in, learns nothing. `by_now`: spent in this very attempt.
    """
    rows = await run(KNOWN, token_hash=hash_of(token))
    if not rows:
        words = _("This link was already used, or has expired. Sign in and go to Today instead.")
        return LinkIsSpent(words)
    if rows[0]["used_at"] and not by_now:
        words = _("This link was already used. Sign in to see #%(number)s and what was done.")
    elif rows[0]["expires_at"] <= now:
        words = _("This link has expired after seven days. Sign in to see #%(number)s.")
    else:
        words = _("Nothing is left to do with this link: #%(number)s has moved on. Sign in to see it.")
    return LinkIsSpent(words % {"number": rows[0]["number"]})
