"""Does a link open one case for a colleague, and nothing more than its post?"""

from datetime import timedelta

import pytest

from amends import tables
from amends.services.desk import cases
from amends.services.desk.cases import CaseIsClosed
from amends.services.person import contributors
from amends.services.person.contributors import (
    GOOD_FOR,
    ContributionGone,
    ContributorNameless,
    NothingContributed,
)
from amends.services.team.members import Act, Member
from amends.services.workflow import case_commands
from tests.world import MONDAY, entries, make_case, move


async def test_a_colleague_sees_the_post_and_writes_notes(bob: Member):
    number = await make_case(bob, text="The cake was cold")
    await case_commands.note(Act(bob, MONDAY), number, text="Ring her on 555")
    token = await contributors.make(Act(bob, MONDAY), number, " Grace\u200b ")
    opened = await contributors.opened(token, now=MONDAY)
    assert (opened.case, opened.name, opened.texts, opened.notes) == (
        number,
        "Grace",
        ["The cake was cold"],
        [],
    )
    await contributors.note(token, "The oven was broken", now=MONDAY)
    assert (await contributors.opened(token, now=MONDAY)).notes == [(MONDAY, "The oven was broken")]
    last = (await cases.detail(Act(bob, MONDAY), number)).timeline[-1]
    assert (last.by, last.particulars["contributor"]) == (None, "Grace")
    assert await entries(number) == ["captured", "noted", "contact_asked", "noted"]


async def test_only_a_hash_of_the_token_is_kept(bob: Member):
    token = await contributors.make(Act(bob, MONDAY), await make_case(bob), "Grace")
    row = await tables.ContributorLink.objects().first()
    assert token not in str(row.to_dict())
    assert len(token) >= 43


async def test_a_link_dies_by_time_by_being_withdrawn_and_with_its_case(bob: Member):
    number = await make_case(bob)
    late, taken, closed = [await contributors.make(Act(bob, MONDAY), number, name) for name in "ABC"]
    first = next(one for one in await contributors.of_case(Act(bob, MONDAY), number) if one.name == "A")
    await contributors.withdraw(Act(bob, MONDAY), number, first.id)
    for token, now in ((late, MONDAY), (taken, MONDAY + GOOD_FOR), ("guess", MONDAY), ("", MONDAY)):
        with pytest.raises(ContributionGone):
            await contributors.opened(token, now=now)
    await move(number, "not_ours", by=bob, reason="Spam")
    with pytest.raises(ContributionGone):
        await contributors.note(closed, "Too late", now=MONDAY + timedelta(minutes=1))
    with pytest.raises(CaseIsClosed):
        await contributors.make(Act(bob, MONDAY), number, "D")


async def test_who_took_a_link_back_stands_on_the_timeline_once(bob: Member):
    number = await make_case(bob)
    await contributors.make(Act(bob, MONDAY), number, "Grace")
    [link] = await contributors.of_case(Act(bob, MONDAY), number)
    for _again in range(2):
        await contributors.withdraw(Act(bob, MONDAY), number, link.id)
    assert await entries(number) == ["captured", "contact_asked", "contact_asked"]
    last = (await cases.detail(Act(bob, MONDAY), number)).timeline[-1]
    assert last.particulars == {"deed": "contributor_withdrawn", "person": "Grace"}


async def test_a_link_is_for_somebody_and_a_note_has_words(bob: Member):
    number = await make_case(bob)
    with pytest.raises(ContributorNameless):
        await contributors.make(Act(bob, MONDAY), number, " ")
    token = await contributors.make(Act(bob, MONDAY), number, "Grace")
    with pytest.raises(NothingContributed):
        await contributors.note(token, " \n", now=MONDAY)
    with pytest.raises(NothingContributed):
        await contributors.note(token, "\u200b\u3164", now=MONDAY)
