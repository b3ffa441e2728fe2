"""Who hears of it? The targets of an audience, as far as it has any, and when each may be disturbed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Self
from uuid import UUID

from amends import tables
from amends.rules import nudges as rules
from amends.rules.vocabulary import Audience, Role

FIRST, SECOND = 1, 2


@dataclass(frozen=True, slots=True)
class Receiver:
    """One target that is to be told, and of whom; the team's targets have no member and no quiet hours."""

    target: UUID
    member: UUID | None
    audience: Audience
    quiet: rules.QuietHours | None

    def not_before(self, now: datetime) -> datetime:
        """When this receiver may be told: now, or at the end of their quiet hours."""
        return rules.after_quiet(self.quiet, now) if self.quiet else now


class Receivers:
    """Every active member's targets and the team's, read once for a batch."""

    def __init__(
        self,
        quiet: dict[UUID, rules.QuietHours],
        roles: dict[UUID, Role],
        targets: Sequence[dict[str, object]],
    ) -> None:
        self._quiet, self._roles = quiet, roles
        self._targets: dict[tuple[UUID | None, int], list[UUID]] = {}
        for row in targets:
            place = (row["member"], row["position"])
            self._targets.setdefault(place, []).append(row["id"])  # type: ignore[arg-type]

    @classmethod
    async def find(cls) -> Self:
        """As things stand now; who is disabled hears of nothing."""
        member, target = tables.Member, tables.Target
        members = await member.select(
            *(member.id, member.role, member.zone),
            *(member.quiet_from, member.quiet_until, member.quiet_week_ends),
        ).where(member.disabled_at.is_null())
        targets = await target.select(target.id, target.member, target.position).order_by(target.created_at)
        quiet = {
            row["id"]: rules.QuietHours(
                zone=row["zone"],
                begins=row["quiet_from"],
                ends=row["quiet_until"],
                week_ends=row["quiet_week_ends"],
            )
            for row in members
        }
        return cls(quiet, {row["id"]: Role(row["role"]) for row in members}, targets)

    def of(self, audience: Audience, *, owner: UUID | None, second: bool = False) -> list[Receiver]:
        """The targets of an audience. Whoever has none is replaced by the team, so that somebody hears of it.

        `second` asks for the owner's second target, or the first one again where there is no other.
        """
        if audience is Audience.TEAM:
            return self._team(audience)
        if audience is Audience.LEAD:
            return [one for lead in self._leads() for one in self._member(lead, audience)] or self._team(
                audience
            )
        return (self._member(owner, audience, second=second) if owner else []) or self._team(Audience.TEAM)

    def _team(self, audience: Audience) -> list[Receiver]:
        ids = self._targets.get((None, FIRST), []) + self._targets.get((None, SECOND), [])
        return [Receiver(target, None, audience, None) for target in ids]

    def _member(self, member: UUID, audience: Audience, *, second: bool = False) -> list[Receiver]:
        if member not in self._quiet:
            return []
        places = (SECOND, FIRST) if second else (FIRST, SECOND)
        ids = next((found for place in places if (found := self._targets.get((member, place)))), [])
        return [Receiver(target, member, audience, self._quiet[member]) for target in ids]

    def _leads(self) -> list[UUID]:
        """The leads; where a team has none, its admins."""
        for role in (Role.LEAD, Role.ADMIN):
            found = [member for member, has in self._roles.items() if has is role]
            if found:
                return found
        return []
