"""Who may take a wrong capture back, and until when?"""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

import pytest

from amends.rules.vocabulary import EntryKind
from amends.rules.workflow.removals import taken_back_until
from tests.world import MONDAY

ME, OTHER = UUID(int=1), UUID(int=2)


@dataclass(frozen=True)
class Entry:
    actor: str
    kind: EntryKind = EntryKind.CAPTURED
    at: datetime = MONDAY
    particulars: dict[str, str] = field(default_factory=dict)


MINE = Entry(str(ME))


def test_ten_minutes_from_when_the_server_heard_of_it():
    assert taken_back_until([MINE], ME) == MONDAY + timedelta(minutes=10)


@pytest.mark.parametrize("actor", [str(ME), "system"])
def test_what_the_same_member_or_the_program_did_since_does_not_forbid_it(actor: str):
    assert taken_back_until([MINE, Entry(actor, EntryKind.MOVED, MONDAY + timedelta(minutes=3))], ME)


@pytest.mark.parametrize("actor", [str(OTHER), "author"])
def test_what_anybody_else_wrote_is_not_taken_away_from_them(actor: str):
    assert taken_back_until([MINE, Entry(actor, EntryKind.NOTED)], ME) is None


def test_nobody_takes_back_what_another_captured_or_what_did_not_begin_with_a_capture():
    assert taken_back_until([Entry(str(OTHER))], ME) is None
    assert taken_back_until([Entry(str(ME), EntryKind.MOVED)], ME) is None
    assert taken_back_until([], ME) is None


@pytest.mark.parametrize(
    ("kind", "particulars"),
    [
        (EntryKind.MOVED, {"move": "post_acknowledgement"}),
        (EntryKind.MOVED, {"move": "answered_already"}),
        (EntryKind.MOVED, {"move": "contact_in_private"}),
        (EntryKind.TOUCHPOINT, {"direction": "out"}),
    ],
    ids=["posted", "posted before", "written to", "noted"],
)
def test_once_the_person_was_answered_nobody_takes_the_case_back(
    kind: EntryKind, particulars: dict[str, str]
):
    assert taken_back_until([MINE, Entry(str(ME), kind, MONDAY, particulars)], ME) is None


def test_an_answer_that_was_undone_was_none():
    posted = Entry(str(ME), EntryKind.MOVED, MONDAY, {"move": "post_acknowledgement"})
    undone = Entry(str(ME), EntryKind.UNDONE, MONDAY, {"move": "post_acknowledgement"})
    assert taken_back_until([MINE, posted, undone], ME)
