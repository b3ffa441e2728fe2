"""A note is edited by its author without touching the chain, and one is pinned to its case."""

import pytest

from amends.database import run
from amends.rules.case import notes as rules
from amends.rules.case import timeline as chain
from amends.services.case import timeline
from amends.services.case.timeline import EntryShown
from amends.services.desk import cases
from amends.services.team.members import Act, Member
from amends.services.workflow import case_commands, notes
from amends.services.workflow.case_commands import NothingSaid
from amends.services.workflow.notes import NoteNotYours, NoteUnknown
from tests.world import HOUR, MONDAY, case_row, entries, make_case, owed

NOTE = 2
"""The position of the first note of a case that was just captured."""
CHAIN = """
SELECT e.previous, e.hash, e.commitment, p.salt, p.body
FROM entry AS e JOIN particulars AS p ON p.entry = e.id ORDER BY e.position
"""


@pytest.fixture
async def number(bob: Member) -> int:
    """A case with a note of Bob's."""
    number = await make_case(bob)
    await case_commands.note(Act(bob, MONDAY), number, text="They rang")
    return number


async def history(number: int) -> list[EntryShown]:
    return await timeline.of_case((await case_row(number))["id"])


async def test_an_edit_is_an_entry_of_its_own_and_the_note_stays_as_it_was(bob: Member, number: int):
    before = await run("SELECT hash FROM entry WHERE position = :position", position=NOTE)
    await notes.edit(Act(bob, MONDAY + HOUR), number, NOTE, text=" They rang twice\x00 ")
    told = await history(number)
    assert await entries(number) == ["captured", "noted", "note_edited"]
    assert told[1].particulars["text"] == "They rang"
    assert told[2].particulars == {"of": NOTE, "text": "They rang twice\ufffd"}
    assert [one.text for one in rules.versions(told)[NOTE]] == ["They rang", "They rang twice\ufffd"]
    after = await run("SELECT hash FROM entry WHERE position = :position", position=NOTE)
    assert before == after


async def test_the_chain_still_verifies_after_an_edit(bob: Member, number: int):
    await notes.edit(Act(bob, MONDAY), number, NOTE, text="They rang twice")
    previous = chain.GENESIS
    for row in await run(CHAIN):
        assert row["previous"] == previous
        assert row["commitment"] == chain.commitment(row["salt"], row["body"])
        previous = row["hash"]


async def test_the_same_words_change_nothing_and_none_are_refused(bob: Member, number: int):
    await notes.edit(Act(bob, MONDAY), number, NOTE, text="They rang ")
    await notes.edit(Act(bob, MONDAY), number, NOTE, text="They wrote")
    await notes.edit(Act(bob, MONDAY), number, NOTE, text="They wrote")
    with pytest.raises(NothingSaid):
        await notes.edit(Act(bob, MONDAY), number, NOTE, text=" \n")
    assert (await entries(number)).count("note_edited") == 1


async def test_what_is_so_already_raises_no_version_of_the_case(bob: Member, number: int):
    act = Act(bob, MONDAY)
    await notes.pin(act, number, NOTE)
    before = ((await case_row(number))["version"], await entries(number))
    await notes.pin(act, number, NOTE)
    assert not await notes.edit(act, number, NOTE, text="They rang")
    assert ((await case_row(number))["version"], await entries(number)) == before
    await notes.unpin(act, number, NOTE)
    before = ((await case_row(number))["version"], await entries(number))
    await notes.unpin(act, number, NOTE)
    assert ((await case_row(number))["version"], await entries(number)) == before


async def test_a_note_of_which_nothing_shows_is_refused(bob: Member, number: int):
    for text in ("\u200b\u2060", "\u3164"):
        with pytest.raises(NothingSaid):
            await notes.edit(Act(bob, MONDAY), number, NOTE, text=text)
        with pytest.raises(NothingSaid):
            await case_commands.note(Act(bob, MONDAY), number, text=text)
    assert await entries(number) == ["captured", "noted"]


async def test_nobody_edits_what_another_wrote_nor_what_is_no_note(alice: Member, bob: Member, number: int):
    with pytest.raises(NoteNotYours):
        await notes.edit(Act(alice, MONDAY), number, NOTE, text="They never rang")
    for position in (1, 99):
        with pytest.raises(NoteUnknown):
            await notes.edit(Act(bob, MONDAY), number, position, text="They never rang")
    assert await entries(number) == ["captured", "noted"]


async def test_who_is_named_first_in_an_edit_is_told_and_nobody_twice(
    alice: Member, bob: Member, number: int
):
    await notes.edit(Act(bob, MONDAY), number, NOTE, text="They rang @Alice")
    assert (await owed(number))["mention"]["owner"] == alice.id
    await notes.edit(Act(bob, MONDAY), number, NOTE, text="They rang twice @Alice @Nobody")
    told = [one.particulars for one in await history(number)]
    assert told[2]["told"] == ["Alice"]
    assert "told" not in told[3]
    assert "Nobody" in told[3]["not_told"]


async def test_a_case_is_found_by_the_new_words_of_a_note(bob: Member, number: int):
    await notes.edit(Act(bob, MONDAY), number, NOTE, text="The marzipan was missing")
    found = await cases.page(cases.CaseFilters(words="marzipan"), now=MONDAY)
    assert [row.number for row in found.rows] == [number]


async def test_one_note_is_pinned_by_anybody_until_another_is_or_it_is_taken_down(
    alice: Member, bob: Member, number: int
):
    await case_commands.note(Act(bob, MONDAY), number, text="Another")
    act = Act(alice, MONDAY)
    for position in (NOTE, NOTE, 3):
        await notes.pin(act, number, position)
    assert rules.pinned(await history(number)) == 3
    await notes.unpin(act, number, NOTE)
    assert rules.pinned(await history(number)) == 3
    await notes.unpin(act, number, 3)
    await notes.unpin(act, number, 3)
    assert rules.pinned(await history(number)) is None
    assert (await entries(number))[3:] == ["note_pinned", "note_pinned", "note_unpinned"]
    with pytest.raises(NoteUnknown):
        await notes.pin(act, number, 1)
