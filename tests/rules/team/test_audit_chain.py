"""Does the chain of the audit log show what was altered, taken out, or cut off its beginning?"""

from dataclasses import replace
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from amends.rules.team.audit_chain import (
    GENESIS,
    Break,
    Chained,
    Event,
    breaks_of,
    canonical,
    chained,
    is_beginning,
)
from tests.world import HOUR, MONDAY


def log(count: int) -> list[Chained]:
    events = [
        Event(UUID(int=n), MONDAY + n * HOUR, "signed_in", "system", "", "", canonical({"how": str(n)}), None)
        for n in range(count)
    ]
    return list(chained(events, 0, GENESIS))


def test_what_nobody_altered_fits():
    assert list(breaks_of(log(5), 0, GENESIS)) == []


def test_a_log_may_be_looked_at_in_parts():
    whole = log(5)
    assert list(breaks_of(whole[2:], 2, whole[1].hash)) == []


@given(st.integers(0, 4), st.sampled_from(["kind", "actor", "about", "network", "body"]))
def test_an_altered_event_is_found(place: int, name: str):
    events = log(5)
    events[place] = replace(events[place], event=replace(events[place].event, **{name: "another"}))
    assert (place + 1, Break.HASH) in list(breaks_of(events, 0, GENESIS))


@given(st.integers(0, 3))
def test_an_event_that_was_taken_out_is_found(place: int):
    events = log(5)
    del events[place]
    found = {fault for _position, fault in breaks_of(events, 0, GENESIS)}
    assert found >= {Break.PLACE, Break.PREVIOUS}


def test_a_log_begins_with_its_first_event_or_where_a_pruning_says():
    events = log(5)
    pruned = [(3, events[2].hash)]
    assert is_beginning(events[0], [])
    assert is_beginning(events[3], pruned)
    assert not is_beginning(events[3], [])
    assert not is_beginning(events[4], pruned)
    assert not is_beginning(events[3], [(3, GENESIS)])
