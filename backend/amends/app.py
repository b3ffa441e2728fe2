"""How do the parts become one application? The only place that knows every one of them."""

import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime

from litestar import Litestar
from litestar.datastructures import State
from litestar.di import NamedDependency, Provide

from amends import logs, tables
from amends.clock import Clock, utc_now
from amends.database import bind, close, connect
from amends.gateways.evidence_files import EvidenceFiles
from amends.gateways.secrets import Secrets
from amends.services.members import Member
from amends.settings import Settings
from amends.web import api, pages, problems, static_files
from amends.web.api import description
from amends.web.edge import Edge
from amends.web.requests import Connection, Site, visit
from amends.web.security import guard, member_here

LARGEST_BODY = 1_000_000
"""Bytes; a route that takes more says so itself (R-50)."""


def create_app(
    settings: Settings, *, clock: Clock = utc_now, files: EvidenceFiles, secrets: Secrets
) -> Litestar:
    """The web application; its database is connected while it runs, and closed after the last request."""
    logs.configure(as_json=not sys.stderr.isatty())
    site = Site(settings=settings, clock=clock)
    app = Litestar(
        route_handlers=[pages.router, api.router, *api.unversioned(settings), static_files.show],
        dependencies={
            "settings": Provide(lambda: settings, sync_to_thread=False),
            "now": Provide(_now, sync_to_thread=False),
            "member": Provide(_member, sync_to_thread=False),
            "files": Provide(lambda: files, sync_to_thread=False),
            "secrets": Provide(lambda: secrets, sync_to_thread=False),
        },
        guards=[guard],
        after_exception=[problems.prepare],
        exception_handlers={Exception: problems.answer},
        lifespan=[lambda _app: connected(settings)],
        openapi_config=description.configuration(settings.base_url),
        on_app_init=[description.last],
        request_max_body_size=LARGEST_BODY,
        logging_config=None,
        debug=False,
        state=State({"site": site}),
    )
    app.asgi_handler = Edge(app.asgi_handler, site)
    return app


@asynccontextmanager
async def connected(settings: Settings) -> AsyncIterator[None]:
    """The database is bound and open inside."""
    engine = connect(settings.database_url, announces=settings.has_queue)
    bind(engine, tables.TABLES)
    await engine.start_connection_pool()
    try:
        yield
    finally:
        await close()


def _now(request: Connection, settings: NamedDependency[Settings]) -> datetime:
    """One instant for the whole request.

    It asks for the settings, and the member for it, so that each comes alone: Litestar starts a task for each
    of several that could come at once, which costs more than the rest of its work for a request.
    """
    return visit(request).now


def _member(request: Connection, now: NamedDependency[datetime]) -> Member:
    return member_here(request)
