"""Does a body hold words of ours, numbers and dates alone, whatever an entry's particulars hold?"""

import json
from datetime import timedelta, timezone
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amends.rules.operation import webhook_bodies as bodies
from amends.rules.operation.webhook_bodies import FACTS
from amends.rules.vocabulary import EntryKind
from amends.rules.vocabulary.events import EventType
from tests.world import MONDAY

HOSTILE = st.text(max_size=60) | st.lists(st.text(max_size=20), max_size=3) | st.integers() | st.none()


@given(st.sampled_from(list(FACTS)), HOSTILE)
def test_nothing_but_words_numbers_and_dates_is_told(kind: EntryKind, value: object):
    for fact in bodies.facts(kind, dict.fromkeys((*FACTS[kind], "text", "words", "note"), value)).values():
        for one in fact if isinstance(fact, list) else [fact]:
            assert isinstance(one, int) or (one.isascii() and " " not in one and len(one) <= 45)


def test_what_is_not_named_is_never_told():
    told = {"move": "answer", "before": "new", "text": "secret", "reply_url": "x", "note": "word"}
    assert bodies.facts(EntryKind.MOVED, told) == {"move": "answer", "before": "new"}
    assert bodies.facts(EntryKind.NOTED, told) == {}


@pytest.mark.parametrize("date", ["2026-05-04", "2026-05-04T08:00:00+00:00", "2026-05-04T08:00:00.5Z"])
def test_dates_are_told(date: str):
    assert bodies.facts(EntryKind.PROMISED, {"due_at": date}) == {"due_at": date}


def test_a_body_says_what_when_and_about_whom_in_utc():
    told = bodies.FollowUpTold(id=UUID(int=1), kind="triage", state="due", due_at=MONDAY, owner=None)
    at = MONDAY.astimezone(timezone(timedelta(hours=2)))
    body = json.loads(bodies.encoded(EventType.FOLLOW_UP_MADE, at, bodies.EventTold(follow_up=told)))
    assert body["type"] == "follow_up.made"
    assert body["timestamp"] == "2026-05-04T08:00:00Z"
    assert list(body["data"]) == ["follow_up"]
