"""Form keys: a form that is sent twice, by a double click or from an old page, happens once."""

import hashlib
import re
from collections.abc import Awaitable, Callable, Iterator
from itertools import count
from typing import Any

from litestar import Request, Response
from litestar.datastructures import Cookie, UploadFile
from litestar.response import Redirect

from amends.services.team import used_forms
from amends.services.team.used_forms import SentForm
from amends.web.requests import Visit, site, visit

FIELD = "form_key"
SHAPE = re.compile(r"[0-9a-f]{16}-[0-9]{1,4}")
CONFIRMATIONS = PASSWORD, CODE, PASSKEY = "confirm_password", "confirm_code", "confirm_passkey"
"""The fields by which a member confirms a form."""
NOT_DIGESTED = frozenset({FIELD, "csrf", "page", *CONFIRMATIONS})
"""What the page puts into a form: another session and another page send the same words. And a password or a
code: by a digest that is kept it could be tried out."""

REFUSED = 400
ACCEPTED = "amends_accepted"
"""The cookie that tells a script whose copy of what was typed is no longer needed: the key of the form."""


def keys(visit: Visit) -> Iterator[str]:
    """A key for each form of a page, as long as the page asks for them."""
    return (f"{visit.request_id}-{number}" for number in count())


async def once(
    request: Request[Any, Any, Any], answer: Callable[[], Awaitable[Response[Any]]], *, sender: str = ""
) -> Response[Any]:
    """The answer to a form; where it leads to another page, a form that is sent again gets it once more.

    `sender` is the secret of the link by which somebody without an account came here. A form without a key is
    answered each time.
    """
    form = await _sent(request, sender)
    if form is None:
        return await answer()
    answers: list[Response[Any]] = []

    async def command() -> str | None:
        answers[:] = [await answer()]  # of the last try, where the database broke one off
        return answers[0].url if isinstance(answers[0], Redirect) else None

    location = await used_forms.once(form, command, now=visit(request).now)
    response = answers[0] if answers else Redirect(location or "/", status_code=303)
    if (response.status_code or 0) < REFUSED:
        response.cookies.extend(await accepted(request))
    return response


async def _sent(request: Request[Any, Any, Any], sender: str) -> SentForm | None:
    key, member = await _key(request), visit(request).member
    if not key:
        return None
    return SentForm(
        key=key,
        sender=sender or str(member.id if member else ""),
        action=request.scope["path"],
        content=await _digest(request),
        member=None if sender or member is None else member.id,
    )


async def _key(request: Request[Any, Any, Any]) -> str:
    """The form's key; empty when it is none of ours."""
    key = str((await request.form()).get(FIELD, ""))
    return key if SHAPE.fullmatch(key) else ""


async def _digest(request: Request[Any, Any, Any]) -> str:
    """Of the names and values that somebody typed or chose, files too."""
    digest = hashlib.sha256()
    for name, value in (await request.form()).multi_items():
        if name not in NOT_DIGESTED:
            content = await _content(value)
            digest.update(_bytes(f"{len(name)} {name} {len(content)} ") + content)
    return digest.hexdigest()


async def _content(value: UploadFile | str) -> bytes:
    """A file with its name: another one under the same words is another form."""
    if isinstance(value, str):
        return _bytes(value)
    await value.seek(0)  # whoever checked it may have read it to its end
    content = await value.read()
    await value.seek(0)
    return _bytes(f"{value.filename}\n") + content


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "replace")


async def accepted(request: Request[Any, Any, Any]) -> list[Cookie]:
    """What tells the browser that the form was accepted, if it has a key."""
    key, is_secure = await _key(request), site(request).settings.is_secure
    cookie = Cookie(ACCEPTED, "/", key, max_age=600, secure=is_secure, httponly=False, samesite="lax")
    return [cookie] if key else []
