"""Settings: the account by which private messages leave, for admins."""

from typing import Any

import msgspec
from litestar import Response, get, post
from litestar.di import NamedDependency

from amends.i18n import N_
from amends.i18n import gettext as _
from amends.services.workflow import outgoing_mails
from amends.services.workflow.outgoing_mails import MailAccountFields
from amends.web import dates, form_keys
from amends.web.confirmation import confirmed
from amends.web.page_kit import NOTHING_TYPED, Here, Typed, answered_once, redisplayed, saved
from amends.web.security import Policy

PAGE = "/settings/outgoing-mail"
SECURITIES = {
    "tls": N_("TLS (usually port 465)"),
    "starttls": N_("STARTTLS (usually port 587)"),
    "none": N_("None, on this computer only"),
}
SHOWN = [name for name in MailAccountFields.__struct_fields__ if name != "password"]


class MailAccountForm(msgspec.Struct, kw_only=True):
    """An account; without a password the one before stays. `deed` is what the button says."""

    host: str = ""
    port: int = 465
    security: str = "tls"
    user: str = ""
    password: str = ""
    sender: str = ""
    name: str = ""
    reply_to: str = ""
    signature: str = ""
    deed: str = "save"


async def page(here: Here, *, typed: Typed = NOTHING_TYPED, tested: str = "") -> Response[bytes]:
    """The account with what became of the last mail, and its form."""
    kept = await outgoing_mails.find()
    return await here.render(
        "settings/outgoing_mail.html",
        status=typed.status,
        account=kept,
        failure=outgoing_mails.sentence(kept.failure) if kept else "",
        sent=dates.moment(kept.sent_at, now=here.now) if kept and kept.sent_at else None,
        typed=typed.values or ({name: getattr(kept, name) for name in SHOWN} if kept else {}),
        securities=[(one, _(words)) for one, words in SECURITIES.items()],
        wrong=typed.errors,
        error=typed.problem,
        tested=tested,
    )


@get(PAGE, opt={"policy": Policy.ADMIN})
async def show(here: NamedDependency[Here]) -> Response[bytes]:
    """The account, if there is one."""
    return await page(here)


@post(PAGE, opt={"policy": Policy.ADMIN}, status_code=200)
@confirmed
@redisplayed(page)
async def save(here: NamedDependency[Here]) -> Response[Any]:
    """Tries the account as it is typed, and keeps it unless only a test mail was asked for."""
    form = await here.form(MailAccountForm)
    fields = MailAccountFields(**{one: getattr(form, one) for one in MailAccountFields.__struct_fields__})
    if form.deed == "test":
        to = await outgoing_mails.send_test(here.act, fields, here.mail_sender, here.secrets)
        return await page(here, typed=Typed(values={one: getattr(form, one) for one in SHOWN}), tested=to)
    await outgoing_mails.attempt(here.act, fields, here.mail_sender, here.secrets)

    async def keep() -> Response[Any]:
        await outgoing_mails.save(here.act, fields, here.secrets)
        return saved(PAGE)

    return await form_keys.once(here.request, keep)


@post(f"{PAGE}/remove", opt={"policy": Policy.ADMIN})
@answered_once
async def remove(here: NamedDependency[Here]) -> Response[Any]:
    """No mail is sent any more."""
    await outgoing_mails.remove(here.act)
    return saved(PAGE)


routes = (show, save, remove)
