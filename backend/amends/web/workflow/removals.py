"""Removal of a case: taking a wrong capture back, or a lead's removal with a reason."""

from typing import Any

import msgspec
from litestar import Response, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Redirect

from amends.services.workflow import removals
from amends.web.page_kit import Here, case_form
from amends.web.security import Policy


class RemovalForm(msgspec.Struct):
    """Why the case is removed."""

    reason: str = ""


@post("/cases/{number:int}/take-back", opt={"policy": Policy.SIGNED_IN})
@case_form("take-back")
async def take_back(here: NamedDependency[Here], number: FromPath[int]) -> Response[Any]:
    """Takes a wrong capture back, within ten minutes."""
    await removals.take_back(here.act, number)
    return Redirect("/cases?notice=taken-back", status_code=303)


@post("/cases/{number:int}/remove", opt={"policy": Policy.LEAD})
@case_form("remove")
async def remove(here: NamedDependency[Here], number: FromPath[int]) -> Response[Any]:
    """Removes a case for good, with a reason."""
    form = await here.form(RemovalForm)
    await removals.remove(here.act, number, reason=form.reason)
    return Redirect("/cases?notice=case-removed", status_code=303)


routes = (take_back, remove)
