"""Do dates come nearer when a case gets worse, and never later by themselves?"""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import product

import pytest

from amends.rules.follow_up import news
from amends.rules.follow_up.follow_ups import due_when_made
from amends.rules.follow_up.severity_changes import Dated, Terms, Weighing, due_anew, remaining_anew
from amends.rules.team.calendars import Calendar, Calendars
from amends.rules.team.policies import SMALL_SHOP
from amends.rules.vocabulary import FollowUpKind, News, Severity, Stage

MONDAY = datetime(2026, 5, 4, 8, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)
TERMS = Terms("x", Calendars(Calendar("Europe/Paris")), SMALL_SHOP, MONDAY + HOUR)
S1, S2, S3, S4 = Severity


def dated(kind: FollowUpKind = FollowUpKind.ACKNOWLEDGE, severity: Severity | None = S3) -> Dated:
    due = due_when_made(
        kind,
        severity=severity,
        platform="x",
        calendars=TERMS.calendars,
        start=MONDAY,
        occurrence=1,
        policy=SMALL_SHOP,
        made_at=MONDAY,
    )
    assert due is not None
    return Dated(kind, MONDAY, 1, MONDAY, due.at, due.steps)


def test_raised_a_date_is_counted_anew_from_its_own_start():
    due = due_anew(dated(), Weighing(S3, S1), TERMS)
    assert due is not None
    assert due.at == MONDAY + HOUR, "an S1 is answered within an hour of the complaint, not of the weighing"


@pytest.mark.parametrize(("before", "after"), list(product(Severity, Severity)))
@pytest.mark.parametrize("kind", [FollowUpKind.TRIAGE, FollowUpKind.ACKNOWLEDGE, FollowUpKind.CONTACT])
def test_raised_no_date_comes_later_and_none_later_than_the_new_term_from_now(kind, before, after):
    weighing, old = Weighing(before, after), dated(kind, before)
    due = due_anew(old, weighing, TERMS)
    if weighing.raised and due:
        full = dated(kind, after)
        assert due.at < old.due_at
        assert due.at == full.due_at <= TERMS.now + (full.due_at - MONDAY)
    if before is after:
        assert due is None


def test_lowered_and_asked_for_a_date_comes_later():
    due = due_anew(dated(severity=S1), Weighing(S1, S3), TERMS)
    assert due is not None
    assert due.at == dated(severity=S3).due_at


@pytest.mark.parametrize("first", [{"step": "chosen"}, {"step": "mentioned"}])
def test_a_date_that_a_member_chose_stays(first):
    assert due_anew(replace(dated(), steps=(first,)), Weighing(S4, S1), TERMS) is None


@pytest.mark.parametrize("kind", [FollowUpKind.PROMISE, FollowUpKind.REMINDER, FollowUpKind.MENTION])
def test_promises_and_requests_stay(kind):
    assert due_anew(replace(dated(), kind=kind), Weighing(S4, S1), TERMS) is None


def test_what_ran_again_after_a_pause_gets_the_new_term_from_now_at_most():
    resumed = replace(
        dated(FollowUpKind.RESOLVE_BY),
        steps=({"step": "resumed"},),
        due_at=MONDAY + timedelta(days=20),
    )
    due = due_anew(resumed, Weighing(S3, S1), TERMS)
    assert due is not None
    assert MONDAY < due.at < resumed.due_at
    assert due_anew(replace(resumed, due_at=TERMS.now + HOUR), Weighing(S3, S1), TERMS) is None


def test_a_paused_follow_up_keeps_no_more_time_than_the_new_term():
    paused = replace(dated(FollowUpKind.RESOLVE_BY), remaining=80 * 3600)
    assert due_anew(paused, Weighing(S3, S1), TERMS) is None
    assert remaining_anew(paused, Weighing(S3, S1), TERMS) == 2 * 9 * 3600
    assert remaining_anew(replace(paused, remaining=3600), Weighing(S3, S1), TERMS) is None
    assert remaining_anew(paused, Weighing(S1, S3), TERMS) is None


@pytest.mark.parametrize(("before", "after"), list(product([None, *Severity], [None, *Severity])))
def test_only_what_was_no_s1_becomes_urgent(before, after):
    assert (news.of_weighing(before, after) is News.URGENT) is (after is S1 and before is not S1)


@pytest.mark.parametrize(
    ("told", "stage", "severity", "true"),
    [
        (News.URGENT, Stage.WORKING, S1, True),
        (News.URGENT, Stage.CLOSED, S1, False),
        (News.URGENT, Stage.NEW, S2, False),
        (News.NEW, Stage.NEW, None, True),
        (News.NEW, Stage.ACKNOWLEDGE, S1, False),
        (News.CAME_BACK, Stage.CLOSED, None, True),
    ],
)
def test_news_is_told_while_it_is_true(told, stage, severity, true):
    assert news.is_true(told, stage=stage, severity=severity) is true
