"""When is the work of the installation due, when overdue, and when is its trouble news?"""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest

from amends.rules.operation.recurring import (
    ANCHOR,
    NEVER,
    Last,
    Outcome,
    Rhythm,
    is_due,
    is_news,
    is_overdue,
    next_due,
)

NOW = datetime(2026, 5, 4, 8, 0, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
DAILY, WEEKLY, NOT_AT_ALL = Rhythm(every=DAY), Rhythm(every=7 * DAY), Rhythm(every=NEVER)


def begun(ago: timedelta, **more: object) -> Last:
    return Last(id=uuid4(), begun_at=NOW - ago, **more)


def good(ago: timedelta, **more: object) -> Last:
    return begun(ago, ended_at=NOW - ago, good_at=NOW - ago, **more)


def failed(ago: timedelta) -> Last:
    return begun(ago, ended_at=NOW - ago, problem="The disk is full.", is_retried=True)


def alarmed(ago: timedelta) -> Last:
    return begun(ago, ended_at=NOW - ago, problem="altered")


@pytest.mark.parametrize(
    ("rhythm", "last", "due"),
    [
        (NOT_AT_ALL, None, False),
        (NOT_AT_ALL, good(99 * DAY), False),
        (DAILY, None, True),
        (DAILY, good(DAY - HOUR), False),
        (DAILY, good(DAY), True),
        (WEEKLY, good(6 * DAY), False),
        (WEEKLY, good(7 * DAY), True),
        (DAILY, failed(HOUR / 2), False),
        (WEEKLY, failed(HOUR), True),
        (DAILY, alarmed(2 * HOUR), False),
        (DAILY, alarmed(DAY), True),
        (DAILY, begun(2 * HOUR), False),
        (DAILY, begun(3 * HOUR), True),
        (WEEKLY, good(HOUR, asked_at=NOW), True),
        (WEEKLY, begun(HOUR, asked_at=NOW), False),
        (ANCHOR, good(8 * HOUR), False),
        (ANCHOR, good(8 * HOUR + HOUR / 60), True),
    ],
)
def test_the_next_one_is_due_by_the_one_begun_last(rhythm: Rhythm, last: Last | None, due: bool):
    assert is_due(rhythm, last, now=NOW) is due


def test_the_next_run_is_told_before_it_is_due():
    assert next_due(DAILY, good(HOUR), now=NOW) == NOW + 23 * HOUR
    assert next_due(ANCHOR, good(HOUR), now=NOW) == datetime(2026, 5, 5, tzinfo=UTC)
    assert next_due(NOT_AT_ALL, good(HOUR), now=NOW) is None


@pytest.mark.parametrize(
    ("rhythm", "last_good", "decided", "overdue"),
    [
        (NOT_AT_ALL, None, 99 * DAY, False),
        (DAILY, None, HOUR, False),
        (DAILY, None, None, False),
        (DAILY, None, DAY + 7 * HOUR, True),
        (DAILY, DAY + 5 * HOUR, 99 * DAY, False),
        (DAILY, DAY + 7 * HOUR, 99 * DAY, True),
        (DAILY, 10 * DAY, HOUR, False),
        (WEEKLY, 6 * DAY, 99 * DAY, False),
    ],
)
def test_it_is_overdue_six_hours_after_its_day(
    rhythm: Rhythm, last_good: timedelta | None, decided: timedelta | None, overdue: bool
):
    since = [NOW - ago if ago is not None else None for ago in (last_good, decided)]
    assert is_overdue(rhythm, since, now=NOW) is overdue


def test_trouble_is_news_once_of_each_kind_until_all_is_well():
    full, altered, well = Outcome(problem="full", is_retried=True), Outcome(problem="altered"), Outcome()
    assert is_news(good(DAY), full)
    assert not is_news(failed(HOUR), full)
    assert is_news(failed(HOUR), altered), "what a check found is no failure of the check"
    assert not is_news(alarmed(DAY), altered)
    assert not is_news(failed(HOUR), well)
