"""What comes first on Today?"""

from datetime import UTC, datetime, timedelta

import pytest

from amends.rules.desk.danger import Danger, comes_first, danger
from amends.rules.vocabulary import Severity, Stage

CALM = {"stage": Stage.WORKING, "severity": Severity.S2, "not_fixed": False, "came_back": False}


@pytest.mark.parametrize(
    ("facts", "found"),
    [
        ({}, Danger.NONE),
        ({"severity": None}, Danger.NONE),
        ({"came_back": True}, Danger.CAME_BACK),
        ({"came_back": True, "not_fixed": True}, Danger.NOT_FIXED),
        ({"not_fixed": True, "severity": Severity.S1}, Danger.URGENT),
        ({"stage": Stage.CLOSED, "severity": Severity.S1, "came_back": True}, Danger.NONE),
        ({"severity": Severity.S1, "stage": Stage.ESCALATED}, Danger.ESCALATED),
    ],
)
def test_the_gravest_sign_of_danger_counts(facts, found):
    assert danger(**CALM | facts) is found


def test_the_order_is_escalated_then_s1_then_not_fixed_then_come_back_then_the_rest():
    assert sorted(Danger) == [
        Danger.ESCALATED,
        Danger.URGENT,
        Danger.NOT_FIXED,
        Danger.CAME_BACK,
        Danger.NONE,
    ]


MIDNIGHT = datetime(2026, 5, 4, 22, tzinfo=UTC)
SOON, LATER = MIDNIGHT - timedelta(seconds=1), MIDNIGHT


@pytest.mark.parametrize(
    ("found", "facts", "first"),
    [
        (Danger.ESCALATED, {"due_at": SOON}, True),
        (Danger.ESCALATED, {"due_at": LATER}, False),
        (Danger.URGENT, {"due_at": SOON}, True),
        (Danger.URGENT, {"due_at": None}, False),
        (Danger.URGENT, {"due_at": LATER, "came_back": True}, True),
        (Danger.NOT_FIXED, {"due_at": LATER, "not_fixed": True}, True),
        (Danger.CAME_BACK, {"due_at": None, "came_back": True}, True),
        (Danger.NONE, {"due_at": SOON}, False),
        (Danger.NONE, {"due_at": SOON, "came_back": True}, False),
    ],
)
def test_danger_that_is_due_today_comes_first_and_what_the_customer_said_whatever_its_date(
    found, facts, first
):
    given = {"not_fixed": False, "came_back": False, "midnight": MIDNIGHT} | facts
    assert comes_first(found, **given) is first
