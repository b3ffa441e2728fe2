"""Settings: reminders in this browser, by web push."""

from typing import Any

import msgspec
from litestar import Response, post
from litestar.di import NamedDependency

from amends.gateways.notifier import web_push
from amends.services.nudge import push_targets
from amends.services.nudge.targets import LONGEST_NAME
from amends.web.confirmation import confirmed
from amends.web.operation import notification_settings
from amends.web.page_kit import Here, saved, submit_or_redisplay
from amends.web.requests import program
from amends.web.security import Policy
from amends.web.team import browser_names


class SubscriptionForm(msgspec.Struct):
    """What the browser gave to its page: where it is reached, and its two keys."""

    endpoint: str
    key: str
    auth: str


@post("/settings/push", opt={"policy": Policy.SIGNED_IN})
@confirmed
@submit_or_redisplay(notification_settings.page, "push")
async def subscribe(here: NamedDependency[Here]) -> Response[Any]:
    """This browser is reached from now on."""
    form = await here.form(SubscriptionForm)
    await push_targets.subscribe(
        here.act,
        web_push.subscription(form.endpoint, form.key, form.auth),
        name=browser_names.named(program(here.request))[:LONGEST_NAME],
        token=here.visit.session_token,
        secrets=here.secrets,
    )
    return saved("/settings/reminders", "targets")


routes = (subscribe,)
"""One form; a browser is tested and removed like every other destination."""
