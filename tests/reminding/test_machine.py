"""Model-based test: reminders are neither wrong nor missing, on both databases."""

import asyncio
import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import settings
from hypothesis.stateful import run_state_machine_as_test

from amends import tables
from amends.database import bind, close, connect
from tests.postgres import Server
from tests.reminding.machine import Reminding

RUNS = int(os.environ.get("AMENDS_TEST_REMINDING_RUNS", "12"))
"""200 before a change of the engine lands; each run has a database of its own."""
STEPS = 50


@pytest.fixture
def runner() -> Iterator[asyncio.Runner]:
    """An event loop of this test's own: Hypothesis calls one rule after the other, and awaits nothing."""
    with asyncio.Runner(loop_factory=asyncio.new_event_loop) as runner:
        yield runner


def prove(runner: asyncio.Runner, fresh: Callable[[], str]) -> None:
    class OnOneDatabase(Reminding):
        def __init__(self) -> None:
            bind(connect(fresh()), tables.TABLES)
            super().__init__(runner.run)

        def teardown(self) -> None:
            runner.run(close())

    chosen = settings(max_examples=RUNS, stateful_step_count=STEPS)
    run_state_machine_as_test(OnOneDatabase, settings=chosen)


def test_whatever_happens_the_right_reminders_come_and_no_others_on_sqlite(
    runner: asyncio.Runner, migrated_sqlite_file: Path, tmp_path: Path
):
    def fresh() -> str:
        for file in tmp_path.glob("amends.db*"):
            file.unlink()
        shutil.copyfile(migrated_sqlite_file, tmp_path / "amends.db")
        return f"sqlite:///{tmp_path / 'amends.db'}"

    prove(runner, fresh)


def test_whatever_happens_the_right_reminders_come_and_no_others_on_postgresql(
    runner: asyncio.Runner, migrated_postgres_database: str, postgres: Server
):
    made: list[str] = []

    def fresh() -> str:
        if made:
            postgres.drop_database(made.pop())
        made.append(postgres.create_database(migrated_postgres_database))
        return postgres.url(made[-1])

    prove(runner, fresh)
    postgres.drop_database(made.pop())
