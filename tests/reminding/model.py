"""Reference model of reminders: simple invariants without database, workers or delivery."""

import re
from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from amends.gateways.notifier import Message, Outcome, Result
from amends.rules.nudge import nudges as rules
from amends.rules.team.calendars import Calendars, calendar
from amends.rules.vocabulary import Audience, FollowUpKind, Severity, Stage
from tests.fakes import ACCEPTED

TEAM_TIME = calendar("Europe/Paris", country="FR")
GRACE, APART = timedelta(minutes=30), timedelta(minutes=10)
REFERENCE = re.compile(r"^(\d+)-([0-9a-f]{8})-(\d+)-(\d+)$")
IN_A_LIST = re.compile(r"\((\d+-[0-9a-f]{8}-\d+-\d+)\)")
LAST_TRY = 9
GOES_ON = {
    FollowUpKind.PROMISE,
    FollowUpKind.APPROVAL,
    FollowUpKind.REMINDER,
    FollowUpKind.MENTION,
    FollowUpKind.REMEDY_REQUEST,
    FollowUpKind.REWRITE,
}
"""What was promised to the person, or asked of a member: a snooze does not silence it."""

Key = tuple[UUID, int, int, UUID]
"""What a nudge is about: follow-up, generation, rung, target."""


@dataclass
class Person:
    """A member; quiet hours in minutes of their day."""

    id: UUID
    zone: str
    quiet: tuple[int, int, bool] = (0, 0, False)
    has_digest: bool = False
    budget: int = 6
    hears_urgent: bool = False
    told: Counter[object] = field(default_factory=Counter)
    """Messages by local day; digests do not count."""

    def day(self, at: datetime) -> object:
        return at.astimezone(ZoneInfo(self.zone)).date()

    @property
    def hours(self) -> rules.QuietHours:
        return rules.QuietHours(self.zone, *self.quiet, holidays=TEAM_TIME)


@dataclass
class Place:
    """A target, and what becomes of a message that goes there."""

    id: UUID
    address: str
    member: UUID | None
    position: int = 1
    answers: Result = ACCEPTED
    failures: int = 0
    told_at: datetime | None = None
    paused_until: datetime | None = None


@dataclass
class Absence:
    """A stretch in which a member is away."""

    id: UUID
    member: UUID
    deputy: UUID | None
    ends_at: datetime


@dataclass
class Duty:
    """A follow-up that is still due: its ladder begins at `climbs_from`, and has come to `rung`."""

    id: UUID
    case: int
    kind: FollowUpKind
    owner: UUID | None
    generation: int
    climbs_from: datetime
    due_at: datetime
    allotted: int
    counted: str
    paused: bool
    rung: int = 0


@dataclass
class Affair:
    """A case that is open or closed, asleep or not."""

    number: int
    stage: Stage = Stage.NEW
    severity: Severity | None = None
    owner: UUID | None = None
    asleep_until: datetime | None = None
    wakes_on_reply: bool = False
    duties: dict[UUID, Duty] = field(default_factory=dict)


@dataclass
class Nudge:
    """A rung that was decided for a target."""

    key: Key
    audience: Audience
    member: UUID | None
    not_before: datetime
    attempts: int = 0
    tried_at: datetime | None = None


class Model:
    """The team as it should be reminded."""

    def __init__(self, now: datetime, people: Collection[Person], places: Collection[Place], lead: UUID):
        self.now = now
        self.people = {one.id: one for one in people}
        self.places = {one.id: one for one in places}
        self.lead = lead
        self.on_duty = {lead}
        self.absences: list[Absence] = []
        self.cases: dict[int, Affair] = {}
        self.decided: dict[Key, Nudge] = {}
        self.delivered: set[Key] = set()
        self.digests: set[tuple[UUID, object]] = set()

    # Who hears of it

    def away(self) -> dict[UUID, UUID | None]:
        return {one.member: one.deputy for one in self.absences if one.ends_at > self.now}

    def present(self, member: UUID | None) -> UUID | None:
        away = self.away()
        stands_in = away.get(member, member) if member else None
        return stands_in if stands_in not in away else None

    def present_on_duty(self) -> set[UUID]:
        return {one for one in map(self.present, self.on_duty) if one}

    def hearers(self, audience: Audience, owner: UUID | None) -> list[UUID]:
        """The members of an audience who are there; none of them means the team."""
        if audience is Audience.OWNER:
            found = [self.present(owner)]
        elif audience is Audience.LEAD:
            found = [self.present(self.lead)]
        else:
            found = list(self.present_on_duty() if audience is Audience.ON_DUTY else ())
        return [one for one in found if one]

    def receivers(
        self, audience: Audience, owner: UUID | None, *, second: bool
    ) -> Iterator[tuple[Place, Audience]]:
        found = self.hearers(audience, owner)
        for member in found:
            yield self.place_of(member, second=second and audience is Audience.OWNER), audience
        if not found and audience is not Audience.ON_DUTY:
            yield from ((one, Audience.TEAM) for one in self.places.values() if one.member is None)

    def place_of(self, member: UUID, *, second: bool) -> Place:
        """The first target, or the second one; a mailbox that works while that one is failing."""
        mine = sorted(
            (one for one in self.places.values() if one.member == member), key=lambda one: one.position
        )
        chosen = mine[-1] if second else mine[0]
        if chosen.failures < 3:
            return chosen
        mailboxes = [one for one in mine if one.failures < 3 and one.address.startswith("mailto")]
        return mailboxes[0] if mailboxes else chosen

    # What is decided

    def sweep(self) -> None:
        for case in self.cases.values():
            for duty in case.duties.values():
                if not duty.paused and not self.sleeps(case, duty):
                    self._climb(case, duty)

    def sleeps(self, case: Affair, duty: Duty) -> bool:
        return case.asleep_until is not None and duty.kind not in GOES_ON

    def _climb(self, case: Affair, duty: Duty) -> None:
        owed = rules.Owed(
            due_at=duty.climbs_from,
            allotted_seconds=duty.allotted,
            counted=duty.counted,
            rung=duty.rung,
            owned=duty.owner is not None,
            severity=case.severity,
        )
        step = rules.plan(owed, calendars=Calendars(TEAM_TIME), now=self.now)
        told: set[UUID] = set()
        for audience in step.audiences:
            for place, heard_as in self.receivers(audience, duty.owner, second=duty.rung > 0):
                if place.id not in told:
                    told.add(place.id)
                    self.decide(duty, step.rung, place, heard_as, urgent=case.severity is Severity.S1)
        duty.rung = step.rung

    def decide(
        self, duty: Duty, rung: int, place: Place, audience: Audience, *, urgent: bool, at_once: bool = False
    ) -> None:
        key = (duty.id, duty.generation, rung, place.id)
        member = self.people[place.member] if place.member else None
        not_before = rules.not_before(
            quiet=member.hours if member else None,
            told_at=place.told_at,
            urgent=urgent,
            breaks_through=self.breaks_through(member),
            now=max(self.now, place.paused_until or self.now),
        )
        made = Nudge(key, audience, place.member, self.now if at_once else not_before)
        known = self.decided.setdefault(key, made)
        if key not in self.delivered:  # it was for somebody else meanwhile, and comes back
            known.not_before = max(known.not_before, made.not_before)

    def tell_leads_now(self, duty: Duty) -> None:
        for place, audience in self.receivers(Audience.LEAD, None, second=False):
            self.decide(duty, 0, place, audience, urgent=True, at_once=True)

    def breaks_through(self, member: Person | None) -> bool:
        return member is not None and member.hears_urgent and member.id in self.present_on_duty()

    def go_back(self, duty: Duty, generation: int) -> None:
        """A move was undone: what had been decided for these dates stays so, under their new generation."""
        before, duty.generation = duty.generation, generation
        for nudge in [one for one in self.decided.values() if one.key[:2] == (duty.id, before)]:
            duty.rung = max(duty.rung, nudge.key[2])
            del self.decided[nudge.key]
            told, nudge.key = nudge.key, (duty.id, generation, *nudge.key[2:])
            self.decided[nudge.key] = nudge
            if told in self.delivered:
                self.delivered ^= {told, nudge.key} if told != nudge.key else set()

    # What may leave now

    def case_and_duty(self, key: Key) -> tuple[Affair, Duty] | None:
        found = ((case, case.duties[key[0]]) for case in self.cases.values() if key[0] in case.duties)
        return next(found, None)

    def untrue(self, nudge: Nudge) -> str | None:
        """Why this must not be said any more, or not to this member."""
        known = self.case_and_duty(nudge.key)
        if known is None:
            return "nothing of the kind is owed"
        case, duty = known
        if duty.generation != nudge.key[1]:
            return "its date has changed"
        if duty.paused:
            return "paused"
        if self.sleeps(case, duty):
            return "asleep"
        if nudge.member and nudge.member not in self.hearers(nudge.audience, duty.owner):
            return "for somebody else"
        return None

    def overtaken(self, nudge: Nudge) -> bool:
        """Whether a later rung of the same has reached the same member or target."""
        follow_up, generation, rung, place = nudge.key
        later = [key for key in self.delivered if key[:2] == (follow_up, generation) and key[2] > rung]
        reached = {key[3] for key in later}
        members = {self.places[one].member for one in reached}
        return place in reached or (nudge.member is not None and nudge.member in members)

    def goes_with_a_later_rung(self, nudge: Nudge) -> bool:
        """Whether a later rung was on its way to the same target in this very moment."""
        follow_up, generation, rung, place = nudge.key
        others = (self.decided.get((follow_up, generation, higher, place)) for higher in range(rung + 1, 5))
        return any(one is not None and one.tried_at == self.now for one in others)

    def held(self, nudge: Nudge) -> bool:
        """Whether this member must not be disturbed now."""
        member = self.people[nudge.member] if nudge.member else None
        known = self.case_and_duty(nudge.key)
        if member is None or known is None or nudge.key[2] == 0:
            return False
        through = known[0].severity is Severity.S1 and self.breaks_through(member)
        return not through and rules.after_quiet(member.hours, self.now) > self.now

    def get_ready(self, ready: Collection[Key]) -> None:
        """What was to leave now waits for the morning; for somebody away, it is for whoever is there."""
        for nudge in [self.decided[key] for key in ready]:
            if self.held(nudge) and self.untrue(nudge) is None:
                member = self.people[nudge.member] if nudge.member else None
                nudge.not_before = rules.after_quiet(member.hours, self.now) if member else self.now
            case, duty = self.case_and_duty(nudge.key) or (None, None)
            if case is None or duty is None or self.untrue(nudge) != "for somebody else":
                continue
            if self.is_paused(self.places[nudge.key[3]]) or self.overtaken(nudge):
                continue
            rung = nudge.key[2]
            for place, audience in self.receivers(nudge.audience, duty.owner, second=rung > 1):
                urgent = case.severity is Severity.S1
                self.decide(duty, rung, place, audience, urgent=urgent, at_once=rung == 0)

    def is_paused(self, place: Place) -> bool:
        """Whether its service wants to be left in peace."""
        return place.paused_until is not None and place.paused_until > self.now

    # What was said

    def hear(self, address: str, message: Message) -> None:
        """Judges a message that has just left."""
        [place] = [one for one in self.places.values() if one.address == address]
        assert not self.is_paused(place), "its service wants peace"
        member = self.people[place.member] if place.member else None
        if message.reference.startswith("digest-"):
            self._hear_digest(member, place)
        else:
            self._hear_nudges(member, place, message)
        self._answer(place)

    def _hear_digest(self, member: Person | None, place: Place) -> None:
        assert member is not None
        assert member.id not in self.away(), "a digest for somebody who is away"
        if place.answers.outcome is Outcome.delivered:
            day = (member.id, member.day(self.now))
            assert day not in self.digests, "two digests on one day"
            self.digests.add(day)

    def _hear_nudges(self, member: Person | None, place: Place, message: Message) -> None:
        told = [self._found(reference, place) for reference in references(message)]
        assert len(told) == len({one.key[:2] for one in told}), "one thing twice in a message"
        for one in told:
            reason = self.untrue(one)
            assert reason is None, f"{message.reference} was sent: {reason}"
            assert not self.held(one), f"{message.reference} was sent in quiet hours"
            assert one.key not in self.delivered, f"{message.reference} was sent again"
            assert not self.overtaken(one), f"{message.reference} was sent after a later rung"
            one.attempts += 1
            one.tried_at = self.now
        urgent = any(self._urgent(one) for one in told)
        if member and member.has_digest and not urgent:
            assert member.told[member.day(self.now)] < member.budget, "more messages than they allow"
        if place.answers.outcome is Outcome.delivered:
            self.delivered |= {one.key for one in told}
            if member:
                member.told[member.day(self.now)] += 1

    def _found(self, reference: str, place: Place) -> Nudge:
        named = REFERENCE.match(reference)
        assert named, f"{reference!r} names nothing"
        number, follow_up, generation, rung = named.groups()
        for key, nudge in self.decided.items():
            same = key[1:] == (int(generation), int(rung), place.id)
            if same and key[0].hex.startswith(follow_up):
                known = self.case_and_duty(key)
                assert known is None or known[0].number == int(number)
                return nudge
        raise AssertionError(f"{reference} was never decided for {place.address}")

    def _urgent(self, nudge: Nudge) -> bool:
        known = self.case_and_duty(nudge.key)
        return known is not None and known[0].severity is Severity.S1

    def _answer(self, place: Place) -> None:
        if place.answers.outcome is Outcome.delivered:
            place.failures, place.told_at, place.paused_until = 0, self.now, None
        else:
            place.failures += 1
        if place.answers.retry_after:
            place.paused_until = self.now + rules.pause(place.answers.retry_after)

    def over_budget(self, nudge: Nudge) -> bool:
        member = self.people[nudge.member] if nudge.member else None
        return member is not None and member.has_digest and member.told[member.day(self.now)] >= member.budget


def references(message: Message) -> list[str]:
    """What a message is about, one by one."""
    if REFERENCE.match(message.reference):
        return [message.reference]
    found = IN_A_LIST.findall(message.body)
    assert message.reference == f"{found[0]}+{len(found) - 1}", "a list names each of its nudges"
    return found


def duty_of(row: Mapping[str, Any], case: int) -> Duty:
    """A follow-up as its row stands."""
    return Duty(
        id=row["id"],
        case=case,
        kind=FollowUpKind(row["kind"]),
        owner=row["owner"],
        generation=row["generation"],
        climbs_from=row["climbs_from"] or row["due_at"],
        due_at=row["due_at"],
        allotted=row["allotted"],
        counted=row["counted"],
        paused=row["paused_at"] is not None,
        rung=row["rung"],
    )
