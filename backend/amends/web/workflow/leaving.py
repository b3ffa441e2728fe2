"""Settings: disabling a member, with the list of what is theirs and to whom each kind of it goes."""

from typing import Any
from uuid import UUID

import msgspec
from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath

from amends.services.team import members
from amends.services.workflow import leaving
from amends.services.workflow.leaving import Belonging
from amends.web.confirmation import confirmed
from amends.web.page_kit import NOTHING_TYPED, Here, Typed, saved, submit_or_redisplay
from amends.web.security import Policy
from amends.web.workflow import leaving_view

PAGE = "/settings/members/{member_id:uuid}/disable"


class HandOverForm(msgspec.Struct, kw_only=True):
    """To whom each kind goes; an empty field is the pool, or nobody."""

    cases: UUID | None = None
    follow_ups: UUID | None = None
    approvals: UUID | None = None
    duties: UUID | None = None
    deputies: UUID | None = None


async def page(here: Here, *, member_id: UUID, typed: Typed = NOTHING_TYPED) -> Response[bytes]:
    """What is theirs, kind by kind, each with the members who can take it over."""
    leaver = await members.find(member_id)
    left = await leaving.belongings(member_id, now=here.now)
    return await here.render(
        "settings/leaving.html",
        status=typed.status,
        leaver=leaver,
        kinds=leaving_view.kinds(left, leaver, await members.everyone(), typed, now=here.now),
        error=typed.detail,
        wrong=typed.errors,
    )


@get(PAGE, opt={"policy": Policy.ADMIN})
async def show(here: NamedDependency[Here], member_id: FromPath[UUID]) -> Response[bytes]:
    """Nothing is changed yet."""
    return await page(here, member_id=member_id)


@post(PAGE, opt={"policy": Policy.ADMIN})
@confirmed
@submit_or_redisplay(page, "leaving")
async def disable(here: NamedDependency[Here], member_id: FromPath[UUID]) -> Response[Any]:
    """The member may no longer sign in, and what was theirs has other holders."""
    form = await here.form(HandOverForm)
    chosen = {kind: getattr(form, kind.value) for kind in Belonging}
    await leaving.disable(member_id, chosen, by=here.member, now=here.now)
    return saved("/settings/members")


routes = (show, disable)
