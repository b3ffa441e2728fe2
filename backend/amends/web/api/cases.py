"""API: one case, and the summary of what is overdue."""

from datetime import datetime
from typing import Any

import msgspec
from litestar import Request, Response, Router, get
from litestar.di import NamedDependency
from litestar.params import FromPath

from amends.rules.vocabulary import FollowUpKind, FollowUpState, Outcome, Severity, Stage
from amends.services.case import sensitive_openings
from amends.services.desk import cases, today
from amends.services.desk.cases import CaseDetail, CaseRef
from amends.services.team.members import Act, Member
from amends.services.team.names import Name
from amends.settings import Settings
from amends.web.api.etags import tagged, version_tag
from amends.web.security import Policy


class CaseSent(msgspec.Struct, frozen=True):
    """A case as a browser shows it beside the post; `owner` is a name."""

    number: int
    url: str
    stage: Stage
    owner: str | None


class FollowUpSent(msgspec.Struct, frozen=True, rename="camel"):
    """What we owe on a case, and by when."""

    kind: FollowUpKind
    due_at: datetime
    late: bool
    paused: bool


class WholeCaseSent(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """A case with what we owe on it and where it may go; a field of the case is sent by its name alone.

    `fields` are those of the team's own in which something stands.
    """

    number: int
    version: int
    url: str
    title: str
    stage: Stage
    outcome: Outcome | None
    severity: Severity | None
    platform: str
    owner: str | None
    location: Name | None
    public_replies: int
    fields: dict[str, str]
    opened_at: datetime
    closed_at: datetime | None
    snoozed_until: datetime | None
    posts: list[str]
    follow_ups: list[FollowUpSent]
    moves: list[str]


class SummarySent(msgspec.Struct, frozen=True):
    """How much is overdue and due today, and where to see it."""

    overdue: int
    due: int
    url: str


def address_of(number: int, settings: Settings) -> str:
    """Where people open a case."""
    return f"{settings.base_url}/cases/{number}"


def sent(case: CaseRef, settings: Settings) -> CaseSent:
    """A case as it is sent."""
    return CaseSent(case.number, address_of(case.number, settings), case.stage, case.owner)


def whole(detail: CaseDetail, settings: Settings) -> WholeCaseSent:
    """A whole case as it is sent; what is done or dropped stays on its page."""
    row = detail.row
    own: dict[str, Any] = {
        "url": address_of(row.number, settings),
        "owner": row.owner.name if row.owner else None,
        "posts": list(dict.fromkeys(capture.url for capture in detail.captures if capture.url)),
        "follow_ups": [
            FollowUpSent(owed.kind, owed.due_at, owed.late, owed.paused)
            for owed in detail.follow_ups
            if owed.state is FollowUpState.DUE
        ],
        "fields": {one.name: one.value for one in detail.fields if one.value},
        "moves": [move.name for move in detail.moves],
    }
    names = [name for name in WholeCaseSent.__struct_fields__ if name not in own]
    same = {name: getattr(row if hasattr(row, name) else detail, name) for name in names}
    return WholeCaseSent(**own, **same)


@get("/cases/{number:int}", operation_id="getCase", opt={"policy": Policy.TOKEN_READ})
async def show(
    number: FromPath[int],
    member: NamedDependency[Member],
    now: NamedDependency[datetime],
    settings: NamedDependency[Settings],
) -> Response[WholeCaseSent]:
    """One case, what we owe on it, and the moves that this member may make now.

    Its ETag is its version, which a change asks for in If-Match.
    """
    act = Act(member, now)
    detail = await cases.detail(act, number)
    await sensitive_openings.note_opening(act, number)
    return Response(whole(detail, settings), headers=version_tag(detail.version))


@get("/summary", operation_id="getSummary", opt={"policy": Policy.TOKEN_READ})
async def summary(
    request: Request[Any, Any, Any],
    member: NamedDependency[Member],
    now: NamedDependency[datetime],
    settings: NamedDependency[Settings],
) -> Response[SummarySent | None]:
    """How many cases are overdue and due today; 304 when that is what the browser already shows."""
    counts = await today.summary(Act(member, now))
    return tagged(request, SummarySent(counts.overdue, counts.due, settings.base_url + "/"))


router = Router("/", route_handlers=[show, summary], tags=["cases"])
