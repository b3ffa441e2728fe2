"""Reports of a period: what they count is what the lists count, beside the period before."""

from datetime import date, datetime, timedelta
from random import Random
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest

from amends import tables
from amends.database import add
from amends.rules.insight.case_facts import Event, Flag
from amends.rules.insight.day_figures import OVERLAPPING, Cell, Dimension
from amends.rules.insight.periods import Period
from amends.rules.vocabulary import EntryKind
from amends.services.case import timeline
from amends.services.insight import reports
from amends.services.team import locations
from amends.services.team.locations import NewLocation
from amends.services.team.members import Act, Member
from tests.services.insight.test_counting import count
from tests.world import DAY, HOUR, MONDAY, case_row, lead_to, make_case, move

UTC = ZoneInfo("UTC")
WEEK = Period(date(2026, 5, 4), date(2026, 5, 10))
ALL = (Dimension.ALL, "")


async def report(period: Period, cell: Cell, *, now: datetime) -> reports.Report:
    return await reports.report(period, cell, now=now, zone=UTC)


async def test_a_report_holds_the_period_its_bars_and_the_dimensions(alice: Member):
    first, second = await make_case(alice), await make_case(alice, now=MONDAY + DAY, lang="fr")
    await lead_to(first, "contact", by=alice, now=MONDAY + HOUR)
    await move(second, "not_ours", by=alice, now=MONDAY + 2 * DAY, reason="It is the shop next door")
    await count()
    found = await report(WEEK, ALL, now=MONDAY + 3 * DAY)
    assert found.now.flags == {Flag.CAPTURED: 2, Flag.ANSWERED: 1, Flag.IN_TERM: 1, Flag.SILENT: 1}
    assert found.now.events == {Event.NOT_OURS: 1}
    assert [bar.flags[Flag.CAPTURED] for _day, bar in found.bars] == [1, 1, 0, 0, 0, 0, 0]
    assert [(line.value, line.flags[Flag.CAPTURED]) for line in found.lines[Dimension.LANG]] == [
        ("en", 1),
        ("fr", 1),
    ]


async def test_without_a_whole_period_before_there_is_nothing_to_compare_with(alice: Member):
    await make_case(alice, now=MONDAY - 3 * DAY)
    await make_case(alice)
    await count()
    assert (await report(WEEK, ALL, now=MONDAY)).before is None
    await make_case(alice, now=MONDAY - 7 * DAY)
    await count()
    before = (await report(WEEK, ALL, now=MONDAY)).before
    assert before is not None
    assert before.flags[Flag.CAPTURED] == 2


async def test_one_value_of_a_dimension_is_reported_alone(alice: Member):
    await make_case(alice, lang="fr")
    await make_case(alice, lang="en", now=MONDAY + HOUR)
    await count()
    found = await report(WEEK, (Dimension.LANG, "fr"), now=MONDAY)
    assert found.now.flags[Flag.CAPTURED] == 1
    assert found.lines == {}


def measured(line: reports.Line | reports.Report) -> tuple[int, ...]:
    """What a line or the headline of a report says, with the denominator of what was answered on time."""
    figures = line.now if isinstance(line, reports.Report) else line
    flags, due = figures.flags, figures.flags[Flag.ANSWERED] + line.late
    return (flags[Flag.CAPTURED], due, flags[Flag.IN_TERM], figures.events[Event.NOT_OURS])


@pytest.mark.parametrize("seed", range(3))
async def test_the_tables_of_an_invented_week_add_up_to_its_headline(alice: Member, seed: int):
    draw = Random(seed)
    places = [await locations.make(Act(alice, MONDAY), NewLocation(name=name)) for name in ("Rennes", "Lyon")]
    for number in range(14):
        where = {
            "platform": draw.choice(["x", "google", "reddit"]),
            "lang": draw.choice(["en", "fr", "fr-CA"]),
        }
        about = {"location": draw.choice([*places, None]), "severity": draw.choice(["s2", "s3", None])}
        at = MONDAY + draw.randrange(30) * HOUR
        case = await make_case(alice, now=at, url=f"https://a.example/{number}", **where, **about)
        match draw.randrange(4):
            case 0:
                await move(case, "not_ours", by=alice, now=at + HOUR, reason="It is the shop next door")
            case 1:
                await lead_to(case, "contact", by=alice, now=at + draw.choice([1, 200]) * HOUR)
    await count()
    now = MONDAY + 20 * DAY
    found = await report(WEEK, ALL, now=now)
    assert found.late, "the world has something that waits"
    for dimension in set(Dimension) - OVERLAPPING - {Dimension.ALL}:
        lines = [measured(line) for line in found.lines[dimension]]
        assert tuple(map(sum, zip(*lines, strict=True))) == measured(found), dimension
        for line in found.lines[dimension]:
            if line.value:
                assert measured(await report(WEEK, (dimension, line.value), now=now)) == measured(line)
    assert found.lines == await reports.lines(WEEK, now=now, zone=UTC)


async def test_what_waits_past_its_date_is_told_as_it_stands_now(alice: Member):
    await make_case(alice)
    await count()
    assert (await report(WEEK, ALL, now=MONDAY)).late == 0
    assert (await report(WEEK, ALL, now=MONDAY + 5 * DAY)).late == 1
    later = Period(WEEK.last + timedelta(days=1), WEEK.last + timedelta(days=7))
    assert (await report(later, ALL, now=MONDAY + 5 * DAY)).late == 0


async def test_the_backlog_is_every_open_case_once_by_its_age(alice: Member):
    for days in (0, 3, 20, 60, 200):
        await make_case(alice, now=MONDAY - days * DAY)
    closed = await make_case(alice)
    await move(closed, "not_ours", by=alice, reason="It is the shop next door")
    assert await reports.backlog(now=MONDAY) == [(1, 1), (7, 1), (30, 1), (90, 1), (None, 1)]


async def test_reminders_are_counted_with_what_became_of_them(alice: Member):
    number = await make_case(alice)
    case, told = (await case_row(number))["id"], {"follow_up": "acknowledge", "audience": "owner"}
    await timeline.record(case, EntryKind.NUDGED, now=MONDAY + HOUR, rung=1, **told)
    await lead_to(number, "contact", by=alice, now=MONDAY + 2 * HOUR)
    await timeline.record(case, EntryKind.NUDGED, now=MONDAY + 30 * HOUR, rung=2, **told)
    await given_up(MONDAY + HOUR)
    await given_up(MONDAY - 7 * DAY)
    await count()
    found = await report(WEEK, ALL, now=MONDAY + 3 * DAY)
    assert (found.now.events[Event.NUDGED], found.now.events[Event.NUDGE_HEEDED]) == (2, 1)
    assert found.given_up == 1


async def given_up(at: datetime) -> None:
    """A reminder that no try delivered."""
    target, nudge = uuid4(), uuid4()
    await add(tables.Target, id=target, name="x", sealed="x", masked="json://…", created_at=at)
    values = {"state": "dead", "settled_at": at, "run_at": at, "created_at": at}
    await add(tables.Nudge, id=nudge, key=str(nudge), audience="team", target=target, **values)


async def test_answers_are_counted_by_the_hours_of_the_week_in_which_people_wrote(alice: Member):
    number = await make_case(alice)
    await lead_to(number, "contact", by=alice, now=MONDAY + 5 * DAY)
    await count()
    found = await report(WEEK, ALL, now=MONDAY + 6 * DAY)
    assert sum(found.late_at.values()) == 1
    assert found.late_at == found.answered_at
    assert {weekday for weekday, _part in found.late_at} == {0}
