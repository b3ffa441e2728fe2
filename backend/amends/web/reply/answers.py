"""Editor of a public reply."""

from typing import Any, Literal
from uuid import UUID

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath

from amends.rules.workflow.move_input import MoveInput
from amends.services.desk import cases
from amends.services.person import customer_links
from amends.services.reply import reply_templates
from amends.services.workflow import answers, moves
from amends.services.workflow.answers import NotToBeAnswered, SoFar
from amends.web.page_kit import NOTHING_TYPED, Here, Typed, redisplayed, submit_or_redisplay, to_case
from amends.web.reply.answers_view import writing_page
from amends.web.security import Policy

PAGE = "/cases/{number:int}/answer"


class AnswerForm(SoFar, kw_only=True):
    """A finished reply: to be kept, or to be read by somebody first."""

    do: Literal["keep", "submit"] = "keep"
    reason: str | None = None
    reader: UUID | None = None
    version: int | None = None

    def given(self) -> MoveInput:
        """As the move takes it."""
        reader = self.reader if self.do == "submit" else None
        return MoveInput(
            text=self.text, occasion=self.occasion, template=self.template, reason=self.reason, reader=reader
        )


async def _page(here: Here, *, number: int, typed: Typed = NOTHING_TYPED) -> Response[Any]:
    is_sent = here.request.method == "POST"
    so_far = await here.form(SoFar) if is_sent else None
    if is_sent and not typed.detail:
        typed = Typed(values=await here.typed())
    return await _shown(here, number, so_far, typed)


async def _shown(
    here: Here, number: int, so_far: SoFar | None, typed: Typed, *, changes: bool = False
) -> Response[Any]:
    """The page of the reply, or the part of it that changes; `changes` when this form changes the case."""
    writing = await answers.begin(here.act, number, so_far, links_at=here.settings.base_url)
    is_part = here.wants_fragment
    shown = await here.render(
        "answers/_writing.html" if is_part else "answers/index.html",
        status=typed.status,
        page=writing_page(writing, typed, now=here.now),
        in_case=bool(typed.values.get("in_case")),
        own_change=await here.own_change(writing.detail.version) if changes else "",
        **({"frame": None} if is_part else {}),
    )
    if is_part:
        shown.headers.update({"hx-retarget": "#writing", "hx-reswap": "outerHTML"})
    return shown


async def _refused(here: Here, *, number: int, typed: Typed) -> Response[Any]:
    """What has to be done before a reply can be written."""
    return await here.render(
        "answers/refused.html", status=typed.status, number=number, sentence=typed.detail
    )


@get(PAGE, opt={"policy": Policy.WORK})
@redisplayed(_refused, only=NotToBeAnswered)
async def show(here: NamedDependency[Here], number: FromPath[int]) -> Response[Any]:
    """The post, what fits it, and room for the reply."""
    return await _page(here, number=number)


@post(f"{PAGE}/look", status_code=200, opt={"policy": Policy.SIGNED_IN})
@redisplayed(_refused, only=NotToBeAnswered)
async def look(here: NamedDependency[Here], number: FromPath[int]) -> Response[Any]:
    """What the lint says of the words so far; with `use` the words of a prepared reply. Nothing is kept."""
    return await _page(here, number=number)


@post(f"{PAGE}/starters", status_code=200, opt={"policy": Policy.LEAD})
@redisplayed(_refused, only=NotToBeAnswered)
async def add_starters(here: NamedDependency[Here], number: FromPath[int]) -> Response[Any]:
    """Adds the starter set where the first reply is written; what was typed so far stays."""
    await reply_templates.install(by=here.member, now=here.now)
    return await _page(here, number=number)


@post(f"{PAGE}/link", status_code=200, opt={"policy": Policy.SIGNED_IN})
@redisplayed(_page)
async def add_link(here: NamedDependency[Here], number: FromPath[int]) -> Response[Any]:
    """The words so far with the private link of the case below them; it is made where none is alive."""
    so_far = await here.form(SoFar)
    link = await customer_links.hand_off_address(here.act, number, at=here.settings.base_url)
    if link not in so_far.text:
        so_far.text = f"{so_far.text.rstrip()}\n{link}".lstrip()
    return await _shown(here, number, so_far, Typed(values=await here.typed()), changes=True)


@post(PAGE, status_code=303, opt={"policy": Policy.SIGNED_IN})
@submit_or_redisplay(_page)
async def finish(here: NamedDependency[Here], number: FromPath[int]) -> Response[Any]:
    """Keeps the reply, to be posted, or submits it to be read."""
    form = await here.form(AnswerForm)
    name = "submit_draft" if form.do == "submit" else "keep_draft"
    await moves.make(here.act, number, name, form.given(), version=form.version)
    held = (await cases.detail(here.act, number)).facts.held_until is not None
    return to_case(number, "submitted" if form.do == "submit" else "held" if held else "drafted")


routes = (show, look, add_starters, add_link, finish)
