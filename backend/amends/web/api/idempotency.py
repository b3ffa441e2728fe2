"""Idempotency-Key: a request that is sent twice happens once, and is answered the same way."""

import hashlib
import json
import re
from collections.abc import Awaitable, Callable
from functools import wraps
from typing import Concatenate, ParamSpec, TypeVar, cast

import msgspec
from litestar import MediaType, Response

from amends.errors import Invalid
from amends.i18n import gettext as _
from amends.services.team import used_forms
from amends.services.team.used_forms import SentForm
from amends.web.api.kit import Asked

HEADER = "idempotency-key"
SHAPE = re.compile(r"[\x21-\x7e]{1,200}")

Inputs = ParamSpec("Inputs")
Answer = TypeVar("Answer", bound=msgspec.Struct)


class IdempotencyKeyUnusable(Invalid):
    "An Idempotency-Key has 1 to 200 visible ASCII characters."


class IdempotencyKeyReused(Invalid):
    """This Idempotency-Key came with another request. Use a new one for each thing to be done."""


async def once(asked: Asked, command: Callable[[], Awaitable[Answer]]) -> Answer:
    """What the command answers; with the key of an earlier request, what that one was answered.

    A key belongs to one token and one address. Raises IdempotencyKeyUnusable, IdempotencyKeyReused. The
    answer is kept as long as that of a form, so it holds ids and numbers and no words of anybody.
    """
    key = asked.request.headers.get(HEADER)
    if key is None:
        return await command()
    if not SHAPE.fullmatch(key):
        raise IdempotencyKeyUnusable
    digest = hashlib.sha256(await asked.request.body()).hexdigest()

    async def kept() -> str:
        body = msgspec.json.encode(await command()).decode()
        return json.dumps({"digest": digest, "body": body})

    sent = SentForm(
        key=key,
        sender=f"token {asked.holder.browser_id}",
        action=f"{asked.request.method} {asked.request.scope['path']}",
        content="",
        member=asked.member.id,
    )
    answer = json.loads(await used_forms.once(sent, kept, now=asked.now) or "{}")
    if answer.get("digest") != digest:
        words = _("This Idempotency-Key came with another request. Use a new one for each thing to be done.")
        raise IdempotencyKeyReused(words)
    return cast(Answer, Response(answer["body"].encode(), media_type=MediaType.JSON))


def answered_once(
    handler: Callable[Concatenate[Asked, Inputs], Awaitable[Answer]],
) -> Callable[Concatenate[Asked, Inputs], Awaitable[Answer]]:
    """Decorates the handler of a POST: with an Idempotency-Key it happens once; see `once`."""

    @wraps(handler)
    async def answer(asked: Asked, *args: Inputs.args, **inputs: Inputs.kwargs) -> Answer:
        return await once(asked, lambda: handler(asked, *args, **inputs))

    answer.is_answered_once = True  # type: ignore[attr-defined]
    return cast(Callable[Concatenate[Asked, Inputs], Awaitable[Answer]], answer)
