"""A new case begins with what is known of its post, and with the next number."""

from uuid import UUID

from amends.database import transaction
from amends.rules.capture.incoming import AboutCase
from amends.rules.vocabulary import CustomerStatus, Severity, Stage
from amends.services.case import openings
from amends.services.case.openings import NewCase, OpenedCase
from amends.services.team.members import Member
from tests.world import HOUR, MONDAY, case_row


async def opened() -> OpenedCase:
    new = NewCase(
        severity=Severity.S2,
        title="The cake never arrived",
        platform="x",
        lang="en",
        author=None,
        customer_status=CustomerStatus.CLAIMED,
        opened_at=MONDAY - HOUR,
    )
    async with transaction():
        return await openings.insert(new, now=MONDAY)


async def test_a_case_begins_as_a_new_one_with_what_is_known_of_it(bob: Member):
    case = await opened()
    row = await case_row(case.number)
    assert (row["id"], row["stage"], row["moved_at"]) == (case.id, Stage.NEW, MONDAY)
    assert {name: row[name] for name in NewCase.__struct_fields__} == {
        "severity": "s2",
        "title": "The cake never arrived",
        "platform": "x",
        "lang": "en",
        "author": None,
        "customer_status": "claimed",
        "opened_at": MONDAY - HOUR,
        "location": None,
    }
    assert (row["owner"], row["outcome"], row["version"], row["wake_on_reply"]) == (None, None, 0, True)


async def test_numbers_follow_each_other(bob: Member):
    assert [(await opened()).number for _ in range(3)] == [1, 2, 3]


async def test_what_is_said_about_a_case_are_columns_of_it(bob: Member):
    case = await opened()
    assert isinstance(case.id, UUID)
    assert set(AboutCase.__struct_fields__) <= set(await case_row(case.number))
