"""API: files of a case, by the rules of the page."""

from datetime import datetime
from typing import Annotated, cast
from urllib.parse import quote
from uuid import UUID

import msgspec
from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.openapi.datastructures import ResponseSpec
from litestar.params import FromPath
from msgspec import Meta

from amends.rules.case.attachments import LIMITS, MEGABYTE
from amends.services.case import attachments, offered_files, sensitive_openings
from amends.services.case.access import find
from amends.services.case.attachments import GivenFile
from amends.services.desk.cases import FileShown
from amends.services.desk.cases.files import files_of
from amends.services.team.names import Name
from amends.web.api.idempotency import once
from amends.web.api.kit import Asked, filled
from amends.web.api.paging import Paged, answered, cut
from amends.web.security import Policy

LARGEST_BODY = LIMITS.file_bytes + MEGABYTE
"""Bytes: more than is accepted, so that the refusal names the file and the limit."""
SANDBOX = "sandbox; default-src 'none'"


class FileSent(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """A file of a case; `number` is the case that it came with, which may have been merged into this one."""

    id: UUID
    number: int
    name: str
    media_type: str
    sha256: str
    size: int
    kept_at: datetime
    kept_by: Name | None


class FilesSent(msgspec.Struct, frozen=True):
    """Some files of a case in the order in which they came, and the cursor of the page after."""

    files: list[FileSent]
    next: str | None


class FileNamed(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What the file is called."""

    name: Annotated[str, Meta(min_length=1, max_length=200, description="With its ending, as letter.pdf.")]


class FileKept(msgspec.Struct, frozen=True):
    """The file that was kept: the case, its id and the SHA-256 of its bytes."""

    number: int
    id: UUID
    sha256: str


def _sent(file: FileShown) -> FileSent:
    return filled(FileSent, file)


@get(
    "/cases/{number:int}/files",
    operation_id="listFiles",
    opt={"policy": Policy.TOKEN_TIMELINE, "query": Paged},
    tags=["files"],
)
async def index(asked: NamedDependency[Asked], number: FromPath[int]) -> FilesSent:
    """Lists the files of a case that were not removed."""
    paged, case = asked.query(Paged), await find(number, by=asked.member)
    await sensitive_openings.note_opening(asked.act, number)
    files, following = cut(await files_of(case.id), paged)
    return answered(asked, FilesSent([_sent(one) for one in files], following), following)


@post(
    "/cases/{number:int}/files",
    operation_id="addFile",
    opt={"policy": Policy.TOKEN_WRITE, "query": FileNamed, "bytes": True, "once": True},
    request_max_body_size=LARGEST_BODY,
    tags=["files"],
)
async def add(asked: NamedDependency[Asked], number: FromPath[int]) -> FileKept:
    """Attaches a file: its bytes are the body, as they are.

    Accepted are pictures (PNG, JPEG, WebP), PDF, saved emails (.eml) and plain text (.txt), known by their
    bytes and not by what the sender says.
    """
    name = asked.query(FileNamed).name
    given = GivenFile(name, await asked.request.body())
    attached = await offered_files.offer(await attachments.check([given]), asked.files, now=asked.now)

    async def keep() -> FileKept:
        await attachments.add(asked.act, number, attached)
        case = await find(number, by=asked.member)
        kept = (await files_of(case.id))[-1]
        return FileKept(number, kept.id, kept.sha256)

    return await once(asked, keep)


@get(
    "/files/{file_id:uuid}",
    operation_id="getFile",
    opt={"policy": Policy.TOKEN_TIMELINE},
    media_type="application/octet-stream",
    responses={200: ResponseSpec(data_container=bytes, media_type="application/octet-stream")},
    tags=["files"],
)
async def download(asked: NamedDependency[Asked], file_id: FromPath[UUID]) -> Response[bytes]:
    """The bytes of a file as they came: a stranger’s, to be opened with care."""
    name, content = await attachments.original(file_id, by=asked.member, store=asked.files)
    headers = {
        "content-security-policy": SANDBOX,
        "content-disposition": f"attachment; filename*=UTF-8''{quote(name, safe='')}",
    }
    return cast(Response[bytes], Response(content, media_type="application/octet-stream", headers=headers))


routes = (index, add, download)
