"""Receivers of an audience: their targets and quiet hours."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Self
from uuid import UUID

from amends import tables
from amends.rules.nudge import nudges as rules
from amends.rules.nudge.news import wants
from amends.rules.team.calendars import Calendar
from amends.rules.vocabulary import Audience, NewCases, Role, Severity
from amends.services.nudge import target_health
from amends.services.team import absences

FIRST, SECOND = 1, 2


@dataclass(frozen=True, slots=True)
class Receiver:
    """One target that is to be told, and of whom; the team's targets have no member and no quiet hours."""

    target: UUID
    member: UUID | None
    audience: Audience
    quiet: rules.QuietHours | None = None
    told_at: datetime | None = None
    paused_until: datetime | None = None
    breaks_through: bool = False

    def not_before(self, now: datetime, *, urgent: bool = False) -> datetime:
        """When this receiver may be told of what is decided now."""
        return rules.not_before(
            quiet=self.quiet,
            told_at=self.told_at,
            urgent=urgent,
            breaks_through=self.breaks_through,
            now=max(now, self.paused_until or now),
        )

    def is_awake(self, now: datetime) -> bool:
        """Whether an S1 may reach this receiver now: it is no quiet hour, or it may break through."""
        return self.quiet is None or self.breaks_through or rules.after_quiet(self.quiet, now) == now


@dataclass(frozen=True, slots=True)
class Receivers:
    """Every active member's targets and the team's, who is away and who is on duty, read once for a batch."""

    members: Mapping[UUID, Mapping[str, Any]] = field(default_factory=dict)
    targets: Mapping[tuple[UUID | None, int], Sequence[Mapping[str, Any]]] = field(default_factory=dict)
    away: Mapping[UUID, UUID | None] = field(default_factory=dict)
    on_duty: frozenset[UUID] = frozenset()
    holidays: Calendar | None = None

    @classmethod
    async def find(cls, *, now: datetime, holidays: Calendar | None = None) -> Self:
        """As things stand now; who is disabled or a reader hears of nothing."""
        member, target = tables.Member, tables.Target
        members = await member.select(
            member.id,
            member.role,
            member.zone,
            member.hears_urgent,
            member.new_cases,
            member.quiet_from,
            member.quiet_until,
            member.quiet_week_ends,
        ).where(member.disabled_at.is_null() & (member.role != Role.READER))
        places: dict[tuple[UUID | None, int], list[Mapping[str, Any]]] = {}
        for row in (
            await target.select(
                target.id,
                target.member,
                target.position,
                target.masked,
                target.told_at,
                target.paused_until,
                target.failures,
            )
            .where(target.gone_at.is_null())
            .order_by(target.created_at)
        ):
            places.setdefault((row["member"], row["position"]), []).append(row)
        away = await absences.away(now=now)
        return cls(
            members={row["id"]: row for row in members},
            targets=places,
            away=away,
            on_duty=await absences.on_duty(now=now, absent=away),
            holidays=holidays,
        )

    def of_urgent(self, now: datetime) -> list[Receiver]:
        """Whoever is on duty and can be told now; where nobody can, the leads, quiet hours or not."""
        on_duty = self.of(Audience.ON_DUTY, owner=None)
        if any(one.is_awake(now) for one in on_duty):
            return on_duty
        return [*self.of(Audience.LEAD, owner=None), *on_duty]

    def of_escalation(self, severity: Severity | None, now: datetime) -> list[Receiver]:
        """Of an S1 whoever is on duty and can be told now; where nobody can, and else, the leads."""
        on_duty = self.of(Audience.ON_DUTY, owner=None) if severity is Severity.S1 else []
        return [one for one in on_duty if one.is_awake(now)] or self.of(Audience.LEAD, owner=None)

    def of_new_case(self, severity: Severity | None, team_wants: NewCases) -> list[Receiver]:
        """Who wants to hear of a new case: members, and the team at its own targets."""
        alone = len(self.members) == 1
        told = [
            receiver
            for member, facts in self.members.items()
            if member not in self.away
            and wants(_choice(facts), severity, on_duty=member in self.on_duty, alone=alone)
            for receiver in self._member(member, Audience.NEWS)
        ]
        return told + (self._team() if wants(team_wants, severity, on_duty=False, alone=False) else [])

    def of(self, audience: Audience, *, owner: UUID | None, second: bool = False) -> list[Receiver]:
        """The targets of an audience. Whoever has none is replaced by the team, so that somebody hears of it.

        `second` asks for the owner's second target, or the first one again where there is no other. For
        whoever is away the deputy hears, never both; nobody on duty is nobody to tell. Who asked for
        news of cases is asked for by `of_new_case`, and nobody stands in for them.
        """
        if audience is Audience.NEWS:
            return []
        if audience is Audience.TEAM:
            return self._team()
        if audience is Audience.ON_DUTY:
            return [one for member in sorted(self.on_duty) for one in self._member(member, audience)]
        if audience is Audience.LEAD:
            return [one for lead in self._leads() for one in self._member(lead, audience)] or self._team()
        present = self._present(owner)
        return (self._member(present, audience, second=second) if present else []) or self._team()

    def of_member(self, member: UUID) -> Receiver | None:
        """The first target of a member, for what concerns them alone, away or not; None without one."""
        return next(iter(self._member(member, Audience.OWNER)), None)

    @property
    def stood_in_for(self) -> frozenset[UUID]:
        """Who is away with a deputy who is here."""
        return frozenset(one for one in self.away if self._present(one) in self.members)

    def _present(self, member: UUID | None) -> UUID | None:
        """The member, or the deputy of one who is away; None when neither is there."""
        stands_in = self.away.get(member, member) if member else None
        return stands_in if stands_in not in self.away or stands_in == member else None

    def _team(self) -> list[Receiver]:
        rows = [*self.targets.get((None, FIRST), ()), *self.targets.get((None, SECOND), ())]
        return [Receiver(row["id"], None, Audience.TEAM, None, *_resting(row)) for row in rows]

    def _member(self, member: UUID, audience: Audience, *, second: bool = False) -> list[Receiver]:
        facts = self.members.get(member)
        if facts is None:
            return []
        places = (SECOND, FIRST) if second else (FIRST, SECOND)
        chosen = next((found for place in places if (found := self.targets.get((member, place)))), ())
        every = [*self.targets.get((member, FIRST), ()), *self.targets.get((member, SECOND), ())]
        rows = {row["id"]: row for row in (target_health.reached(one, every) for one in chosen)}.values()
        through = bool(facts["hears_urgent"]) and member in self.on_duty
        quiet = quiet_hours(facts, self.holidays)
        return [Receiver(row["id"], member, audience, quiet, *_resting(row), through) for row in rows]

    def _leads(self) -> list[UUID]:
        """The leads, or their deputies; where a team has none, its admins."""
        for role in (Role.LEAD, Role.ADMIN):
            found = [self._present(member) for member, facts in self.members.items() if facts["role"] == role]
            present = dict.fromkeys(member for member in found if member)
            if present:
                return list(present)
        return []


def _choice(facts: Mapping[str, Any]) -> NewCases | None:
    return NewCases(facts["new_cases"]) if facts["new_cases"] else None


def _resting(target: Mapping[str, Any]) -> tuple[datetime | None, datetime | None]:
    """When a target was last told something, and until when its service wants peace."""
    return target["told_at"], target["paused_until"]


def quiet_hours(member: Mapping[str, Any], holidays: Calendar | None) -> rules.QuietHours:
    """When a member's nudges are held."""
    return rules.QuietHours(
        zone=member["zone"],
        begins=member["quiet_from"],
        ends=member["quiet_until"],
        week_ends=member["quiet_week_ends"],
        holidays=holidays,
    )
