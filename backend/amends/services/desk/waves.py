"""Waves: what more people than usual write about now, and how members judge it."""

from collections.abc import Mapping
from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

import msgspec

from amends import tables
from amends.database import Selected, columns_of, converter, read, transaction
from amends.errors import NotFound
from amends.i18n import gettext as _
from amends.services.team.members import Act
from amends.services.team.names import Name


class WaveUnknown(NotFound):
    "This wave is over."


class Wave(msgspec.Struct, frozen=True, kw_only=True):
    """What more people than usual write about: how many within `hours`, how many usually, our line.

    `theme` is the name of the theme it is about, empty for another scope and for a removed one.

    `verdict` and `facts` are as the worker saw them last; `judged` is a member's own verdict.
    """

    id: UUID
    scope: str
    theme: Annotated[str, Selected("COALESCE(t.name, '')")]
    began_at: datetime
    hours: int
    people: int
    usual: int
    line: int
    weeks: int
    verdict: str
    facts: Annotated[str, Selected("CAST(w.facts AS TEXT)")]
    judged: str
    judged_by: Annotated[Name | None, Selected("w.judged_by", join="member")]

    @property
    def known(self) -> dict[str, int]:
        """The facts by name."""
        found: dict[str, int] = msgspec.json.decode(self.facts)
        return found


CURRENT = f"""
SELECT {columns_of(Wave, table="w")} FROM wave AS w LEFT JOIN member ON member.id = w.judged_by
LEFT JOIN theme AS t ON 'theme:' || CAST(t.id AS VARCHAR(36)) = w.scope
WHERE w.ended_at IS NULL ORDER BY w.people DESC, w.began_at LIMIT 50
"""  # noqa: S608 - a statement of ours


async def current() -> list[Wave]:
    """The waves that are not over, those of most people first."""
    return await read(converter(Wave), CURRENT)


async def judge(act: Act, wave: UUID, verdict: str) -> None:
    """A member's own verdict stands beside the worker's; empty takes it back. Raises WaveUnknown."""
    table = tables.Wave
    values: Mapping[Any, Any] = {
        table.judged: verdict,
        table.judged_by: act.by.id if verdict else None,
        table.judged_at: act.now,
    }
    async with transaction():
        if not await table.update(dict(values)).where(table.id == wave).returning(table.id):
            raise WaveUnknown(_("This wave is over. Go back to Problems."))
