"""Which entries of a timeline are private contact with the person, and which still stand?"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

import pytest

from amends.rules.case.exchanges import (
    had_private_contact,
    is_private_contact,
    message_waits,
    standing,
    they_wrote_last,
)
from amends.rules.vocabulary import PRIVATE_CHANNELS, Channel, EntryKind


@dataclass
class Entry:
    kind: EntryKind
    channel: Channel | None = None
    particulars: Mapping[str, Any] = field(default_factory=dict)
    position: int = 0
    at: datetime = datetime(2026, 5, 4, tzinfo=UTC)
    actor: str = "system"


def moved(move: str, channel: Channel | None = None, **told: Any) -> Entry:
    return Entry(EntryKind.MOVED, channel, {"move": move, **told})


@pytest.mark.parametrize("channel", PRIVATE_CHANNELS)
@pytest.mark.parametrize("direction", ["in", "out"])
def test_what_is_said_through_a_private_channel_is_private_whoever_says_it(channel: Channel, direction: str):
    assert is_private_contact(Entry(EntryKind.TOUCHPOINT, channel, {"direction": direction}))


@pytest.mark.parametrize("move", ["contact_in_private", "ping", "ask_them", "receive_reply", "check_in"])
def test_a_move_is_private_by_its_channel_and_not_by_its_name(move: str):
    assert is_private_contact(moved(move, Channel.EMAIL))
    assert not is_private_contact(moved(move, Channel.PUBLIC_REPLY))


@pytest.mark.parametrize("kind", [EntryKind.MOVED, EntryKind.REOPENED, EntryKind.TOUCHPOINT])
def test_what_the_person_writes_by_a_private_link_is_private(kind: EntryKind):
    assert is_private_contact(Entry(kind, None, {"by_link": "hand_off"}))


def test_a_question_under_the_post_is_public():
    assert not had_private_contact([moved("ask_in_public", Channel.PUBLIC_REPLY), moved("ask_in_public")])


def test_a_private_link_that_was_only_made_has_carried_nothing_yet():
    assert not had_private_contact([Entry(EntryKind.CONTACT_ASKED, None, {"deed": "made"})])


def test_private_contact_that_was_undone_never_was():
    undone = Entry(EntryKind.UNDONE, None, {"move": "contact_in_private"})
    first = moved("contact_in_private", Channel.EMAIL)
    assert not had_private_contact([first, undone])
    assert had_private_contact([first, undone, first])


def test_undoing_takes_back_the_last_such_move_alone():
    first, last = moved("finish_step", after=1), moved("finish_step", after=2)
    assert standing([first, last, Entry(EntryKind.UNDONE, None, {"move": "finish_step"})]) == [first]


THEIRS, OURS = (
    Entry(EntryKind.TOUCHPOINT, Channel.EMAIL, {"direction": "in"}),
    Entry(EntryKind.TOUCHPOINT, Channel.EMAIL, {"direction": "out"}),
)
STEP, REPLY = moved("finish_step", next_step="Call"), moved("receive_reply", Channel.EMAIL)


@pytest.mark.parametrize(
    ("entries", "expected"),
    [
        ([], False),
        ([OURS, THEIRS], True),
        ([REPLY], True),
        ([REPLY, Entry(EntryKind.NOTED)], True),
        ([THEIRS, OURS], False),
        ([THEIRS, STEP], False),
        ([STEP, THEIRS], True),
        ([REPLY, moved("ask_them", Channel.EMAIL)], False),
        ([REPLY, STEP, Entry(EntryKind.UNDONE, None, {"move": "finish_step"})], True),
        ([moved("return_to_work", reason="x")], False),
    ],
)
def test_the_customer_has_the_last_word_until_we_speak_or_say_what_is_next(
    entries: list[Entry], expected: bool
):
    assert they_wrote_last(entries) is expected


@pytest.mark.parametrize("came_back", [True, False])
@pytest.mark.parametrize("last", [THEIRS, OURS], ids=["theirs", "ours"])
def test_a_message_waits_where_they_came_back_or_have_the_last_word(last: Entry, came_back: bool):
    assert message_waits([STEP, last], came_back=came_back) is (came_back or last is THEIRS)
