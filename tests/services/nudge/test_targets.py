"""Are addresses kept safe, shown masked, and changed only by those who may?"""

from uuid import UUID, uuid4

import pytest

from amends import tables
from amends.gateways.notifier import Outcome, Result
from amends.gateways.notifier.addresses import Refusal, Refused
from amends.i18n import use_language
from amends.rules.vocabulary import NudgeState, Role
from amends.services.nudge import nudges, targets, trials
from amends.services.team.members import Act, Member
from tests import nudging
from tests.nudging import BASE_URL, NOON, Desk
from tests.world import make_team

desk = nudging.desk

ADDRESS = "mailtos://ada:s3cret@example.org"


async def add(desk: Desk, address: str = ADDRESS, **given):
    values = {
        "member": None,
        "name": "Mail",
        "position": 1,
        "by": None,
        "now": NOON,
        "secrets": desk.secrets,
    }
    return await targets.add(await targets.checked(address, desk.receiver), **values | given)


async def change(desk: Desk, by: Member, target: UUID, address: str, *, name: str = "Phone") -> None:
    checked = await targets.checked(address, desk.receiver)
    await targets.change_address(Act(by, NOON), target, checked, name=name, secrets=desk.secrets)


async def test_an_address_is_sealed_and_only_its_mask_is_shown(desk: Desk):
    ada = await desk.member("ada")
    target = await add(desk, member=ada.id, by=ada)
    [shown] = await targets.of_member(ada.id)
    assert (shown.id, shown.name, shown.masked) == (target, "Mail", "mailtos://example.org/…")
    [row] = await tables.Target.select()
    assert "s3cret" not in str(row)
    assert desk.secrets.open(row["sealed"], of=target) == ADDRESS


async def test_targets_are_listed_in_the_order_in_which_they_are_told(desk: Desk):
    ada = await desk.member("ada")
    await add(desk, member=ada.id, name="Phone", position=2)
    await add(desk, member=ada.id, name="Mail", position=1)
    await add(desk, name="Room")
    assert [one.name for one in await targets.of_member(ada.id)] == ["Mail", "Phone"]
    assert [one.name for one in await targets.of_team()] == ["Room"]


@pytest.mark.parametrize(
    ("address", "field"),
    [
        ("nonsense", "address"),
        ("syslog://", "address"),
        ("mailto://a@example.org, mailto://b@example.org", "address"),
    ],
)
async def test_an_address_that_may_not_be_used_is_refused_with_a_sentence(
    desk: Desk, address: str, field: str
):
    with pytest.raises(targets.TargetRefused) as refused:
        await add(desk, address)
    assert refused.value.fields[field].endswith(".")


async def test_an_address_that_leads_elsewhere_than_it_says_is_refused_with_a_sentence(desk: Desk):
    ada = await desk.member("ada")
    target = await add(desk, member=ada.id)
    desk.receiver.refuses["mailto://example.org?to=a@b@example.com"] = Refused(Refusal.receiver)
    for attempt in (
        lambda: add(desk, "mailto://example.org?to=a@b@example.com"),
        lambda: change(desk, ada, target, "mailto://example.org?to=a@b@example.com"),
    ):
        with pytest.raises(targets.TargetRefused) as refused:
            await attempt()
        assert refused.value.fields["address"].startswith("Messages would not reach the recipient")
    [row] = await tables.Target.select()
    assert desk.secrets.open(row["sealed"], of=target) == ADDRESS


async def test_a_target_of_the_team_speaks_the_teams_language_whoever_typed_it(desk: Desk):
    await make_team(zone="UTC")
    await tables.Team.update({tables.Team.language: "fr"}, force=True)
    boss = await desk.member("boss", role=Role.ADMIN)
    with use_language("en"):
        test = await trials.begin(Act(boss, NOON), await add(desk, by=boss))
    await nudges.deliver(test, desk.receiver, desk.secrets, now=NOON, base_url=BASE_URL)
    [(_address, message)] = desk.receiver.received
    assert "Les rappels arriveront" in f"{message.title} {message.body}"


@pytest.mark.parametrize("wrong", [{"name": " "}, {"name": "x" * 81}, {"position": 3}])
async def test_a_target_needs_a_name_and_a_place(desk: Desk, wrong: dict):
    with pytest.raises(targets.TargetRefused) as refused:
        await add(desk, **wrong)
    assert list(refused.value.fields) == list(wrong)


async def test_nobody_has_more_than_eight_targets(desk: Desk):
    for _ in range(8):
        await add(desk)
    with pytest.raises(targets.TargetRefused):
        await add(desk)


async def test_members_change_their_own_targets_and_admins_all(desk: Desk):
    ada, bob, root = await desk.member("ada"), await desk.member("bob"), await desk.member("root", Role.ADMIN)
    target = await add(desk, member=ada.id, by=ada)
    for forbidden in (
        lambda: add(desk, member=ada.id, by=bob),
        lambda: add(desk, member=None, by=bob),
        lambda: targets.rename(Act(bob, NOON), target, name="Mine"),
        lambda: targets.remove(Act(bob, NOON), target),
        lambda: trials.begin(Act(bob, NOON), target),
    ):
        with pytest.raises(targets.TargetNotYours):
            await forbidden()
    await targets.rename(Act(ada, NOON), target, name="Post", position=2)
    [shown] = await targets.of_member(ada.id)
    assert (shown.name, shown.position) == ("Post", 2)
    await targets.remove(Act(root, NOON), target)
    assert await targets.of_member(ada.id) == []
    with pytest.raises(targets.TargetUnknown):
        await targets.remove(Act(root, NOON), target)


async def test_a_target_that_is_removed_takes_its_nudges_with_it(desk: Desk):
    ada = await desk.member("ada")
    target = await add(desk, member=ada.id)
    await trials.begin(Act(ada, NOON), target)
    await targets.remove(Act(ada, NOON), target)
    assert await tables.Nudge.count() == 0


@pytest.mark.parametrize("outcome", list(Outcome))
async def test_a_test_is_sent_once_and_its_result_told(desk: Desk, outcome: Outcome):
    ada = await desk.member("ada", language="fr")
    target = await add(desk, member=ada.id)
    desk.receiver.answers[ADDRESS] = [Result(outcome, "as told")]
    nudge = await trials.begin(Act(ada, NOON), target)
    assert await trials.result(nudge, by=ada) is None
    states = await nudges.deliver(nudge, desk.receiver, desk.secrets, now=NOON, base_url=BASE_URL)
    assert states == [NudgeState.SENT if outcome is Outcome.delivered else NudgeState.DEAD]
    assert (ended := await trials.result(nudge, by=ada))
    assert ended.outcome == outcome
    assert await nudges.dead() == [], "a failed test is no dead letter"


async def test_the_result_of_an_unknown_test_is_not_told(desk: Desk):
    with pytest.raises(targets.TargetUnknown):
        await trials.result(uuid4(), by=await desk.member("ada"))


async def test_the_result_of_a_test_is_told_to_those_who_see_the_target(desk: Desk):
    ada, bob = await desk.member("ada"), await desk.member("bob")
    boss = await desk.member("boss", role=Role.ADMIN)
    own = await trials.begin(Act(ada, NOON), await add(desk, member=ada.id))
    for_all = await trials.begin(Act(boss, NOON), await add(desk))
    assert await trials.result(own, by=boss) is None
    assert await trials.result(for_all, by=bob) is None
    with pytest.raises(targets.TargetUnknown):
        await trials.result(own, by=bob)


async def test_another_address_is_sealed_and_starts_with_a_clean_record(desk: Desk):
    ada, bob = await desk.member("ada"), await desk.member("bob")
    target = await add(desk, member=ada.id, by=ada)
    await tables.Target.update({tables.Target.failures: 5, tables.Target.paused_until: NOON}, force=True)
    with pytest.raises(targets.TargetNotYours):
        await change(desk, bob, target, "json://example.org")
    with pytest.raises(targets.TargetRefused):
        await change(desk, ada, target, "syslog://")
    await change(desk, ada, target, "json://example.org/n3w")
    shown = await targets.find(target, by=ada)
    assert (shown.name, shown.masked, shown.failures, shown.paused_until) == (
        "Phone",
        "json://example.org/…",
        0,
        None,
    )
    [row] = await tables.Target.select()
    assert desk.secrets.open(row["sealed"], of=target) == "json://example.org/n3w"


async def test_a_target_says_when_it_is_tried_next_and_a_new_address_is_tried_at_once(desk: Desk):
    ada = await desk.member("ada")
    target = await desk.target("ada", ada)
    desk.receiver.answers["json://ada.example.org/"] = [Result(Outcome.unreachable, "no route")]
    await desk.follow_up(ada)
    await nudges.sweep(now=NOON)
    [nudge] = await nudges.ready(now=NOON, limit=1)
    await nudges.deliver(nudge, desk.receiver, desk.secrets, now=NOON, base_url=BASE_URL)
    next_try = (await targets.find(target, by=ada)).next_try
    assert next_try is not None
    assert next_try > NOON
    await change(desk, ada, target, "json://example.org/", name="ada")
    assert await nudges.ready(now=NOON, limit=1) == [nudge]
