"""Does a notice say what is true when it leaves, and nothing else?"""

from datetime import timedelta
from uuid import UUID, uuid4

import pytest

from amends import tables
from amends.gateways.notifier import Message
from amends.rules.operation.recurring import Last, Outcome, Rhythm, Work
from amends.rules.vocabulary import Role
from amends.services.desk import watched_places
from amends.services.nudge import notice_messages
from amends.services.operation import recurring
from amends.services.team import absences, notices, rotas
from amends.services.team.members import Act, Member
from tests import nudging
from tests.nudging import BASE_URL, NOON, Desk
from tests.services.nudge.test_notices import DAY, SPAN
from tests.world import make_team

desk = nudging.desk
DAILY = Rhythm(every=timedelta(days=1))


@pytest.fixture
async def lea(desk: Desk) -> Member:
    await make_team(zone="UTC")
    return await desk.member("Lea", Role.LEAD)


async def given_to(desk: Desk, member: Member) -> UUID:
    """The id of a nudge that tells a member of everything that they were given."""
    nudge_id, target = uuid4(), await desk.target(member.name, member)
    about = {"audience": "owner", "member": member.id, "target": target, "run_at": NOON, "created_at": NOON}
    await tables.Nudge.insert(tables.Nudge(id=nudge_id, kind="notice", key="notice", **about))
    await tables.Notice.update({tables.Notice.nudge: nudge_id}).where(tables.Notice.member == member.id)
    return nudge_id


async def message(member: Member, nudge: UUID, at=NOON) -> Message | None:
    return await notice_messages.message(member.id, nudge, base_url=BASE_URL, now=at)


async def test_names_are_text_in_mail(desk: Desk, lea: Member):
    ana, bob = await desk.member("<b>Ana</b>"), await desk.member("bob")
    await absences.plan(Act(ana, NOON), ana.id, deputy=bob.id, **SPAN)
    told = await message(bob, await given_to(desk, bob))
    assert told is not None
    assert "&lt;b&gt;Ana&lt;/b&gt; from" in told.html
    assert f'<a href="{BASE_URL}/settings/reminders#absences">See who is away</a>' in told.html
    assert "<b>" not in told.html


async def test_only_what_is_still_theirs_is_said(desk: Desk, lea: Member):
    ana, bob = await desk.member("Ana"), await desk.member("bob")
    await absences.take_duty(Act(lea, NOON), bob.id, **SPAN)
    weekly = await rotas.repeat(Act(lea, NOON), bob.id, days=[0], begins=540, ends=600, first=NOON.date())
    await rotas.rotate(Act(lea, NOON), [bob.id], weekday=0, minute=540, first=NOON.date())
    await absences.plan(Act(ana, NOON), ana.id, deputy=bob.id, **SPAN)
    nudge = await given_to(desk, bob)
    await rotas.end(Act(lea, NOON), weekly)
    await rotas.rotate(Act(lea, NOON), [lea.id], weekday=0, minute=540, first=NOON.date())
    await tables.Member.update({tables.Member.disabled_at: NOON}).where(tables.Member.id == ana.id)
    told = await message(bob, nudge)
    assert told is not None
    assert told.title == "You are on duty"
    assert told.body == (
        "You are on duty from Wednesday 4 March, 12:00 (UTC) to Thursday 5 March, 12:00 (UTC).\n\n"
        f"{BASE_URL}/settings/duties"
    )
    assert await message(bob, nudge, NOON + 3 * DAY) is None


async def test_a_title_names_a_few(desk: Desk, lea: Member):
    bob = await desk.member("bob")
    for name in ("Ana", "Cem", "Dee", "Eli"):
        away = await desk.member(name)
        await absences.plan(Act(away, NOON), away.id, deputy=bob.id, **SPAN)
    told = await message(bob, await given_to(desk, bob))
    assert told is not None
    assert told.title == "You are deputy for Ana · You are deputy for Cem · You are deputy for Dee"
    assert "You are deputy for Eli from" in told.body


async def late_places(lead: Member, visitor: Member, *names: str) -> list[UUID]:
    """Places of this member whose visits were due the day before NOON; they are to be told."""
    places = []
    for name in names:
        values = {"name": name, "address": "https://forum.example/", "every": 1, "members": [visitor.id]}
        given = watched_places.Given(**values)
        places.append(await watched_places.add_place(Act(lead, NOON - DAY), given))
    await watched_places.remind_of_late_visits(now=NOON)
    return places


async def test_late_visits_are_one_sentence_with_the_page_that_shows_them(desk: Desk, lea: Member):
    bob = await desk.member("bob")
    await late_places(lea, bob, "Forum", "Reviews & <more>")
    told = await message(bob, await given_to(desk, bob))
    assert told is not None
    assert told.title == "2 places to visit"
    assert "It is your turn, and visits are late: Forum, Reviews & <more>." in told.body
    assert "Reviews &amp; &lt;more&gt;" in told.html
    assert told.opens == f"{BASE_URL}/places"


async def test_a_visit_that_somebody_made_in_the_meantime_is_not_asked_for(desk: Desk, lea: Member):
    bob = await desk.member("bob")
    forum, reviews = await late_places(lea, bob, "Forum", "Reviews")
    nudge = await given_to(desk, bob)
    await watched_places.visit(Act(lea, NOON), forum, found=0)
    told = await message(bob, nudge)
    assert told is not None
    assert "a visit is late: Reviews." in told.body
    await watched_places.visit(Act(lea, NOON), reviews, found=0)
    assert await message(bob, nudge) is None


@pytest.mark.parametrize(
    ("work", "outcome", "title", "page"),
    [
        (Work.BACKUP, Outcome(problem="full", is_retried=True), "A backup failed", "/settings/backups"),
        (
            Work.VERIFICATION,
            Outcome(problem="altered"),
            "Something recorded was altered",
            "/settings/records",
        ),
        (
            Work.VERIFICATION,
            Outcome(problem="KeyError", is_retried=True),
            "The nightly check failed",
            "/settings/worker#work",
        ),
        (
            Work.ANCHOR,
            Outcome(problem="KeyError", is_retried=True),
            "The anchor of the day failed",
            "/settings/worker#work",
        ),
    ],
)
async def test_work_that_went_wrong_is_one_sentence_with_its_page_until_it_is_good_again(
    desk: Desk, lea: Member, work: Work, outcome: Outcome, title: str, page: str
):
    async def ends(outcome: Outcome, hours: int) -> None:
        async def do(_begun: Last) -> Outcome:
            return outcome

        assert await recurring.run_due(work, DAILY, do, now=NOON + timedelta(hours=hours))

    await ends(outcome, 0)
    last = await recurring.last(work)
    assert last
    await notices.give(lea.id, [last.id], by=None, now=NOON)
    nudge = await given_to(desk, lea)
    message = await notice_messages.message(lea.id, nudge, base_url=BASE_URL, now=NOON)
    assert message
    assert message.title == title
    assert ("tried again every hour" in message.body) is outcome.is_retried
    assert message.opens == f"{BASE_URL}{page}"
    await ends(Outcome(), 24)
    assert await notice_messages.message(lea.id, nudge, base_url=BASE_URL, now=NOON) is None
