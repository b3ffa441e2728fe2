"""Lists are read by an index, however many cases there are, and a page asks no more for ten more rows."""

import asyncio
import json
import re
import shutil
from collections.abc import AsyncIterator, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest

from amends import tables
from amends.database import bind, bound, close, connect, run
from amends.rules.follow_up.agenda import days_of, edges
from amends.rules.insight.case_facts import Event, Flag
from amends.rules.insight.day_figures import Dimension
from amends.rules.insight.periods import Period
from amends.rules.vocabulary import IncidentKind, Language, Outcome, Severity, Stage
from amends.services.capture import known_posts, readers
from amends.services.desk import board, cases, incidents, today, views, watches
from amends.services.desk.cases import CaseFilters, orders
from amends.services.desk.incidents import Opening
from amends.services.follow_up import agenda, promises
from amends.services.insight import counting, daily, reports
from amends.services.nudge import nudges
from amends.services.operation import metrics
from amends.services.person import account_matches, people
from amends.services.reply import approvals, reply_templates
from amends.services.reply.reply_templates import TemplateFilters
from amends.services.team.members import Act, Member
from amends.services.workflow import case_commands, queues
from benchmarks.databases import fill
from benchmarks.recording import Statement, recording
from benchmarks.seeds import World, usual
from tests import shared
from tests.conftest import fresh_postgres_url
from tests.world import DAY, MONDAY, make_case, make_team

OWNER = UUID("7f4a8e0c-3f9b-4c39-9a43-0a64a1c3d1aa")
LISTS = {
    "open": CaseFilters(),
    "all": CaseFilters(stage="all"),
    "one stage": CaseFilters(stage=Stage.WAITING),
    "one owner": CaseFilters(owner=OWNER),
    "one theme": CaseFilters(theme=OWNER),
    "one platform": CaseFilters(platform="x"),
    "a rare platform": CaseFilters(platform="mynewsite"),
    "several": CaseFilters(owner=OWNER, severity=Severity.S2, platform="x"),
    "one severity": CaseFilters(severity=Severity.S1),
    "one outcome": CaseFilters(outcome=Outcome.SETTLED),
    "one language": CaseFilters(language="fr"),
    "opened on some days": CaseFilters(opened_from=MONDAY.date() - 30 * DAY, opened_to=MONDAY.date()),
    "due on some days": CaseFilters(due_from=MONDAY.date(), due_to=MONDAY.date() + 3 * DAY, sort="due"),
    "came back": CaseFilters(came_back=True),
    "in danger": CaseFilters(danger=True, sort="due"),
    "the oldest": CaseFilters(sort="opened"),
    "behind a number": CaseFilters(stage="all", counted=Flag.CAPTURED, counted_from=MONDAY.date()),
    "behind an event": CaseFilters(stage="all", counted=Event.WON_BACK, counted_from=MONDAY.date()),
    **{
        f"{stage} by {sort}": CaseFilters(stage=stage, sort=sort)
        for stage in ("open", "all")
        for sort in ("due", "-due", "stage", "-stage", "severity", "-severity", "owner")
    },
}
LATE = {
    "everybody's": CaseFilters(late=True),
    "one theme's": CaseFilters(theme=OWNER, late=True),
    "one owner's": CaseFilters(owner=OWNER, late=True),
    "with words": CaseFilters(words="refund", late=True),
}
SORTS_FEW = 150
"""Rows that Today's lanes put in order once they are cut: never more, however many cases there are."""


@pytest.fixture(scope="session")
def filled_sqlite_file(run: shared.Run, migrated_sqlite_file: Path) -> Path:
    """An SQLite file with a thousand cases, to be copied: a database with less never needs an index."""

    def make() -> str:
        file = shutil.copyfile(migrated_sqlite_file, run.folder / "filled.db")
        filled(f"sqlite:///{file}")
        return str(file)

    return Path(run.once("filled-sqlite", make))


@pytest.fixture(scope="session")
def filled_postgres_database(run: shared.Run, migrated_postgres_database: str) -> str:
    """The name of a PostgreSQL database with the same cases, to be copied; nobody is connected."""

    def make() -> str:
        name = run.server().create_database(migrated_postgres_database)
        filled(run.server().url(name))
        return name

    return run.once("filled-postgres", make)


def filled(url: str) -> None:
    """Writes them, in a thread of its own: a test may be inside an event loop.

    Two cases more on PostgreSQL: ids follow from their number, and equal rows are kept in this process, where
    the id of a driver would come to the other database.
    """
    world = World(replace(usual(1000 if url.startswith("sqlite") else 1002), entries=3), MONDAY)
    with ThreadPoolExecutor(1) as thread:
        thread.submit(asyncio.run, fill(url, world)).result()


@pytest.fixture
def database_url(request: pytest.FixtureRequest, database_url: str, run: shared.Run) -> Iterator[str]:
    """Where a test wants many cases, a copy of them."""
    if "many" not in request.fixturenames:
        yield database_url
    elif database_url.startswith("sqlite"):
        shutil.copyfile(
            request.getfixturevalue("filled_sqlite_file"), database_url.removeprefix("sqlite:///")
        )
        yield database_url
    else:
        yield from fresh_postgres_url(run.server(), request.getfixturevalue("filled_postgres_database"))


@pytest.fixture
async def database(request: pytest.FixtureRequest, database_url: str) -> AsyncIterator[str]:
    bind(connect(database_url), tables.TABLES)
    if "many" not in request.fixturenames:  # they have a team of their own
        await make_team()
    yield database_url
    await close()


@pytest.fixture
def many(database: str) -> None:
    """A thousand cases."""


async def plans(statements: list[Statement]) -> list[str]:
    """How the database says that it runs each of them, in its own words."""
    words = []
    for one in statements:
        if bound().engine_type == "sqlite":
            rows = await bound().run_statement(f"EXPLAIN QUERY PLAN {one.sql}", one.values)
            words.append("\n".join(row["detail"] for row in rows))
        else:
            rows = await bound().run_statement(f"EXPLAIN (FORMAT JSON) {one.sql}", one.values)
            plan = rows[0]["QUERY PLAN"]
            words.append(json.dumps(plan if not isinstance(plan, str) else json.loads(plan)))
    return words


def scans_cases(plan: str) -> bool:
    """Whether all cases are read, one after the other, where an index is not even used for their order."""
    return scans(plan, "c|case_file")


def scans(plan: str, names: str) -> bool:
    """The same for tables by their names in the statement, separated by |."""
    if "[{" in plan:
        return bool(re.search(rf'"Node Type": "Seq Scan"[^{{}}]*"Relation Name": "({names})"', plan))
    return bool(re.search(rf"SCAN ({names})\b(?! USING)", plan))


def sorts_cases(plan: str, few: int = SORTS_FEW) -> bool:
    """Whether an order is made for more rows than the lanes of one screen, or than `few`."""
    if "[{" in plan:
        found = re.findall(r'"Node Type": "(?:Incremental )?Sort"[^{}]*"Plan Rows": (\d+)', plan)
        return any(int(rows) > few for rows in found)
    return "USE TEMP B-TREE FOR ORDER BY" in plan


async def without_sequential_scans() -> None:
    """A thousand rows fit into a few pages, which PostgreSQL reads at once; it shall show its other way."""
    if bound().engine_type == "postgres":
        await bound().run_statement("ANALYZE")
        await bound().run_statement("SET enable_seqscan = off")


@pytest.mark.parametrize("filters", LISTS.values(), ids=LISTS)
async def test_every_list_of_cases_comes_from_an_index_in_its_order(many: None, filters: CaseFilters):
    await without_sequential_scans()
    with recording() as statements:
        page = await cases.page(filters, now=MONDAY)
        await cases.page(filters, before=500, now=MONDAY)
    cut = orders.AT_ONCE * 51 if filters.order else SORTS_FEW  # each part of an order gives at most a page
    for plan in await plans(list(statements)):
        assert not scans_cases(plan), plan
        assert not sorts_cases(plan, cut), plan
    is_rare = filters.counted or filters.owner or filters.theme or filters.language or filters.came_back
    assert page.rows or is_rare or filters.platform == "mynewsite"


@pytest.mark.parametrize("filters", LATE.values(), ids=LATE)
async def test_late_cases_come_from_the_indexes_of_todays_overdue_ones(many: None, filters: CaseFilters):
    """Of each the first that fit are put in order: those found by their date, and those by a follow-up."""
    await without_sequential_scans()
    with recording() as statements:
        first = await cases.page(filters, now=MONDAY + 3 * DAY, limit=5)
        await cases.page(filters, now=MONDAY + 3 * DAY, before=first.next_before or 500, limit=5)
    assert len(statements) == 2
    for plan in await plans(list(statements)):
        assert not scans_cases(plan), plan
        assert not scans(plan, "f|follow_up"), plan
        assert "ix_follow_up_awake" in plan, plan
        is_narrowed = filters != CaseFilters(late=True)  # then another index may lead to fewer cases
        assert is_narrowed or "ix_case_due_open" in plan, plan
    assert first.rows or filters.theme or filters.owner


async def test_the_platforms_of_all_cases_are_a_few_steps_in_an_index(many: None):
    await without_sequential_scans()
    with recording() as statements:
        assert await cases.platforms() == ("x",)
    [plan] = await plans(list(statements))
    assert "ix_case_platform_number" in plan
    assert not scans(plan, "case_file|c"), plan


@pytest.mark.parametrize("typed", ["arriv refund", "person12", "4711", '"never arrived"', "+33612345678"])
async def test_words_are_found_by_their_index(many: None, typed: str):
    """The newest are read word for word first; of what its index found PostgreSQL makes the order itself."""
    await without_sequential_scans()
    with recording() as statements:
        found = await cases.page(CaseFilters(stage="all", words=typed), now=MONDAY)
        await cases.page(CaseFilters(stage="all", words=typed), before=500, now=MONDAY)
    assert found.rows or not typed[-1].isalpha() or typed.startswith('"')
    for statement, plan in zip(statements, await plans(list(statements)), strict=True):
        assert not scans(plan, "c|case_file|w|case_words|said"), plan
        if bound().engine_type == "sqlite":
            is_latest = "FROM case_words AS w" in statement.sql
            assert ("SEARCH w USING" if is_latest else "case_search VIRTUAL TABLE INDEX") in plan
            assert not sorts_cases(plan), plan


async def test_one_case_and_its_person_are_read_by_indexes(many: None, alice: Member):
    await without_sequential_scans()
    with recording() as statements:
        detail = await cases.detail(Act(alice, MONDAY), 500)
        await people.find(detail.author.id)
        await people.page(detail.author.id)
        await account_matches.of(detail.author.id)
        await board.columns(Act(alice, MONDAY), owner=None)
        await board.columns(Act(alice, MONDAY), owner=OWNER)
        await watches.changed(alice)
        await views.seen_by(alice)
    for statement, plan in zip(statements, await plans(list(statements)), strict=True):
        assert not scans(plan, "a|c|f|k|s|same|author|case_file|case_words|entry|capture"), (statement, plan)


async def test_one_owners_open_cases_are_read_without_their_closed_ones(many: None):
    await without_sequential_scans()
    with recording() as statements:
        await cases.page(LISTS["one owner"], now=MONDAY)
    [plan] = await plans(list(statements))
    assert "ix_case_owner_number_open" in plan


@pytest.mark.parametrize("mine", [False, True], ids=["everybody's", "mine"])
async def test_today_reads_its_lanes_and_numbers_from_indexes(many: None, alice: Member, mine: bool):
    await without_sequential_scans()
    with recording() as statements:
        shown = await today.lanes(Act(alice, MONDAY), mine=mine)
    [_policy, *asked] = list(statements)
    assert len(asked) <= 3, "what does not fit into a lane is counted by one more"
    found = await plans(asked)
    assert mine or "ix_case_urgent" in found[0]
    assert mine or "ix_case_ours_anyway" in found[0]
    assert "ix_follow_up_ended" in found[1]
    for plan in found:
        assert not scans_cases(plan), plan
        assert not scans(plan, "f|follow_up"), plan
        assert mine or re.search("ix_follow_up_(awake|due)", plan), "what no snooze silences is in an index"
    assert all(lane.rows for lane in shown.lanes)


async def test_the_posts_that_browsers_mark_come_from_two_indexes(many: None, alice: Member):
    """PostgreSQL may put the open ones in order itself: there are never many."""
    await without_sequential_scans()
    with recording() as statements:
        found = await known_posts.posts(Act(alice, MONDAY))
    [_rules, plan] = await plans(list(statements))
    assert not scans_cases(plan), plan
    assert "ix_case_number_open" in plan
    assert "ix_case_closed" in plan
    assert found


INDEX_OF = {
    "mine": "ix_follow_up_owner_due",
    "team": "ix_follow_up_",  # of the two PostgreSQL takes one or the other
    "everybody": "ix_follow_up_due",
}


@pytest.mark.parametrize("whose", INDEX_OF)
async def test_the_agenda_and_the_feeds_read_what_is_due_from_an_index(
    many: None, alice: Member, whose: agenda.Whose
):
    await without_sequential_scans()
    month = edges(days_of("month", MONDAY.date()), "Europe/Paris")
    with recording() as statements:
        await agenda.spread(month, whose=whose, by=alice, most=3)
        late = await agenda.overdue(Act(alice, MONDAY), whose=whose, limit=4)
        await agenda.overdue(Act(alice, MONDAY), whose=whose, limit=4, after=late.next_after or OWNER)
        await agenda.count_overdue(Act(alice, MONDAY), whose=whose)
        await agenda.page(month[0], month[-1], whose=whose, by=alice, limit=50)
    assert len(statements) == 5
    for plan in await plans(list(statements)):
        assert INDEX_OF[whose] in plan, plan
        assert not scans_cases(plan), plan
        assert not scans(plan, "f|k|follow_up"), plan
    assert late.entries or whose == "mine"


async def test_the_library_of_replies_comes_in_its_order_from_an_index(database: str):
    """Filters narrow on the way; what became of the cases is counted once for the page."""
    await without_sequential_scans()
    await reply_templates.install(by=None, now=MONDAY)
    first = await reply_templates.page(TemplateFilters())
    with recording() as statements:
        await reply_templates.page(TemplateFilters(language=Language.FRENCH), after=first.next_after)
    listed, counted = await plans(list(statements))
    assert "ix_reply_template_title" in listed
    assert not sorts_cases(listed), listed
    assert not scans_cases(counted), counted


async def test_extension_health_reads_the_captures_of_its_days_from_an_index(many: None):
    await without_sequential_scans()
    with recording() as statements:
        await readers.health(now=MONDAY)
    [plan] = await plans(list(statements))
    assert "ix_capture_received" in plan


async def test_the_worker_page_and_the_metrics_read_indexes(many: None):
    await without_sequential_scans()
    with recording() as statements:
        await nudges.queue(now=MONDAY)
        await nudges.settled(now=MONDAY)
        await nudges.overdue(now=MONDAY)
        await nudges.untold(now=MONDAY)
        await nudges.count_dead()
        found = await metrics.read(now=MONDAY)
    for one, plan in zip(statements, await plans(list(statements)), strict=True):
        small = re.search(r"FROM (heartbeat|target|counter)\b", one.sql.replace('"', ""))
        assert small or not scans(plan, "case_file|c|follow_up|f|nudge|n"), plan
        assert "USE TEMP B-TREE FOR ORDER BY" not in plan or small, plan
    assert sum(found.open_cases.values()) > 100
    assert sum(found.overdue.values()) > 10


async def test_reports_read_days_and_the_worker_finds_what_changed_by_indexes(many: None):
    await counting.count_changed()
    await daily.add_up_days()
    await without_sequential_scans()
    period = Period(MONDAY.date() - 90 * DAY, MONDAY.date())
    with recording() as statements:
        await reports.report(period, (Dimension.ALL, ""), now=MONDAY, zone=ZoneInfo("UTC"))
        await reports.report(period, (Dimension.PLATFORM, "x"), now=MONDAY, zone=ZoneInfo("UTC"))
        await reports.backlog(now=MONDAY)
        await counting.count_changed()
    for plan in await plans([one for one in statements if one.sql.lstrip().startswith("SELECT")]):
        assert not scans(plan, "c|case_file|case_fact|case_event|day_figure"), plan


async def test_the_longest_overdue_are_read_in_their_order(many: None):
    await without_sequential_scans()
    with recording() as statements:
        await nudges.untold(now=MONDAY)
    [plan] = await plans(list(statements))
    assert "ix_follow_up_due" in plan


async def test_the_drafts_that_wait_are_counted_on_every_page_and_have_their_own_index(
    many: None, alice: Member
):
    await without_sequential_scans()
    with recording() as statements:
        await queues.waiting(Act(alice, MONDAY))
        await approvals.queue(Act(alice, MONDAY))
    counted, *others = await plans(list(statements))
    assert "ix_follow_up_approval" in others[0]
    for index in ("ix_follow_up_approval", "ix_case_stage"):
        assert index in counted


async def test_what_became_of_promises_is_read_from_their_own_index(many: None):
    await without_sequential_scans()
    with recording() as statements:
        await promises.record(since=MONDAY - 30 * DAY, now=MONDAY)
    [plan] = await plans(list(statements))
    assert "ix_follow_up_promise" in plan


async def test_how_nudges_ended_is_read_from_the_index_of_their_ends(many: None):
    await without_sequential_scans()
    with recording() as statements:
        await nudges.settled(now=MONDAY)
    [plan] = await plans(list(statements))
    assert "ix_nudge_settled" in plan


async def test_a_claim_finds_what_goes_to_its_target_once_whatever_else_is_ready(database: str):
    """Also right after a sweep that made thousands of nudges, of which no statistics tell yet."""
    await without_sequential_scans()
    with recording() as statements:
        await nudges.claims.claim(OWNER, "holder", now=MONDAY)
    claimed = (
        await plans([one for one in statements if one.sql.lstrip().startswith("UPDATE nudge SET state")])
    )[0]
    assert "ix_nudge_target_ready" in claimed
    assert "ix_nudge_ready" not in claimed
    assert "Subquery Scan" not in claimed, "joined, they would be looked for anew at each ready nudge"


async def test_an_incident_reads_its_own_cases_alone(many: None, alice: Member):
    opening = Opening(title="Leak", kind=IncidentKind.DATA_LEAK, numbers=range(1, 40))
    number = await incidents.open_incident(Act(alice, MONDAY), opening)
    incident = await incidents.find(number)
    await without_sequential_scans()
    with recording() as statements:
        await incidents.detail(number, now=MONDAY)
        await incidents.cases_of(incident.id)
        await incidents.told_lines(incident.id)
        await incidents.going_on()
    for statement, plan in zip(statements, await plans(list(statements)), strict=True):
        assert not scans(plan, "l|c|e|f|t|author|case_file|incident_case"), (statement, plan)


async def test_what_was_not_indexed_would_be_noticed(many: None):
    """The words of the plans are those that the tests above look for."""
    await without_sequential_scans()
    unindexed = Statement("SELECT id FROM case_file ORDER BY title")
    [plan] = await plans([unindexed])
    assert scans_cases(plan)
    assert sorts_cases(plan)


async def test_ten_more_cases_ask_no_more_statements(bob: Member):
    async def asked() -> list[int]:
        counts = []
        for page in (
            lambda: today.lanes(Act(bob, MONDAY)),
            lambda: today.summary(Act(bob, MONDAY)),
            lambda: cases.page(CaseFilters(), now=MONDAY),
            lambda: cases.detail(Act(bob, MONDAY), 1),
            lambda: agenda.page(MONDAY, MONDAY + 30 * DAY, whose="team", by=bob, limit=50),
        ):
            with recording() as statements:
                await page()
            counts.append(len(statements))
        return counts

    await make_case(bob)
    before = await asked()
    for _ in range(10):
        await make_case(bob)
        await case_commands.note(Act(bob, MONDAY), 1, text="Called them again.")
    assert await asked() == before


async def test_a_statement_of_ours_takes_its_values_by_name(bob: Member):
    rows = await run(
        "SELECT name, :twice AS again FROM member WHERE id = :id AND :twice = :twice",
        id=bob.id,
        twice="both",
    )
    assert [(row["name"], row["again"]) for row in rows] == [("Bob", "both")]
