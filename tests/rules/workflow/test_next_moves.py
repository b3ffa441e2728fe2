"""The likely next move of a case is a move that exists from its stage, or the promise that is due."""

import pytest

from amends.rules.vocabulary import FollowUpKind, Stage
from amends.rules.workflow.moves import BY_NAME
from amends.rules.workflow.next_moves import WHEN_DUE, likely
from tests.world import HOUR, MONDAY


@pytest.mark.parametrize("stage", Stage)
def test_every_stage_has_a_likely_move_of_its_own(stage: Stage):
    assert stage in BY_NAME[likely(stage, None, None, MONDAY)].sources


@pytest.mark.parametrize("kind", WHEN_DUE)
def test_a_follow_up_asks_for_its_own_move_once_its_date_has_come(kind: FollowUpKind):
    stage = BY_NAME[WHEN_DUE[kind]].sources[0]
    assert likely(stage, kind, MONDAY, MONDAY) == WHEN_DUE[kind]
    assert likely(stage, kind, MONDAY + HOUR, MONDAY) == likely(stage, None, None, MONDAY)


def test_a_promise_comes_before_any_move():
    assert likely(Stage.WORKING, FollowUpKind.PROMISE, MONDAY, MONDAY) == "promise"
