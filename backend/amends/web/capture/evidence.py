"""Screenshots, served as redrawn copies in a sandbox."""

from typing import Any
from uuid import UUID

from litestar import Response, get
from litestar.di import NamedDependency
from litestar.params import FromPath

from amends.services.capture import evidence
from amends.web.case.stored_files import SANDBOX, picture
from amends.web.page_kit import Here
from amends.web.security import Policy


@get("/evidence/{evidence_id:uuid}", opt={"policy": Policy.SIGNED_IN})
async def show(here: NamedDependency[Here], evidence_id: FromPath[UUID]) -> Response[Any]:
    """The picture as it was redrawn from its pixels; never the bytes that came in (R-51)."""
    return picture(await evidence.shown_image(evidence_id, by=here.member, files=here.files))


@get("/evidence/{evidence_id:uuid}/original", opt={"policy": Policy.SIGNED_IN})
async def download(here: NamedDependency[Here], evidence_id: FromPath[UUID]) -> Response[Any]:
    """A stranger's bytes as they arrived: to be kept as a file, and never to be shown here (R-51, R-52)."""
    sha256, content = await evidence.original(evidence_id, by=here.member, files=here.files)
    return Response(
        content,
        media_type="application/octet-stream",
        headers={
            "content-security-policy": SANDBOX,
            "content-disposition": f'attachment; filename="{sha256}"',
        },
    )


routes = (show, download)
