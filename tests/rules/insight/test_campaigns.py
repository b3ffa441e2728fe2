"""What may a campaign be, may it go ahead, and where is it?"""

from datetime import date, timedelta

import pytest

from amends.rules.insight.campaigns import LONGEST, WrongCampaign, check, hurting, may_go, state_of
from amends.rules.insight.periods import Period
from amends.rules.vocabulary import CampaignState, Verdict

FIRST, LAST = date(2026, 5, 11), date(2026, 5, 17)
DAY = timedelta(days=1)


@pytest.mark.parametrize(
    ("name", "first", "last", "wrong"),
    [
        ("", FIRST, LAST, {"name"}),
        ("Spring", None, None, {"first", "last"}),
        ("Spring", LAST, FIRST, {"last"}),
        ("Spring", FIRST, FIRST + LONGEST * DAY, {"last"}),
    ],
)
def test_what_is_wrong_is_said_beside_its_field(
    name: str, first: date | None, last: date | None, wrong: set[str]
):
    with pytest.raises(WrongCampaign) as refused:
        check(name, first, last)
    assert set(refused.value.fields) == wrong


def test_one_day_and_a_quarter_of_a_year_are_campaigns():
    check("Spring", FIRST, FIRST)
    check("Spring", FIRST, FIRST + (LONGEST - 1) * DAY)


@pytest.mark.parametrize(
    ("verdict", "today", "state"),
    [
        (None, FIRST - DAY, CampaignState.PLANNED),
        (None, LAST + DAY, CampaignState.PLANNED),
        (Verdict.NO_GO, FIRST, CampaignState.STOPPED),
        (Verdict.GO, FIRST - DAY, CampaignState.READY),
        (Verdict.GO, FIRST, CampaignState.RUNNING),
        (Verdict.GO, LAST, CampaignState.RUNNING),
        (Verdict.GO, LAST + DAY, CampaignState.OVER),
    ],
)
def test_where_it_is_follows_from_its_decision_and_its_days(
    verdict: Verdict | None, today: date, state: CampaignState
):
    assert state_of(verdict, Period(FIRST, LAST), today=today) is state


def test_before_its_first_day_a_check_that_is_open_makes_it_planned_again():
    period = Period(FIRST, LAST)
    before, first = FIRST - DAY, FIRST
    assert state_of(Verdict.GO, period, today=before, open_checks=1) is CampaignState.PLANNED
    assert state_of(Verdict.GO, period, today=first, open_checks=1) is CampaignState.RUNNING
    assert state_of(Verdict.NO_GO, period, today=before, open_checks=1) is CampaignState.STOPPED


def test_it_goes_ahead_once_nothing_is_left_to_check():
    assert (may_go(0), may_go(1)) == (True, False)


def test_what_hurt_us_is_of_ninety_days_with_today():
    assert hurting(FIRST).days == 90
    assert hurting(FIRST).last == FIRST
