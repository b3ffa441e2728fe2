"""Editor of a public reply."""

from typing import Any, Literal
from uuid import UUID

import msgspec
from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Redirect

from amends.errors import AmendsError, Conflict, Forbidden, Invalid
from amends.rules.vocabulary import Occasion
from amends.rules.workflow.move_input import MoveInput
from amends.services.desk import cases
from amends.services.workflow import answers, moves
from amends.services.workflow.answers import NotToBeAnswered
from amends.web.page_kit import Here, answered_once
from amends.web.reply.answers_view import writing_page
from amends.web.security import Policy

PAGE = "/cases/{number:int}/answer"


class LookForm(msgspec.Struct):
    """A reply that is being written; `use` is a prepared reply that shall stand in its place."""

    text: str = ""
    occasion: Occasion | None = None
    template: UUID | None = None
    use: UUID | None = None


class AnswerForm(LookForm):
    """The same, finished: to be kept, or to be read by somebody first."""

    do: Literal["keep", "submit"] = "keep"
    reason: str | None = None
    reader: UUID | None = None
    version: int | None = None


@get(PAGE, opt={"policy": Policy.SIGNED_IN})
async def show(here: NamedDependency[Here], number: FromPath[int]) -> Response[Any]:
    """The post, what fits it, and room for the reply."""
    return await _page(
        here,
        number,
        LookForm(),
        fresh=True,
    )


@post(f"{PAGE}/look", status_code=200, opt={"policy": Policy.SIGNED_IN})
async def look(here: NamedDependency[Here], number: FromPath[int]) -> Response[Any]:
    """What the lint says of the words so far; with `use` the words of a prepared reply. Nothing is kept."""
    form = await here.form(LookForm)
    return await _page(
        here,
        number,
        form,
    )


@post(PAGE, status_code=303, opt={"policy": Policy.SIGNED_IN})
@answered_once
async def finish(here: NamedDependency[Here], number: FromPath[int]) -> Response[Any]:
    """Keeps the reply, to be posted, or submits it to be read."""
    form = await here.form(AnswerForm)
    given = MoveInput(
        text=form.text,
        occasion=form.occasion,
        template=form.template,
        reason=form.reason,
        reader=form.reader if form.do == "submit" else None,
    )
    name = "submit_draft" if form.do == "submit" else "keep_draft"
    try:
        await moves.make(here.act, number, name, given, version=form.version)
    except (Invalid, Conflict, Forbidden) as error:
        return await _page(here, number, form, error=error)
    case = await cases.detail(here.act, number)
    held = case.facts.held_until is not None
    notice = "submitted" if form.do == "submit" else "held" if held else "drafted"
    return Redirect(f"/cases/{number}?notice={notice}", status_code=303)


async def _page(
    here: Here, number: int, form: LookForm, *, fresh: bool = False, error: AmendsError | None = None
) -> Response[Any]:
    try:
        writing = await answers.begin(
            here.act,
            number,
            text=None if fresh else form.text,
            occasion=form.occasion,
            use=form.use,
            template=form.template,
            looked=not fresh,
            links_at=here.settings.base_url,
        )
    except NotToBeAnswered as refused:
        if error is not None:
            raise
        return await here.render(
            "answers/refused.html", status=refused.status, number=number, sentence=refused.detail
        )
    wrong = error.fields if isinstance(error, Invalid) else {}
    page = writing_page(
        writing,
        typed={} if fresh else await here.typed(),
        wrong=wrong,
        problem=error.detail if error and not wrong else "",
        now=here.now,
    )
    is_part = here.wants_fragment
    return await here.render(
        "answers/_writing.html" if is_part else "answers/index.html",
        status=error.status if error else 200,
        page=page,
        **({"frame": None} if is_part else {}),
    )


routes = (show, look, finish)
