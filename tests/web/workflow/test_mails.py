"""The page of mails: what waits is put on a case, made one or set aside, and strangers' text stays text."""

import re
from uuid import UUID

import pytest

from amends import tables
from amends.gateways.mail_reader import SandboxedMailReader
from amends.services.capture import mails as kept
from amends.services.team.members import Member
from amends.services.workflow import mails
from tests.mails import DirectReader, mail
from tests.web.site import Site, Visitor
from tests.world import MONDAY, case_row, entries, lead_to, make_case, make_member

HOSTILE = "<script>alert(1)</script><img src=x onerror=alert(1)>"


@pytest.fixture
async def bob(site: Site) -> Member:
    return await make_member("bob")


@pytest.fixture
async def agent(site: Site, bob: Member) -> Visitor:
    return await site.visit_as(bob)


async def came(site: Site, content: bytes) -> UUID:
    """A mail that came in and waits."""
    files, secrets = site.app.state.site.files, site.app.state.site.secrets
    await kept.keep(content, reader=DirectReader(), files=files, now=MONDAY)
    await mails.sort_new(DirectReader(), files, secrets, now=MONDAY)
    return (await kept.waiting())[-1].id


async def test_an_empty_list_says_what_comes_here(agent: Visitor):
    assert "No mail is waiting." in (await agent.get("/mail")).text


async def test_what_strangers_wrote_is_shown_as_text(site: Site, agent: Visitor):
    waits = await came(site, mail(HOSTILE, From=f'"{HOSTILE}" <x@example.com>', Subject=HOSTILE))
    for page in ("/mail", f"/mail/{waits}"):
        text = (await agent.get(page)).text
        assert "<img src=x" not in text
        assert "alert(1)&lt;" in text


async def test_a_mail_is_put_on_a_case_that_was_searched_and_moves_it(
    site: Site, agent: Visitor, bob: Member
):
    number = await make_case(bob)
    await lead_to(number, "waiting", by=bob)
    waits = await came(site, mail("The lemon one."))
    assert "1 mail waits" in (await agent.get("/")).text
    page = await agent.get(f"/mail/{waits}?q=cake")
    assert f"Put on #{number}" in page.text
    done = await agent.send_form(f"/mail/{waits}/case", number=str(number))
    assert done.headers["location"] == f"/cases/{number}?notice=mail-put"
    assert (await case_row(number))["stage"] == "working"
    shown = (await agent.get(f"/cases/{number}")).text
    assert "The lemon one." in shown
    assert "as recorded by Bob" in shown
    assert "My cake.eml" in shown
    assert await kept.how_many_wait() == 0


async def test_a_number_that_is_no_case_is_refused_and_the_mail_waits_on(site: Site, agent: Visitor):
    waits = await came(site, mail())
    await agent.get(f"/mail/{waits}")
    assert (await agent.send_form(f"/mail/{waits}/case", number="99")).status_code == 404
    assert await kept.how_many_wait() == 1


async def test_two_members_decide_and_the_second_is_told(site: Site, agent: Visitor, bob: Member):
    number = await make_case(bob)
    waits = await came(site, mail())
    await agent.get(f"/mail/{waits}")
    assert (await agent.send_form(f"/mail/{waits}/aside")).status_code == 303
    late = await agent.send_form(f"/mail/{waits}/case", number=str(number))
    assert late.status_code == 409
    assert await entries(number) == ["captured"]


async def test_a_mail_becomes_a_case_once(site: Site, agent: Visitor):
    waits = await came(site, mail("It came broken."))
    await agent.get(f"/mail/{waits}")
    done = await agent.send_form(f"/mail/{waits}/open")
    number = int(re.search(r"/cases/(\d+)", done.headers["location"])[1])
    case = await case_row(number)
    assert (case["title"], case["platform"], case["stage"]) == ("My cake", "email", "new")
    [row] = await tables.Mail.select()
    assert (row["state"], row["case"]) == ("added", case["id"])
    assert "files_added" in await entries(number)
    await agent.get("/mail")
    await agent.send_form(f"/mail/{waits}/open")
    assert await tables.Case.count() == 1


async def test_what_was_set_aside_can_be_put_back(site: Site, agent: Visitor):
    waits = await came(site, mail())
    await agent.get("/mail")
    await agent.send_form(f"/mail/{waits}/aside")
    assert "Set aside by a member" in (await agent.get("/mail")).text
    await agent.send_form(f"/mail/{waits}/back")
    assert await kept.how_many_wait() == 1


async def test_the_mail_itself_is_a_file_and_never_a_page(site: Site, agent: Visitor):
    content = mail("<script>x</script>")
    waits = await came(site, content)
    answer = await agent.get(f"/mail/{waits}/original")
    assert answer.content == content
    assert answer.headers["content-type"].startswith("application/octet-stream")
    assert answer.headers["content-disposition"].startswith("attachment")


async def test_a_reader_sees_and_decides_nothing(site: Site):
    reader = await site.visit_as(await make_member("rita", role="reader"))
    waits = await came(site, mail())
    for page in ("/mail", f"/mail/{waits}", f"/mail/{waits}/original"):
        assert (await reader.get(page)).status_code == 403
    assert "mail waits" not in (await reader.get("/")).text
    for deed in ("aside", "open", "back"):
        assert (await reader.send_form(f"/mail/{waits}/{deed}")).status_code == 403


def test_pages_read_mails_in_a_process_of_their_own(site: Site):
    assert isinstance(site.app.state.site.mail_reader, SandboxedMailReader)


async def test_the_answer_is_written_in_ones_own_mail_program_and_names_the_case(
    site: Site, agent: Visitor, bob: Member
):
    number = await make_case(bob)
    await lead_to(number, "waiting", by=bob)
    assert "mailto:" not in (await agent.get(f"/cases/{number}")).text
    waits = await came(site, mail("The lemon one.", From="dana&x=y@example.com", Subject="My cake & you"))
    await agent.get(f"/mail/{waits}")
    await agent.send_form(f"/mail/{waits}/case", number=str(number))
    shown = (await agent.get(f"/cases/{number}")).text
    [address] = re.findall(r'href="(mailto:[^"]+)"', shown)
    assert (
        address
        == f"mailto:dana%26x%3Dy@example.com?subject=Re%3A%20My%20cake%20%26%20you%20%5B%23{number}%5D"
    )


async def test_the_way_that_is_most_likely_right_is_the_one_filled_button(
    site: Site, agent: Visitor, bob: Member
):
    number = await make_case(bob)
    await lead_to(number, "waiting", by=bob)
    waits = await came(site, mail("It came broken."))
    filled = re.compile(r'class="[^"]*primary[^"]*"[^>]*>([^<]+)')
    assert filled.findall((await agent.get(f"/mail/{waits}")).text) == ["Create case"]
    assert filled.findall((await agent.get(f"/mail/{waits}?q=cake")).text) == [f"Put on #{number}"]
