"""Two members have the same page open: does the second see what the first one saved, and lose nothing?"""

import re

import pytest

from amends import tables
from amends.services.team import members
from amends.services.team.members import Member
from tests.web.site import Site, Visitor
from tests.world import case_row, make_case, make_member

VERSION = re.compile(r'name="version" value="(\d+)"')
SEEN = re.compile(r'name="seen" value="([0-9a-f]{16})"')


@pytest.fixture
async def alice(site: Site) -> Member:
    return await make_member("alice", role="admin")


@pytest.fixture
async def desk(site: Site, alice: Member) -> Visitor:
    return await site.visit_as(alice)


async def version_on(desk: Visitor, number: int) -> str:
    return VERSION.findall((await desk.get(f"/cases/{number}")).text)[0]


async def seen_on(desk: Visitor, page: str) -> str:
    return SEEN.findall((await desk.get(page)).text)[-1]


async def test_the_second_owner_is_refused_and_sees_both(desk: Visitor, alice: Member) -> None:
    number, bob, carol = await make_case(alice), await make_member("bob"), await make_member("carol")
    version = await version_on(desk, number)
    await desk.send_form(f"/cases/{number}/owner", owner=str(bob.id), version=version)
    wish = {"owner": str(carol.id), "note": "For you", "version": version}
    answer = await desk.send_form(f"/cases/{number}/owner", **wish)
    assert answer.status_code == 409
    assert "Someone else has changed this case in the meantime." in answer.text
    assert "Current value: Bob." in answer.text
    assert f'<option value="{carol.id}" selected>' in answer.text
    assert 'value="For you"' in answer.text
    assert (await case_row(number))["owner"] == bob.id
    again = VERSION.findall(answer.text)[0]
    assert (await desk.send_form(f"/cases/{number}/owner", **wish | {"version": again})).status_code == 303


async def test_the_second_severity_is_refused_and_sees_both(desk: Visitor, alice: Member) -> None:
    number = await make_case(alice)
    version = await version_on(desk, number)
    await desk.send_form(f"/cases/{number}/severity", severity="s1", version=version)
    answer = await desk.send_form(f"/cases/{number}/severity", severity="s4", version=version)
    assert answer.status_code == 409
    assert "Current value: S1 critical" in answer.text
    assert 'name="severity" value="s4" required checked' in answer.text
    assert (await case_row(number))["severity"] == "s1"


async def test_a_member_who_was_disabled_meanwhile_gets_no_case(
    desk: Visitor, alice: Member, site: Site
) -> None:
    number, bob = await make_case(alice), await make_member("bob")
    version = await version_on(desk, number)
    await members.disable(bob.id, by=alice, now=site.clock())
    answer = await desk.send_form(f"/cases/{number}/owner", owner=str(bob.id), version=version)
    assert answer.status_code == 422
    assert "Bob can no longer sign in. Choose someone else." in answer.text
    assert (await case_row(number))["owner"] is None


@pytest.mark.parametrize(
    ("path", "fields"),
    [
        ("/settings/duties", {"begins_at": "2026-05-11T09:00", "ends_at": "2026-05-11T18:00"}),
        ("/settings/absences", {"begins_at": "2026-05-11T09:00", "ends_at": "2026-05-11T18:00"}),
        (
            "/settings/duties/weekly",
            {"days": ["0"], "begins": "09:00", "ends": "18:00", "first": "2026-05-11"},
        ),
    ],
)
async def test_nor_is_one_who_was_disabled_on_duty_or_away(
    desk: Visitor, alice: Member, site: Site, path: str, fields: dict[str, object]
) -> None:
    bob = await make_member("bob")
    await members.disable(bob.id, by=alice, now=site.clock())
    answer = await desk.send_form(path, member=str(bob.id), **fields)
    assert answer.status_code == 422
    assert "Bob can no longer sign in." in answer.text


async def test_what_is_known_of_a_person_is_not_overwritten_unseen(desk: Visitor, alice: Member) -> None:
    author = (await case_row(await make_case(alice)))["author"]
    page = f"/people/{author}"
    seen = await seen_on(desk, page)
    await desk.send_form(page, seen=seen, contact="first@example.org", notes="")
    answer = await desk.send_form(page, seen=seen, contact="second@example.org", notes="Rings back")
    assert answer.status_code == 409
    assert "Current value: first@example.org" in answer.text
    assert "second@example.org</textarea>" in answer.text
    assert "Rings back</textarea>" in answer.text
    [person] = await tables.Person.select()
    assert (person["contact"], person["notes"]) == ("first@example.org", "")
    fresh = SEEN.findall(answer.text)[0]
    await desk.send_form(page, seen=fresh, contact="second@example.org", notes="Rings back")
    assert (await tables.Person.select())[0]["contact"] == "second@example.org"


async def test_a_prepared_reply_is_not_overwritten_unseen(desk: Visitor) -> None:
    words = {"title": "Late", "language": "en", "stance": "answer"}
    answer = await desk.send_form("/replies/new", **words, text="We are late.")
    page = answer.headers["location"].partition("?")[0]
    seen = await seen_on(desk, page)
    await desk.send_form(page, **words, text="We are very late.", seen=seen)
    answer = await desk.send_form(page, **words, text="We were late.", seen=seen)
    assert answer.status_code == 409
    assert "Current value: We are very late." in answer.text
    assert "We were late.</textarea>" in answer.text
    assert [row["text"] for row in await tables.ReplyTemplate.select()] == ["We are very late."]


async def test_a_theme_and_the_team_are_not_overwritten_unseen(desk: Visitor) -> None:
    await desk.send_form("/settings/themes", name="Delivery")
    [theme] = await tables.Theme.select()
    page, seen = f"/settings/themes/{theme['id']}", await seen_on(desk, "/settings/themes")
    await desk.send_form(page, name="Shipping", seen=seen)
    answer = await desk.send_form(page, name="Parcels", seen=seen)
    assert (answer.status_code, "Current value: Shipping" in answer.text) == (409, True)

    seen = await seen_on(desk, "/settings/team")
    fields = {
        "team_language": "en",
        "zone": "Europe/Paris",
        "days": ["0"],
        "opens": "09:00",
        "closes": "18:00",
    }
    await desk.send_form("/settings/team", team_name="Bakers", seen=seen, **fields)
    answer = await desk.send_form("/settings/team", team_name="Millers", seen=seen, **fields)
    assert (answer.status_code, "Current value: Bakers" in answer.text) == (409, True)
    assert 'value="Millers"' in answer.text


async def test_a_snooze_that_others_changed_meanwhile_is_refused(desk: Visitor, alice: Member) -> None:
    number = await make_case(alice)
    version = await version_on(desk, number)
    first, second = "2026-05-11T09:00", "2026-05-18T09:00"
    await desk.send_form(f"/cases/{number}/snooze", at=first, version=version)
    answer = await desk.send_form(f"/cases/{number}/snooze", at=second, version=version)
    assert answer.status_code == 409
    assert "Someone else has changed this case in the meantime." in answer.text
    assert "Snoozed until" in answer.text
    slept = (await case_row(number))["snoozed_until"]
    assert slept.isoformat() == "2026-05-11T07:00:00+00:00"
    assert (await desk.send_form(f"/cases/{number}/wake", version=version)).status_code == 409
    assert (await case_row(number))["snoozed_until"] == slept


async def test_a_role_that_another_admin_gave_meanwhile_is_not_overwritten(desk: Visitor) -> None:
    bob = await make_member("bob")
    page = (await desk.get("/settings/members")).text
    form = page[page.index(f"/settings/members/{bob.id}/role") :]
    fields = {"seen": SEEN.findall(form)[0], "role_of": str(bob.id)}
    path = f"/settings/members/{bob.id}/role"
    assert (await desk.send_form(path, role="lead", **fields)).status_code == 303
    answer = await desk.send_form(path, role="admin", **fields)
    assert answer.status_code == 409
    assert "Current value: Lead" in answer.text
    assert '<option value="admin" selected>' in answer.text
    assert (await members.find(bob.id)).role == "lead"


async def test_the_rotation_is_not_overwritten_unseen(desk: Visitor, alice: Member) -> None:
    bob = await make_member("bob")
    page, fields = "/settings/duties", {"weekday": "0", "at": "09:00", "first": "2026-05-11"}
    for hour in (8, 9):  # the first rotation, and another one
        seen = SEEN.findall((await desk.get(page)).text)[0]
        first = {"turn": str(alice.id), **fields, "at": f"0{hour}:00", "seen": seen}
        assert (await desk.send_form(f"{page}/rotation", **first)).status_code == 303
        answer = await desk.send_form(f"{page}/rotation", **first | {"turn": [str(alice.id), str(bob.id)]})
        assert answer.status_code == 409
        assert "Someone else has changed this in the meantime." in answer.text
        assert "In this order: <strong" in answer.text
        [row] = await tables.Rotation.select(tables.Rotation.members)
        assert str(bob.id) not in str(row["members"])
        order = {**first, "order": [str(alice.id), str(bob.id)], "down": str(alice.id)}
        moved = await desk.send_form(f"{page}/rotation/order", **order)
        assert f'name="seen" value="{seen}"' in moved.text, "moving a row does not make it seen"
