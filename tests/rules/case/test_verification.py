"""Is every alteration of a timeline found, and is what was erased on purpose none?"""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amends.rules.case import timeline
from amends.rules.case.timeline import GENESIS, Line
from amends.rules.case.verification import Fault, Head, Recorded, Told, faults_of, is_held

NOW = datetime(2026, 5, 4, 12, tzinfo=UTC)
CASE = UUID("3f0f7b1c-0000-4000-8000-000000000000")
ERASED = Told(None, None, erased=True)


def written(length: int = 4) -> list[Recorded]:
    """A timeline as the service writes it."""
    entries, previous = [], GENESIS
    for position in range(1, length + 1):
        salt, body = f"{position:064x}", timeline.canonical({"text": f"Entry {position}"})
        line = Line(
            case=CASE,
            position=position,
            kind="note",
            at=NOW + timedelta(hours=position),
            actor="system",
            channel=None,
            commitment=timeline.commitment(salt, body),
            previous=previous,
        )
        previous = timeline.chained(line)
        entries.append(Recorded(line, previous, Told(salt, body, erased=False)))
    return entries


def test_a_timeline_as_it_was_written_has_no_fault():
    assert list(faults_of(written())) == []


def test_what_was_erased_on_purpose_is_no_fault():
    entries = written()
    entries[1] = replace(entries[1], told=ERASED)
    assert list(faults_of(entries)) == []


def changed_line(**given: object) -> Callable[[Recorded], Recorded]:
    return lambda entry: replace(entry, line=replace(entry.line, **given))  # type: ignore[arg-type]


def told(*given: object) -> Callable[[Recorded], Recorded]:
    return lambda entry: replace(entry, told=Told(*given))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("alter", "fault"),
    [
        (changed_line(kind="moved"), Fault.HASH),
        (changed_line(at=NOW), Fault.HASH),
        (changed_line(actor="author"), Fault.HASH),
        (changed_line(channel="email"), Fault.HASH),
        (changed_line(case=UUID(int=1)), Fault.HASH),
        (changed_line(previous="f" * 64), Fault.PREVIOUS),
        (changed_line(position=9), Fault.PLACE),
        (lambda entry: replace(entry, hash="f" * 64), Fault.HASH),
        (lambda entry: replace(entry, told=None), Fault.GONE),
        (told(None, None, False), Fault.GONE),
        (told("0" * 64, timeline.canonical({"text": "Entry 2"}), False), Fault.TOLD),
        (told(f"{2:064x}", timeline.canonical({"text": "Another"}), False), Fault.TOLD),
        (told("no number", timeline.canonical({"text": "Entry 2"}), False), Fault.TOLD),
        (told(None, timeline.canonical({"text": "Entry 2"}), True), Fault.TOLD),
    ],
)
def test_an_altered_entry_is_found_at_its_place(alter: Callable[[Recorded], Recorded], fault: Fault):
    entries = written()
    entries[1] = alter(entries[1])
    assert (entries[1].line.position, fault) in list(faults_of(entries))


def test_an_altered_entry_with_a_fitting_hash_is_found_by_the_one_after_it():
    entries = written()
    line = replace(entries[1].line, kind="moved")
    entries[1] = Recorded(line, timeline.chained(line), entries[1].told)
    assert list(faults_of(entries)) == [(3, Fault.PREVIOUS)]


@given(st.permutations(range(5)))
def test_another_order_is_found(order: list[int]):
    entries = written(5)
    found = list(faults_of([entries[place] for place in order]))
    assert bool(found) == (order != sorted(order))


@given(st.integers(0, 4))
def test_an_entry_that_is_taken_out_is_found_by_the_next_and_the_last_one_by_its_anchor(place: int):
    entries = written(5)
    anchor = Head(1, 5, entries[-1].hash)
    assert is_held(anchor, entries)
    del entries[place]
    assert list(faults_of(entries)) or not is_held(anchor, entries)


def test_a_timeline_without_an_entry_is_a_fault():
    assert list(faults_of([])) == [(0, Fault.EMPTY)]
