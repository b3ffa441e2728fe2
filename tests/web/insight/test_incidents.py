"""From a leak to its review: the press, the hold, the facts, the statement, the plan, the end."""

import re

import msgspec
import pytest

from amends.rules.team import policies
from amends.rules.vocabulary import Language, Stance
from amends.services.follow_up import policy_changes
from amends.services.reply import reply_templates
from amends.services.reply.reply_templates import Written
from amends.services.team.members import Act, Member
from amends.services.workflow import case_commands
from tests.web.site import Site, Visitor
from tests.world import DAY, MONDAY, lead_to, make_case, make_member, move

SHOWN = "/incidents/1"
MONDAY_BEFORE = (MONDAY - DAY).isoformat()


@pytest.fixture
async def alice(site: Site) -> Member:
    return await make_member("alice", role="lead")


@pytest.fixture
async def bob(alice: Member) -> Member:
    return await make_member("bob")


@pytest.fixture
async def lead(site: Site, alice: Member) -> Visitor:
    return await site.visit_as(alice)


@pytest.fixture
async def agent(site: Site, bob: Member) -> Visitor:
    return await site.visit_as(bob)


async def sent(visitor: Visitor, path: str, status: int = 303, **form: str) -> str:
    answer = await visitor.send_form(path, **form)
    assert answer.status_code == status, answer.text
    return answer.text if status != 303 else answer.headers["location"]


async def opened(visitor: Visitor, *cases: int, kind: str = "data_leak") -> None:
    numbers = ", ".join(map(str, cases))
    await sent(visitor, "/incidents", title="Addresses leaked", kind=kind, cases=numbers)


async def test_before_anything_happens_the_page_says_what_will_be_there(lead: Visitor):
    page = (await lead.get("/incidents")).text
    assert "No open incident." in page
    assert "None here yet." in (await lead.get("/incidents?state=closed")).text
    assert (await lead.get("/incidents/9")).status_code == 404


async def test_what_is_missing_is_said_beside_it_and_nothing_typed_is_lost(lead: Visitor):
    page = await sent(lead, "/incidents", 422, title="", kind="outage", cases="")
    assert 'value="outage" selected' in page
    assert "Choose at least one case." in page


async def test_a_leak_is_handled_from_the_press_to_the_review(
    lead: Visitor, agent: Visitor, alice: Member, bob: Member
):
    cases = [await make_case(bob) for _ in range(3)]
    await lead_to(cases[0], "acknowledge", by=bob)
    await move(cases[0], "keep_draft", by=bob, text="We look into it. Write to us in private.", reason="Sure")
    await opened(lead, *cases)
    page = (await lead.get(SHOWN)).text
    assert "Notify the data protection authority (GDPR Art. 33)" in page
    assert "3 cases" in page
    assert "Replies on hold" in (await agent.get(f"/cases/{cases[0]}")).text
    answer = await agent.send_form(
        f"/cases/{cases[0]}/moves", move="post_acknowledgement", reply_url="https://x.com/bakers/status/1"
    )
    assert "An incident holds the replies of this case." in answer.text

    await sent(lead, f"{SHOWN}/roles", lead=str(alice.id), spokesperson=str(bob.id))
    await sent(agent, f"{SHOWN}/facts", state="known", words="1,204 addresses.", source="IT, 17:55")
    await sent(agent, f"{SHOWN}/line", line_en="A file was open. It is closed.", line_fr="", version="0")
    await sent(agent, f"{SHOWN}/publish")
    await sent(agent, f"{SHOWN}/places", platform="x", state="later")
    await sent(agent, f"{SHOWN}/told", who="The board", how="by phone")
    await sent(agent, f"{SHOWN}/update", text="We write to everyone.", next_at="2030-01-04T18:40")
    await sent(lead, f"{SHOWN}/escalate")
    await sent(agent, f"{SHOWN}/cases/{cases[0]}/release")
    page = (await lead.get(SHOWN)).text
    for words in ("1,204 addresses.", "Version 1 was published", "told The board (by phone)", "released"):
        assert words in page, words
    wall = (await lead.get(f"{SHOWN}/wall")).text
    assert "A file was open. It is closed." in wall
    assert "<button" not in wall[wall.index('id="wall"') : wall.index("</main>")]

    location = await sent(lead, f"{SHOWN}/close", owner=str(bob.id))
    assert location == "/incidents/1/review?notice=incident-closed"
    review = (await agent.get("/incidents/1/review")).text
    assert "put the replies on hold" in review
    assert "told The board" not in review
    shown = re.search(r'name="version" value="(\d+)"', review)
    assert shown
    await sent(agent, f"{SHOWN}/review", worked="One voice.", failed="Late.", decisions="", version=shown[1])
    await sent(agent, f"{SHOWN}/review/state", state="in_review")
    refused = await sent(agent, f"{SHOWN}/review/state", 409, state="reviewed")
    assert "A review ends in an action" in refused
    due = {"owner": str(alice.id), "due_at": "2030-01-04T18:40"}
    await sent(agent, f"{SHOWN}/review/actions", words="Shorter times", target="times", **due)
    await sent(agent, f"{SHOWN}/review/state", state="reviewed")
    assert "Reviewed" in (await agent.get("/incidents?state=closed")).text


async def test_a_warning_gathers_its_posts_since_it_began_and_today_names_the_incident(
    lead: Visitor, bob: Member
):
    for _post in range(2):
        await make_case(bob)
    await sent(lead, "/incidents", title="Storm", kind="other", scope="platform:x", since=MONDAY_BEFORE)
    assert "2 cases" in (await lead.get(SHOWN)).text
    assert "Storm" in (await lead.get("/")).text


async def test_who_has_no_role_cannot_release_or_end_the_hold(lead: Visitor, agent: Visitor, bob: Member):
    case = await make_case(bob)
    await opened(lead, case)
    page = (await agent.get(SHOWN)).text
    assert "/release" not in page
    assert "/resume" not in page
    assert f"/cases/{case}/remove" not in page
    await sent(agent, f"{SHOWN}/cases/{case}/remove", 403)
    await sent(agent, f"{SHOWN}/cases/{case}/release", 403)
    await sent(agent, f"{SHOWN}/resume", 403)
    await sent(agent, f"{SHOWN}/close", 403, owner=str(bob.id))


async def test_two_who_write_the_statement_do_not_lose_a_word(lead: Visitor, agent: Visitor, bob: Member):
    await opened(lead, await make_case(bob))
    await sent(lead, f"{SHOWN}/line", line_en="Ours.", line_fr="", version="0")
    page = await sent(agent, f"{SHOWN}/line", 409, line_en="Theirs.", line_fr="", version="0")
    assert "Theirs." in page
    assert "Someone else has changed the holding statement" in page


@pytest.mark.parametrize("platform", ["x" * 10_000, "<b>", "url", "é"])
async def test_what_is_no_platform_is_kept_nowhere(lead: Visitor, bob: Member, platform: str):
    case = await make_case(bob)
    scope = f"platform:{platform}"
    await sent(lead, "/incidents", 404, title="Storm", kind="other", cases=str(case), scope=scope)
    await opened(lead, case)
    await sent(lead, f"{SHOWN}/places", 422, platform=platform, state="later")


async def test_strangers_words_stay_words(lead: Visitor, bob: Member):
    case = await make_case(bob, text="<script>alert(1)</script>", author={"name": "<b>Eve", "handle": "@eve"})
    await opened(lead, case)
    await sent(lead, f"{SHOWN}/notes", text="<img src=x>")
    for path in (SHOWN, f"{SHOWN}/wall", f"{SHOWN}/timeline"):
        page = (await lead.get(path)).text
        assert "<script>alert" not in page
        assert "<b>Eve" not in page
        assert "<img src=x>" not in page


async def test_its_cases_are_read_page_by_page(lead: Visitor, alice: Member, bob: Member):
    cases = [await make_case(bob) for _ in range(53)]
    await case_commands.assign(Act(alice, MONDAY), cases[0], owner=bob.id)
    await opened(lead, *cases, kind="outage")
    page = (await lead.get(SHOWN)).text
    following = re.search(r'href="(/incidents/1\?before=\d+)#cases"', page)
    assert following
    assert f'href="/cases/{cases[0]}"' not in page
    assert f'href="/cases/{cases[0]}"' in (await lead.get(following[1])).text


@pytest.mark.parametrize("path", ["/cases/{case}", "/cases/several?number={case}", "/problems"])
async def test_an_incident_begins_where_its_cases_are_seen(lead: Visitor, bob: Member, path: str):
    case = await make_case(bob)
    page = (await lead.get(path.format(case=case))).text
    assert ("/incidents/new" in page) is (path != "/problems")


async def test_what_an_action_changed_is_shown_as_removed_and_added(
    lead: Visitor, alice: Member, bob: Member
):
    await opened(lead, await make_case(bob), kind="outage")
    await sent(lead, f"{SHOWN}/close", owner=str(alice.id))
    draft = Written(
        title="Late <parcel>",
        text="We are sorry. It comes tomorrow.",
        language=Language.ENGLISH,
        stance=Stance.ANSWER,
    )
    act = Act(alice, MONDAY)
    reply = await reply_templates.add(draft, by=alice, now=MONDAY)
    due = {"owner": str(alice.id), "due_at": "2030-01-04T18:40"}
    await sent(lead, f"{SHOWN}/review/actions", words="No promise", target=f"reply:{reply}", **due)
    await sent(lead, f"{SHOWN}/review/actions", words="Sooner", target="times", **due)
    assert "What has changed since the review" not in (await lead.get(f"{SHOWN}/review")).text

    changed = msgspec.structs.replace(draft, text="We are sorry. We write again.")
    await reply_templates.change(act, reply, changed)
    admin = await make_member("ada", role="admin")
    await policy_changes.adopt(Act(admin, MONDAY), policies.PRESETS["solo"], move=False, after=0)
    page = (await lead.get(f"{SHOWN}/review")).text
    assert "Late &lt;parcel&gt;" in page
    assert re.search(r"<del>.*It comes tomorrow", page)
    assert re.search(r"<ins>.*We write again", page)
    assert "Answer in public, " in page
    refused = await sent(lead, f"{SHOWN}/review/actions", 422, words="What?", target="reply:7", **due)
    assert "Choose one of these." in refused
    assert 'value="What?"' in refused


async def test_where_no_case_fits_or_the_incident_is_closed_the_page_says_so(
    lead: Visitor, alice: Member, bob: Member
):
    await opened(lead, await make_case(bob), kind="outage")
    assert "No other case fits this incident." in await sent(lead, f"{SHOWN}/cases", 422, fitting="1")
    await sent(lead, f"{SHOWN}/close", owner=str(alice.id))
    assert "This incident is closed." in await sent(lead, f"{SHOWN}/cases", 409, fitting="1")
