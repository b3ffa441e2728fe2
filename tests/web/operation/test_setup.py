"""How does a fresh installation get its first admin, once, and a team that can work?"""

import asyncio

from amends import tables
from amends.rules.team.policies import PRESETS, TRADES
from amends.rules.vocabulary import Language, Role
from amends.services.nudge import targets
from amends.services.team import members, policies, reply_rules, teams
from amends.web.operation import setup
from tests.web.site import Site
from tests.world import make_member

FORM = {
    "email": "Ada@Example.org",
    "name": "Ada Byron",
    "password": "violet umbrella sings",
    "team_name": "Bakers",
    "team_language": "fr",
    "zone": "Europe/Paris",
    "country": "FR/6AE",
    "opens": "08:30",
    "closes": "17:00",
    "days": ["0", "1", "2", "3", "4", "5"],
}


def filled(site: Site, **changes: object) -> dict[str, object]:
    token = setup.link(site.settings).rpartition("=")[2]
    return {"token": token, **FORM, **changes}


async def test_the_printed_link_makes_the_first_admin_and_the_team(fresh_site: Site) -> None:
    visitor = fresh_site.visitor()
    page = await visitor.get(setup.link(fresh_site.settings))
    assert page.status_code == 200
    assert "Strasbourg" not in page.text
    assert "FR/6AE" in page.text
    answer = await visitor.send_form("/setup", **filled(fresh_site))
    assert answer.headers["location"] == "/setup/nudges"
    admin = await members.by_email("ada@example.org")
    assert (admin.role, admin.language, admin.zone) == (Role.ADMIN, Language.FRENCH, "Europe/Paris")
    team = await teams.find()
    assert team is not None
    assert (team.country, team.subdivision, team.week[5], team.week[6]) == ("FR", "6AE", ((510, 1020),), ())
    assert (await visitor.get("/")).status_code == 200


async def test_the_private_place_that_was_given_stands_in_replies(fresh_site: Site) -> None:
    answer = await fresh_site.visitor().send_form("/setup", **filled(fresh_site, private_place="x" * 201))
    assert answer.status_code == 422
    assert not await members.is_anyone()
    answer = await fresh_site.visitor().send_form("/setup", **filled(fresh_site, private_place="write to us"))
    assert answer.status_code == 422
    assert "Nobody can write there yet." in answer.text
    assert 'value="write to us"' in answer.text
    assert not await members.is_anyone()
    await fresh_site.visitor().send_form(
        "/setup", **filled(fresh_site, private_place=" care@bakers.example ")
    )
    rules = await reply_rules.current()
    assert rules.place(Language.FRENCH) == rules.place(Language.ENGLISH) == "care@bakers.example"


async def test_the_kind_of_business_chooses_the_times(fresh_site: Site) -> None:
    visitor = fresh_site.visitor()
    page = await visitor.get(setup.link(fresh_site.settings))
    assert all(f'<option value="{name}"' in page.text for name in TRADES)
    assert "solo" not in TRADES, "working alone is no kind of business"
    assert 'value="solo"' not in page.text
    answer = await visitor.send_form("/setup", **filled(fresh_site, trade="casino"))
    assert (answer.status_code, "Choose one from the list." in answer.text) == (422, True)
    assert not await members.is_anyone()
    await visitor.send_form("/setup", **filled(fresh_site, trade="review_led"))
    assert await policies.current() == PRESETS["review_led"]


async def test_the_recovery_kit_is_offered_at_the_end_and_on_today_until_it_was_opened(
    fresh_site: Site,
) -> None:
    visitor = fresh_site.visitor()
    await visitor.send_form("/setup", **filled(fresh_site, team_language="en"))
    kit = "/settings/backups/recovery-kit"
    assert f'href="{kit}"' in (await visitor.get("/setup/nudges")).text
    assert f'href="{kit}"' in (await visitor.get("/")).text
    agent = await fresh_site.signed_in("agent")
    assert kit not in (await agent.get("/")).text
    assert "To bring it back" in (await visitor.get(kit)).text
    assert kit not in (await visitor.get("/")).text


async def test_without_the_link_nobody_sets_it_up(fresh_site: Site) -> None:
    for token in ("", "x", "0" * 64):
        assert (await fresh_site.visitor().get("/setup", params={"token": token})).status_code == 403
        answer = await fresh_site.visitor().send_form("/setup", **filled(fresh_site, token=token))
        assert answer.status_code == 403
    assert not await members.is_anyone()


async def test_the_link_is_void_once_there_is_a_member(fresh_site: Site) -> None:
    await make_member("first")
    assert (await fresh_site.visitor().get(setup.link(fresh_site.settings))).headers["location"] == "/sign-in"
    answer = await fresh_site.visitor().send_form("/setup", **filled(fresh_site))
    assert answer.status_code == 409
    assert await tables.Member.count() == 1
    assert await teams.find() is None


async def test_of_several_who_race_one_becomes_the_admin(fresh_site: Site) -> None:
    answers = await asyncio.gather(
        *(
            fresh_site.visitor().send_form("/setup", **filled(fresh_site, email=f"m{number}@example.org"))
            for number in range(6)
        )
    )
    assert sorted(answer.status_code for answer in answers) == [303, 409, 409, 409, 409, 409]
    assert await tables.Member.count() == 1
    assert await tables.Team.count() == 1


async def test_what_is_wrong_is_said_beside_its_field_and_the_rest_is_kept(fresh_site: Site) -> None:
    wrong = {
        "short": ({"password": "short"}, "at least 12 characters"),
        "named": ({"password": "Bakers and friends"}, "Do not use the name"),
        "email": ({"email": "ada"}, "such as ada@example.org"),
        "zone": ({"zone": "Mars/Olympus"}, "such as Europe/Paris"),
        "hours": ({"closes": "08:00"}, "The day must end after it begins"),
        "days": ({"days": []}, "Choose at least one day"),
        "country": ({"country": "XX"}, "country and region from the list"),
        "language": ({"team_language": "de"}, "Choose one from the list"),
    }
    for name, (changes, sentence) in wrong.items():
        answer = await fresh_site.visitor().send_form("/setup", **filled(fresh_site, **changes))
        assert answer.status_code == 422, name
        assert sentence in answer.text, name
        assert "field-error" in answer.text, name
        assert 'value="Ada Byron"' in answer.text, name
        assert "violet umbrella" not in answer.text, name
    assert not await members.is_anyone()


async def test_a_place_for_nudges_is_sealed_tested_and_never_shown_again(fresh_site: Site) -> None:
    visitor = fresh_site.visitor()
    await visitor.send_form("/setup", **filled(fresh_site, team_language="en"))
    added = await visitor.send_form(
        "/setup/nudges",
        kind="address",
        name="Team room",
        position="1",
        address="jsons://canary:secret@example.org/x",
    )
    assert added.headers["location"].startswith("/setup/nudges")
    [target] = await targets.of_team()
    page = await visitor.get("/setup/nudges")
    assert "Team room" in page.text
    assert "secret" not in page.text.replace("/settings", "")
    sent = await visitor.send_form(f"/settings/targets/{target.id}/test")
    result = await visitor.get(sent.headers["location"])
    assert "On its way" in result.text
    assert "hx-get" in result.text


async def test_a_mailbox_is_a_form_of_its_own(fresh_site: Site) -> None:
    visitor = fresh_site.visitor()
    await visitor.send_form("/setup", **filled(fresh_site, team_language="en"))
    mailbox = {"kind": "mail", "name": "Mail", "position": "1", "mail_to": "team@example.org"}
    answer = await visitor.send_form("/setup/nudges", **mailbox)
    assert answer.status_code == 422
    assert 'value="team@example.org"' in answer.text
    whole = {
        **mailbox,
        "mail_from": "amends@example.org",
        "mail_server": "smtp.example.org",
        "mail_port": "587",
        "mail_user": "amends@example.org",
        "mail_passphrase": "p@ss:w/rd",
    }
    answer = await visitor.send_form("/setup/nudges", **whole)
    assert answer.status_code == 303
    assert len(await targets.of_team()) == 1
