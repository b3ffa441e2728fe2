"""What is the team called, and when does it work?"""

from collections.abc import AsyncIterator

import msgspec
import pytest

from amends import tables
from amends.database import bind, close, connect
from amends.rules.team.calendars import WrongCalendar
from amends.rules.team.closed_days import UnknownCountry
from amends.rules.vocabulary import Language
from amends.services.team import members, teams
from amends.services.team.members import Act, Member
from amends.services.team.teams import FirstAdmin, Team
from tests.world import MONDAY, make_member

MILLERS = Team(
    name="Millers",
    language=Language.FRENCH,
    zone="Europe/Paris",
    country="FR",
    subdivision="57",
    week=(((480, 720), (780, 1020)),) * 4 + ((),) * 3,
)
ADA = FirstAdmin(email="ada@example.org", name="Ada", password="violet umbrella sings")


@pytest.fixture
async def bare_database(database_url: str) -> AsyncIterator[str]:
    """A database in which nobody has set anything up."""
    bind(connect(database_url), tables.TABLES)
    yield database_url
    await close()


async def test_before_it_is_set_up_there_is_no_team_but_working_time(bare_database: str) -> None:
    assert await teams.find() is None
    assert (await teams.calendar()).zone == "UTC"


async def test_setting_up_makes_the_team_and_its_first_admin_at_once(bare_database: str) -> None:
    admin = await teams.set_up(ADA, MILLERS, now=MONDAY)
    assert (admin.role, admin.language) == ("admin", "fr")
    assert await teams.find() == MILLERS
    calendar = await teams.calendar()
    assert (calendar.country, calendar.subdivision, calendar.week[0]) == (
        "FR",
        "57",
        ((480, 720), (780, 1020)),
    )
    with pytest.raises(teams.AlreadySetUp):
        await teams.set_up(ADA, MILLERS, now=MONDAY)


async def test_a_refused_first_admin_leaves_nothing_behind(bare_database: str) -> None:
    weak = FirstAdmin(email="ada@example.org", name="Ada", password="millers at work")
    with pytest.raises(members.WrongMember):
        await teams.set_up(FirstAdmin(email="ada", name="Ada", password=ADA.password), MILLERS, now=MONDAY)
    with pytest.raises(Exception, match="Do not use the name"):
        await teams.set_up(weak, MILLERS, now=MONDAY)
    assert await teams.find() is None
    assert not await members.is_anyone()


async def test_the_first_admins_password_is_not_shown_by_accident() -> None:
    assert "violet" not in repr(ADA)


async def test_an_admin_changes_the_team_and_the_calendar_follows(bob: Member) -> None:
    admin = await make_member("root", role="admin")
    await teams.calendar()
    await teams.change(Act(admin, MONDAY), MILLERS)
    assert (await teams.calendar()).subdivision == "57"
    with pytest.raises(members.OnlyAdminsMay):
        await teams.change(Act(bob, MONDAY), MILLERS)


async def test_an_admin_from_the_command_line_makes_the_team_in_the_settings(bare_database: str) -> None:
    admin = await make_member("root", role="admin")
    await teams.change(Act(admin, MONDAY), MILLERS)
    assert await teams.find() == MILLERS


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({"country": "XX"}, UnknownCountry),
        ({"subdivision": "nowhere"}, UnknownCountry),
        ({"zone": "Mars/Olympus"}, WrongCalendar),
        ({"week": ((),) * 7}, WrongCalendar),
        ({"name": " "}, members.WrongMember),
    ],
)
async def test_a_team_that_makes_no_sense_is_refused(
    database: str, changes: dict[str, object], error: type[Exception]
) -> None:
    admin = await make_member("root", role="admin")
    with pytest.raises(error):
        await teams.change(Act(admin, MONDAY), msgspec.structs.replace(MILLERS, **changes))
