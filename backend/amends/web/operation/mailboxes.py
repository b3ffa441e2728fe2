"""Settings: the mailbox from which mails come in, for admins."""

from typing import Any

import msgspec
from litestar import Response, get, post
from litestar.di import NamedDependency

from amends.services.operation import mailboxes
from amends.services.operation.mailboxes import MailboxFields
from amends.web import dates, form_keys
from amends.web.confirmation import confirmed
from amends.web.page_kit import NOTHING_TYPED, Here, Typed, answered_once, redisplayed, saved
from amends.web.security import Policy

PAGE = "/settings/mail"


class MailboxForm(msgspec.Struct, kw_only=True):
    """A mailbox; without a password the one before stays. `deed` is what the button says."""

    host: str = ""
    port: int = 993
    user: str = ""
    password: str = ""
    folder: str = "INBOX"
    deed: str = "save"


async def page(here: Here, *, typed: Typed = NOTHING_TYPED, found: int | None = None) -> Response[bytes]:
    """The mailbox with what became of the last visit, and its form."""
    kept = await mailboxes.find()
    known = {name: getattr(kept, name) for name in ("host", "port", "user", "folder")} if kept else {}
    fetched = dates.moment(kept.fetched_at, now=here.now) if kept and kept.fetched_at else None
    return await here.render(
        "settings/mail.html",
        status=typed.status,
        box=kept,
        failure=mailboxes.sentence(kept.failure) if kept else "",
        fetched=fetched,
        next_at=dates.moment(kept.next_at, now=here.now) if kept else None,
        typed=typed.values or known,
        wrong=typed.errors,
        error=typed.problem,
        found=found,
    )


@get(PAGE, opt={"policy": Policy.ADMIN})
async def show(here: NamedDependency[Here]) -> Response[bytes]:
    """The mailbox, if there is one."""
    return await page(here)


@post(PAGE, opt={"policy": Policy.ADMIN}, status_code=200)
@confirmed
@redisplayed(page)
async def save(here: NamedDependency[Here]) -> Response[Any]:
    """Tries the mailbox as it is typed, and keeps it unless it was only to be tested."""
    form = await here.form(MailboxForm)
    given = {name: getattr(form, name) for name in MailboxFields.__struct_fields__}
    fields, secrets = MailboxFields(**given), here.secrets
    looked = await mailboxes.attempt(here.act, fields, here.mailbox_reader, secrets)
    if form.deed == "test":
        values = {name: value for name, value in given.items() if name != "password"}
        return await page(here, typed=Typed(values=values), found=looked.messages)

    async def keep() -> Response[Any]:
        await mailboxes.save(here.act, fields, looked, secrets)
        return saved(PAGE)

    return await form_keys.once(here.request, keep)


@post(f"{PAGE}/remove", opt={"policy": Policy.ADMIN})
@answered_once
async def remove(here: NamedDependency[Here]) -> Response[Any]:
    """No mail is fetched any more."""
    await mailboxes.remove(here.act)
    return saved(PAGE)


routes = (show, save, remove)
