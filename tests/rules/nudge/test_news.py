"""Who hears of a new case, and when does news leave?"""

from datetime import UTC, datetime, timedelta

import pytest

from amends.rules.nudge import news
from amends.rules.vocabulary import Audience, NewCases, News, Severity

NOW = datetime(2026, 5, 4, 8, 0, tzinfo=UTC)
S1, S2, S3, _S4 = Severity


@pytest.mark.parametrize(
    ("choice", "severity", "on_duty", "alone", "hears"),
    [
        (None, None, False, True, True),
        (None, S2, True, False, True),
        (None, S3, True, False, False),
        (None, S1, False, False, False),
        (NewCases.ALL, None, False, False, True),
        (NewCases.SEVERE, S1, False, False, True),
        (NewCases.SEVERE, None, True, True, False),
        (NewCases.NEVER, S1, True, True, False),
    ],
)
def test_each_hears_of_the_new_cases_they_chose_or_that_are_usual(choice, severity, on_duty, alone, hears):
    assert news.wants(choice, severity, on_duty=on_duty, alone=alone) is hears


def test_urgent_news_leaves_at_once_and_what_follows_within_the_minute_together():
    assert news.not_before(NOW, None) == NOW
    assert news.not_before(NOW, NOW - timedelta(hours=1)) == NOW
    assert news.not_before(NOW, NOW - timedelta(seconds=10)) == NOW + timedelta(seconds=50)


def test_at_night_only_those_hear_who_are_told_because_nobody_on_duty_can_be():
    assert news.ignores_quiet_hours(news.URGENT, Audience.LEAD)
    assert not news.ignores_quiet_hours(news.URGENT, Audience.ON_DUTY)
    assert not news.ignores_quiet_hours(news.NEW, Audience.NEWS)


def test_news_has_rungs_of_its_own_below_the_ladder():
    assert set(news.RUNGS) == set(News)
    assert all(rung < news.GIVEN_BACK for rung in news.RUNGS.values())
