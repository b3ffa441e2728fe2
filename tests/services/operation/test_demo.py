"""Is the demonstration lively, and does it go without a trace?"""

from datetime import UTC, datetime, timedelta

import pytest

from amends import tables
from amends.rules.vocabulary import Outcome, Stage
from amends.services.case import timeline
from amends.services.desk import themes, today
from amends.services.operation import demo
from amends.services.operation.demo import making, people, removal, stories
from amends.services.team import members
from amends.services.team.members import Member
from tests import nudging
from tests.nudging import Desk
from tests.world import make_case

desk = nudging.desk
WEDNESDAY = datetime(2026, 3, 4, 13, 0, tzinfo=UTC)


async def counts() -> dict[str, int]:
    kept = (table for table in tables.TABLES if table not in (tables.Counter, tables.Heartbeat))
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
    shown = await today.lanes(astrid, now=WEDNESDAY)
    assert not [lane.name for lane in shown.lanes if not lane.rows]
    assert shown.overdue > 0
    assert set(await themes.counted()) == {one.id for one in await themes.everything()} != set()
    assert max(row["at"] for row in await tables.Entry.select(tables.Entry.at)) <= WEDNESDAY


async def test_it_is_made_once(desk: Desk):
    await demo.make(now=WEDNESDAY)
    with pytest.raises(making.DemoIsThere):
        await demo.make(now=WEDNESDAY)


async def test_on_a_fresh_installation_it_makes_the_team_and_takes_it_away_again(desk: Desk):
    before = await counts()
    made = await demo.make(now=WEDNESDAY)
    assert made.email
    assert made.password
    assert await demo.remove() == removal.Removed(30, 4)
    assert await counts() == before


async def test_removing_leaves_what_is_real(desk: Desk):
    ada: Member = await desk.member("ada")
    await make_case(ada, now=WEDNESDAY)
    before = await counts()
    made = await demo.make(now=WEDNESDAY + timedelta(hours=1))
    assert made.password == "", "nobody new gets in where a team works already"
    await demo.remove()
    assert await counts() == before


async def test_a_case_that_holds_a_real_post_stays(desk: Desk):
    ada = await desk.member("ada")
    real = await make_case(ada, now=WEDNESDAY)
    await demo.make(now=WEDNESDAY)
    [invented] = await tables.Post.select(tables.Post.id).where(tables.Post.url.like(people.POSTS)).limit(1)
    [case] = await tables.Case.select(tables.Case.id).where(tables.Case.number == real)
    await tables.Post.update({tables.Post.case: case["id"]}).where(tables.Post.id == invented["id"])
    await demo.remove()
    assert await tables.Case.exists().where(tables.Case.number == real)
    assert await timeline.of_case(case["id"])
    assert not await tables.Post.exists().where(tables.Post.url.like(people.POSTS))
