"""The page that disables a member: what is theirs, and to whom it goes."""

from amends.rules.vocabulary import Role
from amends.services.team import members
from tests.web.site import Site
from tests.world import MONDAY, case_row, lead_to, make_case, make_member


async def test_the_page_lists_what_is_theirs_and_hands_it_over(site: Site) -> None:
    ada, bob = await make_member("ada"), await make_member("bob")
    number = await make_case(ada)
    await lead_to(number, "working", by=ada)
    admin = await site.signed_in("admin")
    page = await admin.get(f"/settings/members/{ada.id}/disable")
    assert page.status_code == 200
    assert f"/cases/{number}" in page.text
    assert "Open cases (1)" in page.text
    done = await admin.send_form(f"/settings/members/{ada.id}/disable", cases=str(bob.id))
    assert done.status_code == 303
    assert (await members.find(ada.id)).disabled
    assert (await case_row(number))["owner"] == bob.id
    told = await admin.get(f"/cases/{number}")
    assert "handed over from Ada: the case, to Bob" in told.text


async def test_whoever_has_left_cannot_be_chosen_and_the_choice_stays(site: Site) -> None:
    ada, bob, gone = await make_member("ada"), await make_member("bob"), await make_member("gone")
    for number in (await make_case(ada), await make_case(ada)):
        await lead_to(number, "working", by=ada)
    await members.disable(gone.id, by=None, now=MONDAY)
    admin = await site.signed_in("admin")
    path = f"/settings/members/{ada.id}/disable"
    assert str(gone.id) not in (await admin.get(path)).text
    refused = await admin.send_form(path, cases=str(gone.id), duties=str(bob.id))
    assert refused.status_code == 422
    assert "Gone can no longer sign in. Choose someone else." in refused.text
    assert not (await members.find(ada.id)).disabled


async def test_a_disabled_member_gets_no_link_for_a_password(site: Site) -> None:
    gone = await make_member("gone")
    await members.disable(gone.id, by=None, now=MONDAY)
    admin = await site.signed_in("admin")
    refused = await admin.send_form(f"/settings/members/{gone.id}/invitation")
    assert refused.status_code == 422
    assert "Gone can no longer sign in" in refused.text


async def test_the_last_admin_who_can_sign_in_is_told_what_to_do(site: Site) -> None:
    boss = await members.add(
        "boss@example.org",
        name="Boss",
        role=Role.ADMIN,
        password="violet umbrella sings",
        now=MONDAY,
        by=None,
    )
    visitor = await site.visit_as(boss)
    refused = await visitor.send_form(f"/settings/members/{boss.id}/disable")
    assert refused.status_code == 409
    assert "Make someone else an admin first" in refused.text
