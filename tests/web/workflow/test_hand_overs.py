"""Hand-over of a case to another tool: the prepared message, and the note that it went."""

import html
import re

import pytest

from amends import tables
from amends.rules.vocabulary import Role
from amends.services.team.members import Act, Member
from amends.services.workflow import case_commands
from amends.web.workflow.hand_overs_view import LONGEST
from tests.web.site import Site, Visitor
from tests.world import MONDAY, make_case, make_member


@pytest.fixture
async def alice(site: Site) -> Member:
    return await make_member("alice")


@pytest.fixture
async def desk(site: Site, alice: Member) -> Visitor:
    return await site.visit_as(alice)


@pytest.fixture
async def number(alice: Member) -> int:
    return await make_case(alice)


async def message(desk: Visitor, number: int, query: str = "") -> str:
    page = (await desk.get(f"/cases/{number}/hand-over{query}")).text
    [words] = re.findall(r"<textarea[^>]*>(.*?)</textarea>", page, re.DOTALL)
    return html.unescape(words)


async def test_the_case_leads_to_a_message_with_its_facts_its_post_and_what_is_owed(
    desk: Visitor, number: int
):
    assert f'href="/cases/{number}/hand-over"' in (await desk.get(f"/cases/{number}")).text
    words = await message(desk, number)
    for part in (f"Case: #{number} http", "Author: ", "@dana", "Post: X · ", "What we owe\n- "):
        assert part in words


async def test_notes_of_the_team_go_along_only_when_they_are_asked_for(
    desk: Visitor, alice: Member, number: int
):
    await case_commands.note(Act(alice, MONDAY), number, text="Rang <twice> & nobody answered.")
    assert "Rang" not in await message(desk, number)
    assert "Rang <twice> & nobody answered." in await message(desk, number, "?notes=on")


async def test_a_long_history_leaves_out_its_oldest_entries_and_says_so(
    desk: Visitor, alice: Member, number: int
):
    for place in range(12):
        await case_commands.note(Act(alice, MONDAY), number, text=f"Call {place}. " + "x" * 2_900)
    words = await message(desk, number, "?notes=on")
    assert len(words) < LONGEST + 200
    assert "Call 11." in words
    assert "Call 0." not in words
    assert re.search(r"\d+ earlier entries are in the case\.", words)
    page = (await desk.get(f"/cases/{number}/hand-over?notes=on")).text
    assert "too long for a new mail" in page
    assert max(map(len, re.findall(r'href="(mailto:[^"]+)"', page))) < 2_000


async def test_where_it_went_stays_on_the_case_as_a_note_and_nothing_else_changes(desk: Visitor, number: int):
    due = tables.FollowUp.select(tables.FollowUp.kind, tables.FollowUp.state, tables.FollowUp.due_at)
    before = (await tables.Case.select(tables.Case.stage), await due)
    answer = await desk.send_form(f"/cases/{number}/hand-over", to="Zammad <desk>", reference="4711")
    assert answer.status_code == 303
    page = (await desk.get(answer.headers["location"])).text
    assert "Handed over to Zammad &lt;desk&gt;, number 4711." in page
    assert (await tables.Case.select(tables.Case.stage), await due) == before
    assert "What we owe" in await message(desk, number)


async def test_what_was_typed_stays_where_the_tool_is_missing(desk: Visitor, number: int):
    answer = await desk.send_form(f"/cases/{number}/hand-over", to="", reference="47<11>")
    assert answer.status_code == 422
    assert 'value="47&lt;11&gt;"' in answer.text


async def test_a_reader_hands_nothing_over(site: Site, number: int):
    reader = await site.visit_as(await make_member("rita", role=Role.READER))
    assert (await reader.get(f"/cases/{number}/hand-over")).status_code == 403
    assert (await reader.send_form(f"/cases/{number}/hand-over", to="x")).status_code == 403
