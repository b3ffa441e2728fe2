"""Handlers that change something: by POST, once with an Idempotency-Key, and of what was seen."""

from collections.abc import Awaitable, Callable
from typing import Concatenate, ParamSpec, TypeVar

import msgspec
from litestar import post
from litestar.handlers import HTTPRouteHandler

from amends.web.api.idempotency import answered_once
from amends.web.api.kit import Asked
from amends.web.security import Policy

Inputs = ParamSpec("Inputs")
Answer = TypeVar("Answer", bound=msgspec.Struct)
Handler = Callable[Concatenate[Asked, Inputs], Awaitable[Answer]]


def change(
    path: str,
    name: str,
    *,
    tag: str,
    policy: Policy = Policy.TOKEN_WRITE,
    matches: bool = False,
    makes: bool = False,
) -> Callable[[Handler[Inputs, Answer]], HTTPRouteHandler]:
    """Decorates the handler of a change, with its operation's `name`, which happens once for each key.

    `matches`: it asks for If-Match, which `as_seen` or `seen_tag` read. `makes`: it is answered with 201.
    """
    opt = {"policy": policy, **({"matches": True} if matches else {})}

    def decorated(handler: Handler[Inputs, Answer]) -> HTTPRouteHandler:
        route = post(path, operation_id=name, status_code=201 if makes else 200, opt=opt, tags=[tag])
        return route(answered_once(handler))

    return decorated
