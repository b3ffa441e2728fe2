"""Links between cases."""

from typing import Any
from uuid import UUID

import msgspec
from litestar import Response, post
from litestar.di import NamedDependency
from litestar.params import FromPath

from amends.rules.vocabulary import Relation
from amends.services.desk import case_links
from amends.web.page_kit import Here, answered_once, case_form, to_case
from amends.web.security import Policy


class LinkForm(msgspec.Struct):
    """Which other case, and why."""

    other: int
    relation: Relation = Relation.RELATED


@post("/cases/{number:int}/links", opt={"policy": Policy.SIGNED_IN})
@case_form("link")
async def make(here: NamedDependency[Here], number: FromPath[int]) -> Response[Any]:
    """Links the case to another one."""

    form = await here.form(LinkForm)
    await case_links.make(here.act, number, form.other, form.relation)
    return to_case(number, "saved")


@post("/cases/{number:int}/links/{link_id:uuid}/remove", opt={"policy": Policy.SIGNED_IN})
@answered_once
async def remove(
    here: NamedDependency[Here], number: FromPath[int], link_id: FromPath[UUID]
) -> Response[Any]:
    """They no longer belong together."""
    await case_links.remove(here.act, number, link_id)
    return to_case(number, "removed")


routes = (make, remove)
