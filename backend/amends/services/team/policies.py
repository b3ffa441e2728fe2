"""Versions of the team's policy."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import uuid4

import msgspec

from amends import tables
from amends.database import run
from amends.errors import Conflict
from amends.i18n import gettext as _
from amends.rules.team.policies import SMALL_SHOP, Policy, named
from amends.services.team import audit
from amends.services.team.members import Act


class PolicyChanged(Conflict):
    "Someone else has changed the times in the meantime."


class Standing(msgspec.Struct, frozen=True, kw_only=True):
    """The policy that counts; version 0 is the one of an installation that never chose."""

    policy: Policy
    version: int = 0
    made_by: str | None = None
    made_at: datetime | None = None


LATEST = """
SELECT policy.version, policy.name, CAST(policy.terms AS TEXT) AS terms, policy.made_at,
    member.name AS made_by_name
FROM policy LEFT JOIN member ON member.id = policy.made_by ORDER BY policy.version DESC LIMIT 1
"""


async def standing() -> Standing:
    """The policy that counts, its version, and who made it."""
    rows = await run(LATEST)
    if not rows:
        return Standing(policy=SMALL_SHOP)
    row = rows[0]
    return Standing(
        policy=_policy_of(row),
        version=row["version"],
        made_by=row["made_by_name"],
        made_at=row["made_at"],
    )


async def current() -> Policy:
    """The policy by which due dates are computed now."""
    return (await standing()).policy


VERSIONS = """
SELECT name, CAST(terms AS TEXT) AS terms, made_at FROM policy
WHERE version >= (SELECT COALESCE(MAX(version), 0) FROM policy WHERE made_at < :since)
ORDER BY version DESC
"""


async def versions(*, since: datetime) -> list[tuple[Policy, datetime]]:
    """The policies made since then, and the one before them, the newest first, with when they were made."""
    return [(_policy_of(row), row["made_at"]) for row in await run(VERSIONS, since=since)]


async def write(act: Act, policy: Policy, *, after: int) -> Policy:
    """Step: these times count from now on, as the version `after` which comes the next.

    Raises PolicyChanged when another version came in between.
    """
    new = named(policy)
    row = tables.Policy(
        id=uuid4(),
        version=after + 1,
        name=new.name,
        terms=msgspec.to_builtins(new),
        made_by=act.by.id,
        made_at=act.now,
    )
    before = await standing()
    written = before.version == after and await tables.Policy.insert(row).on_conflict(
        action="DO NOTHING"
    ).returning(tables.Policy.id)
    if not written:
        raise PolicyChanged(
            _("Someone else has changed the times in the meantime. Look at them again, then decide.")
        )
    old = msgspec.to_builtins(before.policy)
    await audit.record_change("times", old, msgspec.to_builtins(new), by=act.by, now=act.now)
    return new


def _policy_of(row: Mapping[str, Any]) -> Policy:
    """A stored policy; a duty that it does not know yet has the time of a small shop."""
    stored = msgspec.json.decode(row["terms"], type=Policy)
    known = {name: stored.rows.get(name, cells) for name, cells in SMALL_SHOP.rows.items()}
    return Policy(row["name"], known, stored.second_chance_days, stored.back_to_pool)
