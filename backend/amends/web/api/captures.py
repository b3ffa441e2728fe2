"""API: captures and their screenshots."""

from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec
from litestar import Request, Response, Router, delete, get, put
from litestar.di import NamedDependency
from litestar.openapi.datastructures import ResponseSpec
from litestar.params import FromPath, FromQuery, JSONBody

from amends.gateways.evidence_files import EvidenceFiles
from amends.rules.capture.incoming import NewCapture
from amends.rules.capture.rechecks import Change
from amends.services.capture import captures, evidence
from amends.services.capture.captures import Received
from amends.services.person import post_copies
from amends.services.team.members import Act, Member
from amends.services.workflow import removals
from amends.settings import Settings
from amends.web.api.cases import CaseSent, address_of, sent
from amends.web.security import Policy

CAPTURE_BYTES = 1024 * 1024
BLURRED = "blurred"
PARTIAL = ("cut", "narrow")
"""Why a picture does not show all of the post."""
NONE = ("not_allowed", "in_background", "gone", "in_frame", "no_room", "failed")
"""Why there is no picture at all."""
MOST_COPIES = 3
SCREENSHOT_BYTES = 15 * 1024 * 1024


class CopySent(msgspec.Struct, frozen=True):
    """A case that may hold the same post as another."""

    number: int
    url: str


class CaptureSent(msgspec.Struct, frozen=True):
    """The case that the capture belongs to, whether it was there before, and what has changed in its post.

    `copies` are cases that may hold the same post, where this one was opened.
    """

    case: CaseSent
    existing: bool
    change: list[Change] | None = None
    copies: list[CopySent] = []


class CaseFound(msgspec.Struct, frozen=True):
    """The case that was made from a post."""

    case: CaseSent


class ScreenshotSent(msgspec.Struct, frozen=True):
    """The SHA-256 of the bytes that were kept."""

    sha256: str


@put(
    "/{capture_id:uuid}",
    operation_id="sendCapture",
    status_code=200,
    opt={"policy": Policy.TOKEN_CAPTURE},
    request_max_body_size=CAPTURE_BYTES,
    responses={201: ResponseSpec(data_container=CaptureSent, description="A case was opened.")},
)
async def receive(
    capture_id: FromPath[UUID],
    data: JSONBody[NewCapture],
    member: NamedDependency[Member],
    now: NamedDependency[datetime],
    settings: NamedDependency[Settings],
) -> Response[CaptureSent]:
    """Keeps a capture under the id that the browser chose: sending it again changes nothing."""
    received: Received = await captures.receive(Act(member, now), capture_id, data)
    copies = [] if received.existing else await post_copies.of(received.case.number)
    told = [CopySent(one.number, address_of(one.number, settings)) for one in copies[:MOST_COPIES]]
    return Response(
        CaptureSent(sent(received.case, settings), received.existing, received.changes, told),
        status_code=200 if received.existing else 201,
    )


@put(
    "/{capture_id:uuid}/screenshot",
    operation_id="sendScreenshot",
    status_code=200,
    opt={"policy": Policy.TOKEN_CAPTURE},
    request_max_body_size=SCREENSHOT_BYTES,
)
async def keep_screenshot(
    request: Request[Any, Any, Any],
    capture_id: FromPath[UUID],
    member: NamedDependency[Member],
    now: NamedDependency[datetime],
    files: NamedDependency[EvidenceFiles],
    problem: FromQuery[str] = "",
) -> ScreenshotSent:
    """Keeps a PNG, JPEG or WebP image as evidence of a capture, byte for byte.

    `Content-Digest` (RFC 9530) is checked when it is there; `Amends-Redacted: blurred` says that parts were
    hidden before the picture was sent; `?problem=cut` or `narrow` that it does not show all of the post.
    Without a picture `problem` says why there is none, on the case; the answer then has no sum.
    """
    content = await request.body()
    if not content and problem in NONE:
        await evidence.say_why_none(capture_id, problem)
        return ScreenshotSent("")
    sha256 = await evidence.keep_screenshot(
        Act(member, now),
        capture_id,
        content,
        files=files,
        digests=request.headers.get("content-digest", ""),
        redacted=BLURRED if request.headers.get("amends-redacted", "").strip() == BLURRED else None,
        problem=problem if problem in PARTIAL else "",
    )
    return ScreenshotSent(sha256)


@delete("/{capture_id:uuid}", operation_id="takeCaptureBack", opt={"policy": Policy.TOKEN_CAPTURE})
async def take_back(
    capture_id: FromPath[UUID],
    member: NamedDependency[Member],
    now: NamedDependency[datetime],
) -> None:
    """Takes a wrong capture back with the case that it opened, within ten minutes; twice is once."""
    await removals.take_back_capture(Act(member, now), capture_id)


@get("/", operation_id="findCapture", opt={"policy": Policy.TOKEN_READ})
async def find(
    url: FromQuery[str], member: NamedDependency[Member], settings: NamedDependency[Settings]
) -> CaseFound:
    """The case made from the post at an address, in whatever form the address is given."""
    return CaseFound(sent(await captures.case_at(url, by=member), settings))


router = Router("/captures", route_handlers=[receive, keep_screenshot, take_back, find], tags=["captures"])
