"""Form of the team's own fields on a case, and its undo."""

from typing import Any

import msgspec
from litestar import Response, post
from litestar.di import NamedDependency
from litestar.params import FromPath

from amends.services.case import field_values
from amends.web.forms import OWN_FIELD
from amends.web.page_kit import Here, case_form, to_case
from amends.web.security import Policy


class FieldsSeen(msgspec.Struct):
    """The version of the case that the form showed."""

    version: int | None = None


@post("/cases/{number:int}/fields", opt={"policy": Policy.WORK})
@case_form("fields")
async def fill(here: NamedDependency[Here], number: FromPath[int]) -> Response[Any]:
    """What was typed stands in the fields; those that are not in the form stay."""
    typed, seen = await here.typed(), await here.form(FieldsSeen)
    wanted = {
        name.removeprefix(OWN_FIELD): value for name, value in typed.items() if name.startswith(OWN_FIELD)
    }
    await field_values.fill(here.act, number, wanted, version=seen.version)
    return to_case(number, "fields")


@post("/cases/{number:int}/fields/undo", opt={"policy": Policy.WORK})
@case_form()
async def undo(here: NamedDependency[Here], number: FromPath[int]) -> Response[Any]:
    """What stood there before the last change stands there again."""
    await field_values.undo(here.act, number)
    return to_case(number, "undone")


routes = (fill, undo)
