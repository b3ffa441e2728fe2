"""Drills: an invented storm against the stopwatch, and its score (P4, P13, P17, P68, P78).

A drill asks the same rules as a real storm: when to warn, how it looks, what the plan of its kind says. The
score is the team's: nothing here knows who did what.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from uuid import UUID

from amends.rules.desk import incidents
from amends.rules.insight import waves
from amends.rules.insight.invented_posts import InventedPost
from amends.rules.insight.waves import Facts, Growth, Verdict
from amends.rules.vocabulary import DrillDeed, IncidentKind, IncidentRole, Language, TaskState

SIZES = (12, 24, 48)
"""How many posts can be chosen; the least of them are by more people than a warning needs."""
SPEEDS = (5, 15, 30)
"""In how many minutes they come."""
ENDS_AFTER = timedelta(hours=1)
"""After the last post a drill that nobody stops ends by itself."""
ROLES = (IncidentRole.LEAD, IncidentRole.SPOKESPERSON)
"""The roles that a storm cannot do without."""


ELSEWHERE = frozenset({incidents.HOLD.name, incidents.SPOKESPERSON.name, incidents.LINE.name})
"""Steps that are not ticked: they are done by the hold, a role, the statement."""


class Measure(StrEnum):
    """What the stopwatch takes, in the order in which it should happen."""

    WARNED = "warned"
    ACKNOWLEDGED = "acknowledged"
    HELD = "held"
    ROLES = "roles"
    UPDATED = "updated"
    STATEMENT = "statement"


WITHIN: Mapping[Measure, timedelta] = {
    Measure.ACKNOWLEDGED: timedelta(minutes=5),
    Measure.HELD: timedelta(minutes=10),
    Measure.ROLES: incidents.SPOKESPERSON.within or incidents.HOUR,
    Measure.UPDATED: timedelta(minutes=30),
    Measure.STATEMENT: incidents.LINE.within or incidents.HOUR,
}
"""How soon after the warning; the warning itself comes when it comes."""


@dataclass(frozen=True, slots=True)
class Deed:
    """Something that happened in a drill; `what` says of which role, step, language or post.

    `member` is whom it is about: who would be told, who has the role.
    """

    kind: DrillDeed
    at: datetime
    what: str = ""
    words: str = ""
    member: UUID | None = None


@dataclass(frozen=True, slots=True)
class Warned:
    """When the rule warns: so many seconds after the beginning, of so many people."""

    after: int
    growth: Growth


@dataclass(frozen=True, slots=True)
class Taken:
    """One measure: how long after the warning it happened, None where it never did; and in what time."""

    measure: Measure
    after: timedelta | None
    within: timedelta | None

    @property
    def is_late(self) -> bool:
        """Whether it came too late, or never."""
        return self.after is None or (self.within is not None and self.after > self.within)


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """How a drill went: each measure, the steps that nobody did, and the dangers that nobody looked at."""

    taken: tuple[Taken, ...]
    steps: tuple[str, ...]
    all_steps: int
    dangers: tuple[InventedPost, ...]
    all_dangers: int
    posts: int

    @property
    def in_time(self) -> int:
        """How many measures were met."""
        return sum(not one.is_late for one in self.taken)


def warned_of(posts: Sequence[InventedPost]) -> tuple[Warned, ...]:
    """The warning and its doublings: the rule of a real storm, for a theme that was quiet until now."""
    found: list[Warned] = []
    for place, post in enumerate(posts):
        people = len({one.author for one in posts[: place + 1]})
        grown = waves.strongest(waves.growth(hours, people, ()) for hours in waves.HOURS)
        if grown and (not found or waves.is_told_again(people, told=found[-1].growth.people)):
            found.append(Warned(post.after, grown))
    return tuple(found)


def looks(posts: Sequence[InventedPost], *, doublings: int) -> Verdict:
    """How the storm looks so far, by the table of a real one."""
    people = {one.author: one for one in posts}
    texts = Counter(said for said, _author in {(one.said, one.author) for one in posts})
    return waves.verdict(
        Facts(
            people=len(people),
            posts=len(posts),
            alike=max(texts.values(), default=0),
            new=len(people),
            soon=len(people),
            customers=sum(one.customer for one in people.values()),
            customers_known=len(people),
            platforms=len({one.platform for one in posts}),
            doublings=doublings,
        )
    )


def come(posts: Sequence[InventedPost], *, began_at: datetime, now: datetime) -> tuple[InventedPost, ...]:
    """The posts that have come so far."""
    since = began_at.astimezone(UTC)  # so that the stopwatch runs through a change of the clock
    return tuple(one for one in posts if since + timedelta(seconds=one.after) <= now)


def ends_at(began_at: datetime, *, minutes: int) -> datetime:
    """When a drill ends that nobody stops."""
    return began_at.astimezone(UTC) + timedelta(minutes=minutes) + ENDS_AFTER


def has_step(kind: IncidentKind, step: str) -> bool:
    """Whether the plan of this kind has a step that is ticked."""
    return step not in ELSEWHERE and step in {one.name for one in incidents.CHECKLISTS[kind]}


def is_on(deeds: Iterable[Deed]) -> bool:
    """Whether replies are on hold now."""
    return bool(_last(deeds, DrillDeed.HELD))


def done_steps(deeds: Sequence[Deed]) -> frozenset[str]:
    """The steps of the plan that are done: ticked, or done where they are done."""
    ticked = {one.what: one.words for one in deeds if one.kind is DrillDeed.STEP}
    found = {step for step, state in ticked.items() if state == TaskState.DONE}
    elsewhere = {
        incidents.HOLD.name: _last(deeds, DrillDeed.HELD),
        incidents.SPOKESPERSON.name: _last(deeds, DrillDeed.ROLE, IncidentRole.SPOKESPERSON),
        incidents.LINE.name: _stated(deeds),
    }
    return frozenset(found | {step for step, deed in elsewhere.items() if deed})


def score(
    kind: IncidentKind, posts: Sequence[InventedPost], deeds: Sequence[Deed], *, began_at: datetime
) -> Score:
    """How it went, by the posts that had come and all that was done until the end."""
    told, began_at = warned_of(posts), began_at.astimezone(UTC)
    first = began_at + timedelta(seconds=told[0].after) if told else None
    done, looked = done_steps(deeds), {one.what for one in deeds if one.kind is DrillDeed.LOOKED}
    dangers = [(str(place), one) for place, one in enumerate(posts) if one.danger]
    steps = incidents.CHECKLISTS[kind]
    return Score(
        taken=tuple(_taken(one, deeds, first, began_at) for one in Measure),
        steps=tuple(one.name for one in steps if one.name not in done),
        all_steps=len(steps),
        dangers=tuple(one for place, one in dangers if place not in looked),
        all_dangers=len(dangers),
        posts=len(posts),
    )


def _taken(measure: Measure, deeds: Sequence[Deed], warned: datetime | None, began_at: datetime) -> Taken:
    if measure is Measure.WARNED:
        return Taken(measure, warned - began_at if warned else None, None)
    at = _instant(measure, deeds)
    since = at - (warned or began_at) if at else None
    return Taken(measure, max(timedelta(), since) if since is not None else None, WITHIN[measure])


def _instant(measure: Measure, deeds: Sequence[Deed]) -> datetime | None:
    """When it was so for good: what was taken back does not count."""
    if measure is Measure.ROLES:
        filled = [_last(deeds, DrillDeed.ROLE, role) for role in ROLES]
        instants = [one.at for one in filled if one]
        return max(instants) if len(instants) == len(ROLES) else None
    if measure is Measure.STATEMENT:
        stated = _stated(deeds)
        return stated.at if stated else None
    deed = _last(deeds, DrillDeed(measure.value))
    return deed.at if deed else None


def _stated(deeds: Sequence[Deed]) -> Deed | None:
    """The first version of the statement in a language in which it still stands."""
    versions = [_last(deeds, DrillDeed.STATEMENT, language) for language in Language]
    return min(filter(None, versions), key=lambda one: one.at, default=None)


def _last(deeds: Iterable[Deed], kind: DrillDeed, what: str | None = None) -> Deed | None:
    """The deed with which it began to be so; None where it was taken back since."""
    began: Deed | None = None
    for one in deeds:
        if one.kind is kind and (what is None or one.what == what):
            began = (began or one) if one.words else None
    return began
