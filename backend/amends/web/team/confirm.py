"""Confirmation by password before a page is opened."""

from typing import Any

import msgspec
from litestar import Response, post
from litestar.di import NamedDependency
from litestar.response import Redirect

from amends.errors import AmendsError
from amends.web import confirmation
from amends.web.page_kit import Here
from amends.web.security import Policy
from amends.web.team.sign_in import safe_next


class ConfirmForm(msgspec.Struct):
    """The password, and where one was going."""

    confirm_password: str
    next: str = "/"


@post("/confirm", opt={"policy": Policy.SIGNED_IN})
async def confirm(here: NamedDependency[Here]) -> Response[Any]:
    """Goes on to the page, for whoever knows the password of this session's member."""
    typed = await here.typed()
    try:
        form = await here.form(ConfirmForm)
        await confirmation.prove(here, form.confirm_password)
    except AmendsError as error:
        return await confirmation.ask(here, "/confirm", {"next": typed.get("next", "/")}, error=error)
    return Redirect(safe_next(here.request, form.next), status_code=303)


routes = (confirm,)
