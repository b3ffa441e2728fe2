"""What can members and admins change for themselves and for the team?"""

from datetime import timedelta

from amends.rules.vocabulary import Language, Role
from amends.services.team import browsers, codes, members, sessions, teams
from amends.services.team.members import Act
from tests.web.site import Site
from tests.world import make_case, make_member

PASSWORD = "violet umbrella sings"


async def test_the_profile_is_the_members_own(site: Site) -> None:
    ada = await make_member("ada")
    visitor = await site.visit_as(ada)
    profile = {"name": "Ada B.", "language": "fr", "zone": "America/Montreal", "quiet_from": "18:00"}
    answer = await visitor.send_form("/settings/profile", **profile, quiet_until="09:00")
    assert answer.headers["location"] == "/settings?notice=saved"
    changed = await members.find(ada.id)
    assert (changed.name, changed.language, changed.quiet_from) == ("Ada B.", Language.FRENCH, 18 * 60)
    assert not changed.quiet_week_ends
    assert '<html lang="fr">' in (await visitor.get("/settings")).text


async def test_a_member_ticks_the_languages_they_read(site: Site) -> None:
    ada = await make_member("ada")
    visitor = await site.visit_as(ada)
    profile = {"name": "Ada", "language": "en", "zone": "UTC", "quiet_from": "19:00", "quiet_until": "08:30"}
    await visitor.send_form("/settings/profile", **profile, reads=["it", "de", "xx"])
    assert (await members.find(ada.id)).languages == {"en", "de", "it"}
    shown = (await visitor.get("/settings")).text
    assert "Languages you read: English, German, Italian" in shown
    refused = await visitor.send_form("/settings/profile", **profile | {"name": "x" * 121}, reads=["pl"])
    assert "Languages you read: Polish" in refused.text


async def test_a_wrong_profile_is_shown_again_as_it_was_typed(site: Site) -> None:
    visitor = await site.signed_in()
    answer = await visitor.send_form(
        "/settings/profile", name="x" * 121, language="en", zone="UTC", quiet_from="late", quiet_until="09:00"
    )
    assert answer.status_code == 422
    assert "Enter a time of day" in answer.text
    assert "x" * 121 in answer.text


async def test_an_admin_invites_and_the_link_works_once(site: Site) -> None:
    admin = await site.signed_in("admin")
    answer = await admin.send_form("/settings/members", email="new@example.org", name="New", role="lead")
    assert answer.status_code == 200
    link = (
        answer.text.partition('<code class="secret-link">')[2].partition("</code>")[0].replace("&amp;", "&")
    )
    newcomer = site.visitor()
    assert "new@example.org" in (await newcomer.get(link)).text
    code = link.rpartition("=")[2]
    form = {"purpose": "invite", "code": code}
    weak = await newcomer.send_form("/password", **form, password="too short")
    assert weak.status_code == 422
    assert (await newcomer.send_form("/password", **form, password=PASSWORD)).status_code == 303
    assert (await newcomer.get("/settings")).status_code == 200
    again = await site.visitor().send_form("/password", **form, password=PASSWORD)
    assert again.status_code == 410
    assert (await members.by_email("new@example.org")).role is Role.LEAD


async def test_an_invitation_ends_after_three_days(site: Site) -> None:
    member = await make_member("late")
    code = await codes.make("invite", member.id, now=site.clock())
    site.clock.move(timedelta(hours=72))
    answer = await site.visitor().get("/password", params={"purpose": "invite", "code": code})
    assert answer.status_code == 410
    assert "Ask an admin" in answer.text


async def test_a_disabled_member_is_out_everywhere_at_once(site: Site) -> None:
    ada = await make_member("ada")
    visitor, browser = await site.visit_as(ada), await site.paired(ada)
    admin = await site.signed_in("admin")
    await admin.send_form(f"/settings/members/{ada.id}/disable")
    assert (await visitor.get("/settings")).status_code == 303
    assert (await browser.get("/api/v1/summary")).status_code == 401


async def test_the_last_admin_stays(site: Site) -> None:
    boss = await make_member("boss", role="admin")
    visitor = await site.visit_as(boss)
    answer = await visitor.send_form(f"/settings/members/{boss.id}/role", role="agent")
    assert answer.status_code == 409
    assert "Make someone else an admin first" in answer.text
    assert (await members.find(boss.id)).role is Role.ADMIN


async def test_a_new_password_needs_the_present_one_and_ends_other_sessions(site: Site) -> None:
    ada = await members.add(
        "ada@example.org", name="Ada", role=Role.AGENT, password=PASSWORD, now=site.clock(), by=None
    )
    here, elsewhere = await site.visit_as(ada), await site.visit_as(ada)
    form = {"password": "seven green bicycles"}
    wrong = await here.send_form("/settings/password", current_password="not this one", **form)
    assert wrong.status_code == 403
    right = await here.send_form("/settings/password", current_password=PASSWORD, **form)
    assert right.status_code == 303
    assert (await elsewhere.get("/settings")).status_code == 303
    fresh = right.cookies.get("amends_session")
    assert fresh
    assert await sessions.member_of(fresh, now=site.clock()) is not None


async def test_an_admin_changes_the_team_and_an_agent_may_not(site: Site) -> None:
    form = {"team_name": "Millers", "team_language": "en", "zone": "Europe/London", "country": "GB/SCT"}
    hours = {"opens": "10:00", "closes": "00:00", "days": ["0"]}
    assert (
        await (await site.signed_in("lead")).send_form("/settings/team", **form, **hours)
    ).status_code == 403
    assert (
        await (await site.signed_in("admin")).send_form("/settings/team", **form, **hours)
    ).status_code == 303
    team = await teams.find()
    assert team is not None
    assert (team.name, team.subdivision, team.week[0]) == ("Millers", "SCT", ((600, 1440),))


async def test_a_browser_is_listed_without_its_token_and_revoked_by_a_click(site: Site) -> None:
    ada = await make_member("ada")
    code = await codes.make("pair", ada.id, now=site.clock())
    token = (await browsers.pair(code, name="Ada’s Firefox", now=site.clock())).token
    visitor = await site.visit_as(ada)
    page = await visitor.get("/settings/browsers")
    assert "Ada’s Firefox" in page.text
    assert token not in page.text
    [shown] = await browsers.of_member(ada.id, now=site.clock())
    await visitor.send_form(f"/settings/browsers/{shown.id}/revoke")
    assert await browsers.member_of(token, now=site.clock()) is None


async def test_the_page_says_when_nobody_has_heard_of_the_worker(site: Site) -> None:
    page = await (await site.signed_in()).get("/settings/delivery")
    assert "No reminders are being sent" in page.text


PAGES = ("/", "/cases", "/cases/1", "/settings", "/pair", "/shortcuts", "/sample")
TEAM = {"team_name": "Millers", "team_language": "en", "zone": "Europe/Paris", "country": "FR"}
HOURS = {"opens": "09:00", "closes": "18:00", "days": ["0", "1"]}


async def week() -> list[tuple[tuple[int, int], ...]]:
    team = await teams.find()
    assert team is not None
    return list(team.week)


async def test_a_day_with_a_break_comes_back_as_it_was_saved(site: Site) -> None:
    admin = await site.signed_in("admin")
    lunch = {"pause_from": "12:00", "pause_until": "14:00"}
    await admin.send_form("/settings/team", **TEAM, **HOURS, **lunch)
    assert await week() == [((540, 720), (840, 1080))] * 2 + [()] * 5
    page = (await admin.get("/settings/team")).text
    assert 'name="pause_from" type="time" value="12:00"' in page
    assert 'name="kept"' not in page


async def test_a_week_that_the_form_cannot_show_is_kept_until_somebody_says_otherwise(site: Site) -> None:
    boss = await make_member("boss", role="admin")
    admin = await site.visit_as(boss)
    uneven = (((540, 720), (780, 900), (960, 1080)), ((600, 720),), (), (), (), (), ())
    team = teams.Team(name="Bakers", language=Language.ENGLISH, zone="UTC", week=uneven)
    await teams.change(Act(boss, site.clock()), team)
    page = (await admin.get("/settings/team")).text
    assert 'name="kept" checked' in page
    assert "Monday: 09:00–12:00, 13:00–15:00, 16:00–18:00" in page
    await admin.send_form("/settings/team", **TEAM, **HOURS, kept="on")
    assert await week() == list(uneven)
    await admin.send_form("/settings/team", **TEAM, **HOURS)
    assert await week() == [((540, 1080),)] * 2 + [()] * 5


async def test_a_break_lies_within_the_day_and_has_two_ends(site: Site) -> None:
    admin = await site.signed_in("admin")
    for pause in ({"pause_from": "12:00"}, {"pause_from": "08:00", "pause_until": "09:30"}):
        answer = await admin.send_form("/settings/team", **TEAM, **HOURS, **pause)
        assert answer.status_code == 422
        assert "break" in answer.text


async def test_every_signed_in_page_stands_in_the_frame(site: Site) -> None:
    visitor = await site.signed_in("admin")
    await make_case(await make_member("alice"), now=site.clock() - timedelta(days=20))
    for path in (*PAGES, "/nothing", "/cases/9"):
        page = (await visitor.get(path)).text
        assert "<title>(1) " in page, path
        assert "icons/amends-late.svg" in page, path
        assert "No reminders are being sent" in page, path
    refused = await visitor.send_form("/settings/team", **TEAM)
    assert (refused.status_code, "<title>(1) " in refused.text) == (422, True)
    assert "No reminders are being sent" not in (await site.visitor().get("/sign-in")).text
