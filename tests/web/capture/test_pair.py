"""How does one click on the pairing page make a browser the member's?"""

import asyncio
import io
import re
import zipfile
from datetime import timedelta

import pytest

from amends.services.team import browsers
from tests.web.site import Site
from tests.world import make_member

CHROME = {"origin": "chrome-extension://abcdefghijklmnopabcdefghijklmnop"}


async def code_of(site: Site, name: str = "ada") -> str:
    visitor = await site.visit_as(await make_member(name))
    page = await visitor.get("/pair")
    assert '<meta name="amends-server" content="http://127.0.0.1:8000">' in page.text
    assert f'<meta name="amends-member" content="{name.capitalize()}">' in page.text
    found = re.search('<meta name="amends-pairing" content="([^"]+)">', page.text)
    assert found
    return found[1]


async def test_the_code_of_the_page_becomes_a_token_once(site: Site) -> None:
    code = await code_of(site)
    extension = site.visitor(headers=CHROME)
    answer = await extension.post("/api/v1/browsers", json={"code": code, "name": "Chrome on Linux"})
    assert answer.status_code == 201
    paired = answer.json()
    assert re.fullmatch("amends_[a-z0-9]{8}_[A-Za-z0-9_-]{43}", paired.pop("token"))
    assert paired == {
        "member": {"name": "Ada", "email": "ada@example.org"},
        "team": "Bakers",
        "server": "http://127.0.0.1:8000",
    }
    assert answer.headers["access-control-allow-origin"] == CHROME["origin"]
    again = await extension.post("/api/v1/browsers", json={"code": code, "name": "Chrome"})
    assert (again.status_code, again.json()["type"]) == (410, "urn:amends:problem:code-is-spent")


async def test_a_code_ends_after_five_minutes(site: Site) -> None:
    code = await code_of(site)
    site.clock.move(timedelta(minutes=5))
    answer = await site.visitor().post("/api/v1/browsers", json={"code": code, "name": "Chrome"})
    assert answer.status_code == 410


async def test_of_many_who_use_one_code_at_once_one_is_paired(site: Site) -> None:
    code = await code_of(site)
    answers = await asyncio.gather(
        *(site.visitor().post("/api/v1/browsers", json={"code": code, "name": "x"}) for _ in range(8))
    )
    assert sorted(answer.status_code for answer in answers) == [201] + [410] * 7


async def test_guessing_codes_is_slowed_down(site: Site) -> None:
    await code_of(site)
    guesser = site.visitor()
    answers = [await guesser.post("/api/v1/browsers", json={"code": str(n), "name": "x"}) for n in range(12)]
    assert [answer.status_code for answer in answers] == [410] * 10 + [429] * 2
    assert answers[-1].headers["retry-after"] == "6"


async def test_what_is_wrong_is_named(site: Site) -> None:
    for body in ({}, {"code": "x"}, {"code": "x", "name": "y", "more": 1}, {"code": 5, "name": "y"}):
        answer = await site.visitor().post("/api/v1/browsers", json=body)
        assert answer.status_code == 422
        assert answer.headers["content-type"] == "application/problem+json"
        assert answer.json()["fields"]
    answer = await site.visitor().post("/api/v1/browsers", content=b"{")
    assert answer.status_code in (400, 422)


async def test_the_page_shows_the_browser_that_was_paired_with_its_own_code_only(site: Site) -> None:
    ada = await make_member("ada")
    visitor = await site.visit_as(ada)
    page, other = (await visitor.get("/pair")).text, (await visitor.get("/pair")).text
    assert "Waiting for the click" in page
    asked, asked_by_other = (re.findall(r'hx-get="(/pair/browsers[^"]+)"', each)[0] for each in (page, other))
    await browsers.create(ada.email, name="A program", now=site.clock())
    assert "Waiting for the click" in (await visitor.get(asked)).text
    site.clock.move(timedelta(seconds=3))
    code = re.findall('<meta name="amends-pairing" content="([^"]+)">', page)[0]
    await site.visitor().post("/api/v1/browsers", json={"code": code, "name": "Ada’s Firefox"})
    paired = (await visitor.get(asked)).text
    assert "Paired: Ada’s Firefox" in paired
    assert "choose the sites in its options" in paired, "no post has a button before a site is chosen"
    assert "Waiting for the click" in (await visitor.get(asked_by_other)).text
    assert "Waiting for the click" in (await visitor.get("/pair/browsers")).text
    stranger = await site.visit_as(await make_member("eve"))
    assert "Waiting for the click" in (await stranger.get(asked)).text


async def test_the_page_makes_no_row_for_those_who_are_not_signed_in(site: Site) -> None:
    assert (await site.visitor().get("/pair")).headers["location"] == "/sign-in?next=%2Fpair"


@pytest.mark.parametrize("store", ["chrome", "firefox"])
async def test_a_member_downloads_the_extension_for_a_browser(site: Site, store: str) -> None:
    assert (await site.visitor().get(f"/pair/extension/{store}")).status_code == 303
    member = await site.signed_in()
    assert f'href="/pair/extension/{store}"' in (await member.get("/pair")).text
    answer = await member.get(f"/pair/extension/{store}")
    assert answer.headers["content-type"] == "application/zip"
    assert "manifest.json" in zipfile.ZipFile(io.BytesIO(answer.content)).namelist()
    assert (await member.get("/pair/extension/safari")).status_code == 404
