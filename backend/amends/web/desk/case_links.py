"""How are cases linked that belong together without being one?"""

from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec
from litestar import Request, Response, post
from litestar.di import NamedDependency
from litestar.params import FromPath

from amends.rules.vocabulary import Relation
from amends.services.desk import case_links
from amends.services.team.members import Member
from amends.web import forms
from amends.web.desk.cases import to_case
from amends.web.security import Policy
from amends.web.workflow.case_form import attempt


class LinkForm(msgspec.Struct):
    """Which other case, and why."""

    other: int
    relation: Relation = Relation.RELATED


@post("/cases/{number:int}/links", opt={"policy": Policy.SIGNED_IN})
async def make(
    request: Request[Any, Any, Any],
    number: FromPath[int],
    member: NamedDependency[Member],
    now: NamedDependency[datetime],
) -> Response[Any]:
    """Links the case to another one."""

    async def link() -> str:
        form = await forms.decode(request, LinkForm)
        await case_links.make(number, form.other, form.relation, by=member, now=now)
        return "saved"

    return await attempt(request, number, link, form="link", member=member, now=now)


@post("/cases/{number:int}/links/{link_id:uuid}/remove", opt={"policy": Policy.SIGNED_IN})
async def remove(
    number: FromPath[int],
    link_id: FromPath[UUID],
    member: NamedDependency[Member],
    now: NamedDependency[datetime],
) -> Response[Any]:
    """They no longer belong together."""
    await case_links.remove(number, link_id, by=member, now=now)
    return to_case(number, "removed")


routes = (make, remove)
