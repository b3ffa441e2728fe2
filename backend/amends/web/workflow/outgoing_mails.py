"""Sending a private message by mail from its case, stopping it, and dealing with one that did not arrive."""

from typing import Any
from uuid import UUID

import msgspec
from litestar import Response, post
from litestar.di import NamedDependency
from litestar.params import FromPath

from amends.services.workflow import outgoing_mails
from amends.services.workflow.outgoing_mails import MailFields
from amends.web import form_keys
from amends.web.case.files import LARGEST_BODY, attached_to
from amends.web.page_kit import Here, case_form, case_shown_again, to_case
from amends.web.security import Policy

PAGE = "/cases/{number:int}/mails"
ONE = f"{PAGE}/{{mail:uuid}}"


class MessageForm(msgspec.Struct, kw_only=True):
    """A message; `move` is the move that it is, `plain` that it is none. `send` are files of the case."""

    to: str = ""
    subject: str = ""
    text: str = ""
    move: str = ""
    version: int | None = None
    plain: bool = False


@post(PAGE, opt={"policy": Policy.SIGNED_IN}, request_max_body_size=LARGEST_BODY)
@case_shown_again("mail")
async def send(here: NamedDependency[Here], number: FromPath[int]) -> Response[Any]:
    """Keeps the message on the case; the worker sends it once it can no longer be undone."""
    form = await here.form(MessageForm)
    ticked = (await here.several()).get("send", ())
    fields = MailFields(
        to=form.to,
        subject=form.subject,
        text=form.text,
        move="" if form.plain else form.move,
        version=form.version,
        files=[UUID(one) for one in ticked if one],
    )
    attached = await attached_to(here)

    async def keep() -> Response[Any]:
        await outgoing_mails.send(here.act, number, fields, attached)
        return to_case(number, "mail-sent")

    return await form_keys.once(here.request, keep)


@post(f"{ONE}/stop", opt={"policy": Policy.SIGNED_IN})
@case_form("mail-state")
async def stop(here: NamedDependency[Here], number: FromPath[int], mail: FromPath[UUID]) -> Response[Any]:
    """It is not sent."""
    await outgoing_mails.stop(here.act, number, mail)
    return to_case(number, "mail-stopped")


@post(f"{ONE}/again", opt={"policy": Policy.SIGNED_IN})
@case_form("mail-state")
async def send_again(
    here: NamedDependency[Here], number: FromPath[int], mail: FromPath[UUID]
) -> Response[Any]:
    """It is tried anew."""
    await outgoing_mails.send_again(here.act, number, mail)
    return to_case(number, "mail-again")


@post(f"{PAGE}/noted", opt={"policy": Policy.SIGNED_IN})
@case_form("mail-state")
async def note(here: NamedDependency[Here], number: FromPath[int]) -> Response[Any]:
    """Someone has dealt with what did not arrive."""
    await outgoing_mails.note(here.act, number)
    return to_case(number, "saved")


routes = (send, stop, send_again, note)
