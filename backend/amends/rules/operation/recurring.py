"""Recurring work of the installation: when a backup, a check or an anchor is due, overdue, and news."""

from collections.abc import Iterable
from datetime import UTC, datetime, time, timedelta
from enum import StrEnum
from uuid import UUID

import msgspec

NEVER = timedelta()
GIVEN_UP_AFTER = timedelta(hours=3)
GRACE = timedelta(hours=6)
"""So late a run is overdue: the machine may have slept."""


class Work(StrEnum):
    """What the worker does for the whole installation, every day or week."""

    BACKUP = "backup"
    VERIFICATION = "verification"
    ANCHOR = "anchor"


class Rhythm(msgspec.Struct, frozen=True, kw_only=True):
    """How often, NEVER for not at all; one by day is due at each midnight in UTC.

    One that failed is tried again after `retried_after`. One that has not ended for `given_up_after` was
    killed with its worker.
    """

    every: timedelta
    by_day: bool = False
    retried_after: timedelta = timedelta(hours=1)
    given_up_after: timedelta = GIVEN_UP_AFTER


VERIFICATION = Rhythm(every=timedelta(days=1), given_up_after=timedelta(hours=6))
ANCHOR = Rhythm(every=timedelta(days=1), by_day=True, given_up_after=timedelta(hours=1))


class Last(msgspec.Struct, frozen=True, kw_only=True):
    """The run that was begun last, and when one was last good; `asked_at` is when somebody wanted another.

    `problem` says what went wrong; `is_retried` is whether the work itself failed, and is tried again soon.
    """

    id: UUID
    begun_at: datetime
    ended_at: datetime | None = None
    good_at: datetime | None = None
    asked_at: datetime | None = None
    problem: str = ""
    is_retried: bool = False


class Outcome(msgspec.Struct, frozen=True, kw_only=True):
    """How a run ended: well, with something that admins must know, or failed and to be tried again."""

    problem: str = ""
    is_retried: bool = False


def next_due(rhythm: Rhythm, last: Last | None, *, now: datetime) -> datetime | None:
    """When the next run is to begin; now or earlier where it is due, None where there is to be none."""
    if last and last.asked_at and last.ended_at:
        return last.asked_at
    if rhythm.every == NEVER:
        return None
    if last is None:
        return now
    if last.ended_at is None:
        return last.begun_at + rhythm.given_up_after
    if last.is_retried:
        return last.begun_at + rhythm.retried_after
    if rhythm.by_day:
        day = last.begun_at.astimezone(UTC).date() + rhythm.every
        return datetime.combine(day, time(), UTC)
    return last.begun_at + rhythm.every


def is_due(rhythm: Rhythm, last: Last | None, *, now: datetime) -> bool:
    """Whether the worker is to begin one now."""
    at = next_due(rhythm, last, now=now)
    return at is not None and at <= now


def is_overdue(rhythm: Rhythm, since: Iterable[datetime | None], *, now: datetime) -> bool:
    """Whether people must be told: there should be a good run by now.

    `since` are the last good one, and when the rhythm was decided.
    """
    known = [one for one in since if one]
    if rhythm.every == NEVER or not known:
        return False
    return now - max(known) > rhythm.every + GRACE


def is_news(last: Last, outcome: Outcome) -> bool:
    """Whether admins are told: once of each kind of trouble, until a run is good again."""
    if not outcome.problem:
        return False
    return not last.problem or last.is_retried != outcome.is_retried
