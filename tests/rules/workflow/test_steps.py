"""Does a step say which move does it, and what programs call it?"""

import pytest

from amends.rules.workflow.moves import BY_NAME
from amends.rules.workflow.steps import Action, Reason, Step


@pytest.mark.parametrize("do", [*Action, *BY_NAME])
def test_a_step_is_named_unless_there_is_nothing_to_do_and_has_a_move_where_one_does_it(do: str):
    step = Step(do, Reason.OF_STAGE)
    assert step.move == (do if do in BY_NAME else None)
    assert step.named == (None if do == Action.NOTHING else str(do))
