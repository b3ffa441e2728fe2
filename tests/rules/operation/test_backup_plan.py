"""How often are backups made, which ones are good, and which ones may go?"""

from datetime import UTC, datetime, timedelta

from amends.rules.operation.backup_plan import DAILY, NEVER, WEEKLY, Plan, Run, rhythm, to_remove

NOW = datetime(2026, 5, 4, 8, 0, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def begun(ago: timedelta, **more: object) -> Run:
    return Run(started_at=NOW - ago, **more)


def good(ago: timedelta) -> Run:
    return begun(ago, finished_at=NOW - ago, name="amends-1.tar")


def failed(ago: timedelta) -> Run:
    return begun(ago, finished_at=NOW - ago, problem="The disk is full.")


def test_it_is_made_every_day_or_week_or_never():
    assert [rhythm(Plan(every_days=days)).every for days in (NEVER, DAILY, WEEKLY)] == [0 * DAY, DAY, 7 * DAY]


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
