"""Reports by mail: one for each reader and period, kept before it is sent, the same in each try."""

from datetime import datetime, timedelta
from uuid import UUID

import pytest

from amends import tables
from amends.gateways.notifier import Outcome, Result
from amends.rules.insight.periods import Period
from amends.rules.insight.report_letters import Rhythm
from amends.rules.vocabulary import Language, NudgeState, Role
from amends.services.insight import counting, daily, report_letters, report_readers
from amends.services.insight.report_readers import ReaderRefused, Wanted
from amends.services.nudge import nudges, targets
from amends.services.nudge.report_messages import Table
from amends.services.team import locations
from amends.services.team.locations import NewLocation
from amends.services.team.members import Act, Member
from tests import nudging
from tests.nudging import BASE_URL, NOON, Desk
from tests.services.nudge.test_nudges import send_all
from tests.world import make_case

desk = nudging.desk
MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)
MONDAY = datetime(2026, 3, 9, 7, 0, tzinfo=NOON.tzinfo)
APRIL = datetime(2026, 4, 1, 7, 0, tzinfo=NOON.tzinfo)
SERVER = "mailto://mail.example.org/?from=us%40example.org&to=team%40example.org"
BOSS = "mailto://mail.example.org?from=us%40example.org&to=boss%40example.org"


@pytest.fixture
async def lead(desk: Desk) -> Member:
    return await desk.member("ada", Role.LEAD)


async def server(desk: Desk, member: Member | None = None) -> UUID:
    return await targets.add(
        targets.CheckedAddress(SERVER),
        member=member.id if member else None,
        name="Team mail",
        position=1,
        by=None,
        now=NOON,
        secrets=desk.secrets,
    )


async def reader(
    desk: Desk,
    lead: Member,
    *,
    through: UUID | None = None,
    rhythm: Rhythm = Rhythm.WEEKLY,
    language: Language = Language.ENGLISH,
    location: str = "",
) -> UUID:
    act, through = Act(lead, NOON), through or await server(desk)
    mailbox = await report_readers.checked(act, "boss@example.org", through, desk.receiver, desk.secrets)
    wanted = Wanted(rhythm=rhythm, language=language, location=location)
    return await report_readers.join(act, mailbox, wanted, through=through)


async def count() -> None:
    while await counting.count_changed():
        pass
    while await daily.add_up_days():
        pass


async def test_a_week_is_sent_on_monday_morning_once_to_the_reader_and_not_to_the_team(
    desk: Desk, lead: Member
):
    await reader(desk, lead)
    await desk.follow_up(lead)
    await count()
    assert await report_letters.plan(now=MONDAY - MINUTE) == 0
    assert await report_letters.plan(now=MONDAY) == 1
    assert await report_letters.plan(now=MONDAY + DAY) == 0
    assert await send_all(desk, MONDAY) == [NudgeState.SENT]
    [(address, message)] = desk.receiver.received
    assert address == BOSS
    assert message.title == "Customer cases, 2–8 Mar 2026"
    assert "- Captured: 1\n" in message.body
    assert f"{BASE_URL}/insights?from=2026-03-02&to=2026-03-08" in message.body
    assert "They broke it" not in message.body + (message.html or "")


async def test_a_month_is_sent_on_its_first_day_in_the_language_of_the_reader(desk: Desk, lead: Member):
    await reader(desk, lead, rhythm=Rhythm.MONTHLY, language=Language.FRENCH)
    assert await report_letters.plan(now=APRIL - MINUTE) == 0
    assert await report_letters.plan(now=APRIL) == 1
    await send_all(desk, APRIL)
    [(_address, message)] = desk.receiver.received
    assert message.title == "Dossiers clients, mars 2026"
    assert "Aucune" in message.body


async def test_it_waits_until_the_cases_of_the_period_are_counted(desk: Desk, lead: Member):
    await reader(desk, lead)
    await desk.follow_up(lead)
    assert await report_letters.plan(now=MONDAY) == 0
    await count()
    assert await report_letters.plan(now=MONDAY + MINUTE) == 1


async def test_one_that_was_being_sent_when_all_was_killed_is_sent_again_with_the_same_words_and_id(
    desk: Desk, lead: Member
):
    await reader(desk, lead)
    await report_letters.plan(now=MONDAY)
    desk.receiver.answers[BOSS] = [Result(Outcome.timeout, "no answer")]
    await send_all(desk, MONDAY)
    await tables.Nudge.update(  # as a killed worker leaves it: taken, its lease not yet over
        {tables.Nudge.state: NudgeState.SENDING, tables.Nudge.run_at: MONDAY + MINUTE}, force=True
    )
    await desk.follow_up(lead, due_at=MONDAY)  # the figures of that week have changed meanwhile
    await count()
    assert await nudges.free_leases(now=MONDAY) == 1
    assert await send_all(desk, MONDAY) == [NudgeState.SENT]
    [(_to, first), (_again, second)] = desk.receiver.received
    assert (first.body, first.message_id, first.reference) == (
        second.body,
        second.message_id,
        second.reference,
    )


async def test_the_mailbox_of_a_member_who_left_writes_no_more_reports(desk: Desk, lead: Member):
    await reader(desk, lead, through=await server(desk, lead))
    await tables.Member.update({tables.Member.disabled_at: NOON}, force=True)
    assert await report_letters.plan(now=MONDAY) == 0


async def test_the_letter_counts_by_location_where_there_are_any(lead: Member):
    period = Period(MONDAY.date(), MONDAY.date() + timedelta(days=6))
    assert "Locations and brands" not in {one.title for one in await tables_of(period)}
    rennes = await locations.make(Act(lead, MONDAY), NewLocation(name="Rennes"))
    await make_case(lead, now=MONDAY, location=rennes)
    while await counting.count_changed() or await daily.add_up_days():
        pass
    [table] = [one for one in await tables_of(period) if one.title == "Locations and brands"]
    assert [(row.name, row.value) for row in table.rows] == [("Rennes", "1")]


async def test_a_report_of_a_location_says_what_its_page_says_and_nothing_of_another(
    desk: Desk, lead: Member
):
    rennes, lyon = [
        str(await locations.make(Act(lead, MONDAY), NewLocation(name=name))) for name in ("Rennes", "Lyon")
    ]
    for place in (rennes, rennes, lyon):
        await make_case(lead, now=MONDAY, location=UUID(place))
    while await counting.count_changed() or await daily.add_up_days():
        pass
    for place in ("", rennes):
        await reader(desk, lead, location=place)
    assert {one.location for one in await report_readers.everyone()} == {"", rennes}
    with pytest.raises(ReaderRefused):
        await reader(desk, lead, location=rennes)
    with pytest.raises(ReaderRefused):
        await reader(desk, lead, location=str(lead.id))
    assert await report_letters.plan(now=MONDAY + 7 * DAY) == 2
    letters = await tables.ReportLetter.select(tables.ReportLetter.content)
    contents = [one["content"] for one in letters]
    told = {one["title"]: one for one in contents}
    [whole, mine] = sorted(told, key=len)
    assert mine == f"{whole} · Rennes"
    assert told[mine]["page"].endswith(f"&by=location:{rennes}")
    captured = {title: letter["tables"][0]["rows"][0]["value"] for title, letter in told.items()}
    assert captured == {whole: "3", mine: "2"}
    assert [table["title"] for table in told[mine]["tables"]] == ["Main figures"]
    assert "Lyon" not in str(told[mine])


async def tables_of(period: Period) -> tuple[Table, ...]:
    return (await report_letters.letter_of(period, "en", now=MONDAY)).tables
