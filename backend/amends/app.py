"""Application factory: assembles the Litestar app from all parts."""

import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime
from typing import Any

from litestar import Litestar, Request
from litestar.datastructures import State
from litestar.di import NamedDependency, Provide

from amends import logs, tables
from amends.clock import Clock, utc_now
from amends.database import bind, close, connect
from amends.gateways.evidence_files import EvidenceFiles
from amends.gateways.mail_sender import SandboxedMailSender
from amends.gateways.mailboxes import SandboxedMailboxReader
from amends.gateways.notifier import Notifier
from amends.gateways.secrets import Secrets
from amends.services.team.members import Member
from amends.settings import Settings
from amends.web import api, pages, problems, static_files
from amends.web.api import description
from amends.web.middleware import RequestMiddleware
from amends.web.page_kit import Here
from amends.web.requests import Connection, Site, SiteRequest, visit
from amends.web.requests import site as site_of
from amends.web.security import guard, member_here
from amends.web.workflow.case_page import show_case

LARGEST_BODY = 1_000_000
"""Bytes; a route that takes more says so itself (R-50)."""


def create_app(
    settings: Settings,
    *,
    clock: Clock = utc_now,
    files: EvidenceFiles,
    secrets: Secrets,
    notifier: Notifier,
) -> Litestar:
    """The web application; its database is connected while it runs, and closed after the last request."""
    app = assembled(settings.base_url, is_measured=bool(settings.metrics_token))
    own = Site(
        settings=settings,
        clock=clock,
        files=files,
        secrets=secrets,
        notifier=notifier,
        mailbox_reader=SandboxedMailboxReader(settings.allow_private_targets),
        mail_sender=SandboxedMailSender(settings.allow_private_targets),
    )
    return furnished(app, own)


def assembled(base_url: str, *, is_measured: bool) -> Litestar:
    """Every route, in its layers; whose they are, and where they keep things, is not yet said.

    Litestar takes long to look at three hundred handlers, so tests do this once for many installations.
    """
    return Litestar(
        route_handlers=[
            pages.router(),
            api.router(),
            *api.unversioned(is_measured=is_measured),
            static_files.show,
        ],
        dependencies={
            "here": Provide(_here, sync_to_thread=False),
            "settings": Provide(_settings, sync_to_thread=False),
            "now": Provide(_now, sync_to_thread=False),
            "member": Provide(_member, sync_to_thread=False),
            "files": Provide(_files, sync_to_thread=False),
            "secrets": Provide(_secrets, sync_to_thread=False),
            "notifier": Provide(_notifier, sync_to_thread=False),
        },
        state=State({"show_case": show_case}),
        guards=[guard],
        after_exception=[problems.prepare],
        exception_handlers={Exception: problems.answer},
        lifespan=[lambda app: connected(app.state.site.settings)],
        openapi_config=description.configuration(base_url),
        on_app_init=[description.last],
        request_class=SiteRequest,
        request_max_body_size=LARGEST_BODY,
        logging_config=None,
        debug=False,
    )


def furnished(app: Litestar, site: Site) -> Litestar:
    """The routes as this installation's own, whosever they were before."""
    logs.configure(as_json=not sys.stderr.isatty())
    inside = app.asgi_handler.app if isinstance(app.asgi_handler, RequestMiddleware) else app.asgi_handler
    app.state["site"] = site
    app.asgi_handler = RequestMiddleware(inside, site)
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


def _settings(request: Connection) -> Settings:
    return site_of(request).settings


def _files(request: Connection) -> EvidenceFiles:
    return site_of(request).files


def _secrets(request: Connection) -> Secrets:
    return site_of(request).secrets


def _notifier(request: Connection) -> Notifier:
    return site_of(request).notifier


def _now(request: Connection, settings: NamedDependency[Settings]) -> datetime:
    """One instant for the whole request.

    It asks for the settings, and the member for it, so that each comes alone: Litestar starts a task for each
    of several that could come at once, which costs more than the rest of its work for a request.
    """
    return visit(request).now


def _here(request: Request[Any, Any, Any]) -> Here:
    """All that the handler of a page needs, in one: each of several dependencies costs a task."""
    return Here(request, visit(request).now)


def _member(request: Connection, now: NamedDependency[datetime]) -> Member:
    return member_here(request)
