"""Reading of drills: the list, and one as it stands."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

import msgspec

from amends.database import Selected, columns_of, converter, read, run
from amends.errors import NotFound
from amends.i18n import gettext as _
from amends.rules.insight import drills as rules
from amends.rules.insight.drills import Deed
from amends.rules.insight.invented_posts import InventedPost
from amends.rules.vocabulary import DrillDeed, IncidentKind
from amends.services.team.names import Name

MOST_LISTED = 50


class DrillUnknown(NotFound):
    """There is no such drill."""


class DrillRow(msgspec.Struct, frozen=True, kw_only=True):
    """One drill of the list."""

    id: UUID
    number: int
    kind: IncidentKind
    minutes: int
    started_by: Annotated[Name | None, Selected("d.started_by", join="starter")]
    started_at: datetime
    ends_at: datetime
    ended_at: datetime | None

    def over_at(self, now: datetime) -> datetime | None:
        """When it ended; None while it runs."""
        return self.ended_at or (self.ends_at if self.ends_at <= now else None)


class EventRow(msgspec.Struct, frozen=True, kw_only=True):
    """One thing that happened in a drill, and the member whom it is about."""

    kind: DrillDeed
    at: datetime
    what: str
    words: str
    member: Annotated[Name | None, Selected("e.member", join="concerned")]

    @property
    def deed(self) -> Deed:
        """As the rules take it."""
        return Deed(self.kind, self.at, self.what, self.words)


class DrillDetail(msgspec.Struct, frozen=True, kw_only=True):
    """One drill as it stands: the posts that have come, and what happened until now or until its end."""

    drill: DrillRow
    posts: tuple[InventedPost, ...]
    to_come: int
    events: tuple[EventRow, ...]
    over_at: datetime | None

    @property
    def deeds(self) -> tuple[Deed, ...]:
        """What happened, as the rules take it."""
        return tuple(one.deed for one in self.events)


SHOWN = columns_of(DrillRow, table="d")
FROM = "FROM drill AS d LEFT JOIN member AS starter ON starter.id = d.started_by"
LISTED = f"SELECT {SHOWN} {FROM} ORDER BY d.number DESC LIMIT {MOST_LISTED}"
ONE = f"SELECT {SHOWN} {FROM} WHERE d.number = :number"
EVENTS = f"""
SELECT {columns_of(EventRow, table="e")} FROM drill_event AS e
LEFT JOIN member AS concerned ON concerned.id = e.member WHERE e.drill = :drill ORDER BY e.position
"""  # noqa: S608 - ours
POSTS = "SELECT CAST(posts AS TEXT) AS posts FROM drill WHERE id = :drill"


async def listed() -> list[DrillRow]:
    """The drills, the newest first."""
    return await read(converter(DrillRow), LISTED)


async def find(number: int) -> DrillRow:
    """One drill. Raises DrillUnknown."""
    found: list[DrillRow] = await read(converter(DrillRow), ONE, number=number)
    if not found:
        raise unknown(number)
    return found[0]


async def detail(number: int, *, now: datetime) -> DrillDetail:
    """One drill as it stands. Raises DrillUnknown."""
    drill = await find(number)
    over_at = drill.over_at(now)
    until = over_at or now
    posts = await _posts(drill.id)
    came = rules.come(posts, began_at=drill.started_at, now=until)
    events = await read(converter(EventRow), EVENTS, drill=drill.id)
    return DrillDetail(
        drill=drill,
        posts=came,
        to_come=len(posts) - len(came),
        events=tuple(one for one in events if one.at <= until),
        over_at=over_at,
    )


async def _posts(drill: UUID) -> tuple[InventedPost, ...]:
    [row] = await run(POSTS, drill=drill)
    return msgspec.json.decode(row["posts"], type=tuple[InventedPost, ...])


def unknown(number: int) -> DrillUnknown:
    """The error for a number that no drill has."""
    return DrillUnknown(_("There is no drill %(number)s.") % {"number": number})
