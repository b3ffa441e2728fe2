"""Does a member see what becomes of a case that they keep an eye on?"""

import pytest

from amends.services.case.access import CaseUnknown
from amends.services.desk import cases, watches
from amends.services.team.members import Act, Member
from amends.services.workflow import case_commands
from tests.world import MONDAY, case_row, make_case


async def changed(by: Member) -> list[int]:
    return [row.number for row in await watches.changed(by)]


async def test_what_others_change_is_shown_until_one_has_looked(alice: Member, bob: Member):
    number, other = await make_case(bob), await make_case(bob)
    for _ in range(2):
        await watches.begin(Act(alice, MONDAY), number)
    assert await changed(alice) == []
    for one in (number, other):
        await case_commands.note(Act(bob, MONDAY), one, text="She rang")
    assert await changed(alice) == [number]
    assert await changed(bob) == []
    row = await case_row(number)
    await watches.see(row["id"], row["version"], by=alice)
    assert await changed(alice) == []
    assert (await cases.detail(Act(alice, MONDAY), number)).watched == row["version"]


async def test_who_looks_away_sees_it_no_longer(alice: Member, bob: Member):
    number = await make_case(bob)
    await watches.begin(Act(alice, MONDAY), number)
    await case_commands.note(Act(bob, MONDAY), number, text="She rang")
    await watches.end(number, by=alice)
    assert await changed(alice) == []
    with pytest.raises(CaseUnknown):
        await watches.begin(Act(alice, MONDAY), 4711)
