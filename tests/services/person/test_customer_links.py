"""Can a link be made where it fits, and is it kept what came of asking?"""

import pytest

from amends import tables
from amends.rules.person.customer_links import Purpose
from amends.services.desk.cases import CaseIsClosed
from amends.services.person import customer_links
from amends.services.person.customer_links import LinkNotHere
from amends.services.team.members import Act, Member
from tests.world import MONDAY, case_row, entries, lead_to, make_case, move

HAND_OFF = Purpose.HAND_OFF


async def test_a_refusal_is_kept_as_the_signal_that_it_is(bob: Member):
    number = await make_case(bob)
    now = await lead_to(number, "contact", by=bob)
    await customer_links.make(Act(bob, now), number, HAND_OFF)
    assert (await case_row(number))["contact_request"] == "asked"
    await customer_links.note_refusal(Act(bob, now), number)
    assert (await case_row(number))["contact_request"] == "refused"


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
