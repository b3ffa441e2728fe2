"""Is a playbook worked through beside the conversation, with plain forms?"""

from uuid import UUID

import pytest

from amends.rules.vocabulary import PlaybookSubject, StepKind
from amends.services.follow_up import checklists, outside_contacts, playbooks
from amends.services.follow_up.checklists import StepShown
from amends.services.follow_up.outside_contacts import GivenContact
from amends.services.follow_up.playbooks import Given, Step
from amends.services.team.members import Act, Member
from tests.web.site import Site, Visitor
from tests.world import MONDAY, case_row, make_case, make_member, move


@pytest.fixture
async def bob(site: Site) -> Member:
    return await make_member("bob")


@pytest.fixture
async def agent(site: Site, bob: Member) -> Visitor:
    return await site.visit_as(bob)


@pytest.fixture
async def playbook(site: Site, bob: Member) -> UUID:
    warehouse = await outside_contacts.add_contact(
        GivenContact(name="Warehouse", reach="extension 214", hours="6 to 14")
    )
    steps = (
        Step(row=1, words="Ring the <i>warehouse", contact=warehouse, within_hours=4),
        Step(row=2, words="Order number?", kind=StepKind.ASK, variable="order_number"),
        Step(row=3, words="Offer a voucher"),
    )
    given = Given(name="Complaints", subject=PlaybookSubject.NATURE, about="complaint", steps=steps)
    return await playbooks.make(Act(bob, MONDAY), given)


async def steps_of(number: int) -> tuple[StepShown, ...]:
    [one] = await checklists.of_case((await case_row(number))["id"])
    return one.steps


async def test_a_playbook_is_started_and_worked_through(agent: Visitor, playbook: UUID, bob: Member):
    number = await make_case(bob)
    assert "Complaints" not in (await agent.get(f"/cases/{number}")).text
    await move(number, "answer", by=bob, severity="s3", stance="fix", nature="complaint")
    page = (await agent.get(f"/cases/{number}")).text
    assert "3 steps · fits “Complaint”" in page
    answer = await agent.send_form(f"/cases/{number}/checklists", playbook=str(playbook))
    assert answer.headers["location"] == f"/cases/{number}?notice=playbook-started#checklists"
    page = (await agent.get(f"/cases/{number}")).text
    for words in ("0 of 3", "Ring the &lt;i&gt;warehouse", "extension 214", "6 to 14"):
        assert words in page
    first, question, last = await steps_of(number)
    assert page.count(f'action="/follow-ups/{first.follow_up}/date"') == 1
    assert f'id="follow-up-{first.follow_up}"' in page.partition('id="owed"')[0]
    base = f"/cases/{number}/steps"
    await agent.send_form(f"{base}/{first.id}/tick")
    await agent.send_form(f"{base}/{question.id}/answer", at=f"answer-{question.id}", answer="4711 <b>")
    refused = await agent.send_form(f"{base}/{last.id}/skip", at=f"skip-{last.id}", reason=" ")
    assert refused.status_code == 422
    assert "Say why it is skipped." in refused.text
    await agent.send_form(f"{base}/{last.id}/skip", at=f"skip-{last.id}", reason="A regular")
    page = (await agent.get(f"/cases/{number}")).text
    for words in (
        "3 of 3",
        "4711 &lt;b&gt;",
        "A regular",
        "ticked “Ring the",
        "skipped “Offer a voucher”",
    ):
        assert words in page
    await agent.send_form(f"{base}/{last.id}/reopen")
    assert [one.state for one in await steps_of(number)] == ["done", "done", "open"]


async def test_two_who_tick_the_same_step_are_told(agent: Visitor, playbook: UUID, bob: Member):
    number = await make_case(bob)
    await checklists.start(Act(bob, MONDAY), number, playbook)
    step = (await steps_of(number))[0].id
    await checklists.tick(Act(bob, MONDAY), number, step)
    answer = await agent.send_form(f"/cases/{number}/steps/{step}/tick")
    assert answer.status_code == 409
    assert "Someone has already settled this step" in answer.text
