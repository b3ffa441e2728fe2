"""Does each member get what their day holds, once, in their language, and nothing when there is nothing?"""

from datetime import timedelta

import pytest

from amends import tables
from amends.rules.nudge.digests import Owed, Section
from amends.rules.vocabulary import FollowUpKind, NudgeState, Role
from amends.services.case import anchors
from amends.services.nudge import digest_messages, digests, nudges
from amends.services.team import absences
from amends.services.team.members import Act, Member
from amends.tables.operation import RetentionCase
from tests import nudging
from tests.nudging import BASE_URL, NOON, Desk
from tests.services.nudge.test_nudges import send_all
from tests.world import make_case

desk = nudging.desk
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
MONDAY = NOON - DAY


async def reader(desk: Desk, name: str, role: Role = Role.AGENT, **columns: object) -> Member:
    return await desk.member(name, role, digest_at=9 * 60, **columns)


async def told(desk: Desk, at) -> list[tuple[str, str]]:
    before = len(desk.receiver.received)
    await send_all(desk, at)
    return [(message.title, message.body) for _address, message in desk.receiver.received[before:]]


async def test_it_lists_the_day_and_comes_once(desk: Desk):
    ada = await reader(desk, "ada")
    await desk.target("ada", ada)
    await desk.follow_up(ada, due_at=NOON - 3 * HOUR)
    await desk.follow_up(ada, due_at=NOON + 2 * HOUR)
    await desk.follow_up(ada, due_at=NOON + 2 * DAY, kind=FollowUpKind.PROMISE)
    assert await digests.plan(now=NOON) == 1
    assert await digests.plan(now=NOON + HOUR) == 0
    [(title, body)] = await told(desk, NOON)
    assert title == "Your day · 1 late · 1 due today"
    assert "Overdue\n- #1 · write the public reply · 3 h late" in body
    assert "Due today\n- #2" in body
    assert "Promises\n- #3 · keep the promise" in body
    assert "They broke it" not in body


async def test_it_is_skipped_when_there_is_nothing_to_say(desk: Desk):
    ada = await reader(desk, "ada")
    await desk.target("ada", ada)
    assert await digests.plan(now=NOON) == 0
    await desk.follow_up(ada, due_at=NOON + 30 * DAY)
    assert await digests.plan(now=NOON + DAY) == 0


async def test_what_was_done_meanwhile_is_not_told(desk: Desk):
    ada = await reader(desk, "ada")
    await desk.target("ada", ada)
    follow_up = await desk.follow_up(ada)
    await digests.plan(now=NOON)
    await desk.settle(follow_up)
    assert await send_all(desk, NOON) == [NudgeState.VOID]


async def test_yesterdays_digest_is_not_sent_today(desk: Desk):
    ada = await reader(desk, "ada")
    await desk.target("ada", ada)
    await desk.follow_up(ada)
    await digests.plan(now=NOON)
    assert await send_all(desk, NOON + DAY) == [NudgeState.VOID]


async def test_it_speaks_french_to_whoever_does(desk: Desk):
    ada = await reader(desk, "ada", language="fr", zone="Europe/Paris")
    await desk.target("ada", ada)
    await desk.follow_up(ada, due_at=NOON - 3 * HOUR)
    await digests.plan(now=NOON)
    [(title, body)] = await told(desk, NOON)
    assert title == "Votre journée · 1 en retard"
    assert "En retard" in body


async def test_mail_gets_markup_in_which_nothing_is_a_strangers(desk: Desk):
    ada = await reader(desk, "ada")
    await desk.target("ada", ada)
    await desk.follow_up(ada)
    await tables.Case.update({tables.Case.title: "<script>alert(1)</script>"}, force=True)
    await digests.plan(now=NOON)
    await send_all(desk, NOON)
    html = desk.receiver.received[0][1].html
    assert '<a href="https://amends.example.org/cases/1">' in html
    assert "<script" not in html


async def test_whoever_is_away_or_wants_none_gets_none(desk: Desk):
    ada, bob = await reader(desk, "ada"), await desk.member("bob")
    for member in (ada, bob):
        await desk.target(member.name, member)
        await desk.follow_up(member)
    await absences.plan(Act(ada, NOON), ada.id, begins_at=NOON - DAY, ends_at=NOON + DAY, deputy=None)
    assert await digests.plan(now=NOON) == 0


async def test_what_climbed_the_whole_ladder_stands_on_top_of_everybodys(desk: Desk):
    ada, bob = await reader(desk, "ada"), await reader(desk, "bob")
    await desk.target("bob", bob)
    await desk.follow_up(ada, due_at=NOON - 9 * DAY)
    await tables.FollowUp.update({tables.FollowUp.rung: 4}, force=True)
    assert await digests.plan(now=NOON) == 1
    [(_title, body)] = await told(desk, NOON)
    assert body.startswith("Stuck\n- #1 · write the public reply · 9 days late · ada\n")


async def test_what_a_nudge_has_just_told_is_counted_and_alone_no_reason_for_a_digest(desk: Desk):
    ada = await reader(desk, "ada", quiet_from=0, quiet_until=11 * 60 + 30)
    await desk.target("ada", ada)
    for _ in range(2):
        await desk.follow_up(ada, due_at=NOON - 3 * HOUR)
    await nudges.sweep(now=NOON - 3 * HOUR)
    [(title, _body)] = await told(desk, NOON - HOUR / 2)
    assert title == "2 reminders"
    assert await digests.content_of(ada, now=NOON) is None
    await desk.follow_up(ada, due_at=NOON + 2 * HOUR)
    assert await digests.plan(now=NOON) == 1
    [(title, body)] = await told(desk, NOON)
    assert title == "Your day · 1 due today"
    assert "#3" in body
    assert "#1" not in body
    assert "2 more were sent to you within the last hour and are not repeated here." in body
    assert (await digests.content_of(ada, now=NOON + HOUR)).told == 0


async def test_leads_hear_of_the_teams_week_on_mondays(desk: Desk):
    lea, ada = await reader(desk, "lea", Role.LEAD), await reader(desk, "ada")
    for member in (lea, ada):
        await desk.target(member.name, member)
    await desk.follow_up(None, due_at=MONDAY - HOUR)
    assert await digests.plan(now=MONDAY) == 1
    [(_title, body)] = await told(desk, MONDAY)
    assert "The team’s week" in body
    assert "Cases overdue now: 1" in body
    assert "Anchor:" not in body


async def test_leads_keep_the_newest_anchor_with_their_week(desk: Desk):
    lea = await reader(desk, "lea", Role.LEAD)
    await desk.target("lea", lea)
    await make_case(lea, now=MONDAY)
    anchor = await anchors.make(now=MONDAY)
    await digests.plan(now=MONDAY)
    [(_title, body)] = await told(desk, MONDAY)
    assert anchor
    assert f"Records\n- Anchor: {anchor.hash}\n- Keep this message" in body


async def test_leads_hear_how_many_cases_are_to_be_erased_and_from_when(desk: Desk):
    lea = await reader(desk, "lea", Role.LEAD)
    await desk.target("lea", lea)
    number = await make_case(lea, now=MONDAY)
    case = (await tables.Case.select(tables.Case.id).where(tables.Case.number == number))[0]["id"]
    listed = RetentionCase(case=case, term="ended", listed_at=MONDAY, goes_at=MONDAY + 31 * DAY)
    await RetentionCase.insert(listed)
    await digests.plan(now=MONDAY)
    [(_title, body)] = await told(desk, MONDAY)
    assert "Retention\n- Closed cases that are to be erased: 1\n- From " in body
    assert f"{BASE_URL}/retention" in body
    await RetentionCase.update({RetentionCase.kept_until: MONDAY.date()}).where(RetentionCase.case == case)
    assert (await digests.content_of(lea, now=MONDAY)).week.leaving == 0


def test_a_long_section_is_cut_and_the_rest_counted():
    owed = [
        Owed(
            number=number,
            title="",
            kind=FollowUpKind.CONTACT,
            starts_at=NOON - DAY,
            due_at=NOON - HOUR,
            rung=1,
        )
        for number in range(1, 15)
    ]
    content = digest_messages.Digest(
        sections={Section.OVERDUE: owed}, win=(99, "They came back"), week=None, language="en", zone="UTC"
    )
    said = digest_messages.message(content, reference="digest", base_url=BASE_URL, now=NOON)
    assert said.body.count("contact in private") == digest_messages.SHOWN
    assert "and 4 more" in said.body
    assert "Won back\n- #99" in said.body
    assert "They came back" not in said.body


async def test_a_member_whose_digest_cannot_be_decided_stops_nobody_elses(desk: Desk):
    await reader(desk, "ada", zone="Nowhere/Atlantis")
    bob = await reader(desk, "bob")
    await desk.target("bob", bob)
    await desk.follow_up(bob, due_at=NOON - HOUR)
    with pytest.raises(ExceptionGroup):
        await digests.plan(now=NOON)
    assert await tables.Nudge.count().where(tables.Nudge.member == bob.id) == 1
