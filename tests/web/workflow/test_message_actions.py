"""Does the link in a message open a page that says what it is about, and act only when a form is sent?"""

from datetime import timedelta
from zoneinfo import ZoneInfo

import httpx
import pytest

from amends import tables
from amends.services.nudge import message_links
from amends.services.team.members import Member
from tests.web.site import FROM_OUR_PAGE, Site, Visitor
from tests.world import case_row, lead_to, make_case, make_member, owed


@pytest.fixture
async def bob(site: Site) -> Member:
    return await make_member("bob", language="fr")


async def link(site: Site, member: Member, stage: str = "acknowledge") -> tuple[int, str]:
    """A case of this member's, and the address that their nudge bears."""
    number = await make_case(member)
    await lead_to(number, stage, by=member)
    row = next(iter((await owed(number)).values()))
    nudge = {"member": member.id, "kind": "rung", "follow_up": row["id"], "generation": row["generation"]}
    made = await message_links.make([nudge], now=site.clock())
    return number, f"/act/{made[row['id']]}"


async def press(visitor: Visitor, path: str, **fields: str) -> httpx.Response:
    return await visitor.post(path, data=fields, headers=FROM_OUR_PAGE)


async def test_the_page_says_what_it_is_about_in_the_members_language_and_tells_no_complaint(
    site: Site, bob: Member
):
    number, path = await link(site, bob)
    answer = await site.visitor().get(path, headers={"accept-language": "en"})
    assert answer.status_code == 200
    assert 'lang="fr"' in answer.text
    assert f"#{number}" in answer.text
    assert "Vous agissez au nom de Bob" in answer.text
    assert "cake" not in answer.text
    assert "Dana" not in answer.text
    assert answer.headers["referrer-policy"] == "no-referrer"
    assert answer.headers["cache-control"] == "no-store"


async def test_a_scanner_that_follows_every_link_changes_nothing(site: Site, bob: Member):
    number, path = await link(site, bob)
    before = await case_row(number)
    for method in ("GET", "HEAD"):
        for end in ("", "/snooze", "/hand-over", "/hand-back", "/done"):
            answer = await site.visitor().request(method, path + end)
            assert answer.status_code in (200, 404, 405)
    assert await case_row(number) == before
    assert (await site.visitor().get(path)).status_code == 200


async def test_each_form_acts_and_says_what_was_done(site: Site, bob: Member):
    eve = await make_member("eve")
    number, path = await link(site, bob)
    answer = await press(site.visitor(), f"{path}/hand-over", to=str(eve.id))
    assert answer.status_code == 200
    assert "Eve est maintenant responsable" in answer.text
    assert (await case_row(number))["owner"] == eve.id

    number, path = await link(site, bob)
    assert (await press(site.visitor(), f"{path}/snooze")).status_code == 200
    assert (await case_row(number))["snoozed_until"] is not None

    number, path = await link(site, bob)
    assert (await press(site.visitor(), f"{path}/hand-back")).status_code == 200
    assert (await case_row(number))["owner"] is None

    number, path = await link(site, bob, "resolved")
    assert f'action="{path}/done"' in (await site.visitor().get(path)).text
    assert (await press(site.visitor(), f"{path}/done")).status_code == 200
    assert (await case_row(number))["stage"] == "second_chance"


async def test_the_hour_is_the_members_before_the_button_and_after_it(site: Site):
    kim = await make_member("kim")
    await tables.Member.update({tables.Member.zone: "Asia/Tokyo"}).where(tables.Member.id == kim.id)
    _number, path = await link(site, kim)
    wakes = f"{(site.clock() + timedelta(days=1)).astimezone(ZoneInfo('Asia/Tokyo')):%a %H:%M}"
    assert wakes in (await site.visitor().get(path)).text
    assert wakes in (await press(site.visitor(), f"{path}/snooze")).text


async def test_nobody_chosen_is_said_beside_the_field_and_the_link_stays_good(site: Site, bob: Member):
    await make_member("eve")
    _number, path = await link(site, bob)
    answer = await press(site.visitor(), f"{path}/hand-over", to="")
    assert answer.status_code == 422
    assert 'id="act-to-error"' in answer.text
    assert (await press(site.visitor(), f"{path}/snooze")).status_code == 200


async def test_a_used_link_says_so_to_whoever_holds_it_and_a_guess_learns_nothing(site: Site, bob: Member):
    number, path = await link(site, bob)
    await press(site.visitor(), f"{path}/snooze")
    used = await site.visitor().get(path)
    unknown = await site.visitor().get("/act/" + "x" * 43)
    assert used.status_code == unknown.status_code == 410
    assert f"This link was already used. Sign in to see #{number}" in used.text
    assert "Sign in and go to Today instead" in unknown.text
    assert (await press(site.visitor(), f"{path}/snooze")).status_code == 410


async def test_a_form_of_another_site_acts_on_nothing(site: Site, bob: Member):
    number, path = await link(site, bob)
    answer = await site.visitor().post(f"{path}/snooze", headers={"sec-fetch-site": "cross-site"})
    assert answer.status_code == 403
    assert (await case_row(number))["snoozed_until"] is None


async def test_guessing_is_slowed_down(site: Site):
    guesser = site.visitor()
    answers = [(await guesser.get(f"/act/{turn:043}")).status_code for turn in range(31)]
    assert answers == [410] * 30 + [429]


async def test_the_link_acts_as_its_member_whoever_is_signed_in(site: Site, bob: Member):
    other = await site.signed_in("admin")
    number, path = await link(site, bob)
    assert (await press(other, f"{path}/snooze")).status_code == 200
    rows = await tables.Entry.select(tables.Entry.actor).where(tables.Entry.case.number == number)
    assert rows[-1]["actor"] == str(bob.id)
