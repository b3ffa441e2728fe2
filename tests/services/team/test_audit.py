"""Is what happens to accounts written down once, for good, and found when somebody alters it?"""

from datetime import timedelta

import pytest

from amends import tables
from amends.database import bound, run, transaction
from amends.rules.team.audit_chain import Break
from amends.rules.vocabulary.audit import AuditKind
from amends.services.team import audit, audit_keeping
from amends.services.team.audit import Filters
from amends.services.team.audit_keeping import Keeping, WrongKeeping
from amends.services.team.members import Act, Member, OnlyAdminsMay
from tests.world import DAY, HOUR, MONDAY, make_member


async def note(member: Member, hours: int = 0, kind: AuditKind = AuditKind.SIGNED_OUT) -> None:
    await audit.record(kind, by=member, now=MONDAY + hours * HOUR)


async def unlock() -> None:
    """What an owner of the database can do: take away what refuses."""
    for name in ("audit_event_changed", "audit_event_deleted"):
        await run(f"DROP TRIGGER {name}" + ("" if bound().engine_type == "sqlite" else " ON audit_event"))


async def test_an_event_goes_with_its_act(bob: Member):
    async def act() -> None:
        async with transaction():
            await note(bob)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await act()
    assert await audit.page(Filters()) == ([], None)


async def test_an_event_keeps_what_its_kind_names_and_nothing_else(bob: Member):
    await audit.record(
        AuditKind.SIGN_IN_FAILED, by=audit.STRANGER, now=MONDAY, about=bob.id, address="203.0.113.77"
    )
    [event], _ = await audit.page(Filters())
    assert (event.actor, event.about, event.network) == ("stranger", str(bob.id), "203.0.113.0/24")
    assert event.told == {}
    with pytest.raises(ValueError, match="does not keep typed"):
        await audit.record(AuditKind.SIGN_IN_FAILED, by=None, now=MONDAY, typed="hunter2")


async def test_events_get_their_places_by_the_worker_and_fit(bob: Member):
    for hour in (3, 1, 2):
        await note(bob, hour)
    assert (await audit.verify()).waiting == 3
    assert await audit.chain() is False
    await note(bob, 4)
    await audit.chain()
    done = await audit.verify()
    assert (done.events, done.waiting, done.breaks, done.position) == (4, 0, [], 4)
    places = [event.position for event in (await audit.page(Filters()))[0]]
    assert places == [4, 3, 2, 1]


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit_event SET actor = 'system'",
        "UPDATE audit_event SET position = NULL, previous = NULL, hash = NULL",
        "UPDATE audit_event SET position = 9",
        "DELETE FROM audit_event",
    ],
)
@pytest.mark.parametrize("is_chained", [True, False])
async def test_the_database_refuses_to_alter_an_event(bob: Member, statement: str, is_chained: bool):
    await note(bob)
    if is_chained:
        await audit.chain()
    with pytest.raises(Exception, match="the audit log is only added to"):
        await run(statement)


@pytest.mark.parametrize(
    ("statement", "fault"),
    [
        ("UPDATE audit_event SET actor = 'system' WHERE position = 2", Break.HASH),
        ("UPDATE audit_event SET at = at WHERE position = 2", None),
        ("DELETE FROM audit_event WHERE position = 2", Break.PREVIOUS),
        ("DELETE FROM audit_event WHERE position < 3", Break.BEGINNING),
    ],
)
async def test_what_an_owner_of_the_database_alters_is_found(
    bob: Member, statement: str, fault: Break | None
):
    for hour in range(4):
        await note(bob, hour)
    await audit.chain()
    await unlock()
    await run(statement)
    assert {one for _position, one in (await audit.verify()).breaks} >= ({fault} if fault else set())
    assert bool((await audit.verify()).breaks) is bool(fault)


async def test_old_events_go_and_the_rest_still_fits(bob: Member):
    for hour in range(3):
        await note(bob, hour)
    await audit.record(AuditKind.SIGNED_OUT, by=bob, now=MONDAY + 100 * DAY)
    later = MONDAY + timedelta(days=360)
    assert await audit.prune(now=later, months=12) == 3
    assert await audit.prune(now=later + DAY, months=12) == 0  # once a week
    found, _ = await audit.page(Filters())
    assert [event.kind for event in found] == [AuditKind.LOG_PRUNED, AuditKind.SIGNED_OUT]
    assert found[0].told["count"] == 3
    assert (await audit.verify()).breaks == []
    assert await audit.prune(now=later + 200 * DAY, months=12) == 1
    assert (await audit.verify()).breaks == []


async def test_a_log_whose_last_event_is_old_begins_with_its_pruning(bob: Member):
    await note(bob)
    assert await audit.prune(now=MONDAY + 800 * DAY, months=24) == 1
    done = await audit.verify()
    assert (done.events, done.breaks) == (1, [])


async def test_nothing_is_pruned_before_its_time(bob: Member):
    await note(bob)
    assert await audit.prune(now=MONDAY + 170 * DAY, months=6) == 0
    assert await audit.prune(now=MONDAY + 174 * DAY, months=6) == 1


async def test_a_log_is_looked_through_by_who_what_and_when(bob: Member, alice: Member):
    await note(bob, 1)
    await note(alice, 2)
    await note(bob, 3, AuditKind.FEED_MADE)

    async def kinds(**wanted: object) -> list[tuple[str, int]]:
        found, _ = await audit.page(Filters(**wanted))  # type: ignore[arg-type]
        return [(event.kind.value, (event.at - MONDAY) // HOUR) for event in found]

    assert await kinds(actor=str(bob.id)) == [("feed_made", 3), ("signed_out", 1)]
    assert await kinds(kinds=(AuditKind.SIGNED_OUT,)) == [("signed_out", 2), ("signed_out", 1)]
    assert await kinds(since=MONDAY + 2 * HOUR, before=MONDAY + 3 * HOUR) == [("signed_out", 2)]


async def test_a_page_goes_on_where_the_last_one_ended(bob: Member):
    for hour in range(55):
        await note(bob, hour)
    first, after = await audit.page(Filters(actor=str(bob.id)))
    rest, end = await audit.page(Filters(actor=str(bob.id)), after=after)
    assert (len(first), len(rest), end) == (50, 5, None)
    everything = [event.id async for event in audit.every(Filters())]
    assert everything == [event.id for event in (*first, *rest)]


async def test_an_admin_says_how_long_events_are_kept(bob: Member):
    ada = await make_member("ada", role="admin")
    await audit_keeping.change(Act(ada, MONDAY), Keeping(months=24, readers=True))
    assert await audit_keeping.standing() == Keeping(months=24, readers=True)
    [event], _ = await audit.page(Filters())
    assert event.told == {"changes": {"months": ["12", "24"], "readers": ["False", "True"]}}
    with pytest.raises(WrongKeeping):
        await audit_keeping.change(Act(ada, MONDAY), Keeping(months=5))
    with pytest.raises(OnlyAdminsMay):
        await audit_keeping.change(Act(bob, MONDAY), Keeping())


async def test_a_setting_that_stayed_as_it_was_is_no_event(bob: Member):
    await audit.record_change("team", {"name": "Bakers"}, {"name": "Bakers"}, by=bob, now=MONDAY)
    assert await tables.AuditEvent.count() == 0
