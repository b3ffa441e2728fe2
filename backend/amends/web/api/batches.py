"""API: many captures at once; one that is refused does not stop the others."""

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

import msgspec
from litestar import Request, Router, post
from litestar.di import NamedDependency
from litestar.exceptions import ValidationException
from litestar.params import JSONBody

from amends.errors import AmendsError
from amends.rules.capture.incoming import NewCapture
from amends.rules.capture.rechecks import Change
from amends.services.capture import captures
from amends.services.team.members import Act, Member
from amends.settings import Settings
from amends.web.api.cases import CaseSent, sent
from amends.web.problems import described
from amends.web.requests import site, visit
from amends.web.security import Policy

BATCH_BYTES = 8 * 1024 * 1024
MOST = 100


class Batch(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`{"id": uuid, "capture": {…}}` for each: apart, because a post has an `id` of its own too."""

    captures: Annotated[list[Any], msgspec.Meta(min_length=1, max_length=MOST)]


class Sent(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A capture under the id that its sender chose, as `PUT /captures/{id}` takes it."""

    id: UUID
    capture: NewCapture


class CaptureResult(msgspec.Struct, frozen=True, kw_only=True):
    """What became of one capture: its case, or the problem that stopped it."""

    id: Any
    status: int
    case: CaseSent | None = None
    existing: bool | None = None
    change: list[Change] | None = None
    problem: dict[str, Any] | None = None


class BatchReceived(msgspec.Struct, frozen=True):
    """One result for each capture, in the order in which they came."""

    results: list[CaptureResult]


@post(
    "/batch",
    operation_id="sendCaptures",
    status_code=200,
    opt={"policy": Policy.TOKEN_CAPTURE},
    request_max_body_size=BATCH_BYTES,
)
async def receive(
    request: Request[Any, Any, Any],
    data: JSONBody[Batch],
    member: NamedDependency[Member],
    now: NamedDependency[datetime],
    settings: NamedDependency[Settings],
) -> BatchReceived:
    """Keeps up to 100 captures, each in a transaction of its own, in their order."""
    holder = visit(request).holder
    assert holder is not None  # the policy asks for a token, which has paid for the first of them
    site(request).captures.take(str(holder.browser_id), now=now, tokens=len(data.captures) - 1)
    return BatchReceived([await _kept(one, member, now, settings) for one in data.captures])


async def _kept(one: Any, member: Member, now: datetime, settings: Settings) -> CaptureResult:  # noqa: ANN401
    """A database that fails is no fault of the capture's: that stops the batch, which is sent again."""
    capture_id = one.get("id") if isinstance(one, dict) else None
    try:
        given = msgspec.convert(one, Sent)
        received = await captures.receive(Act(member, now), given.id, given.capture)
    except msgspec.ValidationError as error:
        problem = described(ValidationException(extra=[{"key": "body", "message": str(error)}]))
    except AmendsError as error:
        problem = described(error)
    else:
        return CaptureResult(
            id=capture_id,
            status=200 if received.existing else 201,
            case=sent(received.case, settings),
            existing=received.existing,
            change=received.changes,
        )
    return CaptureResult(id=capture_id, status=problem["status"], problem=problem)


router = Router("/captures", route_handlers=[receive], tags=["captures"])
