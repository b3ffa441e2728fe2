"""The table of follow-up kinds: every kind has its line, and the kinds that differ from a stage's duty."""

import pytest

from amends.rules.follow_up import kinds
from amends.rules.follow_up.kinds import KINDS, FinishedBy, Lasts, which
from amends.rules.vocabulary import FollowUpKind
from amends.rules.workflow.moves import MOVES, STAGE_FOLLOW_UPS

EXCEPTIONS = {
    "ends with the case, not with its stage": (
        lambda one: one.lasts is Lasts.CASE,
        "promise reminder remedy_request question public_ending",
    ),
    "goes on when its case is closed": (
        lambda one: one.outlives_case,
        "mention came_back block_review measure_review legal_hold_review correction incident_task",
    ),
    "cannot be given another date": (
        lambda one: not one.movable,
        "promise measure_review legal_hold_review correction incident_task",
    ),
    "goes on while its case is snoozed": (
        lambda one: not one.sleeps,
        "approval promise reminder mention remedy_request came_back rewrite block_review measure_review "
        "legal_hold_review "
        "question answered correction incident_task public_ending",
    ),
    "belongs to whom was asked": (
        lambda one: one.own_owner,
        "approval reminder mention remedy_request measure_review "
        "legal_hold_review rewrite question answered correction "
        "incident_task",
    ),
    "may exist several times on a case": (
        lambda one: one.several,
        "promise reminder mention remedy_request measure_review "
        "legal_hold_review question answered correction incident_task",
    ),
    "is no reason to call a case looked after": (
        lambda one: not one.owed_by_case,
        "reminder mention remedy_request came_back rewrite block_review measure_review "
        "legal_hold_review question answered "
        "correction incident_task public_ending",
    ),
    "does not date its case": (
        lambda one: not one.dates_case,
        "reminder mention remedy_request came_back rewrite block_review measure_review "
        "legal_hold_review question answered correction incident_task",
    ),
    "never gets more time": (
        lambda one: not one.gets_more_time,
        "promise second_chance reminder mention remedy_request came_back rewrite block_review measure_review "
        "legal_hold_review "
        "question answered correction incident_task public_ending",
    ),
    "is kept or broken": (lambda one: one.finished_by is FinishedBy.KEEP, "promise"),
    "is ticked": (
        lambda one: one.finished_by is FinishedBy.TICK,
        "reminder mention remedy_request came_back rewrite block_review answered",
    ),
    "is answered": (lambda one: one.finished_by is FinishedBy.ANSWER, "question"),
    "is done with its problem": (lambda one: one.finished_by is FinishedBy.PROBLEM, "correction"),
    "is done with its incident": (lambda one: one.finished_by is FinishedBy.INCIDENT, "incident_task"),
    "is done with its block or report": (lambda one: one.finished_by is FinishedBy.MEASURE, "measure_review"),
    "is done with its legal hold": (lambda one: one.finished_by is FinishedBy.HOLD, "legal_hold_review"),
    "is done by a public reply": (lambda one: one.finished_by is FinishedBy.REPLY, "public_ending"),
    "is done when its case is opened again": (lambda one: one.ended_by_reopening, "came_back block_review"),
    "waits for the person": (lambda one: one.awaits_answer, "wait_ping wait_close check_in_answer"),
    "asks for the end of the case": (lambda one: one.concludes, "wait_close check_in_answer watch_close"),
    "asks for another look at the post": (lambda one: one.rechecks_post, "confirm_fix second_chance"),
}


def test_every_kind_has_its_line_in_the_table():
    assert set(KINDS) == set(FollowUpKind), "give the new kind its line in rules/follow_up/kinds.py"


@pytest.mark.parametrize(("holds", "expected"), EXCEPTIONS.values(), ids=EXCEPTIONS)
def test_these_kinds_and_no_others(holds, expected: str):
    assert {str(kind) for kind in which(holds)} == set(expected.split())


def test_what_a_move_makes_or_a_stage_owes_is_finished_by_a_move():
    made = {kind for move in MOVES for kind in move.renews}
    made |= {kind for kinds_of_stage in STAGE_FOLLOW_UPS.values() for kind in kinds_of_stage}
    assert made == set(which(lambda one: one.finished_by is FinishedBy.MOVE))


def test_a_kind_is_found_by_the_word_that_a_row_holds():
    assert kinds.of("promise") is KINDS[FollowUpKind.PROMISE]


def test_what_a_case_owes_matters_more_than_what_one_member_asked_of_another():
    order = sorted(FollowUpKind, key=kinds.weight)
    assert order.index(FollowUpKind.SECOND_CHANCE) < order.index(FollowUpKind.CAME_BACK)
    assert order.index(FollowUpKind.CAME_BACK) < order.index(FollowUpKind.MENTION)
    assert {kind for kind in FollowUpKind if kinds.weight(kind) == 2} == {
        FollowUpKind.REMINDER,
        FollowUpKind.MENTION,
        FollowUpKind.REMEDY_REQUEST,
        FollowUpKind.MEASURE_REVIEW,
        FollowUpKind.LEGAL_HOLD_REVIEW,
        FollowUpKind.REWRITE,
        FollowUpKind.QUESTION,
        FollowUpKind.ANSWERED,
        FollowUpKind.CORRECTION,
        FollowUpKind.INCIDENT_TASK,
    }
