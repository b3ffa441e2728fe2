"""Is the stance that is recommended the one that the practices name?"""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amends.rules.vocabulary import CustomerStatus, Nature, Severity, Stance
from amends.rules.workflow.stances import MOVES, Assessment, is_seen, recommend

KNOWN = st.builds(
    Assessment,
    nature=st.sampled_from(list(Nature)),
    severity=st.sampled_from([None, *Severity]),
    fault=st.sampled_from([None, "ours", "shared", "theirs", "nobodys", "unclear"]),
    customer=st.sampled_from(list(CustomerStatus)),
    is_seen=st.booleans(),
)


@pytest.mark.parametrize(
    ("known", "stance"),
    [
        (Assessment(Nature.THREAT), Stance.ESCALATE),
        (Assessment(Nature.SPAM, Severity.S1), Stance.LET_GO),
        (Assessment(Nature.HARASSMENT), Stance.WATCH_IN_SILENCE),
        (Assessment(Nature.HARASSMENT, customer=CustomerStatus.CLAIMED), Stance.ANSWER),
        (Assessment(Nature.HARASSMENT, Severity.S1, customer=CustomerStatus.VERIFIED), Stance.ESCALATE),
        (Assessment(Nature.COMPLAINT, Severity.S1, fault="ours"), Stance.ESCALATE),
        (Assessment(Nature.FALSE_CLAIM, Severity.S2), Stance.CLARIFY),
        (Assessment(Nature.MISUNDERSTANDING), Stance.CLARIFY),
        (Assessment(Nature.COMPLAINT, Severity.S3, fault="ours"), Stance.FIX),
        (Assessment(Nature.COMPLAINT, fault="shared"), Stance.FIX),
        (Assessment(Nature.COMPLAINT, fault="theirs"), Stance.CLARIFY),
        (Assessment(Nature.COMPLAINT), Stance.ANSWER),
        (Assessment(Nature.CRITICISM, Severity.S4), Stance.WATCH_IN_SILENCE),
        (Assessment(Nature.CRITICISM, Severity.S4, is_seen=True), Stance.ANSWER),
        (Assessment(Nature.CRITICISM, Severity.S4, customer=CustomerStatus.VERIFIED), Stance.ANSWER),
        (Assessment(Nature.CRITICISM, Severity.S3), Stance.ANSWER),
    ],
)
def test_the_stance_follows_from_nature_severity_fault_and_customer(known: Assessment, stance: Stance):
    recommended = recommend(known)
    assert recommended is not None
    assert recommended.stance is stance


def test_nothing_is_recommended_before_somebody_says_what_it_is():
    assert recommend(Assessment(severity=Severity.S2, fault="ours")) is None


@given(known=KNOWN)
def test_everything_that_can_be_known_leads_to_a_stance_with_a_reason_a_practice_and_a_move(
    known: Assessment,
):
    recommended = recommend(known)
    assert recommended is not None
    assert recommended.reason.endswith(".")
    assert recommended.practices
    assert recommended.stance in MOVES


@given(known=KNOWN)
def test_what_is_grave_is_never_answered_by_one_alone(known: Assessment):
    recommended = recommend(known)
    assert recommended is not None
    if known.severity is Severity.S1 and known.nature is not Nature.SPAM:
        assert recommended.stance is Stance.ESCALATE


@pytest.mark.parametrize(
    ("metrics", "expected"),
    [
        ({}, False),
        ({"likes": 99, "views": 9_999}, False),
        ({"likes": 100}, True),
        ({"views": 10_000}, True),
        ({"likes": "many", "shares": None}, False),
    ],
)
def test_a_post_is_seen_by_many_from_some_number_on(metrics: dict, expected: bool):
    assert is_seen(metrics) is expected
