"""Is a browser reached like any other destination, and let go when it has ended its subscription?"""

import asyncio
from uuid import UUID

import pytest

from amends import tables
from amends.database import run
from amends.gateways.notifier import Outcome, Result
from amends.gateways.notifier.web_push import Subscription
from amends.gateways.secrets import Secrets, new_key
from amends.rules.vocabulary import Role
from amends.services.nudge import nudges, push_targets, sealed_addresses, target_health, targets, trials
from amends.services.nudge.nudges.dead_letters import count_dead
from amends.services.operation import sealing
from amends.services.team import members, sessions
from amends.services.team.members import Act, Member
from tests import nudging
from tests.gateways.push_service import Browser, claims_of
from tests.nudging import BASE_URL, KEY, NOON, Desk
from tests.world import HOUR

desk = nudging.desk
ENDPOINT = "https://push.example.org/send/abc"


async def session_of(member: Member) -> str:
    return (await sessions.begin(member, address="", program="Firefox", now=NOON)).token


async def subscribe(
    desk: Desk, member: Member, browser: Browser, *, endpoint: str = ENDPOINT, token: str = ""
) -> UUID:
    to: Subscription = browser.subscription(endpoint)
    return await push_targets.subscribe(
        Act(member, NOON), to, name="Firefox on Linux", token=token, secrets=desk.secrets
    )


async def deliver_all(desk: Desk, now=NOON) -> None:
    await nudges.sweep(now=now)
    for one in await nudges.ready(now=now, limit=9):
        await nudges.deliver(one, desk.receiver, desk.secrets, now=now, base_url=BASE_URL)


async def state(target: UUID) -> dict[str, object]:
    return (await tables.Target.select().where(tables.Target.id == target))[0]


async def test_the_key_is_made_once_and_stays_the_same_under_other_encryption_keys(desk: Desk):
    first = await push_targets.ensure_key(desk.secrets, now=NOON)
    assert await push_targets.ensure_key(desk.secrets, now=NOON) == first == await push_targets.public_key()
    ada = await desk.member("Ada")
    browser = Browser()
    await subscribe(desk, ada, browser)
    other = new_key()
    await sealing.rotate(Secrets((other, KEY)))
    desk.secrets = Secrets((other,))
    assert await push_targets.ensure_key(desk.secrets, now=NOON) == first
    await desk.follow_up(ada)
    await deliver_all(desk)
    [request] = desk.receiver.pushed
    assert claims_of(request.headers["authorization"])[1] == first
    assert "They broke it" not in str(browser.opened(request.content))


async def test_a_key_that_nothing_opens_goes_with_the_browsers_that_hang_on_it(desk: Desk):
    first = await push_targets.ensure_key(desk.secrets, now=NOON)
    await subscribe(desk, await desk.member("Ada"), Browser())
    lost = Secrets((new_key(),))
    assert await sealed_addresses.forget(lost) == ["Firefox on Linux"]
    assert await push_targets.ensure_key(lost, now=NOON) != first


async def test_a_reminder_is_read_by_the_browser_and_counts_like_any_other(desk: Desk):
    await push_targets.ensure_key(desk.secrets, now=NOON)
    ada, browser = await desk.member("Ada"), Browser()
    target = await subscribe(desk, ada, browser)
    await desk.follow_up(ada)
    await deliver_all(desk)
    [request] = desk.receiver.pushed
    told = browser.opened(request.content)
    assert request.endpoint == ENDPOINT
    assert told["url"] == f"{BASE_URL}/cases/1"
    assert told["title"].startswith("#1 · ")
    assert "/act/" not in str(told)
    assert desk.receiver.received == []
    assert [one["state"] for one in await desk.nudges()] == ["sent"]
    assert (await state(target))["succeeded_at"] == NOON


async def test_what_fails_is_tried_again_as_everywhere(desk: Desk):
    await push_targets.ensure_key(desk.secrets, now=NOON)
    ada = await desk.member("Ada")
    target = await subscribe(desk, ada, Browser())
    desk.receiver.answers[ENDPOINT] = [Result(Outcome.rejected, "http 429", retry_after=600)]
    await desk.follow_up(ada)
    await deliver_all(desk)
    assert [one["state"] for one in await desk.nudges()] == ["ready"]
    assert (await state(target))["failures"] == 1
    await deliver_all(desk, NOON + HOUR)
    assert [one["state"] for one in await desk.nudges()] == ["sent"]


async def test_a_browser_that_ended_its_subscription_is_told_nothing_more_and_its_member_knows(desk: Desk):
    await push_targets.ensure_key(desk.secrets, now=NOON)
    ada = await desk.member("Ada")
    target = await subscribe(desk, ada, Browser())
    desk.receiver.answers[ENDPOINT] = [Result(Outcome.gone, "http 410")]
    await desk.follow_up(ada)
    await deliver_all(desk)
    assert [one["state"] for one in await desk.nudges()] == ["dead"]
    assert await count_dead() == 1
    row = await state(target)
    assert row["gone_at"] == NOON
    assert "push.example.org" not in desk.secrets.open(str(row["sealed"]), of=target)
    assert await target_health.failing_of(ada.id) == ["Firefox on Linux"]
    await desk.follow_up(ada)
    await deliver_all(desk, NOON + HOUR)
    assert len(desk.receiver.pushed) == 1
    test = await trials.begin(Act(ada, NOON + HOUR), target)
    await deliver_all(desk, NOON + HOUR)
    assert (ended := await trials.result(test, by=ada))
    assert ended.outcome == "gone"


async def test_the_same_browser_is_one_destination_and_comes_back_with_a_clean_record(desk: Desk):
    await push_targets.ensure_key(desk.secrets, now=NOON)
    ada, browser = await desk.member("Ada"), Browser()
    first = await subscribe(desk, ada, browser)
    assert await subscribe(desk, ada, browser) == first
    assert await subscribe(desk, ada, Browser(), endpoint=ENDPOINT + "d") != first
    await tables.Target.update({tables.Target.failures: 3}, force=True)
    await subscribe(desk, ada, browser)
    assert (await state(first))["failures"] == 0
    for number in range(6):
        await subscribe(desk, ada, Browser(), endpoint=f"{ENDPOINT}{number}")
    with pytest.raises(targets.TargetRefused):
        await subscribe(desk, ada, Browser(), endpoint="https://elsewhere.example.org/x")


async def test_a_shared_browser_gets_the_reminders_of_whoever_turned_them_on_last(desk: Desk):
    await push_targets.ensure_key(desk.secrets, now=NOON)
    ada, ben, shared = await desk.member("Ada"), await desk.member("Ben"), Browser()
    hers = await subscribe(desk, ada, shared)
    elsewhere = await subscribe(desk, ada, Browser(), endpoint=ENDPOINT + "d")
    await desk.follow_up(ada)
    await nudges.sweep(now=NOON)  # hers wait to be sent
    his = await subscribe(desk, ben, shared)
    await deliver_all(desk)
    assert [request.endpoint for request in desk.receiver.pushed] == [ENDPOINT + "d"]
    row = await state(hers)
    assert row["gone_at"] == NOON
    assert "push.example.org" not in desk.secrets.open(str(row["sealed"]), of=hers)
    assert "Ben" not in str(row)
    assert await target_health.failing_of(ada.id) == ["Firefox on Linux"]
    assert (await state(elsewhere))["gone_at"] is None
    assert (await state(his))["gone_at"] is None
    await desk.follow_up(ben)
    await deliver_all(desk, NOON + HOUR)
    assert desk.receiver.pushed[-1].endpoint == ENDPOINT


async def test_of_two_members_who_turn_one_browser_on_at_once_one_is_reached_there(desk: Desk):
    people = [await desk.member(name) for name in ("Ada", "Ben", "Cid", "Dot")]
    shared = Browser()
    await asyncio.gather(*(subscribe(desk, one, shared) for one in people))
    gone = [row["gone_at"] for row in await tables.Target.select(tables.Target.gone_at)]
    assert sorted(map(str, gone)) == sorted([str(NOON)] * 3 + ["None"])


async def test_a_shared_browser_is_known_again_by_a_name_that_is_too_long_to_be_shown(desk: Desk):
    ada, ben, shared = await desk.member("Ada"), await desk.member("Ben"), Browser()
    endpoint = f"https://{'push.' * 50}example.org/send"
    hers = await subscribe(desk, ada, shared, endpoint=endpoint)
    assert await subscribe(desk, ada, shared, endpoint=endpoint) == hers
    await subscribe(desk, ben, shared, endpoint=endpoint)
    assert (await state(hers))["gone_at"] == NOON


async def test_a_full_list_of_destinations_leaves_the_browser_to_whom_it_was(desk: Desk):
    ada, ben, shared = await desk.member("Ada"), await desk.member("Ben"), Browser()
    hers = await subscribe(desk, ada, shared)
    for number in range(targets.MOST_TARGETS):
        await desk.target(f"room{number}", ben)
    with pytest.raises(targets.TargetRefused):
        await subscribe(desk, ben, shared)
    assert (await state(hers))["gone_at"] is None


async def test_a_browser_is_given_no_other_address_and_keeps_what_it_has(desk: Desk):
    ada = await desk.member("Ada")
    target = await subscribe(desk, ada, Browser(), token=await session_of(ada))
    before = await state(target)
    address = await targets.checked("json://example.org/hook", desk.receiver)
    admin = await desk.member("Root", Role.ADMIN)
    for member in (ada, admin):
        with pytest.raises(targets.BrowserStays):
            await targets.change_address(
                Act(member, NOON), target, address, name="Phone", secrets=desk.secrets
            )
    await push_targets.end(target, desk.secrets, now=NOON)
    with pytest.raises(targets.BrowserStays):
        await targets.change_address(Act(ada, NOON), target, address, name="Phone", secrets=desk.secrets)
    after = await state(target)
    assert (after["masked"], after["session"]) == (before["masked"], before["session"])
    assert after["name"] == "Firefox on Linux"


async def test_signing_out_ends_the_reminders_in_that_browser_and_in_no_other(desk: Desk):
    ada = await desk.member("Ada")
    await desk.target("mailbox", ada)
    here, there = await session_of(ada), await session_of(ada)
    await subscribe(desk, ada, Browser(), token=here)
    kept = await subscribe(desk, ada, Browser(), endpoint=ENDPOINT + "d", token=there)
    await sessions.sign_out(here, now=NOON)
    assert {one.id for one in await targets.of_member(ada.id) if one.is_browser} == {kept}
    await run("DELETE FROM session")  # as one that has ended by itself
    assert kept in {one.id for one in await targets.of_member(ada.id)}
    await sessions.end_others(Act(ada, NOON), "none")
    assert [one.name for one in await targets.of_member(ada.id)] == ["mailbox"]


async def test_a_member_who_leaves_or_has_a_new_password_is_reached_in_no_browser(desk: Desk):
    ada = await desk.member("Ada")
    await desk.target("mailbox", ada)
    await subscribe(desk, ada, Browser(), token=await session_of(ada))
    await members.set_password(ada.id, "violet umbrella sings", now=NOON)
    assert [one.name for one in await targets.of_member(ada.id)] == ["mailbox"]
