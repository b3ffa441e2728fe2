"""Is an incident gathered, led, held, said in one line, timed, told of once, closed and reviewed?"""

from datetime import datetime, timedelta

import msgspec
import pytest

from amends import tables
from amends.rules.desk import incidents as rules
from amends.rules.vocabulary import (
    ActionTarget,
    Channel,
    FactState,
    FollowUpKind,
    IncidentEntry,
    IncidentKind,
    IncidentRole,
    IncidentState,
    Language,
    PlaceState,
    PlaybookSubject,
    ReviewState,
    Severity,
    TaskKind,
    TaskState,
)
from amends.services.case.holds import ReplyOnHold
from amends.services.desk import incidents
from amends.services.desk.cases import shared_incidents
from amends.services.desk.incidents import (
    IncidentDetail,
    IncidentExists,
    IncidentIsClosed,
    IncidentNameless,
    IncidentUnknown,
    LineChanged,
    NothingGathered,
    NothingToPublish,
    NotTheirIncident,
    Opening,
    Planned,
    Subject,
    TaskSettled,
    reviews,
)
from amends.services.desk.incidents.reviews import ReviewCannotGoOn, ReviewUnknown
from amends.services.follow_up import playbooks
from amends.services.follow_up.follow_ups import DateNotAhead
from amends.services.insight import incident_severity
from amends.services.nudge import nudges
from amends.services.person import author_pairs
from amends.services.reply import variants
from amends.services.team import reply_rules
from amends.services.team.members import Act, Member
from amends.services.workflow import case_commands, leaving, removals, replies
from amends.services.workflow.moves import MoveRefused
from tests.world import DAY, HOUR, MONDAY, case_row, entries, lead_to, make_case, make_target, move, owed

TITLE = "Addresses leaked"
REPLY = {"reply_url": "https://x.com/bakers/status/9"}


async def opened(
    by: Member, *cases: int, kind: IncidentKind = IncidentKind.DATA_LEAK, scope: str = ""
) -> int:
    opening = Opening(title=TITLE, kind=kind, numbers=cases, scope=scope)
    return await incidents.open_incident(Act(by, MONDAY), opening)


async def shown(number: int, *, now: datetime = MONDAY) -> IncidentDetail:
    return await incidents.detail(number, now=now)


async def told(number: int) -> list[str]:
    """The kinds of the lines of the timeline, the oldest first."""
    return [line.kind.value for line in reversed((await shown(number)).lines)]


async def task_of(number: int, step: str) -> incidents.Task:
    return next(one for one in (await shown(number)).tasks if one.step == step)


@pytest.fixture
async def cases(bob: Member) -> list[int]:
    return [await make_case(bob) for _ in range(3)]


async def test_each_case_says_which_incident_it_belongs_to(alice: Member, cases: list[int]):
    number = await opened(alice, *cases)
    assert await entries(cases[1]) == ["captured", "linked"]
    [one] = await shared_incidents.of_case(cases[1], reader=alice.id)
    assert (one.title, one.holds, one.spokesperson) == (TITLE, True, "")
    detail = await shown(number)
    assert (detail.sums.posts, detail.sums.people, detail.roles[IncidentRole.LEAD].id) == (3, 1, alice.id)
    assert await told(number) == ["opened", "held"]


async def test_whoever_wrote_from_two_accounts_is_one_of_its_people(alice: Member, bob: Member):
    numbers = [
        await make_case(bob, id=str(1_700_000 + place), author={"name": name, "handle": f"@{name}"})
        for place, name in enumerate(("noor", "otto", "pia", "pia"))
    ]
    number = await opened(alice, *numbers)
    assert (await shown(number)).sums.people == 3
    noor, otto = [(await case_row(one))["author"] for one in numbers[:2]]
    await author_pairs.join(Act(bob, MONDAY), noor, otto)
    assert (await shown(number)).sums.people == 2


async def test_one_needs_a_title_and_cases(alice: Member, cases: list[int]):
    with pytest.raises(NothingGathered):
        await opened(alice)
    with pytest.raises(IncidentNameless):
        await incidents.open_incident(
            Act(alice, MONDAY), Opening(title=" ", kind=IncidentKind.OTHER, numbers=cases)
        )
    with pytest.raises(IncidentUnknown):
        await shown(7)


async def test_what_fits_is_gathered_then_suggested_and_what_was_taken_out_is_not(
    alice: Member, bob: Member, cases: list[int]
):
    number = await opened(alice, scope="platform:x")
    assert (await shown(number)).sums.posts == 3
    with pytest.raises(IncidentExists):
        await opened(alice, scope="platform:x")
    late = await make_case(bob, now=MONDAY + HOUR)
    await incidents.leave(Act(alice, MONDAY), number, cases[0])
    assert [row.number for row in (await shown(number)).suggested] == [late]
    assert await incidents.join_fitting(Act(bob, MONDAY + HOUR), number) == 1
    with pytest.raises(NothingGathered):
        await incidents.join_fitting(Act(bob, MONDAY + HOUR), number)
    incident = await incidents.find(number)
    page = await incidents.cases_of(incident.id)
    assert [one.case.number for one in page.cases] == [late, cases[2], cases[1]]
    assert await told(number) == ["opened", "held", "left", "joined"]


class TestHold:
    async def test_no_way_of_replying_in_public_leads_past_it(self, alice: Member, bob: Member):
        case = await make_case(bob)
        await lead_to(case, "acknowledge", by=bob)
        await opened(alice, case)
        act = Act(bob, MONDAY)
        with pytest.raises(MoveRefused, match="holds the replies"):
            await move(case, "post_acknowledgement", by=bob, **REPLY)
        with pytest.raises(MoveRefused, match="holds the replies"):
            await replies.posted(act, case, url=REPLY["reply_url"])
        with pytest.raises(ReplyOnHold):
            await case_commands.record_touchpoint(
                act, case, channel=Channel.PUBLIC_REPLY, direction="out", text="Sorry"
            )
        assert (await replies.prepared(act, case)).prepared == []

    async def test_a_new_case_cannot_be_marked_as_answered_already(self, alice: Member, bob: Member):
        case = await make_case(bob)
        await opened(alice, case)
        with pytest.raises(MoveRefused, match="holds the replies"):
            await move(case, "answered_already", by=bob, severity="s3", **REPLY)

    async def test_private_words_go_on_and_a_public_channel_does_not(self, alice: Member, bob: Member):
        case = await make_case(bob)
        await lead_to(case, "contact", by=bob)
        await opened(alice, case)
        with pytest.raises(MoveRefused, match="holds the replies"):
            await move(case, "contact_in_private", by=bob, channel="public_reply")
        await move(case, "contact_in_private", by=bob, channel="email")

    async def test_a_ready_draft_waits_and_is_released_by_the_spokesperson_alone(
        self, alice: Member, bob: Member
    ):
        case = await make_case(bob)
        await lead_to(case, "acknowledge", by=bob)
        await move(case, "keep_draft", by=bob, text="We look into it. Write to us in private.", reason="Sure")
        number = await opened(alice, case)
        found = await replies.prepared(Act(bob, MONDAY), case)
        assert (found.step.do, found.step.reason, found.prepared) == ("cool_down", "on_hold", [])
        with pytest.raises(NotTheirIncident):
            await incidents.release(Act(bob, MONDAY), number, case)
        await incidents.name(Act(alice, MONDAY), number, IncidentRole.SPOKESPERSON, bob.id)
        await incidents.release(Act(bob, MONDAY), number, case)
        assert len((await replies.prepared(Act(bob, MONDAY), case)).prepared) == 1
        await move(case, "post_acknowledgement", by=bob, **REPLY)
        assert (await task_of(number, "spokesperson")).state is TaskState.DONE

    async def test_who_may_not_release_a_case_cannot_take_it_out_either(
        self, alice: Member, bob: Member, cases: list[int]
    ):
        number = await opened(alice, *cases)
        with pytest.raises(NotTheirIncident):
            await incidents.leave(Act(bob, MONDAY), number, cases[0])
        assert (await shared_incidents.of_case(cases[0], reader=bob.id))[0].holds
        await incidents.release(Act(alice, MONDAY), number, cases[0])
        await incidents.leave(Act(bob, MONDAY), number, cases[0])
        await incidents.resume(Act(alice, MONDAY), number)
        await incidents.leave(Act(bob, MONDAY), number, cases[1])
        assert len((await incidents.cases_of((await incidents.find(number)).id)).cases) == 1

    async def test_a_release_ends_when_its_case_joins_again_and_with_the_next_hold(
        self, alice: Member, bob: Member, cases: list[int]
    ):
        number, act = await opened(alice, *cases), Act(alice, MONDAY)
        for case in cases[:2]:
            await incidents.release(act, number, case)
        await incidents.leave(act, number, cases[0])
        await incidents.join(act, number, [cases[0]])
        assert (await shared_incidents.of_case(cases[0], reader=bob.id))[0].holds
        assert not (await shared_incidents.of_case(cases[1], reader=bob.id))[0].holds
        await incidents.resume(act, number)
        await incidents.hold(act, number)
        assert (await shared_incidents.of_case(cases[1], reader=bob.id))[0].holds

    async def test_a_reply_that_is_seen_on_the_site_is_recorded_and_told(self, alice: Member, bob: Member):
        case = await make_case(bob)
        number = await opened(alice, case)
        await replies.seen(Act(bob, MONDAY), case, url=REPLY["reply_url"])
        assert (await case_row(case))["public_replies"] == 1
        assert (await told(number))[-1] == "seen"

    async def test_a_case_that_another_is_merged_into_is_held_with_it(self, alice: Member, bob: Member):
        kept, case = await make_case(bob), await make_case(bob)
        number = await opened(alice, case)
        await move(case, "join", by=bob, duplicate_of=kept)
        assert (await shared_incidents.of_case(kept, reader=bob.id))[0].holds
        assert (await told(number))[-1] == "joined"

    async def test_a_released_case_is_held_again_when_a_held_one_is_merged_into_it(
        self, alice: Member, bob: Member, cases: list[int]
    ):
        number = await opened(alice, *cases)
        for case in cases[:2]:
            await incidents.release(Act(alice, MONDAY), number, case)
        await move(cases[1], "join", by=bob, duplicate_of=cases[0])
        assert not (await shared_incidents.of_case(cases[0], reader=bob.id))[0].holds
        await move(cases[2], "join", by=bob, duplicate_of=cases[0])
        assert (await shared_incidents.of_case(cases[0], reader=bob.id))[0].holds

    async def test_it_ends_by_a_lead_or_with_the_incident(self, alice: Member, bob: Member, cases: list[int]):
        number = await opened(alice, *cases)
        with pytest.raises(NotTheirIncident):
            await incidents.resume(Act(bob, MONDAY), number)
        await incidents.resume(Act(alice, MONDAY), number)
        assert not (await shared_incidents.of_case(cases[0], reader=bob.id))[0].holds
        await incidents.hold(Act(bob, MONDAY), number)
        assert (await shared_incidents.of_case(cases[0], reader=bob.id))[0].holds
        await incidents.close(Act(alice, MONDAY), number, owner=bob.id)
        assert not (await shared_incidents.of_case(cases[0], reader=bob.id))[0].holds


class TestDeadlines:
    async def test_the_authority_is_owed_within_72_hours_of_noticing(self, alice: Member, cases: list[int]):
        opening = Opening(
            title=TITLE, kind=IncidentKind.DATA_LEAK, numbers=cases, noticed_at=MONDAY - 5 * HOUR
        )
        number = await incidents.open_incident(Act(alice, MONDAY), opening)
        follow_up = (await owed(cases[0]))[FollowUpKind.INCIDENT_TASK]
        assert follow_up["due_at"] == MONDAY + 67 * HOUR
        assert follow_up["owner"] == alice.id
        assert follow_up["next_at"] == follow_up["due_at"]
        assert follow_up["words"].startswith(f"{TITLE}: Notify the data protection authority")
        task = await task_of(number, "notify_authority")
        await incidents.settle(Act(alice, MONDAY), number, task.position, TaskState.DONE)
        assert FollowUpKind.INCIDENT_TASK not in await owed(cases[0])
        with pytest.raises(TaskSettled):
            await incidents.settle(Act(alice, MONDAY), number, task.position, TaskState.DONE)

    async def test_it_goes_on_when_the_incident_is_closed_and_its_case_leaves_or_is_removed(
        self, alice: Member, bob: Member, cases: list[int]
    ):
        number = await opened(alice, *cases)
        await incidents.leave(Act(alice, MONDAY), number, cases[0])
        assert FollowUpKind.INCIDENT_TASK not in await owed(cases[0])
        assert FollowUpKind.INCIDENT_TASK in await owed(cases[1])
        await incidents.close(Act(alice, MONDAY), number, owner=None)
        await removals.remove(Act(alice, MONDAY), cases[1], reason="Not a post")
        assert FollowUpKind.INCIDENT_TASK in await owed(cases[2])
        assert (await task_of(number, "notify_authority")).state is TaskState.OPEN

    async def test_a_step_is_owed_once_it_has_an_owner(self, alice: Member, bob: Member, cases: list[int]):
        number = await opened(alice, *cases, kind=IncidentKind.OUTAGE)
        assert FollowUpKind.INCIDENT_TASK not in await owed(cases[0])
        task = await task_of(number, "repair")
        await incidents.give(Act(alice, MONDAY), number, task.position, owner=bob.id, due_at=task.due_at)
        assert (await owed(cases[0]))[FollowUpKind.INCIDENT_TASK]["owner"] == bob.id

    async def test_the_lead_is_reminded_of_the_next_update_and_the_next_lead_after_them(
        self, alice: Member, bob: Member, cases: list[int]
    ):
        number = await opened(alice, *cases, kind=IncidentKind.OUTAGE)
        soon = MONDAY + timedelta(minutes=30)
        await incidents.update(Act(alice, MONDAY), number, "We look.", next_at=soon)
        assert (await owed(cases[0]))[FollowUpKind.INCIDENT_TASK]["owner"] == alice.id
        await incidents.name(Act(alice, MONDAY), number, IncidentRole.LEAD, bob.id)
        assert (await owed(cases[0]))[FollowUpKind.INCIDENT_TASK]["owner"] == bob.id
        await incidents.update(Act(bob, soon), number, "It works.", next_at=None)
        assert FollowUpKind.INCIDENT_TASK not in await owed(cases[0])
        with pytest.raises(DateNotAhead):
            await incidents.update(Act(bob, soon), number, "", next_at=soon)

    async def test_a_late_update_is_nudged_to_its_lead(self, alice: Member, cases: list[int]):
        await make_target(alice)
        number = await opened(alice, *cases, kind=IncidentKind.OUTAGE)
        await incidents.update(Act(alice, MONDAY), number, "We look.", next_at=MONDAY + HOUR)
        mine = (tables.Nudge.member == alice.id) & (tables.Nudge.kind == "rung")
        await nudges.sweep(now=MONDAY + HOUR / 2)
        assert not await tables.Nudge.exists().where(mine)
        await nudges.sweep(now=MONDAY + HOUR)
        assert await tables.Nudge.count().where(mine) == 1

    async def test_what_a_member_who_leaves_owed_goes_to_whoever_takes_over(
        self, alice: Member, bob: Member, cases: list[int]
    ):
        number = await opened(bob, *cases)
        heirs = {leaving.Belonging.FOLLOW_UPS: alice.id}
        await leaving.disable(bob.id, heirs, by=None, now=MONDAY)
        assert (await shown(number)).roles[IncidentRole.LEAD].id == alice.id
        assert (await owed(cases[0]))[FollowUpKind.INCIDENT_TASK]["owner"] == alice.id


class TestSheet:
    async def test_facts_places_people_and_notes_stand_on_one_timeline(self, alice: Member, cases: list[int]):
        number = await opened(alice, *cases)
        act = Act(alice, MONDAY)
        await incidents.add_fact(act, number, FactState.CHECKING, "Were passwords in it?", "IT")
        [fact] = (await shown(number)).facts
        await incidents.change_fact(act, number, fact.id, FactState.KNOWN, "No passwords in it.", "IT, 17:55")
        await incidents.speak(act, number, "x", PlaceState.LATER)
        await incidents.tell(act, number, who="The board", how="by phone")
        await incidents.note(act, number, "The file is gone.")
        detail = await shown(number)
        assert [(one.state, one.words) for one in detail.facts] == [("known", "No passwords in it.")]
        assert [(one.platform, one.posts, one.state) for one in detail.places] == [("x", 3, "later")]
        assert await told(number) == ["opened", "held", "fact", "fact", "place", "told", "noted"]
        done = {one.step for one in detail.tasks if one.state is TaskState.DONE}
        assert done == {"hold", "facts", "places", "tell"}

    async def test_replies_use_the_published_version_of_the_statement(
        self, alice: Member, bob: Member, cases: list[int]
    ):
        number = await opened(alice, *cases)
        act = Act(alice, MONDAY)
        with pytest.raises(NothingToPublish):
            await incidents.publish(act, number)
        await incidents.word(act, number, en="We know.", fr="", version=0)
        with pytest.raises(LineChanged):
            await incidents.word(act, number, en="We look.", fr="", version=0)
        with pytest.raises(NotTheirIncident):
            await incidents.publish(Act(bob, MONDAY), number)
        await incidents.publish(act, number)
        await incidents.word(act, number, en="We know more.", fr="", version=1)
        case = await tables.Case.objects().get(tables.Case.number == cases[0])
        assert case is not None
        rules_now = await reply_rules.current()
        spoken = await variants.spoken(case, otherwise=Language.ENGLISH)
        filled = await variants.filled(case, "{incident_line}", rules_now, language=spoken, by=bob)
        assert filled.text == "We know."


class TestTelling:
    async def test_an_owner_of_many_cases_gets_one_notice(self, alice: Member, bob: Member, cases: list[int]):
        for case in cases:
            await case_commands.assign(Act(alice, MONDAY), case, owner=bob.id)
        await opened(alice, *cases)
        assert await tables.Notice.count().where(tables.Notice.member == bob.id) == 1

    async def test_all_its_cases_are_weighed_without_a_message_each(
        self, alice: Member, bob: Member, cases: list[int]
    ):
        number = await opened(alice, *cases)
        done = await incident_severity.escalate(Act(alice, MONDAY), number, Severity.S1)
        assert (done.cases, done.has_more) == (3, False)
        assert [(await case_row(case))["severity"] for case in cases] == ["s1"] * 3
        assert not await tables.FollowUp.exists().where(tables.FollowUp.news == "urgent")
        assert (await told(number))[-1] == "escalated"
        assert (await incident_severity.escalate(Act(alice, MONDAY), number, Severity.S1)).cases == 0


class TestReview:
    async def closed(self, alice: Member, bob: Member, cases: list[int]) -> int:
        number = await opened(alice, *cases, kind=IncidentKind.OUTAGE)
        await incidents.close(Act(alice, MONDAY), number, owner=bob.id)
        return number

    async def test_closing_owes_it_and_ends_what_was_planned(
        self, alice: Member, bob: Member, cases: list[int]
    ):
        number = await self.closed(alice, bob, cases)
        follow_up = (await owed(cases[0]))[FollowUpKind.INCIDENT_TASK]
        assert (follow_up["owner"], follow_up["due_at"]) == (bob.id, MONDAY + rules.REVIEW_WITHIN)
        detail = await shown(number)
        still = [one.kind for one in detail.tasks if one.state is TaskState.OPEN]
        assert (still, detail.incident.state) == ([TaskKind.REVIEW], IncidentState.CLOSED)
        with pytest.raises(IncidentIsClosed):
            await incidents.hold(Act(alice, MONDAY), number)

    async def test_it_ends_in_an_action_with_an_owner_and_a_date(
        self, alice: Member, bob: Member, cases: list[int]
    ):
        number = await self.closed(alice, bob, cases)
        act = Act(bob, MONDAY)
        await reviews.write(act, number, worked="One voice.", failed="Late.", decisions="", version=1)
        await reviews.move(act, number, ReviewState.IN_REVIEW)
        with pytest.raises(ReviewCannotGoOn, match="ends in an action"):
            await reviews.move(act, number, ReviewState.REVIEWED)
        with pytest.raises(Planned):
            await incidents.add_task(
                act, number, "Shorter times", owner=None, due_at=None, changes=Subject(ActionTarget.TIMES)
            )
        await incidents.add_task(
            act,
            number,
            "Shorter times",
            owner=alice.id,
            due_at=MONDAY + DAY,
            changes=Subject(ActionTarget.TIMES),
        )
        await reviews.move(act, number, ReviewState.REVIEWED)
        assert (await owed(cases[0]))[FollowUpKind.INCIDENT_TASK]["owner"] == alice.id
        with pytest.raises(ReviewCannotGoOn):
            await reviews.move(act, number, ReviewState.IN_REVIEW)

    async def test_a_change_is_told_from_when_the_action_was_added_until_it_is_settled(
        self, alice: Member, bob: Member, cases: list[int]
    ):
        number = await self.closed(alice, bob, cases)
        act = Act(alice, MONDAY)
        steps = (playbooks.Step(row=0, words="Call the <b>shop</b>"),)
        given = playbooks.Given(name="Recall", subject=PlaybookSubject.NATURE, about="complaint", steps=steps)
        playbook = await playbooks.make(act, given)
        due = {"owner": bob.id, "due_at": MONDAY + DAY}
        changed = Subject(ActionTarget.PLAYBOOK, playbook)
        for subject in (changed, Subject(ActionTarget.TIMES), Subject(ActionTarget.PLAN)):
            await incidents.add_task(act, number, "Better", changes=subject, **due)
        incident = (await incidents.find(number)).id
        assert await incidents.changes(incident) == {}

        steps = (playbooks.Step(row=0, words="Call the shop"), playbooks.Step(row=1, words="Stop the sale"))
        await playbooks.change(act, playbook, msgspec.structs.replace(given, steps=steps), version=1)
        [(position, one)] = (await incidents.changes(incident)).items()
        assert "<b>shop" in one.before
        assert "2. Stop the sale" in one.after

        await incidents.settle(act, number, position, TaskState.DONE)
        last = msgspec.structs.replace(given, name="Another change", steps=steps)
        await playbooks.change(act, playbook, last, version=2)
        assert (await incidents.changes(incident))[position].after == one.after

    async def test_its_timeline_has_few_lines_and_others_by_one_press(
        self, alice: Member, bob: Member, cases: list[int]
    ):
        number = await opened(alice, *cases)
        await incidents.note(Act(bob, MONDAY), number, "The file is gone.")
        await incidents.close(Act(alice, MONDAY), number, owner=bob.id)
        lines = (await shown(number)).lines
        told = [line.kind for line in lines if rules.is_told(line.kind, line.pinned)]
        assert told == [IncidentEntry.CLOSED, IncidentEntry.HELD, IncidentEntry.OPENED]
        await incidents.pin(Act(bob, MONDAY), number, 3, pinned=True)
        lines = (await shown(number)).lines
        assert IncidentEntry.NOTED in [one.kind for one in lines if rules.is_told(one.kind, one.pinned)]

    async def test_there_is_none_before_the_end(self, alice: Member, cases: list[int]):
        number = await opened(alice, *cases)
        with pytest.raises(ReviewUnknown):
            await reviews.write(Act(alice, MONDAY), number, worked="", failed="", decisions="", version=1)
