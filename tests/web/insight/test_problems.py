"""From three posts to “told everyone”: the question, the problem, its words, its people."""

import re
from urllib.parse import urlencode

import pytest

from amends import tables
from amends.services.desk import case_themes, problems, themes
from amends.services.insight import counting
from amends.services.insight.concerns import count_shared
from amends.services.team.members import Act, Member
from tests.web.site import Site, Visitor
from tests.world import DAY, MONDAY, entries, make_case, make_member

TEXT = "It never came, and nobody answers the phone since Monday."
CHANGE = "Dear {author}, you told us that your parcel got lost. We changed the courier."


@pytest.fixture
async def alice(site: Site) -> Member:
    return await make_member("alice", role="lead")


@pytest.fixture
async def lead(site: Site, alice: Member) -> Visitor:
    return await site.visit_as(alice)


@pytest.fixture
async def agent(site: Site, alice: Member) -> Visitor:
    return await site.visit_as(await make_member("bob"))


async def three_posts(by: Member, text: str = TEXT) -> list[int]:
    """One each of Dana, Eli and Fay."""
    people = [{"name": name, "handle": f"@{name}"} for name in ("Dana", "Eli", "Fay")]
    numbers = [await make_case(by, author=who, text=text) for who in people]
    while await counting.count_changed():
        pass
    await count_shared(now=MONDAY)
    return numbers


async def sent(visitor: Visitor, path: str, status: int = 303, **form: str) -> str:
    """Sends one of the forms of a problem, with the version that its page shows; what came back."""
    page = (await visitor.get("/".join(path.split("/")[:3]))).text
    shown = re.search(r'name="version" value="(\d+)"', page)
    version = {"version": shown[1]} if shown and "version" not in form else {}
    answer = await visitor.send_form(path, **version, **form)
    assert answer.status_code == status, answer.text
    return answer.text if status != 303 else answer.headers["location"]


async def test_the_list_of_themes_asks_where_several_people_wrote_about_one(lead: Visitor, alice: Member):
    act = Act(alice, MONDAY)
    theme = await themes.make(act, "Late parcels")
    for number in await three_posts(alice):
        await case_themes.choose(act, number, add_to=[theme])
    assert "Is it a problem?" not in (await lead.get("/settings/themes")).text
    await count_shared(now=MONDAY)
    assert "3 people lately. Is it a problem?" in (await lead.get("/settings/themes")).text


async def test_before_anything_is_shared_the_page_says_what_will_be_there(lead: Visitor):
    page = (await lead.get("/problems")).text
    assert "No open problem." in page
    assert "Is it a problem?" not in (await lead.get("/")).text


async def test_three_posts_lead_to_everybody_being_told(lead: Visitor, agent: Visitor, alice: Member):
    numbers = await three_posts(alice)
    assert "1 concern is shared by several people" in (await agent.get("/")).text
    page = (await agent.get("/problems")).text
    assert "3 people wrote nearly the same" in page
    href = re.search(r'href="(/problems/new\?[^"]+)"', page)
    assert href
    form = (await agent.get(href[1].replace("&amp;", "&"))).text
    scope = re.search(r'name="scope" value="([^"]+)"', form)
    assert scope
    answer = await agent.send_form("/problems", **{"title": "Parcels get lost", "scope": scope[1]})
    assert answer.headers["location"] == "/problems/1?notice=problem-opened"
    assert "Is this a problem?" not in (await agent.get("/problems")).text

    await sent(agent, "/problems/1/change", change_en=CHANGE, change_fr="")
    assert (await agent.send_form("/problems/1/approve", **{"version": "2"})).status_code == 403
    await sent(lead, "/problems/1/approve")
    assert "People can be told once the problem is fixed" in (await agent.get("/problems/1")).text
    await sent(agent, "/problems/1/fix")
    assert "3 people are not told yet." in (await agent.get("/problems/1")).text

    place = f"/problems/1/tell/{numbers[0]}"
    for number in numbers:
        assert place.startswith(f"/problems/1/tell/{number}")
        page = (await agent.get(place)).text
        assert "you told us that your parcel got lost" in page
        answer = await agent.send_form(f"/problems/1/tell/{number}", channel="email", text="We changed it.")
        place = answer.headers["location"]
        assert (await entries(number))[-1] == "touchpoint"
    assert place == "/problems/1?notice=told"
    assert "Everyone was told." in (await agent.get("/problems/1")).text


async def test_who_is_told_by_two_members_is_told_once_and_the_second_loses_no_word(
    lead: Visitor, agent: Visitor, alice: Member
):
    number = await make_case(alice)
    await agent.send_form("/problems", title="Parcels get lost", cases=str(number))
    await sent(agent, "/problems/1/change", change_en=CHANGE, change_fr="")
    await sent(lead, "/problems/1/approve")
    await sent(agent, "/problems/1/fix")
    place = f"/problems/1/tell/{number}"
    assert (await agent.send_form(place, channel="email", text="We changed it.")).status_code == 303
    answer = await lead.send_form(place, channel="phone", text="I told her on the phone at noon.")
    assert answer.status_code == 409
    assert "This person was told already." in answer.text
    assert "I told her on the phone at noon." in answer.text
    assert (await entries(number)).count("touchpoint") == 1


async def test_a_concern_that_is_no_problem_is_asked_about_no_more(agent: Visitor, alice: Member):
    await three_posts(alice)
    page = (await agent.get("/problems")).text
    scope = re.search(r'name="scope" value="([^"]+)"', page)
    assert scope
    await agent.send_form("/problems/dismiss", **{"scope": scope[1]})
    assert "Is this a problem?" not in (await agent.get("/problems")).text
    assert (await agent.send_form("/problems/dismiss", **{"scope": "theme:nothing"})).status_code == 404


async def test_cases_are_put_together_by_number_and_taken_out_again(agent: Visitor, alice: Member):
    numbers = [await make_case(alice) for _ in range(3)]
    typed = ", ".join(f"#{number}" for number in numbers[:2])
    await agent.send_form("/problems", **{"title": "Parcels get lost", "cases": typed})
    answer = await agent.send_form("/problems", **{"cases": str(numbers[2]), "problem": "1"})
    assert answer.headers["location"] == "/problems/1?notice=saved"
    await sent(agent, f"/problems/1/cases/{numbers[0]}/remove")
    page = (await agent.get("/problems/1")).text
    assert 'Cases <span class="soft">2</span>' in page
    case = (await agent.get(f"/cases/{numbers[1]}")).text
    assert 'href="/problems/1"' in case
    assert "linked the case to problem 1" in case


async def test_cause_owner_date_and_cost_are_kept_and_the_fix_is_owed(agent: Visitor, alice: Member):
    number = await make_case(alice)
    await agent.send_form("/problems", **{"title": "Parcels get lost", "cases": str(number)})
    given = {"title": "Parcels get lost", "cause": "A new depot", "action": "Another courier"}
    due = {"owner": str(alice.id), "due_at": "2031-11-05T09:30", "cost": "120,50"}
    await sent(agent, "/problems/1", **given, **due)
    page = (await agent.get("/problems/1")).text
    assert 'value="2031-11-05T09:30"' in page
    assert 'value="120.50"' in page
    assert "Fix the problem" in (await agent.get(f"/cases/{number}")).text


async def test_what_is_refused_keeps_every_word(agent: Visitor, alice: Member):
    number = await make_case(alice)
    answer = await agent.send_form("/problems", **{"title": " ", "cases": str(number)})
    assert answer.status_code == 422
    assert f'value="{number}"' in answer.text
    await agent.send_form("/problems", **{"title": "Parcels get lost", "cases": str(number)})
    page = await sent(agent, "/problems/1", 422, title="", cause="A long story", cost="dear")
    assert "A long story" in page
    assert "Enter an amount such as 12.50." in page
    page = await sent(agent, "/problems/1/line", 409, line_en="We are on it.", version="0")
    assert "We are on it." in page
    assert "Someone else has changed this problem" in page
    page = await sent(agent, "/problems/1/cases", 404, cases="#4711")
    assert "There is no case #4711." in page


async def test_words_of_strangers_stay_words(agent: Visitor, alice: Member):
    await three_posts(
        alice, "<b>Never came</b> and nobody answers the phone since Monday <script>alert(1)</script>"
    )
    page = (await agent.get("/problems")).text
    assert "<b>Never" not in page
    assert "<script>alert" not in page
    hostile = urlencode({"title": '"><script>alert(1)</script>', "scope": "x", "cases": "<b>"})
    assert "<script>alert" not in (await agent.get(f"/problems/new?{hostile}")).text


async def test_there_is_no_problem_by_another_number(agent: Visitor):
    for path in ("/problems/99", "/problems/99/tell/1"):
        assert (await agent.get(path)).status_code == 404


async def test_a_fixed_problem_can_be_opened_again_by_hand(agent: Visitor, alice: Member):
    number = await problems.open_problem(
        Act(alice, MONDAY), "Parcels get lost", numbers=[await make_case(alice)]
    )
    await problems.fix(Act(alice, MONDAY + DAY), number, version=1)
    assert "Open it again" in (await agent.get("/problems/1")).text
    await sent(agent, "/problems/1/reopen")
    assert "It is fixed" in (await agent.get("/problems/1")).text
    await sent(agent, "/problems/1/drop", reason="Two couriers, two stories")
    assert "Two couriers, two stories" in (await agent.get("/problems/1")).text


async def test_the_history_says_what_was_written_and_what_was_cleared(agent: Visitor, alice: Member):
    number = await make_case(alice)
    await agent.send_form("/problems", **{"title": "Parcels get lost", "cases": str(number)})
    await sent(agent, "/problems/1", title="Parcels get lost", cause="A new depot")
    await sent(agent, "/problems/1/line", line_en="We know.", line_fr="")
    await sent(agent, "/problems/1/line", line_en="", line_fr="")
    page = (await agent.get("/problems/1")).text
    history = page[page.index("history-heading") :]
    assert "cleared the public line" in history
    assert "wrote what people are told" not in history
    assert "A new depot" in history


async def test_with_only_people_who_want_no_contact_left_nobody_is_offered(
    lead: Visitor, agent: Visitor, alice: Member
):
    number = await make_case(alice)
    await agent.send_form("/problems", **{"title": "Parcels get lost", "cases": str(number)})
    await sent(agent, "/problems/1/change", change_en=CHANGE, change_fr="")
    await sent(lead, "/problems/1/approve")
    await sent(agent, "/problems/1/fix")
    await tables.Author.update({tables.Author.opted_out: True}, force=True)
    page = (await agent.get("/problems/1")).text
    assert "1 person asked not to be contacted, and is not told." in page
    assert "/tell/" not in page
    assert "Everyone was told." not in page
