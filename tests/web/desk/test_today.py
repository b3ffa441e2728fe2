"""Does Today show what is late, what is next and who, and something friendly when there is nothing?"""

import re
from uuid import uuid4

import pytest

from amends import tables
from amends.rules.insight.capacity import ActKind
from amends.rules.person.customer_links import Purpose
from amends.rules.vocabulary import Severity
from amends.services.capture import captures
from amends.services.follow_up import questions
from amends.services.insight import capacity
from amends.services.operation import health
from amends.services.person import customer_links
from amends.services.team.members import Act, Member
from amends.services.workflow import case_commands, customers, public_endings, severities
from tests.services.insight.test_capacity import open_cases
from tests.web.site import Site, Visitor
from tests.world import DAY, HOUR, MONDAY, lead_to, make_case, make_member, make_target, post


@pytest.fixture
async def alice(site: Site) -> Member:
    return await make_member("alice", role="lead")


@pytest.fixture
async def desk(site: Site, alice: Member) -> Visitor:
    return await site.visit_as(alice)


async def test_the_first_run_shows_three_steps(desk: Visitor):
    page = (await desk.get("/")).text
    assert "Three steps" in page
    assert 'href="/pair"' in page
    assert 'href="/sample"' in page
    assert 'href="/settings/reminders#targets"' in page


async def test_a_step_that_was_taken_is_ticked(site: Site, desk: Visitor, alice: Member):
    await site.paired(alice)
    page = (await desk.get("/")).text
    assert page.count("data-done") == 1


async def test_the_steps_stay_until_all_three_are_taken_whatever_the_number_of_cases(
    site: Site, desk: Visitor, alice: Member
):
    await make_case(alice)
    page = (await desk.get("/")).text
    assert "Three steps" in page
    assert page.count("data-done") == 1, "the first case"
    assert 'data-lane="due_today"' in page
    await site.paired(alice)
    await make_target(alice)
    page = (await desk.get("/")).text
    assert "Three steps" not in page


async def test_an_admin_is_told_on_every_page_that_nobody_can_be_reminded(site: Site, desk: Visitor):
    admin = await site.signed_in("admin")
    says = "Nobody can be reminded yet."
    for address in ("/", "/cases", "/settings"):
        assert says in (await admin.get(address)).text
    assert says not in (await admin.get("/setup/nudges")).text, "the page that adds one"
    assert says not in (await desk.get("/")).text, "a lead cannot add one for the team"
    await make_target(succeeded_at=None)
    page = (await admin.get("/")).text
    assert says not in page, "there is a destination, and nobody knows whether it works"
    assert "Nothing has been delivered to a destination for reminders yet." in page
    assert "Nothing has been delivered there yet" in page
    await tables.Target.delete(force=True)
    gone = await make_member("gone")
    await make_target(gone)
    assert says not in (await admin.get("/")).text
    await tables.Member.update({tables.Member.disabled_at: MONDAY}).where(tables.Member.id == gone.id)
    assert says in (await admin.get("/")).text, "who has left is reminded of nothing"


async def test_a_card_leads_to_where_its_next_step_is_taken(desk: Visitor, alice: Member):
    number, working = await make_case(alice), await make_case(alice)
    await lead_to(working, "working", by=alice)
    page = (await desk.get("/")).text
    assert f'href="/triage?case={number}"' in page
    assert "Decide<span" in page
    assert f'href="/cases/{working}?do=finish_step#next-step"' in page


async def test_a_card_that_stands_there_for_a_request_offers_that_and_not_the_next_step(
    site: Site, desk: Visitor, alice: Member
):
    bob = await make_member("bob")
    mentioned, asked = await make_case(bob), await make_case(bob)
    for number in (mentioned, asked):
        await lead_to(number, "waiting", by=bob)
    await case_commands.note(Act(bob, MONDAY), mentioned, text="@alice look")
    await questions.ask(Act(bob, MONDAY), asked, of=alice.id, words="Which cake?")
    cards = (await desk.get("/")).text.split('id="card-')
    for number, href, title in (
        (mentioned, f"/cases/{mentioned}#owed", "Mention"),
        (asked, f"/cases/{asked}#questions", "Question from a colleague"),
    ):
        card = next(one for one in cards if one.startswith(f'{number}"'))
        assert f'href="{href}"' in card
        assert f'>Read<span class="visually-hidden">: {title}, #{number}' in card
        assert "receive_reply" not in card


async def test_a_message_of_the_customer_is_no_post_that_came_back(desk: Visitor, alice: Member):
    number = await make_case(alice, id="170000000000000001")
    now = await lead_to(number, "contact", by=alice)
    code = await customer_links.make(Act(alice, now), number, Purpose.HAND_OFF)
    given = customers.HandOff(contact="dana@example.org", wish="My money back", consent=True)
    await customers.hand_off(code, given, now=now)
    for address in ("/", "/cases", f"/cases/{number}"):
        page = (await desk.get(address)).text
        assert '<span class="tag">New message</span>' in page
        assert '<span class="tag">Came back</span>' not in page
    await captures.receive(Act(alice, now), uuid4(), post(id="170000000000000001"))
    assert '<span class="tag">Came back</span>' in (await desk.get(f"/cases/{number}")).text


async def test_what_is_late_is_first_and_has_its_words(desk: Visitor, alice: Member):
    number = await make_case(alice, now=MONDAY - 5 * DAY)
    await lead_to(number, "acknowledge", by=alice, now=MONDAY - 5 * DAY)
    page = (await desk.get("/")).text
    assert page.index('data-lane="overdue"') < page.index(f'id="card-{number}"') < page.index('"due_today"')
    assert "late</time>" in page
    assert page.count("primary card-next") == 1, "one card to begin with"


async def test_a_public_ending_is_our_move_and_no_second_chance(desk: Visitor, alice: Member):
    number = await make_case(alice)
    await lead_to(number, "second_chance", by=alice)
    page = (await desk.get("/")).text
    lane = page.partition('data-lane="our_move"')[2].partition("data-lane=")[0]
    card = lane.partition(f'id="card-{number}"')[2].partition("</li>")[0]
    assert "Write under the post how it ended" in card


async def test_a_lane_counts_what_does_not_fit(site: Site, desk: Visitor, alice: Member):
    for _ in range(22):
        await make_case(alice)
    page = (await desk.get("/")).text
    assert 'Due today <span class="soft">22</span>' in page
    assert page.count('class="card"') == 20
    site.clock.move(4 * HOUR)
    assert 'Overdue <span class="soft">22</span>' in (await desk.get("/")).text


async def test_mine_leaves_out_what_others_own(site: Site, desk: Visitor, alice: Member):
    bob = await make_member("bob")
    theirs, mine = await make_case(alice), await make_case(alice)
    await case_commands.assign(Act(alice, MONDAY), theirs, owner=bob.id)
    await case_commands.assign(Act(alice, MONDAY), mine, owner=alice.id)
    page = (await desk.get("/?who=mine")).text
    assert f'id="card-{mine}"' in page
    assert f'id="card-{theirs}"' not in page


async def test_when_nothing_is_due_the_next_date_is_named(site: Site, desk: Visitor, alice: Member):
    number = await make_case(alice)
    await lead_to(number, "second_chance", by=alice)
    await public_endings.skip(Act(alice, MONDAY), number, "They asked us not to")
    page = (await desk.get("/")).text
    assert "Nothing is waiting for you." in page
    assert "second chance" in page
    assert f'href="/cases/{number}">#{number} <span dir="auto">Dana</span></a>' in page


async def test_the_number_of_forgotten_cases_leads_to_them_and_is_not_there_while_it_is_none(
    desk: Visitor, alice: Member
):
    number = await make_case(alice)
    assert "forgotten=on" not in (await desk.get("/")).text
    gone = await make_member("max")
    await tables.Case.update({tables.Case.owner: gone.id}).where(tables.Case.number == number)
    await tables.Member.update({tables.Member.disabled_at: MONDAY}).where(tables.Member.id == gone.id)
    assert '<a href="/cases?forgotten=on"><b>1</b> forgotten</a>' in (await desk.get("/")).text
    page = (await desk.get("/cases?forgotten=on")).text
    assert f"/cases/{number}" in page
    assert "Forgotten" in page, "a chip, by which the list is wide again"


async def test_what_is_in_danger_stands_first_with_its_severity_in_words(desk: Visitor, alice: Member):
    calm, urgent = await make_case(alice, now=MONDAY - 5 * DAY), await make_case(alice)
    await severities.weigh(Act(alice, MONDAY), urgent, severity=Severity.S1)
    page = (await desk.get("/")).text
    assert 'First <span class="soft">1</span>' in page
    assert page.index(f'id="card-{urgent}"') < page.index(f'id="card-{calm}"')
    assert "S1 critical" in page


async def test_the_week_is_told_in_figures_and_what_there_is_none_of_is_left_out(
    desk: Visitor, alice: Member
):
    await make_case(alice)
    page = (await desk.get("/")).text
    assert "1 captured" in page
    assert "won back" not in page
    assert "answered on time" not in page


async def test_a_late_worker_is_told_above_the_page(site: Site, desk: Visitor, alice: Member):
    await health.beat("worker", started_at=MONDAY, now=MONDAY)
    assert "No reminders are being sent." not in (await desk.get("/")).text
    site.clock.move(HOUR)
    assert "No reminders are being sent." in (await desk.get("/")).text


async def test_the_board_renews_itself_with_the_same_filter(desk: Visitor, alice: Member):
    await make_case(alice)
    page = (await desk.get("/?who=mine")).text
    assert 'hx-get="/?who=mine"' in page


async def test_what_is_due_today_in_another_lane_is_not_called_the_next_after_today(
    desk: Visitor, alice: Member
):
    number = await make_case(alice, severity=Severity.S1)
    page = (await desk.get("/")).text
    assert f'href="/cases/{number}"' in page, "it stands among what comes first"
    assert "Next due:" not in page


async def test_leads_are_told_in_one_line_when_more_is_owed_than_there_are_hours_and_only_then(
    site: Site, desk: Visitor, alice: Member
):
    line = "h are owed in the next seven days, and there are"
    await open_cases(60, at=MONDAY - 2 * DAY)
    lead = await site.visit_as(await make_member("lea", role="lead"))
    assert line not in (await lead.get("/")).text
    admin = await make_member("ada", role="admin")
    await capacity.set_minutes(Act(admin, MONDAY), dict.fromkeys(ActKind, 240), share=1, after=0)
    page = (await lead.get("/")).text
    assert line in page
    assert 'href="/insights/capacity#silence"' in page
    assert re.search(r"Estimated <time [^>]*>now</time>", page)
    agent = await site.visit_as(await make_member("bob"))
    assert line not in (await agent.get("/")).text
