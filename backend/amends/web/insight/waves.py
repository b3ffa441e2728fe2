"""What members say of a wave."""

from typing import Any
from uuid import UUID

import msgspec
from litestar import Response, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Redirect

from amends.rules.insight.waves import Verdict
from amends.services.desk import waves
from amends.web.page_kit import Here, answered_once
from amends.web.security import Policy


class VerdictForm(msgspec.Struct):
    """How it looks to this member; nothing takes an earlier word back."""

    verdict: Verdict | None = None


@post("/problems/waves/{wave_id:uuid}", opt={"policy": Policy.SIGNED_IN})
@answered_once
async def judge(here: NamedDependency[Here], wave_id: FromPath[UUID]) -> Response[Any]:
    """A member's own verdict, beside that of the worker."""
    form = await here.form(VerdictForm)
    await waves.judge(here.act, wave_id, form.verdict.value if form.verdict else "")
    return Redirect("/problems?notice=saved", status_code=303)


routes = (judge,)
