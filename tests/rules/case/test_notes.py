"""What a note says now and said before, who may edit it, and which one is pinned."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import msgspec

from amends.rules.case.notes import is_editable, pinned, told_before, versions
from amends.rules.vocabulary import EntryKind

THEN = datetime(2026, 5, 4, 8, tzinfo=UTC)
ADA, BOB = UUID(int=1), UUID(int=2)


class Entry(msgspec.Struct, frozen=True, kw_only=True):
    position: int
    kind: EntryKind
    at: datetime
    actor: str
    particulars: dict[str, Any]


def history(*told: tuple[str, dict[str, Any]]) -> list[Entry]:
    """Entries of Ada's, one a minute."""
    return [
        Entry(
            position=number,
            kind=EntryKind(kind),
            at=THEN + timedelta(minutes=number),
            actor=str(ADA),
            particulars=particulars,
        )
        for number, (kind, particulars) in enumerate(told, start=1)
    ]


def test_only_its_author_edits_a_note_and_only_a_note():
    note, moved = history(("noted", {"text": "One"}), ("moved", {"text": "Two"}))
    assert is_editable(note, ADA)
    assert not is_editable(note, BOB)
    assert not is_editable(moved, ADA)


def test_an_edited_note_has_all_its_versions_in_order_and_any_other_none():
    entries = history(
        ("noted", {"text": "One"}),
        ("noted", {"text": "Other"}),
        ("note_edited", {"of": 1, "text": "Two"}),
        ("note_edited", {"of": 1, "text": "Three"}),
        ("note_edited", {"of": 99, "text": "Of nothing"}),
    )
    assert {number: [one.text for one in said] for number, said in versions(entries).items()} == {
        1: ["One", "Two", "Three"]
    }
    assert versions(entries)[1][2].at == THEN + timedelta(minutes=4)


def test_erased_words_are_an_empty_version():
    assert [one.text for one in versions(history(("noted", {}), ("note_edited", {"of": 1})))[1]] == ["", ""]


def test_who_was_told_of_a_note_or_an_edit_was_told():
    entries = history(
        ("noted", {"told": ["Bob"]}),
        ("noted", {"told": ["Kim"]}),
        ("note_edited", {"of": 1, "told": ["Lou"]}),
    )
    assert told_before(entries, 1) == {"Bob", "Lou"}


def test_the_note_that_was_pinned_last_is_pinned_until_it_is_not():
    pin_1, pin_2, unpin = ("note_pinned", {"of": 1}), ("note_pinned", {"of": 2}), ("note_unpinned", {"of": 2})
    assert pinned(history()) is None
    assert pinned(history(pin_1)) == 1
    assert pinned(history(pin_1, pin_2)) == 2
    assert pinned(history(pin_1, pin_2, unpin)) is None
    assert pinned(history(("note_pinned", {}))) is None
