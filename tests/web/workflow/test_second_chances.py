"""Does the day of the second chance show all that one has to remember, and what one may write?"""

from datetime import timedelta

import pytest

from amends.rules.vocabulary import Channel
from amends.services.desk import cases
from amends.services.follow_up import follow_ups
from amends.services.team.members import Act, Member
from amends.services.workflow import public_endings
from tests.web.site import Site, Visitor
from tests.world import MONDAY, lead_to, make_case, make_member, move, second_chance_day

HEADING = 'id="second-chance-heading"'


@pytest.fixture
async def bob(site: Site) -> Member:
    return await make_member("bob")


@pytest.fixture
async def desk(site: Site, bob: Member) -> Visitor:
    return await site.visit_as(bob)


async def on_the_day(site: Site, desk: Visitor, number: int, by: Member) -> str:
    site.clock.at = await second_chance_day(number)
    again = await site.visit_as(by)  # weeks later, one has to sign in anew
    return (await again.get(f"/cases/{number}")).text


async def test_until_a_fix_is_confirmed_there_is_no_such_card(desk: Visitor, bob: Member):
    number = await make_case(bob)
    await lead_to(number, "resolved", by=bob)
    assert HEADING not in (await desk.get(f"/cases/{number}")).text


async def test_before_the_day_no_other_step_takes_its_place(desk: Visitor, bob: Member):
    number = await make_case(bob)
    now = await lead_to(number, "second_chance", by=bob)
    await public_endings.skip(Act(bob, now), number, "They asked us not to")
    page = (await desk.get(f"/cases/{number}")).text
    heading = page.split('id="next-step-heading"')[1].split("</h2>")[0]
    assert "Nothing to do until the day" in heading


async def test_before_the_day_one_sees_what_there_was_but_nothing_to_send(desk: Visitor, bob: Member):
    number = await make_case(bob)
    await lead_to(number, "second_chance", by=bob)
    page = (await desk.get(f"/cases/{number}")).text
    assert HEADING in page
    assert "check-in-words" not in page


async def test_on_the_day_everything_is_on_one_card(site: Site, desk: Visitor, bob: Member):
    number = await make_case(bob, text="Le pain était dur et la caisse était fermée pour la pause.")
    await lead_to(number, "working", by=bob)
    await follow_ups.promise(Act(bob, MONDAY), number, words="A new oven", due_at=MONDAY + timedelta(days=2))
    [promise] = [one for one in (await cases.detail(Act(bob, MONDAY), number)).follow_ups if one.words]
    await follow_ups.keep(Act(bob, MONDAY + timedelta(days=3)), promise.id)
    await move(number, "deliver_remedy", by=bob, remedy="Refunded twelve euros")
    await move(number, "confirm_fix", by=bob)
    page = await on_the_day(site, desk, number, bob)
    for words in ("Refunded twelve euros", "A new oven", "kept late", "Not rechecked yet."):
        assert words in page
    assert page.count('id="check-in-words-') == 2
    assert 'lang="fr">Bonjour Dana' in page
    assert "No gift or discount" in page


async def test_who_has_complained_again_is_not_asked(site: Site, desk: Visitor, bob: Member):
    number = await make_case(bob)
    await lead_to(number, "second_chance", by=bob)
    await make_case(bob, url="https://x.com/dana/status/1700000000000099999")
    page = await on_the_day(site, desk, number, bob)
    assert "This person has complained again since." in page
    assert "check-in-words" not in page


async def test_while_the_answer_is_awaited_the_card_stays_to_judge_it(desk: Visitor, site: Site, bob: Member):
    number = await make_case(bob)
    await lead_to(number, "second_chance", by=bob)
    day = await second_chance_day(number)
    await move(number, "check_in", by=bob, now=day, channel=Channel.EMAIL)
    site.clock.at = day
    page = (await (await site.visit_as(bob)).get(f"/cases/{number}")).text
    assert HEADING in page
    assert "check-in-words" not in page


async def test_another_complaint_of_the_person_shows_on_both_cases(site: Site, desk: Visitor, bob: Member):
    older = await make_case(bob)
    await lead_to(older, "second_chance", by=bob)
    newer = await make_case(bob)
    said = f'<a href="/cases/{older}">The second chance of #{older} is waiting for this case</a>'
    assert said in (await desk.get(f"/cases/{newer}")).text
    assert "newer case first" in await on_the_day(site, desk, older, bob)
    await move(newer, "not_ours", by=bob, now=site.clock.at, reason="Another bakery")
    assert said not in (await (await site.visit_as(bob)).get(f"/cases/{newer}")).text
