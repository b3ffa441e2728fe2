"""Attached files of a case: adding, removing, their previews, and the bytes as they came."""

from typing import Any
from urllib.parse import quote
from uuid import UUID

import msgspec
from litestar import Response, get, post
from litestar.datastructures import UploadFile
from litestar.di import NamedDependency
from litestar.params import FromPath

from amends.rules.case.attachments import LIMITS, MEGABYTE
from amends.services.case import attachments, offered_files
from amends.services.case.attachments import FIELD, GivenFile
from amends.services.case.offered_files import Attached
from amends.web import form_keys
from amends.web.case.stored_files import SANDBOX, picture
from amends.web.page_kit import Here, case_form, case_shown_again, to_case
from amends.web.security import Policy

LARGEST_BODY = LIMITS.sent_bytes + 10 * MEGABYTE
"""Bytes of a form with files: more than is accepted, so that the form itself says what is too much."""
NOT_PLAIN = frozenset('"\\%')


class RemovalForm(msgspec.Struct):
    """Why the file is removed."""

    reason: str = ""


async def attached_to(here: Here) -> Attached:
    """The files that came with a form, checked; no transaction is open yet. Raises FileRefused."""
    sent = (await here.request.form()).getall(FIELD, [])
    files = [one for one in sent if isinstance(one, UploadFile)]
    given = [GivenFile(one.filename or "", await one.read()) for one in files]
    for one in files:
        await one.seek(0)  # the form's key is compared with what it holds
    chosen = [one for one in given if one.name or one.content]  # a field that was left empty is sent too
    return await offered_files.offer(await attachments.check(chosen), here.files, now=here.now)


@post("/cases/{number:int}/files", opt={"policy": Policy.SIGNED_IN}, request_max_body_size=LARGEST_BODY)
@case_shown_again("files")
async def add(here: NamedDependency[Here], number: FromPath[int]) -> Response[Any]:
    """Attaches files to the case."""
    attached = await attached_to(here)

    async def keep() -> Response[Any]:
        await attachments.add(here.act, number, attached)
        return to_case(number, "files-added")

    return await form_keys.once(here.request, keep)


@post("/cases/{number:int}/files/{file_id:uuid}/remove", opt={"policy": Policy.LEAD})
@case_form("file-removal")
async def remove(
    here: NamedDependency[Here], number: FromPath[int], file_id: FromPath[UUID]
) -> Response[Any]:
    """Removes a file for good, with a reason."""
    form = await here.form(RemovalForm)
    await attachments.remove(here.act, number, file_id, reason=form.reason)
    return to_case(number, "file-removed")


@get("/files/{file_id:uuid}", opt={"policy": Policy.SIGNED_IN})
async def show(here: NamedDependency[Here], file_id: FromPath[UUID]) -> Response[Any]:
    """The preview of a picture, drawn anew from its pixels; never the bytes that came in (R-51)."""
    return picture(await attachments.preview(file_id, by=here.member, store=here.files))


@get("/files/{file_id:uuid}/original", opt={"policy": Policy.SIGNED_IN})
async def download(here: NamedDependency[Here], file_id: FromPath[UUID]) -> Response[Any]:
    """The bytes as they came: to be kept as a file, and never to be shown here (R-51, R-52)."""
    name, content = await attachments.original(file_id, by=here.member, store=here.files)
    plain = "".join(letter if " " <= letter <= "~" and letter not in NOT_PLAIN else "_" for letter in name)
    called = f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}"
    return Response(
        content,
        media_type="application/octet-stream",
        headers={"content-security-policy": SANDBOX, "content-disposition": called},
    )


routes = (add, remove, show, download)
