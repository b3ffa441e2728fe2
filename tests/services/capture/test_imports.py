"""Do the lines of a table become cases once, at their age, and without a storm of nudges?"""

import asyncio
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import pytest

from amends import tables
from amends.rules.capture.sheets import SheetUnreadable
from amends.services.capture import import_overviews, imports
from amends.services.capture.imports import ImportStarted, ImportUnknown
from amends.services.follow_up.follow_ups import DateNotAhead
from amends.services.nudge import nudges
from amends.services.operation import retention
from amends.services.team.members import Act, Member
from amends.services.workflow import case_commands
from tests.imports import NEXT_WEEK, kept, lines, run, work
from tests.world import DAY, HOUR, MONDAY, case_row, entries, make_case, move, owed

TABLE = """url,text,author,captured_at,severity,rating,note
https://x.com/dana/status/17,"Late,
and cold.",Dana,2026-01-05,s2,,Regular
,Rude at the till.,Eve,,,1/5,
"""


async def test_looking_first_makes_nothing(alice: Member):
    found = await lines(TABLE, by=alice)
    assert [(line.number, line.state, line.title) for line in found] == [
        (2, "new", "Late, and cold."),
        (4, "new", "Rude at the till."),
    ]
    assert await tables.Case.count() == 0


async def test_importing_makes_cases_as_old_as_they_say(alice: Member):
    assert await run(TABLE, by=alice) == 2
    first, second = await case_row(1), await case_row(2)
    assert first["opened_at"] == datetime(2026, 1, 4, 23, tzinfo=UTC)  # midnight in Paris
    assert (first["severity"], first["platform"], second["opened_at"]) == ("s2", "x", MONDAY)
    assert await entries(1) == ["captured"]


async def test_the_same_table_twice_makes_nothing_twice(alice: Member, bob: Member):
    await run(TABLE, by=alice)
    assert await run(TABLE, by=alice, now=MONDAY + HOUR) == 0
    assert await run(TABLE, by=bob, now=MONDAY + DAY) == 0
    assert [line.case_number for line in await lines(TABLE, by=alice)] == [1, 2]
    assert await tables.Capture.count() == 2
    assert await entries(1) == ["captured"]


async def test_a_second_press_starts_nothing_anew(alice: Member):
    upload = await kept(TABLE, by=alice)
    await imports.start(Act(alice, MONDAY), upload, look_on=NEXT_WEEK)
    with pytest.raises(ImportStarted):
        await imports.start(Act(alice, MONDAY), upload, look_on=NEXT_WEEK)
    await work()
    with pytest.raises(ImportStarted):
        await imports.start(Act(alice, MONDAY), upload, look_on=NEXT_WEEK)
    assert await tables.Case.count() == 2


async def test_a_post_that_has_a_case_is_left_in_peace(alice: Member):
    number = await make_case(alice, id="17")
    assert [line.case_number for line in await lines(TABLE, by=alice)] == [number, None]
    assert await run(TABLE, by=alice) == 1
    assert await entries(number) == ["captured"]
    assert (await case_row(number))["came_back_at"] is None


async def test_hostile_cells_are_only_text(alice: Member):
    table = "text,author\n\"=cmd|'/c calc'!A1 <script>alert(1)</script>\",@SUM(1)\n"
    assert await run(table, by=alice) == 1
    assert (await case_row(1))["title"] == "=cmd|'/c calc'!A1 <script>alert(1)</script>"


async def test_nobody_is_nudged_about_a_backlog_however_late_it_is(alice: Member, bob: Member):
    await run(TABLE, by=alice)
    for later in (DAY, 7 * DAY, 30 * DAY):
        assert await nudges.sweep(now=MONDAY + later) == 0
    triage = (await owed(1))["triage"]
    assert triage["due_at"] == datetime(2026, 5, 11, 8, tzinfo=UTC)
    row = await case_row(1)
    assert (row["due_at"], row["due_kind"]) == (triage["due_at"], "triage")


async def test_whoever_takes_a_case_is_reminded_of_it_from_its_day_on(alice: Member, bob: Member):
    await run(TABLE, by=alice)
    await case_commands.assign(Act(alice, MONDAY), 1, owner=bob.id)
    assert (await owed(1))["triage"]["next_at"] == datetime(2026, 5, 11, 8, tzinfo=UTC)
    assert (await owed(2))["triage"]["next_at"] is None


async def test_an_answer_to_an_old_complaint_counts_from_the_day_of_the_backlog(alice: Member):
    await run(TABLE, by=alice)
    await move(1, "answer", by=alice, now=MONDAY + HOUR, severity="s3", stance="fix")
    assert (await owed(1))["acknowledge"]["due_at"] > datetime(2026, 5, 11, 8, tzinfo=UTC)


async def test_a_day_that_has_passed_is_refused(alice: Member):
    upload = await kept(TABLE, by=alice)
    with pytest.raises(DateNotAhead) as refused:
        await imports.start(Act(alice, MONDAY + 4 * HOUR), upload, look_on=MONDAY.date())
    assert set(refused.value.fields) == {"look_on"}
    assert await work() == 0


async def test_a_table_is_its_member_s_and_the_last_one_only_and_for_a_day(alice: Member, bob: Member):
    first = await kept(TABLE, by=alice)
    second = await kept(TABLE, by=alice)
    for upload, member in ((first, alice), (second, bob), (uuid4(), alice)):
        with pytest.raises(ImportUnknown):
            await imports.find(Act(member, MONDAY), upload)
    await retention.delete_expired(now=MONDAY + DAY - timedelta(seconds=1))
    assert await tables.Upload.count() == 1
    await retention.delete_expired(now=MONDAY + DAY + timedelta(seconds=1))
    assert await tables.Upload.count() == await tables.ImportLine.count() == 0


async def test_an_import_is_forgotten_a_day_after_it_ended_and_never_while_it_runs(alice: Member):
    upload = await kept(TABLE, by=alice)
    await imports.start(Act(alice, MONDAY), upload, look_on=NEXT_WEEK)
    await retention.delete_expired(now=MONDAY + 2 * DAY)
    assert await tables.Upload.count() == 1
    await work(MONDAY + 2 * DAY)
    await retention.delete_expired(now=MONDAY + 3 * DAY - HOUR)
    assert await tables.Upload.count() == 1
    await retention.delete_expired(now=MONDAY + 3 * DAY + HOUR)
    assert await tables.Upload.count() == 0


async def test_another_table_does_not_end_an_import_that_runs(alice: Member):
    upload = await kept(TABLE, by=alice)
    await imports.start(Act(alice, MONDAY), upload, look_on=NEXT_WEEK)
    await kept("text\nCold\n", by=alice)
    await work()
    assert (await import_overviews.counts(upload))["made"] == 2
    assert sorted(table.state for table in await import_overviews.of_member(Act(alice, MONDAY))) == [
        "checked",
        "done",
    ]


async def test_what_is_no_table_is_not_kept(alice: Member):
    with pytest.raises(SheetUnreadable):
        await kept(b"\x89PNG\r\n\x1a\n\0", by=alice)
    assert await tables.Upload.count() == 0


async def test_two_checks_of_one_table_at_once_are_one(alice: Member):
    act = Act(alice, MONDAY)
    upload_id = await imports.keep(act, "cases.csv", TABLE.encode())
    mapping = (await imports.find(act, upload_id)).mapping
    assert mapping
    await asyncio.gather(*(imports.map_columns(act, upload_id, mapping) for _ in range(2)))
    assert await tables.ImportLine.count().where(tables.ImportLine.upload == upload_id) == 2


async def test_a_check_whose_table_is_replaced_meanwhile_says_so(alice: Member):
    act = Act(alice, MONDAY)
    checks = await asyncio.gather(
        *(imports.keep(act, "cases.csv", TABLE.encode()) for _ in range(2)), return_exceptions=True
    )
    assert {type(one) for one in checks} <= {UUID, ImportUnknown}
    assert {row["state"] for row in await tables.Upload.select(tables.Upload.state)} == {"checked"}
