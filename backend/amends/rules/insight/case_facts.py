"""What one case contributes to reports: its day, its flags, its times, what happened to it on which day."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Any
from zoneinfo import ZoneInfo

from amends.rules.capture.rechecks import Change
from amends.rules.case.entries import TimelineEntry
from amends.rules.case.exchanges import standing
from amends.rules.case.hostile_words import are_folded
from amends.rules.insight.durations import bucket
from amends.rules.insight.milestones import Milestones, milestones
from amends.rules.nudge.figures import ACTS, WITHIN
from amends.rules.team.calendars import Calendar, working_between
from amends.rules.vocabulary import EntryKind, Nature, Outcome, Stage

UNCOUNTED = frozenset({Outcome.DUPLICATE, Outcome.ERASED})
"""Cases that count nowhere: the complaint is counted on the other case, or is nobody's any more."""


class Flag(StrEnum):
    """What is true of a case or not: of those captured on a day, so many were."""

    CAPTURED = "captured"
    ANSWERED = "answered"
    SILENT = "silent"
    IN_TERM = "in_term"
    RESOLVED = "resolved"
    HOSTILE = "hostile"


class Measure(StrEnum):
    """From when the person wrote until then, in minutes of working time or by the clock; but for `PARTS`."""

    ANSWER_WORK = "answer_work"
    CONTACT_WORK = "contact_work"
    RESOLVE_WORK = "resolve_work"
    ANSWER_CLOCK = "answer_clock"
    CONTACT_CLOCK = "contact_clock"
    RESOLVE_CLOCK = "resolve_clock"
    ANSWERED_PART = "answered_part"
    LATE_PART = "late_part"


PARTS = frozenset({Measure.ANSWERED_PART, Measure.LATE_PART})
"""No lengths of time: of answered cases, and of those answered late, the part of the day of the post."""
HOURS_A_PART = 6
"""A day has four parts: before 6, morning, afternoon, evening."""


class Event(StrEnum):
    """What happened on a day, whenever its case was captured."""

    WON_BACK = "won_back"
    SETTLED = "settled"
    CONCEDED = "conceded"
    LOST = "lost"
    LET_GO = "let_go"
    BLOCKED = "blocked"
    REFERRED = "referred"
    NOT_OURS = "not_ours"
    REOPENED = "reopened"
    SECOND_CHANCE_ASKED = "second_chance_asked"
    PROMISE_KEPT = "promise_kept"
    PROMISE_LATE = "promise_late"
    PROMISE_BROKEN = "promise_broken"
    RATING_RAISED = "rating_raised"
    RATING_LOWERED = "rating_lowered"
    POST_EDITED = "post_edited"
    POST_REMOVED = "post_removed"
    NUDGED = "nudged"
    NUDGE_HEEDED = "nudge_heeded"


ENDS = tuple(Event(outcome.value) for outcome in Outcome if outcome not in UNCOUNTED)
"""The ends of a case, by the names of its outcomes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseSeen:
    """What is read of a case: its columns, when it began to count, by when an answer was owed.

    `term_at` is the date of the public answer or, where it was answered at once, of the decision.
    """

    number: int
    platform: str
    severity: str | None
    lang: str
    stage: Stage
    outcome: Outcome | None
    nature: Nature | None
    began_at: datetime
    term_at: datetime | None
    themes: tuple[str, ...] = ()
    location: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseFact:
    """A case as reports count it: `day` is its first in the team's zone, `times` are buckets of minutes."""

    number: int
    day: date
    platform: str
    severity: str
    lang: str
    flags: frozenset[Flag]
    times: dict[Measure, int]
    events: tuple[tuple[date, Event], ...] = ()
    themes: tuple[str, ...] = field(default=())
    location: str = ""


def fact(seen: CaseSeen, entries: Iterable[TimelineEntry], calendar: Calendar) -> CaseFact | None:
    """What a case contributes; None where it counts nowhere. `entries` are oldest first."""
    if seen.outcome in UNCOUNTED:
        return None
    zone = ZoneInfo(calendar.zone)
    told = standing(entries)
    reached = milestones(told)
    flags = frozenset(_flags(seen, reached))
    happened = [(entry.at, one) for entry in told for one in _events(entry)]
    happened += [(entry.at, one) for entry, one in _reminders(told)]
    return CaseFact(
        number=seen.number,
        day=seen.began_at.astimezone(zone).date(),
        platform=seen.platform,
        severity=seen.severity or "",
        lang=main_language(seen.lang),
        flags=flags,
        times=dict(_times(seen.began_at, reached, calendar)) | _parts(seen.began_at.astimezone(zone), flags),
        events=tuple((at.astimezone(zone).date(), one) for at, one in happened),
        themes=seen.themes,
        location=seen.location,
    )


def main_language(tag: str) -> str:
    """By which a case is counted: "fr" of fr-CA."""
    return tag.partition("-")[0].lower()


def _flags(seen: CaseSeen, reached: Milestones) -> Iterable[Flag]:
    yield Flag.CAPTURED
    if reached.answered_at or reached.contacted_at:
        yield Flag.ANSWERED
    elif seen.stage in (Stage.CLOSED, Stage.WATCHED):
        yield Flag.SILENT
    spoken = reached.answered_at or reached.reached_at
    if spoken and seen.term_at and spoken <= seen.term_at:
        yield Flag.IN_TERM
    if reached.resolved_at:
        yield Flag.RESOLVED
    if are_folded(seen.nature):
        yield Flag.HOSTILE


def _times(began: datetime, reached: Milestones, calendar: Calendar) -> Iterable[tuple[Measure, int]]:
    ends = {"answer": reached.answered_at, "contact": reached.contacted_at, "resolve": reached.resolved_at}
    for name, end in ends.items():
        if end is not None and end >= began:
            yield Measure(f"{name}_work"), bucket(working_between(calendar, began, end) // 60)
            yield Measure(f"{name}_clock"), bucket(int((end - began).total_seconds()) // 60)


def _parts(began: datetime, flags: frozenset[Flag]) -> dict[Measure, int]:
    if Flag.ANSWERED not in flags:
        return {}
    part = began.hour // HOURS_A_PART
    late = {} if Flag.IN_TERM in flags else {Measure.LATE_PART: part}
    return {Measure.ANSWERED_PART: part, **late}


def _reminders(told: Sequence[TimelineEntry]) -> Iterable[tuple[TimelineEntry, Event]]:
    """Each reminder once, whoever got it, and whether somebody acted on the case within a day."""
    sent: dict[tuple[object, object], datetime] = {}
    for place, entry in enumerate(told):
        if entry.kind is not EntryKind.NUDGED:
            continue
        rung = (entry.particulars.get("follow_up"), entry.particulars.get("rung"))
        if rung in sent and entry.at - sent[rung] < WITHIN:
            continue
        sent[rung] = entry.at
        yield entry, Event.NUDGED
        if any(one.at - entry.at <= WITHIN and _is_act(one) for one in told[place + 1 :]):
            yield entry, Event.NUDGE_HEEDED


def _is_act(entry: TimelineEntry) -> bool:
    """Whether a member did something on purpose; not by new times for the team, which move many dates."""
    by_member = entry.actor not in ("system", "author")
    return entry.kind in ACTS and by_member and "policy" not in entry.particulars


def _events(entry: TimelineEntry) -> Iterable[Event]:
    told = entry.particulars
    match entry.kind:
        case EntryKind.MOVED if told.get("after") == Stage.CLOSED and told.get("outcome") in ENDS:
            yield Event(told["outcome"])
        case EntryKind.MOVED if told.get("move") == "check_in":
            yield Event.SECOND_CHANCE_ASKED
        case EntryKind.REOPENED:
            yield Event.REOPENED
        case EntryKind.PROMISE_SETTLED:
            yield Event(f"promise_{told['result']}")
        case EntryKind.RECHECKED:
            yield from _seen_again(told)


def _seen_again(told: Mapping[str, Any]) -> Iterable[Event]:
    ratings = told.get("ratings")
    if isinstance(ratings, list) and len(ratings) == 2 and None not in ratings and ratings[0] != ratings[1]:
        yield Event.RATING_RAISED if ratings[1] > ratings[0] else Event.RATING_LOWERED
    changes = told.get("changes")
    for change, event in ((Change.EDITED, Event.POST_EDITED), (Change.GONE, Event.POST_REMOVED)):
        if isinstance(changes, list) and change in changes:
            yield event
