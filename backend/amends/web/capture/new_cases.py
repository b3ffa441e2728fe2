"""How does a post become a case where there is no extension: typed, pasted, or shared from a phone?"""

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID, uuid4

import msgspec
from litestar import Request, Response, get, post
from litestar.datastructures import UploadFile
from litestar.di import NamedDependency
from msgspec import Meta

from amends.errors import Invalid
from amends.gateways.evidence_files import EvidenceFiles
from amends.gateways.images import LARGEST_BYTES
from amends.rules.capture import shares
from amends.rules.vocabulary import Platform, Severity
from amends.services.capture import evidence, written_captures
from amends.services.capture.written_captures import Written
from amends.services.team.members import Member
from amends.web import forms
from amends.web.capture.new_cases_view import new_case_page
from amends.web.desk.cases import to_case
from amends.web.security import Policy
from amends.web.templating import render
from amends.web.workflow.move_forms_view import Typed

WORDS_BESIDE_A_PICTURE = 1_000_000


class NewCaseForm(msgspec.Struct, kw_only=True):
    """A post as somebody writes it down; the form's own id makes a second click the same case."""

    form_id: UUID
    url: str = ""
    text: str = ""
    author: str = ""
    handle: str = ""
    title: str = ""
    platform: Platform | None = None
    posted_at: datetime | None = None
    rating: Annotated[int, Meta(ge=1, le=5)] | None = None
    severity: Severity | None = None
    note: str = ""

    def written(self) -> Written:
        """The post, without the form's id."""
        given = {name: getattr(self, name) for name in self.__struct_fields__ if name != "form_id"}
        return Written(**given)


@get(["/cases/new", "/share"], opt={"policy": Policy.SIGNED_IN})
async def show(request: Request[Any, Any, Any]) -> Response[bytes]:
    """The form, with what the address brings: by a bookmark, or by the share menu of a phone."""
    asked = {name: forms.clean(request.query_params.get(name, "")) for name in ("url", "title", "text")}
    found = shares.read(**asked)
    values = {"url": found.url, "title": found.title, "text": found.text}
    return await _page(request, uuid4(), Typed(values=values))


@post(
    "/cases/new",
    opt={"policy": Policy.SIGNED_IN},
    request_max_body_size=LARGEST_BYTES + WORDS_BESIDE_A_PICTURE,
)
async def open_case(
    request: Request[Any, Any, Any],
    member: NamedDependency[Member],
    now: NamedDependency[datetime],
    files: NamedDependency[EvidenceFiles],
) -> Response[Any]:
    """Opens the case, or leads to the one that the post has already."""
    try:
        form = await forms.decode(request, NewCaseForm)
        picture = await _picture(request)
        capture_id, received = await written_captures.open_case(
            form.form_id, form.written(), by=member, now=now
        )
    except Invalid as error:
        return await _again(request, error)
    if picture:
        await evidence.keep_screenshot(capture_id, picture, by=member, files=files, now=now)
    return to_case(received.case.number, "known" if received.existing else "opened")


async def _picture(request: Request[Any, Any, Any]) -> bytes:
    """The picture that came with the form, or nothing. Raises what `inspect_image` refuses, for its field."""
    given = (await request.form()).get("picture")
    content = await given.read() if isinstance(given, UploadFile) else b""
    if content:
        try:
            await evidence.must_be_image(content)
        except Invalid as error:
            raise forms.FormIsIncomplete(error.detail, fields={"picture": error.detail}) from error
    return content


async def _again(request: Request[Any, Any, Any], error: Invalid) -> Response[bytes]:
    values = await forms.typed(request)
    typed = Typed(values=values, errors=error.fields, problem=error.detail)
    try:
        form_id = UUID(values.get("form_id", ""))
    except ValueError:
        form_id = uuid4()
    return await _page(request, form_id, typed, status=error.status)


async def _page(
    request: Request[Any, Any, Any], form_id: UUID, typed: Typed, *, status: int = 200
) -> Response[bytes]:
    return await render(request, "new_cases/index.html", status=status, page=new_case_page(form_id, typed))


routes = (show, open_case)
