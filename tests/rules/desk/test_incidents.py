"""Which checklist, deadline and next state does an incident have, and who may act in it?"""

from datetime import UTC, date
from zoneinfo import ZoneInfo

import pytest

from amends.rules.desk.incidents import (
    CHECKLISTS,
    CLOCKS,
    PROMINENT,
    REVIEW_GOES_TO,
    STEPS,
    TO_THE_AUTHORITY,
    due,
    is_late,
    is_told,
    may_act_as,
    needs_an_action,
)
from amends.rules.vocabulary import IncidentEntry, IncidentKind, ReviewState, Role, TaskState
from tests.clock_changes import CHANGES, moments
from tests.world import DAY, HOUR, MONDAY


def test_each_kind_has_a_checklist_that_begins_with_who_speaks_and_the_hold():
    assert set(CHECKLISTS) == set(IncidentKind)
    for steps in CHECKLISTS.values():
        names = [step.name for step in steps]
        assert names[:2] == ["spokesperson", "hold"]
        assert len(names) == len(set(names))
        assert all(len(name) <= 24 for name in names)


def test_one_name_has_one_meaning_in_every_checklist():
    for steps in CHECKLISTS.values():
        assert all(STEPS[step.name] == step.words for step in steps)


def test_the_authority_hears_of_a_leak_within_72_hours():
    [clock] = [step for step in CHECKLISTS[IncidentKind.DATA_LEAK] if step.is_clock]
    assert {clock.name} == CLOCKS
    assert due(clock, began_at=MONDAY) == MONDAY + TO_THE_AUTHORITY == MONDAY + 72 * HOUR


@pytest.mark.parametrize(("zone", "day", "hours"), CHANGES)
def test_72_hours_are_72_hours_over_a_change_of_the_clock(zone: str, day: date, hours: int):
    [clock] = [step for step in CHECKLISTS[IncidentKind.DATA_LEAK] if step.is_clock]
    for began_at in moments(zone, day - DAY, 24):
        for written in (began_at, began_at.astimezone(ZoneInfo(zone))):
            at = due(clock, began_at=written)
            assert at is not None
            assert at.astimezone(UTC) - began_at == 72 * HOUR
            wall = began_at.astimezone(ZoneInfo(zone)).replace(tzinfo=None) + 72 * HOUR
            shown = at.astimezone(ZoneInfo(zone)).replace(tzinfo=None)
            assert shown - wall == (24 - hours) * HOUR, "an hour that is skipped is no hour"


def test_a_step_without_a_term_has_no_date():
    hold = next(step for step in CHECKLISTS[IncidentKind.OTHER] if step.name == "hold")
    assert due(hold, began_at=MONDAY) is None


@pytest.mark.parametrize(
    ("role", "has_role", "may"),
    [
        (Role.AGENT, False, False),
        (Role.AGENT, True, True),
        (Role.LEAD, False, True),
        (Role.ADMIN, False, True),
    ],
)
def test_a_lead_and_who_has_the_role_may_act(role: Role, has_role: bool, may: bool):
    assert may_act_as(role, has_role=has_role) is may


def test_a_review_begins_with_changes_of_state_and_what_was_pinned():
    assert is_told(IncidentEntry.OPENED, None)
    assert not is_told(IncidentEntry.OPENED, False)
    assert not is_told(IncidentEntry.NOTED, None)
    assert is_told(IncidentEntry.NOTED, True)
    assert len(PROMINENT) < len(IncidentEntry) / 3


def test_a_review_is_agreed_to_with_an_action_alone_and_can_be_written_again():
    assert needs_an_action(ReviewState.REVIEWED, actions=0)
    assert not needs_an_action(ReviewState.REVIEWED, actions=1)
    assert not needs_an_action(ReviewState.IN_REVIEW, actions=0)
    for state, following in REVIEW_GOES_TO.items():
        assert state is ReviewState.DRAFT or ReviewState.DRAFT in following


def test_what_is_settled_or_has_no_date_is_never_late():
    assert is_late(TaskState.OPEN, MONDAY, MONDAY)
    assert not is_late(TaskState.OPEN, None, MONDAY)
    assert not is_late(TaskState.DONE, MONDAY, MONDAY + HOUR)
    assert not is_late(TaskState.OPEN, MONDAY + HOUR, MONDAY)
