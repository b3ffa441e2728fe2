"""Who lifts the hold of a threat, who takes the flag back, and how does the case go on?"""

from uuid import uuid4

import pytest

from amends.rules.vocabulary import OPEN_STAGES, Role, Stage
from amends.rules.workflow.moves import BY_NAME
from amends.rules.workflow.threats import BACK, back_from, may_lift, may_withdraw

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


def test_every_open_stage_has_a_way_back_that_the_table_of_moves_knows():
    for stage in OPEN_STAGES:
        assert Stage.ESCALATED in BY_NAME[back_from(stage)].sources
    assert set(BACK) <= set(BY_NAME)
    assert back_from(Stage.NEW) == "return_to_answer"
    assert back_from(Stage.WATCHED) == "return_to_watch"
    assert back_from(Stage.SECOND_CHANCE) == "return_to_work", "what was promised is not watched away"
    assert back_from(Stage.ESCALATED) == "return_to_work"
