"""What comes first on Today?"""

import pytest

from amends.rules.desk.danger import Danger, danger
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
