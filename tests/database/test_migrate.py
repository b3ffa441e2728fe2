"""Migrations at start-up: any initial state, several processes at once."""

import asyncio
import re
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from alembic import command
from alembic.script import ScriptDirectory

from amends.database import CannotOpenDatabase, WrongDatabaseUrl
from amends.database.migrate import (
    DatabaseIsNewer,
    configuration,
    current,
    head,
    pending,
    revisions,
    script_folder,
    upgrade,
    upgrade_in_child,
    upgrade_in_thread,
)
from amends.database.schema import include_name
from amends.tables import TABLES
from tests.statements import execute

PROCESSES = 6
MIGRATE = "import sys; from amends.database.migrate import upgrade; sys.stdin.read(); upgrade(sys.argv[1])"


def tables_of(url: str) -> set[str]:
    catalogue = (
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%'"
        if url.startswith("sqlite")
        else "SELECT tablename FROM pg_tables WHERE schemaname = 'public'"
    )
    names = {name for (name,) in execute(url, catalogue)} - {"alembic_version"}
    return {name for name in names if include_name(name, "table", None)}


def test_an_empty_database_is_brought_to_the_head(empty_database_url: str):
    assert current(empty_database_url) is None
    assert pending(empty_database_url)
    upgrade(empty_database_url)
    assert current(empty_database_url) == head()
    assert not pending(empty_database_url)
    assert tables_of(empty_database_url) == {table._meta.tablename for table in TABLES}


def test_alembic_has_nothing_to_add(empty_database_url: str):
    upgrade(empty_database_url)
    command.check(configuration(empty_database_url))  # raises with the differences


def test_every_migration_can_be_taken_back_and_done_again(empty_database_url: str):
    upgrade(empty_database_url)
    command.downgrade(configuration(empty_database_url), "base")
    assert tables_of(empty_database_url) == set()
    upgrade(empty_database_url)
    command.check(configuration(empty_database_url))


def test_upgrading_twice_changes_nothing_and_keeps_the_rows(empty_database_url: str):
    upgrade(empty_database_url)
    execute(empty_database_url, "INSERT INTO counter (name, value) VALUES ('case', 7)")
    upgrade(empty_database_url)
    command.upgrade(configuration(empty_database_url), "head")
    assert execute(empty_database_url, "SELECT value FROM counter") == [(7,)]


def test_six_processes_may_migrate_at_once(empty_database_url: str):
    processes = [
        subprocess.Popen(
            [sys.executable, "-c", MIGRATE, empty_database_url],
            stdin=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for _ in range(PROCESSES)
    ]
    for process in processes:  # all of them have started: now they may begin
        assert process.stdin is not None
        process.stdin.close()
        process.stdin = None
    with ThreadPoolExecutor(PROCESSES) as threads:
        outputs = [output for _, output in threads.map(subprocess.Popen.communicate, processes)]
    assert [process.returncode for process in processes] == [0] * PROCESSES, outputs
    assert current(empty_database_url) == head()


def test_a_failing_migration_leaves_nothing_behind(empty_database_url: str):
    execute(
        empty_database_url, "CREATE TABLE case_file (number INTEGER)"
    )  # in the way of the second migration
    with pytest.raises(Exception, match="case_file"):
        upgrade(empty_database_url)
    assert tables_of(empty_database_url) == {"case_file"}
    execute(empty_database_url, "DROP TABLE case_file")
    upgrade(empty_database_url)
    assert not pending(empty_database_url)


def test_a_database_newer_than_the_code_is_left_alone(empty_database_url: str):
    upgrade(empty_database_url)
    execute(empty_database_url, "UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(DatabaseIsNewer, match="revision 9999"):
        upgrade(empty_database_url)
    assert execute(empty_database_url, "SELECT version_num FROM alembic_version") == [("9999",)]


async def test_inside_an_event_loop_a_thread_is_used(tmp_path: Path):
    url = f"sqlite:///{tmp_path}/a.db"
    with pytest.raises(RuntimeError, match="upgrade_in_thread"):
        upgrade(url)
    await upgrade_in_thread(url)
    assert not await asyncio.to_thread(pending, url)


async def test_postgresql_is_migrated_from_a_thread_too(postgres_url: str):
    await upgrade_in_thread(postgres_url)
    assert not await asyncio.to_thread(pending, postgres_url)


@pytest.mark.parametrize(
    ("url", "sentence"),
    [
        ("sqlite:////no-such-folder/amends.db", "no-such-folder.*cannot be written"),
        (
            "postgresql://me:secret@127.0.0.1:1/amends",
            r"postgresql://127\.0\.0\.1:1/amends cannot be reached",
        ),
    ],
)
def test_a_database_that_cannot_be_reached_is_named_without_its_password(url: str, sentence: str):
    with pytest.raises(CannotOpenDatabase, match=sentence) as refused:
        upgrade(url)
    assert "secret" not in refused.value.detail


def test_a_file_that_is_no_database_is_named(tmp_path: Path):
    (tmp_path / "letter.db").write_text("Dear customer, " * 100)
    with pytest.raises(CannotOpenDatabase, match=r"letter\.db cannot be read"):
        upgrade(f"sqlite:///{tmp_path}/letter.db")


def test_a_wrong_url_is_refused():
    with pytest.raises(WrongDatabaseUrl):
        upgrade("oracle://somewhere/amends")


def test_the_migrations_do_not_hide_the_library():
    """With an __init__.py, `import alembic` would find our folder from the root of a checkout."""
    assert not (script_folder() / "__init__.py").exists()


def test_migrations_are_one_chain_in_the_order_of_their_numbers():
    """A number may be left out: two who worked at once had it, and one of them went on to the next."""
    chain = list(ScriptDirectory(str(script_folder())).walk_revisions())[::-1]
    assert revisions() == [script.revision for script in chain]
    assert revisions() == sorted({f"{int(number):04}" for number in revisions()})
    assert head() == chain[-1].revision


def test_a_start_without_anything_to_migrate_does_not_wait_for_alembic(tmp_path: Path):
    url = f"sqlite:///{tmp_path}/amends.db"
    upgrade(url)
    start = "import sys; from amends.database.migrate import upgrade; upgrade(sys.argv[1]); "
    look = "print({'alembic', 'sqlalchemy'} & set(sys.modules))"
    found = subprocess.run(
        [sys.executable, "-c", start + look, url], capture_output=True, text=True, check=True
    )
    assert found.stdout.strip() == "set()"


def test_a_server_that_migrates_first_keeps_nothing_of_alembic(tmp_path: Path):
    url = f"sqlite:///{tmp_path}/amends.db"
    start = "import sys; from amends.database.migrate import upgrade_in_child as up; up(sys.argv[1]); "
    look = "print({'alembic', 'sqlalchemy'} & set(sys.modules))"
    found = subprocess.run(
        [sys.executable, "-c", start + look, url], capture_output=True, text=True, check=True
    )
    assert (found.stdout.strip(), current(url)) == ("set()", head())


def test_a_migration_in_a_child_says_why_it_was_refused(tmp_path: Path):
    (tmp_path / "amends.db").write_text("no database at all" * 100)
    with pytest.raises(CannotOpenDatabase, match=re.escape(str(tmp_path))):
        upgrade_in_child(f"sqlite:///{tmp_path}/amends.db")


def test_a_migration_that_fails_in_its_child_leaves_no_server_behind(tmp_path: Path):
    with pytest.raises(RuntimeError, match="nothing was changed"):
        upgrade_in_child("no-url")
