"""Is the navigation the same on every page, with true numbers, for each role?"""

import re

import pytest

from amends.rules.vocabulary import Role
from amends.services.capture import mails as kept
from amends.services.team.members import Act
from amends.services.workflow import mails
from amends.web.navigation import MAIL, MAIN, MORE, NAMED, SETTINGS, group_of, may_open, place_of
from tests.mails import DirectReader, mail
from tests.web.site import Site
from tests.world import MONDAY, make_case, make_member

WAYS = re.compile(r'<li><a href="([^"]+)"[^>]*>(?=<svg)')
WITHIN = re.compile(r'<nav class="group-nav".*?</nav>', re.DOTALL)


async def test_every_page_shows_the_same_places_whether_or_not_something_waits(site: Site) -> None:
    desk = await site.signed_in("agent")
    rail = [place for place in (*MAIN, *MORE) if place is not MAIL]
    places = [one.address for place in rail for one in (place, *place.within)]
    for page in ("/", "/people", "/settings", "/nowhere"):
        assert WAYS.findall((await desk.get(page)).text) == places
    bob = await make_member("bob")
    await make_case(bob)
    assert WAYS.findall((await desk.get("/")).text) == places


async def test_the_places_of_a_group_stand_above_each_of_its_pages_and_nowhere_else(site: Site) -> None:
    desk = await site.signed_in("admin")
    for group in (place for place in MORE if place.within):
        for address in [other for one in group.within for other in (one.address, *one.others)]:
            page = (await desk.get(address)).text
            [shown] = WITHIN.findall(page)
            assert re.findall(r'href="([^"]+)"', shown) == [one.address for one in group.within]
            assert re.findall(r'href="([^"]+)" aria-current="page"', shown) == [place_of(address)]
            assert page.count('aria-current="true"') == 1, "the rail says which group it is"
    assert not WITHIN.findall((await desk.get("/agenda")).text)


async def test_the_number_of_approvals_stands_beside_their_group_too(site: Site) -> None:
    desk = await site.signed_in("agent")
    page = (await desk.get("/")).text
    assert page.count('data-count="/approvals"') == 2
    assert (await desk.get("/replies")).text.count('data-count="/approvals"') == 3


def test_each_named_place_has_keys_of_its_own() -> None:
    keys = [place.keys for place in NAMED]
    assert all(keys)
    assert len(set(keys)) == len(keys)


async def test_new_cases_are_counted_beside_triage(site: Site) -> None:
    desk = await site.signed_in("agent")
    count = re.compile(r'data-count="/triage">(\d*)')
    assert count.findall((await desk.get("/cases")).text) == [""]
    bob = await make_member("bob")
    for _ in range(2):
        await make_case(bob)
    assert count.findall((await desk.get("/cases")).text) == ["2"]
    part = await desk.get("/", headers={"hx-request": "true"})
    assert "[data-count='/triage']\">2<" in part.text, "a part of a page brings the numbers along"


async def test_mail_stands_in_the_rail_with_its_number_where_it_comes_and_for_those_who_decide(
    site: Site,
) -> None:
    desk, reader = await site.signed_in("agent"), await site.signed_in("reader")
    assert "/mail" not in WAYS.findall((await desk.get("/cases")).text)
    files, secrets = site.app.state.site.files, site.app.state.site.secrets
    await kept.keep(mail(), reader=DirectReader(), files=files, now=MONDAY)
    await mails.sort_new(DirectReader(), files, secrets, now=MONDAY)
    page = (await desk.get("/cases")).text
    assert "/mail" in WAYS.findall(page)
    assert re.findall(r'data-count="/mail">(\d*)', page) == ["1"]
    await kept.set_aside(Act(await make_member("bob"), MONDAY), (await kept.waiting())[0].id)
    assert re.findall(r'data-count="/mail">(\d*)', (await desk.get("/cases")).text) == [""]
    assert "/mail" not in WAYS.findall((await reader.get("/cases")).text)
    assert (await reader.get("/mail")).status_code == 403


@pytest.mark.parametrize(
    ("path", "place"),
    [
        ("/", "/"),
        ("/cases/12/answer", "/cases"),
        ("/casesandmore", ""),
        ("/pair", ""),
        ("/triage", "/triage"),
        ("/feeds", "/places"),
        ("/mail", "/mail"),
        ("/insights/owners", "/insights"),
    ],
)
def test_a_page_belongs_to_one_place(path: str, place: str) -> None:
    assert place_of(path) == place


def test_a_place_of_a_group_knows_its_group() -> None:
    assert [group.name for place in ("/incidents", "/approvals") if (group := group_of(place))] == [
        "Big picture",
        "Replies",
    ]
    assert group_of("/cases") is None


async def test_what_a_role_may_open_is_asked_of_the_routes(site: Site) -> None:
    agent, lead, admin = [await make_member(role, role=role) for role in ("agent", "lead", "admin")]
    assert may_open(site.app, agent, "/cases")
    assert may_open(site.app, lead, "/settings/policy#times")
    assert not may_open(site.app, agent, "/settings/policy")
    assert not may_open(site.app, admin, "/metrics"), "a page for a monitor is nobody's"
    assert not may_open(site.app, admin, "/nowhere")


async def test_beside_the_settings_stand_all_pages_that_open_for_a_role_and_no_other(site: Site) -> None:
    every = {place.address for _name, places in SETTINGS for place in places}
    for role in Role:
        desk = await site.signed_in(role)
        page = (await desk.get("/settings")).text
        shown = set(re.findall(r'href="(/settings[^"#?]*)"', page[page.index("settings-nav") :])) & every
        opened = {address for address in every if (await desk.get(address)).status_code == 200}
        assert shown == opened
