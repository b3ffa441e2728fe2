"""Do the lines of a table become cases once, at their age, and without a storm of nudges?"""

from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest

from amends import tables
from amends.rules.capture.sheets import SheetUnreadable
from amends.services.capture import import_lines, imports
from amends.services.capture.imports import ImportUnknown, Line
from amends.services.follow_up.follow_ups import DateNotAhead
from amends.services.nudge import nudges
from amends.services.operation import retention
from amends.services.team.members import Act, Member
from amends.services.workflow import case_commands
from tests.world import DAY, HOUR, MONDAY, case_row, entries, make_case, move, owed

NEXT_WEEK = date(2026, 5, 11)
TABLE = """url,text,author,captured_at,severity,rating,note
https://x.com/dana/status/17,"Late,
and cold.",Dana,2026-01-05,s2,,Regular
,Rude at the till.,Eve,,,1/5,
"""


async def lines(text: str, *, by: Member, now: datetime = MONDAY) -> list[Line]:
    upload = await imports.keep(Act(by, now), text.encode())
    return (await imports.rehearse(Act(by, now), upload)).lines


async def run(text: str, *, by: Member, now: datetime = MONDAY) -> int:
    upload = await imports.keep(Act(by, now), text.encode())
    return await imports.make(Act(by, now), upload, look_on=NEXT_WEEK)


async def test_looking_first_makes_nothing(alice: Member):
    found = await lines(TABLE, by=alice)
    assert [(line.number, line.is_new, line.title) for line in found] == [
        (2, True, "Late, and cold."),
        (4, True, "Rude at the till."),
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
    assert [line.case for line in await lines(TABLE, by=alice)] == [1, 2]
    assert await tables.Capture.count() == 2
    assert await entries(1) == ["captured"]


async def test_a_second_press_imports_what_the_first_did_not(alice: Member):
    upload = await imports.keep(Act(alice, MONDAY), TABLE.encode())
    made = [await imports.make(Act(alice, MONDAY), upload, look_on=NEXT_WEEK) for _ in range(2)]
    assert made == [2, 0]


async def test_a_post_that_has_a_case_is_left_in_peace(alice: Member):
    number = await make_case(alice, id="17")
    assert [line.case for line in await lines(TABLE, by=alice)] == [number, None]
    assert await run(TABLE, by=alice) == 1
    assert await entries(number) == ["captured"]
    assert (await case_row(number))["came_back_at"] is None


async def test_a_line_that_repeats_another_says_which(alice: Member):
    table = "text,author\nLate,Dana\nLate,Dana\nLate,Eve\n"
    assert [line.same_as for line in await lines(table, by=alice)] == [None, 2, None]
    assert await run(table, by=alice) == 2


async def test_lines_that_are_wrong_are_named_and_the_others_are_made(alice: Member):
    table = (
        "url,text,posted_at,platform,severity,rating\n"
        ",Late,soon,facebok,s9,many\n"
        "javascript:alert(1),,,,,\n"
        ",,2026-01-01,,,\n"
        ",Late,2999-01-01,,,\n"
        ",Late, and cold,,,,2\n"
        ',Right,28/03/2026 14:05,trustpilot,S3,"4,5/5"\n'
    )
    found = await lines(table, by=alice)
    assert [set(line.wrong) for line in found] == [
        {"posted_at", "platform", "severity", "rating"},
        {"url"},
        {"url", "text"},
        {"posted_at"},
        {"text"},
        set(),
    ]
    assert found[-1].posted_at == datetime(2026, 3, 28, 13, 5, tzinfo=UTC)
    assert await run(table, by=alice) == 1


async def test_a_platform_outside_the_table_is_imported_under_its_own_name(alice: Member):
    table = "text,platform\nLate,My New Site\nCold,Google Play\nGone,trustpilott\nWet,<b>x</b>\n"
    found = await lines(table, by=alice)
    assert [line.platform for line in found[:2]] == ["my-new-site", "play"]
    assert [set(line.wrong) for line in found] == [set(), set(), {"platform"}, {"platform"}]
    assert "trustpilot" in found[2].wrong["platform"]
    assert await run(table, by=alice) == 2
    assert {(await case_row(number))["platform"] for number in (1, 2)} == {"my-new-site", "play"}


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
    upload = await imports.keep(Act(alice, MONDAY), TABLE.encode())
    with pytest.raises(DateNotAhead) as refused:
        await imports.make(Act(alice, MONDAY + 4 * HOUR), upload, look_on=MONDAY.date())
    assert set(refused.value.fields) == {"look_on"}
    assert await tables.Case.count() == 0


async def test_a_table_is_its_member_s_and_the_last_one_only_and_for_a_day(alice: Member, bob: Member):
    first = await imports.keep(Act(alice, MONDAY), TABLE.encode())
    second = await imports.keep(Act(alice, MONDAY), TABLE.encode())
    for upload, member in ((first, alice), (second, bob), (uuid4(), alice)):
        with pytest.raises(ImportUnknown):
            await imports.rehearse(Act(member, MONDAY), upload)
    await retention.delete_expired(now=MONDAY + DAY - timedelta(seconds=1))
    assert await tables.Upload.count() == 1
    await retention.delete_expired(now=MONDAY + DAY + timedelta(seconds=1))
    assert await tables.Upload.count() == 0


async def test_what_is_no_table_is_not_kept(alice: Member):
    with pytest.raises(SheetUnreadable):
        await imports.keep(Act(alice, MONDAY), b"\x89PNG\r\n")
    assert await tables.Upload.count() == 0


@pytest.mark.parametrize(
    ("cell", "meant"),
    [
        ("2026-03-28", "2026-03-27T23:00"),
        ("2026-03-28 14:05", "2026-03-28T13:05"),
        ("2026-03-28T14:05:30Z", "2026-03-28T14:05"),
        ("2026-03-28T14:05+05:00", "2026-03-28T09:05"),
        ("28/03/2026", "2026-03-27T23:00"),
        ("1.4.2026 09:30", "2026-04-01T07:30"),
    ],
)
def test_dates_are_read_on_the_reader_s_clock(cell: str, meant: str):
    told, wrong = import_lines.written({"posted_at": cell}, zone="Europe/Paris")
    assert (f"{told.posted_at:%Y-%m-%dT%H:%M}", wrong) == (meant, {})


@pytest.mark.parametrize("cell", ["03/28/2026", "28/03/26", "yesterday", "2026-02-30", "0000-01-01", "1"])
def test_what_is_no_date_is_not_guessed(cell: str):
    told, wrong = import_lines.written({"posted_at": cell}, zone="Europe/Paris")
    assert (told.posted_at, set(wrong)) == (None, {"posted_at"})


@pytest.mark.parametrize(("cell", "meant"), [("2", (2, 5)), ("4,5", (4.5, 5)), ("8/10", (8, 10))])
def test_ratings_are_read_with_their_most(cell: str, meant: tuple[float, float]):
    told, _wrong = import_lines.written({"rating": cell}, zone="UTC")
    assert (told.rating, told.rating_max) == meant
