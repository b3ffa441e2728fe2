"""A note is edited in its place, keeps its history, and stands above the conversation when pinned."""

import re

import pytest

from amends.services.team.members import Member
from tests.web.site import Site, Visitor
from tests.world import HOUR, entries, make_case, make_member


@pytest.fixture
async def alice(site: Site) -> Member:
    return await make_member("alice")


@pytest.fixture
async def desk(site: Site, alice: Member) -> Visitor:
    return await site.visit_as(alice)


@pytest.fixture
async def number(desk: Visitor, alice: Member) -> int:
    """A case with a note of Alice's, its second entry."""
    number = await make_case(alice)
    await desk.send_form(f"/cases/{number}/notes", text="They <rang>")
    return number


def note(page: str) -> str:
    """The note on a page."""
    return page[page.index('id="entry-2"') :].split("<li ")[0]


async def test_the_form_of_a_note_opens_in_its_place_with_its_words(desk: Visitor, number: int):
    page = (await desk.get(f"/cases/{number}")).text
    assert f'href="/cases/{number}?edit=2#entry-2"' in note(page)
    assert 'id="edit-2"' not in page
    page = (await desk.get(f"/cases/{number}?edit=2")).text
    assert re.search(r'<textarea id="edit-2"[^>]*>They &lt;rang&gt;</textarea>', note(page))


async def test_an_edited_note_says_its_new_words_and_keeps_the_earlier_ones(
    site: Site, desk: Visitor, number: int
):
    site.clock.move(HOUR)
    answer = await desk.send_form(f"/cases/{number}/notes/2/edit", position="2", text="They wrote")
    assert answer.headers["location"] == f"/cases/{number}?notice=note-edited"
    page = (await desk.get(answer.headers["location"])).text
    assert "Note changed. Its earlier text is kept." in page
    shown, _tag, earlier = note(page).partition('<details class="note-earlier">')
    assert "They wrote</p>" in shown
    assert "edited <time" in shown
    assert "1 earlier version" in earlier
    assert "They &lt;rang&gt;</p>" in earlier
    assert "edited a note" in page
    assert page.count("They wrote") == 1


async def test_a_note_saved_as_it_was_claims_no_change(desk: Visitor, number: int):
    answer = await desk.send_form(f"/cases/{number}/notes/2/edit", position="2", text="They <rang>")
    assert answer.headers["location"] == f"/cases/{number}"
    assert await entries(number) == ["captured", "noted"]


async def test_a_note_without_words_is_asked_for_in_its_place(desk: Visitor, number: int):
    answer = await desk.send_form(f"/cases/{number}/notes/2/edit", position="2", text=" ")
    assert answer.status_code == 422
    assert 'id="edit-2-error"' in note(answer.text)
    assert await entries(number) == ["captured", "noted"]


async def test_nobody_is_offered_to_edit_what_another_wrote(site: Site, number: int):
    bob = await site.visit_as(await make_member("bob"))
    for path in (f"/cases/{number}", f"/cases/{number}?edit=2"):
        page = (await bob.get(path)).text
        assert "?edit=2#" not in page
        assert "note-edit" not in page
    answer = await bob.send_form(f"/cases/{number}/notes/2/edit", position="2", text="They never rang")
    assert answer.status_code == 403


@pytest.mark.parametrize("edit", ["0", "99", "x", "²", "9" * 50])
async def test_an_address_that_names_no_note_opens_no_form(desk: Visitor, number: int, edit: str):
    page = await desk.get(f"/cases/{number}", params={"edit": edit})
    assert page.status_code == 200
    assert "note-edit" not in page.text


async def test_a_pinned_note_stands_above_the_conversation_as_it_is_now(desk: Visitor, number: int):
    assert "pinned-note" not in (await desk.get(f"/cases/{number}")).text
    answer = await desk.send_form(f"/cases/{number}/notes/2/pin")
    assert answer.headers["location"] == f"/cases/{number}?notice=note-pinned"
    await desk.send_form(f"/cases/{number}/notes/2/edit", position="2", text="They wrote")
    page = (await desk.get(f"/cases/{number}")).text
    top = page[page.index('id="pinned-note"') : page.index('<ol class="entries">')]
    assert "They wrote</p>" in top
    assert f'action="/cases/{number}/notes/2/unpin"' in top
    assert "pinned a note" in page
    await desk.send_form(f"/cases/{number}/notes/2/unpin")
    assert "pinned-note" not in (await desk.get(f"/cases/{number}")).text


async def test_a_pinned_note_is_shown_whatever_part_is_chosen_and_however_old_it_is(
    desk: Visitor, alice: Member, number: int
):
    await desk.send_form(f"/cases/{number}/notes/2/pin")
    for count in range(32):
        await desk.send_form(f"/cases/{number}/notes", text=f"Note {count}")
    for show in ("", "conversation"):
        page = (await desk.get(f"/cases/{number}?show={show}")).text
        assert 'id="entry-2"' not in page
        assert "They &lt;rang&gt;</p>" in page
