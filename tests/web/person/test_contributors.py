"""Does a link open one case for somebody without an account, safely?"""

import html
import re
from zoneinfo import ZoneInfo

import pytest

from amends import tables
from tests.web.site import FROM_OUR_PAGE, Site, Visitor
from tests.world import make_case, make_member

HOSTILE = "<script>alert(1)</script>"


@pytest.fixture
async def desk(site: Site) -> Visitor:
    return await site.visit_as(await make_member("alice"))


async def made(desk: Visitor, number: int) -> str:
    page = (await desk.send_form(f"/cases/{number}/contributors", name="Grace <b>")).text
    [address] = re.findall(r'id="made-link" value="[^"]*?(/contribute\?token=[^"]+)"', page)
    return html.unescape(address)


async def test_a_colleague_helps_without_an_account(site: Site, desk: Visitor):
    number = await make_case(await make_member("bob"), text=HOSTILE)
    link = await made(desk, number)
    colleague = site.visitor()
    page = (await colleague.get(link)).text
    assert "&lt;script&gt;alert(1)" in page
    assert "Grace &lt;b&gt;, we are asking for your help." in page
    assert "@dana" not in page
    sent = await colleague.post(link, data={"text": HOSTILE}, headers=FROM_OUR_PAGE)
    assert "Your note was added to the case." in sent.text
    case = (await desk.get(f"/cases/{number}")).text
    assert "Grace &lt;b&gt;, by link" in case
    assert "<script>alert" not in case
    empty = await colleague.post(link, data={"text": " "}, headers=FROM_OUR_PAGE)
    assert (empty.status_code, "Write something first." in empty.text) == (422, True)
    assert (await colleague.get(f"/cases/{number}")).status_code in (302, 303, 401)


async def test_a_withdrawn_link_says_so_and_a_guessed_one_the_same(site: Site, desk: Visitor):
    number = await make_case(await make_member("bob"))
    link = await made(desk, number)
    page = (await desk.get(f"/cases/{number}/contributors")).text
    assert "Grace &lt;b&gt;" in page
    [withdraw] = re.findall(r'action="(/cases/\d+/contributors/[^"]+/withdraw)"', page)
    await desk.send_form(withdraw)
    assert (await desk.get("/cases/4711/contributors")).status_code == 404
    for address in (link, "/contribute?token=guess", "/contribute"):
        answer = await site.visitor().get(address)
        assert (answer.status_code, "no longer valid" in answer.text) == (404, True)


async def test_a_colleagues_hours_are_the_teams_before_and_after_they_write(site: Site, desk: Visitor):
    await tables.Team.update({tables.Team.zone: "Asia/Tokyo"}, force=True)
    link = await made(desk, await make_case(await make_member("bob")))
    colleague = site.visitor()
    written = f"{site.clock().astimezone(ZoneInfo('Asia/Tokyo')):%H:%M}"
    assert written in (await colleague.post(link, data={"text": "Hello"}, headers=FROM_OUR_PAGE)).text
    assert written in (await colleague.get(link)).text
