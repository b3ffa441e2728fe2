"""Does a member see where they are signed in, and end what is not theirs any more (R-14)?"""

import re
from datetime import timedelta
from uuid import UUID

import pytest

from amends.i18n import use_language
from amends.services.team import sessions
from amends.services.team.members import Member
from amends.web.sessions import cookie_name
from amends.web.team.browser_names import named
from tests.web.site import Site, Visitor
from tests.world import make_member

FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
CHROME = (
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) "
    "Chrome/142.0.0.0 Safari/537.36"
)
ENDS = re.compile(r"/settings/sessions/([0-9a-f-]{36})/end")


async def visit(site: Site, member: Member, *, address: str, program: str) -> Visitor:
    begun = await sessions.begin_for(member, address=address, program=program, now=site.clock())
    visitor = site.visitor()
    visitor.cookies.set(cookie_name(site.settings), begun.token)
    return visitor


async def test_the_settings_list_each_session_and_mark_this_one(site: Site) -> None:
    ada = await make_member("ada")
    here = await visit(site, ada, address="192.0.2.1", program=FIREFOX)
    site.clock.move(timedelta(hours=1))
    await visit(site, ada, address="198.51.100.7", program=CHROME)
    page = (await here.get("/settings/sign-in")).text
    listed = page.partition('id="sessions"')[2].partition("</section>")[0]
    assert listed.index("Firefox on Linux") < listed.index("this one") < listed.index("Chrome on Windows")
    assert "192.0.2.1" in listed
    assert "198.51.100.7" in listed
    assert len(ENDS.findall(listed)) == 1, "this one is ended by signing out"


async def test_an_ended_session_is_out_at_once_and_the_others_stay(site: Site) -> None:
    ada = await make_member("ada")
    here, there, third = [await site.visit_as(ada) for _ in range(3)]
    shown = await sessions.of_member(ada.id, token=there.session_token, now=site.clock())
    answer = await here.send_form(f"/settings/sessions/{shown[0].id}/end")
    assert answer.headers["location"] == "/settings/sign-in?notice=ended"
    assert (await there.get("/settings")).status_code == 303
    assert (await third.get("/settings")).status_code == (await here.get("/settings")).status_code == 200


async def test_all_others_are_ended_by_one_click(site: Site) -> None:
    ada, bob = await make_member("ada"), await make_member("bob")
    here, there, third = [await site.visit_as(ada) for _ in range(3)]
    bobs = await site.visit_as(bob)
    await here.send_form("/settings/sessions/end-others")
    assert [(await one.get("/settings")).status_code for one in (there, third)] == [303, 303]
    assert [(await one.get("/settings")).status_code for one in (here, bobs)] == [200, 200]


async def test_everywhere_and_here_too_by_one_click(site: Site) -> None:
    ada = await make_member("ada")
    here, there = [await site.visit_as(ada) for _ in range(2)]
    bobs = await site.visit_as(await make_member("bob"))
    assert "Sign out everywhere, here too" in (await here.get("/settings/sign-in")).text
    answer = await here.send_form("/settings/sessions/end-all")
    assert answer.headers["location"] == "/sign-in?notice=signed-out"
    assert "Max-Age=0" in answer.headers["set-cookie"]
    assert [(await one.get("/settings")).status_code for one in (there, bobs)] == [303, 200]
    assert await sessions.of_member(ada.id, now=site.clock()) == []


async def test_nobody_ends_a_session_of_somebody_else(site: Site) -> None:
    ada, eve = await make_member("ada"), await make_member("eve", role="admin")
    adas, eves = await site.visit_as(ada), await site.visit_as(eve)
    [shown] = await sessions.of_member(ada.id, now=site.clock())
    foreign = await eves.send_form(f"/settings/sessions/{shown.id}/end")
    missing = await eves.send_form(f"/settings/sessions/{UUID(int=0)}/end")
    assert foreign.headers["location"] == missing.headers["location"]
    assert (await adas.get("/settings")).status_code == 200


@pytest.mark.parametrize(
    ("line", "words"),
    [
        (FIREFOX, "Firefox sur Linux"),
        (CHROME, "Chrome sur Windows"),
        (CHROME.replace("Safari/537.36", "Safari/537.36 Edg/142.0"), "Edge sur Windows"),
        ("curl/8.5", "curl/8.5"),
        ("", "Programme sans nom"),
    ],
)
def test_a_program_is_named_in_few_words(line: str, words: str) -> None:
    with use_language("fr"):
        assert named(line) == words
