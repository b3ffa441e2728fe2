"""Does the agenda show each thing on its day, and does another date find its way back there?"""

import re
from datetime import UTC, date, datetime, timedelta
from urllib.parse import urlencode
from uuid import UUID

import pytest

from amends.rules.team.closed_day_files import ClosedDay
from amends.services.follow_up import follow_ups
from amends.services.team import absences, closed_days
from amends.services.team.members import Act, Member
from amends.services.workflow import case_commands
from amends.web.follow_up import agenda as pages
from tests.web.site import Site, Visitor
from tests.world import DAY, HOUR, MONDAY, make_case, make_member, owed


@pytest.fixture
async def alice(site: Site) -> Member:
    return await make_member("alice", role="lead")


@pytest.fixture
async def desk(site: Site, alice: Member) -> Visitor:
    return await site.visit_as(alice)


async def remind(number: int, due_at: datetime, *, of: Member, words: str = "Call Dana") -> UUID:
    return await follow_ups.remind(Act(of, MONDAY), number, words=words, due_at=due_at, owner=of.id)


def days_of(page: str) -> dict[str, str]:
    """What stands on each day, by the day."""
    parts = re.split(r'data-day="([\d-]+)"', page)
    return dict(zip(parts[1::2], parts[2::2], strict=True))


async def page_of(desk: Visitor, **asked: str) -> str:
    answer = await desk.get(f"/agenda?{urlencode(asked)}")
    assert answer.status_code == 200
    return answer.text


async def test_the_week_begins_on_monday_and_shows_each_thing_on_its_day(desk: Visitor, alice: Member):
    number = await make_case(alice)
    await remind(number, MONDAY + 2 * DAY, of=alice, words="Call <b>Dana</b>")
    days = days_of(await page_of(desk))
    assert list(days) == [f"2026-05-{day:02}" for day in range(4, 11)]
    entry = days["2026-05-06"]
    assert "Call &lt;b&gt;Dana&lt;/b&gt;" in entry
    assert ">10:00</time>" in entry
    assert f'href="/cases/{number}"' in entry
    assert "You" in entry
    assert "Reminder" in entry
    assert "Call" not in days["2026-05-05"]


async def test_a_title_is_escaped_and_keeps_its_direction(desk: Visitor, alice: Member):
    await make_case(alice, text="<img src=x onerror=alert(1)> لم تصل الكعكة", lang="ar")
    page = await page_of(desk)
    assert "<img" not in page
    assert 'lang="ar" dir="auto">&lt;img src=x' in page


async def test_the_days_are_those_of_the_members_zone(desk: Visitor, alice: Member):
    number = await make_case(alice)
    await remind(number, datetime(2026, 5, 5, 22, 30, tzinfo=UTC), of=alice)
    days = days_of(await page_of(desk))
    assert "Call Dana" in days["2026-05-06"]
    assert ">00:30</time>" in days["2026-05-06"]


async def test_whose_stands_in_the_address(desk: Visitor, alice: Member):
    bob = await make_member("bob")
    number = await make_case(alice)
    for one, words in ((alice, "Mine to do"), (bob, "Bob is to do it")):
        await remind(number, MONDAY + DAY, of=one, words=words)
    seen = {
        who: {words for words in ("Mine to do", "Bob is to do it", "<b>Decide</b>") if words in page}
        for who in ("mine", "team", "everybody")
        for page in [await page_of(desk, who=who)]
    }
    assert seen == {
        "mine": {"Mine to do"},
        "team": {"<b>Decide</b>"},
        "everybody": {"Mine to do", "Bob is to do it", "<b>Decide</b>"},
    }
    page = await page_of(desk, who="mine", view="month")
    assert 'href="/agenda?day=2026-04-27&amp;who=mine"' in page, "the row of a week"
    assert 'href="/agenda?view=month&amp;who=mine" aria-current="true"' in page


async def test_what_is_late_is_gathered_first_and_on_no_day(site: Site, desk: Visitor, alice: Member):
    number = await make_case(alice)
    for minutes in range(6):
        await remind(number, MONDAY + timedelta(minutes=minutes + 1), of=alice, words=f"Late {minutes}")
    site.clock.move(HOUR)
    page = await page_of(desk, who="mine")
    gathered, _, rest = page.partition('data-day="2026-05-04"')
    assert gathered.index("Late 0") < gathered.index("Late 3")
    assert '<span class="soft nowrap">6 follow-ups on 1 case</span>' in gathered
    assert "2 more" in gathered
    assert "Late" not in rest
    assert 'href="/agenda?view=late&amp;who=mine"' in gathered
    alone = await page_of(desk, view="late", who="mine")
    assert [f"Late {minutes}" in alone for minutes in range(6)] == [True] * 6


async def test_a_week_that_is_over_shows_what_is_late_where_it_was_due(
    site: Site, desk: Visitor, alice: Member
):
    number = await make_case(alice)
    await remind(number, MONDAY + HOUR, of=alice)
    site.clock.move(8 * DAY)
    page = await page_of(await site.visit_as(alice), day="2026-05-04", who="mine")
    assert "agenda-late" not in page
    assert "Call Dana" in days_of(page)["2026-05-04"]
    assert "8 days late" in page


async def test_a_month_is_a_table_of_whole_weeks(desk: Visitor, alice: Member):
    number = await make_case(alice)
    await remind(number, MONDAY + 21 * DAY, of=alice)
    page = await page_of(desk, view="month")
    days = days_of(page)
    assert (min(days), max(days), len(days)) == ("2026-04-27", "2026-05-31", 35)
    assert "Call Dana" in days["2026-05-25"]
    assert page.count('<th scope="row">') == 5
    assert page.count('<th scope="col">') == 8
    assert "May 2026" in page


async def test_a_full_day_shows_its_first_and_leads_to_the_rest(
    desk: Visitor, alice: Member, monkeypatch: pytest.MonkeyPatch
):
    number = await make_case(alice)
    for minutes in range(10):
        await remind(number, MONDAY + DAY + timedelta(minutes=minutes), of=alice, words=f"No. {minutes}")
    week = days_of(await page_of(desk, who="mine"))["2026-05-05"]
    assert ("No. 7" in week, "No. 8" in week, "2 more" in week) == (True, False, True)
    month = days_of(await page_of(desk, who="mine", view="month"))["2026-05-05"]
    assert ("No. 2" in month, "No. 3" in month, "7 more" in month) == (True, False, True)
    assert 'href="/agenda?view=day&amp;day=2026-05-05&amp;who=mine"' in week
    monkeypatch.setattr(pages, "SHOWN_ALONE", 6)
    first = await page_of(desk, view="day", day="2026-05-05", who="mine")
    found = re.search(r'href="(/agenda[^"]+after=[^"]+)"', first)
    assert found
    second = (await desk.get(found[1].replace("&amp;", "&"))).text
    assert [f"No. {minutes}" in first for minutes in range(10)] == [True] * 6 + [False] * 4
    assert [f"No. {minutes}" in second for minutes in range(10)] == [False] * 6 + [True] * 4


async def test_holidays_closed_days_absences_and_duties_are_said_on_their_days(
    site: Site, desk: Visitor, alice: Member
):
    admin, bob = await make_member("root", role="admin"), await make_member("bob")
    bridge = ClosedDay(date(2026, 5, 15), date(2026, 5, 16), "<Bridge>")
    await closed_days.add(Act(admin, MONDAY), [bridge])
    begins, ends = MONDAY + 8 * DAY, datetime(2026, 5, 13, 22, 0, tzinfo=UTC)  # midnight in Paris
    await absences.plan(Act(alice, MONDAY), bob.id, begins_at=begins, ends_at=ends, deputy=None)
    await absences.take_duty(Act(alice, MONDAY), alice.id, begins_at=begins, ends_at=begins + HOUR)
    days = days_of(await page_of(desk, day="2026-05-12"))
    assert "Holiday: Ascension Day" in days["2026-05-14"]
    assert "Team closed: &lt;Bridge&gt;" in days["2026-05-15"]
    assert "Team closed" in days["2026-05-16"]
    assert [day for day in days if "Away: Bob" in days[day]] == ["2026-05-12", "2026-05-13"]
    assert [day for day in days if "On duty: Alice" in days[day]] == ["2026-05-12"]
    assert "Away: Bob" in await page_of(desk, view="day", day="2026-05-12")
    french = await site.signed_in(language="fr")
    assert "Jour férié\u202f: Ascension" in (await french.get("/agenda?day=2026-05-12")).text


async def test_what_sleeps_says_until_when(desk: Visitor, alice: Member):
    number = await make_case(alice)
    await case_commands.snooze(Act(alice, MONDAY), number, until=MONDAY + 2 * DAY, wake_on_reply=True)
    assert "snoozed until" in days_of(await page_of(desk))["2026-05-04"]


@pytest.mark.parametrize(
    "asked",
    [
        {"view": "decade", "who": "<script>", "day": "tomorrow"},
        {"day": "0001-01-01"},
        {"day": "9999-12-31", "view": "month"},
        {"view": "day", "after": "x"},
        {"view": "late", "after": "00000000-0000-4000-8000-000000000000"},
    ],
)
async def test_an_address_that_makes_no_sense_shows_the_usual(desk: Visitor, asked: dict[str, str]):
    assert "<script>" not in (await page_of(desk, **asked)).replace("<script ", "")


@pytest.mark.parametrize("day", ["2000-01-01", "2199-12-31"])
async def test_the_first_and_the_last_page_lead_back(desk: Visitor, day: str):
    for view in ("day", "week", "month"):
        page = await page_of(desk, view=view, day=day)
        assert ("Previous" in page) + (">Next<" in page) == 1


async def test_another_date_by_the_form_leads_back_to_the_agenda(desk: Visitor, alice: Member):
    number = await make_case(alice)
    triage = (await owed(number))["triage"]
    page = await page_of(desk, view="month", who="team")
    link = re.search(rf'href="(/follow-ups/{triage["id"]}/date\?back=[^"]+)"', page)
    assert link
    form = (await desk.get(link[1].replace("&amp;", "&"))).text
    assert 'value="2026-05-04T12:00"' in form
    assert "Europe/Paris" in form
    hidden = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', form))
    given = {name: value.replace("&amp;", "&") for name, value in hidden.items() if name != "csrf"}
    answer = await desk.send_form(
        f"/follow-ups/{triage['id']}/date", due_at="2026-05-07T15:30", reason="They are away", **given
    )
    assert answer.headers["location"] == (
        f"/agenda?view=month&who=team&notice=rescheduled#due-{triage['id']}"
    )
    assert (await owed(number))["triage"]["due_at"] == datetime(2026, 5, 7, 13, 30, tzinfo=UTC)
    assert "Due date changed." in (await desk.get(answer.headers["location"])).text


@pytest.mark.parametrize(
    "back",
    ["https://evil.example/agenda?view=month", "//evil.example", "/agenda\r\nx: y", f"?{'a&' * 99}"],
)
async def test_a_form_leads_nowhere_but_to_the_agenda(desk: Visitor, alice: Member, back: str):
    triage = (await owed(await make_case(alice)))["triage"]
    answer = await desk.send_form(f"/follow-ups/{triage['id']}/date", due_at="2026-05-07T15:30", back=back)
    assert answer.headers["location"].startswith("/agenda?")


async def test_a_past_date_is_refused_beside_its_field_and_keeps_what_was_typed(desk: Visitor, alice: Member):
    number = await make_case(alice)
    triage = (await owed(number))["triage"]
    answer = await desk.send_form(
        f"/follow-ups/{triage['id']}/date",
        due_at="2026-05-03T15:30",
        reason="They are away",
        back="/agenda?who=mine",
    )
    assert answer.status_code == 422
    assert 'id="date-due_at-error">Choose a date in the future.' in answer.text
    assert 'value="2026-05-03T15:30"' in answer.text
    assert 'value="They are away"' in answer.text
    assert 'href="/agenda?who=mine"' in answer.text


async def test_the_second_of_two_is_told_and_sees_the_date_that_counts(desk: Visitor, alice: Member):
    number = await make_case(alice)
    triage = (await owed(number))["triage"]
    path, seen = f"/follow-ups/{triage['id']}/date", str(triage["generation"])
    await desk.send_form(path, due_at="2026-05-06T15:30", generation=seen, back="/agenda")
    second = await desk.send_form(path, due_at="2026-05-08T09:00", generation=seen, back="/agenda")
    assert second.status_code == 409
    assert "Someone else has changed this date in the meantime." in second.text
    assert 'value="2026-05-08T09:00"' in second.text
    assert "Wed 15:30" in second.text
    fresh = re.search(r'name="generation" value="(\d+)"', second.text)
    assert fresh
    third = await desk.send_form(path, due_at="2026-05-08T09:00", generation=fresh[1], back="/agenda")
    assert third.status_code == 303
    assert (await owed(number))["triage"]["due_at"] == datetime(2026, 5, 8, 7, 0, tzinfo=UTC)


async def test_a_promise_has_no_form_and_its_refusal_says_what_to_do(desk: Visitor, alice: Member):
    number = await make_case(alice)
    promise = await follow_ups.promise(Act(alice, MONDAY), number, words="A call", due_at=MONDAY + DAY)
    assert f"/follow-ups/{promise}/date" not in await page_of(desk)
    for answer in (
        await desk.get(f"/follow-ups/{promise}/date"),
        await desk.send_form(f"/follow-ups/{promise}/date", due_at="2026-05-08T09:00"),
    ):
        assert answer.status_code == 409
        assert "then add a new one" in answer.text


async def test_today_and_what_is_owed_on_a_case_lead_to_the_agenda(desk: Visitor, alice: Member):
    number = await make_case(alice)
    assert 'href="/agenda"' in (await desk.get("/")).text
    page = (await desk.get(f"/cases/{number}")).text
    assert 'href="/agenda?view=day&amp;day=2026-05-04"' in page
    assert re.search(r'name="generation" value="1"', page), "the form of the case compares too"
