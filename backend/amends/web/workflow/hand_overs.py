"""Hand-over of a case to another tool: a prepared message that a person sends, and a note that it went."""

from typing import Annotated, Any

import msgspec
from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Redirect
from msgspec import Meta

from amends.i18n import gettext as _
from amends.services.case import sensitive_openings
from amends.services.desk import cases
from amends.services.workflow import case_commands
from amends.web.page_kit import NOTHING_TYPED, Here, Typed, submit_or_redisplay
from amends.web.security import Policy
from amends.web.workflow import hand_overs_view as view

PAGE = "/cases/{number:int}/hand-over"


class HandOverForm(msgspec.Struct):
    """Where it went, and the number that it has there."""

    to: Annotated[str, Meta(min_length=1, max_length=120)]
    reference: Annotated[str, Meta(max_length=120)] = ""


async def page(here: Here, *, number: int, typed: Typed = NOTHING_TYPED) -> Response[Any]:
    """The prepared message, with the notes of the team where `?notes=on` asks for them."""
    detail = await cases.detail(here.act, number)
    await sensitive_openings.note_opening(here.act, number)
    return await here.render(
        "hand_overs/index.html",
        status=typed.status,
        page=view.page(
            detail,
            typed,
            link=f"{here.settings.base_url}/cases/{number}",
            with_notes=here.query.get("notes") == "on",
            now=here.now,
        ),
    )


@get(PAGE, opt={"policy": Policy.WORK})
async def index(here: NamedDependency[Here], number: FromPath[int]) -> Response[Any]:
    """The message to copy or to send."""
    return await page(here, number=number)


@post(PAGE, opt={"policy": Policy.WORK})
@submit_or_redisplay(page, "hand-over")
async def record(here: NamedDependency[Here], number: FromPath[int]) -> Response[Any]:
    """Keeps as a note where the case went; what is owed on it stays as it is."""
    form = await here.form(HandOverForm)
    told = (
        _("Handed over to %(tool)s, number %(reference)s.")
        if form.reference
        else _("Handed over to %(tool)s.")
    )
    text = told % {"tool": form.to.strip(), "reference": form.reference.strip()}
    await case_commands.note(here.act, number, text=text)
    return Redirect(f"/cases/{number}?notice=handed-over", status_code=303)


routes = (index, record)
