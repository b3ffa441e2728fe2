"""Are promises written down, settled and given another date from the page of their case?"""

import re

import pytest

from amends.services.team.members import Act, Member
from amends.services.workflow import case_commands
from tests.web.site import Site, Visitor
from tests.world import DAY, HOUR, MONDAY, make_case, make_member, move, owed


@pytest.fixture
async def alice(site: Site) -> Member:
    return await make_member("alice", role="lead")


@pytest.fixture
async def desk(site: Site, alice: Member) -> Visitor:
    return await site.visit_as(alice)


async def promised(desk: Visitor, number: int) -> str:
    answer = await desk.send_form(
        f"/cases/{number}/promises", words="A refund of 24 €", due_at="2026-05-06T12:00"
    )
    assert answer.status_code == 303
    page = (await desk.get(f"/cases/{number}")).text
    found = re.search(r'action="(/follow-ups/[\w-]+)/keep"', page)
    assert found
    return found[1]


async def test_what_sleeps_with_its_case_is_neither_due_nor_late_there(
    desk: Visitor, site: Site, alice: Member
):
    number = await make_case(alice)
    await promised(desk, number)
    await case_commands.snooze(Act(alice, MONDAY), number, until=MONDAY + 9 * DAY, wake_on_reply=True)
    site.clock.move(4 * DAY)
    page = (await (await site.visit_as(alice)).get(f"/cases/{number}")).text
    listed = page.partition('id="owed"')[2].partition("</section>")[0]
    lines = listed.split('<li class="duty"')[1:]
    by_kind = {kind: line for line in lines for kind in ("Decide", "Promise") if kind in line}
    assert by_kind["Decide"].startswith(' data-tone="snoozed"')
    assert "snoozed until" in by_kind["Decide"]
    assert by_kind["Promise"].startswith(' data-tone="late"'), "what was promised goes on through a snooze"


async def test_a_promise_stands_on_its_case_until_it_is_kept(desk: Visitor, alice: Member):
    number = await make_case(alice)
    path = await promised(desk, number)
    answer = await desk.send_form(f"{path}/keep")
    assert answer.headers["location"] == f"/cases/{number}?notice=kept"
    page = (await desk.get(f"/cases/{number}")).text
    assert "kept a promise" in page
    assert f'action="{path}/keep"' not in page


async def test_a_promise_can_be_broken_but_not_twice(desk: Visitor, alice: Member):
    number = await make_case(alice)
    path = await promised(desk, number)
    assert (await desk.send_form(f"{path}/break")).headers["location"].endswith("broken")
    assert (await desk.send_form(f"{path}/break")).status_code == 409


async def test_a_promise_without_a_date_keeps_its_words(desk: Visitor, alice: Member):
    number = await make_case(alice)
    answer = await desk.send_form(f"/cases/{number}/promises", words="A call back", due_at="")
    assert answer.status_code == 422
    assert 'value="A call back"' in answer.text
    assert 'id="promise-due_at-error"' in answer.text


async def test_a_follow_up_gets_another_date(desk: Visitor, alice: Member):
    number = await make_case(alice)
    triage = (await owed(number))["triage"]
    answer = await desk.send_form(
        f"/follow-ups/{triage['id']}/date", due_at="2026-05-07T10:00", reason="They are away"
    )
    assert answer.headers["location"] == f"/cases/{number}?notice=rescheduled"
    assert (await owed(number))["triage"]["due_at"] > triage["due_at"]
    assert "moved the due date of “Decide” to Thu 10:00" in (await desk.get(f"/cases/{number}")).text


async def test_a_reminder_is_set_shown_and_done_on_the_page_of_its_case(desk: Visitor, alice: Member):
    number = await make_case(alice)
    form = {"words": "Call <b>Dana</b>", "due_at": "2026-05-06T12:00", "owner": str(alice.id)}
    answer = await desk.send_form(f"/cases/{number}/reminders", **form, repeats="weekly")
    assert answer.headers["location"] == f"/cases/{number}?notice=reminded"
    page = (await desk.get(f"/cases/{number}")).text
    assert "Call &lt;b&gt;Dana&lt;/b&gt;" in page
    assert "every week" in page
    assert "set a reminder for" in page
    found = re.search(r'action="(/follow-ups/[\w-]+)/tick"', page)
    assert found
    assert (await desk.send_form(f"{found[1]}/tick")).headers["location"].endswith("ticked")
    assert (await desk.send_form(f"{found[1]}/forget")).headers["location"].endswith("removed")
    assert f"{found[1]}/tick" not in (await desk.get(f"/cases/{number}")).text


async def test_a_reminder_without_a_date_keeps_its_words(desk: Visitor, alice: Member):
    number = await make_case(alice)
    answer = await desk.send_form(f"/cases/{number}/reminders", words="Call Dana", owner=str(alice.id))
    assert answer.status_code == 422
    assert 'value="Call Dana"' in answer.text
    assert 'id="reminder-due_at-error"' in answer.text


async def test_a_mention_on_a_closed_case_stands_on_today_and_is_done_on_the_case(
    desk: Visitor, site: Site, alice: Member
):
    bob = await make_member("bob")
    number = await make_case(bob)
    await move(number, "not_ours", by=bob, reason="Spam")
    await case_commands.note(Act(bob, MONDAY), number, text="@alice look")
    site.clock.move(HOUR)
    today = (await desk.get("/")).text
    assert f'href="/cases/{number}"' in today
    assert "Mention (Alice):" in today, "whoever owns the case sees that it is not theirs to do"
    page = (await desk.get(f"/cases/{number}")).text
    assert "Bob: @alice look" in page
    assert "Remind me or somebody" not in page, "nothing new is set on a closed case"
    [path] = re.findall(r'action="(/follow-ups/[\w-]+)/tick"', page)
    assert (await desk.send_form(f"{path}/tick")).headers["location"] == f"/cases/{number}?notice=ticked"
    assert f"{path}/tick" not in (await desk.get(f"/cases/{number}")).text
