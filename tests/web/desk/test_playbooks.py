"""Does a lead write a playbook with plain forms, and lose nothing that was typed?"""

import re

import pytest

from amends.services.desk import themes
from amends.services.follow_up import playbooks
from amends.services.team.members import Act
from tests.web.site import Site, Visitor
from tests.world import MONDAY, make_member

PAGE = "/settings/playbooks"
ROWS = {
    "words-1": "Ring the warehouse",
    "hours-1": "4",
    "words-3": "Order number?",
    "kind-3": "ask",
    "variable-3": "order_number",
}


@pytest.fixture
async def lead(site: Site) -> Visitor:
    return await site.visit_as(await make_member("alice", role="lead"))


async def only() -> tuple[playbooks.PlaybookRow, list[playbooks.StepRow]]:
    [one] = await playbooks.everything()
    return one, await playbooks.steps_of(one.id)


async def test_a_playbook_is_written_changed_and_retired(lead: Visitor):
    assert "No playbooks yet" in (await lead.get(PAGE)).text
    await lead.send_form("/settings/contacts", name="Warehouse <b>", reach="12", hours="")
    page = (await lead.get(f"{PAGE}/new")).text
    contact = re.findall(r'<option value="([0-9a-f-]{36})">Warehouse', page)[0]
    given = {"name": "Late", "about": "nature:complaint", "version": "0", **ROWS, "contact-1": contact}
    assert (await lead.send_form(PAGE, **given)).headers["location"] == f"{PAGE}?notice=saved"
    row, steps = await only()
    assert [(one.words, one.kind, one.within_hours, one.contact_name) for one in steps] == [
        ("Ring the warehouse", "do", 4, "Warehouse <b>"),
        ("Order number?", "ask", None, ""),
    ]
    assert "Nature: Complaint · 2 steps · not started on a case yet" in (await lead.get(PAGE)).text

    page = (await lead.get(f"{PAGE}/{row.id}")).text
    assert 'value="order_number"' in page
    moved = given | {"version": "1", "place-3": "1", "words-4": "Call back", "place-1": "9"}
    await lead.send_form(f"{PAGE}/{row.id}", **moved)
    assert [one.words for one in (await only())[1]] == ["Order number?", "Call back", "Ring the warehouse"]
    answer = await lead.send_form(f"{PAGE}/{row.id}", **moved)
    assert answer.status_code == 409
    assert "Someone else has changed this playbook" in answer.text

    await lead.send_form(f"{PAGE}/{row.id}/retire")
    assert "retired" in (await lead.get(PAGE)).text
    await lead.send_form(f"{PAGE}/{row.id}/restore")
    assert not (await only())[0].retired


async def test_what_is_wrong_stands_beside_what_was_typed(lead: Visitor):
    given = {"name": "", "about": "", **ROWS, "hours-1": "soon", "variable-3": "Order number"}
    answer = await lead.send_form(PAGE, **given)
    assert answer.status_code == 422
    for sentence in ("colleagues will recognise", "a number from 1 to 999", "Use lower-case letters"):
        assert sentence in answer.text
    for typed in ("Ring the warehouse", "soon", "Order number"):
        assert f'value="{typed}"' in answer.text
    answer = await lead.send_form(PAGE, **{"name": "Late", "about": "theme:none", **ROWS})
    assert answer.status_code == 422
    assert "Choose what the playbook is for." in answer.text
    assert await playbooks.everything() == []


async def test_a_playbook_for_a_retired_theme_stays_for_it(lead: Visitor):
    act = Act(await make_member("lea", role="lead"), MONDAY)
    late = await themes.make(act, "Late")
    given = {"name": "Late", "about": f"theme:{late}", "version": "0", **ROWS}
    await lead.send_form(PAGE, **given)
    await themes.retire(act, late)
    page = (await lead.get(f"{PAGE}/{(await only())[0].id}")).text
    assert f'<option value="theme:{late}" selected>' in page
    assert f'value="theme:{late}"' not in (await lead.get(f"{PAGE}/new")).text


async def test_only_leads_write_playbooks(site: Site):
    agent = await site.visit_as(await make_member("bob"))
    assert (await agent.get(PAGE)).status_code == 403
    assert (await agent.send_form(PAGE, name="Late")).status_code == 403


@pytest.mark.parametrize("version", ["9" * 5_000, "-1", "²", "one"])
async def test_a_version_that_is_none_shows_the_form_again(lead: Visitor, version: str):
    answer = await lead.send_form(PAGE, name="Late", about="", version=version)
    assert answer.status_code == 422
    assert 'value="Late"' in answer.text
