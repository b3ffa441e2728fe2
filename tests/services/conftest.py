"""What does a service test get? A bound database of each kind, a team in Paris, and people to act."""

from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import datetime

import pytest

from amends import tables
from amends.database import bind, close, connect
from amends.services.team.members import Member
from tests.world import MONDAY, make_member, make_team


@pytest.fixture
async def database(database_url: str) -> AsyncIterator[str]:
    """The tables are bound to a fresh database of each kind, in which a team works in Paris."""
    bind(connect(database_url), tables.TABLES)
    await make_team()
    yield database_url
    await close()


@pytest.fixture
async def alice(database: str) -> Member:
    """A lead."""
    return await make_member("alice", role="lead")


@pytest.fixture
async def bob(database: str) -> Member:
    """An agent."""
    return await make_member("bob", role="agent")


@pytest.fixture
def now() -> datetime:
    """A Monday at 10:00 in Paris, in May."""
    return MONDAY


Make = Callable[..., Awaitable[object]]
