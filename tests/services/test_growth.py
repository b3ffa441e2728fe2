"""What is opened daily reads no more of four times as many cases, on data in which few have most of it."""

import json
import shutil
import sqlite3
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from amends import tables
from amends.database import bind, bound, close, connect
from amends.rules.follow_up.agenda import days_of, edges
from amends.services.desk import board, cases, today
from amends.services.desk.cases import CaseFilters
from amends.services.follow_up import agenda
from amends.services.insight import stories
from amends.services.operation.retention import reading as retention
from amends.services.person import legal_holds
from amends.services.team import members
from amends.services.team.members import Act
from amends.services.workflow import queues, triage
from benchmarks.databases import fill
from benchmarks.recording import Statement, recording
from benchmarks.seeds import Amounts
from benchmarks.shapes import Skewed
from tests import shared
from tests.world import MONDAY

SMALL = Amounts(3_600, 3_200, 1_100, 1_100, entries=1)
LARGE = Amounts(14_400, 12_800, 4_400, 4_400, entries=1)
"""Four times as many of all kinds; the small one has more late cases than anybody counts."""
TIMES = 1.6
STILL_COUNTED = {"queues", "triage", "the board", "a month"}
"""The small one has fewer of a stage or a day than are counted: these may grow until there are as many."""
AT_LEAST = {"sqlite": 5_000, "postgres": 300}
"""Steps or rows that are not worth a word."""
A_HUNDRED = 100

Read = Callable[[Act], Awaitable[object]]
AUTHOR = UUID(int=0)
"""Of an account that nobody has the plan is the same."""
MONTH = edges(days_of("month", MONDAY.date()), "Europe/Paris")
DAILY: dict[str, Read] = {
    "Today": lambda act: today.lanes(act),
    "the masthead": lambda act: today.summary(act),
    "queues": lambda act: queues.waiting(act),
    "Cases": lambda act: cases.page(CaseFilters(), now=act.now),
    "how many": lambda act: cases.count(CaseFilters(), now=act.now),
    "all cases": lambda act: cases.page(CaseFilters(stage="all"), before=1_000, now=act.now),
    "late cases": lambda act: cases.page(CaseFilters(late=True), now=act.now),
    "one language": lambda act: cases.page(CaseFilters(stage="all", language="zz"), now=act.now),
    "a case": lambda act: cases.detail(act, 700),
    "the board": lambda act: board.columns(act, owner=None),
    "a month": lambda act: agenda.spread(MONTH, whose="everybody", by=act.by, most=3),
    "what is late": lambda act: agenda.count_overdue(act, whose="everybody"),
    "triage": lambda act: triage.waiting(now=act.now),
    "a common word": lambda act: cases.page(CaseFilters(stage="all", words="cake"), now=act.now),
    "a letter": lambda act: cases.page(CaseFilters(stage="all", words="t"), now=act.now),
    "no page beyond": lambda act: _page_and_total(act, CaseFilters(stage="all", language="zz")),
    "stories": lambda act: stories.listed(),
    "what goes": lambda act: retention.on_notice(),
    "what is kept": lambda act: retention.kept(),
    "holds of a person": lambda act: legal_holds.of_person(AUTHOR),
    "how many have it": lambda act: cases.count(CaseFilters(stage="all", words="cake"), now=act.now),
}


async def _page_and_total(act: Act, wanted: CaseFilters) -> None:
    found = await cases.page(wanted, now=act.now)
    await cases.total(wanted, found, now=act.now, before=None)


@pytest.fixture
def urls(request: pytest.FixtureRequest, database_url: str, run: shared.Run, tmp_path: Path) -> list[str]:
    """Two migrated databases to be filled, the small one and the large one."""
    if not database_url.startswith("sqlite"):
        template = request.getfixturevalue("migrated_postgres_database")
        return [run.server().url(run.server().create_database(template)) for _ in range(2)]
    files = [tmp_path / "small.db", tmp_path / "large.db"]
    for file in files:
        shutil.copyfile(request.getfixturevalue("migrated_sqlite_file"), file)
    return [f"sqlite:///{file}" for file in files]


async def test_what_is_opened_daily_does_as_much_with_four_times_as_many_cases(urls: list[str]):
    small, large = [await _work(url, amounts) for url, amounts in zip(urls, (SMALL, LARGE), strict=True)]
    grown = {
        name: (small[name], large[name])
        for name in DAILY
        if large[name] > max((TIMES + (name in STILL_COUNTED) * 2) * small[name], AT_LEAST[_engine(urls[0])])
    }
    assert not grown, grown


def _engine(url: str) -> str:
    return "sqlite" if url.startswith("sqlite") else "postgres"


async def _work(url: str, amounts: Amounts) -> dict[str, float]:
    """What each of them makes the database do: steps of SQLite's machine, or rows that PostgreSQL meets."""
    world = Skewed(amounts, MONDAY)
    await fill(url, world)
    bind(connect(url), tables.TABLES)
    try:
        act = Act(await members.find(world.members[1]), MONDAY)
        if _engine(url) == "postgres":
            await bound().run_statement("SET enable_seqscan = off")
        assert await _counted_by_index_alone(act), "what is late is counted from its index alone"
        return {name: await _of(read, act) for name, read in DAILY.items()}
    finally:
        await close()


async def _counted_by_index_alone(act: Act) -> bool:
    """Whether what is late is counted without the rows of follow-ups; right after a VACUUM on PostgreSQL."""
    with recording() as statements:
        await agenda.count_overdue(act, whose="everybody")
    [counted] = statements
    if bound().engine_type == "sqlite":
        return not _columns_of_rows(counted, "follow_up")
    await bound().run_statement("VACUUM ANALYZE follow_up")
    plan = json.dumps(await _plan(counted))
    return '"Node Type": "Index Only Scan"' in plan and "ix_follow_up_due" in plan


def _columns_of_rows(statement: Statement, table: str) -> list[Any]:
    """The steps of SQLite's machine that read a column from the rows of a table, and not from an index."""
    raw = sqlite3.connect(bound().path)  # type: ignore[attr-defined]
    [[root]] = raw.execute("SELECT rootpage FROM sqlite_master WHERE name = ?", (table,))
    steps = raw.execute(f"EXPLAIN {statement.sql}", statement.values).fetchall()
    raw.close()
    cursors = {step[2] for step in steps if step[1] == "OpenRead" and step[3] == root}
    assert cursors, "it is named in the statement"
    return [step for step in steps if step[1] == "Column" and step[2] in cursors]


async def _of(read: Read, act: Act) -> float:
    with recording() as statements:
        await read(act)
    count = _steps if bound().engine_type == "sqlite" else _rows
    return sum([await count(one) for one in list(statements)])


async def _steps(statement: Statement) -> float:
    counted = 0

    def another() -> None:
        nonlocal counted
        counted += A_HUNDRED

    raw = sqlite3.connect(bound().path)  # type: ignore[attr-defined]
    raw.set_progress_handler(another, A_HUNDRED)
    raw.execute(statement.sql, statement.values).fetchall()
    raw.close()
    return counted


async def _rows(statement: Statement) -> float:
    return _met((await _plan(statement))["Plan"])


async def _plan(statement: Statement) -> dict[str, Any]:
    text = f"EXPLAIN (ANALYZE, TIMING OFF, FORMAT JSON) {statement.sql}"
    [row] = await bound().run_statement(text, statement.values)
    plan = row["QUERY PLAN"]
    found: dict[str, Any] = (json.loads(plan) if isinstance(plan, str) else plan)[0]
    return found


def _met(node: dict[str, Any]) -> float:
    """The rows that a node read itself, those that it dropped too, and what stands below it."""
    own = (node["Actual Rows"] + node.get("Rows Removed by Filter", 0)) * node["Actual Loops"]
    return (own if "Relation Name" in node else 0) + sum(map(_met, node.get("Plans", ())))
