"""Pages on which a member tells one person after the other what has changed."""

from typing import Any

import msgspec
from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Redirect

from amends.i18n import gettext as _
from amends.rules.vocabulary import Channel
from amends.services.desk import problems
from amends.services.insight import announcements
from amends.web.case import posts_view
from amends.web.controls import form_field
from amends.web.labels import label
from amends.web.page_kit import NOTHING_TYPED, Here, Typed, submit_or_redisplay
from amends.web.security import Policy

PAGE = "/problems/{number:int}/tell/{case_number:int}"


class ToldForm(msgspec.Struct):
    """What was sent, and through which channel."""

    channel: Channel
    text: str = ""


async def _page(
    here: Here, *, number: int, case_number: int, typed: Typed = NOTHING_TYPED
) -> Response[bytes]:
    found = await announcements.prepare(
        here.act, number, case_number, links_at=here.settings.base_url, again=bool(typed.form)
    )
    given = msgspec.structs.replace(typed, values={"text": found.text, **typed.values})
    channels = [(one.value, label(one)) for one in Channel]
    captures = found.detail.captures
    return await here.render(
        "problems/tell.html",
        status=typed.status,
        number=number,
        case_number=case_number,
        title=found.problem.title,
        writer=posts_view.writer(found.detail.author),
        post=posts_view.letter(captures[0], now=here.now) if captures else None,
        hostile=found.detail.is_hostile,
        lang=found.language.value,
        missing=found.missing,
        is_second_chance=found.is_second_chance,
        fields=(
            form_field("text", "long", _("What you send"), given),
            form_field("channel", "chips", _("Through which channel?"), given, options=channels),
        ),
        problem=typed.problem,
    )


@get(PAGE, opt={"policy": Policy.SIGNED_IN})
async def show(
    here: NamedDependency[Here], number: FromPath[int], case_number: FromPath[int]
) -> Response[bytes]:
    """The message to one person, to be sent by hand."""
    return await _page(here, number=number, case_number=case_number)


@post(PAGE, opt={"policy": Policy.SIGNED_IN})
@submit_or_redisplay(_page, "tell")
async def tell(
    here: NamedDependency[Here], number: FromPath[int], case_number: FromPath[int]
) -> Response[Any]:
    """It was sent; then the next person, or the problem once everybody was told."""
    form = await here.form(ToldForm)
    await announcements.tell(here.act, number, case_number, channel=form.channel, text=form.text)
    following = await problems.next_untold(number)
    page = f"/problems/{number}/tell/{following}" if following else f"/problems/{number}"
    return Redirect(f"{page}?notice=told", status_code=303)


routes = (show, tell)
