"""API: a case without the extension: a post as a program knows it, or words that came otherwise."""

from typing import Annotated
from uuid import NAMESPACE_URL, UUID, uuid4, uuid5

import msgspec
from litestar.di import NamedDependency
from litestar.params import JSONBody
from msgspec import Meta

from amends.rules.vocabulary import Severity
from amends.services.capture import written_captures
from amends.services.capture.written_captures import Written
from amends.web.api.cases import CaseSent, sent
from amends.web.api.changes import change
from amends.web.api.idempotency import HEADER
from amends.web.api.kit import Asked, Moment, Text, must_be_plausible

Short = Annotated[str, Meta(max_length=300)]


class CaseWanted(msgspec.Struct, frozen=True, kw_only=True, rename="camel", forbid_unknown_fields=True):
    """What somebody wrote: its address, its words, or both; without a platform the address tells it."""

    url: Annotated[str, Meta(max_length=2_000)] = ""
    text: Text = ""
    title: Short = ""
    author: Short = ""
    handle: Short = ""
    platform: Annotated[str, Meta(max_length=60)] | None = None
    posted_at: Moment | None = None
    rating: Annotated[float, Meta(ge=0, le=100)] | None = None
    rating_max: Annotated[float, Meta(gt=0, le=100)] = 5.0
    severity: Severity | None = None
    location: Annotated[UUID | None, Meta(description="A shop or brand; else by the page.")] = None
    note: Text = ""


class CaseOpened(msgspec.Struct, frozen=True):
    """The case, and whether it was there before: the same post, or the same words, have one case."""

    case: CaseSent
    existing: bool


@change("/cases", "openCase", tag="cases", makes=True)
async def begin(asked: NamedDependency[Asked], data: JSONBody[CaseWanted]) -> CaseOpened:
    """Opens a case, or finds the one that the post has already.

    A complaint that was never a post, as one by telephone, needs no address: its words are enough.
    """
    must_be_plausible(asked, data)
    given = {name: getattr(data, name) for name in data.__struct_fields__}
    _capture, received = await written_captures.open_case(asked.act, _form(asked), Written(**given))
    return CaseOpened(sent(received.case, asked.settings), received.existing)


def _form(asked: Asked) -> UUID:
    """One for each key of the token, else for each request."""
    key = asked.request.headers.get(HEADER)
    return uuid5(NAMESPACE_URL, f"{asked.holder.browser_id} {key}") if key else uuid4()


routes = (begin,)
