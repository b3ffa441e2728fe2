"""Which lists are kept under a name, who sees them, and who removes them?"""

import pytest

from amends.services.desk import views
from amends.services.desk.views import MOST, NotYourView, TooManyViews, ViewNameless, ViewUnknown
from amends.services.team.members import Act, Member
from tests.world import MONDAY, make_member


async def keep(name: str, by: Member, *, shared: bool = False, **filters: str) -> None:
    await views.keep(Act(by, MONDAY), name, filters, shared=shared)


async def names(reader: Member) -> list[str]:
    return [view.name for view in await views.seen_by(reader)]


async def test_a_member_sees_the_shared_views_and_their_own(alice: Member, bob: Member):
    await keep("Zoo", bob, owner="me", words="")
    await keep("Everybody’s", alice, shared=True, severity="s1")
    await keep("Alice’s", alice)
    assert await names(bob) == ["Everybody’s", "Zoo"]
    [shared, own] = await views.seen_by(bob)
    assert (shared.filters, own.filters) == ({"severity": "s1"}, {"owner": "me"})
    assert (shared.mine, own.mine) == (False, True)


async def test_a_view_is_removed_by_who_made_it_and_a_shared_one_by_a_lead_too(alice: Member, bob: Member):
    await keep("Bob’s", bob, shared=True)
    await keep("His own", bob)
    shared, own = await views.seen_by(bob)
    eve = await make_member("eve")
    with pytest.raises(NotYourView):
        await views.remove(shared.id, by=eve)
    with pytest.raises(ViewUnknown):
        await views.remove(own.id, by=alice)
    await views.remove(shared.id, by=alice)
    await views.remove(own.id, by=bob)
    assert await names(bob) == []


async def test_a_view_has_a_name_and_there_are_not_too_many(alice: Member, bob: Member):
    with pytest.raises(ViewNameless):
        await keep(" \u200b ", bob)
    for number in range(MOST):
        await keep(f"View {number}", bob)
    with pytest.raises(TooManyViews):
        await keep("One more", bob)
    await keep("Hers", alice)
    await keep("Shared", bob, shared=True)
    assert len(await names(bob)) == MOST + 1
