"""What do people see? One module per page: parse, call one command or query, render."""

from litestar import Router

from amends.web.pages import (
    acts,
    browsers,
    cases,
    evidence,
    follow_ups,
    members,
    moves,
    nudges,
    owners,
    pair,
    password,
    reminders,
    sample,
    sessions,
    settings,
    setup,
    shortcuts,
    sign_in,
    targets,
    timeline,
    today,
)

PAGES = (
    today,
    cases,
    moves,
    timeline,
    owners,
    follow_ups,
    evidence,
    shortcuts,
    sample,
    sign_in,
    setup,
    pair,
    password,
    settings,
    targets,
    members,
    browsers,
    sessions,
    nudges,
    reminders,
    acts,
)

router = Router(
    "/", route_handlers=[route for page in PAGES for route in page.routes], include_in_schema=False
)
