"""Mail: what came in and waits for a member, put on a case, made one, or set aside."""

from typing import Any
from uuid import UUID

import msgspec
from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Redirect

from amends.rules.capture.mail_decisions import likely_way
from amends.services.capture import mails as kept
from amends.services.desk import cases
from amends.services.desk.cases import CaseFilters
from amends.services.workflow import mails
from amends.web import form_keys
from amends.web.page_kit import NOTHING_TYPED, Here, Typed, redisplayed, submit_or_redisplay, to_case
from amends.web.security import Policy
from amends.web.workflow import mails_view as view

PAGE = "/mail"
ONE = f"{PAGE}/{{mail:uuid}}"
MOST_FOUND = 8


class CaseForm(msgspec.Struct, kw_only=True):
    """The case on which a mail is put."""

    number: int


async def _list(here: Here, *, typed: Typed = NOTHING_TYPED, **_inputs: Any) -> Response[bytes]:  # noqa: ANN401
    waiting = await kept.waiting()
    return await here.render(
        "mails/index.html",
        status=typed.status,
        waiting=[view.line(one, now=here.now) for one in waiting],
        more=max(0, await kept.how_many_wait() - len(waiting)),
        decided=[view.line(one, now=here.now) for one in await kept.decided_lately(now=here.now)],
        problem=typed.problem,
    )


async def _one(here: Here, *, mail: UUID, typed: Typed = NOTHING_TYPED, **_inputs: Any) -> Response[bytes]:  # noqa: ANN401
    shown = await kept.find(mail)
    sought = here.page_query.get("q", "").strip()[:200]
    found = [view.choice(one) for one in await _found(here, sought)] if sought else None
    return await here.render(
        "mails/show.html",
        status=typed.status,
        mail=view.whole(shown, now=here.now),
        sought=sought,
        found=found,
        suggested=shown.suggested,
        likely="found" if found else likely_way(shown.reason, shown.suggested),
        typed=typed.values,
        wrong=typed.errors,
        problem=typed.problem,
    )


async def _found(here: Here, sought: str) -> list[Any]:
    wanted = CaseFilters(stage="all", words=sought.lstrip("#"))
    return (await cases.page(wanted, now=here.now, limit=MOST_FOUND)).rows


@get(PAGE, opt={"policy": Policy.WORK})
async def index(here: NamedDependency[Here]) -> Response[bytes]:
    """What waits, and what was decided lately."""
    return await _list(here)


@get(ONE, opt={"policy": Policy.WORK})
async def show(here: NamedDependency[Here], mail: FromPath[UUID]) -> Response[bytes]:
    """One mail with the cases that it may belong to."""
    return await _one(here, mail=mail)


@get(f"{ONE}/original", opt={"policy": Policy.WORK})
async def original(here: NamedDependency[Here], mail: FromPath[UUID]) -> Response[bytes]:
    """The bytes as they came: to be kept as a file, and never to be shown here."""
    content = await kept.original(mail, by=here.member, store=here.files)
    return view.as_file(content)


@post(f"{ONE}/case", opt={"policy": Policy.SIGNED_IN})
@redisplayed(_one, "case")
async def put_on_case(here: NamedDependency[Here], mail: FromPath[UUID]) -> Response[Any]:
    """It is a message of the customer of this case."""
    form = await here.form(CaseForm)
    given = await mails.read(mail, here.mail_reader, here.files, now=here.now)

    async def put() -> Response[Any]:
        await mails.put_on_case(here.act, given, form.number)
        return to_case(form.number, "mail-put")

    return await form_keys.once(here.request, put)


@post(f"{ONE}/open", opt={"policy": Policy.SIGNED_IN})
@redisplayed(_one, "open")
async def open_case(here: NamedDependency[Here], mail: FromPath[UUID]) -> Response[Any]:
    """It becomes a case of its own."""
    given = await mails.read(mail, here.mail_reader, here.files, now=here.now)

    async def make() -> Response[Any]:
        received = await mails.open_case(here.act, given)
        return to_case(received.case.number, "known" if received.existing else "opened")

    return await form_keys.once(here.request, make)


@post(f"{ONE}/aside", opt={"policy": Policy.SIGNED_IN})
@submit_or_redisplay(_list, "aside")
async def set_aside(here: NamedDependency[Here], mail: FromPath[UUID]) -> Response[Any]:
    """It belongs to no case."""
    await kept.set_aside(here.act, mail)
    return Redirect(f"{PAGE}?notice=set-aside", status_code=303)


@post(f"{ONE}/back", opt={"policy": Policy.SIGNED_IN})
@submit_or_redisplay(_list, "back")
async def put_back(here: NamedDependency[Here], mail: FromPath[UUID]) -> Response[Any]:
    """It waits again."""
    await kept.put_back(here.act, mail)
    return Redirect(f"{PAGE}?notice=put-back", status_code=303)


routes = (index, show, original, put_on_case, open_case, set_aside, put_back)
