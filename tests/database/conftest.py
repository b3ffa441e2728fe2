"""Fixtures of the database tests: an engine of each kind over two small tables."""

from collections.abc import AsyncIterator, Iterator

import pytest

from amends.database import Engine, bind, connect
from tests.database.shelves import SHELVES, STATEMENTS
from tests.postgres import Server


@pytest.fixture
async def engine(empty_database_url: str) -> AsyncIterator[Engine]:
    engine = connect(empty_database_url)
    bind(engine, SHELVES)
    for statement in STATEMENTS:
        await engine.run_ddl(statement)
    yield engine
    await engine.close_connection_pool()


@pytest.fixture
def postgres_url(postgres: Server) -> Iterator[str]:
    """The URL of an empty database, for what concerns PostgreSQL alone."""
    name = postgres.create_database()
    yield postgres.url(name)
    postgres.drop_database(name)
