"""How do members come, change and go?"""

import asyncio

import pytest

from amends import tables
from amends.rules.vocabulary import Language, Role
from amends.services.team import members, sessions
from amends.services.team.members import Member
from tests.world import MONDAY, make_member

PASSWORD = "violet umbrella sings"


async def add(email: str = "ada@example.org", **changes: object) -> Member:
    given = {"name": "Ada", "role": Role.AGENT, "password": None, "now": MONDAY, "by": None, **changes}
    return await members.add(email, **given)  # type: ignore[arg-type]


async def test_an_address_is_one_member_in_any_case_of_letters(database: str) -> None:
    added = await add(" Ada@Example.ORG ")
    assert await members.by_email("ADA@example.org") == added
    with pytest.raises(members.AlreadyMember):
        await add("ada@EXAMPLE.org")


async def test_of_several_who_add_the_same_address_one_succeeds(database: str) -> None:
    results = await asyncio.gather(*(add() for _ in range(5)), return_exceptions=True)
    assert sum(isinstance(result, Member) for result in results) == 1
    assert sum(isinstance(result, members.AlreadyMember) for result in results) == 4


async def test_a_new_member_begins_with_the_teams_language_and_zone(database: str) -> None:
    await tables.Team.update({tables.Team.language: "fr"}, force=True)
    added = await add()
    assert (added.language, added.zone) == (Language.FRENCH, "Europe/Paris")
    other = await add("bob@example.org", language=Language.ENGLISH, zone="Asia/Tokyo")
    assert (other.language, other.zone) == (Language.ENGLISH, "Asia/Tokyo")


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"email": "ada"}, "email"),
        ({"email": "ada@"}, "email"),
        ({"email": "a b@example.org"}, "email"),
        ({"email": "a" * 250 + "@example.org"}, "email"),
        ({"name": "  "}, "name"),
        ({"name": "x" * 121}, "name"),
        ({"zone": "Mars/Olympus"}, "zone"),
        ({"zone": "../../etc/passwd"}, "zone"),
    ],
)
async def test_what_is_wrong_with_a_new_member_is_named(
    database: str, changes: dict[str, str], field: str
) -> None:
    with pytest.raises(members.WrongMember) as wrong:
        await add(**changes)  # type: ignore[arg-type]
    assert list(wrong.value.fields) == [field]


async def test_a_name_is_one_line_without_hidden_signs(database: str) -> None:
    added = await add(name="  Ada\n\u202eLovelace\x00 \ud800")
    assert added.name == "Ada Lovelace ?"


async def test_only_admins_change_members(alice: Member, bob: Member) -> None:
    for command in (
        members.disable(bob.id, by=alice, now=MONDAY),
        members.enable(bob.id, by=alice, now=MONDAY),
        members.change_role(alice.id, role=Role.ADMIN, by=alice, now=MONDAY),
        add(by=bob),
    ):
        with pytest.raises(members.OnlyAdminsMay):
            await command
    assert (await members.find(alice.id)).role is Role.LEAD


async def test_of_two_admins_who_demote_each_other_one_stays(database: str) -> None:
    first, second = [
        await add(f"{name}@example.org", name=name, role=Role.ADMIN, password=PASSWORD)
        for name in ("first", "second")
    ]
    results = await asyncio.gather(
        members.change_role(first.id, role=Role.AGENT, by=second, now=MONDAY),
        members.change_role(second.id, role=Role.AGENT, by=first, now=MONDAY),
        return_exceptions=True,
    )
    assert [type(result) for result in results].count(members.LastAdmin) == 1
    assert [member.role for member in await members.everyone()].count(Role.ADMIN) == 1


async def test_another_role_or_password_ends_the_sessions(bob: Member) -> None:
    for command in (
        lambda: members.change_role(bob.id, role=Role.LEAD, by=None, now=MONDAY),
        lambda: members.set_password(bob.id, PASSWORD, now=MONDAY),
        lambda: members.disable(bob.id, by=None, now=MONDAY),
    ):
        begun = await sessions.begin_for(bob, address="", program="", now=MONDAY)
        await command()
        assert await sessions.member_of(begun.token, now=MONDAY) is None


async def test_those_who_may_sign_in_come_first(database: str) -> None:
    gone = await make_member("aaron")
    await make_member("zoe")
    await members.disable(gone.id, by=None, now=MONDAY)
    assert [member.name for member in await members.everyone()] == ["Zoe", "Aaron"]
    assert not (await members.enable(gone.id, by=None, now=MONDAY)).disabled


async def test_who_is_not_there_is_not_found(database: str) -> None:
    with pytest.raises(members.NoSuchMember):
        await members.by_email("nobody@example.org")
