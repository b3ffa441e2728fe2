"""What is shown as due and told: nothing settled or paused, nor what a closed or snoozed case silences."""

from datetime import UTC, datetime, timedelta

import pytest

from amends.rules.follow_up.active import silence
from amends.rules.follow_up.kinds import KINDS, which
from amends.rules.vocabulary import FollowUpKind

NOW = datetime(2026, 5, 4, 9, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)
ACTIVE = {"state": "due", "paused_at": None, "stage": "working", "snoozed_until": None, "now": NOW}


@pytest.mark.parametrize(
    ("case", "why"),
    [
        ({}, None),
        ({"state": "done"}, "settled"),
        ({"state": "dropped"}, "settled"),
        ({"paused_at": NOW}, "paused"),
        ({"stage": "closed"}, "closed"),
        ({"snoozed_until": NOW + HOUR}, "snoozed"),
        ({"snoozed_until": NOW}, None),
        ({"snoozed_until": NOW, "until_woken": True}, "snoozed"),
    ],
    ids=lambda value: str(value),
)
def test_a_duty_of_the_stage_says_why_it_is_silent(case: dict[str, object], why: str | None):
    assert silence("contact", **ACTIVE | case) == why


@pytest.mark.parametrize("kind", FollowUpKind)
def test_a_snooze_silences_the_kinds_that_sleep_and_no_others(kind: FollowUpKind):
    asleep = silence(kind, **ACTIVE | {"snoozed_until": NOW + HOUR})
    assert asleep == ("snoozed" if KINDS[kind].sleeps else None)


@pytest.mark.parametrize("kind", FollowUpKind)
def test_on_a_closed_case_only_what_outlives_it_goes_on(kind: FollowUpKind):
    assert silence(kind, **ACTIVE | {"stage": "closed"}) == (None if KINDS[kind].outlives_case else "closed")


def test_what_does_not_count_for_its_case_is_never_silenced_by_its_snooze():
    """Today finds it by the index of the kinds that stay awake."""
    assert set(which(lambda one: not one.owed_by_case)) <= set(which(lambda one: not one.sleeps))
