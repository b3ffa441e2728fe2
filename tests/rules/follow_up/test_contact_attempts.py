"""Which tries to reach the person are counted, and which did they answer?"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from amends.rules.follow_up.contact_attempts import ANSWERS, TRIES, attempts
from amends.rules.vocabulary import Channel, EntryKind


@dataclass
class Entry:
    kind: EntryKind
    particulars: Mapping[str, Any] = field(default_factory=dict)
    channel: Channel | None = None
    position: int = 0


def moved(move: str, channel: Channel = Channel.EMAIL) -> Entry:
    return Entry(EntryKind.MOVED, {"move": move}, channel)


def said(direction: str, channel: Channel = Channel.PHONE) -> Entry:
    return Entry(EntryKind.TOUCHPOINT, {"direction": direction}, channel)


def story(*entries: Entry) -> list[tuple[str, bool | None]]:
    for position, entry in enumerate(entries, 1):
        entry.position = position
    return [(one.move, one.answered) for one in attempts(entries)]


def test_what_they_say_answers_the_last_try_alone():
    told = story(moved("contact_in_private"), moved("ping"), moved("receive_reply"), moved("ask_them"))
    assert told == [("contact_in_private", False), ("ping", True), ("ask_them", None)]


def test_the_last_try_may_still_be_answered():
    assert story(moved("contact_in_private")) == [("contact_in_private", None)]


def test_a_private_link_that_was_posted_and_a_call_are_tries_a_public_reply_is_none():
    posted = Entry(EntryKind.CONTACT_ASKED, {"deed": "posted"})
    told = story(posted, said("out"), said("out", Channel.PUBLIC_REPLY), moved("post_acknowledgement"))
    assert told == [("", False), ("", None)]


def test_what_is_no_asking_is_no_try():
    made = Entry(EntryKind.CONTACT_ASKED, {"deed": "made"})
    refused = Entry(EntryKind.CONTACT_ASKED, {"deed": "refused"})
    help_asked = Entry(EntryKind.CONTACT_ASKED, {"deed": "contributor"})
    assert story(made, refused, help_asked, Entry(EntryKind.NOTED, {"text": "hm"})) == []


def test_a_posted_link_is_taken_back_with_its_reply():
    link = Entry(EntryKind.CONTACT_ASKED, {"deed": "posted", "move": "post_acknowledgement"})
    undone = Entry(EntryKind.UNDONE, {"move": "post_acknowledgement"})
    assert story(link) == [("post_acknowledgement", None)]
    assert story(link, undone) == []


def test_what_came_by_the_link_is_an_answer():
    by_link = Entry(EntryKind.TOUCHPOINT, {"by_link": True})
    assert story(Entry(EntryKind.CONTACT_ASKED, {"deed": "posted"}), by_link) == [("", True)]


def test_a_try_that_was_taken_back_never_was():
    told = story(moved("contact_in_private"), Entry(EntryKind.UNDONE, {"move": "contact_in_private"}))
    assert told == []


def test_an_answer_that_was_taken_back_leaves_the_try_open():
    undone = Entry(EntryKind.UNDONE, {"move": "receive_reply"})
    assert story(moved("contact_in_private"), moved("receive_reply"), undone) == [
        ("contact_in_private", None)
    ]


@given(st.lists(st.sampled_from(sorted(TRIES | ANSWERS))))
def test_every_try_is_told_once_and_only_the_last_is_open(moves: list[str]):
    told = story(*(moved(move) for move in moves))
    assert [move for move, _answered in told] == [move for move in moves if move in TRIES]
    assert all(answered is not None for _move, answered in told[:-1])
