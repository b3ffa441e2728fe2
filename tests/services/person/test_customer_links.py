"""Can a link be made where it fits, and is it kept what came of asking?"""

import pytest

from amends import tables
from amends.rules.person import customer_links as rules
from amends.rules.person.customer_links import Purpose
from amends.rules.vocabulary import Turn
from amends.rules.workflow.steps import Reason
from amends.services.desk import cases
from amends.services.desk.cases import CaseIsClosed
from amends.services.person import customer_links
from amends.services.person.customer_links import LinkNotHere
from amends.services.team.members import Act, Member
from amends.services.workflow import moves, replies
from tests.world import MONDAY, case_row, entries, lead_to, make_case, move, owed

HAND_OFF = Purpose.HAND_OFF
URL = "https://x.com/bakers/status/7"


async def test_a_refusal_is_kept_as_the_signal_that_it_is(bob: Member):
    number = await make_case(bob)
    now = await lead_to(number, "contact", by=bob)
    await customer_links.make(Act(bob, now), number, HAND_OFF)
    assert (await case_row(number))["contact_request"] is None, "a link that was merely made asked nobody"
    await customer_links.note_refusal(Act(bob, now), number)
    assert (await case_row(number))["contact_request"] == "refused"


async def test_whoever_is_given_the_link_in_a_public_reply_was_asked_and_their_message_is_waited_for(
    bob: Member,
):
    number = await make_case(bob)
    now = await lead_to(number, "acknowledge", by=bob)
    code = await customer_links.make(Act(bob, now), number, HAND_OFF)
    text = f"Sorry! Write to us at https://desk.example/h/{rules.shown(code)}"
    undo = await move(number, "post_acknowledgement", by=bob, now=now, reply_url=URL, text=text)
    [link] = await customer_links.of_case(number, now=now)
    assert link.posted_at == now
    assert (await case_row(number))["contact_request"] == "asked"
    assert (await entries(number))[-1] == "contact_asked"
    step = (await cases.detail(Act(bob, now), number)).step
    assert (step.do, step.reason, step.turn) == ("hear_from_them", Reason.LINK_POSTED, Turn.THEIRS)
    due = (await owed(number))["contact"]["due_at"]
    assert (await cases.detail(Act(bob, due), number)).step.do == "contact_in_private"
    await moves.undo(Act(bob, now), number, undo)
    [link] = await customer_links.of_case(number, now=now)
    assert link.posted_at is None
    assert (await case_row(number))["contact_request"] is None


async def test_a_link_that_stands_in_the_draft_is_posted_with_it_and_another_text_is_not(bob: Member):
    number = await make_case(bob)
    now = await lead_to(number, "contact", by=bob)
    code = rules.shown(await customer_links.make(Act(bob, now), number, HAND_OFF))
    await replies.posted(Act(bob, now), number, url=URL, text="We are looking into it.")
    [link] = await customer_links.of_case(number, now=now)
    assert link.posted_at is None
    await replies.posted(Act(bob, now), number, url=f"{URL}1", text=f"Write here: /h/{code.lower()}")
    [link] = await customer_links.of_case(number, now=now)
    assert link.posted_at == now
    await customer_links.withdraw(Act(bob, now), number, HAND_OFF)
    step = (await cases.detail(Act(bob, now), number)).step
    assert step.do == "contact_in_private", "nobody can answer by a link that was revoked"


async def test_a_link_is_made_where_it_fits_and_not_for_a_closed_case(bob: Member):
    number = await make_case(bob)
    with pytest.raises(LinkNotHere):
        await customer_links.make(Act(bob, MONDAY), number, HAND_OFF)
    await move(number, "not_ours", by=bob, reason="An advertisement")
    with pytest.raises(CaseIsClosed):
        await customer_links.make(Act(bob, MONDAY), number, HAND_OFF)


async def test_who_withdraws_a_link_twice_does_it_once(bob: Member):
    number = await make_case(bob)
    now = await lead_to(number, "contact", by=bob)
    await customer_links.make(Act(bob, now), number, HAND_OFF)
    before = await entries(number)
    for _again in range(2):
        await customer_links.withdraw(Act(bob, now), number, HAND_OFF)
    assert await entries(number) == [*before, "contact_asked"]


async def test_the_page_of_a_link_speaks_the_language_of_the_post_and_not_that_of_its_site(bob: Member):
    number = await make_case(bob, text="Colis jamais arrivé, honteux", lang="en")
    await make_case(bob, text="Je suis venue chez vous et on ne m’a pas servie. Nul.", lang="en")
    await lead_to(number, "contact", by=bob)
    await customer_links.make(Act(bob, MONDAY), number, HAND_OFF)
    [link] = await tables.CustomerLink.select(tables.CustomerLink.language)
    assert link["language"] == "fr"
