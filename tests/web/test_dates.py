"""Are instants shown in the reader's own zone and words, relative first and exact beside?"""

from datetime import UTC, date, datetime, timedelta

from amends.i18n import use_language
from amends.web import dates
from amends.web.team.labels import steps as step_words

NOW = datetime(2026, 5, 18, 8, 30, tzinfo=UTC)  # Monday, 10:30 in Paris


def test_an_instant_is_shown_on_the_readers_clock():
    at = datetime(2026, 5, 19, 7, 0, tzinfo=UTC)
    with use_language("en"), dates.telling_time_in("Europe/Paris"):
        shown = dates.moment(at, now=NOW)
    assert (shown.brief, shown.iso) == ("Tue 09:00", "2026-05-19T07:00Z")
    assert shown.exact == "Tuesday 19 May 2026, 09:00 (Europe/Paris)"
    with use_language("fr"), dates.telling_time_in("America/Montreal"):
        assert dates.moment(at, now=NOW).brief == "mar. 03:00"


def test_far_dates_are_not_mistaken_for_near_ones():
    with use_language("en"), dates.telling_time_in("UTC"):
        assert dates.moment(NOW, now=NOW).brief == "08:30"
        assert dates.moment(NOW + timedelta(days=8), now=NOW).brief == "Tue 26 May, 08:30"
        assert dates.moment(NOW - timedelta(days=400), now=NOW).brief == "13 Apr 2025"


def test_a_day_is_named_in_the_readers_language():
    with use_language("fr"):
        assert dates.day(date(2026, 5, 14)) == "jeu. 14 mai 2026"


def test_the_arithmetic_of_a_date_is_told_line_by_line():
    steps = [
        {"step": "start", "at": "2024-11-08T15:30:00+00:00"},
        {
            "step": "count",
            "from": "2024-11-08T15:30:00+00:00",
            "until": "2024-11-08T17:00:00+00:00",
            "seconds": 5400,
        },
        {"step": "closed", "why": "week_end", "day": "2024-11-09", "name": None},
        {"step": "closed", "why": "holiday", "day": "2024-11-11", "name": "Armistice"},
        {"step": "due", "at": "2024-11-12T10:30:00+00:00"},
        {"step": "of a later version"},
    ]
    with use_language("en"), dates.telling_time_in("Europe/Paris"):
        assert step_words.told(steps) == [
            "Counted from Fri 8 Nov, 16:30",
            "+ 1\u00a0h\u00a030 of work, Fri 8 Nov from 16:30 to 18:00",
            "Sat 9 Nov does not count (weekend)",
            "Mon 11 Nov does not count (public holiday: Armistice)",
            "= due Tue 12 Nov, 11:30",
        ]
    with use_language("fr"), dates.telling_time_in("Europe/Paris"):
        assert step_words.told(steps[:1]) == ["Compté à partir de\u202f: ven. 8 nov., 16:30"]
