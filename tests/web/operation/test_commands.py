"""Does every place of the list of commands lead somewhere, and does the list stand without a script?"""

import re

import pytest

from amends.rules.vocabulary import Role
from amends.web.operation.commands import PLACES
from tests.web.site import Site
from tests.world import make_case, make_member


@pytest.mark.parametrize("address", [place.address for place in PLACES])
async def test_a_place_leads_somewhere(site: Site, address: str):
    admin = await site.signed_in("admin")
    assert (await admin.get(address)).status_code == 200


def author(name: str) -> dict[str, str]:
    return {"handle": "@dana", "name": name, "url": "https://x.com/dana"}


async def test_without_a_script_it_is_a_page_of_links_with_a_search(site: Site):
    desk = await site.signed_in("admin")
    page = (await desk.get("/commands")).text
    assert set(re.findall(r'<li><a href="([^"]+)"', page)) >= {place.address for place in PLACES}
    assert 'name="words"' in page
    bob = await make_member("bob")
    number = await make_case(
        bob,
        text="The <i>oven</i> is cold",
        author=author("Dana 50%"),
    )
    assert f'href="/cases/{number}"' in (await desk.get("/commands?words=oven")).text
    assert "Dana 50%" in (await desk.get("/commands?words=50%25")).text
    assert "Dana 50%" not in (await desk.get("/commands?words=5_%25")).text


@pytest.mark.parametrize(
    ("words", "address"),
    [
        ("mailbox", "/settings/delivery"),
        ("incoming mail", "/mail"),
        ("profile", "/settings"),
        ("DELIVERY", "/settings/delivery"),
        ("holiday", "/settings/calendar"),
        ("quiet hou", "/settings/reminders"),
    ],
)
async def test_a_page_is_found_by_other_words_for_it(site: Site, words: str, address: str) -> None:
    desk = await site.signed_in("admin")
    page = (await desk.get("/commands", params={"words": words})).text
    assert f'<li><a href="{address}">' in page.partition("</main>")[0]
    part = (await desk.get("/commands", headers={"hx-request": "true"})).text
    lines = [one.lower() for one in part.split("<li ") if f'data-href="{address}"' in one]
    assert any(all(word in line for word in words.lower().split()) for line in lines)


async def test_what_is_typed_finds_cases_people_and_replies(site: Site) -> None:
    desk = await site.signed_in("lead")
    bob = await make_member("bob")
    number = await make_case(
        bob,
        text="The oven is cold",
        author=author("Dana of the oven"),
    )
    found = (await desk.get("/commands/found?words=oven")).json()
    assert f"/cases/{number}" in [one["href"] for one in found]
    assert "Dana of the oven" in [one["name"] for one in found]
    assert (await desk.get("/commands/found?words=o")).json() == []


async def test_nothing_is_offered_that_does_not_open(site: Site) -> None:
    for role in Role:
        desk = await site.signed_in(role)
        part = (await desk.get("/commands", headers={"hx-request": "true"})).text
        for address in re.findall(r'data-href="([^"]+)"', part):
            assert (await desk.get(address)).status_code == 200, (role, address)


async def test_inside_a_dialog_it_is_a_list_to_choose_from(site: Site):
    part = (await (await site.signed_in("admin")).get("/commands", headers={"hx-request": "true"})).text
    assert "<html" not in part
    assert part.count('role="option"') == len(PLACES)
