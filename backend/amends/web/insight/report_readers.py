"""Settings: reports by mail: to which addresses, how often, and what became of the last one."""

from typing import Annotated, Any
from uuid import UUID

import msgspec
from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Redirect
from msgspec import Meta

from amends.rules.insight.report_letters import Rhythm, last_whole
from amends.rules.vocabulary import Language
from amends.services.insight import report_letters, report_readers, reports
from amends.services.insight.report_readers import Wanted
from amends.services.team import locations
from amends.web import form_keys
from amends.web.confirmation import confirmed
from amends.web.insight import report_readers_view as view
from amends.web.page_kit import NOTHING_TYPED, Here, Typed, answered_once, redisplayed, saved
from amends.web.security import Policy

PAGE = "/settings/reports"


class ReaderForm(msgspec.Struct, kw_only=True):
    """Who gets what, and by which mail server."""

    address: Annotated[str, Meta(max_length=254)]
    rhythm: Rhythm
    language: Language
    location: Annotated[str, Meta(max_length=36)] = ""
    through: UUID


async def page(here: Here, *, typed: Typed = NOTHING_TYPED) -> Response[bytes]:
    """The addresses, with what was typed and refused, and what a report says at this instant."""
    period = last_whole(Rhythm.MONTHLY, await reports.today(here.now))
    places = await locations.everything()
    names = {str(one.id): one.name for one in places}
    return await here.render(
        "settings/reports.html",
        status=typed.status,
        readers=[view.row(one, names, now=here.now) for one in await report_readers.everyone()],
        servers=[(str(one.id), one.name) for one in await report_readers.servers(here.act)],
        rhythms=view.rhythms(),
        languages=view.languages(),
        places=view.places([one for one in places if not one.retired]),
        letter=await report_letters.letter_of(period, here.member.language, now=here.now),
        typed=typed.values,
        error=typed.problem,
        wrong=typed.errors,
    )


@get(PAGE, opt={"policy": Policy.LEAD})
async def show(here: NamedDependency[Here]) -> Response[bytes]:
    """Who gets reports."""
    return await page(here)


@post(PAGE, opt={"policy": Policy.LEAD})
@confirmed
@redisplayed(page)
async def join(here: NamedDependency[Here]) -> Response[Any]:
    """One more address, which is checked outside of the transaction: that takes a child process seconds."""
    form = await here.form(ReaderForm)
    mailbox = await report_readers.checked(here.act, form.address, form.through, here.notifier, here.secrets)

    async def keep() -> Response[Any]:
        await report_readers.join(
            here.act,
            mailbox,
            Wanted(rhythm=form.rhythm, language=form.language, location=form.location),
            through=form.through,
        )
        return saved(PAGE)

    return await form_keys.once(here.request, keep)


@post(f"{PAGE}/{{reader_id:uuid}}/pause", opt={"policy": Policy.LEAD})
@answered_once
async def pause(here: NamedDependency[Here], reader_id: FromPath[UUID]) -> Redirect:
    """Nothing goes there until it goes on."""
    await report_readers.pause(here.act, reader_id, paused=True)
    return saved(PAGE)


@post(f"{PAGE}/{{reader_id:uuid}}/go-on", opt={"policy": Policy.LEAD})
@answered_once
async def go_on(here: NamedDependency[Here], reader_id: FromPath[UUID]) -> Redirect:
    """Reports go there again, from the period at hand on."""
    await report_readers.pause(here.act, reader_id, paused=False)
    return saved(PAGE)


@post(f"{PAGE}/{{reader_id:uuid}}/send", opt={"policy": Policy.LEAD})
@answered_once
async def send(here: NamedDependency[Here], reader_id: FromPath[UUID]) -> Redirect:
    """Decides a report of the last whole period; the worker sends it, never this request."""
    await report_readers.send_now(here.act, reader_id)
    return Redirect(f"{PAGE}?notice=report-planned", status_code=303)


@post(f"{PAGE}/{{reader_id:uuid}}/remove", opt={"policy": Policy.LEAD})
@answered_once
async def remove(here: NamedDependency[Here], reader_id: FromPath[UUID]) -> Redirect:
    """Takes the address off the list."""
    await report_readers.remove(here.act, reader_id)
    return Redirect(f"{PAGE}?notice=removed", status_code=303)


routes = (show, join, pause, go_on, send, remove)
