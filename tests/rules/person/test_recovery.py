"""The recovery track: what counts as a good contact, from when, and what is proposed next."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import pytest

from amends.rules.person.recovery import IDEAS, LAST_IDEA, MOVES, OPEN_FIRST, Touch, touch_of, track
from amends.rules.vocabulary import EntryKind
from amends.rules.workflow.moves import BY_NAME
from tests.world import HOUR, MONDAY


@dataclass(frozen=True)
class Told:
    kind: EntryKind
    particulars: Mapping[str, Any]
    at: datetime = MONDAY
    case: int = 1


def moved(name: str, hours: int = 0) -> Told:
    return Told(EntryKind.MOVED, {"move": name}, MONDAY + hours * HOUR)


@pytest.mark.parametrize(
    ("kind", "told", "expected"),
    [
        (EntryKind.PROMISE_SETTLED, {"result": "kept"}, Touch.PROMISE_KEPT),
        (EntryKind.PROMISE_SETTLED, {"result": "late"}, None),
        (EntryKind.PROMISE_SETTLED, {"result": "broken"}, None),
        (EntryKind.TOUCHPOINT, {"direction": "in", "answer": "well"}, Touch.SAID_WELL),
        (EntryKind.TOUCHPOINT, {"direction": "in", "answer": "badly"}, None),
        (EntryKind.TOUCHPOINT, {"direction": "in", "text": "Thanks!"}, None),
        (EntryKind.RECHECKED, {"ratings": [1, 4]}, Touch.RATED_HIGHER),
        (EntryKind.RECHECKED, {"ratings": [4, 1]}, None),
        (EntryKind.RECHECKED, {"ratings": ["1", None]}, None),
        (EntryKind.RECHECKED, {"ratings": 5}, None),
        (EntryKind.MOVED, {"move": "check_in"}, Touch.ASKED_AGAIN),
        (EntryKind.MOVED, {"move": "lose"}, None),
        (EntryKind.NOTED, {"move": "win_back"}, None),
    ],
)
def test_what_counts_and_what_does_not(kind: EntryKind, told: dict[str, Any], expected: Touch | None):
    assert touch_of(kind, told) is expected


def test_the_moves_that_count_exist():
    assert set(MOVES) <= set(BY_NAME)


def test_before_anything_was_resolved_there_is_no_track():
    assert track([moved("answer")], is_open=False) is None


def test_it_counts_from_the_last_resolution_on_and_proposes_what_is_missing():
    told = [moved("deliver_remedy", 1), moved("confirm_fix", 2), moved("deliver_remedy", 5)]
    found = track([*told, moved("check_in", 9)], is_open=False)
    assert found is not None
    assert [one.touch for one in found.counted] == [Touch.ASKED_AGAIN]
    assert (found.since, found.is_paused, found.idea) == (MONDAY + 5 * HOUR, False, IDEAS[0][1])


def test_a_complaint_that_is_open_comes_first():
    found = track([moved("deliver_remedy", 1)], is_open=True)
    assert found is not None
    assert (found.is_paused, found.idea) == (True, OPEN_FIRST)


def test_once_all_was_done_thanks_are_left():
    promise = Told(EntryKind.PROMISE_SETTLED, {"result": "kept"}, MONDAY + 4 * HOUR)
    told = [moved("solve_in_public"), moved("confirm_fix", 2), moved("check_in", 3), promise]
    found = track(told, is_open=False)
    assert found is not None
    assert found.idea == LAST_IDEA
