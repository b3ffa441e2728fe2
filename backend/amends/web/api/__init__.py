"""HTTP API for programs and extensions, under /api/v1."""

from typing import Any

from litestar import Request, Router
from litestar.di import Provide
from litestar.types import ControllerRouterHandler

from amends.web.api import (
    batches,
    browsers,
    captures,
    case_changes,
    case_fields,
    case_holds,
    case_lists,
    case_rules,
    cases,
    contact,
    description,
    files,
    follow_ups,
    health,
    hello,
    incident_sheet,
    incidents,
    insights,
    measures,
    metrics,
    moves,
    new_cases,
    people,
    person_changes,
    places,
    posts,
    prepared_replies,
    problem_telling,
    problems,
    reference,
    replies,
    team,
    timelines,
)
from amends.web.api.kit import Asked
from amends.web.routers import RouterOfOneApplication


def _asked(request: Request[Any, Any, Any]) -> Asked:
    return Asked(request)


NOUNS = (
    case_lists,
    new_cases,
    case_changes,
    case_fields,
    moves,
    timelines,
    contact,
    files,
    follow_ups,
    people,
    person_changes,
    case_holds,
    measures,
    team,
    prepared_replies,
    case_rules,
    insights,
    problems,
    problem_telling,
    incidents,
    incident_sheet,
)


def router() -> Router:
    """The versioned API, for one application."""
    return RouterOfOneApplication(
        "/api/v1",
        route_handlers=[
            browsers.router,
            batches.router,
            captures.router,
            replies.router,
            cases.router,
            posts.router,
            places.router,
            hello.hello,
            *(route for noun in NOUNS for route in noun.routes),
        ],
        dependencies={"asked": Provide(_asked, sync_to_thread=False)},
    )


def unversioned(*, is_measured: bool) -> tuple[ControllerRouterHandler, ...]:
    """What is not under /api/v1; where no token for monitors was set there is no address for metrics."""
    always = (description.describe, reference.show, health.alive, health.ready)
    return (*always, metrics.show) if is_measured else always
