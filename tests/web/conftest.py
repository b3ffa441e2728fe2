"""What does a test of pages and API get? The whole application, in this process, on each kind of database."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from functools import cache
from pathlib import Path

import pytest

from amends.app import assembled, furnished
from amends.gateways.evidence_files import FolderEvidenceFiles
from amends.gateways.secrets import Secrets
from amends.settings import Settings, from_environ
from amends.web import requests
from tests.fakes import RecordingNotifier
from tests.web.site import MovableClock, Site
from tests.world import make_team

routes = cache(assembled)


@pytest.fixture
def own_routes() -> Iterator[None]:
    """For a test that adds a route: those after it get others."""
    yield
    routes.cache_clear()


@pytest.fixture
def settings(database_url: str, tmp_path: Path) -> Settings:
    """As an installation that was never configured has them."""
    return from_environ({"AMENDS_DATA_DIR": str(tmp_path / "data"), "AMENDS_DATABASE_URL": database_url})


@pytest.fixture
async def fresh_site(settings: Settings) -> AsyncIterator[Site]:
    """The application before anybody has set it up."""
    clock = MovableClock()
    files, secrets = FolderEvidenceFiles(settings.evidence_dir), Secrets(settings.encryption_keys)
    own = requests.Site(
        settings=settings, clock=clock, files=files, secrets=secrets, notifier=RecordingNotifier()
    )
    app = furnished(routes(settings.base_url, is_measured=bool(settings.metrics_token)), own)
    app.state["site"].ends.set()  # a stream says once how things stand, and ends
    site = Site(app, settings, clock)
    stop, started = asyncio.Event(), asyncio.Event()

    async def live() -> None:
        async with app.lifespan():
            started.set()
            await stop.wait()

    # one task from start to end, which a fixture is not
    life = asyncio.create_task(live())
    await asyncio.wait([life, waiting := asyncio.create_task(started.wait())], return_when="FIRST_COMPLETED")
    waiting.cancel()
    yield site
    await site.close()
    stop.set()
    await life


@pytest.fixture
async def site(fresh_site: Site) -> Site:
    """The application of a team that has been set up."""
    await make_team()
    return fresh_site
