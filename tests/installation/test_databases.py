"""Test databases: real, empty for every test, on the loopback address only."""

import socket
import sqlite3

import asyncpg
import pytest

from tests.postgres import Server


async def test_the_tests_run_on_a_postgresql_that_amends_supports(postgres: Server):
    connection = await asyncpg.connect(postgres.url("postgres"))
    version = await connection.fetchval("SHOW server_version_num")
    addresses = await connection.fetchval("SHOW listen_addresses")
    await connection.close()
    assert int(version) >= 150000
    assert addresses == ""


@pytest.mark.parametrize("attempt", [1, 2])
async def test_every_test_gets_a_database_that_nobody_used(attempt: int, empty_database_url: str):
    create = "CREATE TABLE used (id INTEGER)"
    if empty_database_url.startswith("sqlite"):
        connection = sqlite3.connect(empty_database_url.removeprefix("sqlite:///"))
        connection.execute(create)
        connection.close()
    else:
        connection = await asyncpg.connect(empty_database_url)
        await connection.execute(create)
        await connection.close()


async def test_a_copy_of_a_template_holds_what_the_template_holds(postgres: Server):
    template = postgres.create_database()
    postgres.execute("CREATE TABLE kept AS SELECT 1 AS id", template)
    copy = postgres.create_database(template)
    connection = await asyncpg.connect(postgres.url(copy))
    assert await connection.fetchval("SELECT id FROM kept") == 1
    await connection.close()
    postgres.drop_database(copy)
    postgres.drop_database(template)


def test_the_migrated_database_has_tables(database_url: str, postgres: Server):
    if database_url.startswith("sqlite"):
        connection = sqlite3.connect(database_url.removeprefix("sqlite:///"))
        tables = {name for (name,) in connection.execute("SELECT name FROM sqlite_master")}
        connection.close()
        assert "alembic_version" in tables
    else:
        postgres.execute("SELECT version_num FROM alembic_version", database_url.split("/")[3].split("?")[0])


@pytest.mark.parametrize("host", ["192.0.2.1", "2001:db8::1", "example.org"])
def test_a_test_cannot_reach_beyond_this_machine(host: str):
    with pytest.raises(RuntimeError, match="loopback"):
        socket.create_connection((host, 9), timeout=1)
