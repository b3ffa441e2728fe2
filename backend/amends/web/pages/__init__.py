"""What do people see? One module per page: parse, call one command or query, render."""

from litestar import Router

from amends.web.pages import (
    acts,
    browsers,
    calendar,
    cases,
    evidence,
    extension,
    follow_ups,
    imports,
    manifest,
    members,
    moves,
    new_cases,
    nudges,
    owners,
    pair,
    password,
    policy,
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
    worker,
)

PAGES = (
    today,
    cases,
    new_cases,
    imports,
    moves,
    timeline,
    owners,
    follow_ups,
    evidence,
    shortcuts,
    manifest,
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
    worker,
    extension,
    policy,
    calendar,
    acts,
)

router = Router(
    "/", route_handlers=[route for page in PAGES for route in page.routes], include_in_schema=False
)
