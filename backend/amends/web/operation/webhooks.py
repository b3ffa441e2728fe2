"""Settings: webhooks, for admins."""

from typing import Any
from uuid import UUID

import msgspec
from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Redirect

from amends.services.operation import webhooks
from amends.services.operation.webhooks import WebhookFields
from amends.web.confirmation import confirmed
from amends.web.operation import webhooks_view as view
from amends.web.page_kit import (
    NOTHING_TYPED,
    Here,
    Typed,
    answered_once,
    redisplayed,
    saved,
    shown_once,
    submit_or_redisplay,
)
from amends.web.security import Policy

PAGE = "/settings/webhooks"
ONE = f"{PAGE}/{{webhook_id:uuid}}"


class WebhookForm(msgspec.Struct):
    """What an admin types."""

    name: str = ""
    url: str = ""
    events: list[str] = []


def _fields(form: WebhookForm) -> WebhookFields:
    return WebhookFields(name=form.name, url=form.url, events=form.events)


async def page(here: Here, *, typed: Typed = NOTHING_TYPED) -> Response[bytes]:
    """All of them, and the form for another one."""
    return await here.render(
        "settings/webhooks.html",
        status=typed.status,
        webhooks=[view.row(one, now=here.now) for one in await webhooks.everyone()],
        groups=view.ticks(typed.several.get("events", ())),
        typed=typed.values,
        error=typed.problem,
        wrong=typed.errors,
    )


async def _one(
    here: Here, *, webhook_id: UUID, typed: Typed = NOTHING_TYPED, secret: str = ""
) -> Response[bytes]:
    found = await webhooks.find(webhook_id)
    chosen = found.events.split() or [kind.value for kind in view.NAMES]
    deliveries = await webhooks.deliveries_of(webhook_id)
    return await here.render(
        "settings/webhook.html",
        status=typed.status,
        webhook=view.row(found, now=here.now),
        secret=secret,
        deliveries=view.delivery_rows(deliveries, is_on=found.is_on, now=here.now),
        groups=view.ticks(typed.several.get("events", ()) if typed.problem else chosen),
        typed=typed.values if typed.problem else {"name": found.name, "url": found.url},
        error=typed.problem,
        wrong=typed.errors,
    )


@get(PAGE, opt={"policy": Policy.ADMIN})
async def show_all(here: NamedDependency[Here]) -> Response[bytes]:
    """Which programs hear of what happens."""
    return await page(here)


@post(PAGE, opt={"policy": Policy.ADMIN}, status_code=200)
@confirmed
@redisplayed(page)
async def add(here: NamedDependency[Here]) -> Response[Any]:
    """Another one; its secret is shown once, and so as the answer itself."""
    fields = _fields(await here.form(WebhookForm))
    private = here.settings.allow_private_targets
    added, secret = await webhooks.add(here.act, fields, here.secrets, private=private)
    return await shown_once(here, await _one(here, webhook_id=added, secret=secret))


@get(ONE, opt={"policy": Policy.ADMIN})
async def show(here: NamedDependency[Here], webhook_id: FromPath[UUID]) -> Response[bytes]:
    """One endpoint and its deliveries."""
    return await _one(here, webhook_id=webhook_id)


@post(ONE, opt={"policy": Policy.ADMIN})
@confirmed
@submit_or_redisplay(_one)
async def change(here: NamedDependency[Here], webhook_id: FromPath[UUID]) -> Response[Any]:
    """Another name, address or choice."""
    fields = _fields(await here.form(WebhookForm))
    await webhooks.change(here.act, webhook_id, fields, private=here.settings.allow_private_targets)
    return saved(f"{PAGE}/{webhook_id}")


@post(f"{ONE}/secret", opt={"policy": Policy.ADMIN}, status_code=200)
@confirmed
async def rotate(here: NamedDependency[Here], webhook_id: FromPath[UUID]) -> Response[bytes]:
    """A new secret, shown once; the one before signs too for a day."""
    secret = await webhooks.rotate(here.act, webhook_id, here.secrets)
    return await _one(here, webhook_id=webhook_id, secret=secret)


@post(f"{ONE}/test", opt={"policy": Policy.ADMIN})
@answered_once
async def try_out(here: NamedDependency[Here], webhook_id: FromPath[UUID]) -> Redirect:
    """A test event; what becomes of it stands among the deliveries."""
    await webhooks.try_out(here.act, webhook_id)
    return _deliveries(webhook_id, "event-waits")


@post(f"{ONE}/deliveries/{{delivery_id:uuid}}/again", opt={"policy": Policy.ADMIN})
@answered_once
async def send_again(
    here: NamedDependency[Here], webhook_id: FromPath[UUID], delivery_id: FromPath[UUID]
) -> Redirect:
    """One event once more."""
    await webhooks.send_again(here.act, webhook_id, delivery_id)
    return _deliveries(webhook_id, "event-waits")


@post(f"{ONE}/on", opt={"policy": Policy.ADMIN})
@confirmed
@answered_once
async def switch_on(here: NamedDependency[Here], webhook_id: FromPath[UUID]) -> Redirect:
    """It hears of events again."""
    await webhooks.switch_on(here.act, webhook_id, on=True)
    return saved(f"{PAGE}/{webhook_id}")


@post(f"{ONE}/off", opt={"policy": Policy.ADMIN})
@answered_once
async def switch_off(here: NamedDependency[Here], webhook_id: FromPath[UUID]) -> Redirect:
    """It hears of nothing; what was on its way is given up."""
    await webhooks.switch_on(here.act, webhook_id, on=False)
    return saved(f"{PAGE}/{webhook_id}")


@post(f"{ONE}/remove", opt={"policy": Policy.ADMIN})
@answered_once
async def remove(here: NamedDependency[Here], webhook_id: FromPath[UUID]) -> Redirect:
    """It and its deliveries are gone."""
    await webhooks.remove(here.act, webhook_id)
    return Redirect(f"{PAGE}?notice=removed", status_code=303)


def _deliveries(webhook_id: UUID, notice: str) -> Redirect:
    return Redirect(f"{PAGE}/{webhook_id}?notice={notice}#deliveries", status_code=303)


routes = (show_all, add, show, change, rotate, try_out, send_again, switch_on, switch_off, remove)
