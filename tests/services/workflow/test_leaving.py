"""What becomes of everything that a member has when they can no longer sign in?"""

from datetime import timedelta
from uuid import UUID

import pytest

from amends import tables
from amends.rules.vocabulary import Role
from amends.services.case import timeline
from amends.services.follow_up import follow_ups
from amends.services.nudge import nudges
from amends.services.team import absences, members, rotas
from amends.services.team.members import Act, Member
from amends.services.workflow import case_commands, leaving, moves
from amends.services.workflow.leaving import Belonging
from amends.services.workflow.undo_snapshots import UndoGone
from tests import nudging
from tests.nudging import BASE_URL
from tests.world import DAY, HOUR, MONDAY, case_row, lead_to, make_case, make_member, move, owed

DRAFT = "We are sorry about the cake, and we will look into it."


@pytest.fixture
async def carol(database: str) -> Member:
    """An agent with whom nothing has been left yet."""
    return await make_member("carol")


async def owned(bob: Member) -> int:
    """The number of a case of Bob's that is in progress."""
    number = await make_case(bob)
    await lead_to(number, "working", by=bob)
    return number


async def leave(bob: Member, **heirs: UUID | None) -> leaving.Belongings:
    chosen = {Belonging(kind): heir for kind, heir in heirs.items()}
    return await leaving.disable(bob.id, chosen, by=None, now=MONDAY)


async def nothing_is_left_with(member: Member) -> None:
    left = await leaving.belongings(member.id, now=MONDAY)
    assert {kind: left.count(kind) for kind in Belonging} == dict.fromkeys(Belonging, 0)
    assert not await tables.FollowUp.exists().where(
        (tables.FollowUp.owner == member.id) & (tables.FollowUp.state == "due")
    )


async def test_what_a_member_has_is_listed_by_kind(alice: Member, bob: Member, carol: Member):
    number = await owned(bob)
    await follow_ups.remind(Act(alice, MONDAY), number, words="Call", due_at=MONDAY + DAY, owner=bob.id)
    await absences.take_duty(Act(alice, MONDAY), bob.id, begins_at=MONDAY + DAY, ends_at=MONDAY + 2 * DAY)
    await rotas.repeat(Act(alice, MONDAY), bob.id, days=[0], begins=540, ends=600, first=MONDAY.date())
    await rotas.rotate(Act(alice, MONDAY), [bob.id, carol.id], weekday=0, minute=540, first=MONDAY.date())
    await absences.plan(Act(carol, MONDAY), carol.id, begins_at=MONDAY, ends_at=MONDAY + DAY, deputy=bob.id)
    left = await leaving.belongings(bob.id, now=MONDAY)
    assert [one.number for one in left.cases] == [number]
    assert [one.words for one in left.follow_ups] == ["Call"]
    assert left.deputies == ["Carol"]
    assert {kind: left.count(kind) for kind in Belonging} == {
        Belonging.CASES: 1,
        Belonging.FOLLOW_UPS: 1,
        Belonging.APPROVALS: 0,
        Belonging.DUTIES: 3,
        Belonging.DEPUTIES: 1,
    }


async def test_what_a_member_had_is_whose_was_chosen(alice: Member, bob: Member, carol: Member):
    number = await owned(bob)
    await follow_ups.remind(Act(alice, MONDAY), number, words="Call", due_at=MONDAY + DAY, owner=bob.id)
    await absences.take_duty(Act(alice, MONDAY), bob.id, begins_at=MONDAY + DAY, ends_at=MONDAY + 2 * DAY)
    await rotas.repeat(Act(alice, MONDAY), bob.id, days=[0], begins=540, ends=600, first=MONDAY.date())
    await rotas.rotate(Act(alice, MONDAY), [bob.id, alice.id], weekday=0, minute=540, first=MONDAY.date())
    await absences.plan(Act(alice, MONDAY), alice.id, begins_at=MONDAY, ends_at=MONDAY + DAY, deputy=bob.id)
    await leave(bob, cases=carol.id, follow_ups=alice.id, duties=carol.id, deputies=carol.id)
    await nothing_is_left_with(bob)
    assert (await case_row(number))["owner"] == carol.id
    due = await owed(number)
    assert (due["next_step"]["owner"], due["reminder"]["owner"]) == (carol.id, alice.id)
    carols = await rotas.duties_of(carol.id, now=MONDAY)
    assert (len(carols.single), len(carols.weekly), carols.takes_turns) == (1, 1, True)
    assert await absences.away(now=MONDAY) == {alice.id: carol.id}


async def test_what_goes_to_nobody_is_in_the_pool(alice: Member, bob: Member):
    number = await owned(bob)
    await follow_ups.remind(Act(alice, MONDAY), number, words="Call", due_at=MONDAY + DAY, owner=bob.id)
    await case_commands.note(Act(alice, MONDAY), number, text="@Bob can you see to this?")
    await absences.take_duty(Act(alice, MONDAY), bob.id, begins_at=MONDAY + DAY, ends_at=MONDAY + 2 * DAY)
    await rotas.rotate(Act(alice, MONDAY), [bob.id], weekday=0, minute=540, first=MONDAY.date())
    await absences.plan(Act(alice, MONDAY), alice.id, begins_at=MONDAY, ends_at=MONDAY + DAY, deputy=bob.id)
    await leave(bob)
    await nothing_is_left_with(bob)
    due = await owed(number)
    assert (await case_row(number))["owner"] is None
    assert due["reminder"]["owner"] is None
    assert "mention" not in due
    assert await rotas.rotation() is None
    assert await absences.away(now=MONDAY) == {alice.id: None}


async def test_each_case_says_in_one_entry_who_got_what(alice: Member, bob: Member, carol: Member):
    number = await owned(bob)
    await follow_ups.remind(Act(alice, MONDAY), number, words="Call", due_at=MONDAY + DAY, owner=bob.id)
    before = len(await timeline.of_case((await case_row(number))["id"]))
    await leave(bob, cases=carol.id)
    *_, last = entries = await timeline.of_case((await case_row(number))["id"])
    assert len(entries) == before + 1
    assert last.particulars == {
        "because": "left",
        "before": "Bob",
        "handed": {"cases": "Carol", "follow_ups": ""},
    }


async def test_a_move_from_before_somebody_left_is_not_undone_into_their_hands(alice: Member, bob: Member):
    number = await owned(bob)
    undo_id = await move(number, "let_go", by=alice, reason="They are silent")
    await leave(bob)
    with pytest.raises(UndoGone):
        await moves.undo(Act(alice, MONDAY), number, undo_id)
    await nothing_is_left_with(bob)


async def test_a_post_that_comes_back_on_a_case_of_a_former_member_is_everybodys(alice: Member, bob: Member):
    number = await make_case(bob, id="1700")
    await move(number, "not_ours", by=bob, reason="Spam")
    await leave(bob)
    await make_case(alice, now=MONDAY + HOUR, id="1700")
    assert (await owed(number))["came_back"]["owner"] is None


async def test_a_draft_is_read_by_whom_was_chosen_or_by_the_usual_lead(
    alice: Member, bob: Member, carol: Member
):
    lea = await make_member("lea", role="lead")
    numbers = [await make_case(carol), await make_case(alice)]
    for number, drafter in zip(numbers, (carol, alice), strict=True):
        await move(number, "answer", by=drafter, severity="s3", stance="fix")
        await move(number, "submit_draft", by=drafter, reader=str(lea.id), text=DRAFT, reason="It fits")
    left = await leave(lea, approvals=alice.id)
    assert [one.number for one in left.approvals] == numbers
    assert (await owed(numbers[0]))["approval"]["owner"] == alice.id
    assert (await case_row(numbers[0]))["draft_reader"] == alice.id
    assert (await case_row(numbers[1]))["draft_reader"] is None  # nobody reads what they wrote
    await nothing_is_left_with(lea)


async def test_drafts_are_not_left_to_an_agent(bob: Member, carol: Member):
    with pytest.raises(leaving.WrongSuccessor) as wrong:
        await leave(bob, approvals=carol.id)
    assert list(wrong.value.fields) == ["approvals"]
    assert not (await members.find(bob.id)).disabled


async def test_nothing_goes_to_who_leaves_or_has_left(bob: Member, carol: Member):
    number = await owned(bob)
    with pytest.raises(leaving.WrongSuccessor):
        await leave(bob, cases=bob.id)
    await leave(carol)
    with pytest.raises(members.MemberIsDisabled) as gone:
        await leave(bob, cases=carol.id)
    assert list(gone.value.fields) == ["cases"]
    assert (await case_row(number))["owner"] == bob.id


async def test_a_disabled_member_can_be_given_nothing(alice: Member, bob: Member):
    number, act = await make_case(alice), Act(alice, MONDAY)
    await leave(bob)
    span = {"begins_at": MONDAY + HOUR, "ends_at": MONDAY + DAY}
    for command in (
        lambda: case_commands.assign(act, number, owner=bob.id),
        lambda: absences.plan(act, alice.id, deputy=bob.id, **span),
        lambda: absences.plan(act, bob.id, deputy=None, **span),
        lambda: absences.take_duty(act, bob.id, **span),
        lambda: rotas.repeat(act, bob.id, days=[0], begins=540, ends=600, first=MONDAY.date()),
    ):
        with pytest.raises(members.MemberIsDisabled) as gone:
            await command()
        assert "Bob can no longer sign in" in str(gone.value)
    await case_commands.note(act, number, text="@Bob are you there?")
    assert "mention" not in await owed(number)


async def test_a_closed_case_that_is_opened_again_is_whose_who_opens_it(alice: Member, bob: Member):
    number = await owned(bob)
    await move(number, "let_go", by=bob, reason="They do not answer")
    await leave(bob)
    assert (await case_row(number))["owner"] == bob.id  # who had it stays written
    await move(number, "reopen", by=alice, reason="They wrote")
    assert (await case_row(number))["owner"] == alice.id
    assert {row["owner"] for row in (await owed(number)).values()} == {alice.id}


async def test_turns_of_the_others_keep_their_order_when_somebody_leaves(
    alice: Member, bob: Member, carol: Member
):
    turns = [alice.id, bob.id, carol.id]
    first = (MONDAY - timedelta(weeks=2)).date()
    await rotas.rotate(Act(alice, MONDAY), turns, weekday=0, minute=540, first=first)
    assert await absences.on_duty(now=MONDAY) == {carol.id}
    await leave(bob)
    assert await absences.on_duty(now=MONDAY) == {carol.id}
    assert await absences.on_duty(now=MONDAY + timedelta(weeks=1)) == {alice.id}
    assert await absences.on_duty(now=MONDAY + timedelta(weeks=2)) == {carol.id}


async def test_the_last_admin_who_can_sign_in_stays(database: str):
    ada = await members.add(
        "ada@example.org", name="Ada", role=Role.ADMIN, password="violet umbrella sings", now=MONDAY, by=None
    )
    invited = await members.add(
        "eve@example.org", name="Eve", role=Role.ADMIN, password=None, now=MONDAY, by=None
    )
    for command in (
        lambda: leaving.disable(ada.id, by=ada, now=MONDAY),
        lambda: members.change_role(ada.id, role=Role.AGENT, by=ada, now=MONDAY),
    ):
        with pytest.raises(members.LastAdmin):
            await command()
    await leaving.disable(invited.id, by=ada, now=MONDAY)
    assert (await members.find(invited.id)).disabled


desk = nudging.desk


async def test_new_holders_are_told_at_once_in_one_message(desk: nudging.Desk):
    ada, bob = await desk.member("ada"), await desk.member("bob")
    await desk.target("bob", bob)
    later = nudging.NOON + DAY
    for _ in range(2):
        await desk.follow_up(ada, due_at=later)
    await leaving.disable(ada.id, {Belonging.CASES: bob.id}, by=None, now=nudging.NOON)
    for nudge in await nudges.ready(now=nudging.NOON, limit=100):
        await nudges.deliver(nudge, desk.receiver, desk.secrets, now=nudging.NOON, base_url=BASE_URL)
    [(address, message)] = desk.receiver.received
    assert address == "json://bob.example.org/"
    assert "/cases/1" in message.body
    assert "/cases/2" in message.body
