"""Who lifts the hold of a threat, who takes the flag back, and how does the case go on?"""

from uuid import uuid4

import pytest

from amends.rules.vocabulary import FollowUpKind, Role, Stage
from amends.rules.workflow.moves import BY_NAME, STAGE_FOLLOW_UPS
from amends.rules.workflow.threats import (
    AS_BEFORE,
    BACK,
    comes_back,
    may_lift,
    may_withdraw,
    stayed,
    ways_back,
)
from tests.world import DAY, MONDAY

ANN, BEN = uuid4(), uuid4()


def test_only_leads_and_admins_lift_the_hold():
    assert [role for role in Role if may_lift(role)] == [Role.LEAD, Role.ADMIN]


@pytest.mark.parametrize(
    ("role", "member", "lifted", "allowed"),
    [
        (Role.AGENT, ANN, False, True),
        (Role.AGENT, ANN, True, False),
        (Role.AGENT, BEN, False, False),
        (Role.LEAD, BEN, True, True),
    ],
)
def test_a_lead_withdraws_and_who_flagged_it_until_a_lead_decided(role, member, lifted, allowed):
    assert may_withdraw(role, member=member, flagged_by=ANN, lifted=lifted) is allowed


def test_nobody_is_taken_for_a_flagger_who_left():
    assert not may_withdraw(Role.AGENT, member=ANN, flagged_by=None, lifted=False)


def test_every_way_back_but_the_first_is_a_move_of_an_escalated_case():
    assert ways_back(has_stayed=True) == (AS_BEFORE, *BACK)
    assert ways_back(has_stayed=False) == BACK
    assert all(Stage.ESCALATED in BY_NAME[name].sources for name in BACK)


def test_a_case_can_be_put_back_until_it_has_moved():
    assert stayed(Stage.SECOND_CHANCE, moved_at=MONDAY, flagged_at=MONDAY)
    assert not stayed(Stage.SECOND_CHANCE, moved_at=MONDAY + DAY, flagged_at=MONDAY)
    assert stayed(Stage.ESCALATED, moved_at=MONDAY, flagged_at=MONDAY + DAY), "its move came before the flag"


def test_duties_of_a_stage_come_back_and_the_reading_of_a_draft_does_not():
    assert all(comes_back(kind) for duties in STAGE_FOLLOW_UPS.values() for kind in duties)
    assert not comes_back(FollowUpKind.APPROVAL)
