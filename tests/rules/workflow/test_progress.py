"""Does the progress of a case say only what has happened?"""

import pytest

from amends.rules.vocabulary import Outcome, Stage
from amends.rules.workflow.progress import progress


def told(stage: Stage, outcome: Outcome | None = None, *, replies: int = 1, private: bool = True) -> str:
    """The milestones by the first letters of how they stand."""
    found = progress(stage, outcome, public_replies=replies, private_contact=private)
    return " ".join(passed.value for _milestone, passed in found)


@pytest.mark.parametrize(
    ("stage", "expected"),
    [
        (Stage.NEW, "done ahead ahead ahead ahead"),
        (Stage.ACKNOWLEDGE, "done now ahead ahead ahead"),
        (Stage.CONTACT, "done done now ahead ahead"),
        (Stage.WAITING, "done done done now ahead"),
        (Stage.RESOLVED, "done done done now ahead"),
        (Stage.CHECKED_IN, "done done done done now"),
    ],
)
def test_a_case_on_its_usual_way_stands_before_its_next_milestone(stage: Stage, expected: str):
    assert told(stage) == expected


def test_what_did_not_happen_is_left_out_and_never_done():
    assert told(Stage.WORKING, replies=0, private=False) == "done left_out left_out now ahead"


@pytest.mark.parametrize("stage", [Stage.ESCALATED, Stage.WATCHED])
def test_a_case_off_the_usual_way_has_no_progress(stage: Stage):
    assert told(stage) == ""


def test_only_who_was_won_back_came_to_the_end_of_it():
    assert told(Stage.CLOSED, Outcome.WON_BACK) == "done done done done done"
    assert told(Stage.CLOSED, Outcome.LET_GO) == ""
