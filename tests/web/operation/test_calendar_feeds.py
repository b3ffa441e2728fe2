"""Can a calendar program read what its member owes, and nothing else, and nobody without the link?"""

import html
import re
from datetime import datetime, timedelta
from uuid import UUID

import httpx
import icalendar
import pytest

from amends import logs, tables
from amends.services.follow_up import calendar_feeds, follow_ups
from amends.services.team import members
from amends.services.team.members import Act, Member
from tests.web.site import Site, Visitor
from tests.world import DAY, HOUR, MONDAY, make_case, make_member, owed

PAGE = "/settings/calendar-feed"
HOSTILE = "Cake;\r\nEND:VEVENT\r\nBEGIN:VEVENT\r\nSUMMARY:Evil,\\n\u2028URL:https://evil.example"


@pytest.fixture
async def alice(site: Site) -> Member:
    return await make_member("alice", role="lead")


@pytest.fixture
async def desk(site: Site, alice: Member) -> Visitor:
    return await site.visit_as(alice)


async def made(desk: Visitor) -> str:
    """The path of a new link, as the page shows it."""
    answer = await desk.send_form(PAGE)
    assert answer.status_code == 200
    found = re.search(r'<code class="secret-link">([^<]+)</code>', answer.text)
    assert found
    link = html.unescape(found[1])
    assert link.startswith(f"{desk.settings.base_url}/calendar/")
    return link.removeprefix(desk.settings.base_url)


async def remind(number: int, due_at: datetime, *, of: Member) -> UUID:
    return await follow_ups.remind(Act(of, MONDAY), number, words="Ring Dana", due_at=due_at, owner=of.id)


def events(answer: httpx.Response) -> list[icalendar.Event]:
    assert answer.status_code == 200
    return list(icalendar.Calendar.from_ical(answer.content).walk("VEVENT"))


async def test_a_calendar_program_reads_kind_number_date_and_address(
    site: Site, desk: Visitor, alice: Member
):
    number = await make_case(alice)
    reminder = await remind(number, MONDAY + DAY, of=alice)
    answer = await site.visitor().get(await made(desk))
    assert answer.headers["content-type"] == "text/calendar; charset=utf-8"
    assert answer.headers["cache-control"] == "private, no-cache"
    [event] = events(answer)
    assert (event["UID"], event["SEQUENCE"]) == (f"{reminder}@amends", 1)
    assert event["SUMMARY"] == f"Reminder #{number}"
    assert (event.start, event.end) == (MONDAY + DAY, MONDAY + DAY + timedelta(minutes=30))
    assert event["URL"] == f"{site.settings.base_url}/cases/{number}"
    for words in ("cake", "Dana", "Ring"):
        assert words not in answer.text


async def test_a_moved_date_is_the_same_event_in_a_later_sequence(site: Site, desk: Visitor, alice: Member):
    number = await make_case(alice)
    reminder = await remind(number, MONDAY + DAY, of=alice)
    path = await made(desk)
    [before] = events(await site.visitor().get(path))
    await follow_ups.reschedule(Act(alice, MONDAY), reminder, due_at=MONDAY + 2 * DAY, reason="")
    [after] = events(await site.visitor().get(path))
    assert (after["UID"], after["SEQUENCE"], after.start) == (before["UID"], 2, MONDAY + 2 * DAY)


async def test_titles_come_when_they_are_wanted_and_begin_no_line(site: Site, desk: Visitor, alice: Member):
    number = await make_case(alice)
    await tables.Case.update({tables.Case.title: HOSTILE}, force=True)
    await remind(number, MONDAY + DAY, of=alice)
    path = await made(desk)
    answer = await desk.send_form(f"{PAGE}/change", with_titles="on")
    assert answer.headers["location"] == "/settings/reminders?notice=saved#calendar-feed"
    feed = await site.visitor().get(path)
    [event] = events(feed)
    assert event["SUMMARY"].startswith(f"Reminder #{number} Cake;")
    assert event["URL"] == f"{site.settings.base_url}/cases/{number}"
    assert "\nURL:https://evil" not in feed.text.replace("\r\n ", "")
    assert feed.text.count("BEGIN:VEVENT\r\n") == 1


async def test_the_feed_speaks_its_members_language_whoever_asks(site: Site):
    member = await make_member("anne", language="fr")
    desk = await site.visit_as(member)
    number = await make_case(member)
    await remind(number, MONDAY + DAY, of=member)
    path = await made(desk)
    for visitor in (site.visitor(headers={"accept-language": "en"}), await site.signed_in(name="eve")):
        [event] = events(await visitor.get(path))
        assert event["SUMMARY"] == f"Pense-bête nº\u202f{number}"


async def test_a_lead_may_have_what_nobody_owns(site: Site, desk: Visitor, alice: Member):
    number = await make_case(alice)
    path = await made(desk)
    assert events(await site.visitor().get(path)) == []
    await desk.send_form(f"{PAGE}/change", with_unowned="on")
    [event] = events(await site.visitor().get(path))
    assert event["UID"] == f"{(await owed(number))['triage']['id']}@amends"
    agent = await site.signed_in("agent")
    await made(agent)
    assert "with_unowned" not in (await agent.get("/settings/reminders")).text


async def test_the_same_feed_costs_a_few_bytes(site: Site, desk: Visitor, alice: Member):
    number = await make_case(alice)
    await remind(number, MONDAY + 2 * DAY, of=alice)
    path, calendar = await made(desk), site.visitor()
    tag = (await calendar.get(path)).headers["etag"]
    site.clock.move(HOUR)
    for known in (tag, f'W/{tag}, "other"'):
        again = await calendar.get(path, headers={"if-none-match": known})
        assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", tag)
        assert again.headers["cache-control"] == "private, no-cache"
    await remind(number, MONDAY + 3 * DAY, of=alice)
    assert (await calendar.get(path, headers={"if-none-match": tag})).status_code == 200


async def test_a_new_link_kills_the_old_one(site: Site, desk: Visitor):
    old, new = await made(desk), await made(desk)
    assert (await site.visitor().get(old)).status_code == 404
    assert (await site.visitor().get(new)).status_code == 200
    page = (await desk.get("/settings/reminders")).text
    assert "secret-link" not in page
    assert new.removesuffix(".ics").removeprefix("/calendar/") not in page


async def test_every_link_that_is_not_good_gets_the_answer_of_no_address_at_all(
    site: Site, desk: Visitor, alice: Member
):
    path = await made(desk)
    visitor = site.visitor()
    told = {
        shape: masked(await visitor.get(other))
        for shape, other in {
            "nowhere": "/nowhere",
            "unknown": "/calendar/nothing.ics",
            "without its end": path.removesuffix(".ics"),
            "another end": path.replace(".ics", ".txt"),
            "longer": path.replace(".ics", "x.ics"),
        }.items()
    }
    await members.disable(alice.id, by=None, now=MONDAY)
    told["disabled"] = masked(await visitor.get(path))
    await members.enable(alice.id, by=None, now=MONDAY)
    told["enabled again"] = masked(await visitor.get(path))
    path = await made(await site.visit_as(alice))
    assert (await visitor.get(path)).status_code == 200
    await calendar_feeds.switch_off(Act(alice, site.clock()))
    told["switched off"] = masked(await visitor.get(path))
    assert set(told.values()) == {told["nowhere"]}
    assert told["nowhere"][:2] == (404, "no-store")


def masked(answer: httpx.Response) -> tuple[int, str, str]:
    own = "|".join([answer.headers["x-request-id"], *re.findall(r'nonce="([^"]+)"', answer.text)])
    return answer.status_code, answer.headers["cache-control"], re.sub(own, "", answer.text)


async def test_one_address_may_not_ask_without_end(site: Site, desk: Visitor):
    path = await made(desk)
    site.app.state.site.feeds._burst = 3
    visitor = site.visitor(address="192.0.2.9")
    for _ in range(3):
        assert (await visitor.get("/calendar/guess.ics")).status_code == 404
    answer = await visitor.get(path)
    assert (answer.status_code, "retry-after" in answer.headers) == (429, True)
    assert (await site.visitor().get(path)).status_code == 200


async def test_the_token_opens_nothing_else_and_is_never_logged(
    site: Site, desk: Visitor, capfd: pytest.CaptureFixture[str]
):
    logs.configure(as_json=True)
    path = await made(desk)
    token = path.removesuffix(".ics").removeprefix("/calendar/")
    bearer = site.visitor(headers={"authorization": f"Bearer {token}"})
    assert (await bearer.get("/api/v1/summary")).status_code == 401
    assert (await bearer.get(f"/act/{token}")).status_code == 410
    for address in (path, f"{path}/more", path.replace(".ics", "")):
        await site.visitor().get(address)
    logs.logger("amends.test").error("request failed", asked=f"GET {path} HTTP/1.1")
    written = [line for line in "".join(capfd.readouterr()).splitlines() if "HTTP Request" not in line]
    assert any('"route": "/calendar/{file}"' in line for line in written)
    assert any("GET /calendar/[removed].ics HTTP/1.1" in line for line in written)
    assert not [line for line in written if token in line]


async def test_the_settings_make_change_and_end_a_feed(site: Site, desk: Visitor, alice: Member):
    assert "Create the link" in (await desk.get("/settings/reminders")).text
    path = await made(desk)
    assert "not read yet" in (await desk.get("/settings/reminders")).text
    await site.visitor().get(path)
    await desk.send_form(f"{PAGE}/change", with_titles="on", with_unowned="on")
    page = (await desk.get("/settings/reminders")).text
    assert "last read" in page
    assert re.search(r'name="with_titles" checked', page)
    assert re.search(r'name="with_unowned" checked', page)
    answer = await desk.send_form(f"{PAGE}/off")
    assert answer.headers["location"] == "/settings/reminders?notice=removed#calendar-feed"
    assert (await desk.send_form(f"{PAGE}/change", with_titles="on")).status_code == 404
