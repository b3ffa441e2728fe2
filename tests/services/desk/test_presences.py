"""Is it known who writes on a case right now, and that it has changed?"""

from datetime import timedelta

import pytest

from amends import tables
from amends.rules.person.customer_links import Purpose
from amends.services.case.access import CaseUnknown
from amends.services.desk import presences
from amends.services.desk.presences import FRESH, Pulse
from amends.services.operation import retention
from amends.services.person import customer_links
from amends.services.team.members import Act, Member
from amends.services.workflow import case_commands, customers
from tests.world import DAY, MONDAY, case_row, lead_to, make_case


async def test_who_typed_a_moment_ago_is_writing_for_everybody_else(alice: Member, bob: Member):
    number = await make_case(bob)
    version = (await case_row(number))["version"]
    for seconds in (0, 5):
        await presences.write(Act(alice, MONDAY + timedelta(seconds=seconds)), number)
    assert await presences.pulse(number, reader=bob, now=MONDAY) == Pulse(version, "Bob", ("Alice",))
    assert (await presences.pulse(number, reader=alice, now=MONDAY)).writing == ()
    later = MONDAY + timedelta(seconds=5) + FRESH
    assert (await presences.pulse(number, reader=bob, now=later)).writing == ()
    assert (await case_row(number))["version"] == version


async def test_a_change_tells_its_version_and_who_made_it(alice: Member, bob: Member):
    number = await make_case(bob)
    before = await presences.pulse(number, reader=bob, now=MONDAY)
    await case_commands.note(Act(alice, MONDAY), number, text="She rang")
    after = await presences.pulse(number, reader=bob, now=MONDAY)
    assert (after.version, after.by) == (before.version + 1, "Alice")
    with pytest.raises(CaseUnknown):
        await presences.pulse(4711, reader=bob, now=MONDAY)


async def test_a_change_by_the_customer_or_by_amends_names_them(bob: Member):
    number = await make_case(bob)
    now = await lead_to(number, "contact", by=bob)
    code = await customer_links.make(Act(bob, now), number, Purpose.HAND_OFF)
    given = customers.HandOff(contact="dana@example.org", wish="My money back", consent=True)
    await customers.hand_off(code, given, now=now)
    assert (await presences.pulse(number, reader=bob, now=MONDAY)).by == "Dana (customer)"
    author = tables.Author
    await author.update({author.name: "", author.handle: ""}, force=True)
    assert (await presences.pulse(number, reader=bob, now=MONDAY)).by == "the customer"


async def test_who_wrote_yesterday_is_forgotten(alice: Member, bob: Member):
    await presences.write(Act(alice, MONDAY), await make_case(bob))
    await retention.delete_expired(now=MONDAY + DAY)
    assert not await tables.Presence.exists()
