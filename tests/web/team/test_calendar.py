"""Can an admin set the hours of each day and the closed days, and can anybody try a date?"""

from datetime import date

import pytest

from amends.rules.team.closed_day_files import ClosedDay, read
from amends.rules.team.closed_days import holidays_of
from amends.services.team import calendars, closed_days, teams
from amends.web.sessions import csrf_token
from amends.web.team import hours_form, regions
from amends.web.team.region_names import NAMES
from tests.web.site import FROM_OUR_PAGE, Site, Visitor

PAGE = "/settings/calendar"
HOURS = {f"day_{day}": "09:00–12:00, 13:00–18:00" for day in range(4)}
PLACE = {"zone": "Europe/Paris", "country": "FR/57"}
EVENINGS = {"on_duty": "own", **{f"duty_day_{day}": "18-22" for day in range(5)}, "duty_zone": "Europe/Paris"}
FILE = (
    b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nDTSTART;VALUE=DATE:20260803\r\nDTEND;VALUE=DATE:20260817\r\n"
    b"SUMMARY:Summer\r\nEND:VEVENT\r\nBEGIN:VEVENT\r\nDTSTART:20260515T090000Z\r\nSUMMARY:Stand-up <b>\r\n"
    b"END:VEVENT\r\nEND:VCALENDAR"
)


@pytest.fixture
async def desk(site: Site) -> Visitor:
    return await site.signed_in("admin")


async def bring(desk: Visitor, content: bytes):
    token = csrf_token(desk.session_token, desk.settings)
    file = {"file": ("closed.ics", content, "text/calendar")}
    path = "/settings/closed-days/import"
    return await desk.post(path, data={"csrf": token}, files=file, headers=FROM_OUR_PAGE)


async def test_each_day_has_its_own_slots_and_the_holidays_of_its_region(desk: Visitor):
    answer = await desk.send_form(PAGE, **HOURS, day_4="8-12", day_5="", **PLACE)
    assert answer.headers["location"] == f"{PAGE}?notice=saved#hours"
    team = await teams.find()
    assert team
    assert team.week == (((540, 720), (780, 1080)),) * 4 + (((480, 720),), (), ())
    assert (team.name, team.country, team.subdivision) == ("Bakers", "FR", "57")
    page = (await desk.get(PAGE)).text
    assert 'name="day_4" type="text" value="08:00–12:00"' in page
    assert '<option value="FR/57" selected>' in page


@pytest.mark.parametrize(
    ("typed", "slots"),
    [
        ("9-12, 13-18", ((540, 720), (780, 1080))),
        ("9h30 à 12h ; 14h–18h15", ((570, 720), (840, 1095))),
        ("09:00 to 12:00 and 13:00 to 18:00", ((540, 720), (780, 1080))),
        ("22:00–00:00", ((1320, 1440),)),
        ("0-24", ((0, 1440),)),
        ("", ()),
    ],
)
def test_hours_are_read_as_people_write_them(typed: str, slots: teams.Slots):
    assert hours_form.slots_of(typed) == slots
    assert hours_form.slots_of(hours_form.written(slots)) == slots


@pytest.mark.parametrize(
    "typed", ["mornings", "9-25", "9:75-10", "12-9", "9-12, 11-13", "9-9", "²-3", "9-12-18"]
)
async def test_hours_that_make_no_sense_are_refused_beside_their_day(desk: Visitor, typed: str):
    answer = await desk.send_form(PAGE, **HOURS, day_6=typed, **PLACE)
    assert answer.status_code == 422
    assert 'id="hours-day_6-error"' in answer.text
    assert f'name="day_6" type="text" value="{typed}"' in answer.text
    assert (await teams.find()).week[6] == ()


def test_regions_of_countries_with_several_languages_are_named_in_that_of_the_pages():
    english, french = (dict(regions.countries(language)) for language in ("en", "fr"))
    assert english["CA/BC"] == "Canada – British Columbia"
    assert french["CA/BC"] == "Canada – Colombie-Britannique"
    assert (english["CH/GE"], french["CH/GE"]) == ("Switzerland – Geneva", "Suisse – Genève")
    assert (english["AT/6"], french["AT/6"]) == ("Austria – Styria", "Autriche – Styrie")
    for country, names in NAMES.items():
        listed = {code.partition("/")[2] for code in english if code.startswith(f"{country}/")}
        assert listed == set(names), f"name every region of {country} in web/team/region_names.py"


def test_the_regions_of_france_are_those_with_holidays_of_their_own():
    codes = {code for code, _name in regions.countries("fr")}
    assert {"FR", "FR/57", "FR/6AE", "RE"} <= codes
    assert not [code for code in codes if "Zone" in code]


def test_a_territory_with_a_table_of_its_own_is_listed_once_and_found_by_either_name():
    for region, country in regions.TERRITORIES.items():
        codes = {code for code, _name in regions.countries("en")} & {region, country}
        assert codes == {country}
        assert regions.listed(*region.split("/")) == country
        assert set(holidays_of(*region.split("/"), 2026)) == set(holidays_of(country, None, 2026))
    assert regions.listed("FR", "57") == "FR/57"


def test_zones_are_named_by_their_country_and_propose_holidays_that_can_be_chosen():
    names = {one.zone: one.name for one in regions.zones("fr")}
    assert names["Europe/Paris"] == "France"
    assert names["Australia/Sydney"] == "Australie – Sydney"
    assert names["UTC"] == "UTC"
    known = {code for code, _name in regions.countries("fr")}
    assert {one.place for one in regions.zones("fr") if one.place} <= known


async def test_the_holidays_that_go_with_the_zone_are_proposed_and_taken_by_one_press(desk: Visitor):
    await desk.send_form(PAGE, **HOURS, zone="Australia/Sydney", country="")
    page = (await desk.get(PAGE)).text
    assert "Public holidays that fit the time zone:" in page
    assert 'name="proposed" value="AU/NSW"' in page
    team = await teams.find()
    assert team
    assert not team.country, "never by itself"
    typed = {**HOURS, "day_4": "8-12", "zone": "Australia/Sydney", "country": ""}
    answer = await desk.send_form(PAGE, **typed, proposed="AU/NSW")
    assert answer.headers["location"] == f"{PAGE}?notice=saved#hours"
    team = await teams.find()
    assert team
    assert (team.country, team.subdivision, team.zone) == ("AU", "NSW", "Australia/Sydney")
    assert team.week[4] == ((480, 720),), "what else was typed is saved with it"
    assert "that fit the time zone" not in (await desk.get(PAGE)).text
    assert (await desk.send_form(PAGE, **typed, proposed="XX")).status_code == 422


async def test_an_alias_has_its_present_name_and_a_zone_that_is_not_listed_stays_chosen(
    desk: Visitor,
):
    await desk.send_form(PAGE, **HOURS, zone="Asia/Calcutta", country="")
    page = (await desk.get(PAGE)).text
    assert '<option value="Asia/Kolkata" data-place="IN" selected>India</option>' in page
    assert 'name="proposed" value="IN"' in page
    await desk.send_form(PAGE, **HOURS, zone="America/Detroit", country="US")
    page = (await desk.get(PAGE)).text
    assert '<option value="America/Detroit" selected>America/Detroit</option>' in page


async def test_a_week_without_hours_and_an_unknown_zone_are_refused(desk: Visitor):
    assert (await desk.send_form(PAGE, **PLACE)).status_code == 422
    answer = await desk.send_form(PAGE, **HOURS, zone="Mars/Olympus", country="")
    assert answer.status_code == 422
    assert 'id="hours-zone-error"' in answer.text


async def test_a_closed_day_is_written_down_shown_and_taken_away(desk: Visitor):
    answer = await desk.send_form("/settings/closed-days", first="2026-05-15", last="", words="Bridge <b>")
    assert answer.status_code == 303
    page = (await desk.get(PAGE)).text
    assert "Fri 15 May 2026" in page
    assert "Bridge &lt;b&gt;" in page
    [shown] = await closed_days.every()
    await desk.send_form(f"/settings/closed-days/{shown.id}/remove")
    assert await closed_days.every() == []


async def test_a_range_that_ends_before_it_begins_keeps_what_was_typed(desk: Visitor):
    answer = await desk.send_form(
        "/settings/closed-days", first="2026-05-15", last="2026-05-14", words="Bridge"
    )
    assert answer.status_code == 422
    assert 'id="closed-last-error"' in answer.text
    assert 'value="2026-05-15"' in answer.text
    assert 'value="Bridge"' in answer.text


async def test_a_calendar_file_brings_its_all_day_events_and_says_what_it_left_out(desk: Visitor):
    answer = await bring(desk, FILE)
    assert answer.status_code == 200
    assert [shown.day for shown in await closed_days.every()] == [
        ClosedDay(date(2026, 8, 3), date(2026, 8, 16), "Summer")
    ]
    for words in ("1 closed day was added.", "Stand-up &lt;b&gt;", "Fri 15 May 2026", "It has a time"):
        assert words in answer.text


async def test_a_file_whose_every_entry_is_a_closed_day_leads_back_to_the_page(desk: Visitor):
    whole = b"BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART:20261225\nDTEND:20261225\nEND:VEVENT\nEND:VCALENDAR"
    assert (await bring(desk, whole)).headers["location"] == f"{PAGE}?notice=saved#closed"


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"\xff\xfe\x00"])
async def test_another_file_is_refused_with_what_to_do(desk: Visitor, content: bytes):
    answer = await bring(desk, content)
    assert answer.status_code == 422
    assert "This is not a calendar. Choose a file in iCalendar format (.ics)." in answer.text


async def test_closed_days_and_holidays_leave_as_a_calendar_file(desk: Visitor):
    await bring(desk, FILE)
    answer = await desk.get(f"{PAGE}.ics")
    assert answer.headers["content-type"].startswith("text/calendar")
    file = read(answer.content, today=date(2026, 5, 4))
    assert file.left_out == []
    assert ClosedDay(date(2026, 8, 3), date(2026, 8, 16), "Summer") in file.days
    assert ClosedDay(date(2027, 11, 11), date(2027, 11, 11), "Armistice Day") in file.days


async def test_a_date_is_tried_and_told_step_by_step(site: Site):
    agent = await site.signed_in("agent")
    asked = f"{PAGE}?at=2024-11-08T16:30&amount=4&unit=working_hours"
    page = (await agent.get(asked)).text
    assert "Tuesday 12 November 2024, 11:30 (Europe/Paris)" in page
    assert "does not count (public holiday: Armistice Day)" in page
    clock = (await agent.get(f"{PAGE}?at=2026-03-28T12:00&amount=24&unit=hours")).text
    assert "13:00 (Europe/Paris)" in clock, "24 hours over the spring change"


@pytest.mark.parametrize(
    ("asked", "field"),
    [
        ("at=tomorrow&amount=4&unit=hours", "at"),
        ("at=0001-01-01T00:00&amount=4&unit=hours", "at"),
        ("at=2026-13-01T00:00&amount=4&unit=hours", "at"),
        ("at=2026-05-04T10:00&amount=0&unit=hours", "amount"),
        ("at=2026-05-04T10:00&amount=99999999999999999999&unit=hours", "amount"),
        ("at=2026-05-04T10:00&amount=4&unit=fortnights", "unit"),
    ],
)
async def test_a_date_that_cannot_be_tried_is_refused_beside_its_field(desk: Visitor, asked: str, field: str):
    page = (await desk.get(f"{PAGE}?{asked}")).text
    assert f'id="try-{field}-error"' in page


async def test_an_agent_reads_the_calendar_and_has_no_form(site: Site):
    page = (await (await site.signed_in("agent")).get(PAGE)).text
    assert "Monday: 09:00–18:00" in page
    assert 'name="day_0"' not in page
    assert 'type="file"' not in page


async def test_whoever_is_on_duty_gets_hours_of_their_own_and_may_lose_them_again(desk: Visitor):
    page = (await desk.get(PAGE)).text
    assert 'name="on_duty" value="" checked' in page
    assert 'name="duty_day_6" type="text" value="00:00–24:00"' in page, "all day, every day, unless changed"
    answer = await desk.send_form(PAGE, **HOURS, **PLACE, **EVENINGS, duty_closed_days="on")
    assert answer.headers["location"] == f"{PAGE}?notice=saved#hours"
    found = await calendars.on_duty()
    assert found
    assert (found.week[0], found.week[6], found.country, found.closed_days) == (((1080, 1320),), (), "", True)
    page = (await desk.get(PAGE)).text
    assert 'name="duty_day_0" type="text" value="18:00–22:00"' in page
    assert (await teams.find()).week[0] == ((540, 720), (780, 1080)), "the team has its own"
    assert (await desk.send_form(PAGE, **HOURS, **PLACE, **EVENINGS | {"on_duty": ""})).status_code == 303
    assert await calendars.on_duty() is None


@pytest.mark.parametrize("day", ["evenings", "18-17"])
async def test_hours_on_duty_that_make_no_sense_keep_all_that_was_typed(desk: Visitor, day: str):
    before = await teams.find()
    answer = await desk.send_form(PAGE, **HOURS, day_4="8-12", **PLACE, **EVENINGS | {"duty_day_0": day})
    assert answer.status_code == 422
    assert 'id="hours-duty_day_0-error"' in answer.text
    assert f'name="duty_day_0" type="text" value="{day}"' in answer.text
    assert 'name="day_4" type="text" value="8-12"' in answer.text
    assert 'name="on_duty" value="own" checked' in answer.text
    assert 'id="hours-day_0-error"' not in answer.text
    assert await teams.find() == before, "nothing of it is saved"


async def test_all_that_is_wrong_with_both_calendars_is_said_at_once(desk: Visitor):
    answer = await desk.send_form(PAGE, **HOURS, day_4="noon", **PLACE, **EVENINGS | {"duty_zone": "Mars"})
    assert 'id="hours-day_4-error"' in answer.text
    assert 'id="hours-duty_zone-error"' in answer.text
    without = await desk.send_form(PAGE, **PLACE, on_duty="own", duty_zone="UTC")
    assert without.status_code == 422
    assert 'id="hours-duty_day_0-error"' in without.text, "a week without hours"


@pytest.mark.parametrize(
    ("language", "named"),
    [("en", "Counted in on-duty hours"), ("fr", "Compté dans les heures d’astreinte")],
)
async def test_a_date_is_tried_in_either_calendar(site: Site, language: str, named: str):
    admin = await site.signed_in("admin", language=language)
    asked = f"{PAGE}?at=2024-11-08T16:30&amount=4&unit=working_hours&calendar="
    assert named not in (await admin.get(f"{asked}on_duty")).text, "there is none yet"
    whole = {f"duty_day_{day}": "0-24" for day in range(7)}
    team = {f"day_{day}": "09:00–18:00" for day in range(5)}
    await admin.send_form(PAGE, **team, **PLACE, on_duty="own", **whole, duty_zone="UTC")
    page = (await admin.get(f"{asked}on_duty")).text
    assert named in page
    assert "20:30 (Europe/Paris)" in page
    page = (await admin.get(f"{asked}team")).text
    assert named not in page
    assert "11:30 (Europe/Paris)" in page


async def test_an_agent_reads_the_hours_on_duty_and_has_no_form(site: Site, desk: Visitor):
    await desk.send_form(PAGE, **HOURS, **PLACE, **EVENINGS)
    page = (await (await site.signed_in("agent")).get(PAGE)).text
    assert "Monday: 18:00–22:00" in page
    assert 'name="duty_day_0"' not in page


async def test_before_the_team_is_set_up_the_page_says_what_to_do(fresh_site: Site):
    admin = await fresh_site.signed_in("admin")
    assert "The team has no name" in (await admin.get(PAGE)).text
    assert (await admin.send_form(PAGE, **HOURS, **PLACE)).status_code == 422
    assert (await admin.get(f"{PAGE}.ics")).status_code == 200
