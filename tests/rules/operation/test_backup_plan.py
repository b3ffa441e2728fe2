"""When is a backup due, when overdue, and which ones may go?"""

from datetime import UTC, datetime, timedelta

import pytest

from amends.rules.operation.backup_plan import DAILY, NEVER, WEEKLY, Plan, Run, is_due, is_overdue, to_remove

NOW = datetime(2026, 5, 4, 8, 0, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def begun(ago: timedelta, **more: object) -> Run:
    return Run(started_at=NOW - ago, **more)


def good(ago: timedelta) -> Run:
    return begun(ago, finished_at=NOW - ago, name="amends-1.tar")


def failed(ago: timedelta) -> Run:
    return begun(ago, finished_at=NOW - ago, problem="The disk is full.")


@pytest.mark.parametrize(
    ("every", "last", "due"),
    [
        (NEVER, None, False),
        (NEVER, good(99 * DAY), False),
        (DAILY, None, True),
        (DAILY, good(DAY - HOUR), False),
        (DAILY, good(DAY), True),
        (WEEKLY, good(6 * DAY), False),
        (WEEKLY, good(7 * DAY), True),
        (DAILY, failed(HOUR / 2), False),
        (WEEKLY, failed(HOUR), True),
        (DAILY, begun(2 * HOUR), False),
        (DAILY, begun(3 * HOUR), True),
    ],
)
def test_the_next_one_is_due_by_the_one_begun_last(every: int, last: Run | None, due: bool):
    assert is_due(Plan(every_days=every), last, now=NOW) is due


@pytest.mark.parametrize(
    ("every", "last_good", "changed", "overdue"),
    [
        (NEVER, None, 99 * DAY, False),
        (DAILY, None, HOUR, False),
        (DAILY, None, DAY + 7 * HOUR, True),
        (DAILY, DAY + 5 * HOUR, 99 * DAY, False),
        (DAILY, DAY + 7 * HOUR, 99 * DAY, True),
        (DAILY, 10 * DAY, HOUR, False),
        (WEEKLY, 6 * DAY, 99 * DAY, False),
    ],
)
def test_a_backup_is_overdue_six_hours_after_its_day(
    every: int, last_good: timedelta | None, changed: timedelta, overdue: bool
):
    plan = Plan(every_days=every, changed_at=NOW - changed)
    assert is_overdue(plan, NOW - last_good if last_good else None, now=NOW) is overdue


def test_one_that_runs_is_not_good_yet_and_one_that_failed_never():
    assert good(HOUR).is_good
    assert not begun(HOUR).is_good
    assert not failed(HOUR).is_good


def test_the_oldest_go_and_what_is_no_backup_stays():
    names = [f"amends-2026050{day}T080000Z.tar" for day in range(1, 6)]
    others = [
        "amends.db",
        "amends-at-0066-20260501T080000Z.tar",
        "letters.tar",
        "amends-x.tar",
        ".backup.lock",
    ]
    assert to_remove([*names, *others], kept=2) == names[:3]
    assert to_remove([names[0] + ".sealed", *names], kept=5) == [names[0]]
    assert to_remove(names, kept=9) == []
    assert to_remove(names, kept=0) == names[:-1], "the last one always stays"
