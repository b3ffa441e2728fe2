"""Confirmation by password or second factor before a page is opened."""

from typing import Any

from litestar import Response, post
from litestar.di import NamedDependency
from litestar.response import Redirect

from amends.errors import AmendsError
from amends.web import confirmation
from amends.web.form_keys import CONFIRMATIONS
from amends.web.page_kit import Here
from amends.web.security import Policy
from amends.web.team.sign_in import safe_next


@post("/confirm", opt={"policy": Policy.ACCOUNT})
async def confirm(here: NamedDependency[Here]) -> Response[Any]:
    """Goes on to the page that was asked for, for whoever shows that they are this session's member."""
    sent = await here.request.form()
    following = str(sent.get("next", "/"))
    try:
        await confirmation.prove(here, {name: str(sent.get(name, "")) for name in CONFIRMATIONS})
    except AmendsError as error:
        return await confirmation.ask(here, "/confirm", {"next": following}, error=error)
    goal = safe_next(here.request, following)
    if confirmation.answers_a_file(here, "GET", goal):
        return await confirmation.hand_over(here, "GET", goal, [])
    return Redirect(goal, status_code=303)


routes = (confirm,)
