"""Authors: the public accounts that wrote posts."""
# ruff: noqa: S608  (the statements are ours alone; every value is a parameter)

from datetime import datetime
from uuid import UUID, uuid4

import msgspec

from amends.database import locking, run
from amends.rules.capture.authors import NewAuthor, key_of
from amends.rules.vocabulary import CustomerStatus

SAME_PERSON = """
SELECT a.id FROM author AS a
WHERE a.id = :author OR a.person = (SELECT same.person FROM author AS same WHERE same.id = :author)
"""
"""An account and those that were joined to it."""


def latest_of_person(most: int) -> str:
    """The numbers of their newest cases, in SQL: those alone are then read as a whole."""
    return f"SELECT number FROM case_file WHERE author IN ({SAME_PERSON}) ORDER BY number DESC LIMIT {most}"


IN_FORCE = """EXISTS (
    SELECT 1 FROM measure_account AS struck JOIN measure AS force ON force.id = struck.measure
    WHERE struck.author = {author} AND (force.result IS NULL OR force.result NOT IN ('lifted', 'mistake')))"""
"""Whether a block or report of an account is recorded and not over, in SQL; `author` is its id."""

FIND = "SELECT id FROM author WHERE key = :key"
MEET = """
INSERT INTO author (id, key, platform, handle, name, url, avatar, customer_status, opted_out,
    account_since, first_seen_at, last_seen_at)
VALUES (:id, :key, :platform, :handle, :name, :url, :avatar, 'unknown', FALSE, :since, :now, :now)
ON CONFLICT (key) DO UPDATE SET name = excluded.name, url = excluded.url, avatar = excluded.avatar,
    account_since = COALESCE(excluded.account_since, author.account_since),
    first_seen_at = CASE WHEN excluded.first_seen_at < author.first_seen_at
        THEN excluded.first_seen_at ELSE author.first_seen_at END,
    last_seen_at = CASE WHEN excluded.last_seen_at > author.last_seen_at
        THEN excluded.last_seen_at ELSE author.last_seen_at END
RETURNING id, customer_status
"""


class Met(msgspec.Struct, frozen=True):
    """A known account, and whether it belongs to a customer as far as earlier cases tell (P14)."""

    id: UUID | None = None
    customer_status: CustomerStatus = CustomerStatus.UNKNOWN


async def meet(author: NewAuthor, *, platform: str, post_key: str, now: datetime) -> Met:
    """Step: the account, known from now on, with the name and picture it has now; nobody without a name."""
    key = key_of(author, platform, post_key)
    if key is None:
        return Met()
    rows = await run(
        MEET,
        id=uuid4(),
        key=key,
        platform=platform,
        handle=author.handle,
        name=author.name or author.handle,
        url=author.url,
        avatar=author.avatar,
        since=author.since,
        now=now,
    )
    return Met(UUID(str(rows[0]["id"])), CustomerStatus(rows[0]["customer_status"]))


async def find(author: NewAuthor, *, platform: str, post_key: str) -> UUID | None:
    """Step: the id of a known account, which is there until the transaction ends."""
    key = key_of(author, platform, post_key)
    if key is None:
        return None
    rows = await run(f"{FIND} {locking(strength='KEY SHARE')}", key=key)
    return rows[0]["id"] if rows else None
