"""Is a near or late instant told as people say it, in both languages, by the days of the reader's zone?"""

from datetime import UTC, datetime, timedelta

import pytest

from amends.i18n import use_language
from amends.rules.team.relative_times import due, late, relative

NOW = datetime(2026, 5, 18, 8, 30, tzinfo=UTC)  # Monday, 10:30 in Paris
DAY, HOUR, MINUTE = timedelta(days=1), timedelta(hours=1), timedelta(minutes=1)
PARIS = "Europe/Paris"


@pytest.mark.parametrize(
    ("distance", "english", "french"),
    [
        (timedelta(0), "now", "maintenant"),
        (2 * HOUR, "in 2 h", "dans 2 h"),
        (13 * HOUR, "in 13 h", "dans 13 h"),
        (14 * HOUR, "tomorrow 00:30", "demain 00:30"),
        (31 * HOUR, "tomorrow 17:30", "demain 17:30"),
        (37 * HOUR, "tomorrow 23:30", "demain 23:30"),
        (38 * HOUR, "in 2 days", "dans 2 jours"),
        (3 * DAY, "in 3 days", "dans 3 jours"),
        (30 * DAY, "in 4 weeks", "dans 4 semaines"),
        (-59 * MINUTE - timedelta(seconds=59), "59 min ago", "il y a 59 min"),
        (-3 * HOUR - 5 * MINUTE, "3 h ago", "il y a 3 h"),
        (-12 * HOUR, "yesterday 22:30", "hier 22:30"),
        (-36 * HOUR, "2 days ago", "il y a 2 jours"),
        (-400 * DAY, "13 months ago", "il y a 13 mois"),
    ],
)
def test_a_distance_is_told_in_hours_today_and_in_days_beyond(distance: timedelta, english: str, french: str):
    with use_language("en"):
        assert relative(NOW + distance, now=NOW, zone=PARIS) == english
    with use_language("fr"):
        assert relative(NOW + distance, now=NOW, zone=PARIS) == french


@pytest.mark.parametrize(
    ("lateness", "english", "french"),
    [
        (timedelta(0), "1 min late", "1 min de retard"),
        (59 * MINUTE, "59 min late", "59 min de retard"),
        (11 * HOUR, "11 h late", "11 h de retard"),
        (16 * HOUR, "1 day late", "1 jour de retard"),
        (33 * HOUR, "1 day late", "1 jour de retard"),
        (47 * HOUR, "2 days late", "2 jours de retard"),
        (8 * DAY, "8 days late", "8 jours de retard"),
    ],
)
def test_lateness_is_told_in_days_from_the_next_day_on(lateness: timedelta, english: str, french: str):
    with use_language("en"):
        assert late(NOW - lateness, now=NOW, zone=PARIS) == english
    with use_language("fr"):
        assert late(NOW - lateness, now=NOW, zone=PARIS) == french


def test_a_day_ends_at_the_midnight_of_the_reader():
    with use_language("en"):
        assert relative(NOW + 14 * HOUR, now=NOW, zone="America/Montreal") == "in 14 h"
        assert late(NOW - 16 * HOUR, now=NOW, zone="Asia/Tokyo") == "16 h late"
        assert late(NOW - 16 * HOUR, now=NOW, zone="America/Montreal") == "1 day late"


@pytest.mark.parametrize(
    ("distance", "words"),
    [
        (-2 * HOUR, "2 h late"),
        (timedelta(0), "due now"),
        (3 * HOUR, "due in 3 h"),
        (DAY, "due tomorrow 10:30"),
    ],
)
def test_what_is_due_is_late_due_now_or_due_later(distance: timedelta, words: str):
    assert due(NOW + distance, now=NOW, zone=PARIS) == words
