"""Confirmation: what is sensitive asks again who is there, five minutes after they last showed it (R-19)."""

from collections.abc import Awaitable, Callable, Mapping
from functools import wraps
from pathlib import PurePosixPath
from typing import Any, Concatenate, ParamSpec, cast
from urllib.parse import parse_qsl, urlsplit

from litestar import Response

from amends.errors import AmendsError
from amends.i18n import gettext as _
from amends.services.team import proofs, providers
from amends.services.team.proofs import ProofIsMissing
from amends.web import passkey_site
from amends.web.form_keys import CODE, CONFIRMATIONS, PASSKEY, PASSWORD
from amends.web.page_kit import Here
from amends.web.permitted import route_at
from amends.web.sensitive_routes import FILES

NOT_SENT_AGAIN = (*CONFIRMATIONS, "csrf")

Inputs = ParamSpec("Inputs")
Handler = Callable[Concatenate[Here, Inputs], Awaitable[Response[Any]]]


def confirmed(handler: Handler[Inputs]) -> Handler[Inputs]:
    """Decorates the handler of a sensitive route: it asks who is there, unless they showed it lately.

    `sensitive_routes` lists them. The page that asks holds all that was sent, so that the same request is
    made again with the password or the code: no script is needed and nothing typed is lost. A GET is made
    again by `/confirm`.
    """

    @wraps(handler)
    async def asked(here: Here, *args: Inputs.args, **inputs: Inputs.kwargs) -> Response[Any]:
        if await proofs.is_fresh(here.visit.session_token, now=here.now):
            return await handler(here, *args, **inputs)
        if here.request.method == "GET":
            return await ask(here, "/confirm", {"next": _path(here)})
        sent = await here.request.form()
        fields = [
            (name, value)
            for name, value in sent.multi_items()
            if isinstance(value, str) and name not in NOT_SENT_AGAIN
        ]
        if not any(name in sent for name in CONFIRMATIONS):
            return await ask(here, _path(here), fields)
        try:
            await prove(here, {name: str(sent.get(name, "")) for name in CONFIRMATIONS})
        except AmendsError as error:
            return await ask(here, _path(here), fields, error=error)
        if answers_a_file(here, "POST", _path(here)):
            return await hand_over(here, "POST", _path(here), fields)
        return await handler(here, *args, **inputs)

    asked.is_confirmed = True  # type: ignore[attr-defined]
    return cast(Handler[Inputs], asked)


async def prove(here: Here, given: Mapping[str, str]) -> None:
    """The member of this session has shown a passkey, a code or their password now.

    Raises ProofIsMissing, WrongPassword, WrongCode, PasskeyRefused, ChallengeIsSpent, TooManyTries,
    SecretUnreadable.
    """
    token = here.visit.session_token
    if answer := given.get(PASSKEY, ""):
        where = passkey_site.site_here(here.settings)
        await proofs.by_passkey(here.member, answer, where, token=token, now=here.now)
    elif code := given.get(CODE, "").strip():
        await proofs.by_code(here.member, code, here.secrets, token=token, now=here.now)
    elif password := given.get(PASSWORD, ""):
        await proofs.by_password(here.member, password, token=token, now=here.now)
    else:
        raise ProofIsMissing(_("Type your password, or a code of your second factor."))


async def ask(
    here: Here,
    action: str,
    fields: dict[str, str] | list[tuple[str, str]],
    *,
    error: AmendsError | None = None,
) -> Response[bytes]:
    """The page that asks; `fields` are sent to `action` with the password or the code."""
    page = await here.render(
        "confirm/index.html",
        status=error.status if error else 200,
        action=action,
        fields=list(fields.items()) if isinstance(fields, dict) else fields,
        ways=await proofs.ways(here.member),
        password=PASSWORD,
        code=CODE,
        passkey=PASSKEY,
        providers=[one for one in await providers.linked_to(here.member) if one.is_on],
        options=await passkey_site.options(here, "confirm", here.member),
        error=error.detail if error else "",
        back=way_back(here, dict(fields)["next"] if action == "/confirm" else action),
    )
    if error and (seconds := error.extra.get("retry_after")):
        page.headers["retry-after"] = str(seconds)
    return page


def answers_a_file(here: Here, method: str, address: str) -> bool:
    """Whether what was asked for is a file, which leaves the page that asked who is there as it is."""
    handler = route_at(here.request.app, method, urlsplit(address).path)
    return handler is not None and any(f"{method} {path}" in FILES for path in handler.paths)


async def hand_over(here: Here, method: str, address: str, fields: list[tuple[str, str]]) -> Response[bytes]:
    """The page from which a file is saved once it is known who is there, and the way back from it."""
    parts = urlsplit(address)
    return await here.render(
        "confirm/file.html",
        method=method.lower(),
        action=parts.path if method == "GET" else address,
        fields=[*parse_qsl(parts.query), *fields] if method == "GET" else fields,
        back=way_back(here, address),
    )


def way_back(here: Here, address: str) -> str:
    """The page from which an address was asked for: the nearest one above it, a list with its filters."""
    parts = urlsplit(address)
    path = PurePosixPath(parts.path)
    named = path.with_suffix("") if path.suffix else path
    above = next((str(one) for one in (named, *path.parents) if _is_page(here, str(one))), "/")
    return f"{above}?{parts.query}" if parts.query and path.suffix else above


def _is_page(here: Here, path: str) -> bool:
    handler = route_at(here.request.app, "GET", path)
    return handler is not None and not getattr(handler.fn, "is_confirmed", False)


def _path(here: Here) -> str:
    url = here.request.url
    return f"{url.path}?{url.query}" if url.query else url.path
