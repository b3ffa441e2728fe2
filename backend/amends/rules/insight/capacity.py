"""Capacity: hours owed in the coming week against the hours there are, without a stopwatch (P10).

What is counted are acts that are due or were done, by kind, times minutes that the team types: never how
long a member sat at one, and nothing of a single member.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum
from uuid import UUID

from amends.rules.team.calendars import Calendar, working_between
from amends.rules.vocabulary import FollowUpKind as Kind

WEEK = timedelta(days=7)
WEEKS = 12
"""Weeks over which new cases are averaged."""
SPARE = 1.15
"""Interruptions between acts."""
SPREAD = 1.3
"""Weeks of new cases differ by more than chance: how often the square root is added for the high figure."""
LEAST_CASES = 20
"""Cases of which it is known what they asked for in their first week; below, the usual is taken."""
ENOUGH_A_WEEK = 12
"""New cases a week below which an estimate is off by nearly half, so no hours are said."""
MORNING = 4
"""Hours that are still about a morning."""
NOTE_LASTS = timedelta(hours=2)
"""How long Today says what the worker noted last; an older note says nothing any more."""
SMALLEST_FACTOR, LARGEST_FACTOR = 0.25, 4.0
"""What one correction by the team may change at most."""
LONGEST_ACT, MOST_HOURS = 240, 2_000
"""In minutes, and the hours of one week of a whole team."""


class ActKind(StrEnum):
    """A kind of act that the team gives minutes to."""

    DECIDE = "decide"
    ANSWER = "answer"
    CONTACT = "contact"
    STEP = "step"
    CHECK = "check"
    SECOND_CHANCE = "second_chance"


PROPOSED: dict[ActKind, int] = {
    ActKind.DECIDE: 4,
    ActKind.ANSWER: 12,
    ActKind.CONTACT: 12,
    ActKind.STEP: 15,
    ActKind.CHECK: 5,
    ActKind.SECOND_CHANCE: 8,
}
"""Minutes an act until the team types its own; a contact is a message of ten, at times a call of twenty."""
PROPOSED_SHARE = 50
"""Hundredths of the working time of all members that cases get, until an admin types another share."""
USUAL: dict[ActKind, float] = {
    ActKind.DECIDE: 1,
    ActKind.ANSWER: 0.85,
    ActKind.CONTACT: 0.75,
    ActKind.STEP: 0.5,
}
"""Acts of a new case in its first week, where too few cases say it themselves."""

ACTS: dict[Kind, ActKind | None] = {
    Kind.TRIAGE: ActKind.DECIDE,
    Kind.ACKNOWLEDGE: ActKind.ANSWER,
    Kind.APPROVAL: ActKind.CHECK,
    Kind.CONTACT: ActKind.CONTACT,
    Kind.NEXT_STEP: ActKind.STEP,
    Kind.RESOLVE_BY: None,  # the end of steps that are counted themselves
    Kind.PROMISE: ActKind.STEP,
    Kind.WAIT_PING: ActKind.CONTACT,
    Kind.WAIT_CLOSE: ActKind.DECIDE,
    Kind.CONFIRM_FIX: ActKind.CHECK,
    Kind.SECOND_CHANCE: ActKind.SECOND_CHANCE,
    Kind.CHECK_IN_ANSWER: ActKind.DECIDE,
    Kind.ESCALATION_REVIEW: ActKind.CHECK,
    Kind.WATCH_REVIEW: ActKind.CHECK,
    Kind.WATCH_CLOSE: ActKind.DECIDE,
    Kind.REMINDER: ActKind.STEP,
    Kind.MENTION: ActKind.CHECK,
    Kind.REMEDY_REQUEST: ActKind.DECIDE,
    Kind.CAME_BACK: ActKind.CHECK,
    Kind.BLOCK_REVIEW: ActKind.CHECK,
    Kind.MEASURE_REVIEW: ActKind.CHECK,
    Kind.LEGAL_HOLD_REVIEW: ActKind.CHECK,
    Kind.REWRITE: ActKind.ANSWER,
    Kind.QUESTION: ActKind.CHECK,
    Kind.ANSWERED: ActKind.CHECK,
    Kind.CORRECTION: None,  # the work of whoever mends the product, not of those who answer
    Kind.INCIDENT_TASK: ActKind.STEP,
    Kind.PUBLIC_ENDING: ActKind.ANSWER,
}
"""Which act each kind of follow-up asks for."""


@dataclass(frozen=True, slots=True)
class SaidWeek:
    """What the team said once of a past week: its Monday, the hours it took, and the acts done in it."""

    monday: date
    hours: int
    acts: dict[ActKind, int]


@dataclass(frozen=True, slots=True)
class CapacityPlan:
    """What the team typed: minutes an act, the share of working time for cases, and a past week's hours."""

    minutes: dict[ActKind, int] = field(default_factory=lambda: dict(PROPOSED))
    share: int = PROPOSED_SHARE
    said: SaidWeek | None = None


@dataclass(frozen=True, slots=True)
class Hours:
    """Whole hours: the likely figure, and one that it could be, which is no bound."""

    likely: int
    high: int


class Wording(StrEnum):
    """How much may be said of the hours owed."""

    NOTHING_DUE = "nothing_due"
    MORNING = "morning"
    FEW = "few"
    HOURS = "hours"


def acts_of(kinds: Mapping[Kind, int]) -> dict[ActKind, int]:
    """How many acts these follow-ups ask for, or were."""
    found: dict[ActKind, int] = {}
    for kind, number in kinds.items():
        if (act := ACTS[kind]) is not None:
            found[act] = found.get(act, 0) + number
    return found


def first_week(done: Mapping[ActKind, int], cases: int) -> Mapping[ActKind, float]:
    """Acts of one new case in its first week, by what so many cases had; the usual where they are too few."""
    return USUAL if cases < LEAST_CASES else {act: number / cases for act, number in done.items()}


def factor(plan: CapacityPlan) -> float:
    """By how much the typed minutes are wrong, as far as the team said what a past week took."""
    if plan.said is None or not (counted := _minutes(plan.said.acts, plan)):
        return 1.0
    return max(SMALLEST_FACTOR, min(LARGEST_FACTOR, plan.said.hours * 60 / (SPARE * counted)))


def owed(
    due: Mapping[ActKind, int], *, coming: float, habits: Mapping[ActKind, float], plan: CapacityPlan
) -> Hours:
    """Hours owed in a week: what is due in it, and what the cases that usually come ask for at first.

    `coming` is how many new cases come in a week.
    """
    certain, a_case = _minutes(due, plan), _minutes(habits, plan)
    scale = SPARE * factor(plan) / 60
    high = coming + SPREAD * coming**0.5
    return Hours(round(scale * (certain + coming * a_case)), round(scale * (certain + high * a_case)))


def _minutes(acts: Mapping[ActKind, float], plan: CapacityPlan) -> float:
    return sum(number * plan.minutes.get(act, PROPOSED[act]) for act, number in acts.items())


def wording(hours: Hours, *, coming: float, due: int) -> Wording:
    """What is said: below twelve cases a week no hours, but about a morning, or how much is due."""
    if coming >= ENOUGH_A_WEEK:
        return Wording.HOURS
    if not due:
        return Wording.NOTHING_DUE
    return Wording.MORNING if hours.likely <= MORNING else Wording.FEW


Span = tuple[datetime, datetime]


def hours_there(
    calendar: Calendar,
    begin: datetime,
    end: datetime,
    *,
    members: Collection[UUID],
    away: Mapping[UUID, Collection[Span]],
    share: int,
) -> int:
    """Whole hours for cases in a time: working time of all, less absences, by the share in hundredths."""
    seconds = len(members) * working_between(calendar, begin, end)
    for member in members:
        gone = joined((max(a, begin), min(b, end)) for a, b in away.get(member, ()))
        seconds -= sum(working_between(calendar, a, b) for a, b in gone)
    return seconds * share // 360_000


def joined(spans: Iterable[Span]) -> list[Span]:
    """Spans without those that end before they begin; where they overlap, one of several."""
    merged: list[Span] = []
    for begin, end in sorted(one for one in spans if one[0] < one[1]):
        if merged and begin <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((begin, end))
    return merged
