"""What do people see? One module per page: parse, call one command or query, render."""

from litestar import Router

from amends.web.pages import (
    browsers,
    members,
    nudges,
    pair,
    password,
    settings,
    setup,
    sign_in,
    targets,
)

OWN = (sign_in, setup, password, pair, settings, members, targets, browsers, nudges)

router = Router(
    "/",
    route_handlers=[route for module in OWN for route in module.routes],
    include_in_schema=False,
)
