"""What stands in a digest, where, and when does it come?"""

from datetime import UTC, datetime, timedelta

import pytest

from amends.rules.nudge.digests import (
    Owed,
    Section,
    is_digest_day,
    is_due,
    is_weekly,
    section_of,
    sorted_out,
)
from amends.rules.team.calendars import Calendar, calendar
from amends.rules.vocabulary import FollowUpKind as Kind

NOW = datetime(2026, 5, 4, 7, 0, tzinfo=UTC)  # a Monday, 9:00 in Paris
MIDNIGHT = datetime(2026, 5, 4, 22, 0, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
PARIS = calendar("Europe/Paris", country="FR")


def owed(
    due: timedelta, kind: Kind = Kind.CONTACT, number: int = 1, rung: int = 0, began: timedelta = -DAY
) -> Owed:
    return Owed(number=number, title="", kind=kind, starts_at=NOW + began, due_at=NOW + due, rung=rung)


@pytest.mark.parametrize(
    ("one", "section"),
    [
        (owed(-HOUR), Section.OVERDUE),
        (owed(-9 * DAY, rung=4), Section.STUCK),
        (owed(-HOUR, Kind.WAIT_PING), Section.WAITING),
        (owed(HOUR), Section.TODAY),
        (owed(20 * HOUR, began=-9 * DAY), Section.SOON),
        (owed(20 * HOUR, began=timedelta(0)), None),
        (owed(3 * DAY, Kind.PROMISE), Section.PROMISES),
        (owed(-HOUR, Kind.PROMISE), Section.OVERDUE),
        (owed(3 * DAY, Kind.SECOND_CHANCE, began=timedelta(0)), Section.SECOND_CHANCES),
        (owed(9 * DAY, Kind.SECOND_CHANCE, began=timedelta(0)), None),
    ],
)
def test_each_follow_up_stands_where_one_looks_for_it(one: Owed, section: Section | None):
    assert section_of(one, now=NOW, midnight=MIDNIGHT) is section


def test_sections_come_in_order_with_the_longest_late_first_and_none_is_empty():
    found = sorted_out(
        [owed(HOUR, number=1), owed(-HOUR, number=2), owed(-2 * HOUR, number=3)], now=NOW, midnight=MIDNIGHT
    )
    assert {section: [one.number for one in some] for section, some in found.items()} == {
        Section.OVERDUE: [3, 2],
        Section.TODAY: [1],
    }


@pytest.mark.parametrize(
    ("at", "due"),
    [
        ("2026-05-04T06:59", False),
        ("2026-05-04T07:00", True),
        ("2026-05-04T20:00", True),  # the worker was down in the morning
        ("2026-05-09T07:00", False),  # a Saturday
        ("2026-05-14T07:00", False),  # Ascension Day
    ],
)
def test_it_comes_on_working_days_from_the_members_hour_on(at: str, due: bool):
    now = datetime.fromisoformat(at).replace(tzinfo=UTC)
    asked = {"zone": "Europe/Paris", "calendar": PARIS, "quiet_week_ends": True, "now": now}
    assert is_due(digest_at=540, digested_on=None, **asked) is due
    assert not is_due(digest_at=540, digested_on=now.date(), **asked)
    assert not is_due(digest_at=None, digested_on=None, **asked)


def test_the_hour_is_that_of_the_members_zone():
    asked = {
        "digest_at": 540,
        "calendar": PARIS,
        "quiet_week_ends": True,
        "digested_on": None,
        "now": NOW,
    }
    assert is_due(zone="Europe/Paris", **asked)
    assert not is_due(zone="America/New_York", **asked)


def test_on_a_week_end_on_which_the_team_works_it_comes_to_whoever_is_not_quiet_then():
    every_day = Calendar("Europe/Paris", (((540, 1080),),) * 7)
    saturday = datetime(2026, 5, 9, 8, 0, tzinfo=UTC).date()
    assert is_digest_day(every_day, saturday, quiet_week_ends=False)
    assert not is_digest_day(every_day, saturday, quiet_week_ends=True)


def test_the_week_is_told_on_mondays():
    assert is_weekly(zone="Europe/Paris", now=NOW)
    assert not is_weekly(zone="Europe/Paris", now=NOW + DAY)
