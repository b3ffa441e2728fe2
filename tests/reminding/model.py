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
from amends.rules.vocabulary import Audience, FollowUpKind, News, Severity, Stage
from tests.fakes import ACCEPTED

TEAM_TIME = calendar("Europe/Paris", country="FR")
GRACE, APART = timedelta(minutes=30), timedelta(minutes=10)
TOGETHER = timedelta(minutes=1)
"""What becomes urgent within the minute after a message waits for it, and nothing waits longer."""
KEYS_PAUSE = timedelta(minutes=1)
"""What nobody could open is tried again after so long."""
REFERENCE = re.compile(r"^(\d+)-([0-9a-f]{8})-(\d+)-(-?\d+)$")
IN_A_LIST = re.compile(r"\((\d+-[0-9a-f]{8}-\d+--?\d+)\)")
ESCALATED, URGENT, NEW, CAME_BACK, HANDED_OVER = 0, -2, -3, -4, -5
"""How a reference names what is no step of a ladder."""
OF_ITS_CASE = (URGENT, NEW)
"""What is true as long as its case is so, whatever becomes of the follow-up that it is told beside."""
LAST_TRY = 9
GOES_ON = {
    FollowUpKind.PROMISE,
    FollowUpKind.APPROVAL,
    FollowUpKind.REMINDER,
    FollowUpKind.MENTION,
    FollowUpKind.REMEDY_REQUEST,
    FollowUpKind.REWRITE,
    FollowUpKind.CAME_BACK,
    FollowUpKind.BLOCK_REVIEW,
    FollowUpKind.QUESTION,
    FollowUpKind.ANSWERED,
}
"""What was promised to the person, or asked of a member: a snooze does not silence it."""

Key = tuple[UUID, int, int, UUID, datetime | None]
"""What a nudge is about: follow-up, generation, rung, target, and of news since when."""


@dataclass
class Person:
    """A member; quiet hours in minutes of their day."""

    id: UUID
    zone: str
    quiet: tuple[int, int, bool] = (0, 0, False)
    has_digest: bool = False
    budget: int = 6
    hears_urgent: bool = False
    new_cases: bool = False
    """Wants to hear of each; everybody hears of the severe ones while on duty."""
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
class Watch:
    """A stretch in which a member is on duty."""

    id: UUID
    member: UUID
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
    news: set[News] = field(default_factory=set)
    """What is still to be told of it at once."""
    announced: set[UUID] = field(default_factory=set)
    """The places that were told, or are to be told, that it is new."""
    posts: list[str] = field(default_factory=list)
    duties: dict[UUID, Duty] = field(default_factory=dict)


@dataclass
class Nudge:
    """A rung that was decided for a target."""

    key: Key
    audience: Audience
    member: UUID | None
    not_before: datetime
    created: datetime
    attempts: int = 0
    tried_at: datetime | None = None


@dataclass(frozen=True)
class Mark:
    """Beside which follow-up something is to be told at once, and whose that is."""

    follow_up: UUID
    generation: int
    owner: UUID | None
    news: News


class Model:
    """The team as it should be reminded."""

    def __init__(self, now: datetime, people: Collection[Person], places: Collection[Place], lead: UUID):
        self.now = now
        self.people = {one.id: one for one in people}
        self.places = {one.id: one for one in places}
        self.lead = lead
        self.gone: set[UUID] = set()
        """Who can no longer sign in."""
        self.watches: list[Watch] = []
        self.absences: list[Absence] = []
        self.homes: dict[UUID, int] = {}
        """On which case each follow-up is or was."""
        self.keys_lost = False
        self.keys_back_at: datetime | None = None
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
        return stands_in if stands_in not in away and stands_in not in self.gone else None

    def present_on_duty(self) -> set[UUID]:
        on_duty = {one.member for one in self.watches if one.ends_at > self.now}
        return {one for one in map(self.present, on_duty) if one}

    def is_awake(self, member: UUID) -> bool:
        """Whether they can be told of an S1 now."""
        person = self.people[member]
        return self.breaks_through(person) or rules.after_quiet(person.hours, self.now) == self.now

    def wants_new(self, person: Person, severity: Severity | None) -> bool:
        """Whether they hear of a new case of this severity; who is the only one hears of every one."""
        alone = len(self.gone) == len(self.people) - 1
        severe = severity in (Severity.S1, Severity.S2) and person.id in self.present_on_duty()
        return person.new_cases or alone or severe

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
        not_before = self.now if at_once else self.after_others(place, urgent=urgent)
        self.decide_for((duty.id, duty.generation, rung, place.id, None), audience, not_before)

    def decide_for(self, key: Key, audience: Audience, not_before: datetime) -> None:
        made = Nudge(key, audience, self.places[key[3]].member, not_before, self.now)
        known = self.decided.setdefault(key, made)
        if key not in self.delivered:  # it was for somebody else meanwhile, and comes back
            known.not_before = max(known.not_before, made.not_before)

    def after_others(self, place: Place, *, urgent: bool) -> datetime:
        """When a place may be told of what is decided now: after quiet hours and other messages."""
        member = self.people[place.member] if place.member else None
        return rules.not_before(
            quiet=member.hours if member else None,
            told_at=place.told_at,
            urgent=urgent,
            breaks_through=self.breaks_through(member),
            now=max(self.now, place.paused_until or self.now),
        )

    def tell_of_escalation(self, duty: Duty) -> None:
        for place, audience in self.of_escalation(self.cases[duty.case]):
            self.decide(duty, ESCALATED, place, audience, urgent=True, at_once=True)

    def of_escalation(self, case: Affair) -> list[tuple[Place, Audience]]:
        """Of an S1 those on duty who can be told now; where nobody can, and of anything else, the leads."""
        urgent = case.severity is Severity.S1
        awake = [one for one in sorted(self.present_on_duty()) if urgent and self.is_awake(one)]
        found = [(self.place_of(one, second=False), Audience.ON_DUTY) for one in awake]
        return found or list(self.receivers(Audience.LEAD, None, second=False))

    # Who can no longer sign in

    def leave(self, leaver: UUID, heir: UUID | None) -> None:
        """Their duties are the heir's or nobody's, and nobody stands in for themselves."""
        self.gone.add(leaver)
        for watch in [one for one in self.watches if one.member == leaver and one.ends_at > self.now]:
            if heir:
                watch.member = heir
            else:
                self.watches.remove(watch)
        for absence in self.absences:
            if absence.deputy == leaver and absence.ends_at > self.now:
                absence.deputy = heir if heir != absence.member else None

    # What is told at once

    def told_since(self, number: int, at: datetime) -> set[News]:
        """What of a case was planned to be told since then."""
        names = {URGENT: News.URGENT, NEW: News.NEW, CAME_BACK: News.CAME_BACK}
        of_it = [one for one in self.decided.values() if self.homes[one.key[0]] == number]
        return {names[one.key[2]] for one in of_it if one.created >= at and one.key[2] in names}

    def announce(self, marks: Collection[Mark], busy: Collection[UUID]) -> None:
        """Whoever is to hear of what has just happened; `busy` places are being told something now."""
        about = [(self.homes[mark.follow_up], mark.news) for mark in marks if self.is_news(mark)]
        assert len(about) == len(set(about)), "one thing would be told twice"
        for mark in marks:
            told: set[UUID] = set()
            for rung, place, audience in self.whom(mark):
                if place.id not in told:
                    told.add(place.id)
                    self._tell(mark, rung, place, audience, is_busy=place.id in busy)
        for case in self.cases.values():
            case.news.clear()

    def is_news(self, mark: Mark) -> bool:
        """Whether it is still so."""
        case = self.cases[self.homes[mark.follow_up]]
        if mark.news is News.CAME_BACK:
            return mark.follow_up in case.duties
        return is_urgent(case) if mark.news is News.URGENT else case.stage is Stage.NEW

    def whom(self, mark: Mark) -> Iterator[tuple[int, Place, Audience]]:
        case = self.cases[self.homes[mark.follow_up]]
        if mark.news is News.CAME_BACK:
            for place, audience in self.receivers(Audience.OWNER, mark.owner, second=False):
                yield CAME_BACK, place, audience
            return
        if mark.news is News.URGENT and is_urgent(case):
            for place, audience in self.of_urgent():
                yield URGENT, place, audience
        if case.stage is Stage.NEW:
            yield from ((NEW, place, Audience.NEWS) for place in self.of_new_case(case))

    def of_new_case(self, case: Affair) -> Iterator[Place]:
        """Where it is not known yet, of whoever is there and wants to hear of it."""
        for person in self.people.values():
            if self.is_there(person.id) and self.wants_new(person, case.severity):
                place = self.place_of(person.id, second=False)
                if place.id not in case.announced:
                    yield place

    def of_urgent(self) -> list[tuple[Place, Audience]]:
        """Whoever is on duty; where none of them can be told now, the leads too, at any hour."""
        on_duty = sorted(self.present_on_duty())
        found = [(self.place_of(one, second=False), Audience.ON_DUTY) for one in on_duty]
        if any(map(self.is_awake, on_duty)):
            return found
        return [*self.receivers(Audience.LEAD, None, second=False), *found]

    def _tell(self, mark: Mark, rung: int, place: Place, audience: Audience, *, is_busy: bool) -> None:
        key = (mark.follow_up, mark.generation, rung, place.id, self.now)
        not_before = self.after_others(place, urgent=rung == URGENT)
        if rung == URGENT:
            told_at = self.now if is_busy else place.told_at
            soon = max(self.now, told_at + TOGETHER) if told_at else self.now
            not_before = soon if at_night_too(rung, audience) else max(soon, not_before)
        if rung == NEW:
            self.cases[self.homes[mark.follow_up]].announced.add(place.id)
        self.decide_for(key, audience, not_before)

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

    def case_of(self, nudge: Nudge) -> Affair:
        return self.cases[self.homes[nudge.key[0]]]

    def untrue(self, nudge: Nudge) -> str | None:
        """Why this must not be said any more, or not to this member."""
        if nudge.key[2] in OF_ITS_CASE:
            return self._untrue_of_case(nudge)
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
        if nudge.audience is Audience.ON_DUTY:  # a worker may be late: who was on duty hears, while there
            return None if self.is_there(nudge.member) else "for somebody else"
        if nudge.member and nudge.member not in self.hearers(nudge.audience, duty.owner):
            return "for somebody else"
        return None

    def _untrue_of_case(self, nudge: Nudge) -> str | None:
        case = self.case_of(nudge)
        if not (is_urgent(case) if nudge.key[2] == URGENT else case.stage is Stage.NEW):
            return "it is so no more"
        return None if self.is_there(nudge.member) else "for somebody else"

    def is_there(self, member: UUID | None) -> bool:
        return member not in self.away() and member not in self.gone

    def overtaken(self, nudge: Nudge) -> bool:
        """Whether a later rung of the same has reached the same member or target."""
        follow_up, generation, rung, place, _since = nudge.key
        if rung < 0:
            return False
        later = [key for key in self.delivered if key[:2] == (follow_up, generation) and key[2] > rung]
        reached = {key[3] for key in later}
        members = {self.places[one].member for one in reached}
        return place in reached or (nudge.member is not None and nudge.member in members)

    def goes_with_another(self, nudge: Nudge) -> bool:
        """Whether a later rung, or the same of its case, was on its way to the same target in this moment.

        Without the keys it waits there, with all that was to go with it.
        """
        return any(
            other is not nudge
            and other.key[3] == nudge.key[3]
            and self._says_as_much(other, nudge)
            and (other.tried_at == self.now or (self.keys_lost and self.untrue(other) is None))
            for other in self.decided.values()
        )

    def _says_as_much(self, other: Nudge, nudge: Nudge) -> bool:
        same = other.key[2] == nudge.key[2] and nudge.key[2] in OF_ITS_CASE
        if same:
            return self.case_of(other) is self.case_of(nudge)
        return other.key[0] == nudge.key[0] and other.key[2] > nudge.key[2]

    def held(self, nudge: Nudge) -> bool:
        """Whether this member must not be disturbed now."""
        member = self.people[nudge.member] if nudge.member else None
        if member is None or at_night_too(nudge.key[2], nudge.audience):
            return False
        through = self.case_of(nudge).severity is Severity.S1 and self.breaks_through(member)
        return not through and rules.after_quiet(member.hours, self.now) > self.now

    def get_ready(self, ready: Collection[Key]) -> None:
        """What was to leave now waits for the morning; for somebody away, it is for whoever is there."""
        for nudge in [self.decided[key] for key in ready]:
            if self.held(nudge) and self.untrue(nudge) is None:
                member = self.people[nudge.member] if nudge.member else None
                nudge.not_before = rules.after_quiet(member.hours, self.now) if member else self.now
            if self.untrue(nudge) != "for somebody else":
                continue
            if self.is_paused(self.places[nudge.key[3]]) or self.overtaken(nudge):
                continue
            self._hand_on(nudge)

    def _hand_on(self, nudge: Nudge) -> None:
        follow_up, generation, rung, _place, since = nudge.key
        case = self.case_of(nudge)
        for place, audience in self._who_is_there(nudge, case):
            key = (follow_up, generation, rung, place.id, nudge.created if since else None)
            at = self.after_others(place, urgent=case.severity is Severity.S1)
            self.decide_for(key, audience, self.now if at_night_too(rung, audience) else at)

    def _who_is_there(self, nudge: Nudge, case: Affair) -> list[tuple[Place, Audience]]:
        rung = nudge.key[2]
        if rung == NEW:
            return []
        if rung == URGENT:
            return self.of_urgent()
        if rung == ESCALATED and nudge.audience is Audience.ON_DUTY:
            return self.of_escalation(case)
        owner = case.duties[nudge.key[0]].owner
        return list(self.receivers(nudge.audience, owner, second=rung > 1))

    def lose_keys(self) -> None:
        self.keys_lost, self.keys_back_at = True, None

    def find_keys(self) -> None:
        if self.keys_lost:
            self.keys_lost, self.keys_back_at = False, self.now

    def waits_for_keys(self) -> bool:
        """Whether what could not be opened may still wait."""
        found = self.keys_back_at
        return self.keys_lost or (found is not None and self.now < found + KEYS_PAUSE)

    def rests(self, nudge: Nudge) -> bool:
        """Whether its place was told something just now; an S1 waits for that in a time of its own."""
        told_at = self.places[nudge.key[3]].told_at
        return nudge.key[2] != URGENT and told_at is not None and self.now < told_at + APART

    def is_paused(self, place: Place) -> bool:
        """Whether its service wants to be left in peace."""
        return place.paused_until is not None and place.paused_until > self.now

    # What was said

    def hear(self, address: str, message: Message) -> None:
        """Judges a message that has just left."""
        [place] = [one for one in self.places.values() if one.address == address]
        assert not self.is_paused(place), "its service wants peace"
        assert not self.keys_lost, "nobody can know this address"
        member = self.people[place.member] if place.member else None
        if message.reference.startswith("digest-"):
            self._hear_digest(member, place)
        else:
            self._hear_nudges(member, place, message)
        self._answer(place)

    def _hear_digest(self, member: Person | None, place: Place) -> None:
        assert member is not None
        assert member.id not in self.away(), "a digest for somebody who is away"
        assert member.id not in self.gone, "a digest for somebody who cannot sign in"
        if place.answers.outcome is Outcome.delivered:
            day = (member.id, member.day(self.now))
            assert day not in self.digests, "two digests on one day"
            self.digests.add(day)

    def _hear_nudges(self, member: Person | None, place: Place, message: Message) -> None:
        told: list[Nudge] = []
        for reference in references(message):
            told.append(self._found(reference, place, told))
        assert len(told) == len({one.key[:2] for one in told}), "one thing twice in a message"
        news = [(one.key[2], self.case_of(one).number) for one in told if one.key[2] in OF_ITS_CASE]
        assert len(news) == len(set(news)), "one case twice in a message"
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

    def _found(self, reference: str, place: Place, but: Collection[Nudge]) -> Nudge:
        """The nudge that a reference names; of news that came twice the one that is still to be told."""
        named = REFERENCE.match(reference)
        assert named, f"{reference!r} names nothing"
        number, follow_up, generation, rung = named.groups()
        about = (int(generation), int(rung), place.id)
        named_so = [
            nudge
            for key, nudge in self.decided.items()
            if key[1:4] == about and key[0].hex.startswith(follow_up) and nudge not in but
        ]
        assert named_so, f"{reference} was never decided for {place.address}"
        found = min(named_so, key=lambda one: one.key in self.delivered)
        assert self.case_of(found).number == int(number)
        return found

    def _urgent(self, nudge: Nudge) -> bool:
        return self.case_of(nudge).severity is Severity.S1

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


def is_urgent(case: Affair) -> bool:
    """Whether it is told at once: an S1 that is open."""
    return case.severity is Severity.S1 and case.stage is not Stage.CLOSED


def at_night_too(rung: int, audience: Audience) -> bool:
    """What a lead hears at any hour: an escalation, and an S1 while nobody on duty can be told."""
    return rung == ESCALATED or (rung == URGENT and audience is not Audience.ON_DUTY)


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
