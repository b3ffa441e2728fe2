"""Since when an account exists is kept as precisely as the site says, and never more so."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amends.rules.capture.account_dates import ANYWHERE, span, stated
from tests.world import DAY, MONDAY


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("2010-10-23T17:01:35.000Z", "2010-10-23T17:01:35+00:00"),
        ("2010-10-23T17:01:35+02:00", "2010-10-23T15:01:35+00:00"),
        ("2010-10-23", "2010-10-23"),
        ("28. Juni 2014", "2014-06-28"),
        ("Tue Sep 18, 2008 5:56 am", "2008-09-18"),
        ("18.09.2008, 05:56", "2008-09-18"),
        ("3 Février 2026", "2026-02-03"),
        ("01 Jan 2003", "2003-01-01"),
        ("25/12/2019", "2019-12-25"),
        ("12/25/2019", "2019-12-25"),
        ("Jun 2008", "2008-06"),
        ("October 2010", "2010-10"),
        ("2012", "2012"),
    ],
)
def test_a_date_is_kept_as_precise_as_it_is_written(said: str, kept: str):
    assert stated(said, MONDAY) == kept
    assert stated(kept, MONDAY) == kept


@pytest.mark.parametrize(
    "said",
    [
        *(None, "", 7, ["2014"], "last <spring>", "yesterday", "3 years ago", "June", "28 June"),
        *("03/04/2020", "2014-02-30", "2014-13", "31.02.2014", "0000", "1969-01-01", "2099", "9" * 5_000),
    ],
)
def test_what_is_no_date_or_may_be_two_is_left_out(said: object):
    assert stated(said, MONDAY) is None


def test_a_date_that_is_still_to_come_is_left_out_and_one_of_today_is_not():
    assert stated((MONDAY + 2 * DAY).date().isoformat(), MONDAY) is None
    assert stated((MONDAY + DAY / 24).isoformat(), MONDAY) is None
    assert stated(MONDAY.date().isoformat(), MONDAY)
    assert stated(f"{MONDAY:%Y-%m}", MONDAY)


@pytest.mark.parametrize(
    ("since", "first", "last"),
    [
        ("2014-06-28", datetime(2014, 6, 28, tzinfo=UTC), datetime(2014, 6, 29, tzinfo=UTC)),
        ("2014-02", datetime(2014, 2, 1, tzinfo=UTC), datetime(2014, 3, 1, tzinfo=UTC)),
        ("2012", datetime(2012, 1, 1, tzinfo=UTC), datetime(2013, 1, 1, tzinfo=UTC)),
    ],
)
def test_a_date_can_mean_any_instant_of_it_in_any_zone(since: str, first: datetime, last: datetime):
    assert span(since) == (first - ANYWHERE, last + ANYWHERE)


def test_an_instant_means_itself():
    assert span("2010-10-23T17:01:35+00:00") == (datetime(2010, 10, 23, 17, 1, 35, tzinfo=UTC),) * 2


@given(st.text(max_size=120) | st.from_regex(r"[0-9]{1,4}[-./ ][0-9]{1,4}[-./ ][0-9]{1,4}", fullmatch=True))
def test_no_words_of_a_stranger_break_it_and_what_is_kept_is_understood(said: str):
    kept = stated(said, MONDAY)
    if kept is not None:
        assert span(kept).earliest <= MONDAY
        assert span(kept).latest - span(kept).earliest <= timedelta(days=366) + 2 * ANYWHERE
        assert len(kept) <= 32
