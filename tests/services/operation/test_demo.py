"""Is the demonstration lively, and does it go without a trace?"""

from collections import Counter
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from amends import tables
from amends.gateways.evidence_files import FolderEvidenceFiles
from amends.rules.team.calendars import Calendar
from amends.rules.vocabulary import EntryKind, FollowUpKind, Outcome, Stage
from amends.services.case import anchors, attachments, offered_files, timeline
from amends.services.case.attachments import GivenFile
from amends.services.desk import themes, today
from amends.services.insight import counting, daily, drills
from amends.services.insight import stories as case_stories
from amends.services.operation import demo, verification
from amends.services.operation.demo import dates, making, people, removal, room, stories
from amends.services.team import members
from amends.services.team.members import Act, Member
from tests import nudging
from tests.nudging import Desk
from tests.world import make_case

desk = nudging.desk
WEDNESDAY = datetime(2026, 3, 4, 13, 0, tzinfo=UTC)
PARIS = ZoneInfo("Europe/Paris")
SUNDAY = "a Sunday, when the clock goes forward"
INSTANTS = {
    "a Monday, a minute after midnight": datetime(2026, 11, 30, 0, 1, tzinfo=PARIS),
    "29 February 2028, a Tuesday before work": datetime(2028, 2, 29, 8, 30, tzinfo=PARIS),
    "a Wednesday at 10:00, when second chances fall due": datetime(2026, 6, 17, 10, 0, tzinfo=PARIS),
    "31 December, a Thursday, a minute before the new year": datetime(2026, 12, 31, 23, 59, tzinfo=PARIS),
    "a Friday after work": datetime(2027, 7, 9, 18, 30, tzinfo=PARIS),
    "a Saturday at noon": datetime(2026, 8, 15, 12, 0, tzinfo=PARIS),
    SUNDAY: datetime(2026, 3, 29, 3, 0, tzinfo=PARIS),
    "a Sunday, the second 02:30 as the clock goes back": datetime(2026, 10, 25, 2, 30, tzinfo=PARIS, fold=1),
}
MADE = [pytest.param("sqlite", at, id=f"sqlite, {name}") for name, at in INSTANTS.items()]
MADE.append(pytest.param("postgresql", INSTANTS[SUNDAY], id=f"postgresql, {SUNDAY}"))
"""A database has no say in dates: one instant is enough for the second kind, which takes longer."""
STAGES = {
    Stage.NEW: 3,
    Stage.ACKNOWLEDGE: 5,
    Stage.CONTACT: 2,
    Stage.WORKING: 3,
    Stage.WAITING: 3,
    Stage.RESOLVED: 2,
    Stage.SECOND_CHANCE: 4,
    Stage.CHECKED_IN: 1,
    Stage.ESCALATED: 1,
    Stage.WATCHED: 1,
    Stage.CLOSED: 5,
}
OVERDUE = {
    FollowUpKind.ACKNOWLEDGE: 1,
    FollowUpKind.NEXT_STEP: 1,
    FollowUpKind.PROMISE: 1,
    FollowUpKind.SECOND_CHANCE: 1,
}
"""A good Monday: three cases are late, one is dangerous, and the rest is under way."""


STAYING = (tables.Counter, tables.Heartbeat, tables.AuditEvent)
"""What is only added to, the log of what was done too."""


async def count_for_reports() -> None:
    """What the worker does for Insights, until nothing is left to do."""
    while await counting.count_changed():
        pass
    while await daily.add_up_days():
        pass


async def counts() -> dict[str, int]:
    kept = (table for table in tables.TABLES if table not in STAYING)
    return {table._meta.tablename: await table.count() for table in kept}


async def test_it_fills_every_lane_and_every_stage_in_both_languages_and_nothing_of_it_is_to_come(desk: Desk):
    made = await demo.make(now=WEDNESDAY)
    assert made.cases == len(stories.STORIES) == 30
    rows = await tables.Case.select(tables.Case.stage, tables.Case.outcome, tables.Case.lang)
    assert {row["lang"] for row in rows} == {"fr", "en"}
    assert {row["stage"] for row in rows} == set(Stage)
    outcomes = {Outcome(row["outcome"]) for row in rows if row["outcome"]}
    assert {Outcome.WON_BACK, Outcome.LOST, Outcome.CONCEDED, Outcome.LET_GO, Outcome.NOT_OURS} <= outcomes
    astrid = await members.by_email(people.address_of("astrid"))
    shown = await today.lanes(Act(astrid, WEDNESDAY))
    assert not [lane.name for lane in shown.lanes if not lane.rows]
    assert shown.overdue > 0
    assert set(await themes.counted()) == {one.id for one in await themes.everything()} != set()
    assert max(row["at"] for row in await tables.Entry.select(tables.Entry.at)) <= WEDNESDAY


@pytest.mark.parametrize(("database_url", "now"), MADE, indirect=["database_url"])
async def test_the_same_is_overdue_on_every_day_and_at_every_hour(desk: Desk, now: datetime):
    await demo.make(now=now)
    case, owed = tables.Case, tables.FollowUp
    stages = Counter(Stage(row["stage"]) for row in await case.select(case.stage))
    late = await owed.select(owed.kind).where((owed.state == "due") & (owed.due_at < now))
    assert stages == STAGES
    assert Counter(FollowUpKind(row["kind"]) for row in late) == OVERDUE
    shown = await today.lanes(Act(await members.by_email(people.address_of("astrid")), now))
    filled = {lane.name: len(lane.rows) for lane in shown.lanes}
    assert filled["overdue"] == 3, "the promise is overdue on a case that is anyway"
    assert filled["first"] == int(now.hour < 20), "late in the evening it is looked at again tomorrow"
    assert shown.forgotten == 0
    assert filled["second_chances"] == 1
    assert filled["their_move"] > 0


async def test_second_chances_are_dated_as_those_of_real_cases_and_people_act_in_working_hours(desk: Desk):
    now = INSTANTS[SUNDAY]
    await demo.make(now=now)
    owed, entry = tables.FollowUp, tables.Entry
    rows = await owed.select(owed.due_at).where(owed.kind == FollowUpKind.SECOND_CHANCE)
    on = [row["due_at"].astimezone(PARIS) for row in rows]
    assert {(at.hour, at.minute) for at in on} == {(10, 0)}
    assert {at.weekday() for at in on} <= {1, 2, 3}
    made = [row["at"] for row in await entry.select(entry.at) if row["at"] < now - timedelta(hours=1)]
    local = [at.astimezone(PARIS) for at in made]
    assert not [at for at in local if at.weekday() > 4 or not 9 <= at.hour + at.minute / 60 <= 18]


def test_working_days_are_counted_back_over_a_week_end():
    calendar, monday = Calendar("Europe/Paris"), datetime(2026, 11, 30, 10, 0, tzinfo=PARIS)
    assert dates.before(calendar, monday, 1) == datetime(2026, 11, 27, 10, 0, tzinfo=PARIS)
    sunday = datetime(2026, 11, 29, 12, 0, tzinfo=PARIS)
    assert dates.before(calendar, sunday, 0.5) == datetime(2026, 11, 27, 13, 30, tzinfo=PARIS)
    assert dates.before(calendar, sunday, 0) == sunday
    assert dates.after(calendar, sunday, 0.5) == datetime(2026, 11, 30, 13, 30, tzinfo=PARIS)


async def test_it_shows_what_the_product_can_do(desk: Desk, tmp_path: Path):
    await demo.make(now=WEDNESDAY, files=FolderEvidenceFiles(tmp_path / "files"))
    results = [
        entry.particulars["result"]
        for row in await tables.Case.select(tables.Case.id)
        for entry in await timeline.of_case(row["id"])
        if entry.kind is EntryKind.PROMISE_SETTLED
    ]
    assert sorted(results) == ["broken", "kept"]
    person = await tables.Author.select(tables.Author.person).where(tables.Author.name == people.ONE_PERSON)
    assert len({row["person"] for row in person}) == 1 < 3 <= len(person)
    assert await tables.Case.count().where(tables.Case.approval == "pending") == 1
    assert await tables.Remedy.count() == 1
    assert await tables.Evidence.count() == len(list((tmp_path / "files").rglob("*"))) - len(
        [one for one in (tmp_path / "files").rglob("*") if one.is_dir()]
    )


async def test_whoever_threatens_wrote_nothing_else(desk: Desk):
    await demo.make(now=WEDNESDAY)
    case = tables.Case
    [threat] = await tables.Threat.select(tables.Threat.case.author)
    assert await case.count().where(case.author == threat["case.author"]) == 1
    assert await case.count().where((case.nature == "threat") & (case.severity == "s1")) == 1


async def test_a_drill_was_practised_and_a_story_kept_which_names_nobody(desk: Desk):
    await demo.make(now=WEDNESDAY)
    [drill] = await drills.listed()
    detail = await drills.detail(drill.number, now=WEDNESDAY)
    assert (len(detail.posts), detail.to_come) == (12, 0)
    assert detail.over_at is not None
    assert not {one.words for one in detail.posts} & {
        row["text"] for row in await tables.Capture.select(tables.Capture.text)
    }
    [story] = await case_stories.listed()
    assert story.outcome is Outcome.WON_BACK
    told = " ".join(str(one) for one in (story.title, story.said, story.did, story.ended))
    assert not [name for name in people.AUTHORS if name in told]


async def test_its_pictures_go_with_it(desk: Desk, tmp_path: Path):
    files = FolderEvidenceFiles(tmp_path / "files")
    await demo.make(now=WEDNESDAY, files=files)
    lead = await members.by_email(people.address_of("leopold"))
    letter = [GivenFile("letter.pdf", b"%PDF-1.7 letter")]
    await attachments.add(
        Act(lead, WEDNESDAY),
        1,
        await offered_files.offer(await attachments.check(letter), files, now=WEDNESDAY),
    )
    await demo.remove(files, now=WEDNESDAY)
    assert [one for one in (tmp_path / "files").rglob("*") if one.is_file()] == []


async def test_it_is_made_once(desk: Desk):
    await demo.make(now=WEDNESDAY)
    with pytest.raises(making.DemoIsThere):
        await demo.make(now=WEDNESDAY)


async def test_on_a_fresh_installation_it_makes_the_team_and_takes_it_away_again(desk: Desk):
    before = await counts()
    made = await demo.make(now=WEDNESDAY)
    assert made.email
    assert made.password
    await count_for_reports()
    assert await daily.kept() != (0, 0)
    assert await demo.remove(now=WEDNESDAY) == removal.Removed(30, 4)
    assert await counts() == before


async def test_removing_leaves_what_is_real(desk: Desk):
    ada: Member = await desk.member("ada")
    before = await counts()
    made = await demo.make(now=WEDNESDAY)
    assert made.password == "", "nobody new gets in where there is a team already"
    await count_for_reports()
    with_it = await counts()
    real = await make_case(ada, now=WEDNESDAY)
    added = {name: number - with_it[name] for name, number in (await counts()).items()}
    await demo.remove(now=WEDNESDAY)
    assert await counts() == {name: number + added[name] for name, number in before.items()}
    assert [row["number"] for row in await tables.Case.select(tables.Case.number)] == [real]


async def test_insights_count_what_is_real_alone_once_it_is_removed(desk: Desk):
    ada = await desk.member("ada")
    await demo.make(now=WEDNESDAY)
    await make_case(ada, now=WEDNESDAY)
    await count_for_reports()
    assert (await daily.kept())[0] == 31
    await demo.remove(now=WEDNESDAY)
    await count_for_reports()
    as_removed = await figures()
    await counting.count_all_again()
    await count_for_reports()
    assert await daily.kept() == (1, 1)
    assert await figures() == as_removed


async def figures() -> list[dict[str, Any]]:
    row = tables.DayFigure
    shown = (row.dimension, row.value, row.day, row.flags, row.events, row.times)
    return await row.select(*shown).order_by(row.dimension, row.value, row.day)


async def test_where_a_team_is_at_work_nothing_is_made(desk: Desk):
    ada = await desk.member("ada")
    await make_case(ada, now=WEDNESDAY)
    await refused()


async def test_where_somebody_would_be_told_of_it_nothing_is_made(desk: Desk):
    await desk.target("team")
    await refused()


async def refused() -> None:
    before = await counts()
    with pytest.raises(room.TeamAtWork):
        await demo.make(now=WEDNESDAY)
    assert await counts() == before


async def test_a_case_that_holds_a_real_post_stays(desk: Desk):
    ada = await desk.member("ada")
    await demo.make(now=WEDNESDAY)
    real = await make_case(ada, now=WEDNESDAY)
    [invented] = await tables.Post.select(tables.Post.id).where(tables.Post.url.like(people.POSTS)).limit(1)
    [case] = await tables.Case.select(tables.Case.id).where(tables.Case.number == real)
    await tables.Post.update({tables.Post.case: case["id"]}).where(tables.Post.id == invented["id"])
    await demo.remove(now=WEDNESDAY)
    assert await tables.Case.exists().where(tables.Case.number == real)
    assert await timeline.of_case(case["id"])
    assert not await tables.Post.exists().where(tables.Post.url.like(people.POSTS))


async def test_of_cases_that_an_anchor_holds_it_stays_known_that_they_were_removed(desk: Desk):
    await demo.make(now=WEDNESDAY)
    await anchors.make(now=WEDNESDAY)
    await demo.remove(now=WEDNESDAY)
    assert await tables.RemovedCase.count() == 30
    assert (await verification.verify(None)).found == []
