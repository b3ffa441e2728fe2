"""Confirmation by password: acts that open a way in ask for it again, ten minutes after it was last typed."""

from collections.abc import Awaitable, Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec, cast

from litestar import Response

from amends.errors import AmendsError
from amends.services.team import sessions
from amends.web import form_keys
from amends.web.page_kit import Here

FIELD = form_keys.CONFIRMATION
NOT_SENT_AGAIN = (FIELD, "csrf")

Inputs = ParamSpec("Inputs")
Handler = Callable[Concatenate[Here, Inputs], Awaitable[Response[Any]]]


def confirmed(handler: Handler[Inputs]) -> Handler[Inputs]:
    """Decorates a handler that needs the password again, unless it was typed in this session lately.

    The page that asks holds all that was sent, so that the same request is made again with the password: no
    script is needed and nothing typed is lost. A GET is made again by `/confirm`.
    """

    @wraps(handler)
    async def asked(here: Here, *args: Inputs.args, **inputs: Inputs.kwargs) -> Response[Any]:
        if await sessions.is_proved(here.visit.session_token, now=here.now):
            return await handler(here, *args, **inputs)
        if here.request.method == "GET":
            return await ask(here, "/confirm", {"next": _path(here)})
        sent = await here.request.form()
        fields = [
            (name, value)
            for name, value in sent.multi_items()
            if isinstance(value, str) and name not in NOT_SENT_AGAIN
        ]
        password = sent.get(FIELD)
        if not isinstance(password, str):
            return await ask(here, _path(here), fields)
        try:
            await prove(here, password)
        except AmendsError as error:
            return await ask(here, _path(here), fields, error=error)
        return await handler(here, *args, **inputs)

    return cast(Handler[Inputs], asked)


async def prove(here: Here, password: str) -> None:
    """The member of this session has typed their password now. Raises WrongPassword, TooManyTries."""
    await sessions.prove(here.member, password, token=here.visit.session_token, now=here.now)


async def ask(
    here: Here,
    action: str,
    fields: dict[str, str] | list[tuple[str, str]],
    *,
    error: AmendsError | None = None,
) -> Response[bytes]:
    """The page that asks; `fields` are sent to `action` with the password."""
    page = await here.render(
        "confirm/index.html",
        status=error.status if error else 200,
        action=action,
        fields=list(fields.items()) if isinstance(fields, dict) else fields,
        name=FIELD,
        error=error.detail if error else "",
    )
    if error and (seconds := error.extra.get("retry_after")):
        page.headers["retry-after"] = str(seconds)
    return page


def _path(here: Here) -> str:
    url = here.request.url
    return f"{url.path}?{url.query}" if url.query else url.path
