"""New case by hand: typed, pasted, or shared from a phone."""

import re
from datetime import datetime
from typing import Annotated, Any
from uuid import UUID, uuid4

import msgspec
from litestar import Response, get, post
from litestar.datastructures import UploadFile
from litestar.di import NamedDependency
from msgspec import Meta

from amends.errors import Invalid
from amends.gateways.images import LARGEST_BYTES
from amends.rules.capture import shares
from amends.rules.vocabulary import Severity
from amends.services.capture import evidence, written_captures
from amends.services.capture.written_captures import Written
from amends.services.team import locations
from amends.web import form_keys, forms
from amends.web.capture.new_cases_view import new_case_page
from amends.web.page_kit import Here, Typed, redisplayed, to_case
from amends.web.security import Policy

ID = re.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
WORDS_BESIDE_A_PICTURE = 1_000_000


class NewCaseForm(msgspec.Struct, kw_only=True):
    """A post as somebody writes it down; the form's own id makes a second click the same case."""

    form_id: UUID
    url: str = ""
    text: str = ""
    author: str = ""
    handle: str = ""
    title: str = ""
    platform: str | None = None
    posted_at: datetime | None = None
    rating: Annotated[int, Meta(ge=1, le=5)] | None = None
    severity: Severity | None = None
    location: UUID | None = None
    note: str = ""

    def written(self) -> Written:
        """The post, without the form's id."""
        given = {name: getattr(self, name) for name in self.__struct_fields__ if name != "form_id"}
        return Written(**given)


async def _page(here: Here, *, typed: Typed) -> Response[bytes]:
    """The form, under the id that it had: a second click makes no second case."""
    form_id = typed.values.get("form_id", "")
    known = await locations.offered()
    page = new_case_page(UUID(form_id) if ID.fullmatch(form_id) else uuid4(), typed, known)
    return await here.render("new_cases/index.html", status=typed.status, page=page)


@get(["/cases/new", "/share"], opt={"policy": Policy.WORK})
async def show(here: NamedDependency[Here]) -> Response[bytes]:
    """The form, with what the address brings: by a bookmark, or by the share menu of a phone."""
    asked = {name: forms.clean(here.query.get(name, "")) for name in ("url", "title", "text")}
    found = shares.read(**asked)
    return await _page(here, typed=Typed(values={"url": found.url, "title": found.title, "text": found.text}))


@post(
    "/cases/new",
    opt={"policy": Policy.SIGNED_IN},
    request_max_body_size=LARGEST_BYTES + WORDS_BESIDE_A_PICTURE,
)
@redisplayed(_page)
async def open_case(here: NamedDependency[Here]) -> Response[Any]:
    """Opens the case, or leads to the one that the post has already."""
    form = await here.form(NewCaseForm)
    picture = await _picture(here)
    capture_id, received = await written_captures.open_case(here.act, form.form_id, form.written())
    if picture:
        await evidence.keep_screenshot(here.act, capture_id, picture, files=here.files)
    answer = to_case(received.case.number, "known" if received.existing else "opened")
    answer.cookies.extend(await form_keys.accepted(here.request))
    return answer


async def _picture(here: Here) -> bytes:
    """The picture that came with the form, or nothing. Raises what `inspect_image` refuses, for its field."""
    given = (await here.request.form()).get("picture")
    content = await given.read() if isinstance(given, UploadFile) else b""
    if content:
        try:
            await evidence.must_be_image(content)
        except Invalid as error:
            raise forms.FormIsIncomplete(error.detail, fields={"picture": error.detail}) from error
    return content


routes = (show, open_case)
