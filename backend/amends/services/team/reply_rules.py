"""Versions of the team's reply rules."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import uuid4

import msgspec

from amends import tables
from amends.database import run, transaction
from amends.errors import Conflict
from amends.i18n import gettext as _
from amends.rules.team import private_places
from amends.rules.team.reply_rules import ReplyRules
from amends.services.team import audit, members
from amends.services.team.members import Act


class ReplyRulesChanged(Conflict):
    "Someone else has changed the reply rules in the meantime."


class StandingRules(msgspec.Struct, frozen=True, kw_only=True):
    """The rules that count; version 0 is those of an installation that never chose."""

    rules: ReplyRules
    version: int = 0
    made_by: str | None = None
    made_at: datetime | None = None


LATEST = """
SELECT r.version, CAST(r.rules AS TEXT) AS rules, r.made_at, member.name AS made_by_name
FROM reply_rules AS r LEFT JOIN member ON member.id = r.made_by ORDER BY r.version DESC LIMIT 1
"""


async def standing() -> StandingRules:
    """The rules that count, their version, and who made them."""
    rows = await run(LATEST)
    return _standing(rows[0]) if rows else StandingRules(rules=ReplyRules())


async def current() -> ReplyRules:
    """The rules by which drafts are looked at and counted now."""
    return (await standing()).rules


async def change(act: Act, rules: ReplyRules, *, after: int) -> None:
    """These rules count from now on, as the version `after` which comes the next.

    Raises OnlyAdminsMay, ReplyRulesChanged when another version came in between, and WrongReplyRules for a
    new private place where nobody can write; one from before stays until it is changed.
    """
    members.only_admins(act.by)
    row = tables.ReplyRules(
        id=uuid4(), version=after + 1, rules=msgspec.to_builtins(rules), made_by=act.by.id, made_at=act.now
    )
    async with transaction():
        before = await standing()
        written = before.version == after and await tables.ReplyRules.insert(row).on_conflict(
            action="DO NOTHING"
        ).returning(tables.ReplyRules.id)
        if not written:
            raise ReplyRulesChanged(
                _("Someone else has changed these rules in the meantime. Look at them again, then decide.")
            )
        old = msgspec.to_builtins(before.rules)
        known = before.rules.places.values()
        private_places.check({f"place_{at}": it for at, it in rules.places.items() if it not in known})
        await audit.record_change("reply_rules", old, msgspec.to_builtins(rules), by=act.by, now=act.now)


def _standing(row: Mapping[str, Any]) -> StandingRules:
    return StandingRules(
        rules=msgspec.json.decode(row["rules"], type=ReplyRules),
        version=row["version"],
        made_by=row["made_by_name"],
        made_at=row["made_at"],
    )
